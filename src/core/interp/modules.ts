import type { Node } from '../syntax';
import {
  type Content,
  type DictValue,
  dict,
  FALSE,
  type ObjectValue,
  type Part,
  str,
  TRUE,
  touch,
  unknown,
  type Value,
} from '../values';
import { resolve } from './branch';
import { fail } from './faults';
import { anyModule, anyModuleOf } from './general';
import type { Machine } from './machine';
import { dictOf } from './mappings';
import { derives, isModule, isModuleClass, nativeClass } from './natives';
import { newObject } from './objects';
import { elementAt, partsOf, representative, type Sequence, sequenceOf } from './parts';
import { bounds } from './slices';

const SEQUENCES = [
  'torch.nn.Sequential',
  'torch.nn.ModuleList',
  'torch.nn.ParameterList',
  'paddle.nn.Sequential',
  'paddle.nn.LayerList',
  'paddle.nn.ParameterList',
];
const MAPPINGS = ['torch.nn.ModuleDict', 'torch.nn.ParameterDict', 'paddle.nn.LayerDict', 'paddle.nn.ParameterDict'];

export const isSequence = (self: ObjectValue): boolean => SEQUENCES.some((path) => derives(self.cls, path));
export const isMapping = (self: ObjectValue): boolean => MAPPINGS.some((path) => derives(self.cls, path));

const isParameter = (value: Value): boolean => value.kind === 'tensor' && value.parameter?.trained === true;
const isBuffer = (value: Value): boolean => value.kind === 'tensor' && value.parameter?.trained === false;

/** Whether something of which nothing is known may be a module. */
export const mayBeModule = (m: Machine, held: Value): boolean => {
  const value = resolve(m, held);
  return value.kind === 'unknown' || (value.kind === 'opaque' && value.type === undefined);
};

/** The attributes of a module that are modules, in the order in which they were added. */
export const childrenOf = (m: Machine, self: ObjectValue): readonly (readonly [string, ObjectValue])[] => {
  const result: (readonly [string, ObjectValue])[] = [];
  for (const [name, held] of self.attrs) {
    const value = resolve(m, held);
    if (isModule(value)) result.push([name, value]);
  }
  return result;
};

/** Whether a value is, on one way at least, what a container is for. */
const isElement = (value: Value): boolean =>
  value.kind === 'either' ? isElement(value.yes) || isElement(value.no) : isModule(value) || isParameter(value);

/** What a container holds: modules, or the parameters of a `ParameterList`. */
export const elementsOf = (m: Machine, self: ObjectValue): readonly (readonly [string, Value])[] => {
  const result: (readonly [string, Value])[] = [];
  for (const [name, held] of self.attrs) {
    const value = resolve(m, held);
    if (isElement(value) || (isSequence(self) && /^\d+$/.test(name))) {
      if (value.kind !== 'none' || /^\d+$/.test(name)) result.push([name, value]);
    }
  }
  return result;
};

/** The elements of a container, parts of it taken apart. */
export const sequenceOfModules = (m: Machine, self: ObjectValue): Sequence => {
  const values = elementsOf(m, self).map(([, v]) => v);
  const parts = values.map((v): Part => {
    const inner = v.kind === 'object' && v.run ? elementsOf(m, v).map(([, element]) => element) : undefined;
    return inner && v.kind === 'object' ? { items: inner, count: v.count ?? 1 } : { items: [v], count: 1 };
  });
  if (self.count !== null) return { items: values.slice(0, 1), count: self.count };
  return parts.some((part) => part.count !== 1) ? sequenceOf(parts) : { items: values, count: null };
};

/** The same of what a container held at one moment. */
export const modulesIn = ({ map, count = null }: Content): Sequence => {
  const parts: Part[] = [];
  for (const [name, slot] of map ?? []) {
    if (!/^\d+$/.test(name) || !('kind' in slot)) continue;
    if (slot.kind === 'object' && slot.run) parts.push({ items: [...slot.attrs.values()], count: slot.count ?? 1 });
    else parts.push({ items: [slot], count: 1 });
  }
  if (count !== null) return { items: parts[0]?.items ?? [], count };
  return sequenceOf(parts);
};

/** What a container holds so that it has these elements: what stands more than once is one element, a run. */
export const elementsFrom = (m: Machine, sequence: Sequence): readonly Value[] =>
  (partsOf(sequence) ?? []).flatMap(({ items, count }): readonly Value[] => {
    if (count === 1) return items;
    const run: ObjectValue = {
      ...newObject(m, nativeClass(m, 'torch.nn.Sequential'), undefined),
      attrs: new Map(items.map((item, i) => [String(i), item])),
      count,
      run: true,
    };
    return [run];
  });

/** How a `for` goes through a module; undefined where it is no container. */
export const moduleItems = (m: Machine, self: ObjectValue): Sequence | undefined => {
  if (!isSequence(self) && !isMapping(self)) return undefined;
  // Something was added under a name that nobody knows.
  if (self.open) return { items: [], count: m.context.unknownSize('how many modules') };
  if (isSequence(self)) return sequenceOfModules(m, self);
  if (isMapping(self)) return { items: elementsOf(m, self).map(([name]) => str(name)), count: self.count };
  return undefined;
};

export const moduleElement = (m: Machine, self: ObjectValue, key: Value, node: Node): Value | undefined => {
  if (isMapping(self) && key.kind === 'str')
    return (
      self.attrs.get(key.value) ??
      fail(m, 'KeyError', { code: 'missing-key', data: { key: key.value }, names: [] }, node)
    );
  if (!isSequence(self)) return undefined;
  // Something was added under a name that nobody knows: it may be any of them.
  if (self.open) return unknown('an element of a container that is not all known');
  const elements = elementsOf(m, self).map(([, v]) => v);
  const sequence = sequenceOfModules(m, self);
  if (sequence.count !== null) {
    const place = key.kind === 'int' && typeof key.value === 'number' ? key.value : undefined;
    const known = place === undefined ? undefined : elementAt(sequence, place);
    return known ?? anyModuleOf(m, sequence) ?? sequence.items[0];
  }
  if (key.kind === 'str') return self.attrs.get(key.value);
  if (key.kind !== 'int' || typeof key.value !== 'number') return anyModule(m, elements);
  return (
    elements.at(key.value) ??
    fail(m, 'IndexError', { code: 'index-range', data: { index: key.value, length: elements.length }, names: [] }, node)
  );
};

/** `layers[1:]`: a new container of the same class. */
export const moduleSlice = (
  m: Machine,
  self: ObjectValue,
  key: Extract<Value, { kind: 'slice' }>,
): Value | undefined => {
  if (!isSequence(self)) return undefined;
  const elements = elementsOf(m, self);
  const sequence = sequenceOfModules(m, self);
  const places = sequence.count === null ? bounds(key, elements.length) : undefined;
  const library = self.cls.mro.find((c) => c.path && SEQUENCES.includes(c.path)) ?? self.cls;
  const result = newObject(m, self.cls.site ? library : self.cls, undefined);
  if (!places) {
    if (sequence.items.length > 0) result.attrs.set('0', representative(sequence.items));
    result.count = m.context.unknownSize('the length of a slice');
    return result;
  }
  const keepNames = derives(self.cls, 'torch.nn.Sequential');
  for (const [i, at] of places.entries()) {
    const element = elements[at];
    if (element) result.attrs.set(keepNames ? element[0] : String(i), element[1]);
  }
  return result;
};

/** `module._modules`, `_parameters`, `_buffers`: what the module holds of each kind. */
export const moduleTables = (m: Machine, self: ObjectValue, name: string): Value | undefined => {
  if (!isModuleClass(self.cls)) return undefined;
  const keep: ((value: Value) => boolean) | undefined =
    name === '_modules' || name === '_sub_layers'
      ? isModule
      : name === '_parameters'
        ? isParameter
        : name === '_buffers'
          ? isBuffer
          : undefined;
  if (name === 'training') return m.training ? TRUE : (m.exploring?.training ?? FALSE);
  if (!keep) return undefined;
  const table = dict();
  for (const [key, held] of self.attrs) {
    const value = resolve(m, held);
    if (keep(value)) table.entries.set(`s${key}`, { key: str(key), value });
  }
  table.open = self.open || (keep === isModule && [...self.attrs.values()].some((held) => mayBeModule(m, held)));
  m.views.set(table, self);
  return table;
};

/** `self.__dict__`: what an instance holds by itself, which layers and parameters of a module do not belong to. */
export const instanceDict = (m: Machine, self: ObjectValue): DictValue => {
  const isOwn = ([name, held]: readonly [string, Value]): boolean => {
    const value = resolve(m, held);
    return !name.startsWith(' ') && value.kind !== 'unbound' && !isElement(value) && !isBuffer(value);
  };
  const table = dictOf(isModuleClass(self.cls) ? new Map([...self.attrs].filter(isOwn)) : self.attrs);
  table.open = self.open;
  m.views.set(table, self);
  return table;
};

/** Sets an attribute of a module. A module that replaces something else stands last, as in PyTorch's tables. */
export const setModuleAttribute = (m: Machine, self: ObjectValue, name: string, held: Value): void => {
  const before = self.attrs.get(name);
  // A layer in the place of a part of a library layer: the parameters of that part are gone.
  if (!before && isModule(held))
    for (const key of [...self.attrs.keys()]) if (key.startsWith(`${name}.`)) self.attrs.delete(key);
  if (before && isModule(held) !== isModule(resolve(m, before))) self.attrs.delete(name);
  self.attrs.set(name, held);
};

/** All modules below one, itself first, each once. */
export const modulesOf = (m: Machine, root: ObjectValue): readonly (readonly [string, ObjectValue])[] => {
  const seen = new Set<ObjectValue>();
  const result: (readonly [string, ObjectValue])[] = [];
  const visit = (name: string, self: ObjectValue): void => {
    if (seen.has(self)) return;
    seen.add(self);
    result.push([name, self]);
    for (const [key, child] of childrenOf(m, self)) visit(name === '' ? key : `${name}.${key}`, child);
  };
  visit('', root);
  return result;
};

/** All learnable tensors (or buffers) below a module, each once, by their dotted names. */
export const tensorsOf = (
  m: Machine,
  root: ObjectValue,
  wanted: boolean | ((name: string, trained: boolean) => boolean),
  deep = true,
): readonly (readonly [string, Extract<Value, { kind: 'tensor' }>])[] => {
  const seen = new Set<number>();
  const result: (readonly [string, Extract<Value, { kind: 'tensor' }>])[] = [];
  for (const [path, self] of deep ? modulesOf(m, root) : [['', root] as const]) {
    for (const [name, held] of self.attrs) {
      const value = resolve(m, held);
      if (value.kind !== 'tensor' || !value.parameter || seen.has(value.parameter.id)) continue;
      const { trained } = value.parameter;
      if (typeof wanted === 'boolean' ? trained !== wanted : !wanted(name, trained)) continue;
      seen.add(value.parameter.id);
      result.push([path === '' ? name : `${path}.${name}`, value]);
    }
  }
  return result;
};

/** Adds an element to a container of modules. */
export const appendModule = (m: Machine, self: ObjectValue, value: Value): void => {
  touch(m.journal, self);
  self.attrs.set(String(elementsOf(m, self).length), value);
};
