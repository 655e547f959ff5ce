import { type Dim, same } from '../dims';
import {
  type Content,
  contentOf,
  type DictEntry,
  type HeapValue,
  type Part,
  restore,
  touch,
  UNBOUND,
  type Value,
} from '../values';
import { alike } from './alike';
import { blend, generalise } from './general';
import type { Machine } from './machine';
import { sameNumbers } from './memory';
import { elementsFrom, isSequence, modulesIn } from './modules';
import { alikeItems, partsOf, type Sequence, sameParts, sequenceOf } from './parts';
import { fingerprint } from './trace';

/** What a turn has done to something: nothing new, made a sequence longer by more of the same, or something else. */
export type Change = 'none' | 'growth' | 'other';

/** Joins what a turn changed with what was before it. */
export const widenAll = (m: Machine, before: ReadonlyMap<HeapValue, Content>, round: number, count: Dim): Change => {
  let change: Change = 'none';
  for (const [value, old] of before) {
    const now = contentOf(value);
    const joined = widenContent(m, value, old, now, round, count);
    touch(m.journal, value);
    restore(value, joined);
    if (equalContent(old, joined)) continue;
    if (!hasGrown(value, old, joined)) change = 'other';
    else if (change === 'none') change = 'growth';
  }
  return change;
};

/** Whether all that a sequence has become is longer, by what stood at its end already. */
const hasGrown = (value: HeapValue, old: Content, now: Content): boolean => {
  const [before, after] = [sequenceIn(value, old), sequenceIn(value, now)];
  const last = after && partsOf(after)?.at(-1);
  return before?.count === null && last !== undefined && alikeItems(before.items.slice(-last.items.length), last.items);
};

const widenContent = (m: Machine, value: HeapValue, old: Content, now: Content, round: number, count: Dim): Content => {
  if (value.kind === 'list' && old.items && now.items) return widenList(m, old, now, count, value.most !== undefined);
  if (!old.map || !now.map) return now;
  if (value.kind === 'object' && isSequence(value)) {
    const grown = widenModules(m, old, now, count);
    if (grown) return grown;
  }
  const map = new Map<string, Value | DictEntry>();
  for (const [key, slot] of now.map) {
    const was = old.map.get(key);
    map.set(key, was === slot ? slot : widenSlot(m, was, slot, round));
  }
  return { ...now, map, ...(value.kind === 'dict' && map.size > old.map.size && { open: true }) };
};

const widenSlot = (
  m: Machine,
  was: Value | DictEntry | undefined,
  now: Value | DictEntry,
  round: number,
): Value | DictEntry => {
  if (was === undefined) return now;
  const a = 'kind' in was ? was : was.value;
  const b = 'kind' in now ? now : now.value;
  if (fingerprint(a) === fingerprint(b)) {
    // If the body runs again, what it gave before stands for what went into it.
    if (a !== b && !m.trace.sources.has(b)) m.trace.sources.set(b, { values: [a] });
    if (a.kind !== 'tensor' || b.kind !== 'tensor' || sameNumbers(a, b)) return now;
    const joined = blend(m, a, b, b.shape);
    return 'kind' in now ? joined : { key: now.key, value: joined };
  }
  const joined = round === 0 && a.kind === 'none' ? b : generalise(m, a, b);
  return 'kind' in now ? joined : { key: now.key, value: joined };
};

/** A list that grew in the body has grown by what one turn adds, as often as there are turns. */
const widenList = (m: Machine, old: Content, now: Content, count: Dim, isBounded: boolean): Content => {
  if (now.items === old.items && now.parts === old.parts) return now;
  const [before, after] = [sequenceOfContent(old), sequenceOfContent(now)];
  if (before.count === null && after.count === null && before.items.length === after.items.length)
    return { ...now, items: after.items.map((item, i) => generaliseItem(m, before.items[i], item)) };
  const grown = isBounded ? undefined : (grownSequence(before, after, count) ?? grownByOthers(m, before, after));
  return grown ? { ...grown, parts: grown.parts } : unknownList(m, before, after);
};

/** A list that has its turns' elements already, to which this turn has added as many that are not quite alike. */
const grownByOthers = (m: Machine, before: Sequence, after: Sequence): Sequence | undefined => {
  const [old, now] = [partsOf(before), partsOf(after)];
  const [last, added] = [old?.at(-1), now?.at(-1)];
  if (before.count === null || !old || !now || !last || added?.count !== 1) return undefined;
  if (added.items.length !== last.items.length || !sameParts(old, now.slice(0, -1))) return undefined;
  const items = last.items.map((item, i) => generaliseItem(m, item, added.items[i] ?? item));
  return sequenceOf([...old.slice(0, -1), { items, count: last.count }]);
};

const unknownList = (m: Machine, before: Sequence, after: Sequence): Content => {
  const told = (sequence: Sequence): readonly Value[] =>
    sequence.parts?.flatMap(({ items }) => items) ?? sequence.items;
  const [first = UNBOUND, ...others] = [...told(before), ...told(after)];
  const element = others.reduce((a, b) => generaliseItem(m, a, b), first);
  return {
    items: element === UNBOUND ? [] : [element],
    count: isAsLong(before, after) ? after.count : m.context.unknownSize('the length of a list that grows in a loop'),
    parts: undefined,
  };
};

/** Whether a turn has left the length of a sequence as it was. */
const isAsLong = (before: Sequence, after: Sequence): boolean =>
  before.count !== null && after.count !== null && same(before.count, after.count);

/**
 * What a sequence is after all turns, when one of them has added elements at its end. A sequence that has its turns'
 * elements already (from the round before) stays, when this turn has added the same.
 */
const grownSequence = (before: Sequence, after: Sequence, count: Dim): Sequence | undefined => {
  const [old, now] = [partsOf(before), partsOf(after)];
  if (!old || !now) return undefined;
  if (before.count === null) {
    const added = after.count === null ? after.items.slice(before.items.length) : [];
    if (!added.length || !alikeItems(after.items.slice(0, before.items.length), before.items)) return undefined;
    return sequenceOf([...old, { items: added, count }]);
  }
  const last = old[old.length - 1];
  return last && sameParts(sequencePartsOf([...old, { items: last.items, count: 1 }]), now) ? before : undefined;
};

const sequencePartsOf = (parts: readonly Part[]): readonly Part[] | undefined => partsOf(sequenceOf(parts));

const sequenceOfContent = ({ items = [], count = null, parts }: Content): Sequence => ({ items, count, parts });

/** The sequence that the content of a list or of a container of modules is. */
const sequenceIn = (value: HeapValue, content: Content): Sequence | undefined => {
  if (value.kind === 'list') return sequenceOfContent(content);
  return value.kind === 'object' && isSequence(value) ? modulesIn(content) : undefined;
};

/** A container of modules that grew in the body. */
const widenModules = (m: Machine, old: Content, now: Content, count: Dim): Content | undefined => {
  const [before, after] = [modulesIn(old), modulesIn(now)];
  if (before.count === null && after.count === null && before.items.length === after.items.length) return undefined;
  const grown = grownSequence(before, after, count) ?? grownByOthers(m, before, after);
  // Something else was added in each turn: nobody knows what and how many there are.
  if (!grown) return { ...now, open: true };
  if (grown === before) return old;
  const map = new Map<string, Value | DictEntry>();
  for (const [key, slot] of now.map ?? []) if (!/^\d+$/.test(key)) map.set(key, slot);
  const elements = grown.parts ? elementsFrom(m, grown) : grown.items;
  for (const [i, element] of elements.entries()) map.set(String(i), element);
  return { ...now, map, count: grown.parts ? null : grown.count };
};

/** Two instances of one class that differ only in who they are stand for each other. */
const generaliseItem = (m: Machine, a: Value | undefined, b: Value): Value => {
  if (!a || alike(a, b)) return b;
  return generalise(m, a, b);
};

const equalContent = (a: Content, b: Content): boolean => {
  if (a.items && b.items)
    return (
      a.items.length === b.items.length &&
      (a.count === b.count || (a.count != null && b.count != null)) &&
      sameParts(a.parts, b.parts) &&
      a.items.every((v, i) => equal(v, b.items?.[i] ?? UNBOUND))
    );
  if (!a.map || !b.map) return true;
  if (a.map.size !== b.map.size) return false;
  for (const [key, slot] of a.map) {
    const other = b.map.get(key);
    if (other === slot) continue;
    if (!other) return false;
    if (!equal('kind' in slot ? slot : slot.value, 'kind' in other ? other : other.value)) return false;
  }
  return true;
};

/** What nobody knows and has become something else that nobody knows is as stable as can be. */
const equal = (a: Value, b: Value): boolean => (a.kind === 'unknown' && b.kind === 'unknown') || alike(a, b);
