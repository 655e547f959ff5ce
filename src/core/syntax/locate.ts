import { type Span, shift } from '../text';
import type { Module, Node, PlacedChunk } from './ast';
import { childrenOf, type SyntaxNode } from './walk';

/** A node with its place in the document. */
export interface Located {
  readonly node: SyntaxNode;
  readonly span: Span;
}

/** The place of a node in the document; its own places count from its chunk. */
export const absolute = ({ start }: PlacedChunk, { start: from, end }: Node): Span =>
  shift({ start: from, end }, start);

/**
 * The statements and expressions around an offset, the outermost first. At the border of two the one behind counts,
 * so that the character under a pointer decides; a caret at the very end of a node is still on it.
 */
export const nodeAt = (module: Module, offset: number): readonly Located[] => {
  const placed = chunkAt(module, offset);
  if (!placed) return [];
  const path: Located[] = [];
  const at = offset - placed.start;
  let node = covering([placed.chunk.stmt], at);
  while (node) {
    path.push({ node, span: absolute(placed, node) });
    node = covering(childrenOf(node), at);
  }
  return path;
};

/** The chunk that holds an offset or, between two, ends at it. */
export const chunkAt = ({ chunks }: Module, offset: number): PlacedChunk | undefined => {
  let low = 0;
  let high = chunks.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((chunks[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle;
  }
  const found = chunks[low];
  const inside = found && found.start <= offset && offset <= found.start + found.chunk.text.length;
  return inside ? found : undefined;
};

/** Decorators stand before the start of their definition, so an outer place is where its first part starts. */
const covering = (nodes: readonly SyntaxNode[], at: number): SyntaxNode | undefined =>
  nodes.find((node) => outerStart(node) <= at && at < node.end) ??
  nodes.find((node) => outerStart(node) <= at && at === node.end);

const outerStart = (node: SyntaxNode): number => {
  const decorated = node.kind === 'FunctionDef' || node.kind === 'ClassDef' ? node.decorators[0] : undefined;
  return decorated ? Math.min(decorated.start, node.start) : node.start;
};
