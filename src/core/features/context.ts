import { type Context, flowOf, type Readable, reader, type ShapeStyle } from '../explain';
import type { FunctionDef } from '../syntax';

/** What the code of one chunk is explained with. `text` is the whole document, `start` where the chunk begins in it. */
export const contextAt = (
  run: Readable,
  text: string,
  start: number,
  fn: FunctionDef | undefined,
  style: ShapeStyle = '[]',
): Context => {
  const r = reader(run, style);
  return { r, flow: flowOf(r, fn), source: (node) => text.slice(start + node.start, start + node.end) };
};
