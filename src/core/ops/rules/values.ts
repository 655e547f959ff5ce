import { type Dim, same } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';

export const none: Arg = { kind: 'none' };
export const int = (value: Dim): Arg => ({ kind: 'int', value });
export const bool = (value: boolean): Arg => ({ kind: 'bool', value });
export const unknown = (why: string): Arg => ({ kind: 'unknown', why });
export const tuple = (items: readonly Arg[]): Arg => ({ kind: 'tuple', items });

/** Sizes as a Python tuple. */
export const tupleOf = (sizes: readonly Dim[]): Arg => ({ kind: 'tuple', items: sizes.map(int) });

/** The result of `x.shape`; unknown when the rank is. */
export const sizeTuple = (shape: Shape): Arg => (shape.rest ? unknown('the rank is not known') : tupleOf(shape.dims));

/** The sizes that a tuple or list of known ints holds, or `undefined`. */
export const sizesIn = (arg: Arg): readonly Dim[] | undefined => {
  if (arg.kind !== 'tuple' && arg.kind !== 'sequence') return undefined;
  const sizes: Dim[] = [];
  for (const item of arg.items) {
    if (item.kind !== 'int') return undefined;
    sizes.push(item.value);
  }
  return sizes;
};

export const isTensor = (arg: Arg): arg is TensorArg => arg.kind === 'tensor';

/** Sizes as a layer keeps them: one number where all are alike, as people write it. */
export const asGiven = (sizes: readonly Dim[]): Arg => {
  const [first] = sizes;
  return first !== undefined && sizes.every((d) => same(d, first)) ? int(first) : tupleOf(sizes);
};
