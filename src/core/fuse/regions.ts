import type { Case, GraphNode } from '../graph';
import { IDENTITY, type Operator } from './operator';
import type { Tree } from './tree';
import { additionOf, exclude, mapOf, supposed, type Wires } from './wires';

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
  readonly role: 'call' | 'sign';
  /** The conditions under which the branch is there at all. */
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
  return layers.length < 2 && !hasSum(own) ? [] : [{ tree: own, source, root, layers, nodes: new Set(search.nodes) }];
};

const hasSum = (tree: Tree): boolean => tree.kind === 'sum' || (tree.kind === 'chain' && tree.parts.some(hasSum));

/** The affine part that ends in a node, grown backwards as far as nothing else reads what lies between. */
const partAt = (search: Search, node: GraphNode, cases: readonly Case[]): Part | undefined => {
  const { wires, barred } = search;
  if (barred.has(node.id) || node.fault || node.stale) return undefined;
  const here = [...cases, ...node.cases];
  const operator = mapOf(wires, node);
  if (operator) {
    const [input] = wires.into(node.id).filter((e) => wires.isData(e.from));
    if (!input) return undefined;
    const id = search.layers.push({ node, operator, role: 'call', cases: [...node.cases, ...supposedOnce(node)] }) - 1;
    search.nodes.add(node.id);
    const tree: Tree = { kind: 'chain', parts: [{ kind: 'one', ref: { kind: 'layer', id }, operator }] };
    return grown(search, { tree, source: input.from, uses: 1 }, here);
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

/** The branches that a node adds up; additions of additions are one. */
const operandsOf = (search: Search, node: GraphNode, cases: readonly Case[]): readonly Operand[] | undefined => {
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
    const inner = alone ? operandsOf(search, source, here) : undefined;
    if (inner) {
      for (const operand of inner)
        operands.push({
          ...operand,
          part: signed(search, source, sign, operand.part),
          nodes: new Set([...operand.nodes, source.id]),
        });
      continue;
    }
    const nodes = new Set<number>();
    const own: Search = { ...search, nodes };
    const part = (alone ? partAt(own, source, here) : undefined) ?? { tree: PASS, source: edge.from, uses: 1 };
    operands.push({ part: signed(search, node, sign, conditional(search, part, edge.cases)), nodes, root: source.id });
  }
  return operands;
};

const PASS: Tree = { kind: 'chain', parts: [] };

/** Notes on the layers of a branch when it is there. */
const conditional = (search: Search, part: Part, cases: readonly Case[]): Part => {
  if (cases.length === 0) return part;
  const visit = (tree: Tree): void => {
    if (tree.kind !== 'one') tree.parts.forEach(visit);
    else if (tree.ref.kind === 'layer') {
      const layer = search.layers[tree.ref.id];
      if (layer) search.layers[tree.ref.id] = { ...layer, cases: [...cases, ...layer.cases] };
    }
  };
  visit(part.tree);
  return part;
};

const NEGATIVE: Operator = { ...IDENTITY, role: 'scale' };

const signed = (search: Search, node: GraphNode, sign: 1 | -1, part: Part): Part => {
  if (sign === 1) return part;
  const id = search.layers.push({ node, operator: NEGATIVE, role: 'sign', cases: [] }) - 1;
  const turn: Tree = { kind: 'one', ref: { kind: 'layer', id }, operator: NEGATIVE };
  return { ...part, tree: { kind: 'chain', parts: [part.tree, turn] } };
};
