import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lineIndex, positionAt, shapesOfClasses } from '../../../src/core';
import { knownAt } from '../../../src/core/features/known';
import { type SyntaxNode, walk } from '../../../src/core/syntax';
import { analyse } from './support';

const text = readFileSync('test/models/assumed_block_paddle.py', 'utf8');

const COMPUTED = new Set(['Call', 'Attribute', 'Subscript', 'BinOp', 'Compare', 'IfExp']);

test('every expression of every method of a block without its helpers is known', async () => {
  const analysis = await analyse(text);
  const [unit] = analysis.classes;
  const unknown: string[] = [];
  const targets = new Set<SyntaxNode>();
  let count = 0;
  for (const method of unit?.node.body ?? []) {
    if (!unit || method.kind !== 'FunctionDef') continue;
    for (const stmt of method.body)
      walk(stmt, (node: SyntaxNode) => {
        if (node.kind === 'Assign') for (const target of node.targets) targets.add(target);
        if (!COMPUTED.has(node.kind) || targets.has(node)) return true;
        count++;
        const values = knownAt(unit, node).run.trace.values.get(node) ?? [];
        if (values.length === 0 || values.some(({ kind }) => kind === 'unknown'))
          unknown.push(
            `${positionAt(lineIndex(text), unit.start + node.start).line + 1}: ${text.slice(unit.start + node.start, unit.start + node.end)}`,
          );
        return true;
      });
  }
  expect(unknown).toEqual([]);
  expect(count).toBeGreaterThan(60);
});

test('what was assumed of the helpers is said', async () => {
  const [shapes] = shapesOfClasses(await analyse(text));
  expect(shapes?.needs.map(({ en }) => en).join('\n')).toMatch(/assumed.*ConvBNLayer.*get_act_fn/s);
  expect(shapes?.needs.map(({ zh }) => zh).join('\n')).toMatch(/假定.*ConvBNLayer.*get_act_fn/s);
});
