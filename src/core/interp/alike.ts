import type { DictEntry, Value } from '../values';
import { sameNumbers } from './memory';
import { fingerprint } from './trace';

/** How deep instances are compared. */
const DEPTH = 12;

/**
 * Whether two values stand for each other wherever they are used: equal ones, and instances that were made at the same
 * place and hold the same. Instances that are compared already are taken to be alike, so that cycles end.
 */
export const alike = (a: Value, b: Value, depth = DEPTH): boolean => {
  if (a === b) return true;
  if (a.kind !== b.kind || depth === 0) return false;
  if (a.kind === 'object' && b.kind === 'object') {
    if (a.cls !== b.cls || a.site?.node !== b.site?.node || a.open !== b.open || a.attrs.size !== b.attrs.size)
      return false;
    if (a.count !== b.count) return false;
    return alikeMaps(a.attrs, b.attrs, depth - 1);
  }
  if (a.kind === 'dict' && b.kind === 'dict')
    return a.open === b.open && a.entries.size === b.entries.size && alikeMaps(a.entries, b.entries, depth - 1);
  if ((a.kind === 'tuple' && b.kind === 'tuple') || (a.kind === 'list' && b.kind === 'list')) {
    if (a.kind === 'list' && b.kind === 'list' && a.count !== b.count) return false;
    return a.items.length === b.items.length && a.items.every((item, i) => alikeOr(item, b.items[i], depth - 1));
  }
  if (a.kind === 'either' && b.kind === 'either')
    return a.condition.key === b.condition.key && alike(a.yes, b.yes, depth - 1) && alike(a.no, b.no, depth - 1);
  if (a.kind === 'tensor' && b.kind === 'tensor' && !sameNumbers(a, b)) return false;
  if (a.kind === 'function' && b.kind === 'function') return a.node === b.node;
  if (a.kind === 'method' && b.kind === 'method') return alike(a.func, b.func, depth - 1);
  if (a.kind === 'partial' && b.kind === 'partial')
    return alike(a.func, b.func, depth - 1) && a.args.every((item, i) => alikeOr(item, b.args[i], depth - 1));
  if (a.kind === 'op' && b.kind === 'op') return a.family === b.family;
  if (a.kind === 'builtin' && b.kind === 'builtin') return a.name === b.name;
  return a.kind !== 'unknown' && print(a) === print(b);
};

/** Sizes that nobody knows stand for each other: which one of them it is says nothing. */
const print = (value: Value): string => fingerprint(value).replace(/\bu:\d+/g, 'u');

const alikeOr = (a: Value, b: Value | undefined, depth: number): boolean => b !== undefined && alike(a, b, depth);

const alikeMaps = (
  a: ReadonlyMap<string, Value | DictEntry>,
  b: ReadonlyMap<string, Value | DictEntry>,
  depth: number,
): boolean => {
  for (const [key, slot] of a) {
    const other = b.get(key);
    if (!other) return false;
    const [x, y] = ['kind' in slot ? slot : slot.value, 'kind' in other ? other : other.value];
    // An attribute that nobody knows is as good as another.
    if (!(x.kind === 'unknown' && y.kind === 'unknown') && !alike(x, y, depth)) return false;
  }
  return true;
};
