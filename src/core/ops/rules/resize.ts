import { type Dim, floorRatio, fromNumber, mul, mulRatio, ratio } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, fresh, giveUp, holds, need, refuse } from '../call';
import { fault } from '../codes';
import { integerOf, typeName } from '../convert';
import { withRank } from './axes';

/** The rank that a mode of interpolation needs; the others take 3 to 5. */
const modeRanks: Readonly<Record<string, number>> = { linear: 3, bilinear: 4, bicubic: 4, trilinear: 5, lanczos: 4 };
const freeModes: ReadonlySet<string> = new Set(['nearest', 'nearest-exact', 'area']);
const aligned: ReadonlySet<string> = new Set(['linear', 'bilinear', 'bicubic', 'trilinear']);

/** What `interpolate` is asked for. */
export interface Resize {
  readonly size: Arg;
  readonly scale: Arg;
  readonly mode: string;
  readonly alignCorners: boolean | null;
}

/** The shape after `interpolate`: the sizes asked for, or ⌊size·scale⌋ (docs.pytorch.org, `interpolate`). */
export const resized = (call: Call, input: Shape, how: Resize): Shape | undefined => {
  if (!checkMode(call, how)) return undefined;
  const spatial = input.dims.slice(2);
  const wanted = modeRanks[how.mode];
  const rank = input.dims.length;
  if (wanted === undefined ? rank < 3 || rank > 5 : rank !== wanted) {
    const data = {
      op: call.op,
      argument: 'input',
      expected: wanted === undefined ? '3/4/5' : `${wanted}`,
      found: rank,
    };
    return refuse(call, fault('rank-mismatch', { ...data, shape: input }, 'input', 'mode'));
  }
  const out = sizesAfter(call, spatial, how);
  if (!out) return undefined;
  // `area` is an adaptive pool, which gives nothing where nothing is asked for.
  for (const size of [...input.dims.slice(1), ...(how.mode === 'area' ? [] : out)]) {
    const empty = fault('output-empty', { op: call.op, size, axis: '' }, 'size', 'scale_factor');
    if (holds(call, { kind: 'lt', left: 0, right: size }) === false) return refuse(call, empty);
  }
  return { dims: [...input.dims.slice(0, 2), ...out] };
};

/** The sizes along the spatial axes: those asked for, or ⌊size·scale⌋; `single` counts in single precision. */
export const sizesAfter = (
  call: Call,
  sizes: readonly Dim[],
  { size, scale }: Pick<Resize, 'size' | 'scale'>,
  single = false,
): readonly Dim[] | undefined =>
  size.kind === 'none' ? scaled(call, sizes, scale, single) : asked(call, sizes.length, size);

/** The shape to resize, its rank settled by the mode or by how many sizes are asked for. */
export const resizable = (call: Call, tensor: TensorArg, how: Resize): Shape | undefined => {
  if (!tensor.shape.rest) return tensor.shape;
  const count = countOf(how.size) ?? countOf(how.scale);
  const rank = modeRanks[how.mode] ?? (count === undefined ? undefined : count + 2);
  return rank === undefined ? giveUp(call, 'the rank is not known') : withRank(call, tensor, rank, MAP_AXES[rank]);
};

/** The axes of a signal, a map and a volume. */
const MAP_AXES: Readonly<Record<number, readonly string[]>> = {
  3: ['b', 'c', 'l'],
  4: ['b', 'c', 'h', 'w'],
  5: ['b', 'c', 'd', 'h', 'w'],
};

const countOf = (arg: Arg): number | undefined =>
  arg.kind === 'tuple' || arg.kind === 'sequence' ? arg.items.length : undefined;

const checkMode = (call: Call, how: Resize): boolean => {
  if (how.size.kind !== 'none' && how.scale.kind !== 'none') {
    refuse(
      call,
      fault('conflicting-arguments', { op: call.op, first: 'size', second: 'scale_factor' }, 'size', 'scale_factor'),
    );
    return false;
  }
  if (how.size.kind === 'none' && how.scale.kind === 'none') {
    refuse(
      call,
      fault('one-of-missing', { op: call.op, first: 'size', second: 'scale_factor' }, 'size', 'scale_factor'),
    );
    return false;
  }
  if (modeRanks[how.mode] === undefined && !freeModes.has(how.mode)) {
    const choices = [...freeModes, ...Object.keys(modeRanks)].join(', ');
    refuse(call, fault('value-choice', { op: call.op, argument: 'mode', choices, found: `'${how.mode}'` }, 'mode'));
    return false;
  }
  if (how.alignCorners !== null && !aligned.has(how.mode)) {
    refuse(
      call,
      fault(
        'conflicting-arguments',
        { op: call.op, first: `mode='${how.mode}'`, second: 'align_corners' },
        'align_corners',
      ),
    );
    return false;
  }
  return true;
};

const asked = (call: Call, count: number, size: Arg): readonly Dim[] | undefined => {
  if (size.kind === 'tensor' && call.lib === 'paddle') return vectorSizes(call, count, size);
  const items =
    size.kind === 'tuple' || size.kind === 'sequence' ? size.items : Array.from({ length: count }, () => size);
  if (items.length !== count) {
    const data = { op: call.op, argument: 'size', expected: `${count}`, found: items.length };
    return refuse(call, fault('wrong-length', data, 'size', 'input'));
  }
  const out: Dim[] = [];
  for (const item of items) {
    const one = integerOf(item, call);
    if (one === undefined) {
      if (call.lib === 'paddle' && item.kind === 'float') return giveUp(call, 'a fraction for a size');
      const data = { op: call.op, argument: 'size', expected: 'int', found: typeName(item) };
      return refuse(call, fault('wrong-type', data, 'size'));
    }
    out.push(one);
  }
  return out;
};

/** Sizes in a vector, as Paddle takes them. */
const vectorSizes = (call: Call, count: number, { shape, elements }: TensorArg): readonly Dim[] | undefined => {
  const [found = count] = shape.dims;
  if (!shape.rest && found !== count) {
    const data = { op: call.op, argument: 'size', expected: `${count}`, found: typeof found === 'number' ? found : 0 };
    return typeof found === 'number' ? refuse(call, fault('wrong-length', data, 'size')) : giveUp(call, 'sizes');
  }
  return Array.from({ length: count }, (_, i) => {
    const one = elements?.[i];
    return one?.kind === 'int' ? one.value : fresh(call, 'value of a tensor');
  });
};

const scaled = (call: Call, sizes: readonly Dim[], scale: Arg, single: boolean): readonly Dim[] | undefined => {
  const items = scale.kind === 'tuple' || scale.kind === 'sequence' ? scale.items : sizes.map(() => scale);
  if (items.length !== sizes.length) {
    const data = { op: call.op, argument: 'scale_factor', expected: `${sizes.length}`, found: items.length };
    return refuse(call, fault('wrong-length', data, 'scale_factor', 'input'));
  }
  const out: Dim[] = [];
  for (const [i, item] of items.entries()) {
    const one = scaleOne(call, sizes[i] ?? 1, item, single);
    if (one === undefined) {
      const data = { op: call.op, argument: 'scale_factor', expected: 'float', found: typeName(item) };
      return refuse(call, fault('wrong-type', data, 'scale_factor'));
    }
    out.push(one);
  }
  return out;
};

const scaleOne = (call: Call, size: Dim, scale: Arg, single: boolean): Dim | undefined => {
  if (scale.kind === 'int') return mul(size, scale.value);
  if (scale.kind === 'bool') return scale.value ? size : 0;
  if (scale.kind === 'unknown' || scale.kind === 'other' || scale.kind === 'tensor') return fresh(call, 'scale factor');
  if (scale.kind !== 'float') return undefined;
  if (scale.ratio) return floorRatio(mulRatio(scale.ratio, ratio(size)));
  if (scale.value === undefined) return fresh(call, 'scale factor');
  if (typeof size === 'number')
    return Math.floor(single ? Math.fround(size * Math.fround(scale.value)) : size * scale.value);
  const exact = fromNumber(scale.value);
  return exact ? floorRatio(mulRatio(exact, ratio(size))) : fresh(call, 'scale factor');
};

/** Number of sliding blocks along each axis. */
export const blocks = (call: Call, sizes: readonly Dim[], each: (size: Dim, i: number) => Dim): readonly Dim[] => {
  const counts = sizes.map(each);
  for (const size of counts) {
    const empty = fault('output-empty', { op: call.op, size, axis: '' }, 'kernel_size', 'input');
    need(call, { kind: 'lt', left: 0, right: size }, empty);
  }
  return counts;
};
