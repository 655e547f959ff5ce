import { keyOf, NONE, type SetValue, set, touch, unknown, type Value } from '../../values';
import { resolve } from '../branch';
import { iterate } from '../iteration';
import type { Native, NativeCall, NativeTable } from './native';

const NODE = { start: 0, end: 0 };

const onSet =
  (use: (self: SetValue, call: NativeCall) => Value): Native =>
  (call) => {
    if (call.self?.kind !== 'set') return unknown('a set that is not known');
    touch(call.m.journal, call.self);
    return use(call.self, call);
  };

const unite = (kind: 'union' | 'intersection' | 'difference') =>
  onSet((self, { m, args, node }) => {
    const result = set();
    const others = args.positional.map((v) => new Set(iterate(m, resolve(m, v), node ?? NODE).items.map(keyOf)));
    for (const [key, item] of self.entries) {
      if (
        kind === 'union' ||
        (kind === 'intersection' ? others.every((o) => o.has(key)) : others.every((o) => !o.has(key)))
      )
        result.entries.set(key, item);
    }
    if (kind === 'union') {
      for (const v of args.positional) {
        for (const item of iterate(m, resolve(m, v), node ?? NODE).items) {
          const key = keyOf(item);
          if (key === undefined) result.open = true;
          else result.entries.set(key, item);
        }
      }
    }
    return result;
  });

export const setMethods: NativeTable = {
  'set.add': onSet((self, { at }) => {
    const item = at(0) ?? NONE;
    const key = keyOf(item);
    if (key === undefined) self.open = true;
    else self.entries.set(key, item);
    return NONE;
  }),
  'set.update': onSet((self, { m, at, node }) => {
    for (const item of iterate(m, resolve(m, at(0) ?? NONE), node ?? NODE).items) {
      const key = keyOf(item);
      if (key === undefined) self.open = true;
      else self.entries.set(key, item);
    }
    return NONE;
  }),
  'set.discard': onSet((self, { at }) => {
    const key = keyOf(at(0) ?? NONE);
    if (key !== undefined) self.entries.delete(key);
    return NONE;
  }),
  'set.remove': onSet((self, { at }) => {
    const key = keyOf(at(0) ?? NONE);
    if (key !== undefined) self.entries.delete(key);
    return NONE;
  }),
  'set.union': unite('union'),
  'set.intersection': unite('intersection'),
  'set.difference': unite('difference'),
  'set.copy': unite('union'),
};
