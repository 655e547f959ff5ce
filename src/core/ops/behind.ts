import type { Arg, CallArgs } from './arg';
import { bind } from './bind';
import type { Family } from './family';
import { layerCall } from './layer';
import { namesOf } from './run';

/** A call of a function with its arguments by name; for a layer, of the function that it runs. */
export interface NamedCall {
  /** The function's name without its path: `conv2d`, and `_conv2d` for what only layers call. */
  readonly name: string;
  readonly args: ReadonlyMap<string, Arg>;
  /** The parameters that were passed; the others have their defaults. */
  readonly given: ReadonlySet<string>;
}

/** Reads a call by the names of its parameters; undefined where the arguments fit no row. `field` reads a layer. */
export const namedCall = (
  family: Family,
  args: CallArgs,
  field: (name: string) => Arg | undefined,
): NamedCall | undefined => {
  const behind = family.kind === 'layer' ? layerCall(family, field, args) : { family, args };
  if (!behind || 'code' in behind) return undefined;
  for (const row of behind.family.functions) {
    const name = row.signature.name;
    const bound = bind(row.signature, behind.args, { names: namesOf(behind.family), op: name });
    if (!('code' in bound)) return { name, args: bound.args, given: bound.given };
  }
  return undefined;
};
