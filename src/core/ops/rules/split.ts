import { add, type Dim, sub, sum } from '../../dims';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp, holds, need, refuse } from '../call';
import { fault } from '../codes';
import { sliceSize } from '../indexing';
import { position, sizeAt } from './axes';
import { narrowed } from './move';
import { ceilBy } from './quotient';

/** Pieces along an axis with the sizes given. */
export const pieces = (call: Call, input: TensorArg, at: number, sizes: readonly Dim[]): Arg => ({
  kind: 'tuple',
  items: sizes.map((size) => narrowed(call, input, at, size)),
});

/** Pieces of one size, the last one perhaps smaller. The axis must be known, or a known multiple of the size. */
export const splitBy = (call: Call, input: TensorArg, size: Dim, dim: number): Arg | undefined => {
  const at = position(call, input.shape, dim);
  if (at === undefined) return undefined;
  if (size === 0 || (typeof size === 'number' && size < 0))
    return refuse(call, fault('not-positive', { op: call.op, argument: 'split_size', found: size }, 'split_size'));
  const whole = sizeAt(input.shape, at);
  if (input.shape.dims.length === 0)
    return refuse(
      call,
      fault('rank-mismatch', { op: call.op, argument: 'input', expected: '1+', found: 0, shape: input.shape }, 'input'),
    );
  const count = ceilBy(whole, size);
  if (typeof count !== 'number' || count > 4096) return giveUp(call, 'the number of pieces');
  const full = Math.max(1, count);
  const last = sub(whole, multiple(size, full - 1));
  return pieces(call, input, at, [...Array.from({ length: full - 1 }, () => size), last]);
};

const multiple = (size: Dim, times: number): Dim => {
  let all: Dim = 0;
  for (let i = 0; i < times; i++) all = add(all, size);
  return all;
};

/** Pieces with the sizes listed, which must add up to the axis. */
export const splitInto = (call: Call, input: TensorArg, sizes: readonly Dim[], dim: number): Arg | undefined => {
  const at = position(call, input.shape, dim);
  if (at === undefined) return undefined;
  const whole = sizeAt(input.shape, at);
  const all = sum(sizes);
  need(
    call,
    { kind: 'eq', left: all, right: whole },
    fault('split-sum', { op: call.op, sum: all, size: whole }, 'split_size'),
  );
  return pieces(call, input, at, sizes);
};

/**
 * `chunk`: at most so many pieces of ⌈size/n⌉, the last smaller, and fewer of them where that covers the axis
 * already. A symbolic axis must be a known multiple of n.
 */
export const chunked = (call: Call, input: TensorArg, chunks: Dim, dim: number): Arg | undefined => {
  const at = position(call, input.shape, dim);
  if (at === undefined) return undefined;
  if (typeof chunks !== 'number') return giveUp(call, 'the number of pieces');
  if (chunks < 1)
    return refuse(call, fault('not-positive', { op: call.op, argument: 'chunks', found: chunks }, 'chunks'));
  if (input.shape.dims.length === 0)
    return refuse(
      call,
      fault('rank-mismatch', { op: call.op, argument: 'input', expected: '1+', found: 0, shape: input.shape }, 'input'),
    );
  const whole = sizeAt(input.shape, at);
  const size = ceilBy(whole, chunks);
  if (typeof whole === 'number' && typeof size === 'number') {
    const count = size === 0 ? chunks : Math.ceil(whole / size);
    const last = whole - size * (count - 1);
    return pieces(call, input, at, [...Array.from({ length: count - 1 }, () => size), last]);
  }
  if (chunks === 1) return pieces(call, input, at, [whole]);
  const divides = holds(call, { kind: 'divides', divisor: chunks, dividend: whole });
  if (divides === false) return giveUp(call, 'the sizes of the pieces');
  // Code that chunks a symbolic axis means equal pieces; where that is not proved it is an assumption.
  if (divides === undefined && call.doubts.length === 0)
    call.assumes.push({ kind: 'divides', divisor: chunks, dividend: whole });
  const each = ceilBy(whole, chunks);
  return pieces(
    call,
    input,
    at,
    Array.from({ length: chunks }, () => each),
  );
};

/** `tensor_split`: exactly so many pieces, the first ones one larger. */
export const evenly = (call: Call, input: TensorArg, sections: Dim, dim: number): Arg | undefined => {
  const at = position(call, input.shape, dim);
  if (at === undefined) return undefined;
  const whole = sizeAt(input.shape, at);
  if (typeof sections !== 'number') return giveUp(call, 'the number of pieces');
  if (sections < 1)
    return refuse(call, fault('not-positive', { op: call.op, argument: 'sections', found: sections }, 'sections'));
  if (typeof whole !== 'number') return giveUp(call, 'the sizes of the pieces');
  const base = Math.floor(whole / sections);
  const larger = whole % sections;
  return pieces(
    call,
    input,
    at,
    Array.from({ length: sections }, (_, i) => base + (i < larger ? 1 : 0)),
  );
};

/** Pieces between the places listed, as slices take them. */
export const cutAt = (call: Call, input: TensorArg, cuts: readonly Dim[], dim: number): Arg | undefined => {
  const at = position(call, input.shape, dim);
  if (at === undefined) return undefined;
  const whole = sizeAt(input.shape, at);
  const sizes: Dim[] = [];
  for (const [i, cut] of [...cuts, null].entries()) {
    const size = sliceSize(call, whole, cuts[i - 1] ?? null, cut, 1);
    if (size === undefined) return giveUp(call, 'the sizes of the pieces');
    sizes.push(size);
  }
  return pieces(call, input, at, sizes);
};

/** One tensor for each index of an axis. */
export const unbound = (call: Call, input: TensorArg, dim: number, take: (at: number) => Arg): Arg | undefined => {
  if (!input.shape.rest && input.shape.dims.length === 0)
    return refuse(
      call,
      fault('rank-mismatch', { op: call.op, argument: 'input', expected: '1+', found: 0, shape: input.shape }, 'input'),
    );
  const at = position(call, input.shape, dim);
  if (at === undefined) return undefined;
  const count = sizeAt(input.shape, at);
  if (typeof count !== 'number' || count > 4096) return giveUp(call, 'the number of pieces');
  if (count === 0) return { kind: 'tuple', items: [] };
  const one = take(at);
  return { kind: 'tuple', items: Array.from({ length: count }, () => one) };
};
