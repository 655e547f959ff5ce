import { type Dim, product } from '../../dims';
import { numel, type Shape, shapeOf } from '../../shapes';
import type { TensorArg } from '../arg';
import { type Call, fresh, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { laid, viewLayout } from './layout';
import { floorBy } from './quotient';

/**
 * The sizes that a reshape asks for, −1 worked out. The number of elements must stay; with −1 the other sizes must
 * divide it.
 */
export const targetShape = (call: Call, from: Shape, sizes: readonly Dim[], name = 'shape'): Shape | undefined => {
  const inferred = sizes.filter((d) => d === -1).length;
  if (inferred > 1) return refuse(call, fault('view-two-unknown', { op: call.op }, name));
  const negative = sizes.find((d) => typeof d === 'number' && d < -1);
  if (negative !== undefined) return refuse(call, fault('view-negative', { op: call.op, found: negative }, name));
  const count = numel(from);
  const known = product(sizes.filter((d) => d !== -1));
  if (inferred === 0) {
    const to = shapeOf(...sizes);
    if (count !== undefined)
      need(call, { kind: 'eq', left: count, right: known }, fault('view-count', { op: call.op, from, to }, name));
    return to;
  }
  return shapeOf(...sizes.map((d) => (d === -1 ? inferredSize(call, from, count, known, name) : d)));
};

const inferredSize = (call: Call, from: Shape, count: Dim | undefined, known: Dim, name: string): Dim => {
  // What `view(-1, 784)` gives of an input of unknown rank is the number of items: a name says where it is the same.
  if (count === undefined) return fresh(call, 'size worked out from a shape that is not known', 'N');
  if (known === 0) {
    refuse(call, fault('view-infer', { op: call.op, from, known }, name));
    return 0;
  }
  need(
    call,
    { kind: 'divides', divisor: known, dividend: count },
    fault('view-infer', { op: call.op, from, known }, name),
  );
  return floorBy(count, known);
};

/** `view`: the same memory with other sizes; refused where the memory does not allow it. */
export const view = (call: Call, input: TensorArg, sizes: readonly Dim[]): TensorArg | undefined => {
  const shape = targetShape(call, input.shape, sizes);
  if (!shape) return undefined;
  const layout = viewLayout(input, shape.dims);
  if (layout === 'refused')
    return refuse(call, fault('view-stride', { op: call.op, from: input.shape, to: shape }, 'shape'));
  return tensor(call.lib, shape, { ...typed(input), ...laid(layout) });
};

/** `reshape`: a view where that is possible, else a copy that lies row by row. */
export const reshape = (call: Call, input: TensorArg, sizes: readonly Dim[]): TensorArg | undefined => {
  const shape = targetShape(call, input.shape, sizes);
  if (!shape) return undefined;
  const layout = viewLayout(input, shape.dims);
  return tensor(call.lib, shape, { ...typed(input), ...laid(layout === 'refused' ? 'contiguous' : layout) });
};

/** The element type as a part of a tensor, left out where it is not known. */
export const typed = ({ dtype }: TensorArg): { readonly dtype?: NonNullable<TensorArg['dtype']> } =>
  dtype === undefined ? {} : { dtype };
