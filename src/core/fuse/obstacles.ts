import type { Case, GraphNode } from '../graph';
import type { ObjectValue } from '../values';
import { type Check, known } from './check';
import { additionOf, mapOf, type Wires } from './wires';

/** A pair that looks as if it folded and does not, with the other places that decide it. */
export interface Obstacle {
  readonly layer: GraphNode;
  readonly norm: GraphNode;
  readonly check: Check;
  /** Who else reads the output, where else the module is called, what stands between. */
  readonly others: readonly GraphNode[];
}

/** All pairs of a graph that look as if they folded; `barred` are calls of modules that are called elsewhere too. */
export const obstaclesOf = (
  wires: Wires,
  barred: ReadonlySet<number>,
  calls: ReadonlyMap<ObjectValue, readonly GraphNode[]>,
): readonly Obstacle[] => [
  ...sharedOutputs(wires),
  ...sharedModules(wires, barred, calls),
  ...interruptedPairs(wires),
  ...interruptedBranches(wires),
  ...ownStatistics(wires),
];

const isWeighted = (op: string | undefined): boolean => op === 'conv' || op === 'linear' || op === 'transposed';

/** A normalisation right behind a layer whose output something else reads as well. */
const sharedOutputs = (wires: Wires): readonly Obstacle[] =>
  wires.graph.nodes.flatMap((norm): readonly Obstacle[] => {
    const layer = layerBefore(wires, norm);
    if (!layer) return [];
    const others = wires
      .from(layer.id)
      .filter((e) => e.to !== norm.id && !excluded(e.cases, wires.graph.nodes[e.to]?.cases ?? [], norm.cases))
      .flatMap((e) => wires.graph.nodes[e.to] ?? []);
    return others.length === 0 ? [] : [{ layer, norm, check: known('one-consumer', false), others }];
  });

const excluded = (a: readonly Case[], b: readonly Case[], own: readonly Case[]): boolean =>
  [...a, ...b].some((x) => own.some((y) => x.key === y.key && x.holds !== y.holds));

const layerBefore = (wires: Wires, norm: GraphNode): GraphNode | undefined =>
  isNorm(wires, norm) ? weightedBefore(wires, norm) : undefined;

const isNorm = (wires: Wires, node: GraphNode): boolean => {
  const map = mapOf(wires, node);
  return map?.op === 'diagonal' && map.role === 'norm';
};

const weightedBefore = (wires: Wires, node: GraphNode): GraphNode | undefined => {
  const layer = inputOf(wires, node);
  return layer && isWeighted(mapOf(wires, layer)?.op) ? layer : undefined;
};

/** What gives a node its only input. */
const inputOf = (wires: Wires, node: GraphNode): GraphNode | undefined => {
  const [input, more] = wires.into(node.id).filter((e) => wires.isData(e.from));
  return input && !more ? wires.graph.nodes[input.from] : undefined;
};

const sharedModules = (
  wires: Wires,
  barred: ReadonlySet<number>,
  calls: ReadonlyMap<ObjectValue, readonly GraphNode[]>,
): readonly Obstacle[] =>
  wires.graph.nodes.flatMap((norm): readonly Obstacle[] => {
    const layer = layerBefore(wires, norm);
    if (!layer || !(barred.has(norm.id) || barred.has(layer.id))) return [];
    const shared = barred.has(layer.id) ? layer : norm;
    const others = (shared.module ? (calls.get(shared.module) ?? []) : []).filter((n) => n !== shared);
    return [{ layer, norm, check: known('one-call', false), others }];
  });

const isActivation = ({ family, fault, stale }: GraphNode): boolean => family === 'activation' && !fault && !stale;

/** A layer, an activation, a normalisation. */
const interruptedPairs = (wires: Wires): readonly Obstacle[] =>
  wires.graph.nodes.flatMap((norm): readonly Obstacle[] => {
    const between = isNorm(wires, norm) ? inputOf(wires, norm) : undefined;
    const layer = between && isActivation(between) ? weightedBefore(wires, between) : undefined;
    return between && layer ? [{ layer, norm, check: known('linear-between', false), others: [between] }] : [];
  });

/** An activation between the layers of a branch and the addition to others on the same input. */
const interruptedBranches = (wires: Wires): readonly Obstacle[] =>
  wires.graph.nodes.flatMap((sum): readonly Obstacle[] => {
    const operands = (additionOf(wires, sum)?.operands ?? []).flatMap(({ edge }) => wires.graph.nodes[edge.from] ?? []);
    return operands.flatMap((between): readonly Obstacle[] => {
      const layer = isActivation(between) ? inputOf(wires, between) : undefined;
      const branch = layer ? affineChain(wires, layer) : [];
      const source = branch.at(-1);
      const meets = operands.some((other) => other !== between && source && comesFrom(wires, other, source));
      const hasLayer = branch.some((node) => isWeighted(mapOf(wires, node)?.op));
      return layer && hasLayer && meets
        ? [{ layer, norm: sum, check: known('linear-between', false), others: [between] }]
        : [];
    });
  });

/** The nodes before one, as far as they are affine; what gives the first of them its input comes last. */
const affineChain = (wires: Wires, node: GraphNode): readonly GraphNode[] => {
  const chain = [node];
  for (let at: GraphNode | undefined = node; at && mapOf(wires, at); at = chain.at(-1)) {
    const before = inputOf(wires, at);
    if (!before) break;
    chain.push(before);
  }
  return chain;
};

/** Whether a node is affine in another one, through additions too. */
const comesFrom = (wires: Wires, node: GraphNode, source: GraphNode): boolean => {
  const chain = affineChain(wires, node);
  const last = chain.at(-1);
  if (chain.includes(source)) return true;
  const operands = last ? (additionOf(wires, last)?.operands ?? []) : [];
  return operands.some(({ edge }) => {
    const before = wires.graph.nodes[edge.from];
    return before !== undefined && comesFrom(wires, before, source);
  });
};

/** A normalisation behind a convolution that never keeps statistics. */
const ownStatistics = (wires: Wires): readonly Obstacle[] =>
  wires.graph.nodes.flatMap((norm): readonly Obstacle[] => {
    if (!/^(.*\.)?(group_?norm|layer_?norm|rms_?norm)$/i.test(norm.ran?.name ?? '')) return [];
    const layer = weightedBefore(wires, norm);
    const isConv = layer && mapOf(wires, layer)?.op !== 'linear';
    return layer && isConv ? [{ layer, norm, check: known('fixed-statistics', false), others: [norm] }] : [];
  });
