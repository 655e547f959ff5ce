import { dict, keptItems, list, NONE, set, type Value } from '../../values';
import { resolve } from '../branch';
import type { Machine } from '../machine';
import { newObject } from '../objects';
import { makeDict } from './constructors';
import type { Native, NativeTable } from './native';

/** `copy.deepcopy`: new instances all the way down, parameters with an identity of their own. */
const deepcopy: Native = ({ m, at }) => copyOf(m, resolve(m, at(0) ?? NONE), new Map());

/** A deep copy; `seen` keeps what was copied already. */
export const copyOf = (m: Machine, value: Value, seen: Map<Value, Value>): Value => {
  const known = seen.get(value);
  if (known) return known;
  switch (value.kind) {
    case 'object': {
      const copy = {
        ...newObject(m, value.cls, undefined),
        open: value.open,
        count: value.count,
        ...(value.site && { site: value.site }),
      };
      seen.set(value, copy);
      for (const [name, held] of value.attrs) copy.attrs.set(name, copyOf(m, held, seen));
      return copy;
    }
    case 'tensor':
      if (!value.parameter && !value.store) return value;
      return {
        ...value,
        ...(value.parameter && { parameter: { ...value.parameter, id: m.nextId++ } }),
        ...(value.store && { store: { data: value.store.data.slice() } }),
      };
    case 'list':
      return list(
        value.items.map((item) => copyOf(m, item, seen)),
        value.count,
      );
    case 'tuple':
      return { ...value, items: value.items.map((item) => copyOf(m, item, seen)) };
    case 'dict': {
      const copy = dict(value.factory);
      copy.open = value.open;
      for (const [key, entry] of value.entries)
        copy.entries.set(key, { key: entry.key, value: copyOf(m, entry.value, seen) });
      return copy;
    }
    case 'set': {
      const copy = set();
      for (const [key, item] of value.entries) copy.entries.set(key, item);
      return copy;
    }
    default:
      return value;
  }
};

const shallow: Native = ({ m, at }) => {
  const value = resolve(m, at(0) ?? NONE);
  if (value.kind === 'object') {
    const copy = { ...newObject(m, value.cls, undefined), open: value.open, count: value.count };
    for (const [name, held] of value.attrs) copy.attrs.set(name, held);
    return copy;
  }
  if (value.kind === 'list') return list(keptItems(value), value.count, value.parts);
  if (value.kind === 'dict')
    return makeDict({
      m,
      args: { positional: [value], keywords: new Map() },
      node: undefined,
      self: undefined,
      at: (i) => (i === 0 ? value : undefined),
    });
  return value;
};

export const copies: NativeTable = {
  'copy.deepcopy': deepcopy,
  'copy.copy': shallow,
};
