import {
  type DictValue,
  dict,
  iterator,
  keyOf,
  list,
  NONE,
  type ObjectValue,
  type OpaqueValue,
  opaquePart,
  str,
  TRUE,
  touch,
  tuple,
  UNBOUND,
  unknown,
  type Value,
} from '../../values';
import { distribute, resolve } from '../branch';
import { raise } from '../faults';
import { iterate } from '../iteration';
import { mayBeRegistered } from '../late-entries';
import type { Machine } from '../machine';
import { entriesOf } from '../mappings';
import { reflect, storeAttribute, unreflect } from '../stores';
import { entryOf, store, subscript } from '../subscripts';
import { truth } from '../truth';
import { fill } from './constructors';
import type { Native, NativeCall, NativeTable } from './native';

const NODE = { start: 0, end: 0 };

const onDict =
  (use: (self: DictValue, call: NativeCall) => Value, input?: (self: OpaqueValue, call: NativeCall) => Value): Native =>
  (call) => {
    if (call.self?.kind === 'opaque' && input) return input(call.self, call);
    if (call.self?.kind !== 'dict') return unknown('a dict that is not known');
    touch(call.m.journal, call.self);
    return use(call.self, call);
  };

const held = (self: DictValue): readonly { readonly key: Value; readonly value: Value }[] =>
  [...self.entries.values()].filter((e) => e.value.kind !== 'unbound');

/**
 * Entries as a loop sees them; of a dict that may hold more, none of those that are known stands for each. Else they can be
 * gone through again.
 */
const many = (self: DictValue, items: readonly Value[], { m }: NativeCall): Value =>
  self.open ? iterator([], m.context.unknownSize('the number of entries')) : list(items);

/** The values of a mapping that is an input. */
const valuesOf = (self: OpaqueValue): OpaqueValue => ({
  ...opaquePart(self, '.values()'),
  type: 'list',
  ...(self.tensors && { tensors: self.tensors }),
});

const get = onDict((self, { m, at }) => {
  const fallback = at(1) ?? NONE;
  return distribute(m, at(0) ?? NONE, (key) => {
    const id = keyOf(key);
    if (id === undefined) return unknown('an entry whose key is not known');
    const late = !self.entries.has(id) && mayBeRegistered(m, self, key);
    const entry = self.entries.get(id);
    if (!entry) return self.open || late ? unknown('an entry that is not known') : fallback;
    return distribute(m, entry.value, (v) => (v === UNBOUND ? fallback : v));
  });
});

const popEntry = onDict((self, { m, at, node }) => {
  const id = keyOf(resolve(m, at(0) ?? NONE));
  const entry = id === undefined ? undefined : self.entries.get(id);
  if (id !== undefined && entry && entry.value.kind !== 'unbound') {
    self.entries.delete(id);
    unreflect(m, self, entry.key);
    return entry.value.kind === 'either'
      ? distribute(m, entry.value, (v) => (v === UNBOUND ? (at(1) ?? NONE) : v))
      : entry.value;
  }
  const fallback = at(1);
  if (self.open || id === undefined) return unknown('an entry that is not known');
  return fallback ?? raise(m, 'KeyError', 'pop', node);
});

const setDefault = onDict((self, { m, at }) => {
  const key = resolve(m, at(0) ?? NONE);
  const id = keyOf(key);
  if (id === undefined) {
    touch(m.journal, self);
    self.open = true;
    return unknown('an entry whose key is not known');
  }
  const entry = self.entries.get(id);
  if (entry && entry.value.kind !== 'unbound') return entry.value;
  const value = at(1) ?? NONE;
  self.entries.set(id, { key, value });
  reflect(m, self, key, value);
  return value;
});

const update = onDict((self, { m, args, at, node }) => {
  const given = at(0);
  if (given) {
    const source = resolve(m, given);
    if (source.kind === 'unknown' || source.kind === 'opaque') self.open = true;
    else fill(m, self, source, node ?? NODE);
  }
  for (const [name, value] of args.keywords) self.entries.set(`s${name}`, { key: str(name), value });
  if (args.open) self.open = true;
  const owner = m.views.get(self);
  if (owner) updateOwner(m, self, owner);
  return NONE;
});

/** What `self.__dict__.update(…)` does to the instance. */
const updateOwner = (m: Machine, self: DictValue, owner: ObjectValue): void => {
  for (const { key, value } of self.entries.values())
    if (key.kind === 'str' && owner.attrs.get(key.value) !== value) storeAttribute(m, owner, key.value, value);
  if (!self.open) return;
  touch(m.journal, owner);
  owner.open = true;
};

const copyDict = onDict((self) => {
  const result = dict(self.factory);
  for (const [key, entry] of self.entries) result.entries.set(key, entry);
  result.open = self.open;
  return result;
});

const fromKeys: Native = ({ m, at, node }) => {
  const result = dict();
  const { items, count } = iterate(m, resolve(m, at(0) ?? NONE), node ?? NODE);
  for (const key of items) {
    const id = keyOf(key);
    if (id === undefined) result.open = true;
    else result.entries.set(id, { key, value: at(1) ?? NONE });
  }
  if (count !== null) result.open = true;
  return result;
};

/** Methods of `dict` and `OrderedDict`. */
export const dictMethods: NativeTable = {
  'dict.get': get,
  'dict.pop': popEntry,
  'dict.setdefault': setDefault,
  'dict.update': update,
  'dict.__init__': update,
  'mapping.__getitem__': ({ m, self, at, node }) => {
    const entries = self?.kind === 'object' ? entriesOf(self) : undefined;
    if (self?.kind !== 'object' || !entries) return unknown('a mapping that is not known');
    return entryOf(m, self, entries, at(0) ?? NONE, node ?? NODE);
  },
  'dict.__getitem__': onDict((self, { m, at, node }) => subscript(m, self, at(0) ?? NONE, node ?? NODE)),
  'dict.__setitem__': onDict((self, { m, at, node }) => {
    store(m, self, at(0) ?? NONE, at(1) ?? NONE, node ?? NODE);
    return NONE;
  }),
  'dict.copy': copyDict,
  'dict.keys': onDict(
    (self, call) =>
      many(
        self,
        held(self).map((e) => e.key),
        call,
      ),
    (self) => ({ ...opaquePart(self, '.keys()'), type: 'list' }),
  ),
  'dict.values': onDict(
    (self, call) =>
      many(
        self,
        held(self).map((e) => e.value),
        call,
      ),
    valuesOf,
  ),
  'dict.items': onDict(
    (self, call) =>
      many(
        self,
        held(self).map((e) => tuple([e.key, e.value])),
        call,
      ),
    (self, { m }) => {
      const { items, count } = iterate(m, valuesOf(self), NODE);
      const [value = unknown('an entry of an input')] = items;
      return iterator([tuple([unknown('a key of an input'), value])], count);
    },
  ),
  'dict.clear': onDict((self) => {
    self.entries.clear();
    return NONE;
  }),
  'dict.popitem': onDict((self) => {
    const [key, entry] = [...self.entries].at(-1) ?? [];
    if (key !== undefined) self.entries.delete(key);
    return entry ? tuple([entry.key, entry.value]) : unknown('popitem()');
  }),
  'dict.move_to_end': onDict((self, { m, at }) => {
    const id = keyOf(resolve(m, at(0) ?? NONE));
    const entry = id === undefined ? undefined : self.entries.get(id);
    const last = truth(m, at(1, 'last') ?? TRUE);
    if (id === undefined || !entry) return NONE;
    self.entries.delete(id);
    const others = [...self.entries];
    if (last.kind === 'known' && !last.value) self.entries.clear();
    self.entries.set(id, entry);
    for (const [key, other] of others) self.entries.set(key, other);
    if (last.kind !== 'known') self.open = true;
    return NONE;
  }),
  'dict.fromkeys': fromKeys,
  'builtins.dict.fromkeys': fromKeys,
};
