import { absolute, type Module, walk } from '../syntax';
import { type LineIndex, lineAt } from '../text';

/** The lines whose end lies inside a string: nothing can be written behind them. */
export const linesInStrings = (syntax: Module, index: LineIndex): ReadonlySet<number> => {
  const lines = new Set<number>();
  for (const placed of syntax.chunks)
    walk(placed.chunk.stmt, (node) => {
      if (node.kind !== 'Str' && node.kind !== 'FString') return undefined;
      const { start, end } = absolute(placed, node);
      const last = lineAt(index, end);
      for (let line = lineAt(index, start); line < last; line++) lines.add(line);
      return false;
    });
  return lines;
};
