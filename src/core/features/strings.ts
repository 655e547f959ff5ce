import { blocksOf, expressionsIn, expressionsOf } from '../explain';
import type { Module, Node, Stmt } from '../syntax';

/** The lines whose end lies inside a string: nothing can be written behind them. */
export const linesInStrings = (syntax: Module, lineAt: (offset: number) => number): ReadonlySet<number> => {
  const lines = new Set<number>();
  const note = (start: number, node: Node): void => {
    const last = lineAt(start + node.end);
    for (let line = lineAt(start + node.start); line < last; line++) lines.add(line);
  };
  for (const { start, chunk } of syntax.chunks)
    for (const stmt of everyStatement(chunk.stmt))
      for (const expr of expressionsOf(stmt).flatMap(expressionsIn))
        if (expr.kind === 'Str' || expr.kind === 'FString') note(start, expr);
  return lines;
};

const everyStatement = (stmt: Stmt): readonly Stmt[] => [
  stmt,
  ...blocksOf(stmt).flatMap((block) => block.flatMap(everyStatement)),
];
