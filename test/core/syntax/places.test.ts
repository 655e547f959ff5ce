import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { absolute, walk } from '../../../src/core/syntax';
import { parse } from './parser';

interface Snippet {
  readonly source: string;
  /** Kind, start and end of every node. */
  readonly nodes: readonly (readonly [string, number, number])[];
}

const recorded: readonly Snippet[] = JSON.parse(
  readFileSync(new URL('../../golden/syntax/places.json', import.meta.url), 'utf8'),
);

const kinds = new Set(recorded.flatMap(({ nodes }) => nodes.map(([kind]) => kind)));

/** What Python's `ast` counts as a node: parameters, arguments and slices of one index are not. */
const places = (source: string): readonly (readonly [string, number, number])[] => {
  const found = new Map<string, readonly [string, number, number]>();
  for (const placed of parse(source).chunks) {
    walk(placed.chunk.stmt, (node) => {
      const { start, end } = absolute(placed, node);
      if (kinds.has(node.kind)) found.set(`${node.kind} ${start} ${end}`, [node.kind, start, end]);
      return true;
    });
  }
  return [...found.values()].sort((a, b) => a[1] - b[1] || b[2] - a[2] || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
};

test.each(recorded)('nodes stand where Python puts them: $source', ({ source, nodes }) => {
  expect(places(source)).toEqual(nodes);
});

test('the record covers the nodes that matter', () => {
  const wanted = ['Call', 'Attribute', 'Subscript', 'BinOp', 'UnaryOp', 'IfExp', 'Comprehension', 'FunctionDef', 'If'];
  expect(wanted.filter((kind) => !kinds.has(kind))).toEqual([]);
});
