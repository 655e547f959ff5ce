import { add, type Condition, type Dim, max, mul, sub } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg } from '../arg';
import { type Call, giveUp, holds, need, refuse } from '../call';
import { fault } from '../codes';
import { typeName } from '../convert';
import { ceilBy, floorBy } from './quotient';
import { reach, type Window } from './window';

/** Padding as Paddle takes it: before and after each axis; `'same'` pads so that stride 1 keeps the size. */
export type Sides = 'same' | readonly (readonly [before: Dim, after: Dim])[];

/**
 * Reads `padding`: one number, one or two an axis, pairs of all axes with those of batch and channels 0, or one of the
 * words 'SAME' and 'VALID' in any case.
 */
export const sidesOf = (call: Call, arg: Arg, spatial: number, last: boolean, name = 'padding'): Sides | undefined => {
  if (arg.kind === 'str') return wordSides(call, arg.value, spatial, name);
  if (arg.kind === 'int') return sidesFrom(spatial, [arg.value]);
  if (arg.kind === 'bool') return sidesFrom(spatial, [Number(arg.value)]);
  if (arg.kind === 'unknown' || arg.kind === 'other') return giveUp(call, `the value of ${name} is not known`);
  if (arg.kind !== 'tuple' && arg.kind !== 'sequence') return wrongPadding(call, typeName(arg), name);
  const pairs = arg.items.map((item) => (item.kind === 'tuple' || item.kind === 'sequence' ? item.items : undefined));
  if (pairs.some((pair) => pair !== undefined)) return pairSides(call, pairs, spatial, last, name);
  const { length } = arg.items;
  if (length !== spatial && length !== 2 * spatial) {
    const expected = `${spatial}/${2 * spatial}`;
    return refuse(call, fault('wrong-length', { op: call.op, argument: name, expected, found: length }, name));
  }
  const sizes = sizesOf(call, arg.items, name);
  return sizes && sidesFrom(spatial, sizes);
};

const sidesFrom = (spatial: number, sizes: readonly Dim[]): Sides =>
  Array.from({ length: spatial }, (_, i): readonly [Dim, Dim] => {
    const both = sizes[sizes.length === 1 ? 0 : i] ?? 0;
    return sizes.length === 2 * spatial ? [sizes[2 * i] ?? 0, sizes[2 * i + 1] ?? 0] : [both, both];
  });

const sizesOf = (call: Call, items: readonly Arg[], name: string): readonly Dim[] | undefined => {
  const sizes: Dim[] = [];
  for (const item of items) {
    if (item.kind === 'int') sizes.push(item.value);
    else if (item.kind === 'unknown' || item.kind === 'other' || item.kind === 'tensor' || item.kind === 'float')
      return giveUp(call, `the value of ${name} is not known`);
    else return wrongPadding(call, typeName(item), name);
  }
  return sizes;
};

const wordSides = (call: Call, word: string, spatial: number, name: string): Sides | undefined => {
  if (/^same$/i.test(word)) return 'same';
  if (/^valid$/i.test(word)) return Array.from({ length: spatial }, () => [0, 0] as const);
  const data = { op: call.op, argument: name, choices: "'SAME', 'VALID'", found: `'${word}'` };
  return refuse(call, fault('value-choice', data, name));
};

const pairSides = (
  call: Call,
  pairs: readonly (readonly Arg[] | undefined)[],
  spatial: number,
  last: boolean,
  name: string,
): Sides | undefined => {
  if (pairs.length !== spatial + 2) {
    const data = { op: call.op, argument: name, expected: `${spatial + 2}`, found: pairs.length };
    return refuse(call, fault('wrong-length', data, name));
  }
  const read = pairs.map((pair) => (pair ? sizesOf(call, pair, name) : undefined));
  const sides: (readonly [Dim, Dim])[] = [];
  for (const [i, pair] of read.entries()) {
    if (!pair) return undefined;
    const [before = 0, after = 0] = pair;
    const inner = last ? i > 0 && i < pairs.length - 1 : i > 1;
    if (inner) sides.push([before, after]);
    else if (pair.some((d) => d !== 0)) return wrongPadding(call, 'padding of batch or channels', name);
  }
  return sides;
};

const wrongPadding = (call: Call, found: string, name: string): undefined =>
  refuse(
    call,
    fault('wrong-type', { op: call.op, argument: name, expected: "int, ints, 'SAME', 'VALID'", found }, name),
  );

/**
 * Output size of a convolution or pool along one axis. Paddle divides towards zero, so that a window slightly larger
 * than the padded input still gives a size, perhaps 0. 'SAME' sets the dilation to 1.
 */
export const slideBetween = (
  call: Call,
  axis: string,
  size: Dim,
  w: Window,
  sides: Sides,
  i: number,
  ceilMode = false,
): Dim => {
  if (sides === 'same')
    return ceilMode ? add(ceilBy(sub(add(size, samePadding(size, w)), w.kernel), w.stride), 1) : ceilBy(size, w.stride);
  const [before = 0, after = 0] = sides[i] ?? [];
  const wide = add(size, add(before, after));
  const kernel = reach(w.kernel, w.dilation);
  const span = sub(wide, kernel);
  if (typeof span === 'number' && typeof w.stride === 'number' && w.stride > 0)
    return Math.trunc((span + (ceilMode ? w.stride - 1 : 0)) / w.stride) + 1;
  const clash = fault('kernel-too-large', { op: call.op, kernel, size: wide, axis }, 'kernel_size', 'weight', 'x');
  // A last window that hangs over the end may be the first one too.
  const fits: Condition = { kind: 'le', left: kernel, right: ceilMode ? add(wide, sub(w.stride, 1)) : wide };
  if (holds(call, fits) === false) giveUp(call, 'the window is too large');
  else need(call, fits, clash);
  return add(ceilMode ? ceilBy(span, w.stride) : floorBy(span, w.stride), 1);
};

/**
 * Refuses a shape of fewer than no elements. Paddle counts no further: two negative sizes make a positive number, and
 * beside an axis of size 0 nothing is allocated.
 */
export const needElements = (call: Call, { dims }: Shape): void => {
  const known = dims.filter((d) => typeof d === 'number');
  const size = known.find((d) => d < 0);
  if (size === undefined || known.reduce((all, d) => all * d, 1) >= 0) return;
  refuse(call, fault('output-empty', { op: call.op, size, axis: '' }, 'x', 'kernel_size', 'padding'));
};

/** What 'SAME' pads along one axis, both sides together, as a transposed convolution takes it off again. */
export const samePadding = (size: Dim, { kernel, stride }: Window): Dim =>
  stride === 1 ? sub(kernel, 1) : max(sub(add(mul(sub(ceilBy(size, stride), 1), stride), kernel), size), 0);
