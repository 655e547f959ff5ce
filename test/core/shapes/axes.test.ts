import { describe, expect, it } from 'vitest';
import {
  axis,
  insertAxis,
  isKnown,
  joinShapes,
  numel,
  prefix,
  printShape,
  rank,
  type Shape,
  sameShape,
  shapeKey,
  shapeOf,
  simplifyShape,
  substituteShape,
  suffix,
  unknownShape,
  withAxis,
  withoutAxis,
} from '../../../src/core/shapes';
import { given, size } from '../dims/names';
import { shape } from './shapes';

const text = (s: Shape | undefined) => s && printShape(s);

describe('a shape', () => {
  it('has a rank and a number of elements when all axes are known', () => {
    expect([rank(shape('[B, 64, H, W]')), rank(shape('[]')), rank(shape('[*, C]'))]).toEqual([4, 0, undefined]);
    expect([isKnown(shape('[B]')), isKnown(unknownShape('x'))]).toEqual([true, false]);
    expect([numel(shape('[]')), numel(shape('[2, 3]')), numel(shape('[*, 3]'))]).toEqual([1, 6, undefined]);
  });

  it.each([
    ['[B, 64, H]', 0, 'B'],
    ['[B, 64, H]', -1, 'H'],
    ['[B, 64, H]', 3, undefined],
    ['[B, 64, H]', -4, undefined],
    ['[*, C]', -1, 'C'],
    ['[*, C]', 0, undefined],
    ['[*, C]', -2, undefined],
    ['[B, *, C]', 0, 'B'],
    ['[B, *, C]', 1, undefined],
    ['[B, *, C]', -1, 'C'],
    ['[B, *, C]', -2, undefined],
    ['[B, *]', 0, 'B'],
    ['[B, *]', -1, undefined],
  ])('%s has on axis %d the size %s', (s, i, expected) => {
    expect(axis(shape(s), i)).toEqual(expected === undefined ? undefined : size(expected));
  });

  it.each([
    ['[B, 64, H//2, W//2]', '[B, 64, ⌊H/2⌋, ⌊W/2⌋]', '[B, 64, H // 2, W // 2]'],
    ['[*, dim]', '[*, dim]', '[*, dim]'],
    ['[B, *, C]', '[B, *, C]', '[B, *, C]'],
    ['[]', '[]', '[]'],
  ])('%s is printed as %s, or %s in code', (s, math, code) => {
    expect([printShape(shape(s)), printShape(shape(s), { style: 'code' })]).toEqual([math, code]);
  });

  it('is simplified and substituted axis by axis', () => {
    const facts = given('2 | H, W == H');
    expect(printShape(simplifyShape(facts, shape('[*, H//2, W]')), { facts })).toBe('[*, H/2, H]');
    expect(substituteShape(shape('[B, *, 2·C]'), (s) => (s.name === 'C' ? 32 : undefined))).toEqual(
      shape('[B, *, 64]'),
    );
  });

  it.each([
    ['[B, C]', '[B, C]', true],
    ['[B·2, C]', '[2·B, C]', true],
    ['[B, C]', '[C, B]', false],
    ['[B]', '[B, 1]', false],
    ['[*, C]', '[C, *]', false],
    ['[*, C]', '[*y, C]', false],
    ['[*, C]', '[C]', false],
  ])('%s and %s: same is %s', (a, b, expected) => {
    expect(sameShape(shape(a), shape(b))).toBe(expected);
    expect(shapeKey(shape(a)) === shapeKey(shape(b))).toBe(expected);
  });
});

describe('taking shapes apart', () => {
  it.each([
    ['[B, T, C]', 1, '[B, T]', '[C]'],
    ['[B, T, C]', 3, '[]', '[B, T, C]'],
    ['[*, C]', 1, '[*]', '[C]'],
    ['[B, *, C]', 1, '[B, *]', '[C]'],
    ['[B, T]', 3, undefined, undefined],
    ['[*, C]', 2, undefined, undefined],
  ])('%s before the last %d is %s and %s', (s, count, front, back) => {
    const split = suffix(shape(s), count);
    expect([text(split?.front), text(split?.back)]).toEqual([front, back]);
  });

  it.each([
    ['[B, T, C]', 1, '[B]', '[T, C]'],
    ['[B, *, C]', 1, '[B]', '[*, C]'],
    ['[*, C]', 0, '[]', '[*, C]'],
    ['[*, C]', 1, undefined, undefined],
  ])('%s behind the first %d is %s and %s', (s, count, front, back) => {
    const split = prefix(shape(s), count);
    expect([text(split?.front), text(split?.back)]).toEqual([front, back]);
  });

  it.each([
    ['[B]', '[T, C]', '[B, T, C]'],
    ['[*, T]', '[C]', '[*, T, C]'],
    ['[B]', '[*, C]', '[B, *, C]'],
    ['[*]', '[*]', undefined],
  ])('%s and %s together are %s', (front, back, expected) => {
    expect(text(joinShapes(shape(front), shape(back)))).toBe(expected);
  });

  it('is undone by putting them together', () => {
    for (const s of ['[B, T, C]', '[*, T, C]', '[B, *, C]']) {
      const split = suffix(shape(s), 1);
      expect(split && joinShapes(split.front, split.back)).toEqual(shape(s));
    }
  });
});

describe('changing one axis', () => {
  it.each([
    ['[B, T, C]', 1, '[B, 8, C]', '[B, C]', '[B, 8, T, C]'],
    ['[B, T, C]', -1, '[B, T, 8]', '[B, T]', '[B, T, C, 8]'],
    ['[B, T, C]', 3, undefined, undefined, '[B, T, C, 8]'],
    ['[B, T, C]', 4, undefined, undefined, undefined],
    ['[*, C]', -1, '[*, 8]', '[*]', '[*, C, 8]'],
    ['[*, C]', -2, undefined, undefined, '[*, 8, C]'],
    ['[*, C]', 0, undefined, undefined, '[8, *, C]'],
    ['[*, C]', 1, undefined, undefined, undefined],
    ['[B, *, C]', 0, '[8, *, C]', '[*, C]', '[8, B, *, C]'],
    ['[B, *, C]', 1, undefined, undefined, '[B, 8, *, C]'],
  ])('%s on axis %d: size %s, without %s, one more %s', (s, i, changed, removed, inserted) => {
    const [a, b, c] = [withAxis(shape(s), i, 8), withoutAxis(shape(s), i), insertAxis(shape(s), i, 8)];
    expect([text(a), text(b), text(c)]).toEqual([changed, removed, inserted]);
  });

  it('counts from the end as `unsqueeze` does', () => {
    expect(insertAxis(shapeOf(2, 3), -1, 1)).toEqual(shapeOf(2, 3, 1));
    expect(insertAxis(shapeOf(2, 3), -3, 1)).toEqual(shapeOf(1, 2, 3));
    expect(insertAxis(shapeOf(2, 3), -4, 1)).toBeUndefined();
  });
});
