import { type Dim, same, sizeOfSeveral, substitute } from '../dims';
import { type Shape, sameShape } from '../shapes';
import {
  type Choice,
  type FloatValue,
  int,
  keyOf,
  list,
  type ObjectValue,
  type TensorValue,
  UNBOUND,
  unknown,
  type Value,
} from '../values';
import { alike } from './alike';
import { fillOf } from './fills';
import type { Machine } from './machine';
import { inMemoryOf, isSame } from './memory';
import { isModule } from './natives';
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
  const [first, ...others] = values.flatMap(alternatives);
  if (!first || !isModule(first) || others.length >= SEVERAL) return undefined;
  let general: ObjectValue | undefined = first;
  for (const other of others) {
    if (!isModule(other)) return undefined;
    if (general && !alike(general, other)) general = generalModule(m, general, other);
  }
  return general && another(m, general);
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

/**
 * A module that stands for several, as another one of them: sizes that nobody knows are others than they were, and what
 * is asked of one does not settle them. The module itself where it has none such.
 */
const another = (m: Machine, module: ObjectValue): ObjectValue => {
  const sizes = new Map<string, Dim>();
  const seen = new Map<ObjectValue, ObjectValue>();
  const renamed = (size: Dim): Dim =>
    substitute(size, ({ id }) => {
      if (!id.startsWith('u:')) return undefined;
      const known = sizes.get(id) ?? sizeOfSeveral(`u:${m.nextId++}`, 'it differs between the layers');
      sizes.set(id, known);
      return known;
    });
  const copy = (value: Value): Value => {
    switch (value.kind) {
      case 'int':
        return { ...value, value: renamed(value.value) };
      case 'tuple':
        return { ...value, items: value.items.map(copy) };
      case 'list':
        return list(value.items.map(copy), value.count);
      case 'tensor':
        return { ...value, shape: { ...value.shape, dims: value.shape.dims.map(renamed) } };
      case 'object':
        return copyModule(value);
      default:
        return value;
    }
  };
  const copyModule = (value: ObjectValue): ObjectValue => {
    const known = seen.get(value);
    if (known) return known;
    const made: ObjectValue = { ...value, id: m.nextId++, attrs: new Map() };
    seen.set(value, made);
    for (const [name, held] of value.attrs) made.attrs.set(name, copy(held));
    return made;
  };
  const made = copyModule(module);
  return sizes.size > 0 ? made : module;
};

/** A module of the class of two others that has what both have; undefined where they are not built alike. */
const generalModule = (m: Machine, a: Value, b: Value): ObjectValue | undefined => {
  if (!isModule(a) || !isModule(b)) return undefined;
  if (alike(a, b)) return a;
  if (a.cls !== b.cls || a.attrs.size !== b.attrs.size || a.count !== b.count || a.open || b.open) return undefined;
  if (a.optional || b.optional || a.run || b.run) return undefined;
  const made: ObjectValue = { ...newObject(m, a.cls, undefined), ...(a.site && { site: a.site }), count: a.count };
  for (const [name, held] of a.attrs) {
    const other = b.attrs.get(name);
    const both = other && inGeneral(m, held, other);
    if (!both) return undefined;
    made.attrs.set(name, both);
  }
  return made;
};

/** The same of what two such modules hold; lists among it, of sizes say, are looked into. */
const inGeneral = (m: Machine, a: Value, b: Value): Value | undefined => {
  if (alike(a, b)) return a;
  if (isModule(a)) return generalModule(m, a, b);
  if (a.kind !== 'list' || b.kind !== 'list') return generalise(m, a, b);
  if (a.count !== null || b.count !== null || a.items.length !== b.items.length) return undefined;
  const items = a.items.map((item, i) => inGeneral(m, item, b.items[i] ?? UNBOUND));
  return items.every((item) => item !== undefined) ? list(items) : undefined;
};

/** A tensor of this shape that has only what both have. */
export const blend = (m: Machine, a: TensorValue, b: TensorValue, shape: Shape, choice?: Choice): TensorValue => {
  const blended: TensorValue = {
    kind: 'tensor',
    lib: a.lib,
    shape,
    ...(a.dtype && a.dtype === b.dtype && { dtype: a.dtype }),
    ...(a.layout && a.layout === b.layout && { layout: a.layout }),
    ...(a.origin && a.origin === b.origin && { origin: a.origin }),
    ...(a.parameter && a.parameter === b.parameter && { parameter: a.parameter }),
  };
  const number = fillOf(a);
  const other = fillOf(b);
  const result = inMemoryOf(blended, [a, b], number && other && isSame(number, other) ? number : undefined);
  m.trace.sources.set(result, { values: [a, b], ...(choice && { choice }) });
  return result;
};

export const eitherFloat = (a: FloatValue, b: FloatValue): FloatValue =>
  a.announced || b.announced ? { kind: 'float', announced: true } : { kind: 'float' };

/** One value that stands for too many alternatives: axes that differ are unknown. */
export const widen = (m: Machine, a: Value, b: Value): Value => {
  const all = [...alternatives(a), ...alternatives(b)];
  const [first, ...others] = all;
  if (!first) return unknown('no value');
  let result = first;
  for (const other of others) result = generalise(m, result, other);
  return result;
};

export const alternatives = (value: Value): readonly Value[] =>
  value.kind === 'either' ? [...alternatives(value.yes), ...alternatives(value.no)] : [value];

/** The least that can be said of a value that is `a` or `b`. Used where paths meet too often, and to end loops. */
export const generalise = (m: Machine, a: Value, b: Value): Value => {
  if (a === b) return a;
  if (a.kind === 'either' || b.kind === 'either') return widen(m, a, b);
  if (a.kind === 'tensor' && b.kind === 'tensor') {
    if (sameShape(a.shape, b.shape)) return blend(m, a, b, a.shape);
    if (!a.shape.rest && !b.shape.rest && a.shape.dims.length === b.shape.dims.length) {
      const dims = a.shape.dims.map((d, i) => {
        const other = b.shape.dims[i];
        return other !== undefined && same(d, other)
          ? d
          : m.context.unknownSize('it differs between the ways that meet here');
      });
      return blend(m, a, b, { dims });
    }
    return blend(m, a, b, { dims: [], rest: { at: 0, id: m.context.unknownRest('ranks differ') } });
  }
  if (a.kind === 'int' && b.kind === 'int') {
    return same(a.value, b.value) ? a : int(m.context.unknownSize('it differs between the ways that meet here'));
  }
  if (a.kind === 'tuple' && b.kind === 'tuple' && a.items.length === b.items.length) {
    return { ...a, items: a.items.map((item, i) => generalise(m, item, b.items[i] ?? UNBOUND)) };
  }
  if (a.kind === 'bool' && b.kind === 'bool' && a.value === b.value) return a;
  if (a.kind === 'none' && b.kind === 'none') return a;
  if (a.kind === 'str' && b.kind === 'str' && a.value === b.value) return a;
  if (a.kind === 'float' && b.kind === 'float')
    return a.value !== undefined && a.value === b.value ? a : eitherFloat(a, b);
  const general = generalModule(m, a, b);
  return general ? another(m, general) : unknown('it differs between the ways that meet here');
};
