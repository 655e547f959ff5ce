import { oncePer } from '../once';
import { absolute, type Chunk, type Node, type PlacedChunk, walk } from '../syntax';
import type { ModuleValue } from '../values';
import type { Place } from './graph';

const allNodes = oncePer((chunk: Chunk): ReadonlySet<object> => {
  const all = new Set<object>();
  walk(chunk.stmt, (node) => {
    all.add(node);
    return true;
  });
  return all;
});

const chunkOf = (module: ModuleValue, node: Node): PlacedChunk | undefined =>
  module.syntax.chunks.find(({ chunk }) => allNodes(chunk).has(node));

/** The absolute place of a node of a module's syntax tree. */
export const placeOf = (module: ModuleValue | undefined, node: Node | undefined): Place | undefined => {
  if (!module || !node) return undefined;
  const placed = chunkOf(module, node);
  return placed && { path: module.path, ...absolute(placed, node) };
};
