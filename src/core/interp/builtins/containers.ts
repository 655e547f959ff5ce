import { type Dim, mul } from '../../dims';
import { int, iterator, NONE, type ObjectValue, str, touch, tuple, unknown, type Value } from '../../values';
import { distribute, resolve } from '../branch';
import { fail } from '../faults';
import { generalise } from '../general';
import { iterate } from '../iteration';
import { parameter } from '../layers';
import type { Machine } from '../machine';
import { appendModule, elementsFrom, elementsOf, mayBeModule, sequenceOfModules } from '../modules';
import { derives } from '../natives';
import { newObject } from '../objects';
import { concatenated, optionalOf, type Sequence } from '../parts';
import { bounds } from '../slices';
import { eventsMark, fingerprint } from '../trace';
import type { Native, NativeCall, NativeTable } from './native';

const NODE = { start: 0, end: 0 };

const onContainer =
  (use: (self: ObjectValue, call: NativeCall) => Value): Native =>
  (call) => {
    const { self, m, args } = call;
    if (self?.kind === 'object') return use(self, call);
    // `nn.Sequential.__init__(self, *layers)`
    const first = self ? undefined : resolve(m, args.positional[0] ?? NONE);
    if (first?.kind !== 'object') return unknown('a container that is not known');
    const positional = args.positional.slice(1);
    const rest = args.rest && { ...args.rest, at: args.rest.at - 1 };
    const at = (position: number, name?: string): Value | undefined =>
      positional[position] ?? (name === undefined ? undefined : args.keywords.get(name));
    return use(first, { ...call, self: first, at, args: { ...args, positional, ...(rest && { rest }) } });
  };

/** Adds what a star or an iterable gives to the end of a container. */
export const fillSequence = (m: Machine, self: ObjectValue, given: Sequence): void => {
  touch(m.journal, self);
  if (given.count === null && sequenceOfModules(m, self).count === null) {
    for (const item of given.items) appendModule(m, self, item);
    return;
  }
  setElements(m, self, concatenated(sequenceOfModules(m, self), given));
  if (given.items.length === 0) self.open = true;
};

/** Makes these the elements of a container. */
const setElements = (m: Machine, self: ObjectValue, sequence: Sequence): void => {
  for (const [name] of elementsOf(m, self)) self.attrs.delete(name);
  const { items, count, parts } = sequence;
  self.count = parts ? null : count;
  const elements = parts ? elementsFrom(m, sequence) : items;
  for (const [i, element] of elements.entries()) self.attrs.set(String(i), element);
};

/** PyTorch's Sequential takes modules and nothing else. */
const refuseElement = (m: Machine, self: ObjectValue, item: Value, node: NativeCall['node']): boolean => {
  if (!NO_MODULES.has(item.kind) || !derives(self.cls, 'torch.nn.Sequential')) return false;
  const data = { op: 'Sequential', argument: 'args', expected: 'Module', found: item.kind };
  fail(m, 'TypeError', { code: 'wrong-type', data, names: [] }, node);
  self.open = true;
  return true;
};

const NO_MODULES: ReadonlySet<Value['kind']> = new Set(['list', 'tuple', 'int', 'float', 'bool', 'str', 'none']);

const initSequential = onContainer((self, { m, args, node }) => {
  const [only] = args.positional;
  const first = only && resolve(m, only);
  if (args.positional.length === 1 && first?.kind === 'dict') {
    for (const { key, value } of first.entries.values()) if (key.kind === 'str') self.attrs.set(key.value, value);
    if (first.open || [...first.entries.values()].some(({ value }) => mayBeModule(m, value))) self.open = true;
    return NONE;
  }
  for (const [i, value] of args.positional.entries()) {
    if (args.rest?.at === i) fillSequence(m, self, unnamedAll(args.rest.sequence));
    const item = resolve(m, value);
    if (refuseElement(m, self, item, node)) continue;
    const named = item.kind === 'tuple' || item.kind === 'list' ? item.items : undefined;
    // Paddle's Sequential takes ('name', layer) pairs and lists of layers.
    if (named?.length === 2 && named[0]?.kind === 'str' && named[1]) {
      self.attrs.set(named[0].value, named[1]);
      if (mayBeModule(m, named[1])) self.open = true;
    } else if (item.kind === 'list') fillSequence(m, self, iterate(m, item, node ?? NODE));
    else appendModule(m, self, item.kind === 'either' ? value : unnamed(item));
  }
  if (args.rest && args.rest.at >= args.positional.length) fillSequence(m, self, unnamedAll(args.rest.sequence));
  if (args.open) self.open = true;
  self.optional = args.rest && optionalOf(spreadOut(args.positional, args.rest));
  return NONE;
});

/** The layer of a `(name, layer)` whose name nobody knows: it has its place all the same. */
const unnamed = (item: Value): Value => (item.kind === 'tuple' && item.items.length === 2 && item.items[1]) || item;

const unnamedAll = (sequence: Sequence): Sequence =>
  sequence.parts ? sequence : { ...sequence, items: sequence.items.map(unnamed) };

/** The positional arguments of a call with a star in their places. */
const spreadOut = (
  positional: readonly Value[],
  { at, sequence }: NonNullable<NativeCall['args']['rest']>,
): readonly Sequence[] => [
  { items: positional.slice(0, at), count: null },
  sequence,
  { items: positional.slice(at), count: null },
];

const initList = onContainer((self, { m, at, args, node }) => {
  const given = at(0) ?? [...args.keywords.values()][0];
  if (!given || given.kind === 'none') return NONE;
  const value = resolve(m, given);
  if (value.kind === 'either' || value.kind === 'unknown' || value.kind === 'opaque') {
    self.count = m.context.unknownSize('how many modules');
    return NONE;
  }
  const sequence = iterate(m, value, node ?? NODE);
  fillSequence(m, self, sequence);
  self.optional = sequence.optional;
  return NONE;
});

const initDict = onContainer((self, { m, at, args, node }) => {
  const given = resolve(m, at(0) ?? [...args.keywords.values()][0] ?? NONE);
  if (given.kind === 'dict') {
    const entries = [...given.entries.values()].flatMap(({ key, value }) =>
      key.kind === 'str' ? [[key.value, value] as const] : [],
    );
    // PyTorch's ParameterDict keeps what an unordered mapping holds by name.
    if (derives(self.cls, 'torch.nn.ParameterDict')) entries.sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [key, value] of entries) self.attrs.set(key, asElement(m, self, value));
    if (given.open) self.open = true;
  } else if (given.kind !== 'none') {
    for (const pair of iterate(m, given, node ?? NODE).items) {
      const [name, value] = pair.kind === 'tuple' || pair.kind === 'list' ? pair.items : [];
      if (name?.kind === 'str' && value) self.attrs.set(name.value, value);
      else self.open = true;
    }
  }
  return NONE;
});

/** A chain of modules. `count` equal ones run until what they give is stable. */
const forwardSequential = onContainer((self, { m, args, node }) => {
  const value: Value | undefined = args.positional[0] ?? [...args.keywords.values()][0];
  if (value === undefined) return unknown('nothing was given');
  if (args.positional.length > 1 && !args.rest) {
    const data = { op: self.cls.name, most: 1, given: args.positional.length };
    return fail(m, 'TypeError', { code: 'too-many-arguments', data, names: [] }, node);
  }
  const elements = elementsOf(m, self).map(([, v]) => v);
  if (self.open) return unknown('a Sequential whose elements are not known');
  // What was added on one way only hands its input on where it is not there.
  const run = (input: Value, element: Value): Value =>
    distribute(m, element, (one) =>
      one.kind === 'unbound' ? resolve(m, input) : m.call(one, { positional: [input], keywords: new Map() }, node),
    );
  if (self.optional) return self.optional.reduce(run, value);
  if (self.count === null) return elements.reduce(run, value);
  return elements.length > 0
    ? repeated(m, self.count, value, (input) => elements.reduce(run, input))
    : unknown('a Sequential whose elements are not known');
});

/** What `count` equal modules in a row give: one is run until that is stable. */
export const repeated = (m: Machine, count: Dim, input: Value, run: (input: Value) => Value): Value => {
  let value = input;
  const { trace } = m;
  const outer = trace.repeat;
  const rewind = eventsMark(trace);
  trace.repeat = outer === null ? count : mul(outer, count);
  try {
    for (let round = 0; round < 3; round++) {
      rewind();
      const next = run(value);
      if (fingerprint(next) === fingerprint(value)) return next;
      if (!trace.sources.has(next)) trace.sources.set(next, { values: [value] });
      value = round === 0 ? next : generalise(m, value, next);
    }
    return value;
  } finally {
    trace.repeat = outer;
  }
};

const append = onContainer((self, { m, at }) => {
  fillSequence(m, self, { items: [asElement(m, self, at(0) ?? NONE)], count: null });
  return self;
});

/** A list or dict of parameters makes parameters of the tensors that it is given. */
const asElement = (m: Machine, self: ObjectValue, value: Value): Value => {
  const item = resolve(m, value);
  return item.kind === 'tensor' && !item.parameter && self.cls.mro.some((c) => /^Parameter(List|Dict)$/.test(c.name))
    ? parameter(m, item, true)
    : value;
};

const extend = onContainer((self, { m, at, node }) => {
  fillSequence(m, self, iterate(m, resolve(m, at(0) ?? NONE), node ?? NODE));
  return self;
});

const insert = onContainer((self, { m, at }) => {
  const index = at(0);
  const place = index?.kind === 'int' && typeof index.value === 'number' ? index.value : undefined;
  const elements = elementsOf(m, self).map(([, v]) => v);
  if (place === undefined) {
    self.open = true;
    return NONE;
  }
  touch(m.journal, self);
  const all = [...elements.slice(0, place), at(1) ?? NONE, ...elements.slice(place)];
  for (const [i, element] of all.entries()) self.attrs.set(String(i), element);
  return NONE;
});

const setItem = onContainer((self, { m, at }) => {
  const key = resolve(m, at(0) ?? NONE);
  const elements = elementsOf(m, self);
  touch(m.journal, self);
  if (key.kind === 'str') self.attrs.set(key.value, at(1) ?? NONE);
  else if (key.kind === 'int' && typeof key.value === 'number') {
    const name = elements.at(key.value)?.[0] ?? String(key.value);
    self.attrs.set(name, at(1) ?? NONE);
  } else self.open = true;
  return NONE;
});

/** Takes elements out of a sequence; those that stay are numbered anew, whatever their names were. */
const remove = (m: Machine, self: ObjectValue, key: Value): Value => {
  const { items, count, parts } = sequenceOfModules(m, self);
  const places =
    key.kind === 'slice'
      ? bounds(key, items.length)
      : key.kind === 'int' && typeof key.value === 'number'
        ? [key.value < 0 ? key.value + items.length : key.value]
        : undefined;
  touch(m.journal, self);
  const isKnown = !self.open && !self.optional && count === null && !parts;
  if (places && isKnown) setElements(m, self, { items: items.filter((_, i) => !places.includes(i)), count: null });
  else self.open = true;
  const [place = -1] = places ?? [];
  return (isKnown ? items[place] : undefined) ?? unknown('pop()');
};

const popItem = onContainer((self, { m, at }) => remove(m, self, resolve(m, at(0) ?? int(-1))));

const deleteItem = onContainer((self, { m, at }) => {
  remove(m, self, resolve(m, at(0) ?? NONE));
  return NONE;
});

const popName = onContainer((self, { m, at }) => {
  const key = at(0);
  const value = key?.kind === 'str' ? self.attrs.get(key.value) : undefined;
  touch(m.journal, self);
  if (key?.kind === 'str') self.attrs.delete(key.value);
  return value ?? unknown('pop()');
});

const keys = onContainer((self, { m }) => iterator(elementsOf(m, self).map(([name]) => str(name))));
/** The elements as `values()` and `items()` give them; one more may be there under a name that nobody knows. */
const elementsAs = (make: (name: string, value: Value) => Value): Native =>
  onContainer((self, { m }) => {
    if (self.open) return iterator([], m.context.unknownSize('how many modules'));
    return iterator(
      elementsOf(m, self).map(([name, v]) => make(name, v)),
      self.count,
    );
  });

const values = elementsAs((_, value) => value);
const items = elementsAs((name, value) => tuple([str(name), value]));

const update = onContainer((self, { m, at }) => {
  const given = resolve(m, at(0) ?? NONE);
  touch(m.journal, self);
  if (given.kind === 'dict')
    for (const { key, value } of given.entries.values()) if (key.kind === 'str') self.attrs.set(key.value, value);
  if (given.kind !== 'dict') self.open = true;
  return NONE;
});

const get = onContainer((self, { at }) => {
  const key = at(0);
  return key?.kind === 'str' ? (self.attrs.get(key.value) ?? at(1) ?? NONE) : unknown('get()');
});

const has = onContainer((self, { at }) => {
  const key = at(0);
  return key?.kind === 'str' ? { kind: 'bool', value: self.attrs.has(key.value) } : unknown('in');
});

/** `layers += more`. */
const grow = onContainer((self, call) => {
  extend(call);
  return self;
});

/** `layers + more`: a new container. */
const joined = onContainer((self, call) => {
  const copy = newObject(call.m, self.cls, call.node);
  fillSequence(call.m, copy, sequenceOfModules(call.m, self));
  extend({ ...call, self: copy });
  return copy;
});

const SEQUENCE = {
  append,
  extend,
  insert,
  __setitem__: setItem,
  __delitem__: deleteItem,
  __iadd__: grow,
  __add__: joined,
  pop: popItem,
};
const MAPPING = { keys, values, items, update, pop: popName, get, __setitem__: setItem, __contains__: has };

const table = (path: string, methods: Readonly<Record<string, Native>>): NativeTable =>
  Object.fromEntries(Object.entries(methods).map(([name, native]) => [`${path}.${name}`, native]));

export const containers: NativeTable = {
  ...table('torch.nn.Sequential', { ...SEQUENCE, __init__: initSequential, forward: forwardSequential }),
  ...table('paddle.nn.Sequential', { ...SEQUENCE, __init__: initSequential, forward: forwardSequential }),
  ...table('torch.nn.ModuleList', { ...SEQUENCE, __init__: initList }),
  ...table('paddle.nn.LayerList', { ...SEQUENCE, __init__: initList }),
  ...table('torch.nn.ParameterList', {
    ...SEQUENCE,
    __init__: onContainer((self, call) => {
      const given = call.at(0);
      if (!given || given.kind === 'none') return NONE;
      const { items: all, count } = iterate(call.m, resolve(call.m, given), call.node ?? NODE);
      fillSequence(call.m, self, { items: all.map((v) => asElement(call.m, self, v)), count });
      return NONE;
    }),
  }),
  ...table('paddle.nn.ParameterList', { ...SEQUENCE, __init__: initList }),
  ...table('torch.nn.ModuleDict', { ...MAPPING, __init__: initDict }),
  ...table('torch.nn.ParameterDict', { ...MAPPING, __init__: initDict }),
  ...table('paddle.nn.LayerDict', { ...MAPPING, __init__: initDict }),
  ...table('paddle.nn.ParameterDict', { ...MAPPING, __init__: initDict }),
  'torch.nn.Module.__setitem__': setItem,
};
