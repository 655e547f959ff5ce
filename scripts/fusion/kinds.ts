import { IDENTITY } from '../../src/core/fuse';
import type { Random } from '../../src/core/fuse/random';
import { filled } from '../../src/core/fuse/tensor';
import type { Axis } from '../../src/core/fuse/window';
import {
  axisOf,
  border,
  chance,
  conv,
  type Draft,
  type Layer,
  linear,
  MODES,
  norm,
  one,
  pick,
  pool,
  scalar,
  transposed,
  transposedAxis,
} from './layers';

const GROUPS: readonly [readonly [number, number, number], ...(readonly [number, number, number])[]] = [
  [2, 3, 1],
  [3, 2, 1],
  [4, 4, 2],
  [2, 2, 2],
  [4, 8, 4],
  [4, 4, 1],
  [3, 3, 3],
];

const dimsOf = (random: Random): number => pick(random, [1, 1, 1, 2, 2, 3]);

const several = (random: Random, dims: number, axes: () => Axis<number>): readonly Axis<number>[] =>
  dims === 1 || chance(random, 0.5)
    ? Array.from({ length: dims }, axes)
    : Array.from({ length: dims }, (_, _i, shared = axes()) => shared);

/** Sizes that show all remainders of a stride. */
const SIZES = (dims: number, count = 3, least = 13): readonly (readonly number[])[] =>
  dims === 1
    ? Array.from({ length: count }, (_, i) => [37 + i])
    : dims === 2
      ? Array.from({ length: count }, (_, i) => [least + i, least + 1 + i])
      : Array.from({ length: count }, (_, i) => [13 + i, 11 + i, 12 + i]);

const chain = (layers: Layer[], dims: number, channels: number, sizes = SIZES(dims)): Draft => ({
  layers,
  tree: { kind: 'sum', parts: [{ kind: 'chain', parts: layers.map((_, i) => one(layers, i)) }] },
  sizes,
  channels,
  fixed: false,
});

const wrong = (random: Random, n: number): number => (chance(random, 0.1) ? n + 1 : n);

const afterConv = (random: Random): Draft => {
  const dims = dimsOf(random);
  const [i, o, groups] = pick(random, GROUPS);
  const first = conv(random, { in: i, out: o, groups, axes: several(random, dims, () => axisOf(random)) });
  const second = chance(random, 0.7)
    ? norm(random, wrong(random, o), 'channels', !chance(random, 0.1))
    : scalar(random, o);
  return chain([first, second], dims, i);
};

const beforeConv = (random: Random): Draft => {
  const dims = dimsOf(random);
  const [i, o, groups] = pick(random, GROUPS);
  const second = conv(random, { in: i, out: o, groups, axes: several(random, dims, () => axisOf(random)) });
  const first = chance(random, 0.6) ? norm(random, wrong(random, i)) : scalar(random, i);
  return chain([first, second], dims, i);
};

const afterTransposed = (random: Random): Draft => {
  const dims = dimsOf(random);
  const [i, o, groups] = pick(random, GROUPS);
  const first = transposed(random, {
    in: i,
    out: o,
    groups,
    axes: Array.from({ length: dims }, () => transposedAxis(random)),
  });
  return chain([first, norm(random, wrong(random, o))], dims, i);
};

const beforeTransposed = (random: Random): Draft => {
  const dims = dimsOf(random);
  const [i, o, groups] = pick(random, GROUPS);
  const shared = transposedAxis(random);
  const axes = Array.from({ length: dims }, () => (chance(random, 0.7) ? shared : transposedAxis(random)));
  const second = transposed(random, { in: i, out: o, groups, axes });
  const first = chance(random, 0.6) ? norm(random, i) : scalar(random, i);
  return chain([first, second], dims, i);
};

const withLinear = (random: Random): Draft => {
  const [i, o] = [pick(random, [3, 4, 5]), pick(random, [3, 4, 6])];
  const three = chance(random, 0.4);
  const length = chance(random, 0.3) ? o : 7;
  const after = chance(random, 0.5);
  const on = after ? o : i;
  const layers = after
    ? [linear(random, i, o), norm(random, three ? length : wrong(random, on), three ? 'channels' : 'any')]
    : [norm(random, three ? length : wrong(random, on), three ? 'channels' : 'any'), linear(random, i, o)];
  const rows = three ? [[9, length, i]] : [[60, i]];
  return {
    layers,
    tree: { kind: 'sum', parts: [{ kind: 'chain', parts: [one(layers, 0), one(layers, 1)] }] },
    sizes: [],
    channels: i,
    fixed: false,
    rows,
  };
};

const twoConvs = (random: Random): Draft => {
  const dims = pick(random, [1, 1, 1, 2]);
  const [i, m, g1] = pick(random, GROUPS);
  const [o, g2] = pick(random, [
    [3, 1],
    [m, m],
    [m * 2, m],
  ] as const);
  const point = { kernel: 1, before: 0, after: 0, dilation: 1 };
  const full = (a: Axis<number>): Axis<number> =>
    chance(random, 0.3) ? { ...a, before: a.dilation * (a.kernel - 1), after: a.dilation * (a.kernel - 1) } : a;
  const same = (a: Axis<number>): Axis<number> =>
    chance(random, 0.2) ? { ...a, stride: 1, kernel: 3, before: a.dilation, after: a.dilation } : a;
  // In two dimensions only as large a stride as the sizes tried have remainders for.
  const axis = (p: number): Axis<number> =>
    axisOf(random, { ...(chance(random, p) && point), ...(dims === 2 && { stride: pick(random, [1, 1, 2]) }) });
  const first = conv(random, { in: i, out: m, groups: g1, axes: several(random, dims, () => same(full(axis(0.5)))) });
  const second = conv(random, {
    in: m,
    out: o,
    groups: g2,
    axes: several(random, dims, () => axis(0.3)),
    ...(chance(random, 0.5) && first.operator.op === 'conv' && { mode: first.operator.mode }),
  });
  return chain([first, second], dims, i, SIZES(dims, dims === 1 ? 9 : 4, 27));
};

const bordered = (random: Random): Draft => {
  const dims = pick(random, [1, 1, 2]);
  const [i, o, groups] = pick(random, GROUPS);
  const isPoint = chance(random, 0.8);
  // Windows that do not overlap may lie in the padding as a whole: what that gives depends on the size of the input.
  const axis = (): Axis<number> => {
    const stride = isPoint ? pick(random, [1, 1, 2]) : 1;
    return { kernel: isPoint ? 1 : 3, stride, before: 0, after: 0, dilation: 1 };
  };
  const mode = pick(random, MODES);
  const first = conv(random, { in: i, out: o, groups, axes: Array.from({ length: dims }, axis), mode });
  const by = chance(random, 0.8) ? norm(random, o) : undefined;
  const frame = border(random, first, by, dims);
  const layers = [first, ...(by ? [by] : []), frame];
  const isLegal = isPoint && frame.operator.op === 'border' && frame.operator.isResponse;
  const second = (): Layer =>
    conv(random, {
      in: o,
      out: 3,
      groups: 1,
      axes: Array.from({ length: dims }, () => axisOf(random, chance(random, 0.7) ? { before: 0, after: 0 } : {})),
      mode: 'zeros',
    });
  return chain(isLegal && chance(random, 0.7) ? [...layers, second()] : layers, dims, i);
};

const branches = (random: Random): Draft => {
  const dims = pick(random, [1, 1, 1, 2]);
  const [i, o] = chance(random, 0.6) ? [4, 4] : [2, 4];
  const stride = pick(random, [1, 1, 2]);
  const count = pick(random, [2, 2, 3]);
  const mode = pick(random, MODES);
  const layers = Array.from({ length: count }, (): Layer => {
    const roll = random();
    if (i === o && roll < 0.15)
      return { operator: IDENTITY, numbers: { weight: filled([1], () => 1), bias: filled([1], () => 0) } };
    if (i === o && roll < 0.3) return norm(random, o);
    const axes = several(random, dims, () => {
      const kernel = pick(random, [1, 1, 2, 3, 3, 4, 5]);
      const dilation = pick(random, [1, 1, 1, 2, 3]);
      const padding = chance(random, 0.85) ? Math.floor((dilation * (kernel - 1)) / 2) : pick(random, [0, 1, 2]);
      return { kernel, stride: chance(random, 0.9) ? stride : 3 - stride, before: padding, after: padding, dilation };
    });
    const groups = pick(random, [1, 1, 2, i]);
    return conv(random, { in: i, out: o, groups, axes, mode: chance(random, 0.8) ? mode : pick(random, MODES) });
  });
  return {
    layers,
    tree: { kind: 'sum', parts: layers.map((_, id) => one(layers, id)) },
    sizes: [SIZES(dims)[Math.floor(random() * 3)] ?? [12]],
    channels: i,
    fixed: true,
  };
};

const pooling = (random: Random): Draft => {
  const dims = pick(random, [1, 2]);
  const layers = [pool(random, 3, dims)];
  return { layers, tree: { kind: 'sum', parts: [one(layers, 0)] }, sizes: SIZES(dims, 3), channels: 3, fixed: false };
};

const transposedPoint = (random: Random): Draft => {
  const dims = pick(random, [1, 2]);
  const axes = Array.from({ length: dims }, () => transposedAxis(random));
  const point = Array.from({ length: dims }, () => ({ kernel: 1, stride: 1, before: 0, after: 0, dilation: 1 }));
  const [own, other] = [pick(random, [1, 1, 2, 4]), pick(random, [1, 1, 2, 4])];
  const wide = transposed(random, { in: 4, out: 4, groups: own, axes });
  const narrow = conv(random, { in: 4, out: 4, groups: other, axes: point, mode: 'zeros' });
  return chain(chance(random, 0.5) ? [wide, narrow] : [narrow, wide], dims, 4);
};

const transposedSum = (random: Random): Draft => {
  const shared = transposedAxis(random);
  const other = chance(random, 0.5)
    ? { ...shared, kernel: shared.kernel + 2 * shared.dilation, padding: shared.padding + shared.dilation, dilation: 1 }
    : { ...transposedAxis(random), stride: shared.stride };
  const layers = [shared, other].map((axis) =>
    transposed(random, { in: 4, out: 4, groups: pick(random, [1, 2, 4]), axes: [axis] }),
  );
  return {
    layers,
    tree: { kind: 'sum', parts: [one(layers, 0), one(layers, 1)] },
    sizes: [[17]],
    channels: 4,
    fixed: true,
  };
};

export const KINDS: readonly [(random: Random) => Draft, ...((random: Random) => Draft)[]] = [
  afterConv,
  beforeConv,
  afterTransposed,
  beforeTransposed,
  withLinear,
  twoConvs,
  twoConvs,
  twoConvs,
  bordered,
  branches,
  branches,
  branches,
  pooling,
  transposedPoint,
  transposedSum,
];
