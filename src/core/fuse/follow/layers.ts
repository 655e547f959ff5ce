import { applyTree } from '../apply';
import { normScale } from '../norm';
import type { LayerOperator, Numbers } from '../operator';
import { callOf } from '../read';
import { count, filled, type Tensor, zeros } from '../tensor';
import { affine, held, type Numeric, type NumericCall, numberOf } from './call';

/** The numbers of an affine call as its own tensors hold them; undefined where one is not known. */
export const numbersOfCall = (operator: LayerOperator, call: Pick<NumericCall, 'read'>): Numbers | undefined => {
  const arg = callOf(call.read, [])?.arg;
  if (!arg) return undefined;
  if (operator.op === 'average') return { weight: filled([1], () => 1), bias: zeros(1) };
  if (operator.op === 'diagonal') return normNumbers(operator, arg);
  const [weight, bias] = [held(arg('weight')), arg('bias')];
  const lib = arg('weight');
  if (!weight || lib?.kind !== 'tensor') return undefined;
  const outputs = typeof operator.out === 'number' ? operator.out : 0;
  const shift = bias && bias.kind !== 'none' ? held(bias) : zeros(outputs);
  if (!shift) return undefined;
  // Paddle keeps the weight of a linear layer as [in, out].
  const turned = operator.op === 'linear' && lib.lib === 'paddle' ? transposed(weight) : weight;
  return { weight: turned, bias: shift };
};

const transposed = ({ shape: [rows = 0, columns = 0], data }: Tensor): Tensor =>
  filled([columns, rows], (i) => data[(i % rows) * columns + Math.floor(i / rows)] ?? Number.NaN);

type Arg = NonNullable<ReturnType<typeof callOf>>['arg'];

const normNumbers = (operator: Extract<LayerOperator, { op: 'diagonal' }>, arg: Arg): Numbers | undefined => {
  if (operator.role === 'identity') return { weight: filled([1], () => 1), bias: zeros(1) };
  const [mean, variance] = [held(arg('running_mean', 'mean')), held(arg('running_var', 'variance'))];
  if (operator.role !== 'norm' || !mean || !variance) return undefined;
  const [weight, bias, eps] = [arg('weight'), arg('bias'), arg('eps', 'epsilon')];
  const gamma = weight && weight.kind !== 'none' ? held(weight) : filled(mean.shape, () => 1);
  const beta = bias && bias.kind !== 'none' ? held(bias) : zeros(...mean.shape);
  const epsilon = eps && numberOf(eps);
  if (!gamma || !beta || epsilon === undefined || !operator.tracked) return undefined;
  return normScale({ gamma, beta, mean, variance, epsilon });
};

/** Runs a convolution, a linear layer, a normalisation or an average pooling on each sample of a batch. */
export const layer: Numeric = (call) => {
  const operator = affine(call);
  const x = held(callOf(call.read, [])?.arg('input', 'x'));
  const numbers = operator && numbersOfCall(operator, call);
  if (!operator || !x || !numbers || taps(operator) * count(x.shape) > 40_000_000) return undefined;
  const ref = { kind: 'identity' } as const;
  const tree = { kind: 'one', ref, operator } as const;
  if (operator.op === 'linear' || x.shape.length === 2 || x.shape.length === 1)
    return applyRows(operator, numbers, x) ?? applyTree(tree, () => numbers, x);
  const [batch = 1, ...rest] = x.shape;
  const size = count(rest);
  const samples = Array.from({ length: batch }, (_, i) =>
    applyTree(tree, () => numbers, { shape: rest, data: x.data.subarray(i * size, (i + 1) * size) }),
  );
  const [first] = samples;
  return first && { shape: [batch, ...first.shape], data: Float64Array.from(samples.flatMap((s) => [...s.data])) };
};

/** A normalisation of rows works on their last axis. */
const applyRows = (operator: LayerOperator, { weight, bias }: Numbers, x: Tensor): Tensor | undefined => {
  if (operator.op !== 'diagonal') return undefined;
  const channels = x.shape.at(-1) ?? 1;
  const at = (t: Tensor, i: number): number => t.data[t.data.length === 1 ? 0 : i % channels] ?? Number.NaN;
  return filled(x.shape, (i) => (x.data[i] ?? Number.NaN) * at(weight, i) + at(bias, i));
};

const taps = (operator: LayerOperator): number => {
  if (operator.op === 'diagonal') return 1;
  const sizes = operator.op === 'linear' ? [] : operator.axes.map((a) => a.kernel);
  const outputs = operator.op === 'average' ? 1 : operator.out;
  return [outputs, ...sizes].reduce<number>((n, d) => n * (typeof d === 'number' ? d : Number.NaN), 1);
};

/** Averages each channel as a whole, where one number a channel is asked for. */
const adaptive: Numeric = (call) => {
  const x = held(call.subject);
  const { shape } = call;
  if (!x || !shape || shape.slice(2).some((size) => size !== 1)) return undefined;
  const area = count(x.shape.slice(2));
  return filled(shape, (i) => x.data.subarray(i * area, (i + 1) * area).reduce((a, b) => a + b, 0) / area);
};

/** Ops that average whole channels. */
export const POOLS: Readonly<Record<string, Numeric>> = Object.fromEntries(
  [1, 2, 3].map((n) => [`adaptive_avg_pool${n}d`, adaptive]),
);
