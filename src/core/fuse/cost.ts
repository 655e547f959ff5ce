import { add, atMost, type Dim, floorDiv, mul, product, sum } from '../dims';
import { elements, type GraphNode, ownParameters } from '../graph';
import type { OpCall } from '../interp';
import type { Shape } from '../shapes';
import { fromArg, type ObjectValue, type TensorValue } from '../values';
import { type Check, check, type Judge, known } from './check';
import { type Operator, outputsOf } from './operator';

/** Multiply–adds of an operator for one position of its output. */
const perPosition = (operator: Operator): Dim => {
  switch (operator.op) {
    case 'conv':
      return product([operator.out, floorDiv(operator.in, operator.groups), ...operator.axes.map((a) => a.kernel)]);
    case 'transposed':
      return product([operator.out, floorDiv(operator.in, operator.groups), ...operator.axes.map((a) => a.kernel)]);
    case 'linear':
      return mul(operator.out, operator.in);
    case 'average':
    case 'border':
    case 'diagonal':
      return 0;
  }
};

/** Whether one operator costs no more than two in a row. */
export const isCheaper = (judge: Judge, [a, b]: readonly [Operator, Operator], joined: Operator): Check => {
  const steps = b.op === 'conv' ? product(b.axes.map((axis) => axis.stride)) : 1;
  const apart = sum([mul(perPosition(a), steps), perPosition(b)]);
  const answer = check(judge, 'cheaper', [atMost(perPosition(joined), apart)]);
  return answer.verdict === 'depends' ? known('cheaper-by-size', false) : answer;
};

/** What running some layers takes, as far as it is known. */
export interface Cost {
  readonly layers: number;
  /** Numbers that are learnt. */
  readonly parameters: Dim | undefined;
  /** Multiply–adds × 2, additions of branches and normalisations left out. */
  readonly flops: Dim | undefined;
  /** Bytes read and written in float32 when every call reads its inputs and parameters and writes its output. */
  readonly traffic: Dim | undefined;
}

type Known = Dim | undefined;

const plus = (a: Known, b: Known): Known => (a === undefined || b === undefined ? undefined : add(a, b));
const times = (a: Known, b: Known): Known => (a === undefined || b === undefined ? undefined : mul(a, b));
const BYTES = 4;

/** Whether a call is counted as a layer: also where the code of a subclass runs it, but not what hands on its input. */
export const isLayer = ({ role, ran }: GraphNode): boolean => {
  const name = ran?.name ?? '';
  const isRun = role === 'layer' || ran?.family?.kind === 'layer' || /(^|\.)batch_norm$/.test(name);
  return isRun && !/\.Identity$/.test(name);
};

/** What the calls of a region take as they are written. */
export const costApart = (nodes: readonly GraphNode[]): Cost => {
  const seen = new Set<number>();
  const unseen = ({ shape, parameter }: TensorValue): readonly Shape[] => {
    if (!parameter || seen.has(parameter.id)) return [];
    seen.add(parameter.id);
    return [shape];
  };
  let [parameters, flops, traffic]: Known[] = [0, 0, 0];
  let layers = 0;
  for (const node of nodes) {
    if (isLayer(node)) layers++;
    const held = node.module ? parametersOf(node.module) : node.ran ? givenParameters(node.ran) : [];
    const own = held && elements(held.flatMap(unseen));
    parameters = plus(parameters, own);
    flops = plus(flops, node.flops);
    const moved = plus(elements(node.inputs), elements(node.outputs));
    traffic = plus(traffic, times(plus(moved, own), BYTES));
  }
  return { layers, parameters, flops, traffic };
};

/** What a module holds itself; undefined where that hangs on what nobody has decided. */
const parametersOf = (module: ObjectValue): readonly TensorValue[] | undefined =>
  [...module.attrs.values()].some((v) => v.kind === 'either' && [v.yes, v.no].some((side) => side.kind === 'tensor'))
    ? undefined
    : ownParameters(module).map(([, t]) => t);

/** What is learnt of what a function is given. */
const givenParameters = ({ args }: OpCall): readonly TensorValue[] =>
  [...args.positional, ...args.keywords.values()]
    .map(fromArg)
    .flatMap((value) => (value.kind === 'tensor' && value.parameter?.trained ? [value] : []));

/** What an operator takes that maps one tensor to another. */
export const costOf = (operator: Operator, input: Shape | undefined, output: Shape | undefined): Cost => {
  const shift = 'shift' in operator && operator.shift;
  const parameters = weightSize(operator, shift);
  const [from, to] = [input && elements([input]), output && elements([output])];
  // A transposed convolution spreads every number of its input.
  const at = operator.op === 'transposed' ? from : to;
  const channels = operator.op === 'transposed' ? operator.in : outputsOf(operator);
  const perNumber =
    channels === undefined || operator.op === 'diagonal' ? 0 : floorDiv(perPosition(operator), channels);
  return {
    layers: 1,
    parameters,
    flops: times(mul(2, perNumber), at),
    traffic: times(plus(plus(from, to), parameters), BYTES),
  };
};

const weightSize = (operator: Operator, shift: boolean): Dim => {
  if (operator.op === 'average' || operator.op === 'border') return 0;
  if (operator.op === 'diagonal') return mul(operator.channels ?? 1, shift ? 2 : 1);
  return add(perPosition(operator), shift ? operator.out : 0);
};
