import { average, convolve, spread } from './convolve';
import { at } from './diagonal';
import { type Border, type Diagonal, type Numbers, num, numericAxis, type Operator } from './operator';
import { pad } from './pad';
import { count, filled, mapped, plus, type Tensor, zeros } from './tensor';
import type { Ref, Tree } from './tree';

/**
 * Runs an operator on a sample: `[C, …]`, or `[…, F]` for linear layers, without a batch. Every size of the operator
 * must be a number.
 */
const applyWindow = (operator: Exclude<Operator, Diagonal | Border>, numbers: Numbers, x: Tensor): Tensor => {
  switch (operator.op) {
    case 'conv':
      return convolve(x, {
        ...numbers,
        axes: operator.axes.map(numericAxis),
        groups: num(operator.groups),
        mode: operator.mode,
      });
    case 'transposed':
      return spread(x, {
        ...numbers,
        axes: operator.axes.map((a) => ({
          kernel: num(a.kernel),
          stride: num(a.stride),
          padding: num(a.padding),
          dilation: num(a.dilation),
          extra: num(a.extra),
        })),
        groups: num(operator.groups),
      });
    case 'linear':
      return linear(x, numbers);
    case 'average':
      return average(x, {
        axes: operator.axes.map(numericAxis),
        countsPadding: operator.countsPadding,
        ceil: operator.ceil,
        divisor: operator.divisor === undefined ? undefined : num(operator.divisor),
      });
  }
};

/** A sample with a border of numbers, one a channel. */
const framed = ({ axes }: Border, fill: Tensor, x: Tensor): Tensor => {
  const sides = axes.map((a) => ({ kernel: 1, stride: 1, dilation: 1, before: num(a.before), after: num(a.after) }));
  const ones = pad(
    mapped(x, () => 1),
    sides,
    'zeros',
  );
  const wide = pad(x, sides, 'zeros');
  const area = count(wide.shape.slice(1));
  return mapped(wide, (value, i) => value + (1 - (ones.data[i] ?? 0)) * (fill.data[Math.floor(i / area)] ?? 0));
};

const linear = (x: Tensor, { weight, bias }: Numbers): Tensor => {
  const [outputs = 0, inputs = 1] = weight.shape;
  return filled([...x.shape.slice(0, -1), outputs], (index) => {
    const [row, o] = [Math.floor(index / outputs), index % outputs];
    let sum = bias.data[o] ?? 0;
    for (let i = 0; i < inputs; i++) sum += (weight.data[o * inputs + i] ?? 0) * (x.data[row * inputs + i] ?? 0);
    return sum;
  });
};

const diagonal = (operator: Diagonal, x: Tensor, { weight, bias }: Numbers, rows: boolean): Tensor => {
  const last = rows && operator.axis !== 'channels';
  const area = last ? 1 : count(x.shape.slice(1));
  const size = last ? (x.shape.at(-1) ?? 1) : x.shape.length;
  const channel = (index: number): number => (last ? index % size : Math.floor(index / area));
  return mapped(x, (value, i) => value * at(weight, channel(i)) + at(bias, channel(i)));
};

/** A sample, and what each channel has where the last layer with weights was given zeros. */
interface Flow {
  readonly value: Tensor;
  readonly response: Tensor;
}

/** Runs a tree on a sample; `numbersOf` gives the numbers of what it is made of. */
export const applyTree = (tree: Tree, numbersOf: (ref: Ref) => Numbers, x: Tensor): Tensor => {
  const rows = hasLinear(tree);
  const one = (operator: Operator, numbers: Numbers, { value, response }: Flow): Flow => {
    switch (operator.op) {
      case 'border':
        return { value: framed(operator, operator.isResponse ? response : numbers.bias, value), response };
      case 'diagonal':
        return {
          value: diagonal(operator, value, numbers, rows),
          response: mapped(response, (r, c) => r * at(numbers.weight, c) + at(numbers.bias, c)),
        };
      default:
        return { value: applyWindow(operator, numbers, value), response: numbers.bias };
    }
  };
  const run = (node: Tree, input: Flow): Flow => {
    switch (node.kind) {
      case 'one':
        return one(node.operator, numbersOf(node.ref), input);
      case 'chain':
        return node.parts.reduce((flow, part) => run(part, flow), input);
      case 'sum': {
        const [first = input, ...others] = node.parts.map((part) => run(part, input));
        return others.reduce(
          (a, b) => ({ value: plus(a.value, b.value), response: plus(a.response, b.response) }),
          first,
        );
      }
    }
  };
  return run(tree, { value: x, response: zeros(x.shape[0] ?? 1) }).value;
};

/** Whether a tree works on rows of features: channels last. */
export const hasLinear = (tree: Tree): boolean =>
  tree.kind === 'one' ? tree.operator.op === 'linear' : tree.parts.some(hasLinear);
