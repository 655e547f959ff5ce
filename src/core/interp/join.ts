import { type Dim, same, simplify } from '../dims';
import { batchFirst } from '../ops';
import { type Shape, sameShape, simplifyShape } from '../shapes';
import {
  type Choice,
  type Content,
  contentOf,
  type DictEntry,
  FALSE,
  type HeapValue,
  int,
  restore,
  type TensorValue,
  TRUE,
  touch,
  UNBOUND,
  unknown,
  type Value,
} from '../values';
import { alike } from './alike';
import { type Birth, isNew } from './birth';
import { demandAxes } from './demands';
import { givenChoice } from './exploring';
import { alternatives, anyModule, blend, eitherFloat, generalise, widen } from './general';
import type { Machine, Sides } from './machine';
import { byParity } from './parity';

/** How many alternatives a value may have before it is widened. */
const ALTERNATIVES = 4;

/** How many conditions may choose among them. */
const LEAVES = 10;

/** The value that is `a` when the choice holds and `b` when it does not. */
export const joinValues = (m: Machine, choice: Choice, a: Value, b: Value, sides: Sides): Value => {
  if (a === b) return a;
  if (a.kind === 'either' && a.condition.key === choice.key) return joinValues(m, choice, a.yes, b, sides);
  if (b.kind === 'either' && b.condition.key === choice.key) return joinValues(m, choice, a, b.no, sides);
  const merged = merge(m, choice, a, b, sides);
  if (merged) return merged;
  const no = sharing(b, alternatives(a));
  const all = [...alternatives(a), ...alternatives(no)];
  if (new Set(all).size > ALTERNATIVES || all.length > LEAVES) return widen(m, a, b);
  return { kind: 'either', condition: choice, yes: a, no };
};

/** The value with layers of a library that are alike in all but the path that they are on replaced by those given. */
const sharing = (value: Value, given: readonly Value[]): Value => {
  if (value.kind === 'either') return { ...value, yes: sharing(value.yes, given), no: sharing(value.no, given) };
  if (value.kind !== 'object' || value.cls.path === undefined || !value.cls.layer) return value;
  return given.find((one) => alike(one, value)) ?? value;
};

/** An input for which a tensor stands in where it is left out (`x if y is None else y`) has as many axes as that. */
const supposeAlike = (m: Machine, choice: Choice, a: TensorValue, b: TensorValue): void => {
  for (const [tensor, other] of [
    [a, b],
    [b, a],
  ] as const)
    if (
      tensor.shape.rest &&
      choice.key === givenChoice(tensor.origin ?? '').key &&
      !other.shape.rest &&
      m.context.supposes
    )
      demandAxes(m, { tensor, axes: batchFirst(other.shape.dims.length), open: false, usual: 'always' }, undefined);
};

/** One value that is right on both sides, or undefined. */
const merge = (m: Machine, choice: Choice, a: Value, b: Value, sides: Sides): Value | undefined => {
  if (a.kind !== b.kind) return undefined;
  switch (a.kind) {
    case 'none':
    case 'unbound':
    case 'ellipsis':
    case 'device':
      return a;
    case 'bool':
      if (b.kind === 'bool') return a.value === b.value ? a : undefined;
      return undefined;
    case 'str':
      return b.kind === 'str' && a.value === b.value ? a : undefined;
    case 'dtype':
      return b.kind === 'dtype' && a.name === b.name ? a : undefined;
    case 'float':
      if (b.kind !== 'float' || a.imaginary !== b.imaginary) return undefined;
      return a.value !== undefined && a.value === b.value ? a : eitherFloat(a, b);
    case 'int': {
      if (b.kind !== 'int') return undefined;
      const size = mergeDims(a.value, b.value, sides) ?? byParity(choice.relation, a.value, b.value);
      return size === undefined ? undefined : int(size);
    }
    case 'tensor':
      if (b.kind !== 'tensor') return undefined;
      supposeAlike(m, choice, a, b);
      return mergeTensors(m, choice, a, b, sides);
    case 'tuple': {
      if (b.kind !== 'tuple' || a.items.length !== b.items.length || a.named !== b.named) return undefined;
      return { ...a, items: a.items.map((item, i) => joinValues(m, choice, item, b.items[i] ?? UNBOUND, sides)) };
    }
    case 'unknown': {
      const joined = unknown(a.why);
      m.trace.sources.set(joined, { values: [a, b], choice });
      return joined;
    }
    case 'method':
      return b.kind === 'method' && a.self === b.self && a.func === b.func ? a : undefined;
    case 'op':
      return b.kind === 'op' && a.family === b.family ? a : undefined;
    case 'builtin':
      return b.kind === 'builtin' && a.name === b.name && a.self === b.self ? a : undefined;
    case 'namespace':
      return b.kind === 'namespace' && a.path === b.path ? a : undefined;
    case 'opaque':
      return b.kind === 'opaque' && a.path === b.path ? a : undefined;
    case 'either':
      return b.kind === 'either' && a.condition.key === b.condition.key
        ? joinEithers(m, choice, a, b, sides)
        : undefined;
    default:
      return undefined;
  }
};

const joinEithers = (
  m: Machine,
  choice: Choice,
  a: Extract<Value, { kind: 'either' }>,
  b: Extract<Value, { kind: 'either' }>,
  sides: Sides,
): Value => {
  const yes = joinValues(m, choice, a.yes, b.yes, sides);
  const no = joinValues(m, choice, a.no, b.no, sides);
  if (yes === no) return yes;
  return { kind: 'either', condition: a.condition, yes, no };
};

/** A size that is right on both sides: the general one, when the other side's facts make it the special one. */
const mergeDims = (a: Dim, b: Dim, sides: Sides): Dim | undefined => {
  if (same(a, b)) return a;
  if (same(simplify(sides.yes, b), simplify(sides.yes, a))) return b;
  if (same(simplify(sides.no, a), simplify(sides.no, b))) return a;
  return undefined;
};

const mergeShapes = (a: Shape, b: Shape, sides: Sides): Shape | undefined => {
  if (sameShape(a, b)) return a;
  if (sameShape(simplifyShape(sides.yes, b), simplifyShape(sides.yes, a))) return b;
  if (sameShape(simplifyShape(sides.no, a), simplifyShape(sides.no, b))) return a;
  return undefined;
};

const mergeTensors = (
  m: Machine,
  choice: Choice,
  a: TensorValue,
  b: TensorValue,
  sides: Sides,
): TensorValue | undefined => {
  // Two parameters are not one: which of them is there may decide how many numbers a module holds.
  if (a.parameter?.trained && b.parameter?.trained && a.parameter.id !== b.parameter.id) return undefined;
  const shape = mergeShapes(a.shape, b.shape, sides);
  return shape && blend(m, a, b, shape, choice);
};

/**
 * Joins the heap after two sides; both maps hold the content of what their side changed. What is new since
 * `start` was made by one side and cannot be reached on the other: it stays as it is.
 */
export const joinContents = (
  m: Machine,
  choice: Choice,
  yes: ReadonlyMap<HeapValue, Content>,
  no: ReadonlyMap<HeapValue, Content>,
  sides: Sides,
  start?: Birth,
): void => {
  for (const value of new Set([...yes.keys(), ...no.keys()])) {
    const [a, b] = [yes.get(value), no.get(value)];
    const own = start && isNew(value, start) ? (a ?? b) : undefined;
    const base = contentOf(value);
    touch(m.journal, value);
    restore(value, own ?? joinContent(m, choice, a ?? base, b ?? base, sides));
  }
};

const joinContent = (m: Machine, choice: Choice, a: Content, b: Content, sides: Sides): Content => {
  // What an iterator gives next is not known where one side has taken more from it than the other.
  if (a.at !== b.at) return { items: [], at: 0, endless: true };
  return joinSame(m, choice, a, b, sides);
};

const joinSame = (m: Machine, choice: Choice, a: Content, b: Content, sides: Sides): Content => ({
  ...(a.map && b.map && { map: joinMaps(m, choice, a.map, b.map, sides) }),
  ...joinItems(m, choice, a, b, sides),
  ...(a.at !== undefined && { at: a.at, endless: a.endless }),
  ...(a.open !== undefined && { open: a.open || b.open === true }),
});

const joinItems = (m: Machine, choice: Choice, a: Content, b: Content, sides: Sides): Content => {
  const kept = a.optional === b.optional && a.optional ? { optional: a.optional } : {};
  if (!a.items || !b.items) return a.count === undefined ? {} : { count: a.count, ...kept };
  const other = b.items;
  if (a.items === other && a.parts === b.parts)
    return { items: a.items, ...(a.count !== undefined && { count: a.count }), parts: a.parts, ...kept };
  if (a.items.length === other.length && a.count === b.count) {
    const items = a.items.map((item, i) => joinValues(m, choice, item, other[i] ?? UNBOUND, sides));
    return { items, ...(a.count !== undefined && { count: a.count }) };
  }
  // Lists of different lengths: what is known is one element of either kind, and how many nobody knows.
  const count = m.context.unknownSize('the length of a list that depends on a condition');
  const told = [...toldOf(a), ...toldOf(b)];
  const [first, ...others] = told;
  if (!first) return { items: [], count: null, parts: undefined };
  const isOptional = a.items.length === 0 || other.length === 0;
  const element = isOptional
    ? (anyModule(m, told) ?? unknown('an element that is there under a condition'))
    : others.reduce((x, y) => generalise(m, x, y), first);
  return { items: [element], count, parts: undefined, optional: optionalItems(m, choice, a, b, sides) };
};

/** All that is known of single elements. */
const toldOf = ({ items = [], parts }: Content): readonly Value[] => parts?.flatMap((part) => part.items) ?? items;

/** More elements than these are not told apart. */
const OPTIONAL = 24;

/** The elements that lists of different lengths have, each where its side has it. */
const optionalItems = (
  m: Machine,
  choice: Choice,
  a: Content,
  b: Content,
  sides: Sides,
): readonly Value[] | undefined => {
  const [x, y] = [toldItems(a), toldItems(b)];
  if (!x || !y || Math.max(x.length, y.length) > OPTIONAL) return undefined;
  const longer = x.length < y.length ? y : x;
  return longer.map((_, i) => joinValues(m, choice, x[i] ?? UNBOUND, y[i] ?? UNBOUND, sides));
};

/** The elements of a sequence one by one, as far as they are told apart. */
const toldItems = ({ items, count, optional }: Content): readonly Value[] | undefined =>
  optional ?? (count === null ? items : undefined);

const joinMaps = (
  m: Machine,
  choice: Choice,
  a: ReadonlyMap<string, Value | DictEntry>,
  b: ReadonlyMap<string, Value | DictEntry>,
  sides: Sides,
): ReadonlyMap<string, Value | DictEntry> => {
  const result = new Map<string, Value | DictEntry>();
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const x = a.get(key);
    const y = b.get(key);
    result.set(key, x === y && x ? x : joinSlots(m, choice, x, y, sides));
  }
  return result;
};

const joinSlots = (
  m: Machine,
  choice: Choice,
  a: Value | DictEntry | undefined,
  b: Value | DictEntry | undefined,
  sides: Sides,
): Value | DictEntry => {
  const entry = [a, b].find((slot): slot is DictEntry => slot !== undefined && !('kind' in slot));
  const joined = joinValues(m, choice, valueIn(a), valueIn(b), sides);
  return entry ? { key: entry.key, value: joined } : joined;
};

const valueIn = (slot: Value | DictEntry | undefined): Value =>
  slot === undefined ? UNBOUND : 'kind' in slot ? slot : slot.value;

/** True when the choice holds, false when it does not: a condition as a value. */
export const conditionValue = (choice: Choice): Value => ({ kind: 'either', condition: choice, yes: TRUE, no: FALSE });
