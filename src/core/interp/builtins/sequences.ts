import { max as maxDim, min as minDim, sub } from '../../dims';
import type { Expr, Node } from '../../syntax';
import {
  bool,
  FALSE,
  int,
  iterator,
  list,
  NONE,
  opaqueLength,
  type Part,
  tuple,
  unknown,
  type Value,
} from '../../values';
import { rankMark } from '../asked-ranks';
import { distribute, resolve } from '../branch';
import { compare } from '../comparisons';
import { fail, raise } from '../faults';
import { anyModuleOf } from '../general';
import { allItems, isStepwise, iterate, take } from '../iteration';
import { type Machine, NO_ARGS } from '../machine';
import { entriesOf } from '../mappings';
import { elementsOf, isMapping, isSequence, sequenceOfModules } from '../modules';
import { binaryOperation, not } from '../operators';
import { representative, type Sequence } from '../parts';
import { callMethodIfAny } from '../protocols';
import { numberOf } from '../scalars';
import { shortCircuit, truth } from '../truth';
import type { Native, NativeTable } from './native';
import { sizeOf } from './numbers';

const NODE: Expr = { kind: 'ErrorExpr', start: 0, end: 0 };

const lengthOf = (m: Machine, v: Value, node: Node | undefined): Value => {
  switch (v.kind) {
    case 'tuple':
      return int(v.items.length);
    case 'list':
      return int(v.count ?? v.items.length);
    case 'str':
      return int(v.value.length);
    case 'dict':
    case 'set':
      return v.open ? unknown('the number of entries') : int(v.entries.size);
    case 'range':
      return v.step === 1
        ? int(maxDim(0, sub(v.stop, v.start)))
        : int(iterate(m, v, NODE).count ?? iterate(m, v, NODE).items.length);
    case 'tensor': {
      if (!v.shape.rest && v.shape.dims.length === 0)
        return fail(m, 'TypeError', { code: 'not-iterable', data: { op: 'len' }, names: [] }, node);
      const size = v.shape.rest?.at === 0 ? undefined : v.shape.dims[0];
      return size === undefined ? int(m.context.unknownSize('the first axis')) : int(size);
    }
    case 'object': {
      const own = callMethodIfAny(m, v, '__len__');
      if (own) return own;
      const entries = entriesOf(v);
      if (entries) return lengthOf(m, entries, node);
      if (isSequence(v)) {
        const { count, items } = sequenceOfModules(m, v);
        return int(count ?? items.length);
      }
      return isMapping(v) ? int(v.count ?? elementsOf(m, v).length) : unknown('len()');
    }
    case 'opaque':
      return v.type === undefined || v.type === 'list' ? int(opaqueLength(v)) : unknown('len()');
    case 'unknown': {
      const tensor = m.shapesOfEntries.get(v);
      return tensor ? rankMark(m, tensor) : unknown('len()');
    }
    default:
      return unknown('len()');
  }
};

const length: Native = ({ m, at, node }) => distribute(m, at(0) ?? NONE, (v) => lengthOf(m, v, node));

const range: Native = ({ args, m }) => {
  const sizes = args.positional.map((v) => sizeOf(resolve(m, v)));
  if (sizes.includes(undefined)) {
    return { kind: 'range', start: 0, stop: m.context.unknownSize('the end of a range'), step: 1 };
  }
  const [a = 0, b, c = 1] = sizes;
  return b === undefined
    ? { kind: 'range', start: 0, stop: a, step: 1 }
    : { kind: 'range', start: a, stop: b, step: c };
};

const enumerate: Native = ({ m, at, node }) => {
  const start = at(1, 'start');
  const from = start?.kind === 'int' && typeof start.value === 'number' ? start.value : 0;
  return distribute(m, at(0, 'iterable') ?? NONE, (v) => {
    const { items, count, parts } = iterate(m, v, node ?? NODE);
    if (count !== null && parts) return iterator(items.map(counted(m)), count, numbered(m, parts, from));
    if (count !== null)
      return iterator(
        items.map((item) => tuple([int(m.context.unknownSize('a counter')), item])),
        count,
      );
    return iterator(items.map((item, i) => tuple([int(from + i), item])));
  });
};

const counted =
  (m: Machine) =>
  (item: Value): Value =>
    tuple([int(m.context.unknownSize('a counter')), item]);

/** The elements of parts with their numbers: known ones as long as it is known how many stand before. */
const numbered = (m: Machine, parts: readonly Part[], from: number): readonly Part[] => {
  let at: number | undefined = from;
  return parts.map(({ items, count }) => {
    if (count !== 1 || at === undefined) {
      at = undefined;
      return { items: items.map(counted(m)), count };
    }
    const start = at;
    at += items.length;
    return { items: items.map((item, i) => tuple([int(start + i), item])), count };
  });
};

const zip: Native = ({ m, args, node }) => {
  const given = args.positional.map((v) => resolve(m, v));
  const all: readonly Sequence[] = given.map((v) => (isStepwise(v) ? v : iterate(m, v, node ?? NODE)));
  const counted = all.filter((i) => i.count === null);
  if (counted.length < all.length || args.rest) {
    const firsts = all.map((i) => anyModuleOf(m, i) ?? representative(i.items));
    const shortest = counted.length > 0 ? undefined : all[0]?.count;
    return iterator([tuple(firsts)], shortest ?? m.context.unknownSize('how many pairs'));
  }
  // An iterator that stands there twice gives each of its elements once: `zip(it, it)`.
  const rows: Value[] = [];
  const row = (): readonly Value[] | undefined => {
    const items: Value[] = [];
    for (const [i, { items: known }] of all.entries()) {
      const source = given[i];
      const item = source && isStepwise(source) ? take(m, source) : known[rows.length];
      if (!item) return undefined;
      items.push(item);
    }
    return items.length > 0 ? items : undefined;
  };
  for (let next = row(); next; next = row()) rows.push(tuple(next));
  return iterator(rows);
};

const map: Native = ({ m, at, args, node }) => {
  const fn = at(0) ?? NONE;
  const [only, ...more] = args.positional.slice(1).map((v) => iterate(m, resolve(m, v), node ?? NODE));
  if (!only) return unknown('map()');
  const results = only.items.map((item, i) =>
    m.call(fn, { positional: [item, ...more.map((o) => elementOf(o, i))], keywords: new Map() }, node),
  );
  return iterator(results, only.count);
};

/** What a sequence has at a place; one of unknown length the same at every place. */
const elementOf = ({ items, count }: Sequence, i: number): Value =>
  count === null ? (items[i] ?? NONE) : representative(items);

const filter: Native = ({ m, at, node }) => {
  const fn = at(0) ?? NONE;
  const { items, count } = iterate(m, resolve(m, at(1) ?? NONE), node ?? NODE);
  const kept: Value[] = [];
  let open = count !== null;
  for (const item of items) {
    const answer = fn.kind === 'none' ? item : m.call(fn, { positional: [item], keywords: new Map() }, node);
    const test = truth(m, answer);
    if (test.kind !== 'known') open = true;
    if (test.kind !== 'known' || test.value) kept.push(item);
  }
  return open ? iterator([representative(kept)], m.context.unknownSize('how many pass the filter')) : iterator(kept);
};

const reversed: Native = ({ m, at, node }) =>
  distribute(m, at(0) ?? NONE, (v) => {
    const { items, count } = iterate(m, v, node ?? NODE);
    return iterator([...items].reverse(), count);
  });

const sorted: Native = ({ m, at, args, node }) => {
  const items = allItems(m, resolve(m, at(0) ?? NONE), node ?? NODE);
  if (!items) return unknown('sorted()');
  const key = args.keywords.get('key');
  const asked = truth(m, args.keywords.get('reverse') ?? FALSE);
  const backwards = asked.kind === 'known' && asked.value;
  // What is equal keeps its order, backwards too.
  const given = backwards ? [...items].reverse() : items;
  const keyed = given.map((item) => {
    const by = key && key.kind !== 'none' ? m.call(key, { positional: [item], keywords: new Map() }, node) : item;
    return { item, asked: by, key: rank(m, by) };
  });
  const inOrder = keyed.some((k) => k.key === undefined)
    ? orderedByThemselves(m, keyed)
    : keyed.sort((a, b) => order(a.key, b.key));
  if (!inOrder || asked.kind !== 'known') return list(items.map(() => unknown('the order is not known')));
  const result = inOrder.map((k) => k.item);
  return list(backwards ? result.reverse() : result);
};

/** What says itself which of two is less (`__lt__`), in order; undefined where it leaves that open. */
const orderedByThemselves = <T extends { readonly asked: Value }>(m: Machine, all: readonly T[]): T[] | undefined => {
  const result: T[] = [];
  for (const one of all) {
    let place = result.length;
    for (; place > 0; place--) {
      const less = truth(m, compare(m, '<', one.asked, result[place - 1]?.asked ?? NONE, NODE));
      if (less.kind !== 'known') return undefined;
      if (!less.value) break;
    }
    result.splice(place, 0, one);
  }
  return result;
};

type Rank = number | string | readonly Rank[];

const rank = (m: Machine, value: Value): Rank | undefined => {
  if (value.kind === 'str') return value.value;
  if (value.kind === 'tuple') {
    const parts = value.items.map((i) => rank(m, i));
    return parts.includes(undefined) ? undefined : parts.filter((p): p is Rank => p !== undefined);
  }
  return numberOf(value);
};

const order = (a: Rank | undefined, b: Rank | undefined): number => {
  if (typeof a === 'object' && typeof b === 'object') {
    for (const [i, x] of a.entries()) {
      const by = order(x, b[i]);
      if (by !== 0) return by;
    }
    return a.length - b.length;
  }
  return a === b || a === undefined || b === undefined ? 0 : a < b ? -1 : 1;
};

const sum: Native = ({ m, at, node }) => {
  const { items, count } = iterate(m, resolve(m, at(0) ?? NONE), node ?? NODE);
  if (count !== null) return unknown('a sum of an unknown number of terms');
  const start = at(1, 'start') ?? int(0);
  const expr = { kind: 'ErrorExpr', start: node?.start ?? 0, end: node?.end ?? 0 } as const;
  return items.reduce((total, item) => binaryOperation(m, '+', total, item, expr), start);
};

const extreme =
  (which: 'min' | 'max'): Native =>
  ({ m, args, node, at }) => {
    const given = args.positional.length === 1 ? allItems(m, resolve(m, at(0) ?? NONE), node ?? NODE) : args.positional;
    const key = args.keywords.get('key');
    if (!given) return unknown(which);
    if (given.length === 0) return args.keywords.get('default') ?? unknown(which);
    if (key && key.kind !== 'none')
      return extremeBy(m, which, given, (v) => m.call(key, { positional: [v], keywords: new Map() }, node));
    return given.reduce((a, b) => larger(m, which, a, b));
  };

/** The first of the values for which a key is largest or smallest, where all keys are known. */
const extremeBy = (m: Machine, which: 'min' | 'max', given: readonly Value[], key: (v: Value) => Value): Value => {
  let best: { readonly value: Value; readonly key: number } | undefined;
  for (const value of given) {
    const number = numberOf(resolve(m, key(value)));
    if (number === undefined) return unknown(which);
    if (!best || (which === 'max' ? number > best.key : number < best.key)) best = { value, key: number };
  }
  return best?.value ?? unknown(which);
};

const larger = (m: Machine, which: 'min' | 'max', left: Value, right: Value): Value =>
  distribute(m, left, (a) =>
    distribute(m, right, (b) => {
      const [x, y] = [sizeOf(a), sizeOf(b)];
      if (x !== undefined && y !== undefined) return int(which === 'max' ? maxDim(x, y) : minDim(x, y));
      const [p, q] = [numberOf(a), numberOf(b)];
      if (p !== undefined && q !== undefined) return (which === 'max' ? p >= q : p <= q) ? a : b;
      if (a.kind !== 'object' && b.kind !== 'object') return unknown(which);
      const other = truth(m, compare(m, which === 'max' ? '>' : '<', b, a, NODE));
      return other.kind === 'known' ? (other.value ? b : a) : unknown(which);
    }),
  );

const quantifier =
  (op: 'and' | 'or'): Native =>
  ({ m, at, node }) => {
    const { items, count } = iterate(m, resolve(m, at(0) ?? NONE), node ?? NODE);
    if (count !== null) return unknown(op === 'and' ? 'all()' : 'any()');
    const step = (i: number): Value => {
      const item = items[i];
      if (!item) return bool(op === 'and');
      const test = truth(m, item);
      if (test.kind === 'known') return test.value === (op === 'or') ? bool(test.value) : step(i + 1);
      return shortCircuit(m, op, not(m, not(m, item)), () => step(i + 1));
    };
    return step(0);
  };

const next: Native = ({ m, at, node }) => {
  const given = resolve(m, at(0) ?? NONE);
  if (given.kind !== 'iterator') return unknown('next()');
  // Whether there is another one is not known; where none would be an error, there is.
  if (given.count !== null) return at(1) ? unknown('next()') : representative(given.items);
  const item = take(m, given) ?? (given.endless ? undefined : at(1));
  if (item) return item;
  // `while True: try: x = next(it) except StopIteration: break`.
  return m.tries > 0 && !given.endless ? raise(m, 'StopIteration', '', node) : unknown('next()');
};

/** More calls than this of a function that ends an iterator by what it gives are not made. */
const CALLS = 256;

/** `iter(function, sentinel)`: what calls give until one of them gives the sentinel. */
const until = (m: Machine, fn: Value, sentinel: Value, node: Node | undefined): Value => {
  const items: Value[] = [];
  for (let i = 0; i < CALLS; i++) {
    const item = m.call(fn, NO_ARGS, node);
    const isLast = truth(m, compare(m, '==', item, sentinel, NODE));
    if (isLast.kind !== 'known') break;
    if (isLast.value) return iterator(items);
    items.push(item);
  }
  return iterator([], m.context.unknownSize('how many calls'));
};

export const sequenceFunctions: NativeTable = {
  len: length,
  range,
  enumerate,
  zip,
  map,
  filter,
  reversed,
  sorted,
  sum,
  min: extreme('min'),
  max: extreme('max'),
  all: quantifier('and'),
  any: quantifier('or'),
  iter: ({ m, at, node }) =>
    distribute(m, at(0) ?? NONE, (v) => {
      const sentinel = at(1);
      if (sentinel) return until(m, v, sentinel, node);
      if (v.kind === 'iterator') return v;
      const { items, count } = iterate(m, v, node ?? NODE);
      return iterator(items, count);
    }),
  next,
  'builtins.range()': range,
};
