import { dict, type ObjectValue, str, touch, UNBOUND, unknown, type Value } from '../values';
import { resolve } from './branch';
import { anyModule, generalise } from './general';
import type { Machine } from './machine';
import { HOLE, isText, mayBeSame, partialText } from './partial-text';

/** The attribute that keeps what was set under names of which only parts are known. */
const KEPT = ' named';

/** `setattr(self, f'block{i}', …)` where nobody knows `i`: there may be any number of these. */
export const storeUnder = (m: Machine, self: ObjectValue, name: Value | undefined, held: Value | undefined): void => {
  touch(m.journal, self);
  self.open = true;
  const text = (name && isText(name) && partialText(name)) || HOLE;
  const before = resolve(m, self.attrs.get(KEPT) ?? UNBOUND);
  const table = before.kind === 'dict' ? before : dict();
  if (table === before) touch(m.journal, table);
  else self.attrs.set(KEPT, table);
  // What was set on one way only is not known here.
  if (before.kind !== 'dict' && before.kind !== 'unbound') put(table.entries, HOLE, unknown('it was set on one way'));
  const old = table.entries.get(`s${text}`)?.value;
  const value = held ?? unknown('what is set is not known');
  put(table.entries, text, old ? generalise(m, old, value) : value);
};

const put = (entries: Map<string, { key: Value; value: Value }>, text: string, value: Value): void => {
  entries.set(`s${text}`, { key: str(text), value });
};

/**
 * `getattr(self, f'block{i}')`: one of what was set under names that this one may be. Undefined where no name like it was
 * set without being known whole.
 */
export const heldUnder = (m: Machine, self: Value, name: Value): Value | undefined => {
  if (self.kind !== 'object' || !isText(name)) return undefined;
  const text = partialText(name) ?? HOLE;
  const table = resolve(m, self.attrs.get(KEPT) ?? UNBOUND);
  if (table.kind !== 'dict') return undefined;
  const may = (other: string): boolean => mayBeSame(text, other);
  const named = [...table.entries.values()].filter(({ key }) => may(partialText(key) ?? HOLE));
  const isOfClass = self.cls.mro.some((cls) => cls.open || [...cls.attrs.keys()].some(may));
  if (named.length === 0 || isOfClass) return undefined;
  const whole = [...self.attrs].filter(([own]) => own !== KEPT && may(own)).map(([, held]) => resolve(m, held));
  const all = [...named.map(({ value }) => value), ...whole];
  return anyModule(m, all) ?? unknown('an attribute under one of several names');
};
