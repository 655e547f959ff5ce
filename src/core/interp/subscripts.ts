import type { Dim } from '../dims';
import { index, type NumberArg, setIndex } from '../ops';
import { numel } from '../shapes';
import type { Expr, Node, Subscript } from '../syntax';
import {
  builtin,
  type DictValue,
  int,
  keyOf,
  list,
  NONE,
  type ObjectValue,
  opaquePart,
  type Scope,
  str,
  type TensorValue,
  touch,
  tuple,
  UNBOUND,
  unknown,
  type Value,
} from '../values';
import { settled } from './alternatives';
import { distribute, fork, resolve, undecided } from './branch';
import { elementOf } from './elementwise';
import { axisOfEntry, eachTensor, innerTensor, likelyTensor, nextOf, someTensors } from './entries';
import { fail, raise } from './faults';
import { anyElement, anyModuleOf } from './general';
import { type Iteration, iterate, partsOfOpaque } from './iteration';
import { joinValues } from './join';
import { mayBeRegistered, mayHoldMore } from './late-entries';
import { scatter, storeItem } from './list-stores';
import type { Machine } from './machine';
import { asPlain, entriesOf } from './mappings';
import { forgetNumbers, memoryOf, shareNumbers } from './memory';
import { moduleElement, moduleSlice } from './modules';
import { assignName } from './names';
import { OPEN_GRID } from './namespaces';
import { folded, numbersOf } from './numbers';
import { settleOutcome } from './outcomes';
import { elementAt } from './parts';
import { callMethodIfAny, classMember } from './protocols';
import { pieceOf } from './ranks';
import { bounds, placesOf } from './slices';
import { reflect, setAttribute, unreflect } from './stores';
import { withoutOne } from './typed-lists';
import { ofTypes } from './types';

export const evaluateSubscript = (m: Machine, expr: Subscript, scope: Scope): Value => {
  const value = m.evaluate(expr.value, scope);
  const key = m.evaluate(expr.index, scope);
  return distribute(m, value, (v) => subscript(m, v, key, expr));
};

export const subscript = (m: Machine, value: Value, key: Value, node: Node): Value => {
  switch (value.kind) {
    case 'tensor':
      return indexTensor(m, value, key, node);
    case 'tuple':
    case 'list':
    case 'str':
    case 'range':
    case 'iterator':
      return distribute(m, key, (k) => sequenceItem(m, value, k, node));
    case 'dict':
      return distribute(m, key, (k) => dictItem(m, value, k, node));
    case 'object': {
      const own = callMethodIfAny(m, value, '__getitem__', key);
      if (own) return own;
      const entries = entriesOf(value);
      if (entries) return distribute(m, key, (k) => entryOf(m, value, entries, k, node));
      return distribute(
        m,
        key,
        (k) =>
          (k.kind === 'slice' ? moduleSlice(m, value, k) : moduleElement(m, value, k, node)) ??
          unknown(`${value.cls.name}[…]`),
      );
    }
    case 'opaque': {
      const parts = value.type === 'dict' ? undefined : partsOfOpaque(m, value);
      if (parts && (key.kind === 'int' || key.kind === 'slice')) return subscript(m, list(parts), key, node);
      if (key.kind === 'slice' && value.tensors) return someTensors(m, value, key);
      const others = key.kind === 'slice' ? withoutOne(m, value, key) : undefined;
      if (others) return others;
      const path = pathOf(key);
      if (path === undefined) return value.tensors ? eachTensor(m, value) : unknown(`${value.path}[…]`);
      if (value.tensors) return innerTensor(m, value, `[${path}]`);
      return value.mixed ? likelyTensor(m, value, `[${path}]`) : opaquePart(value, `[${path}]`);
    }
    case 'class': {
      const own = classMember(value, '__class_getitem__');
      if (value.fieldsKind === 'enum' && key.kind === 'str')
        return value.attrs.get(key.value) ?? unknown(`${value.name}[…]`);
      return own ? unknown(`${value.name}[…]`) : ofTypes(value, key.kind === 'tuple' ? key.items : [key]);
    }
    case 'builtin':
      return value.name === OPEN_GRID ? openGrid(m, key, node) : unknown(`${value.name}[…]`);
    case 'none':
      if (value.declared) return unknown('an element of what is set from outside');
      return fail(m, 'TypeError', { code: 'not-subscriptable', data: { type: 'NoneType' }, names: [] }, node);
    default:
      return (
        (key.kind === 'int' ? pieceOf(m, value) : undefined) ??
        axisOfEntry(m, value, key) ??
        unknown('an element of something that is not known')
      );
  }
};

/** An entry of an instance that is a `dict`; its class may say what a missing one is. */
export const entryOf = (m: Machine, self: ObjectValue, entries: DictValue, key: Value, node: Node): Value => {
  const id = keyOf(key);
  const isMissing = id !== undefined && !entries.entries.has(id) && !entries.open;
  return (isMissing ? callMethodIfAny(m, self, '__missing__', key) : undefined) ?? dictItem(m, entries, key, node);
};

/** `numpy.ogrid[:3, :4]`: for each slice its numbers, along an axis of their own. */
const openGrid = (m: Machine, key: Value, node: Node): Value => {
  const keys = key.kind === 'tuple' ? key.items : [key];
  const axes = keys.map((one, axis): Value | undefined => {
    if (one.kind !== 'slice' || one.upper.kind === 'none') return undefined;
    const given = [one.lower, one.upper, one.step].map((v, i) => (v.kind === 'none' ? int(i === 0 ? 0 : 1) : v));
    const numbers = m.call(builtin('numpy.arange'), { positional: given, keywords: new Map() }, node);
    const places = keys.map((_, i) => (i === axis ? WHOLE : NONE));
    return keys.length === 1 ? numbers : subscript(m, numbers, tuple(places), node);
  });
  const known = axes.filter((axis) => axis !== undefined);
  const [only, more] = known;
  if (known.length < axes.length || !only) return unknown('a grid of something that is not known');
  return more ? tuple(known) : only;
};

const WHOLE: Value = { kind: 'slice', lower: NONE, upper: NONE, step: NONE };

const pathOf = (key: Value): string | undefined =>
  key.kind === 'int' && typeof key.value === 'number'
    ? String(key.value)
    : key.kind === 'str'
      ? `'${key.value}'`
      : undefined;

const indexTensor = (m: Machine, value: Extract<Value, { kind: 'tensor' }>, key: Value, node: Node): Value => {
  const open = undecided(m, [key]);
  if (open) {
    const again = () => indexTensor(m, value, key, node);
    return fork(m, open.condition, again, again, (a, b, sides) => joinValues(m, open.condition, a, b, sides));
  }
  const items = key.kind === 'tuple' ? key.items : [key];
  const keys = items.map((item) => settled(m, item));
  const call = { name: '[]', args: { positional: [value, ...keys], keywords: new Map() } };
  const result = settleOutcome(m, index(value, keys, m.context), node, call, 'IndexError');
  if (!memoryOf(value) || result.kind !== 'tensor') return result;
  const { elements } = value;
  const numbers = elements && placesOf(value.shape, items)?.flatMap((i) => elements[i] ?? []);
  if (!numbers || numbers.length !== numel(result.shape))
    return folded(m, '[]', { positional: [value], keywords: new Map() }, result);
  const [only] = numbers;
  if (only && value.lib === 'numpy' && result.shape.dims.length === 0) return only;
  const part: Value = { ...result, elements: shareNumbers(elements, numbers) };
  m.trace.sources.set(part, { values: [result] });
  return part;
};

type Sequence = Extract<Value, { kind: 'tuple' | 'list' | 'str' | 'range' | 'iterator' }>;

/** An element or a part of a sequence. */
export const sequenceItem = (m: Machine, value: Sequence, key: Value, node: Node): Value => {
  if (value.kind === 'str') return textItem(value.value, key);
  if (value.kind === 'iterator') return unknown('an element of an iterator');
  const sequence: Iteration =
    value.kind === 'tuple'
      ? { items: value.items, count: null }
      : value.kind === 'list'
        ? value
        : iterate(m, value, node);
  const { items, count } = sequence;
  if (key.kind === 'slice') return sliced(m, value.kind === 'tuple' ? 'tuple' : 'list', items, count, key);
  const at = key.kind === 'int' ? key.value : key.kind === 'bool' ? Number(key.value) : undefined;
  if (count !== null) {
    const known = typeof at === 'number' && value.kind === 'list' ? elementAt(value, at) : undefined;
    return nextOf(
      m,
      known ?? anyModuleOf(m, sequence) ?? items[0] ?? unknown('an element of a list of unknown length'),
    );
  }
  if (NO_INDICES.has(key.kind)) {
    const data = { op: '[]', argument: 'index', expected: 'int', found: key.kind };
    return fail(m, 'TypeError', { code: 'wrong-type', data, names: [] }, node);
  }
  if (typeof at !== 'number') return anyElement(m, items);
  const item = items.at(at);
  if (item) return item;
  return fail(m, 'IndexError', { code: 'index-range', data: { index: at, length: items.length }, names: [] }, node);
};

/** What is neither a number nor can stand for one. */
const NO_INDICES: ReadonlySet<Value['kind']> = new Set(['str', 'float', 'none', 'tuple', 'list', 'dict']);

const textItem = (text: string, key: Value): Value => {
  if (key.kind === 'int' && typeof key.value === 'number') return str(text.at(key.value) ?? '');
  const places = key.kind === 'slice' ? bounds(key, text.length) : undefined;
  return places ? str(places.map((i) => text[i]).join('')) : unknown('a part of a text');
};

const sliced = (
  m: Machine,
  kind: 'tuple' | 'list',
  items: readonly Value[],
  count: Dim | null,
  key: Extract<Value, { kind: 'slice' }>,
): Value => {
  if (count !== null) return list(items, m.context.unknownSize('the length of a slice'));
  const places = bounds(key, items.length);
  if (!places) return unknown('a slice whose ends are not known');
  const part = places.map((i) => items[i] ?? NONE);
  return kind === 'tuple' ? tuple(part) : list(part);
};

/** A key that may be any number, or has one in it. */
const isSymbolic = (key: Value): boolean =>
  key.kind === 'int' ? typeof key.value !== 'number' : key.kind === 'tuple' && key.items.some(isSymbolic);

const dictItem = (m: Machine, value: DictValue, key: Value, node: Node): Value => {
  const id = keyOf(key);
  if (id === undefined) return unknown('a key that is not known');
  const late = !value.entries.has(id) && !value.factory && mayBeRegistered(m, value, key);
  const held = value.entries.get(id);
  if (held) {
    const now = resolve(m, held.value);
    if (now.kind === 'either' && (now.yes === UNBOUND || now.no === UNBOUND))
      return distribute(m, now, (v) => (v === UNBOUND ? raise(m, 'KeyError', '', node) : v));
    return now.kind === 'unbound' ? raise(m, 'KeyError', '', node) : now;
  }
  if (value.factory) {
    const made = m.call(value.factory, { positional: [], keywords: new Map() }, node);
    touch(m.journal, value);
    value.entries.set(id, { key, value: made });
    return made;
  }
  if (value.open || late) return unknown('an entry that is not known');
  const keys = [key, ...[...value.entries.values()].map((entry) => entry.key)];
  if (value.entries.size > 0 && keys.some(isSymbolic)) return unknown('an entry whose key is a size');
  if (m.tries > 0) return raise(m, 'KeyError', id, node);
  if (mayHoldMore(m, value)) return unknown('an entry that is not known');
  return fail(m, 'KeyError', { code: 'missing-key', data: { key: id.slice(1) }, names: [] }, node);
};

export const assignSubscript = (m: Machine, target: Subscript, held: Value, scope: Scope): void => {
  const key = m.evaluate(target.index, scope);
  const container = m.evaluate(target.value, scope);
  if (container.kind === 'unknown' && target.value.kind === 'Subscript')
    anyHasMore(m, resolve(m, m.evaluate(target.value.value, scope)));
  const whole = resolve(m, container);
  const numbers = whole.kind === 'tensor' && whole.elements ? overwritten(m, whole, key, held) : undefined;
  distribute(m, container, (value) => {
    store(m, value, key, held, target);
    return NONE;
  });
  renumber(m, target.value, container, numbers, held, scope);
};

/** What knows its numbers (`scales[1:] = scales[0]`) holds others now: whoever names it sees those. */
const renumber = (
  m: Machine,
  at: Expr,
  container: Value,
  numbers: readonly NumberArg[] | undefined,
  held: Value,
  scope: Scope,
): void => {
  const value = resolve(m, container);
  if (value.kind !== 'tensor') return;
  if (!value.elements) {
    // A row of a table that knows its numbers: `table[0][1] = 3`.
    if (at.kind === 'Subscript') renumber(m, at.value, m.evaluate(at.value, scope), undefined, held, scope);
    return;
  }
  const { elements, ...rest } = value;
  const now: Value = numbers ? { ...rest, elements: shareNumbers(elements, numbers) } : rest;
  m.trace.sources.set(now, { values: [value, held] });
  if (at.kind === 'Name') assignName(m, at.id, now, scope);
  else if (at.kind === 'Attribute') setAttribute(m, m.evaluate(at.value, scope), at.attr, now, at);
  else if (at.kind === 'Subscript') assignSubscript(m, at, now, scope);
};

/** The numbers of a row when some are written over; undefined where they are not known. */
const overwritten = (m: Machine, value: TensorValue, key: Value, held: Value): readonly NumberArg[] | undefined => {
  const { elements = [], dtype, shape } = value;
  const given = numbersOf(resolve(m, held));
  const at = key.kind === 'int' && typeof key.value === 'number' ? [key.value] : undefined;
  const places = at ?? (key.kind === 'slice' ? bounds(key, elements.length) : undefined);
  if (shape.dims.length !== 1 || !places || !given || (given.length !== 1 && given.length !== places.length)) return;
  const now = [...elements];
  for (const [i, place] of places.entries()) {
    const number = given[given.length === 1 ? 0 : i];
    if (number !== undefined) now.splice(place, 1, elementOf(number, dtype));
  }
  return now;
};

/** Something was stored in an element, and nobody knows in which one. */
const anyHasMore = (m: Machine, value: Value): void => {
  if (value.kind !== 'list' && value.kind !== 'tuple') return;
  for (const item of value.items) {
    if (item.kind !== 'dict') continue;
    touch(m.journal, item);
    item.open = true;
  }
};

/** What `value[key] = held` does to a value. */
export const store = (m: Machine, value: Value, key: Value, held: Value, node: Node): void => {
  switch (value.kind) {
    case 'dict': {
      const id = keyOf(key);
      touch(m.journal, value);
      if (id === undefined) value.open = true;
      else value.entries.set(id, { key, value: held });
      reflect(m, value, key, held);
      return;
    }
    case 'list':
      storeItem(m, value, key, held);
      return;
    case 'tensor': {
      forgetNumbers(value);
      if (undecided(m, [key, held])) return;
      const items = key.kind === 'tuple' ? key.items : [key];
      const keys = items.map((item) => settled(m, item));
      const put = settled(m, held);
      const call = { name: '[]=', args: { positional: [value, ...keys, put], keywords: new Map() } };
      settleOutcome(m, setIndex(value, keys, put, m.context), node, call);
      return;
    }
    case 'object': {
      if (callMethodIfAny(m, value, '__setitem__', key, held)) return;
      const entries = entriesOf(value);
      if (entries) store(m, entries, key, held, node);
      else
        m.call(builtin('torch.nn.Module.__setitem__', value), { positional: [key, held], keywords: new Map() }, node);
      return;
    }
    case 'opaque':
      m.trace.changed.add(value.path);
      return;
    default:
      return;
  }
};

export const deleteItem = (m: Machine, container: Value, key: Value): void => {
  const value = asPlain(container);
  const id = keyOf(key);
  if (value.kind === 'dict' && id !== undefined) {
    touch(m.journal, value);
    value.entries.delete(id);
    unreflect(m, value, key);
  } else if (value.kind === 'list' && value.count === null) {
    const places =
      key.kind === 'slice'
        ? bounds(key, value.items.length)
        : key.kind === 'int' && typeof key.value === 'number'
          ? [key.value < 0 ? key.value + value.items.length : key.value]
          : undefined;
    touch(m.journal, value);
    if (places) value.items = value.items.filter((_, i) => !places.includes(i));
    else scatter(m, value, 'what is left of a list');
  } else if (value.kind === 'object') {
    if (callMethodIfAny(m, value, '__delitem__', key)) return;
    const owner = value.cls.mro.find(({ path }) => path && m.native.has(`${path}.__delitem__`));
    const name = `${owner?.path ?? 'torch.nn.Module'}.__delitem__`;
    m.call(builtin(name, value), { positional: [key], keywords: new Map() }, undefined);
  }
};
