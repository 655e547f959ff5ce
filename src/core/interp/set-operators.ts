import type { BinaryOperator } from '../syntax';
import { keyOf, type SetValue, set, type Value } from '../values';

/** What operators of sets take: a set, the keys of a mapping, or what one can go through. */
export const elementsAsSet = (value: Value): SetValue | undefined => {
  if (value.kind === 'set') return value;
  if (value.kind !== 'iterator' && value.kind !== 'list') return undefined;
  const result = set();
  result.open = value.count !== null;
  for (const item of value.items) {
    const key = keyOf(item);
    if (key === undefined) result.open = true;
    else result.entries.set(key, item);
  }
  return result;
};

/** `a | b` and its kin. */
export const combineSets = (op: BinaryOperator, a: SetValue, b: SetValue): Value => {
  const result = set();
  for (const [key, item] of a.entries)
    if (op === '|' || (op === '&') === b.entries.has(key)) result.entries.set(key, item);
  if (op === '|' || op === '^')
    for (const [key, item] of b.entries) if (op === '|' || !a.entries.has(key)) result.entries.set(key, item);
  result.open = a.open || b.open;
  return result;
};
