import { atMost, type Condition, type Dim, equal, mul, sub, sum } from '../dims';
import { type Check, check, inEval, type Judge, known, none } from './check';
import { type Conv, type Diagonal, type Linear, type Numbers, num, type Operator, type Transposed } from './operator';
import type { Attempt, RuleId } from './rule';
import { count, filled, mapped, type Tensor } from './tensor';

type Weighted = Conv | Transposed | Linear;

/** Folds what each channel gets after a layer into that layer (F1, F2, F5, F18). */
export const absorbAfter = (judge: Judge, layer: Weighted, after: Diagonal): Attempt => ({
  rule: after.role === 'norm' ? ({ conv: 'F1', linear: 'F2', transposed: 'F5' } as const)[layer.op] : 'F18',
  result: { ...layer, shift: layer.shift || after.shift },
  checks: [...statistics(after), ...channels(judge, after, layer.out), ...axis(layer, after)],
  compute: ([of, by]) => {
    if (!of || !by) throw new RangeError('two operators are folded');
    const scale = (o: number): number => at(by.weight, o);
    return {
      weight: mapped(of.weight, (w, i) => w * scale(outputAt(layer, of.weight, i))),
      bias: mapped(of.bias, (b, o) => b * scale(o) + at(by.bias, o)),
    };
  },
});

/** Folds what each channel gets before a layer into that layer (F3, F4, F6, F18, F19). */
export const absorbBefore = (judge: Judge, before: Diagonal, layer: Weighted): Attempt => ({
  rule: beforeRule(before, layer),
  result: { ...layer, shift: layer.shift || before.shift },
  checks: [
    ...statistics(before),
    ...channels(judge, before, layer.in),
    ...axis(layer, before),
    ...border(judge, before, layer),
  ],
  compute: ([by, of]) => {
    if (!of || !by) throw new RangeError('two operators are folded');
    const bias = Float64Array.from(of.bias.data);
    for (const [i, w] of of.weight.data.entries()) {
      const o = outputAt(layer, of.weight, i);
      bias[o] = (bias[o] ?? 0) + w * at(by.bias, inputAt(layer, of.weight, i));
    }
    return {
      weight: mapped(of.weight, (w, i) => w * at(by.weight, inputAt(layer, of.weight, i))),
      bias: { shape: of.bias.shape, data: bias },
    };
  },
});

/** Two maps of single channels in a row are one. */
export const joinDiagonals = (judge: Judge, first: Diagonal, second: Diagonal): Attempt => {
  const size = first.channels ?? second.channels;
  const length = (n: Numbers): number => n.weight.data.length;
  return {
    rule: 'F18',
    result: {
      op: 'diagonal',
      role: 'folded',
      channels: size,
      axis: first.axis === 'any' ? second.axis : first.axis,
      shift: first.shift || second.shift,
      tracked: true,
    },
    checks: [
      ...allStatistics([first, second]),
      ...(size === undefined ? [] : channels(judge, second, size)),
      known('norm-axis', first.axis === 'any' || second.axis === 'any' || first.axis === second.axis),
    ],
    compute: ([a, b]) => {
      if (!a || !b) throw new RangeError('two operators are folded');
      const shape = [Math.max(length(a), length(b))];
      return {
        weight: filled(shape, (c) => at(a.weight, c) * at(b.weight, c)),
        bias: filled(shape, (c) => at(a.bias, c) * at(b.weight, c) + at(b.bias, c)),
      };
    },
  };
};

/** The number of a channel; one number may serve all. */
export const at = (vector: Tensor, channel: number): number =>
  vector.data[vector.data.length === 1 ? 0 : channel] ?? Number.NaN;

/** What a normalisation needs to be a fixed map. */
export const statistics = (diagonal: Diagonal): readonly Check[] =>
  diagonal.role === 'norm' ? [inEval, known('tracked', diagonal.tracked)] : [];

/** The needs of several normalisations, each told once. */
export const allStatistics = (diagonals: readonly Diagonal[]): readonly Check[] => [
  ...new Map(diagonals.flatMap(statistics).map((c) => [`${c.code}${c.verdict}`, c])).values(),
];

const channels = (judge: Judge, { channels: own }: Diagonal, needed: Dim): readonly Check[] =>
  own === undefined ? [] : [check(judge, 'norm-channels', [equal(own, needed)])];

const axis = (layer: Weighted, diagonal: Diagonal): readonly Check[] => {
  if (diagonal.axis === 'any') return [];
  // What a convolution gives has its channels on axis 1, on which a normalisation works.
  if (diagonal.axis === 'unknown' && layer.op !== 'linear') return [known('norm-axis', true)];
  if (diagonal.axis === 'unknown') return [{ code: 'norm-axis', verdict: 'depends', conditions: [] }];
  return [known('norm-axis', diagonal.axis === (layer.op === 'linear' ? 'last' : 'channels'))];
};

const beforeRule = (before: Diagonal, layer: Weighted): RuleId => {
  if (layer.op === 'transposed') return 'F6';
  if (before.role === 'norm') return layer.op === 'linear' ? 'F3' : 'F4';
  return before.shift ? 'F19' : 'F18';
};

/** A constant that is added before padding is missing in the padded zeros. */
const border = (judge: Judge, before: Diagonal, layer: Weighted): readonly Check[] => {
  if (layer.op === 'linear') return [];
  if (layer.op === 'transposed') {
    if (!before.shift) return [known('constant-spread', true)];
    return [check(judge, 'constant-spread', layer.axes.flatMap(everyTap))];
  }
  if (!before.shift || layer.mode !== 'zeros') return [known('constant-at-border', true)];
  return [check(judge, 'constant-at-border', none(layer.axes.flatMap((a) => [a.before, a.after])))];
};

/** Every output of a transposed convolution gets all taps: only then is a constant spread evenly. */
const everyTap = ({ kernel, stride, padding, dilation, extra }: Transposed['axes'][number]): readonly Condition[] => [
  equal(stride, 1),
  atMost(sum([mul(dilation, sub(kernel, 1)), extra]), padding),
];

/** The output channel that a number of the weight belongs to. */
const outputAt = (layer: Weighted, { shape, data }: Tensor, index: number): number => {
  const [first = 1, second = 1] = shape;
  const row = Math.floor(index / (data.length / first));
  if (layer.op !== 'transposed') return row;
  const column = Math.floor(index / count(shape.slice(2))) % second;
  return groupOf(layer, row, first) * second + column;
};

/** The input channel that a number of the weight belongs to. */
const inputAt = (layer: Weighted, { shape, data }: Tensor, index: number): number => {
  const [first = 1, second = 1] = shape;
  const row = Math.floor(index / (data.length / first));
  if (layer.op === 'transposed') return row;
  const column = Math.floor(index / count(shape.slice(2))) % second;
  return groupOf(layer, row, first) * second + column;
};

const groupOf = (layer: Weighted, row: number, rows: number): number =>
  layer.op === 'linear' ? 0 : Math.floor((row * num(layer.groups)) / rows);

/** Whether an operator has a weight that takes in what each channel gets. */
export const isWeighted = (operator: Operator): operator is Weighted =>
  operator.op === 'conv' || operator.op === 'transposed' || operator.op === 'linear';
