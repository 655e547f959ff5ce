import { FALSE, keyOf, NONE, type SetValue, set, TRUE, touch, unknown, type Value } from '../../values';
import { resolve } from '../branch';
import { iterate } from '../iteration';
import type { Native, NativeCall, NativeTable } from './native';

const NODE = { start: 0, end: 0 };

const onSet =
  (use: (self: SetValue, call: NativeCall) => Value): Native =>
  (call) =>
    call.self?.kind === 'set' ? use(call.self, call) : unknown('a set that is not known');

/** A set of what something has to be gone through; it is open where not all of that is known. */
const asSet = ({ m, node }: NativeCall, given: Value): SetValue => {
  const value = resolve(m, given);
  if (value.kind === 'set') return value;
  const { items, count } = iterate(m, value, node ?? NODE);
  const result = set();
  result.open = count !== null;
  for (const item of items) include(result, item);
  return result;
};

const include = (self: SetValue, item: Value): void => {
  const key = keyOf(item);
  if (key === undefined) self.open = true;
  else self.entries.set(key, item);
};

const copyOf = (of: SetValue): SetValue => {
  const result = set();
  for (const [key, item] of of.entries) result.entries.set(key, item);
  result.open = of.open;
  return result;
};

type Combine = (a: SetValue, b: SetValue) => SetValue;

const unite: Combine = (a, b) => {
  const result = copyOf(a);
  for (const [key, item] of b.entries) result.entries.set(key, item);
  result.open ||= b.open;
  return result;
};

/** The elements of the first of which one knows whether the second has them, and a mark where one does not. */
const chosen =
  (wanted: boolean): Combine =>
  (a, b) => {
    const result = set();
    result.open = a.open || (b.open && a.entries.size > 0);
    for (const [key, item] of a.entries) if (b.entries.has(key) === wanted) result.entries.set(key, item);
    return result;
  };

const both = chosen(true);
const without = chosen(false);

const combined = (combine: Combine): Native =>
  onSet((self, call) => call.args.positional.reduce<SetValue>((a, b) => combine(a, asSet(call, b)), copyOf(self)));

const combinedInPlace = (combine: Combine): Native =>
  onSet((self, call) => {
    const made = call.args.positional.reduce<SetValue>((a, b) => combine(a, asSet(call, b)), self);
    const entries = [...made.entries];
    touch(call.m.journal, self);
    self.entries.clear();
    for (const [key, item] of entries) self.entries.set(key, item);
    self.open = made.open;
    return NONE;
  });

/** Whether all elements of one set are in another: no where one is known not to be, yes where that can be said. */
const within = (part: SetValue, whole: SetValue): Value => {
  const isMissing = [...part.entries.keys()].some((key) => !whole.entries.has(key));
  if (isMissing && !whole.open) return FALSE;
  return isMissing || part.open ? unknown('a set that is not all known') : TRUE;
};

const compared = (compare: (self: SetValue, other: SetValue) => Value): Native =>
  onSet((self, call) => compare(self, asSet(call, call.at(0) ?? NONE)));

const changed = (change: (self: SetValue, call: NativeCall) => Value): Native =>
  onSet((self, call) => {
    touch(call.m.journal, self);
    return change(self, call);
  });

const removed = changed((self, { at }) => {
  const key = keyOf(at(0) ?? NONE);
  if (key === undefined) self.open = true;
  else self.entries.delete(key);
  return NONE;
});

export const setMethods: NativeTable = {
  'set.add': changed((self, { at }) => {
    include(self, at(0) ?? NONE);
    return NONE;
  }),
  'set.discard': removed,
  'set.remove': removed,
  'set.clear': changed((self) => {
    self.entries.clear();
    self.open = false;
    return NONE;
  }),
  'set.pop': changed((self) => {
    const [first] = self.entries;
    // Which one is taken nobody knows, but of one there is no choice.
    if (!first || self.open || self.entries.size > 1) {
      self.open = true;
      return unknown('an element of a set');
    }
    self.entries.delete(first[0]);
    return first[1];
  }),
  'set.copy': onSet((self) => copyOf(self)),
  'set.union': combined(unite),
  'set.update': combinedInPlace(unite),
  'set.intersection': combined(both),
  'set.intersection_update': combinedInPlace(both),
  'set.difference': combined(without),
  'set.difference_update': combinedInPlace(without),
  'set.symmetric_difference': combined((a, b) => unite(without(a, b), without(b, a))),
  'set.symmetric_difference_update': combinedInPlace((a, b) => unite(without(a, b), without(b, a))),
  'set.issubset': compared(within),
  'set.issuperset': compared((self, other) => within(other, self)),
  'set.isdisjoint': compared((self, other) => {
    if ([...self.entries.keys()].some((key) => other.entries.has(key))) return FALSE;
    return self.open || other.open ? unknown('a set that is not all known') : TRUE;
  }),
};
