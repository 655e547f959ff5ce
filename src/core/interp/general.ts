import { keyOf, type ObjectValue, unknown, type Value } from '../values';
import { alike } from './alike';
import { generalise } from './join';
import type { Machine } from './machine';
import { isModuleClass } from './natives';
import { newObject } from './objects';
import { partsOf, type Sequence } from './parts';

/** More modules than these are not looked at for what they have in common. */
const SEVERAL = 64;

/**
 * One module that stands for any of several, as one is taken at a place that nobody knows: the first, where they are all
 * alike; of different ones of one class, a module of that class whose sizes are not known where they differ. Undefined
 * where nothing can stand for all. It is another one each time: of two that are taken, one says nothing about the other.
 */
export const anyModule = (m: Machine, values: readonly Value[]): ObjectValue | undefined => {
  const [first, ...others] = values;
  if (!first || !isModule(first) || values.length > SEVERAL) return undefined;
  let general: ObjectValue | undefined = first;
  for (const other of others) {
    if (!isModule(other)) return undefined;
    if (general && !alike(general, other)) general = generalModule(m, general, other);
  }
  return general;
};

/** An element at a place that nobody knows: known only when all elements are alike, or modules of one class. */
export const anyElement = (m: Machine, items: readonly Value[]): Value => {
  const [first, ...others] = items;
  if (!first) return unknown('an element of an empty list');
  if (others.every((v) => v === first || (keyOf(v) !== undefined && keyOf(v) === keyOf(first)))) return first;
  return anyModule(m, items) ?? unknown(`an element at an unknown place of ${items.length}`);
};

/** The same of a sequence of which only parts are known. */
export const anyModuleOf = (m: Machine, sequence: Sequence): ObjectValue | undefined =>
  anyModule(
    m,
    (partsOf(sequence) ?? []).flatMap(({ items }) => items),
  );

const isModule = (value: Value): value is ObjectValue => value.kind === 'object' && isModuleClass(value.cls);

/** A module of the class of two others that has what both have; undefined where they are not built alike. */
const generalModule = (m: Machine, a: ObjectValue, b: ObjectValue): ObjectValue | undefined => {
  if (a.cls !== b.cls || a.attrs.size !== b.attrs.size || a.count !== b.count || a.open || b.open) return undefined;
  if (a.optional || b.optional || a.run || b.run) return undefined;
  const made: ObjectValue = { ...newObject(m, a.cls, undefined), ...(a.site && { site: a.site }), count: a.count };
  for (const [name, held] of a.attrs) {
    const other = b.attrs.get(name);
    if (!other) return undefined;
    const both = inGeneral(m, held, other);
    if (!both) return undefined;
    made.attrs.set(name, both);
  }
  return made;
};

const inGeneral = (m: Machine, a: Value, b: Value): Value | undefined => {
  if (alike(a, b)) return a;
  return isModule(a) && isModule(b) ? generalModule(m, a, b) : generalise(m, a, b);
};
