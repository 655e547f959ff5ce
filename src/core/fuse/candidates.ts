import { assume, atMost, type Dim, type Facts, negate } from '../dims';
import type { Case, GraphNode } from '../graph';
import type { ClassRun } from '../interp';
import { oncePer } from '../once';
import type { ObjectValue } from '../values';
import { fold, type Plan } from './fold';
import { type Obstacle, obstaclesOf } from './obstacles';
import { type Region, type RegionLayer, regionsOf } from './regions';
import type { Tree } from './tree';
import { mapOf, type Wires, wiresOf } from './wires';

/** A region of a class with what folding it comes to. */
export interface Candidate {
  readonly region: Region;
  readonly plan: Plan;
  /** Undecided conditions under which all its branches are there. */
  readonly cases: readonly Case[];
  readonly facts: Facts;
}

export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly obstacles: readonly Obstacle[];
  readonly wires: Wires;
}

/** Everything of a class that folds, or looks as if it did. */
export const candidatesOf = oncePer((run: ClassRun): Candidates => {
  const wires = wiresOf(run);
  const calls = callsOf(wires);
  const barred = unlikeUses(wires, regionsOf(wires), calls);
  const regions = regionsOf(wires, barred);
  const candidates = regions.map((region) => candidateOf(run, wires, region)).filter(isTelling);
  const folded = new Set(candidates.flatMap(foldedNodes));
  // What an activation keeps from the layer before it may still fold into the one behind it.
  const obstacles = obstaclesOf(wires, barred, calls).filter(
    ({ check, norm }) => check.code !== 'linear-between' || !folded.has(norm.id),
  );
  return { wires, candidates, obstacles };
});

const candidateOf = (run: ClassRun, wires: Wires, region: Region): Candidate => {
  const cases = new Map(region.layers.flatMap((l) => l.cases).map((c) => [`${c.key}${c.holds}`, c]));
  let facts = run.facts;
  for (const { relation, holds } of cases.values())
    if (relation) facts = assume(facts, holds ? relation : negate(relation)) ?? facts;
  for (const size of region.layers.flatMap(kernelOf))
    if (typeof size !== 'number') facts = assume(facts, atMost(1, size)) ?? facts;
  const [shape] = wires.graph.nodes[region.source]?.outputs ?? [];
  const sizes = shape && !shape.rest && shape.dims.length > 2 ? shape.dims.slice(2) : undefined;
  return { region, plan: fold({ facts }, region.tree, sizes), cases: [...cases.values()], facts };
};

/** The sizes of a window, which are not 0. */
const kernelOf = ({ operator }: RegionLayer): readonly Dim[] =>
  operator.op === 'conv' || operator.op === 'transposed' || operator.op === 'average'
    ? operator.axes.map((axis) => axis.kernel)
    : [];

/** Something folds, or a rule says why not; two additions in a row alone say nothing. */
const isTelling = ({ plan }: Candidate): boolean =>
  plan.steps.length > 0 || plan.refusals.some((r) => !r.checks.some((c) => /^cheaper/.test(c.code)));

/** The calls that some step takes in. */
const foldedNodes = ({ region, plan }: Candidate): readonly number[] =>
  plan.steps
    .flatMap((step) => step.inputs)
    .flatMap((ref) => (ref.kind === 'layer' ? (region.layers[ref.id]?.node.id ?? []) : []));

/** The calls of each module. */
const callsOf = ({ graph }: Wires): ReadonlyMap<ObjectValue, readonly GraphNode[]> => {
  const calls = new Map<ObjectValue, GraphNode[]>();
  for (const node of graph.nodes)
    if (node.module && node.role === 'layer') calls.set(node.module, [...(calls.get(node.module) ?? []), node]);
  return calls;
};

/** Calls of modules that are called several times, not always between the same others: their weights cannot change. */
const unlikeUses = (
  wires: Wires,
  regions: readonly Region[],
  calls: ReadonlyMap<ObjectValue, readonly GraphNode[]>,
): ReadonlySet<number> => {
  const prints = new Map<number, string>();
  for (const region of regions) for (const id of region.nodes) prints.set(id, printOf(region));
  const barred = new Set<number>();
  for (const nodes of calls.values()) {
    if (nodes.every((n) => isIdentity(wires, n))) continue;
    const shared = nodes.length > 1 || nodes.some((n) => n.repeat !== null && n.module?.count === null);
    if (shared && new Set(nodes.map((n) => prints.get(n.id) ?? '')).size > 1) for (const n of nodes) barred.add(n.id);
  }
  return barred;
};

const isIdentity = (wires: Wires, node: GraphNode): boolean => {
  const map = mapOf(wires, node);
  return map?.op === 'diagonal' && map.role === 'identity';
};

/** Equal for regions that the same modules make in the same way, each of them once. */
const printOf = ({ tree, layers, root }: Region): string => {
  const visit = (part: Tree): string =>
    part.kind === 'one'
      ? `${part.ref.kind === 'layer' ? (layers[part.ref.id]?.node.module?.id ?? layers[part.ref.id]?.node.name) : ''}`
      : `${part.kind}(${part.parts.map(visit).join()})`;
  const modules = layers.flatMap((l) => l.node.module?.id ?? []);
  return new Set(modules).size < modules.length ? `once:${root}` : visit(tree);
};
