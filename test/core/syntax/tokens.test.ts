import { describe, expect, test } from 'vitest';
import { encodingCookie, sameTokens } from '../../../src/core/syntax';

const source = `class A:
    """doc # no comment"""

    def f(self, x):  # one
        y = [
            1,
            f"{x}",
        ]
        if x: return y; pass
        return x + \\
            1
`;

describe('the same program', () => {
  test.each([
    ['itself', source],
    ['comments behind lines', source.replace('1,', '1,  # ※ one').replace('return y; pass', 'return y; pass # 二')],
    ['comments on lines of their own, at any column', source.replace('    def', '# a\n            # b\n    def')],
    ['comments inside of brackets', source.replace('1,', '# (\n            1, # ]')],
    ['blank lines and blanks at the end', `\n\n${source.replace('        ]\n', '        ]   \n\n')}\n\n`],
    ['a comment gone', source.replace('  # one', '')],
    ['no final line break', source.trimEnd()],
    ['a final comment', `${source}# end`],
    ['other line breaks', source.replaceAll('\n', '\r\n')],
    ['other blanks between tokens', source.replace('x + ', 'x  +\t')],
  ])('%s', (_, text) => {
    expect(sameTokens(source, text)).toBe(true);
    expect(sameTokens(text, source)).toBe(true);
  });
});

describe('another program', () => {
  test.each([
    ['a comment that swallows code', source.replace('return y; pass', 'return y # ; pass')],
    ['a comment that swallows a bracket', source.replace('        ]', '#        ]')],
    ['a comment behind a backslash', source.replace('+ \\', '+ \\  # a')],
    ['a comment inside of a string', source.replace('comment"""', 'comment\n    # a\n    """')],
    ['another string', source.replace('doc #', 'doc  #')],
    ['another number', source.replace('1,', '2,')],
    ['deeper indentation of one line', source.replace('        return x', '         return x')],
    ['deeper indentation of a block', source.replace(/^ {8}/gm, '      ')],
    ['tabs for blanks', source.replace('    def', '\tdef')],
    ['less indentation', source.replace('    def', 'def')],
    ['a joined line', source.replace('return y; pass\n', 'return y; pass ')],
    ['a split line', source.replace('if x: return', 'if x:\n            return')],
    ['a token in two', source.replace('self', 'se lf')],
    ['a token less', source.replace('1,', '1')],
    ['a token more', `${source}x\n`],
    ['a line break in a string', source.replace('{x}', '{x\n}')],
    ['a blank that is none to Python', source.replace('x + ', 'x\u00a0+ ')],
    ['a backslash more', source.replace('y = [', 'y \\\n = [')],
    ['an open string', source.replace('{x}"', '{x}')],
  ])('%s', (_, text) => {
    expect(sameTokens(source, text)).toBe(false);
    expect(sameTokens(text, source)).toBe(false);
  });
});

describe('the encoding that a text declares', () => {
  test.each([
    ['# -*- coding: utf-8 -*-', 'utf-8'],
    ['#!/usr/bin/python\n# vim: set fileencoding=gbk :', 'gbk'],
    ['\n#coding=latin-1', 'latin-1'],
    ['\f\t# coding:\tcp1252', 'cp1252'],
    ['\ufeff# coding: utf-8', 'utf-8'],
    ['# positional encoding: adds sin and cos\nclass A: pass', 'adds'],
    ['# a\r# coding: b\r', 'b'],
    ['x = 1 # coding: a', undefined],
    ['x = 1\n# coding: a', undefined],
    ['# a\n# b\n# coding: c', undefined],
    ['# coding : utf-8', undefined],
    ['# encoding:', undefined],
    ['# 编码: 位置', undefined],
    ['', undefined],
  ])('%j', (text, expected) => expect(encodingCookie(text)).toBe(expected));
});
