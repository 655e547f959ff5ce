import type { FunctionValue, Value } from '../values';
import type { Machine, Path } from './machine';

/** How often a function may call itself, each time under one more condition that nobody has decided. */
const RECURSIONS = 3;

/**
 * Whether a function calls itself again and again because the condition that ends it is not decided. What goes from
 * something unknown to a part of it, like a walk through the children of a module, learns nothing there.
 */
export const isEndless = (m: Machine, fn: FunctionValue, first: Value | undefined): boolean => {
  let times = 0;
  let inner = m.path;
  for (let at = m.frame; at && times < RECURSIONS; at = at.caller) {
    if (at.code !== fn.node) continue;
    if (isDecidedSince(inner, at.path ?? null)) return false;
    if (first?.kind === 'unknown' && at.self?.kind === 'unknown') return true;
    inner = at.path ?? null;
    times++;
  }
  return times === RECURSIONS;
};

/** Whether no undecided choice lies between a path and one that it began as. */
const isDecidedSince = (path: Path | null, start: Path | null): boolean => {
  for (let at = path; at && at !== start; at = at.outer) if (!at.assumed) return false;
  return true;
};
