import { add, floorDiv, simplify, sub } from '../dims';
import { index } from '../ops';
import type { Node } from '../syntax';
import {
  type IteratorValue,
  int,
  keptItems,
  type OpaqueValue,
  opaqueLength,
  opaquePart,
  str,
  toArg,
  touch,
  unknown,
  type Value,
} from '../values';
import { eachTensor, innerTensor } from './entries';
import { raise } from './faults';
import type { Machine } from './machine';
import { entriesOf } from './mappings';
import { shareNumbers } from './memory';
import { moduleItems } from './modules';
import { folded } from './numbers';
import { settleOutcome } from './outcomes';
import type { Sequence } from './parts';
import { callMethodIfAny, classMember } from './protocols';

/**
 * What a loop would see: the elements, when `count` is null; otherwise one element that stands for each of `count`
 * ones (`items` has it, or is empty when not even that is known).
 */
export type Iteration = Sequence & {
  /** What the first turn sees and what the others do, where that is known better than what all of them have. */
  readonly first?: Value | undefined;
  readonly later?: Value | undefined;
};

const known = (items: readonly Value[]): Iteration => ({ items, count: null });

/** More elements than this are not unrolled. */
const UNROLLED = 4096;

/** Goes through a value as `for` does. Alternatives are joined by the caller: here they make the elements unknown. */
export const iterate = (m: Machine, value: Value, node: Node): Iteration => {
  switch (value.kind) {
    case 'tuple':
      return known(value.items);
    case 'list': {
      const items = keptItems(value);
      const first = value.count === null ? undefined : items[0];
      return { items, count: value.count, first, parts: value.parts, optional: value.optional };
    }
    case 'iterator': {
      if (value.endless && isAtEnd(value)) return unclear(m);
      touch(m.journal, value);
      const items = value.items.slice(value.at);
      value.at = value.items.length;
      return { items, count: value.count, parts: value.parts };
    }
    case 'range':
      return rangeItems(m, value);
    case 'dict':
      return value.open
        ? unclear(m)
        : known([...value.entries.values()].filter((e) => e.value.kind !== 'unbound').map((e) => e.key));
    case 'set':
      return value.open ? unclear(m) : known([...value.entries.values()]);
    case 'str':
      return known([...value.value].map(str));
    case 'tensor':
      return tensorItems(m, value, node);
    case 'object':
      return objectItems(m, value, node);
    case 'class':
      return value.fieldsKind === 'enum'
        ? known([...value.attrs.values()].filter((v) => v.kind === 'object' && v.cls === value))
        : unclear(m);
    case 'opaque':
      if (value.type === 'dict') return unclear(m);
      return opaqueItems(m, value);
    case 'none':
      if (value.declared) return unclear(m);
      return raise(m, 'TypeError', `'NoneType' object is not iterable`, node);
    case 'bool':
    case 'int':
    case 'float':
      return raise(m, 'TypeError', `'${value.kind}' object is not iterable`, node);
    default:
      return unclear(m);
  }
};

/** What an iterator gives next, and has given then; undefined at its end. */
export const take = (m: Machine, source: IteratorValue): Value | undefined => {
  const item = source.items[source.at];
  if (item) {
    touch(m.journal, source);
    source.at++;
  }
  return item;
};

/** Whether an iterator knows its elements one by one: what goes through it takes as many as it needs. */
export const isStepwise = (value: Value): value is IteratorValue =>
  value.kind === 'iterator' && value.count === null && !value.parts && !(value.endless && isAtEnd(value));

const isAtEnd = ({ at, items }: IteratorValue): boolean => at === items.length;

/** What an iterator gives until its end. */
export function* takenFrom(m: Machine, source: IteratorValue): Generator<Value> {
  for (let item = take(m, source); item; item = take(m, source)) yield item;
}

/** More elements than this of a parameter are not told apart. */
const TOLD = 64;

/**
 * The elements of a parameter or of a list of tensors that is an input, where the code has asked how many there are:
 * `if len(depths) != 4: raise`, `assert len(feats) == len(self.strides)`.
 */
export const partsOfOpaque = (m: Machine, value: OpaqueValue): readonly Value[] | undefined => {
  const length = simplify(m.facts, opaqueLength(value));
  if (typeof length !== 'number' || length < 0 || length > TOLD || m.trace.changed.has(value.path)) return undefined;
  const part = value.tensors ? innerTensor : (_: Machine, whole: OpaqueValue, at: string) => opaquePart(whole, at);
  return Array.from({ length }, (_, i) => part(m, value, `[${i}]`));
};

const opaqueItems = (m: Machine, value: OpaqueValue): Iteration => {
  const parts = partsOfOpaque(m, value);
  if (value.tensors && !parts) return { ...unclear(m), items: [eachTensor(m, value)] };
  if (parts) return known(parts);
  const count = value.type === 'list' ? opaqueLength(value) : m.context.unknownSize('how often is not known');
  return { items: [], count, first: opaquePart(value, '[0]') };
};

const unclear = (m: Machine): Iteration => ({ items: [], count: m.context.unknownSize('how often is not known') });

const rangeItems = (m: Machine, { start, stop, step }: Extract<Value, { kind: 'range' }>): Iteration => {
  if (typeof start === 'number' && typeof stop === 'number' && typeof step === 'number') {
    if (step === 0) return known([]);
    const items: Value[] = [];
    for (let at = start; step > 0 ? at < stop : at > stop; at += step) {
      if (items.length >= UNROLLED)
        return { items: [int(m.context.unknownSize('a counter'))], count: Math.ceil((stop - start) / step) };
      items.push(int(at));
    }
    return known(items);
  }
  const count =
    step === 1
      ? sub(stop, start)
      : typeof step === 'number' && step > 0
        ? floorDiv(add(sub(stop, start), step - 1), step)
        : m.context.unknownSize('a count');
  const items = [int(m.context.unknownSize('a counter'))];
  return start === 0 ? { items, count, first: int(0), later: laterCounter(m) } : { items, count };
};

/** The counter of a turn after the first: at least 1, without a fact that would stay behind. */
const laterCounter = (m: Machine): Value => int(add(m.context.unknownSize('a counter'), 1));

const tensorItems = (m: Machine, value: Extract<Value, { kind: 'tensor' }>, node: Node): Iteration => {
  const first = value.shape.rest?.at === 0 ? undefined : value.shape.dims[0];
  const count = first ?? m.context.unknownSize('the first axis');
  const { elements } = value;
  if (elements && value.shape.dims.length === 1)
    return known(
      elements.map((e) =>
        value.lib === 'numpy' ? e : { ...value, shape: { dims: [] }, elements: shareNumbers(elements, [e]) },
      ),
    );
  if (first === 0) return known([]);
  const key = toArg(int(0));
  const call = { name: '[]', args: { positional: [value, key], keywords: new Map() } };
  const item = folded(
    m,
    '[]',
    { positional: [value, int(0)], keywords: new Map() },
    settleOutcome(m, index(value, [key], m.context), node, call),
  );
  if (typeof count !== 'number' || count > 256) return { items: [item], count };
  const { length = 0 } = elements ?? [];
  const rows = Array.from({ length: count }, (_row, i): Value => {
    const row = i === 0 ? item : alike(m, item);
    if (!elements || row.kind !== 'tensor') return row;
    const numbers = elements.slice((i * length) / count, ((i + 1) * length) / count);
    const { fill: _fill, ...rest } = row;
    const told: Value = { ...rest, elements: shareNumbers(elements, numbers) };
    m.trace.sources.set(told, { values: [row] });
    return told;
  });
  return known(rows);
};

/** One more that is alike: what is decided of the first says nothing of the second. */
const alike = (m: Machine, item: Value): Value => {
  const one = { ...item };
  m.trace.sources.set(one, { values: [item] });
  return one;
};

const objectItems = (m: Machine, value: Extract<Value, { kind: 'object' }>, node: Node): Iteration => {
  const own = callMethodIfAny(m, value, '__iter__');
  if (own && own !== value) return iterate(m, own, node);
  const items = moduleItems(m, value);
  if (items) return items;
  const entries = entriesOf(value);
  if (entries) return iterate(m, entries, node);
  return numberedItems(m, value) ?? unclear(m);
};

/** The elements of what has a length and is asked for them by number, as Python's `Sequence` goes through itself. */
const numberedItems = (m: Machine, value: Extract<Value, { kind: 'object' }>): Iteration | undefined => {
  if (classMember(value.cls, '__getitem__')?.value.kind !== 'function') return undefined;
  const length = callMethodIfAny(m, value, '__len__');
  if (length?.kind !== 'int' || typeof length.value !== 'number' || length.value > TOLD) return undefined;
  const numbers = Array.from({ length: length.value }, (_, i) => int(i));
  return known(numbers.map((i) => callMethodIfAny(m, value, '__getitem__', i) ?? unknown('an element')));
};

/** The elements as one list, when they are all known. */
export const allItems = (m: Machine, value: Value, node: Node): readonly Value[] | undefined => {
  const { items, count } = iterate(m, value, node);
  return count === null ? items : undefined;
};
