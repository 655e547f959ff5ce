import type { Case, GraphNode } from '../graph';
import type { ObjectValue, Value } from '../values';
import { borderOf } from './border';
import { IDENTITY, type Operator } from './operator';
import type { Tree } from './tree';
import { additionOf, casesOf, exclude, inputOf, mapOf, supposed, type Wires } from './wires';

/** Affine calls between one tensor and one tensor: nothing else reads what lies between. */
export interface Region {
  readonly tree: Tree;
  /** What the ids of its layers stand for. */
  readonly layers: readonly RegionLayer[];
  /** The node whose output goes in. */
  readonly source: number;
  /** The node whose output comes out. */
  readonly root: number;
  /** All nodes inside, additions too. */
  readonly nodes: ReadonlySet<number>;
}

/** A layer of a region: a call of the graph, or the sign of a subtraction. */
export interface RegionLayer {
  readonly node: GraphNode;
  readonly operator: Operator;
  /** The other calls that it is made of. */
  readonly inside: readonly number[];
  readonly role: 'call' | 'sign';
  /** The conditions under which the branch is there at all. */
  readonly ways: readonly Case[];
  /** These, and those that its settings hang on. */
  readonly cases: readonly Case[];
}

interface Part {
  readonly tree: Tree;
  readonly source: number;
  /** How many edges leave the source into this part. */
  readonly uses: number;
}

interface Search {
  readonly wires: Wires;
  /** Calls that may not be folded: their module is called elsewhere too. */
  readonly barred: ReadonlySet<number>;
  readonly layers: RegionLayer[];
  readonly nodes: Set<number>;
}

/** All largest regions of a graph with more than one layer, in the order of their ends. */
export const regionsOf = (wires: Wires, barred: ReadonlySet<number> = new Set()): readonly Region[] => {
  const found: Region[] = [];
  const covered = new Set<number>();
  for (const node of wires.graph.nodes.toReversed()) {
    if (covered.has(node.id)) continue;
    for (const region of regionsAt({ wires, barred, layers: [], nodes: new Set() }, node)) {
      for (const id of region.nodes) covered.add(id);
      found.unshift(region);
    }
  }
  return found;
};

const regionsAt = (search: Search, node: GraphNode): readonly Region[] => {
  const part = partAt(search, node, []);
  if (part) return region(search, node.id, part);
  // Branches of several inputs meet here: those on one input may still be added to each other.
  const operands = operandsOf(search, node, []);
  if (!operands) return [];
  const bySource = new Map<number, Operand[]>();
  for (const operand of operands)
    bySource.set(operand.part.source, [...(bySource.get(operand.part.source) ?? []), operand]);
  return [...bySource.values()].flatMap((group) => {
    const own: Search = { ...search, nodes: new Set(group.flatMap((o) => [...o.nodes])) };
    const [only, more] = group;
    if (!only) return [];
    if (!more) return region(own, only.root, only.part);
    return region(own, node.id, added(group.map((o) => o.part)));
  });
};

/** A finished region; a layer alone has nothing to fold into. The layers are numbered anew, in the order of the tree. */
const region = (search: Search, root: number, { tree, source }: Part): readonly Region[] => {
  const layers: RegionLayer[] = [];
  const renumbered = (part: Tree): Tree => {
    if (part.kind !== 'one') return { ...part, parts: part.parts.map(renumbered) };
    const layer = part.ref.kind === 'layer' ? search.layers[part.ref.id] : undefined;
    return layer ? { ...part, ref: { kind: 'layer', id: layers.push(layer) - 1 } } : part;
  };
  const own = renumbered(tree);
  if (layers.length < 2 && !hasSum(own)) return [];
  return [{ tree: own, source, root, layers: conditioned(search, layers), nodes: new Set(search.nodes) }];
};

/** With the conditions under which the modules run that a layer lies in, but for those of all layers of the region. */
const conditioned = ({ wires }: Search, layers: readonly RegionLayer[]): readonly RegionLayer[] => {
  const outer = beyondShared(layers.map(({ node }) => beyond(casesOf(wires, node), node.cases)));
  const there = beyondShared(layers.map(({ node }) => existenceOf(wires, node)));
  return layers.map((layer, i) => {
    const ways = [...beyond(outer[i] ?? [], layer.ways), ...layer.ways];
    const told = [...ways, ...beyond(there[i] ?? [], ways)];
    return { ...layer, ways, cases: [...told, ...beyond(layer.cases, told)] };
  });
};

/** Each without what all of them have. */
const beyondShared = (all: readonly (readonly Case[])[]): readonly (readonly Case[])[] => {
  const shared = all.reduce((known, cases) => beyond(known, beyond(known, cases)));
  return all.map((cases) => beyond(cases, shared));
};

/** When the modules are there at all that a call lies in: `small_kernel is not None`. */
const existenceOf = ({ graph }: Wires, node: GraphNode): readonly Case[] => {
  const cases: Case[] = [];
  for (let at: GraphNode | undefined = node; at && at.id > 0; at = graph.nodes[at.parent ?? 0]) {
    const held = graph.nodes[at.parent ?? 0]?.module?.attrs.get(at.name);
    if (held && at.module) cases.push(...(wayTo(held, at.module, []) ?? []));
  }
  return cases.filter(({ text }) => text !== '');
};

/** The conditions under which a value is a module, those without which it would be nothing; none may contradict another. */
const wayTo = (value: Value, module: ObjectValue, taken: readonly Case[]): readonly Case[] | undefined => {
  if (value.kind !== 'either') return value === module ? [] : undefined;
  const { key, text, relation } = value.condition;
  for (const holds of [true, false]) {
    const [own, other] = holds ? [value.yes, value.no] : [value.no, value.yes];
    const one: Case = { key, text, holds, ...(relation && { relation }) };
    const way = exclude(taken, [one]) ? undefined : wayTo(own, module, [...taken, one]);
    if (way) return other.kind === 'none' || other.kind === 'unbound' ? [one, ...beyond(way, [one])] : way;
  }
  return undefined;
};

const hasSum = (tree: Tree): boolean => tree.kind === 'sum' || (tree.kind === 'chain' && tree.parts.some(hasSum));

/** The affine part that ends in a node, grown backwards as far as nothing else reads what lies between. */
const partAt = (search: Search, node: GraphNode, cases: readonly Case[]): Part | undefined => {
  const { barred } = search;
  if (barred.has(node.id) || node.fault || node.stale) return undefined;
  const here = [...cases, ...node.cases];
  const map = stepOf(search, node, here);
  if (map) {
    const { operator, input, inside } = map;
    const id =
      search.layers.push({ node, operator, inside, role: 'call', ways: node.cases, cases: supposedOnce(node) }) - 1;
    for (const own of [node.id, ...inside]) search.nodes.add(own);
    const tree: Tree = { kind: 'chain', parts: [{ kind: 'one', ref: { kind: 'layer', id }, operator }] };
    return grown(search, { tree, source: input.from, uses: 1 }, [...here, ...input.cases]);
  }
  const mark = { layers: search.layers.length, nodes: new Set(search.nodes) };
  const operands = operandsOf(search, node, here);
  const [first] = operands ?? [];
  if (!operands || !first || operands.some((o) => o.part.source !== first.part.source)) {
    search.layers.length = mark.layers;
    search.nodes.clear();
    for (const id of mark.nodes) search.nodes.add(id);
    return undefined;
  }
  for (const operand of operands) for (const id of operand.nodes) search.nodes.add(id);
  search.nodes.add(node.id);
  return grown(search, added(operands.map((o) => o.part)), here);
};

/** The affine map that ends in a node: one call, or the calls that lay a border, which nothing else may read. */
const stepOf = ({ wires }: Search, node: GraphNode, cases: readonly Case[]): Bordering | undefined => {
  const [operator, input] = [mapOf(wires, node), inputOf(wires, node)];
  if (operator) return input && { operator, input, inside: [] };
  const border = borderOf(wires, node);
  return border?.inside.every((id) => consumers(wires, id, cases) === 1) ? border : undefined;
};

interface Bordering {
  readonly operator: Operator;
  readonly input: Wires['graph']['edges'][number];
  readonly inside: readonly number[];
}

/** A condition that several settings of a layer hang on is told once. */
const supposedOnce = (node: GraphNode): readonly Case[] => [
  ...new Map(supposed(node).map((one) => [`${one.key}${one.holds}`, one])).values(),
];

const added = (parts: readonly Part[]): Part => ({
  tree: { kind: 'sum', parts: parts.map((p) => p.tree) },
  source: parts[0]?.source ?? 0,
  uses: parts.reduce((n, p) => n + p.uses, 0),
});

/** Takes in what makes the source, where this part alone reads it. */
const grown = (search: Search, part: Part, cases: readonly Case[]): Part => {
  const { wires } = search;
  const source = wires.graph.nodes[part.source];
  if (!source || consumers(wires, part.source, cases) !== part.uses) return part;
  const before = partAt(search, source, cases);
  if (!before) return part;
  return { ...before, tree: { kind: 'chain', parts: [before.tree, part.tree] } };
};

/** How many edges leave a node on the ways that do not contradict these conditions. */
const consumers = (wires: Wires, id: number, cases: readonly Case[]): number =>
  wires.from(id).filter((e) => !exclude([...e.cases, ...(wires.graph.nodes[e.to]?.cases ?? [])], cases)).length;

interface Operand {
  readonly part: Part;
  readonly nodes: ReadonlySet<number>;
  readonly root: number;
}

/** The branches that a node adds up; additions of additions are one. `past`: where data comes from that does not pass it. */
const operandsOf = (
  search: Search,
  node: GraphNode,
  cases: readonly Case[],
  past: readonly number[] = [],
): readonly Operand[] | undefined => {
  const { wires, barred } = search;
  if (barred.has(node.id) || node.fault || node.stale) return undefined;
  const sum = additionOf(wires, node);
  if (!sum) return undefined;
  const operands: Operand[] = [];
  for (const { edge, sign } of sum.operands) {
    const here = [...cases, ...edge.cases];
    const source = wires.graph.nodes[edge.from];
    if (!source) return undefined;
    const alone = consumers(wires, edge.from, here) === 1;
    const others = wires.into(node.id).flatMap((e) => (e.slot === edge.slot && e !== edge ? e.from : []));
    const inner = alone ? operandsOf(search, source, here, others) : undefined;
    const own = past.length > 0 && !past.includes(edge.from) ? node.cases : [];
    const needs = [...beyond(edge.cases, casesOf(wires, node)), ...own];
    if (inner) {
      for (const operand of inner)
        operands.push({
          ...operand,
          part: signed(search, source, sign, conditional(search, operand.part, needs)),
          nodes: new Set([...operand.nodes, source.id]),
        });
      continue;
    }
    const nodes = new Set<number>();
    const part = (alone ? partAt({ ...search, nodes }, source, here) : undefined) ?? {
      tree: PASS,
      source: edge.from,
      uses: 1,
    };
    operands.push({ part: signed(search, node, sign, conditional(search, part, needs)), nodes, root: source.id });
  }
  return operands;
};

const PASS: Tree = { kind: 'chain', parts: [] };

/** The conditions that do not hold anyway. */
const beyond = (cases: readonly Case[], known: readonly Case[]): readonly Case[] =>
  cases.filter((c) => !known.some((k) => k.key === c.key && k.holds === c.holds));

/** Notes on the layers of a branch when it is there. */
const conditional = (search: Search, part: Part, cases: readonly Case[]): Part => {
  if (cases.length === 0) return part;
  const visit = (tree: Tree): void => {
    if (tree.kind !== 'one') tree.parts.forEach(visit);
    else if (tree.ref.kind === 'layer') {
      const layer = search.layers[tree.ref.id];
      if (layer) search.layers[tree.ref.id] = { ...layer, ways: [...beyond(cases, layer.ways), ...layer.ways] };
    }
  };
  visit(part.tree);
  return part;
};

const NEGATIVE: Operator = { ...IDENTITY, role: 'scale' };

const signed = (search: Search, node: GraphNode, sign: 1 | -1, part: Part): Part => {
  if (sign === 1) return part;
  const id = search.layers.push({ node, operator: NEGATIVE, inside: [], role: 'sign', ways: [], cases: [] }) - 1;
  const turn: Tree = { kind: 'one', ref: { kind: 'layer', id }, operator: NEGATIVE };
  return { ...part, tree: { kind: 'chain', parts: [part.tree, turn] } };
};
