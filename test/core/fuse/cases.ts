import { readFileSync } from 'node:fs';
import { IDENTITY, type Numbers, type Operator, type Tensor, type Tree } from '../../../src/core/fuse';
import { normScale } from '../../../src/core/fuse/norm';
import { goldenPath } from '../features/support';

/** Numbers as the recorder writes them. */
export interface Recorded {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Layer {
  readonly op: 'conv' | 'transposed' | 'linear' | 'norm' | 'average' | 'scale' | 'add' | 'border';
  readonly in: number;
  readonly out: number;
  readonly channels: number;
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly extra: readonly number[];
  readonly groups: number;
  readonly mode: 'zeros' | 'reflect' | 'replicate' | 'circular';
  readonly weight: Recorded;
  readonly bias: Recorded | null;
  readonly values: Recorded;
  readonly tracked: boolean;
  readonly axis: 'channels' | 'last' | 'any';
  readonly gamma: Recorded;
  readonly beta: Recorded;
  readonly mean: Recorded;
  readonly variance: Recorded;
  readonly epsilon: number;
  readonly counts: boolean;
  readonly ceil: boolean;
  readonly response: boolean;
}

export type RecordedTree =
  | { readonly chain: readonly RecordedTree[] }
  | { readonly sum: readonly RecordedTree[] }
  | Layer;

export interface Case {
  readonly rule: string;
  readonly legal: boolean;
  readonly tree: RecordedTree;
  readonly input: Recorded;
  /** null where the library refuses to run the layers. */
  readonly output: Recorded | null;
}

export interface Facts {
  readonly cases: readonly Case[];
  readonly bilinear: readonly {
    readonly factor: number;
    readonly input: Recorded;
    readonly output: Recorded;
    readonly nearest: Recorded;
  }[];
}

export const factsOf = (library: 'torch' | 'paddle'): Facts =>
  JSON.parse(readFileSync(goldenPath(`fusion-${library}.json`), 'utf8'));

export const tensorOf = ({ shape, data }: Recorded): Tensor => ({ shape, data: Float64Array.from(data) });

const constant = (size: number, value: number): Tensor => ({
  shape: [size],
  data: new Float64Array(size).fill(value),
});

/** A recorded tree as the rules take it, with the numbers of its layers by id. */
export const treeOf = (recorded: RecordedTree): { readonly tree: Tree; readonly numbers: readonly Numbers[] } => {
  const numbers: Numbers[] = [];
  const visit = (node: RecordedTree): Tree => {
    if ('chain' in node) return { kind: 'chain', parts: node.chain.map(visit) };
    if ('sum' in node) return { kind: 'sum', parts: node.sum.map(visit) };
    const id = numbers.push(numbersOf(node)) - 1;
    return { kind: 'one', ref: { kind: 'layer', id }, operator: operatorOf(node) };
  };
  return { tree: visit(recorded), numbers };
};

/** Without running statistics a normalisation depends on its input, and is no fixed map. */
export const isFixed = (node: RecordedTree): boolean => {
  if ('chain' in node) return node.chain.every(isFixed);
  if ('sum' in node) return node.sum.every(isFixed);
  return node.op !== 'norm' || node.tracked;
};

const operatorOf = (layer: Layer): Operator => {
  const axis = (i: number) => ({
    kernel: layer.kernel[i] ?? 0,
    stride: layer.stride[i] ?? 0,
    before: layer.padding[i] ?? 0,
    after: layer.padding[i] ?? 0,
    dilation: layer.dilation?.[i] ?? 1,
  });
  const { groups, mode, channels, tracked } = layer;
  switch (layer.op) {
    case 'conv': {
      const axes = layer.kernel.map((_, i) => axis(i));
      return { op: 'conv', in: layer.in, out: layer.out, groups, axes, mode, shift: layer.bias !== null };
    }
    case 'transposed': {
      const axes = layer.kernel.map((_, i) => ({
        ...axis(i),
        padding: layer.padding[i] ?? 0,
        extra: layer.extra[i] ?? 0,
      }));
      return { op: 'transposed', in: layer.in, out: layer.out, groups, axes, shift: layer.bias !== null };
    }
    case 'linear':
      return { op: 'linear', in: layer.in, out: layer.out, shift: layer.bias !== null };
    case 'norm':
      return { op: 'diagonal', role: 'norm', channels, axis: layer.axis, shift: true, tracked };
    case 'average':
      return {
        op: 'average',
        channels,
        axes: layer.kernel.map((_, i) => axis(i)),
        countsPadding: layer.counts,
        ceil: layer.ceil,
        divisor: undefined,
      };
    case 'border':
      return {
        op: 'border',
        channels,
        axes: layer.padding.map((p) => ({ before: p, after: p })),
        isResponse: layer.response,
      };
    case 'scale':
    case 'add': {
      const [size = 1] = layer.values.shape;
      const own = size === 1 ? undefined : size;
      const at = own === undefined ? 'any' : 'channels';
      return { ...IDENTITY, role: layer.op, channels: own, axis: at, shift: layer.op === 'add' };
    }
  }
};

const numbersOf = (layer: Layer): Numbers => {
  switch (layer.op) {
    case 'norm':
      return normScale({
        gamma: tensorOf(layer.gamma),
        beta: tensorOf(layer.beta),
        mean: tensorOf(layer.mean),
        variance: tensorOf(layer.variance),
        epsilon: layer.epsilon,
      });
    case 'average':
      return { weight: constant(1, 1), bias: constant(1, 0) };
    case 'border':
      return { weight: constant(layer.channels, 1), bias: tensorOf(layer.values) };
    case 'scale':
      return { weight: tensorOf(layer.values), bias: constant(layer.values.data.length, 0) };
    case 'add':
      return { weight: constant(layer.values.data.length, 1), bias: tensorOf(layer.values) };
    default:
      return {
        weight: tensorOf(layer.weight),
        bias: layer.bias ? tensorOf(layer.bias) : constant(layer.out, 0),
      };
  }
};
