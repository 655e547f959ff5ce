import {
  dict,
  int,
  keptItems,
  type ListValue,
  list,
  NONE,
  pushItem,
  str,
  touch,
  unknown,
  type Value,
} from '../../values';
import { alike } from '../alike';
import { resolve } from '../branch';
import { compare } from '../comparisons';
import { raise } from '../faults';
import { iterate } from '../iteration';
import { concatenated, partsOf, type Sequence } from '../parts';
import type { Native, NativeCall, NativeTable } from './native';

const NODE = { start: 0, end: 0 };
const EXPR = { kind: 'ErrorExpr', start: 0, end: 0 } as const;

const onList =
  (use: (self: ListValue, call: NativeCall) => Value): Native =>
  (call) => {
    if (call.self?.kind !== 'list') return unknown('a list that is not known');
    touch(call.m.journal, call.self);
    return use(call.self, call);
  };

/** A method that adds to a list: `before` is what the list held. */
const growing =
  (use: (self: ListValue, before: Sequence, call: NativeCall) => Value): Native =>
  (call) => {
    const optional = call.self?.kind === 'list' ? call.self.optional : undefined;
    return onList((self) => {
      const result = use(self, { ...self, optional }, call);
      shorten(self, call, (items, most) => items.slice(Math.max(0, items.length - most)));
      return result;
    })(call);
  };

/** Takes from a full `deque` what no longer fits. */
const shorten = (
  self: ListValue,
  { m }: Pick<NativeCall, 'm'>,
  fit: (items: readonly Value[], most: number) => readonly Value[],
): void => {
  if (self.most === undefined) return;
  if (self.count === null) self.items = fit(self.items, self.most);
  else become(self, { items: self.items, count: m.context.unknownSize('the length of a queue that may be full') });
};

/** `deque(xs, maxlen=n)`: a list that grows at both ends. */
export const deque: Native = ({ m, at, node }) => {
  const given = at(0, 'iterable');
  const { items, count, parts } = given ? iterate(m, resolve(m, given), node ?? NODE) : { items: [], count: null };
  const most = resolve(m, at(1, 'maxlen') ?? NONE);
  if (most.kind === 'none') return list(items, count, parts);
  if (most.kind !== 'int' || typeof most.value !== 'number' || count !== null)
    return unknown('a queue of limited length');
  return { ...list(items.slice(Math.max(0, items.length - most.value))), most: most.value };
};

const extend = growing((self, before, { m, at, node }) =>
  become(self, concatenated(before, iterate(m, resolve(m, at(0) ?? NONE), node ?? NODE))),
);

const append = growing((self, before, { m, at }) => {
  const item = at(0) ?? NONE;
  if (self.count !== null) {
    // What an earlier turn of a loop added stands for this one as well, which is the one that the trace tells of.
    const last = partsOf(before)?.at(-1)?.items.at(-1);
    if (last && last !== item && last.kind === 'tensor' && alike(last, item) && !m.trace.sources.has(last))
      m.trace.sources.set(last, { values: [item] });
    return become(self, concatenated(before, { items: [item], count: null }));
  }
  pushItem(self, item);
  return NONE;
});

const become = (self: ListValue, { items, count, parts, optional }: Sequence): Value => {
  self.items = items;
  self.count = count;
  self.parts = parts;
  self.optional = optional;
  return NONE;
};

const pop = onList((self, { m, at, node }) => {
  const index = at(0);
  const place =
    index === undefined ? -1 : index.kind === 'int' && typeof index.value === 'number' ? index.value : undefined;
  if (self.count !== null || place === undefined) {
    self.parts = undefined;
    return self.items[0] ?? unknown('an element of a list');
  }
  const item = self.items.at(place);
  if (!item) return raise(m, 'IndexError', 'pop', node);
  const cut = place < 0 ? place + self.items.length : place;
  self.items = self.items.filter((_, i) => i !== cut);
  return item;
});

const insert = onList((self, { at }) => {
  const [index, item] = [at(0), at(1) ?? NONE];
  const place = index?.kind === 'int' && typeof index.value === 'number' ? index.value : undefined;
  if (place === 0) return become(self, concatenated({ items: [item], count: null }, self));
  if (self.count === null && place !== undefined)
    self.items = [...self.items.slice(0, place), item, ...self.items.slice(place)];
  else
    become(self, {
      items: [unknown('an element of a list of unknown length')],
      count: self.count ?? self.items.length,
    });
  return NONE;
});

const indexOf: Native = ({ m, self, at }) => {
  const items = self?.kind === 'tuple' || (self?.kind === 'list' && self.count === null) ? self.items : undefined;
  for (const [i, item] of (items ?? []).entries()) {
    const same = compare(m, '==', item, at(0) ?? NONE, EXPR);
    if (same.kind !== 'bool') return unknown('index()');
    if (same.value) return int(i);
  }
  return items ? raise(m, 'ValueError', 'index', undefined) : unknown('index()');
};

const countOf: Native = ({ m, self, at }) => {
  const items = self?.kind === 'list' || self?.kind === 'tuple' ? self.items : undefined;
  if (!items || (self?.kind === 'list' && self.count !== null)) return unknown('count()');
  const answers = items.map((item) => compare(m, '==', item, at(0) ?? NONE, EXPR));
  return answers.every((a) => a.kind === 'bool')
    ? int(answers.filter((a) => a.kind === 'bool' && a.value).length)
    : unknown('count()');
};

export const collectionMethods: NativeTable = {
  'list.append': append,
  'list.extend': extend,
  'list.pop': pop,
  'list.insert': insert,
  'list.index': indexOf,
  'list.count': countOf,
  'list.appendleft': onList((self, call) => {
    become(self, concatenated({ items: [call.at(0) ?? NONE], count: null }, self));
    shorten(self, call, (items, most) => items.slice(0, most));
    return NONE;
  }),
  'list.extendleft': onList((self, call) => {
    const { m, at, node } = call;
    const { items, count, parts } = iterate(m, resolve(m, at(0) ?? NONE), node ?? NODE);
    become(
      self,
      concatenated({ items: [...items].reverse(), count, ...(parts && { parts: [...parts].reverse() }) }, self),
    );
    shorten(self, call, (all, most) => all.slice(0, most));
    return NONE;
  }),
  'list.rotate': onList((self, { at }) => {
    const by = at(0) ?? int(1);
    const { length } = self.items;
    const isKnown = self.count === null && by.kind === 'int' && typeof by.value === 'number' && length > 0;
    const cut = isKnown ? ((-Number(by.value) % length) + length) % length : undefined;
    self.items =
      cut === undefined
        ? self.items.map(() => unknown('what stands here after rotate()'))
        : [...self.items.slice(cut), ...self.items.slice(0, cut)];
    return NONE;
  }),
  'list.popleft': onList((self) => {
    const [head, ...rest] = self.items;
    self.items = rest;
    return head ?? unknown('popleft()');
  }),
  'list.copy': onList((self) => list(keptItems(self), self.count, self.parts)),
  'list.clear': onList((self) => {
    self.items = [];
    self.count = null;
    self.parts = undefined;
    return NONE;
  }),
  'list.reverse': onList((self) => {
    self.items = [...self.items].reverse();
    self.parts = undefined;
    return NONE;
  }),
  'list.sort': onList((self, { m, args, node }) => {
    const sorted = m.call({ kind: 'builtin', name: 'sorted' }, { ...args, positional: [self] }, node);
    if (sorted.kind === 'list') self.items = sorted.items;
    self.parts = undefined;
    return NONE;
  }),
  'list.remove': onList((self, { m, at }) => {
    const answers = self.items.map((item) => compare(m, '==', item, at(0) ?? NONE, EXPR));
    const place = answers.findIndex((same) => same.kind !== 'bool' || same.value);
    if (place < 0) return self.count === null && m.tries > 0 ? raise(m, 'ValueError', 'remove', undefined) : NONE;
    // Which one it is nobody knows.
    if (answers[place]?.kind === 'bool') self.items = self.items.filter((_, i) => i !== place);
    else self.items = self.items.slice(1).map(() => unknown('what is left of a list'));
    return NONE;
  }),
  'tuple.index': indexOf,
  'tuple.count': countOf,
  'tuple.numel': ({ self, m, node }) =>
    self?.kind === 'tuple'
      ? m.call({ kind: 'builtin', name: 'math.prod' }, { positional: [self], keywords: new Map() }, node)
      : unknown('numel()'),
  'namedtuple._asdict': ({ self }) => {
    const result = dict();
    if (self?.kind === 'tuple')
      for (const [i, field] of (self.named?.fields ?? []).entries())
        result.entries.set(`s${field.name}`, { key: str(field.name), value: self.items[i] ?? NONE });
    return result;
  },
  'namedtuple._replace': ({ self, args }) => {
    if (self?.kind !== 'tuple') return unknown('_replace()');
    const fields = self.named?.fields ?? [];
    return { ...self, items: self.items.map((item, i) => args.keywords.get(fields[i]?.name ?? '') ?? item) };
  },
};
