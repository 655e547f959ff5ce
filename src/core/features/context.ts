import { type Context, flowOf, type Readable, reader, type ShapeStyle, sizeNames } from '../explain';
import type { ClassDef, FunctionDef } from '../syntax';

/** What the code of one chunk is explained with. */
export interface Code {
  readonly run: Readable;
  /** The text of the whole document, and where the chunk begins in it. */
  readonly text: string;
  readonly start: number;
  /** The class that the chunk is: its constructor gives names to sizes. */
  readonly node?: ClassDef | undefined;
  readonly style?: ShapeStyle;
}

export const contextAt = ({ run, text, start, node, style }: Code, fn?: FunctionDef): Context => {
  const init = node?.body.find((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef' && stmt.name === '__init__');
  const r = reader(run, style, sizeNames(run, init));
  return { r, flow: flowOf(r, fn), fn, source: (at) => text.slice(start + at.start, start + at.end) };
};
