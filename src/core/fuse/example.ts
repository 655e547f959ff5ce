import { evaluate, negate, noFacts, type Sym } from '../dims';
import { applyTree, hasLinear } from './apply';
import type { Candidate } from './candidates';
import { assignments, mapSizes, shrunk } from './concrete';
import { evaluateSteps, fold, type Plan } from './fold';
import { type NormNumbers, normScale } from './norm';
import { inputsOf, type Numbers, num, type Operator } from './operator';
import { type Random, randomTensor, uniform } from './random';
import type { RegionLayer } from './regions';
import { filled, largestDifference, mapped, type Tensor, zeros } from './tensor';
import type { Ref, Refusal, Tree } from './tree';

/** A region with numbers: the layers as they are, the steps of folding them, and both ways on one input. */
export interface Example {
  readonly operators: readonly Operator[];
  readonly layers: readonly LayerNumbers[];
  readonly plan: Plan;
  readonly numbersOf: (ref: Ref) => Numbers;
  readonly input: Tensor;
  readonly apart: Tensor;
  readonly together: Tensor;
  /** The largest difference of the two outputs. */
  readonly difference: number;
}

/** The numbers of a layer as its attributes hold them. */
export interface LayerNumbers {
  readonly numbers: Numbers;
  readonly norm?: NormNumbers;
  /** The code says them: they cannot be others. */
  readonly fixed?: true;
}

/** A number that a reader has put in the place of one of a layer's. */
export interface Edit {
  readonly layer: number;
  readonly part: 'weight' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance';
  readonly index: number;
  readonly value: number;
}

/** What an example takes from outside. */
interface Given {
  readonly edits: readonly Edit[];
  /** The weight that the code itself gives a layer. */
  readonly said: (layer: RegionLayer, shape: readonly number[]) => Tensor | undefined;
}

const SEED = 1;

/** Largest weight that is worth showing. */
const MOST = 400_000;

/** A small example of a region with seeded numbers; undefined where no sizes are found for which the plan is the same. */
export const exampleOf = (candidate: Candidate, given: Partial<Given> = {}): Example | undefined => {
  const { region, plan } = candidate;
  const { edits = [], said = () => undefined } = given;
  const symbolic = region.layers.map((l) => l.operator);
  const open = [...plan.steps, ...plan.refusals].flatMap((s) =>
    s.checks.flatMap((c) => (c.verdict === 'depends' ? c.conditions : [])),
  );
  const cases = candidate.cases.flatMap(({ relation, holds }) =>
    relation ? [holds ? relation : negate(relation)] : [],
  );
  for (const conditions of [[...cases, ...open], cases]) {
    let tries = 0;
    for (const get of assignments(symbolic, conditions)) {
      const example = exampleWith(candidate, get, { edits, said });
      if (example) return example;
      if (++tries === MOST_TRIES) break;
    }
  }
  return undefined;
};

/** How many sets of sizes are tried. */
const MOST_TRIES = 12;

/** The example with these sizes; undefined where the layers fold otherwise with them. */
const exampleWith = (
  { region, plan }: Candidate,
  get: (s: Sym) => number | undefined,
  given: Given,
): Example | undefined => {
  const symbolic = region.layers.map((l) => l.operator);
  const operators = shrunk(symbolic.map((o) => mapSizes(o, (size) => evaluate(size, get) ?? 1)));
  const tree = retyped(region.tree, operators);
  if (weightSize(operators) > MOST) return undefined;
  for (let more = 0; more < 4; more++) {
    const input = inputOf(uniform(SEED + 77), tree, operators, more);
    const own = fold({ facts: noFacts }, tree, input.shape.slice(1));
    const same = own.steps.map((s) => s.rule).join() === plan.steps.map((s) => s.rule).join();
    if (!same) continue;
    const layers = numbersFor(region.layers, operators, given).map((n, i) => literalOf(region.layers[i]) ?? n);
    return worked(tree, own, operators, layers, input);
  }
  return undefined;
};

const worked = (
  tree: Tree,
  plan: Plan,
  operators: readonly Operator[],
  layers: readonly LayerNumbers[],
  input: Tensor,
): Example => {
  const numbersOf = evaluateSteps(plan.steps, (id) => layers[id]?.numbers ?? UNCHANGED);
  const apart = applyTree(tree, numbersOf, input);
  const together = applyTree(plan.rest, numbersOf, input);
  return {
    operators,
    layers,
    plan,
    numbersOf,
    input,
    apart,
    together,
    difference: largestDifference(apart, together),
  };
};

/** A factor or constant that the code says is that number. */
const literalOf = (layer: RegionLayer | undefined): LayerNumbers | undefined => {
  if (layer?.role === 'sign') return NEGATED;
  const { operator, node } = layer ?? {};
  if (operator?.op !== 'diagonal' || operator.channels !== undefined) return undefined;
  if (operator.role !== 'scale' && operator.role !== 'add') return undefined;
  const said = node?.ran?.args.positional.find((arg) => arg.kind === 'int' || arg.kind === 'float')?.value;
  if (typeof said !== 'number') return undefined;
  const [weight, bias] = operator.role === 'scale' ? [said, 0] : [1, said];
  return { numbers: { weight: filled([1], () => weight), bias: filled([1], () => bias) }, fixed: true };
};

const UNCHANGED: Numbers = { weight: filled([1], () => 1), bias: zeros(1) };
const NEGATED: LayerNumbers = { numbers: { weight: filled([1], () => -1), bias: zeros(1) } };

const weightSize = (operators: readonly Operator[]): number =>
  Math.max(...operators.map((o) => weightShape(o).reduce((n, size) => n * size, 1)));

/** The tree with operators that have numbers for sizes. */
const retyped = (tree: Tree, operators: readonly Operator[]): Tree => {
  if (tree.kind !== 'one') return { ...tree, parts: tree.parts.map((part) => retyped(part, operators)) };
  const own = tree.ref.kind === 'layer' ? operators[tree.ref.id] : undefined;
  return own ? { ...tree, operator: own } : tree;
};

const weightShape = (operator: Operator): readonly number[] => {
  switch (operator.op) {
    case 'conv':
      return [num(operator.out), num(operator.in) / num(operator.groups), ...operator.axes.map((a) => num(a.kernel))];
    case 'transposed':
      return [num(operator.in), num(operator.out) / num(operator.groups), ...operator.axes.map((a) => num(a.kernel))];
    case 'linear':
      return [num(operator.out), num(operator.in)];
    case 'diagonal':
      return [operator.channels === undefined ? 1 : num(operator.channels)];
    case 'border':
      return [num(operator.channels)];
    case 'average':
      return [1];
  }
};

/** Numbers with two decimals, so that a reader can check them by hand. */
const rounded = (random: Random, shape: readonly number[], low: number, high: number): Tensor => {
  const t = randomTensor(random, shape, low, high);
  return filled(shape, (i) => Math.round((t.data[i] ?? 0) * 100) / 100);
};

const numbersFor = (
  layers: readonly RegionLayer[],
  operators: readonly Operator[],
  { edits, said }: Given,
): readonly LayerNumbers[] =>
  operators.map((operator, id) => {
    const own = edits.filter((e) => e.layer === id);
    const layer = layers[id];
    return layerNumbers(uniform(SEED * 1009 + id), operator, own, layer && said(layer, weightShape(operator)));
  });

const layerNumbers = (
  random: Random,
  operator: Operator,
  edits: readonly Edit[],
  said: Tensor | undefined,
): LayerNumbers => {
  const shape = weightShape(operator);
  const edited = (part: Edit['part'], t: Tensor): Tensor => {
    const data = Float64Array.from(t.data);
    for (const edit of edits) if (edit.part === part && edit.index < data.length) data[edit.index] = edit.value;
    return { shape: t.shape, data };
  };
  if (operator.op === 'diagonal') {
    if (operator.role === 'norm') {
      const norm: NormNumbers = {
        gamma: edited('gamma', rounded(random, shape, 0.5, 1.5)),
        beta: edited('beta', rounded(random, shape, -0.5, 0.5)),
        mean: edited('mean', rounded(random, shape, -0.5, 0.5)),
        variance: edited('variance', rounded(random, shape, 0.5, 2)),
        epsilon: 1e-5,
      };
      return { norm, numbers: normScale(norm) };
    }
    const scales = operator.role === 'scale';
    return {
      numbers: {
        weight: edited('weight', scales ? rounded(random, shape, 0.2, 1) : filled(shape, () => 1)),
        bias: edited('bias', operator.shift ? rounded(random, shape, -0.5, 0.5) : zeros(...shape)),
      },
    };
  }
  if (operator.op === 'average') return { numbers: UNCHANGED };
  if (operator.op === 'border')
    return { numbers: { weight: filled(shape, () => 1), bias: edited('bias', rounded(random, shape, -0.5, 0.5)) } };
  const biased = operator.shift ? rounded(random, [num(operator.out)], -0.5, 0.5) : zeros(num(operator.out));
  const drawn = rounded(random, shape, -1, 1);
  return { numbers: { weight: edited('weight', said ?? drawn), bias: edited('bias', biased) } };
};

/** An input with room for a border and an inside. */
const inputOf = (random: Random, tree: Tree, operators: readonly Operator[], more: number): Tensor => {
  const channels = firstChannels(tree) ?? 2;
  const windows = operators.flatMap((o) => ('axes' in o && o.op !== 'border' ? [o.axes] : []));
  const [first] = windows;
  if (!first) return rounded(random, hasLinear(tree) ? [5 + more, channels] : [channels, 5 + more], -1, 1);
  const sizes = first.map((_, i) => {
    const reach = windows.reduce((n, axes) => {
      const a = axes[i];
      return n + (a ? num(a.dilation) * (num(a.kernel) - 1) : 0);
    }, 0);
    return Math.min(Math.max(6, reach + 3), 40) + more;
  });
  return rounded(random, [channels, ...sizes], -1, 1);
};

const firstChannels = (tree: Tree): number | undefined => {
  if (tree.kind === 'one') {
    const channels = inputsOf(tree.operator);
    return channels === undefined ? undefined : num(channels);
  }
  for (const part of tree.parts) {
    const found = firstChannels(part);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** How far a refused rule would be off: the outputs of two layers in a row against those of the one layer. */
export const wrongOutput = (example: Example, refusal: Refusal): Tensor | undefined => {
  const { plan, operators, numbersOf } = example;
  const [first, second, more] = refusal.inputs;
  if (!first || !second || more) return undefined;
  const one = (ref: Ref): Tree | undefined => {
    const operator =
      ref.kind === 'layer' ? operators[ref.id] : ref.kind === 'step' ? plan.steps[ref.id]?.result : undefined;
    return operator && { kind: 'one', ref, operator };
  };
  const [a, b] = [one(first), one(second)];
  if (!a || !b) return undefined;
  const made = refusal.compute(refusal.inputs.map(numbersOf));
  const whole: Tree = { kind: 'one', ref: { kind: 'identity' }, operator: refusal.result };
  const input = inputOf(uniform(5), a, operators, 0);
  const apart = applyTree({ kind: 'chain', parts: [a, b] }, numbersOf, input);
  const together = applyTree(whole, () => made, input);
  return apart.shape.join() === together.shape.join()
    ? mapped(apart, (value, i) => Math.abs(value - (together.data[i] ?? 0)))
    : undefined;
};
