import { add, type Dim } from '../dims';
import { elements, type GraphNode } from '../graph';
import type { Candidate } from './candidates';
import { type Cost, costApart, costOf } from './cost';
import type { Ref, Tree } from './tree';
import type { Wires } from './wires';

/** What a candidate takes before and after folding. */
export interface Saving {
  readonly before: Cost;
  readonly after: Cost;
}

type One = Extract<Tree, { readonly kind: 'one' }>;

/** Compares a region as it is written with what is left of it. */
export const savingOf = (wires: Wires, candidate: Candidate): Saving => {
  const { region, plan } = candidate;
  const inside = wires.graph.nodes.filter((n) => region.nodes.has(n.id));
  const parts = partsOf(plan.rest);
  const costs = parts.map((one) => costOfPart(wires, candidate, one));
  const additions = additionsOf(plan.rest);
  const output = wires.graph.nodes[region.root]?.outputs[0];
  const moved = output && elements([output]);
  return {
    before: costApart(inside),
    after: costs.reduce(together, {
      layers: 0,
      parameters: 0,
      flops: 0,
      traffic: additions === 0 ? 0 : times(moved, 12 * additions),
    }),
  };
};

const times = (d: Dim | undefined, n: number): Dim | undefined =>
  d === undefined ? undefined : Array.from({ length: n }, () => d).reduce<Dim>(add, 0);

/** The cost of two things that both run. */
const together = (a: Cost, b: Cost): Cost => {
  const plus = (x: Dim | undefined, y: Dim | undefined): Dim | undefined =>
    x === undefined || y === undefined ? undefined : add(x, y);
  return {
    layers: a.layers + b.layers,
    parameters: plus(a.parameters, b.parameters),
    flops: plus(a.flops, b.flops),
    traffic: plus(a.traffic, b.traffic),
  };
};

const partsOf = (tree: Tree): readonly One[] => (tree.kind === 'one' ? [tree] : tree.parts.flatMap(partsOf));

const additionsOf = (tree: Tree): number =>
  tree.kind === 'one'
    ? 0
    : tree.parts.reduce((n, part) => n + additionsOf(part), tree.kind === 'sum' ? tree.parts.length - 1 : 0);

/** The layers that a reference goes back to. */
const layersBehind = (candidate: Pick<Candidate, 'region' | 'plan'>, ref: Ref): readonly GraphNode[] => {
  switch (ref.kind) {
    case 'identity':
      return [];
    case 'layer':
      return candidate.region.layers.slice(ref.id, ref.id + 1).map((l) => l.node);
    case 'step':
      return (candidate.plan.steps[ref.id]?.inputs ?? []).flatMap((input) => layersBehind(candidate, input));
  }
};

const costOfPart = (wires: Wires, candidate: Candidate, one: One): Cost => {
  const nodes = layersBehind(candidate, one.ref);
  // What no rule has touched costs what it did.
  if (one.ref.kind === 'layer') return costApart(nodes);
  const own = new Set(nodes.map((n) => n.id));
  const first = nodes.find((n) => wires.into(n.id).every((e) => !own.has(e.from)));
  const last = nodes.reduce<GraphNode | undefined>((a, b) => (a && a.id > b.id ? a : b), undefined);
  const whole = one === candidate.plan.rest;
  const source = wires.graph.nodes[candidate.region.source]?.outputs[0];
  const root = wires.graph.nodes[candidate.region.root]?.outputs[0];
  return costOf(one.operator, whole ? source : first?.inputs[0], whole ? root : last?.outputs[0]);
};
