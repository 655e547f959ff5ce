import { type Edit, type Example, type LayerNumbers, type Numbers, num, type Operator, type Tensor } from '../fuse';
import type { KernelCell, KernelPicture } from './kernel-model';

/** Which pair of channels is shown. */
export interface Pair {
  readonly output: number;
  readonly input: number;
}

type Content = Pick<KernelPicture, 'rows' | 'numbers'>;

/** The numbers of a layer of the example; each can be changed. */
export const layerPicture = (example: Example, layer: number, pair: Pair): Content => {
  const [operator, numbers] = [example.operators[layer], example.layers[layer]];
  if (!operator || !numbers) return EMPTY;
  if (operator.op === 'diagonal') return { rows: [], numbers: diagonalNumbers(operator, numbers, layer, pair) };
  return contentOf(operator, numbers.numbers, pair, operator.op === 'average' ? undefined : layer);
};

const EMPTY: Content = { rows: [], numbers: [] };

/** The numbers of what a step has made. */
export const resultPicture = (operator: Operator, numbers: Numbers, pair: Pair): Content => {
  if (operator.op !== 'diagonal') return contentOf(operator, numbers, pair, undefined);
  return {
    rows: [],
    numbers: [
      { label: 's', value: numberAt(numbers.weight, pair.output) },
      { label: 't', value: numberAt(numbers.bias, pair.output) },
    ],
  };
};

const numberAt = ({ data }: Tensor, channel: number): number => data[data.length === 1 ? 0 : channel] ?? 0;

const contentOf = (operator: Operator, { weight, bias }: Numbers, pair: Pair, layer: number | undefined): Content => {
  if (operator.op === 'average') {
    const kernel = operator.axes.map((a) => num(a.kernel));
    const by = operator.divisor === undefined ? kernel.reduce((n, k) => n * k, 1) : num(operator.divisor);
    return { rows: grid(kernel, () => ({ value: 1 / by })), numbers: [] };
  }
  const shift = 'shift' in operator && operator.shift;
  const numbers: KernelPicture['numbers'] = shift
    ? [{ label: 'b', ...cell(bias.data[pair.output] ?? 0, layer, 'bias', pair.output) }]
    : [];
  if (operator.op === 'linear') {
    const [outputs = 0, inputs = 0] = weight.shape;
    const at = (o: number, c: number): KernelCell =>
      cell(weight.data[o * inputs + c] ?? 0, layer, 'weight', o * inputs + c);
    const rows = Array.from({ length: Math.min(outputs, MOST) }, (_, o) =>
      Array.from({ length: Math.min(inputs, MOST) }, (_, c) => at(o, c)),
    );
    return { rows, numbers };
  }
  if (operator.op === 'diagonal' || operator.op === 'border') return EMPTY;
  const start = kernelStart(operator, weight, pair);
  const rows = grid(weight.shape.slice(2), (tap) =>
    start === undefined ? { value: 0 } : cell(weight.data[start + tap] ?? 0, layer, 'weight', start + tap),
  );
  return { rows, numbers };
};

/** Rows and columns of a matrix that are shown. */
const MOST = 16;

const cell = (value: number, layer: number | undefined, part: Edit['part'], index: number): KernelCell =>
  layer === undefined ? { value } : { value, edit: { layer, part, index } };

/** The last two axes as rows and columns; a depth stands below the other. */
const grid = (kernel: readonly number[], at: (tap: number) => KernelCell): readonly (readonly KernelCell[])[] => {
  const width = kernel.at(-1) ?? 1;
  const height = kernel.slice(0, -1).reduce((n, k) => n * k, 1);
  return Array.from({ length: height }, (_, row) => Array.from({ length: width }, (_, i) => at(row * width + i)));
};

/** Where the kernel of a pair of channels begins; undefined where groups keep them apart. */
const kernelStart = (
  operator: Extract<Operator, { op: 'conv' | 'transposed' }>,
  { shape, data }: Tensor,
  { output, input }: Pair,
): number | undefined => {
  const [first = 1, second = 1] = shape;
  const area = data.length / (first * second);
  const [row, other] = operator.op === 'conv' ? [output, input] : [input, output];
  const own = other - Math.floor((row * num(operator.groups)) / first) * second;
  return own < 0 || own >= second ? undefined : (row * second + own) * area;
};

const diagonalNumbers = (
  operator: Extract<Operator, { op: 'diagonal' }>,
  { numbers, norm, fixed }: LayerNumbers,
  own: number,
  pair: Pair,
): KernelPicture['numbers'] => {
  const layer = fixed ? undefined : own;
  const size = numbers.weight.data.length;
  const c = size === 1 ? 0 : pair.output < size ? pair.output : pair.input;
  const [s, t] = [numberAt(numbers.weight, c), numberAt(numbers.bias, c)];
  if (norm)
    return [
      { label: 'γ', ...cell(norm.gamma.data[c] ?? 0, layer, 'gamma', c) },
      { label: 'β', ...cell(norm.beta.data[c] ?? 0, layer, 'beta', c) },
      { label: 'μ', ...cell(norm.mean.data[c] ?? 0, layer, 'mean', c) },
      { label: 'σ²', ...cell(norm.variance.data[c] ?? 0, layer, 'variance', c) },
      { label: 's', value: s },
      { label: 't', value: t },
    ];
  if (operator.role === 'scale') return [{ label: '×', ...cell(s, layer, 'weight', c) }];
  return operator.role === 'add' ? [{ label: '+', ...cell(t, layer, 'bias', c) }] : [];
};
