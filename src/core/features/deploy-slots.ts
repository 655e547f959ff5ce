import type { Candidate, Candidates } from '../fuse';
import type { GraphNode, LayerGraph } from '../graph';
import type { ObjectValue, Value } from '../values';
import { isHeld, operandName, ownerOf, pathOf } from './kernel-names';

type Graph = LayerGraph;
type Wires = Candidates['wires'];
type Layer = Candidate['region']['layers'][number];

/** A module of the instance in whose place something else is put. */
export interface Slot {
  /** `self.block.bn`. */
  readonly name: string;
  /** The node that runs it. */
  readonly node: number;
  /** What of it runs behind the layers that fold, and stays: `self.block.bn.act`. */
  readonly rest: readonly string[];
  /** Whether that does nothing. */
  readonly isSilent: boolean;
}

/** What the code calls a module: `self.convs[0].bn`. */
export const expressionOf = (path: string): string =>
  `self${path
    .split('.')
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')}`;

/** Whether what a call of a function does is done for a module: then only that as a whole can be replaced. */
const isOfModule = ({ node, operator, role }: Layer): boolean =>
  role === 'call' && node.role !== 'layer' && (operator.op !== 'diagonal' || operator.role === 'norm');

/**
 * The module that stands for a layer of those that fold together; undefined where none does, or where it does something
 * else before.
 */
export const slotOf = (folded: readonly Layer[], wires: Wires, layer: Layer | undefined): Slot | undefined => {
  if (layer?.role !== 'call') return undefined;
  const { graph } = wires;
  const opened = new Set(folded.filter(isOfModule).map(({ node }) => node.parent));
  const outer = layer.node.parent;
  if (outer !== undefined && opened.has(outer)) return outer === 0 ? undefined : wholeModule(folded, wires, outer);
  // What something else reads of a layer is gone with it.
  const { module } = layer.node;
  return layer.node.role === 'layer' && module && !wires.isReadOutside(module)
    ? { name: expressionOf(pathOf(graph, layer.node)), node: layer.node.id, rest: [], isSilent: true }
    : undefined;
};

/** A module all of whose work folds, but for layers behind it. */
const wholeModule = (folded: readonly Layer[], wires: Wires, id: number): Slot | undefined => {
  const { graph } = wires;
  const container = graph.nodes[id];
  const isData = ({ id: own, end }: GraphNode): boolean =>
    Array.from({ length: end - own }, (_, i) => own + i).some(wires.isData);
  const inside = graph.nodes.slice(id + 1, container?.end).filter((node) => node.parent === id && isData(node));
  // What does nothing may be something else in another instance: it stays.
  const silent = new Set(folded.filter(isIdle).map(({ node }) => node.id));
  const taken = new Set(folded.flatMap(({ node, inside }) => [node.id, ...inside]));
  const isTaken = (node: GraphNode): boolean => taken.has(node.id) && !silent.has(node.id);
  const first = inside.findIndex((node) => !isTaken(node));
  const rest = first < 0 ? [] : inside.slice(first);
  const isChain = rest.every((node, i) => {
    const before = inside[first + i - 1];
    return (
      node.role === 'layer' &&
      !isTaken(node) &&
      node.cases.length === 0 &&
      wires.into(node.id).every((e) => e.from === before?.id)
    );
  });
  if (!container?.module || !isChain) return undefined;
  const names = rest.map((node) => expressionOf(pathOf(graph, node)));
  const isSilent = rest.every((node) => silent.has(node.id));
  return { name: expressionOf(pathOf(graph, container)), node: id, rest: names, isSilent };
};

const isIdle = ({ operator, node }: Layer): boolean =>
  operator.op === 'diagonal' && operator.role === 'identity' && node.role === 'layer';

/** The module whose numbers a layer of a region uses, as Python; undefined where the code computes them. */
export const holderOf = (graph: Graph, layer: Layer): string | undefined => {
  const { node, operator, role } = layer;
  if (role === 'sign') return '-1';
  if (node.role === 'layer') return expressionOf(pathOf(graph, node));
  if (isOfModule(layer)) {
    // A convolution that is called as a function may take anything for its weight and its stride.
    const owner = operator.op === 'diagonal' ? ownerOf(graph, node) : undefined;
    return owner && expressionOf(pathOf(graph, owner));
  }
  if (operator.op === 'diagonal' && operator.role === 'identity') return expressionOf(pathOf(graph, node));
  // A number may be another one in another instance; what is learnt has a name.
  return isHeld(graph, node) ? expressionOf(operandName(graph, node)) : undefined;
};

/** When a layer is there, as Python: its module is; null where that cannot be said so, undefined where it always is. */
export const presenceOf = (graph: Graph, { node, ways }: Layer): string | null | undefined => {
  if (ways.length === 0) return undefined;
  const needed = new Map(ways.map((way) => [way.key, way.holds]));
  for (let at: GraphNode | undefined = node; at && at.id > 0; at = graph.nodes[at.parent ?? 0]) {
    const owner = graph.nodes[at.parent ?? 0]?.module;
    const name = at.role === 'layer' || at.role === 'container' ? at.name : '';
    const held = owner?.attrs.get(name);
    const last = expressionOf(pathOf(graph, at));
    const found = held && absentOtherwise(held, at.module, needed);
    if (found && found.size === needed.size)
      return `getattr(${last.slice(0, -name.length - 1)}, '${name}', None) is not None`;
  }
  return null;
};

/** The conditions that decide whether an attribute holds a module: where they do not hold, there is none. */
const absentOtherwise = (
  value: Value,
  module: ObjectValue | undefined,
  needed: ReadonlyMap<string, boolean>,
): ReadonlySet<string> | undefined => {
  if (value === module) return new Set();
  if (value.kind !== 'either') return undefined;
  const holds = needed.get(value.condition.key);
  const [own, other] = holds === false ? [value.no, value.yes] : [value.yes, value.no];
  const isAbsent = other.kind === 'none' || other.kind === 'unbound';
  const inner = holds !== undefined && isAbsent ? absentOtherwise(own, module, needed) : undefined;
  return inner && new Set([...inner, value.condition.key]);
};
