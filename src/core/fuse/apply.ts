import { average, convolve, spread } from './convolve';
import { at } from './diagonal';
import { type Diagonal, type Numbers, num, numericAxis, type Operator } from './operator';
import { count, filled, mapped, plus, type Tensor } from './tensor';
import type { Ref, Tree } from './tree';

/**
 * Runs an operator on a sample: `[C, …]`, or `[…, F]` for linear layers, without a batch. Every size of the operator
 * must be a number.
 */
const applyOperator = (operator: Operator, numbers: Numbers, x: Tensor, rows: boolean): Tensor => {
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
    case 'diagonal':
      return diagonal(operator, x, numbers, rows);
  }
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

/** Runs a tree on a sample; `numbersOf` gives the numbers of what it is made of. */
export const applyTree = (tree: Tree, numbersOf: (ref: Ref) => Numbers, x: Tensor): Tensor => {
  const rows = hasLinear(tree);
  const run = (node: Tree, input: Tensor): Tensor => {
    switch (node.kind) {
      case 'one':
        return applyOperator(node.operator, numbersOf(node.ref), input, rows);
      case 'chain':
        return node.parts.reduce((value, part) => run(part, value), input);
      case 'sum': {
        const [first = input, ...others] = node.parts.map((part) => run(part, input));
        return others.reduce(plus, first);
      }
    }
  };
  return run(tree, x);
};

/** Whether a tree works on rows of features: channels last. */
export const hasLinear = (tree: Tree): boolean =>
  tree.kind === 'one' ? tree.operator.op === 'linear' : tree.parts.some(hasLinear);
