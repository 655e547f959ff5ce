import type { ListValue, Value } from './value';

/** Arrays that one list alone refers to: it may push onto them instead of copying them for each element. */
const owned = new WeakMap<readonly Value[], Value[]>();

/** Appends to a list of known elements; the journal must have been told. */
export const pushItem = (self: ListValue, item: Value): void => {
  const own = owned.get(self.items);
  if (own) {
    own.push(item);
    return;
  }
  const grown = [...self.items, item];
  owned.set(grown, grown);
  self.items = grown;
};

/** The elements of a list for whoever keeps them: from now on they stay as they are. */
export const keptItems = ({ items }: Pick<ListValue, 'items'>): readonly Value[] => {
  owned.delete(items);
  return items;
};
