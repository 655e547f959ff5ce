import { type Dim, same } from '../dims';
import { type Case, type GraphNode, type LayerGraph, layerGraph } from '../graph';
import type { ClassRun } from '../interp';
import type { Arg } from '../ops';
import { rank, type Shape } from '../shapes';
import type { ObjectValue, Value } from '../values';
import { type ChannelReader, channelReader } from './channel-value';
import { type Diagonal, IDENTITY, type LayerOperator } from './operator';
import { operatorOf } from './read';

type Edge = LayerGraph['edges'][number];

/** How a graph is wired, for those who look for what folds. */
export interface Wires extends ChannelReader {
  readonly graph: LayerGraph;
  readonly into: (id: number) => readonly Edge[];
  readonly from: (id: number) => readonly Edge[];
  /** Whether what a node gives depends on the inputs of the class. */
  readonly isData: (id: number) => boolean;
  /** Whether something in `forward` besides a layer itself reads what it holds: `self.bn.running_mean`. */
  readonly isReadOutside: (layer: ObjectValue) => boolean;
}

/** Reads the wiring of the graph of a class. */
export const wiresOf = (run: ClassRun): Wires => {
  const graph = layerGraph(run);
  const [into, from] = [new Map<number, Edge[]>(), new Map<number, Edge[]>()];
  for (const edge of united(graph.edges)) {
    if (isOnlyShape(graph, edge)) continue;
    into.set(edge.to, [...(into.get(edge.to) ?? []), edge]);
    from.set(edge.from, [...(from.get(edge.from) ?? []), edge]);
  }
  const data = new Set<number>();
  for (const node of graph.nodes)
    if (node.role === 'input' || (into.get(node.id) ?? []).some((e) => data.has(e.from)) || isOpaque(node))
      data.add(node.id);
  return {
    graph,
    into: (id) => into.get(id) ?? [],
    from: (id) => from.get(id) ?? [],
    isData: (id) => data.has(id),
    isReadOutside: readOutside(run),
    ...channelReader(run.trace.ops),
  };
};

const readOutside = ({ trace }: ClassRun): Wires['isReadOutside'] => {
  const ids = (value: Value | Arg): readonly number[] =>
    value.kind === 'tensor' && 'parameter' in value && value.parameter ? [value.parameter.id] : [];
  const read = new Set(
    trace.ops
      .filter(({ family, parent }) => parent >= 0 && family?.kind !== 'layer')
      .flatMap(({ args }) => [...args.positional, ...args.keywords.values()].flatMap(ids)),
  );
  return ({ attrs }) => [...attrs.values()].flatMap(ids).some((id) => read.has(id));
};

/** What goes from one call to one place of another in several shapes is one way, under what all of them need. */
const united = (edges: readonly Edge[]): readonly Edge[] => {
  const ways = new Map<string, Edge>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to} ${edge.slot}`;
    const known = ways.get(key);
    const isShared = (c: Case): boolean => edge.cases.some((x) => x.key === c.key && x.holds === c.holds);
    ways.set(key, known ? { ...known, cases: known.cases.filter(isShared) } : edge);
  }
  return [...ways.values()];
};

/**
 * The way by which data comes to a node. Of several that exclude each other it is the one that goes through more: a step
 * that may be left out is there; else the one that larger sizes take.
 */
export const inputOf = (wires: Wires, node: GraphNode, slot?: number): Edge | undefined => {
  const edges = wires.into(node.id).filter((e) => wires.isData(e.from) && (slot === undefined || e.slot === slot));
  const first = (isBefore: (one: Edge, other: Edge) => boolean): Edge | undefined =>
    edges.find((one) =>
      edges.every(
        (other) =>
          one === other || (one.slot === other.slot && exclude(needs(one), needs(other)) && isBefore(one, other)),
      ),
    );
  const needs = (edge: Edge): readonly Case[] => {
    const source = wires.graph.nodes[edge.from];
    return source ? [...edge.cases, ...casesOf(wires, source)] : edge.cases;
  };
  return (
    first((one, other) => comesBehind(wires, one.from, other.from)) ?? first((one) => needs(one).every(isForLarger))
  );
};

/** Whether a size has to be larger than a number: `channels > 1`. */
const isForLarger = ({ relation, holds }: Case): boolean => {
  if (relation?.kind !== 'lt' && relation?.kind !== 'le') return false;
  return typeof (holds ? relation.left : relation.right) === 'number';
};

/** Whether a node gets what another one gives. */
const comesBehind = (wires: Wires, id: number, source: number): boolean => {
  const seen = new Set<number>();
  const visit = (at: number): boolean => {
    if (at === source) return true;
    if (at < source || seen.has(at)) return false;
    seen.add(at);
    return wires.into(at).some(({ from }) => visit(from));
  };
  return id !== source && visit(id);
};

/** `x.reshape_as(y)` reads of `y` nothing but its shape. */
const isOnlyShape = ({ nodes }: LayerGraph, { to, slot }: Edge): boolean =>
  slot > 0 && /\b(reshape|view|expand|type)_as$/.test(nodes[to]?.ran?.name ?? '');

/** A module that could not be followed may give anything. */
const isOpaque = (node: GraphNode): boolean => node.role === 'container' && node.end === node.id + 1;

/** Branches that are added or subtracted, each with its sign. */
export interface Addition {
  readonly operands: readonly { readonly edge: Edge; readonly sign: 1 | -1 }[];
}

const ADDS = /^(\+|\+=|torch\.add|\.add_?|paddle\.add|\.__add__|paddle\.Tensor\.add_?|torch\.Tensor\.add_?)$/;
const SUBTRACTS = /^(-|-=|torch\.sub|torch\.subtract|\.sub_?|\.subtract_?|paddle\.subtract)$/;
const MULTIPLIES = /^(\*|\*=|torch\.mul|torch\.multiply|\.mul_?|\.multiply_?|paddle\.multiply)$/;

/** What a node adds up, where it does; undefined for anything else. */
export const additionOf = (wires: Wires, node: GraphNode): Addition | undefined => {
  const sign = signOf(node);
  const args = node.ran?.args;
  if (sign === undefined || !args || args.positional.length !== 2 || args.keywords.size > 0) return undefined;
  const edges = wires.into(node.id);
  if (edges.some((e) => !wires.isData(e.from))) return undefined;
  const slots = [0, 1].map((slot) => inputOf(wires, node, slot));
  const operands = slots.flatMap((edge, slot) => (edge ? [{ edge, sign: slot === 1 ? sign : (1 as const) }] : []));
  // What may come from several places is a choice, not a sum; a number on the other side must be 0.
  const isChoice = slots.some((edge, slot) => !edge && edges.some((e) => e.slot === slot));
  if (isChoice || operands.length === 0) return undefined;
  const bare = args.positional.find((_, slot) => !slots[slot]);
  if (bare && bare.kind !== 'none' && !(bare.kind === 'int' && same(bare.value, 0))) return undefined;
  return { operands };
};

const signOf = (node: GraphNode): 1 | -1 | undefined => {
  const name = node.ran?.name ?? '';
  return ADDS.test(name) ? 1 : SUBTRACTS.test(name) ? -1 : undefined;
};

/** The affine map that a node is of its one input; undefined where it is none. */
export const mapOf = (wires: Wires, node: GraphNode): LayerOperator | undefined => {
  if (node.role !== 'layer' && node.role !== 'op' && node.role !== 'merge') return undefined;
  if (!inputOf(wires, node)) return undefined;
  if (isRows(node)) return followsLinear(wires, node) ? IDENTITY : undefined;
  return factorOf(wires, node) ?? operatorOf(node, [...casesOf(wires, node), ...supposed(node)]);
};

/** What a call is read under besides the conditions of its way: that a number on which its settings hang is not 0, or not small. */
export const supposed = ({ module }: GraphNode): readonly Case[] =>
  [...(module?.attrs.values() ?? [])].flatMap((value): readonly Case[] => {
    if (value.kind !== 'either') return [];
    const { key, text, relation } = value.condition;
    if (key.startsWith('truth:')) return [{ key, text, holds: true }];
    const larger = [true, false]
      .map((holds): Case => ({ key, text, holds, ...(relation && { relation }) }))
      .find(isForLarger);
    if (larger) return [larger];
    if (relation?.kind !== 'ne' && relation?.kind !== 'eq') return [];
    const isZero = same(relation.left, 0) || same(relation.right, 0);
    return isZero ? [{ key, text, relation, holds: relation.kind === 'ne' }] : [];
  });

/** All undecided conditions under which a node runs. */
export const casesOf = ({ graph }: Wires, node: GraphNode): readonly Case[] => {
  const cases: Case[] = [];
  for (let at: GraphNode | undefined = node; at; at = at.parent === undefined ? undefined : graph.nodes[at.parent])
    cases.push(...at.cases);
  return cases;
};

/** Merging or splitting leading axes leaves each row of the last axis as it is. */
const isRows = (node: GraphNode): boolean => {
  if (!/(^|[._])(flatten|reshape|view|reshape_as|view_as|unflatten)$/.test(node.ran?.name ?? '')) return false;
  const [before, after] = [node.inputs[0]?.dims.at(-1), node.outputs[0]?.dims.at(-1)];
  return before !== undefined && after !== undefined && same(before, after) && node.outputs.length === 1;
};

/** Whether the rows come from a linear layer, through nothing but what acts on each row. */
const followsLinear = (wires: Wires, node: GraphNode): boolean => {
  const input = inputOf(wires, node);
  const before = input && wires.graph.nodes[input.from];
  if (!before) return false;
  if (isRows(before)) return followsLinear(wires, before);
  const map = mapOf(wires, before);
  if (map?.op === 'linear') return true;
  return map?.op === 'diagonal' && map.axis === 'any' && followsLinear(wires, before);
};

/** A number, or what is learnt, times or plus a tensor. */
const factorOf = (wires: Wires, node: GraphNode): Diagonal | undefined => {
  const args = node.ran?.args;
  const role = MULTIPLIES.test(node.ran?.name ?? '') ? 'scale' : signOf(node) === undefined ? undefined : 'add';
  if (!role || !args || args.positional.length !== 2 || args.keywords.size > 0) return undefined;
  const edges = wires.into(node.id);
  const slot = edges.find((e) => wires.isData(e.from))?.slot ?? 0;
  const other = args.positional[1 - slot];
  const output = node.outputs[0];
  // `a − x` turns the sign of the data.
  if (!other || !output || node.outputs.length !== 1 || (signOf(node) === -1 && slot === 1)) return undefined;
  const base = { op: 'diagonal', role, shift: role === 'add', tracked: true } as const;
  if (other.kind === 'int' || other.kind === 'float') {
    if (role === 'add' && other.kind === 'int' && same(other.value, 0)) return IDENTITY;
    return { ...base, channels: undefined, axis: 'any' };
  }
  // One tensor on both sides shows as one edge.
  const learnt = 'parameter' in other || edges.some((e) => e.slot === 1 - slot && !wires.isData(e.from));
  const place =
    other.kind === 'tensor' && learnt ? axisOf(other.shape, rank(output) ?? rankBehind(wires, node)) : undefined;
  return place && { ...base, ...place };
};

/** The rank that the layer behind needs, where the tensor itself does not tell it. */
const rankBehind = (wires: Wires, node: GraphNode): number | undefined => {
  for (const { to } of wires.from(node.id)) {
    const next = wires.graph.nodes[to];
    const map = next && operatorOf(next, []);
    if (map && (map.op === 'conv' || map.op === 'transposed')) return map.axes.length + 2;
  }
  return undefined;
};

/** Along which axis a tensor that broadcasts has numbers of its own; undefined where that is several, or the batch. */
export const axisOf = (shape: Shape, all: number | undefined): Pick<Diagonal, 'channels' | 'axis'> | undefined => {
  if (shape.rest) return undefined;
  const wide = shape.dims.flatMap((size, i): readonly { size: Dim; back: number }[] =>
    same(size, 1) ? [] : [{ size, back: shape.dims.length - i }],
  );
  const [only, more] = wide;
  if (!only) return { channels: undefined, axis: 'any' };
  if (more) return undefined;
  if (all === undefined) return only.back === 1 ? { channels: only.size, axis: 'last' } : undefined;
  const at = all - only.back;
  if (at === 1) return { channels: only.size, axis: all === 2 ? 'any' : 'channels' };
  return at > 1 && only.back === 1 ? { channels: only.size, axis: 'last' } : undefined;
};

/** Whether two sets of undecided conditions exclude each other. */
export const exclude = (a: readonly Case[], b: readonly Case[]): boolean =>
  a.some((x) => b.some((y) => x.key === y.key && x.holds !== y.holds));
