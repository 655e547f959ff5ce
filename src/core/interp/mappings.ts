import { type DictValue, dict, memberValue, type ObjectValue, str, type Value } from '../values';

/** Where an instance of a class that derives from `dict` keeps its entries; no attribute can have that name. */
const ENTRIES = ' entries';

/** Gives an instance the entries that it has as a `dict`. */
export const startMapping = (self: ObjectValue): void => {
  self.attrs.set(ENTRIES, dict());
};

/** The entries of an instance that is a `dict` as well. */
export const entriesOf = (self: ObjectValue): DictValue | undefined => {
  const held = self.attrs.get(ENTRIES);
  return held?.kind === 'dict' ? held : undefined;
};

/** An instance of a class that derives from `dict` as the plain `dict` of its entries; anything else as it is. */
export const asPlain = (value: Value): Value =>
  value.kind === 'object' ? (entriesOf(value) ?? memberValue(value) ?? value) : value;

/** Whether attributes are entries: `self.__dict__ = self`. */
export const isOwnDict = (self: ObjectValue): boolean => self.attrs.get('__dict__') === self;

/** Values under their names, as a `dict`. */
export const dictOf = (named: ReadonlyMap<string, Value>): DictValue => {
  const result = dict();
  for (const [name, value] of named) result.entries.set(`s${name}`, { key: str(name), value });
  return result;
};
