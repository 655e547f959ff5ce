import type { Chunk, Node } from '../syntax';
import type { ModuleValue } from '../values';
import type { Place } from './graph';

const nodesOf = new WeakMap<Chunk, ReadonlySet<object>>();

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const collect = (node: object, into: Set<object>): void => {
  into.add(node);
  for (const value of Object.values(node)) if (isObject(value)) collect(value, into);
};

const allNodes = (chunk: Chunk): ReadonlySet<object> => {
  const known = nodesOf.get(chunk);
  if (known) return known;
  const all = new Set<object>();
  collect(chunk.stmt, all);
  nodesOf.set(chunk, all);
  return all;
};

/** Where the chunk begins that holds a node; undefined where the module does not hold it. */
export const chunkStart = (module: ModuleValue, node: Node): number | undefined =>
  module.syntax.chunks.find(({ chunk }) => allNodes(chunk).has(node))?.start;

/** The absolute place of a node of a module's syntax tree. */
export const placeOf = (module: ModuleValue | undefined, node: Node | undefined): Place | undefined => {
  if (!module || !node) return undefined;
  const start = chunkStart(module, node);
  return start === undefined ? undefined : { path: module.path, start: start + node.start, end: start + node.end };
};
