import { type Dim, product } from '../../dims';
import type { Shape } from '../../shapes';
import type { TensorArg } from '../arg';
import { type Call, holds, need, refuse } from '../call';
import { fault } from '../codes';

/**
 * A tensor whose last axes must be `sizes`, as layer normalisation has it. Gives the tensor with the axes that the
 * call settles; a tensor of unknown rank gets the demand.
 */
export const normalised = (call: Call, input: TensorArg, sizes: readonly Dim[]): TensorArg | undefined => {
  const { dims, rest } = input.shape;
  if (sizes.length === 0)
    return refuse(
      call,
      fault(
        'wrong-length',
        { op: call.op, argument: 'normalized_shape', expected: '1+', found: 0 },
        'normalized_shape',
      ),
    );
  const after = rest ? dims.length - rest.at : dims.length;
  if (!rest && dims.length < sizes.length) {
    const data = {
      op: call.op,
      argument: 'input',
      expected: `${sizes.length}+`,
      found: dims.length,
      shape: input.shape,
    };
    return refuse(call, fault('rank-mismatch', data, 'input'));
  }
  sizes.forEach((expected, i) => {
    const found = sizes.length - i <= after ? dims[dims.length - (sizes.length - i)] : undefined;
    if (found === undefined) return;
    const data = { op: call.op, axis: `${i - sizes.length}`, expected, found };
    need(call, { kind: 'eq', left: expected, right: found }, fault('norm-mismatch', data, 'input', 'normalized_shape'));
  });
  if (!rest || after >= sizes.length) return input;
  if (call.doubts.length === 0)
    call.demands.push({ tensor: input, axes: sizes.map((size, i) => ({ name: `c${i}`, size })), open: 'front' });
  return { ...input, shape: { dims: [...sizes], rest: { at: 0, id: call.cx.unknownRest('leading axes') } } };
};

/** A vector of one number per channel, where it is given. */
export const needPerChannel = (
  call: Call,
  channels: Dim,
  vectors: Readonly<Record<string, TensorArg | null>>,
): void => {
  for (const [name, vector] of Object.entries(vectors)) {
    if (!vector || vector.shape.rest) continue;
    const found = product(vector.shape.dims);
    const data = { op: call.op, axis: 'c', expected: found, found: channels };
    need(call, { kind: 'eq', left: found, right: channels }, fault('channel-mismatch', data, 'input', name));
  }
};

/** Statistics of a single value are refused; only a proved case counts. */
export const needSeveral = (call: Call, shape: Shape, sizes: readonly Dim[]): void => {
  if (holds(call, { kind: 'eq', left: product(sizes), right: 1 }) === true)
    refuse(call, fault('one-value', { op: call.op, shape }, 'input'));
};
