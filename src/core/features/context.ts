import { type Context, flowOf, reader, type ShapeStyle } from '../explain';
import type { FunctionDef, Lambda } from '../syntax';
import type { ClassUnit } from './analysis';

/** What a method of a class is explained with. `source` is the text of the whole document. */
export const contextOf = (
  unit: ClassUnit,
  source: string,
  fn: FunctionDef | Lambda | undefined,
  style: ShapeStyle = '[]',
): Context => {
  const r = reader(unit.run, style);
  return {
    r,
    flow: fn?.kind === 'FunctionDef' ? flowOf(r, fn) : NO_FLOW,
    source: ({ start, end }) => source.slice(unit.start + start, unit.start + end),
  };
};

const NO_FLOW = { producer: () => undefined, inputs: () => [], passesModule: () => false };
