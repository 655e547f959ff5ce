import type { ErrorExpr, Expr, Node, Stmt, SyntaxFault } from '../ast';
import type { Tree } from '../tree';

/** What it takes to turn the rows of a tree into statements and expressions. */
export interface Reading {
  readonly tree: Tree;
  /** The text that the tree's places are in. */
  readonly text: string;
  /** What is added to those places: where the text stands in its chunk. */
  readonly base: number;
  /** The statements of blocks that are read apart, by the place that the tree has a stand-in at. */
  readonly bodies: ReadonlyMap<number, () => readonly Stmt[]>;
  /** The expressions that could not be read, by the place of the stand-in. */
  readonly gaps: ReadonlyMap<number, Node>;
  /** The places of stars that the grammar does not know and that the tree shows as `~`. */
  readonly stars: ReadonlySet<number>;
  readonly state: ReadingState;
  readonly expr: (reading: Reading, row: number) => Expr;
  readonly block: (reading: Reading, row: number) => readonly Stmt[];
}

export interface ReadingState {
  readonly faults: SyntaxFault[];
  /** How many `yield` were met; a function whose body adds to it is a generator. */
  yields: number;
  depth: number;
}

/** Deeper nesting of expressions is not read, so that no reader of the tree runs out of stack. */
export const deepest = 400;

export const kindAt = ({ tree }: Reading, row: number): string => tree.kinds[row] ?? '';
export const startAt = ({ tree, base }: Reading, row: number): number => (tree.starts[row] ?? 0) + base;
export const endAt = ({ tree, base }: Reading, row: number): number => (tree.ends[row] ?? 0) + base;
const nextOf = ({ tree }: Reading, row: number): number => tree.nexts[row] ?? row + 1;

export const placeOf = (reading: Reading, row: number): Node => ({
  start: startAt(reading, row),
  end: endAt(reading, row),
});

export const textAt = ({ tree, text }: Reading, row: number): string => text.slice(tree.starts[row], tree.ends[row]);

/** A name as Python compares names: in normal form KC. */
export const nameAt = (r: Reading, row: number): string => {
  const name = textAt(r, row);
  return wide.test(name) ? name.normalize('NFKC') : name;
};

const wide = /[^\0-\x7f]/;

/** The rows of a node's children, signs and words included. */
export const childrenOf = (reading: Reading, row: number): readonly number[] => {
  const rows: number[] = [];
  const end = nextOf(reading, row);
  for (let child = row + 1; child < end; child = nextOf(reading, child)) rows.push(child);
  return rows;
};

/** The first child of one kind. */
export const childOf = (reading: Reading, row: number, kind: string): number | undefined => {
  const end = nextOf(reading, row);
  for (let child = row + 1; child < end; child = nextOf(reading, child)) {
    if (kindAt(reading, child) === kind) return child;
  }
  return undefined;
};

/** The children that are neither signs nor words. */
export const partsOf = (reading: Reading, row: number): readonly number[] => {
  const rows: number[] = [];
  const end = nextOf(reading, row);
  for (let child = row + 1; child < end; child = nextOf(reading, child)) {
    if (isPart(reading, child)) rows.push(child);
  }
  return rows;
};

/** Whether a row is a node of the grammar: signs are one character long or have no place. */
export const isPart = ({ tree }: Reading, row: number): boolean => {
  const kind = tree.kinds[row] ?? '';
  return (tree.starts[row] ?? -1) >= 0 && kind.length > 1 && kind !== 'else';
};

/** The expression of a child that a correct tree has. */
export const operand = (reading: Reading, row: number | undefined, parent: number): Expr =>
  row === undefined ? errorExpr(reading, parent) : reading.expr(reading, row);

export const errorExpr = (reading: Reading, row: number): ErrorExpr => ({
  kind: 'ErrorExpr',
  ...placeOf(reading, row),
});

/** An expression that the grammar takes and Python refuses. */
export const refused = (reading: Reading, row: number): ErrorExpr => {
  reading.state.faults.push({ kind: 'error', ...placeOf(reading, row) });
  return errorExpr(reading, row);
};

/**
 * A node whose left operand may be starred: the grammar binds the star to the first name (`*range(3)` is a call of
 * `*range`), Python to the whole operand.
 */
export const underStar = (left: Expr, start: number, end: number, build: (left: Expr, start: number) => Expr): Expr =>
  left.kind === 'Starred'
    ? { kind: 'Starred', start: left.start, end, value: build(left.value, left.value.start) }
    : build(left, start);
