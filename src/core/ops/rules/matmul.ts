import { type Dim, mul, product } from '../../dims';
import { type Shape, shapeOf } from '../../shapes';
import type { TensorArg } from '../arg';
import { broadcastAll, type Call, freshShape, need, refuse } from '../call';
import { fault } from '../codes';

/**
 * `a @ b` for all ranks (docs.pytorch.org, `torch.matmul`): a vector on the left is a row, on the right a column, and
 * loses that axis again; leading axes broadcast.
 */
export const matmul = (call: Call, a: TensorArg, b: TensorArg): Shape | undefined => {
  const left = a.shape;
  const right = b.shape;
  if (isSingle(left) || isSingle(right)) {
    const [argument, shape] = isSingle(left) ? ['input', left] : ['other', right];
    return refuse(call, fault('rank-mismatch', { op: call.op, argument, expected: '1+', found: 0, shape }, argument));
  }
  const inner = left.rest ? lastOf(left) : left.dims.at(-1);
  const outer = right.rest ? secondLastOf(right) : (right.dims.at(-2) ?? right.dims[0]);
  if (inner !== undefined && outer !== undefined) {
    const data = { op: call.op, left, right, inner, outer };
    need(call, { kind: 'eq', left: inner, right: outer }, fault('matmul-mismatch', data, 'input', 'other'));
  }
  if (left.rest || right.rest) {
    demandInner(call, a, right);
    return openMatmul(call, left, right);
  }
  const rows = left.dims.length > 1 ? [left.dims.at(-2) ?? 1] : [];
  const columns = right.dims.length > 1 ? [right.dims.at(-1) ?? 1] : [];
  const lead = broadcastAll(call, [shapeOf(...left.dims.slice(0, -2)), shapeOf(...right.dims.slice(0, -2))], () =>
    fault('broadcast-mismatch', { op: call.op, left, right }, 'input', 'other'),
  );
  return lead && { ...lead, dims: [...lead.dims, ...rows, ...columns] };
};

/** A product of stacks of matrices is made row by row; one of a matrix and a stack may be made turned. */
export const productLayout = (factors: readonly TensorArg[]): 'contiguous' | 'unknown' =>
  factors.every(({ shape }) => shape.dims.length > 2) ? 'contiguous' : 'unknown';

const isSingle = (s: Shape): boolean => !s.rest && s.dims.length === 0;
const lastOf = (s: Shape): Dim | undefined => (s.rest && s.dims.length > s.rest.at ? s.dims.at(-1) : undefined);
const secondLastOf = (s: Shape): Dim | undefined =>
  s.rest && s.dims.length > s.rest.at + 1 ? s.dims.at(-2) : undefined;

/** A tensor of which nothing is known has the rows of a known matrix on its right as its last axis. */
const demandInner = (call: Call, a: TensorArg, right: Shape): void => {
  const { dims, rest } = a.shape;
  const size = right.rest || right.dims.length < 2 ? undefined : right.dims.at(-2);
  if (rest && dims.length === 0 && size !== undefined && call.doubts.length === 0)
    call.demands.push({ tensor: a, axes: [{ name: 'c', size }], open: 'front' });
};

/** One rank is unknown: with a matrix on the right only the last axis changes; else both tails must be known. */
const openMatmul = (call: Call, left: Shape, right: Shape): Shape | undefined => {
  if (left.rest && !right.rest && right.dims.length === 2 && left.dims.length > left.rest.at)
    return { ...left, dims: [...left.dims.slice(0, -1), right.dims[1] ?? 1] };
  if (left.rest && !right.rest && right.dims.length === 2 && left.dims.length === 0)
    return { dims: [right.dims[1] ?? 1], rest: { at: 0, id: call.cx.unknownRest('leading axes') } };
  const row = left.rest ? secondLastOf(left) : left.dims.length > 1 ? left.dims.at(-2) : undefined;
  const column = right.rest
    ? secondLastOf(right) === undefined
      ? undefined
      : right.dims.at(-1)
    : right.dims.length > 1
      ? right.dims.at(-1)
      : undefined;
  if (row === undefined || column === undefined) return freshShape(call, 'the ranks of a matrix product');
  const lead = broadcastAll(call, [leading(left), leading(right)], () =>
    fault('broadcast-mismatch', { op: call.op, left, right }, 'input', 'other'),
  );
  return lead && { ...lead, dims: [...lead.dims, row, column] };
};

const leading = (s: Shape): Shape => ({ ...s, dims: s.dims.slice(0, -2) });

/** A batch of matrix products `[b, n, m] @ [b, m, p]`, multiply–adds × 2. */
export const productFlops = (left: Shape, result: Shape): Dim | undefined => {
  const inner = left.dims.at(-1);
  return inner === undefined || result.rest ? undefined : mul(2, mul(inner, product(result.dims)));
};
