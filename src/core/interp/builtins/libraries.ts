import type { Node } from '../../syntax';
import {
  bool,
  type ClassValue,
  dict,
  type Field,
  int,
  list,
  NONE,
  str,
  tuple,
  unknown,
  type Value,
} from '../../values';
import { distribute, resolve } from '../branch';
import { compare } from '../comparisons';
import { fieldObjects, makeDataclass } from '../dataclasses';
import { autoValue } from '../enums';
import { raise } from '../faults';
import { functionOfCode } from '../functions';
import { isThere } from '../imports';
import { allItems } from '../iteration';
import type { Machine } from '../machine';
import { dictOf } from '../mappings';
import { nativeClass } from '../natives';
import { newObject } from '../objects';
import { binaryOperation, not } from '../operators';
import { numberOf } from '../scalars';
import { subscript } from '../subscripts';
import { deque } from './collections';
import { makeDict } from './constructors';
import { first, type Native, type NativeTable, nothing, unclear } from './native';

const NODE = { start: 0, end: 0 };
const EXPR = { kind: 'ErrorExpr', start: 0, end: 0 } as const;

const partial: Native = ({ args }) => {
  const [func = NONE, ...rest] = args.positional;
  if (func.kind === 'partial') {
    return {
      kind: 'partial',
      func: func.func,
      args: [...func.args, ...rest],
      keywords: new Map([...func.keywords, ...args.keywords]),
    };
  }
  return { kind: 'partial', func, args: rest, keywords: args.keywords };
};

const reduce: Native = ({ m, at, args, node }) => {
  const items = allItems(m, resolve(m, at(1) ?? NONE), node ?? NODE);
  if (!items) return unknown('reduce()');
  const all = args.positional[2] ? [args.positional[2], ...items] : items;
  const [start, ...rest] = all;
  return start
    ? rest.reduce((a, b) => m.call(at(0) ?? NONE, { positional: [a, b], keywords: new Map() }, node), start)
    : unknown('reduce()');
};

/** A decorator that may itself be called with options first: `@lru_cache` and `@lru_cache(maxsize=1)`. */
const keeps: Native = ({ at, args }) => {
  const given = at(0);
  return given &&
    args.positional.length === 1 &&
    given.kind !== 'int' &&
    given.kind !== 'none' &&
    given.kind !== 'str' &&
    given.kind !== 'bool'
    ? given
    : { kind: 'builtin', name: 'identity' };
};

const dataclass: Native = (call) => {
  const given = call.at(0, 'cls');
  if (given?.kind === 'class') makeDataclass(given);
  return keeps({ ...call, args: { ...call.args, keywords: new Map() } });
};

const field: Native = ({ m, args }) => {
  const self = newObject(m, nativeClass(m, 'dataclasses.Field'), undefined);
  for (const [name, value] of args.keywords) self.attrs.set(name, value);
  return self;
};

/** A dataclass as a `dict`, with those that it holds. */
const asdict: Native = ({ m, at }) => {
  const given = resolve(m, at(0) ?? NONE);
  return given.kind === 'object' ? plainData(m, given) : unknown('asdict()');
};

const plainData = (m: Machine, value: Value): Value => {
  const held = resolve(m, value);
  if (held.kind === 'object' && held.cls.fieldsKind === 'dataclass')
    return dictOf(
      new Map((held.cls.fields ?? []).map(({ name }) => [name, plainData(m, held.attrs.get(name) ?? NONE)])),
    );
  if (held.kind === 'list' && held.count === null) return list(held.items.map((item) => plainData(m, item)));
  if (held.kind !== 'dict') return value;
  const result = dict();
  for (const [id, { key, value: entry }] of held.entries) result.entries.set(id, { key, value: plainData(m, entry) });
  result.open = held.open;
  return result;
};

/** Another instance of its class, whose constructor is told all fields again. */
const replace: Native = ({ m, at, args, node }) => {
  const given = resolve(m, at(0) ?? NONE);
  if (given.kind !== 'object') return unknown('replace()');
  const fields = (given.cls.fields ?? []).filter(({ init }) => init);
  const kept = fields.map(({ name }) => [name, given.attrs.get(name) ?? NONE] as const);
  const keywords = new Map([...kept, ...args.keywords]);
  return m.call(given.cls, { ...args, positional: [], keywords }, node);
};

const namedtuple: Native = ({ m, at, args }) => {
  const name = at(0);
  const given = resolve(m, at(1, 'field_names') ?? NONE);
  const names =
    given.kind === 'str'
      ? given.value.split(/[\s,]+/)
      : given.kind === 'list' || given.kind === 'tuple'
        ? given.items.flatMap((i) =>
            i.kind === 'str' ? [i.value] : i.kind === 'tuple' && i.items[0]?.kind === 'str' ? [i.items[0].value] : [],
          )
        : undefined;
  if (!names || name?.kind !== 'str') return unknown('namedtuple()');
  const defaults = resolve(m, args.keywords.get('defaults') ?? NONE);
  const fallback = defaults.kind === 'tuple' || defaults.kind === 'list' ? defaults.items : [];
  const fields: Field[] = names.map((n, i) => {
    const value = fallback[i - names.length + fallback.length];
    return { name: n, init: true, ...(value && { default: value }) };
  });
  const cls: ClassValue = {
    kind: 'class',
    name: name.value,
    id: m.nextId++,
    bases: [],
    mro: [],
    attrs: new Map(),
    open: false,
    fields,
    fieldsKind: 'namedtuple',
  };
  return Object.assign(cls, { mro: [cls, ...nativeClass(m, 'builtins.tuple').mro] });
};

const defaultdict: Native = ({ m, args, at, node }) => {
  const factory = at(0);
  const result = dict(factory && factory.kind !== 'none' ? factory : undefined);
  const rest = makeDict({
    m,
    args: { positional: args.positional.slice(1), keywords: args.keywords },
    node,
    self: undefined,
    at: (i) => args.positional[i + 1],
  });
  if (rest.kind === 'dict') for (const [key, entry] of rest.entries) result.entries.set(key, entry);
  return result;
};

const attrgetter: Native = ({ at }) => ({
  kind: 'partial',
  func: { kind: 'builtin', name: 'getattr.of' },
  args: [at(0) ?? NONE],
  keywords: new Map(),
});

/** A module by a name that the code computes, or the package at the top of it. */
const moduleOf = (m: Machine, given: Value | undefined, isTop: boolean, node: Node | undefined): Value => {
  const name = resolve(m, given ?? NONE);
  if (name.kind !== 'str' || name.value.startsWith('.')) return unknown('a module whose name is not known');
  const found = m.importModule(name.value);
  if (!found && m.tries > 0) raise(m, 'ModuleNotFoundError', name.value, node);
  if (!found) return unknown(`the module ${name.value} is not at hand`);
  return isTop ? (m.importModule(name.value.split('.')[0] ?? '') ?? unknown(name.value)) : found;
};

/** `.layers` below `pack.models` is `pack.models.layers`; each further dot goes up one package. */
const below = (m: Machine, given: Value | undefined, within: Value | undefined): Value | undefined => {
  const [name, home] = [resolve(m, given ?? NONE), resolve(m, within ?? NONE)];
  if (name.kind !== 'str' || home.kind !== 'str') return given;
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(name.value) ?? [];
  if (dots === '') return given;
  const parts = home.value.split('.');
  const kept = parts.slice(0, parts.length - dots.length + 1);
  return kept.length === 0 ? given : str([...kept, rest].filter((part) => part !== '').join('.'));
};

const itemgetter: Native = ({ args }) => ({
  kind: 'partial',
  func: { kind: 'builtin', name: 'itemgetter.of' },
  args: [tuple(args.positional)],
  keywords: new Map(),
});

const OPERATIONS = {
  add: '+',
  concat: '+',
  sub: '-',
  mul: '*',
  matmul: '@',
  floordiv: '//',
  truediv: '/',
  mod: '%',
  pow: '**',
  and_: '&',
  or_: '|',
  xor: '^',
  lshift: '<<',
  rshift: '>>',
} as const;

const RELATIONS = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=', is_: 'is', is_not: 'is not' } as const;

const operation =
  (op: Parameters<typeof binaryOperation>[1]): Native =>
  ({ m, at }) =>
    binaryOperation(m, op, at(0) ?? NONE, at(1) ?? NONE, EXPR);

const relation =
  (op: Parameters<typeof compare>[1]): Native =>
  ({ m, at }) =>
    compare(m, op, at(0) ?? NONE, at(1) ?? NONE, EXPR);

/** `sys._getframe().f_code.co_name`: the name of the running function, or of one that called it. */
const runningFrame: Native = ({ m, at }) => {
  const depth = numberOf(at(0) ?? int(0));
  let frame = m.frame;
  for (let i = 0; i < (depth ?? 0) && frame; i++) frame = frame.caller;
  if (!frame || depth === undefined) return unknown('a frame');
  const code = newObject(m, nativeClass(m, 'types.CodeType'), undefined);
  code.attrs.set('co_name', str(frame.name));
  const found = newObject(m, nativeClass(m, 'types.FrameType'), undefined);
  found.attrs.set('f_code', code);
  return found;
};

/** Everything of `typing` is a class with nothing in it. */
const typing = (name: string): Record<string, Native> => ({
  [`typing.${name}`]: first,
  [`typing_extensions.${name}`]: first,
});

export const libraries: NativeTable = {
  identity: first,
  'getattr.of': ({ m, at }) => {
    const [name, value] = [at(0), at(1)];
    return name?.kind === 'str' && value ? m.getAttribute(value, name.value, undefined) : unknown('attrgetter()');
  },
  'functools.partial()': partial,
  'functools.partialmethod': partial,
  'functools.reduce': reduce,
  'functools.wraps': ({ at }) => ({
    kind: 'partial',
    func: { kind: 'builtin', name: 'functools.update_wrapper' },
    args: [],
    keywords: new Map([['wrapped', at(0, 'wrapped') ?? NONE]]),
  }),
  'functools.update_wrapper': ({ m, args, at }) => {
    const [wrapper, wrapped] = [at(0, 'wrapper') ?? NONE, at(1, 'wrapped') ?? NONE];
    if (wrapper.kind !== 'function') return wrapper;
    const attrs = new Map(wrapper.attrs);
    if (wrapped.kind === 'function' || wrapped.kind === 'class')
      for (const name of ['__name__', '__qualname__', '__module__'])
        attrs.set(name, m.getAttribute(wrapped, name, undefined));
    attrs.set('__wrapped__', args.keywords.get('wrapped') ?? wrapped);
    return { ...wrapper, attrs };
  },
  'functools.lru_cache': keeps,
  'functools.cache': keeps,
  'collections.namedtuple': namedtuple,
  'collections.defaultdict()': defaultdict,
  'collections.deque()': deque,
  'dataclasses.dataclass': dataclass,
  'dataclasses.field': field,
  'dataclasses.asdict': asdict,
  'dataclasses.replace': replace,
  'dataclasses.fields': ({ m, at }) => {
    const given = resolve(m, at(0) ?? NONE);
    const cls = given.kind === 'object' ? given.cls : given;
    return cls.kind === 'class' && cls.fields
      ? tuple(fieldObjects(m, cls).map(([, made]) => made))
      : unknown('fields()');
  },
  'dataclasses.is_dataclass': ({ m, at }) => {
    const given = resolve(m, at(0) ?? NONE);
    return given.kind === 'object' ? bool(given.cls.fieldsKind === 'dataclass') : unknown('is_dataclass()');
  },
  'enum.auto': ({ m }) => autoValue(m),
  'enum.unique': first,
  'abc.abstractmethod': first,
  'typing.cast': ({ at }) => at(1) ?? unknown('cast()'),
  'typing.NewType': ({ at }) => at(1) ?? unknown('NewType()'),
  'typing.TypeVar': unclear('TypeVar()'),
  'typing.get_args': ({ m, at }) => m.getAttribute(at(0) ?? NONE, '__args__', undefined),
  ...typing('no_type_check'),
  ...typing('overload'),
  ...typing('final'),
  ...typing('override'),
  ...typing('runtime_checkable'),
  'contextlib.contextmanager': first,
  'contextlib.nullcontext': nothing,
  'contextlib.suppress': nothing,
  'operator.itemgetter': itemgetter,
  'itemgetter.of': ({ m, args, node }) => {
    const [keys, value] = args.positional;
    if (keys?.kind !== 'tuple' || !value) return unknown('itemgetter()');
    const items = keys.items.map((key) => distribute(m, value, (v) => subscript(m, v, key, node ?? NODE)));
    return items.length === 1 ? (items[0] ?? NONE) : tuple(items);
  },
  'operator.getitem': ({ m, at, node }) =>
    distribute(m, at(0) ?? NONE, (v) => subscript(m, v, at(1) ?? NONE, node ?? NODE)),
  'operator.attrgetter': attrgetter,
  ...Object.fromEntries(Object.entries(OPERATIONS).map(([name, op]) => [`operator.${name}`, operation(op)])),
  ...Object.fromEntries(Object.entries(RELATIONS).map(([name, op]) => [`operator.${name}`, relation(op)])),
  'operator.contains': ({ m, at }) => compare(m, 'in', at(1) ?? NONE, at(0) ?? NONE, EXPR),
  'operator.not_': ({ m, at }) => not(m, at(0) ?? NONE),
  'operator.index': first,
  'operator.methodcaller': ({ at, args }) => ({
    kind: 'partial',
    func: { kind: 'builtin', name: 'methodcaller.of' },
    args: [at(0) ?? NONE, tuple(args.positional.slice(1))],
    keywords: args.keywords,
  }),
  'methodcaller.of': ({ m, args, node }) => {
    const [name, given, value] = args.positional;
    if (name?.kind !== 'str' || given?.kind !== 'tuple' || !value) return unknown('methodcaller()');
    const method = m.getAttribute(value, name.value, node);
    return m.call(method, { positional: given.items, keywords: args.keywords }, node);
  },
  // The package of the module, whose other modules it finds by attribute.
  __import__: ({ m, at, node }) => moduleOf(m, at(0), true, node),
  'importlib.import_module': ({ m, at, node }) => moduleOf(m, below(m, at(0, 'name'), at(1, 'package')), false, node),
  // As an import in `try`: what is not at hand is not there.
  'importlib.util.find_spec': ({ m, at }) => {
    const name = resolve(m, at(0, 'name') ?? NONE);
    if (name.kind !== 'str') return unknown('find_spec()');
    return isThere(m, name.value) ? newObject(m, nativeClass(m, 'importlib.machinery.ModuleSpec'), undefined) : NONE;
  },
  'inspect.isfunction': ({ at }) => bool(at(0)?.kind === 'function'),
  'inspect.isclass': ({ at }) => (at(0)?.kind === 'unknown' ? unknown('isclass()') : bool(at(0)?.kind === 'class')),
  'warnings.warn': nothing,
  'warnings.filterwarnings': nothing,
  'warnings.simplefilter': nothing,
  'logging.getLogger': unclear('a logger'),
  'random.random': () => ({ kind: 'float' }),
  'random.uniform': () => ({ kind: 'float' }),
  'random.randint': ({ m }) => int(m.context.unknownSize('a random number')),
  'random.randrange': ({ m }) => int(m.context.unknownSize('a random number')),
  'time.time': () => ({ kind: 'float' }),
  'os.path.join': unclear('a path'),
  'os.environ.get': ({ at }) => at(1) ?? NONE,
  'os.getenv': ({ at }) => at(1) ?? NONE,
  // A program that was not launched on several devices has no group: code asks for one in a `try`.
  'paddle.distributed.fleet.get_hybrid_communicate_group': ({ m, node }) =>
    m.tries > 0 ? raise(m, 'AttributeError', '_hcg', node) : unknown('a group of devices'),
  'sys.exit': nothing,
  'sys._getframe': runningFrame,
  'types.FunctionType()': ({ at }) => functionOfCode(at(0, 'code')) ?? unknown('FunctionType()'),
  'types.MethodType()': ({ at }) => {
    const [func, self] = [at(0), at(1)];
    return func && self ? { kind: 'method', func, self } : unknown('MethodType()');
  },
};
