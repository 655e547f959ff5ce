import { oncePer } from '../once';
import type { Expr, Module } from '../syntax';
import { inFunctions, placer } from './rows';

/** An expression that a recorder writes down, with its place: line from 1, column in bytes, both twice. */
export interface Recordable {
  readonly node: Expr;
  readonly place: readonly [number, number, number, number];
}

/** The expressions of a module that recorders write down, in the order of the text; found once for all entries. */
export const recordableIn = oncePer((syntax: Module): readonly Recordable[] => {
  const all: Recordable[] = [];
  const place = placer(syntax.text);
  for (const { start, chunk } of syntax.chunks) {
    inFunctions(chunk.stmt, false, (node) => {
      all.push({ node, place: [...place(start + node.start), ...place(start + node.end)] });
    });
  }
  return all;
});
