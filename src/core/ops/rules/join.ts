import { add, type Dim, same, symbolOf } from '../../dims';
import { type Shape, shapeOf, tail } from '../../shapes';
import type { TensorArg } from '../arg';
import { type Call, fresh, freshShape, giveUp, need, refuse, severalTimes } from '../call';
import { fault } from '../codes';
import { inserted, position, withRank, withSize } from './axes';

/** Joins tensors along an axis; the other axes must agree. A `[0]` tensor counts as nothing, as PyTorch has it. */
export const cat = (call: Call, tensors: readonly TensorArg[], dim: number): Shape | undefined => {
  if (tensors.length === 0) return refuse(call, fault('empty-list', { op: call.op }, 'tensors'));
  const joined = tensors.filter(({ shape }) => !isEmptyVector(shape));
  if (joined.length === 0) return shapeOf(0);
  const known = joined.map(({ shape }) => shape).find((s) => !s.rest);
  if (!known) return joinedTails(joined, dim) ?? freshShape(call, 'the rank of the joined tensors');
  if (known.dims.length === 0)
    return refuse(
      call,
      fault('rank-mismatch', { op: call.op, argument: 'tensors', expected: '1+', found: 0, shape: known }, 'tensors'),
    );
  const at = position(call, known, dim);
  if (at === undefined) return undefined;
  rankLike(call, tensors, known);
  let all = known;
  let total: Dim = 0;
  for (const { shape, times } of joined) {
    const size = shape.rest ? sizeFromEnd(call, shape, at - known.dims.length) : (shape.dims[at] ?? 0);
    total = add(total, severalTimes(size, times));
    const agreed = shape.rest ? all : agree(call, all, shape, at, dim);
    if (!agreed) return undefined;
    all = agreed;
  }
  return withSize(all, at, total);
};

const sizeFromEnd = (call: Call, shape: Shape, axis: number): Dim =>
  (tail(shape).length >= -axis ? shape.dims.at(axis) : undefined) ?? fresh(call, 'size of a joined tensor');

/** An axis counted from the end may be known of tensors of any rank: all have the same, and agree in the others. */
const joinedTails = (tensors: readonly TensorArg[], dim: number): Shape | undefined => {
  const [first] = tensors;
  if (!first || dim >= 0 || tensors.some(({ shape }) => tail(shape).length < -dim)) return undefined;
  const total = tensors.reduce<Dim>(
    (sum, { shape, times }) => add(sum, severalTimes(shape.dims.at(dim) ?? 0, times)),
    0,
  );
  return withSize(first.shape, first.shape.dims.length + dim, total);
};

/** What is joined has as many axes as its neighbours, called alike. */
const rankLike = (call: Call, tensors: readonly TensorArg[], { dims }: Shape): void => {
  const names = dims.map((size, i) => {
    const symbol = symbolOf(size);
    return symbol && symbol.role !== 'unknown' ? symbol.name : `d${i}`;
  });
  for (const tensor of tensors) if (tensor.shape.rest) withRank(call, tensor, dims.length, names);
};

const isEmptyVector = (s: Shape): boolean => !s.rest && s.dims.length === 1 && s.dims[0] === 0;

const agree = (call: Call, all: Shape, next: Shape, at: number, dim: number): Shape | undefined => {
  if (next.dims.length !== all.dims.length)
    return refuse(call, fault('cat-mismatch', { op: call.op, axis: -1, dim, left: all, right: next }, 'tensors'));
  next.dims.forEach((d, axis) => {
    const other = all.dims[axis] ?? d;
    if (axis === at || same(d, other)) return;
    const data = { op: call.op, axis, dim, left: all, right: next };
    need(call, { kind: 'eq', left: other, right: d }, fault('cat-mismatch', data, 'tensors'));
  });
  return all;
};

/** Joins tensors of one shape along a new axis. */
export const stack = (call: Call, tensors: readonly TensorArg[], dim: number): Shape | undefined => {
  if (tensors.length === 0) return refuse(call, fault('empty-list', { op: call.op }, 'tensors'));
  const known = tensors.map((t) => t.shape).find((s) => !s.rest);
  if (!known) return giveUp(call, 'the rank of the stacked tensors');
  for (const { shape } of tensors) {
    if (shape.rest) continue;
    const clash = fault('stack-mismatch', { op: call.op, left: known, right: shape }, 'tensors');
    if (shape.dims.length !== known.dims.length) return refuse(call, clash);
    shape.dims.forEach((d, i) => {
      const other = known.dims[i] ?? d;
      if (!same(d, other)) need(call, { kind: 'eq', left: other, right: d }, clash);
    });
  }
  const at = position(call, known, dim, 1);
  rankLike(call, tensors, known);
  const count = tensors.reduce<Dim>((sum, { times }) => add(sum, severalTimes(1, times)), 0);
  return at === undefined ? undefined : inserted(known, at, count);
};
