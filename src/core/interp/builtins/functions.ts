import { type Dim, floorDiv, max as maxDim, min as minDim, mod, neg, roundRatio, sub, truncRatio } from '../../dims';
import {
  bool,
  dict,
  FALSE,
  float,
  int,
  iterator,
  keyOf,
  list,
  NONE,
  opaqueSize,
  set,
  str,
  TRUE,
  tuple,
  unknown,
  type Value,
} from '../../values';
import { attributeOrNone, getAttribute, setAttribute } from '../attributes';
import { distribute, resolve } from '../branch';
import { sizeRelation } from '../comparisons';
import { formatted, repr, text } from '../format';
import { allItems, iterate } from '../iteration';
import type { Machine } from '../machine';
import { elementsOf, isMapping, isSequence } from '../modules';
import { nativeClass } from '../natives';
import { binaryOperation, not, ratioOf } from '../operators';
import { callMethodIfAny } from '../protocols';
import { numberOf } from '../scalars';
import { shortCircuit, truth } from '../truth';
import { isInstance, isSubclass, typeOf } from '../types';
import type { Native, NativeCall, NativeTable } from './native';

const NODE = { start: 0, end: 0 };

const length: Native = ({ m, at }) => distribute(m, at(0) ?? NONE, (v) => lengthOf(m, v));

export const lengthOf = (m: Machine, v: Value): Value => {
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
      const size = v.shape.rest?.at === 0 ? undefined : v.shape.dims[0];
      return size === undefined ? int(m.context.unknownSize('the first axis')) : int(size);
    }
    case 'object': {
      const own = callMethodIfAny(m, v, '__len__');
      if (own) return own;
      return isSequence(v) || isMapping(v) ? int(v.count ?? elementsOf(m, v).length) : unknown('len()');
    }
    default:
      return unknown('len()');
  }
};

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

export const sizeOf = (value: Value): Dim | undefined => {
  if (value.kind === 'int') return value.value;
  if (value.kind === 'bool') return Number(value.value);
  if (value.kind === 'opaque' && (value.type === undefined || value.type === 'int')) return opaqueSize(value);
  return undefined;
};

const enumerate: Native = ({ m, at, node }) => {
  const start = at(1, 'start');
  const from = start?.kind === 'int' && typeof start.value === 'number' ? start.value : 0;
  return distribute(m, at(0, 'iterable') ?? NONE, (v) => {
    const { items, count } = iterate(m, v, node ?? NODE);
    if (count !== null)
      return iterator(
        items.map((item) => tuple([int(m.context.unknownSize('a counter')), item])),
        count,
      );
    return iterator(items.map((item, i) => tuple([int(from + i), item])));
  });
};

const zip: Native = ({ m, args, node }) => {
  const all = args.positional.map((v) => iterate(m, resolve(m, v), node ?? NODE));
  const counted = all.filter((i) => i.count === null);
  if (counted.length < all.length || args.rest) {
    const firsts = all.map((i) => i.items[0] ?? unknown('an element of a sequence that is not known'));
    const shortest = counted.length > 0 ? undefined : all[0]?.count;
    return iterator([tuple(firsts)], shortest ?? m.context.unknownSize('how many pairs'));
  }
  const shortest = Math.min(...all.map((i) => i.items.length), all.length === 0 ? 0 : Number.POSITIVE_INFINITY);
  return iterator(Array.from({ length: shortest }, (_, i) => tuple(all.map((items) => items.items[i] ?? NONE))));
};

const map: Native = ({ m, at, args, node }) => {
  const fn = at(0) ?? NONE;
  const [only, ...more] = args.positional.slice(1).map((v) => iterate(m, resolve(m, v), node ?? NODE));
  if (!only) return unknown('map()');
  const results = only.items.map((item, i) =>
    m.call(fn, { positional: [item, ...more.map((o) => o.items[i] ?? NONE)], keywords: new Map() }, node),
  );
  return iterator(results, only.count);
};

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
  return iterator(kept, open ? m.context.unknownSize('how many pass the filter') : null);
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
  const backwards = args.keywords.get('reverse')?.kind === 'bool' && truth(m, args.keywords.get('reverse') ?? NONE);
  const keyed = items.map((item) => ({
    item,
    key: rank(m, key && key.kind !== 'none' ? m.call(key, { positional: [item], keywords: new Map() }, node) : item),
  }));
  if (keyed.some((k) => k.key === undefined)) return list(items.map(() => unknown('the order is not known')));
  keyed.sort((a, b) => order(a.key, b.key));
  const result = keyed.map((k) => k.item);
  return list(backwards && backwards.kind === 'known' && backwards.value ? result.reverse() : result);
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
    if (key && key.kind !== 'none') return unknown(which);
    return given.reduce((a, b) => larger(m, which, a, b));
  };

const larger = (m: Machine, which: 'min' | 'max', left: Value, right: Value): Value =>
  distribute(m, left, (a) =>
    distribute(m, right, (b) => {
      const [x, y] = [sizeOf(a), sizeOf(b)];
      if (x !== undefined && y !== undefined) return int(which === 'max' ? maxDim(x, y) : minDim(x, y));
      const [p, q] = [numberOf(a), numberOf(b)];
      if (p !== undefined && q !== undefined) return (which === 'max' ? p >= q : p <= q) ? a : b;
      return unknown(which);
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

const toInt: Native = ({ m, at }) =>
  distribute(m, at(0) ?? int(0), (v) => {
    switch (v.kind) {
      case 'int':
        return v;
      case 'bool':
        return int(Number(v.value));
      case 'str':
        return /^\s*[-+]?\d+\s*$/.test(v.value) ? int(Number(v.value)) : unknown('int()');
      case 'float': {
        if (v.value !== undefined) return int(Math.trunc(v.value));
        const size = v.ratio && truncRatio(v.ratio, m.facts);
        return size === undefined ? int(m.context.unknownSize('int() of a number that is not known')) : int(size);
      }
      case 'opaque':
        return int(opaqueSize(v));
      case 'tensor':
        return v.elements?.length === 1 && v.elements[0]
          ? v.elements[0]
          : int(m.context.unknownSize('the value of a tensor'));
      default:
        return int(m.context.unknownSize('int() of something that is not known'));
    }
  });

const toFloat: Native = ({ m, at }) =>
  distribute(m, at(0) ?? int(0), (v) => {
    if (v.kind === 'str')
      return v.value === 'inf' || v.value === '-inf'
        ? float(v.value === 'inf' ? Infinity : -Infinity)
        : Number.isNaN(Number(v.value))
          ? { kind: 'float' }
          : float(Number(v.value));
    const number = numberOf(v);
    if (number !== undefined) return float(number);
    const ratio = ratioOf(v);
    return ratio ? { kind: 'float', ratio } : { kind: 'float' };
  });

const round: Native = ({ m, at }) =>
  distribute(m, at(0, 'number') ?? int(0), (v) => {
    const digits = at(1, 'ndigits');
    if (v.kind === 'int') return v;
    const number = numberOf(v);
    if (digits && digits.kind !== 'none') {
      const places = numberOf(digits);
      return number === undefined || places === undefined ? { kind: 'float' } : float(Number(number.toFixed(places)));
    }
    if (number !== undefined) return int(bankers(number));
    const ratio = ratioOf(v);
    const size = ratio && roundRatio(ratio);
    return size === undefined ? int(m.context.unknownSize('round() of a number that is not known')) : int(size);
  });

/** Python rounds halves to the even neighbour. */
const bankers = (x: number): number => {
  const low = Math.floor(x);
  const rest = x - low;
  if (rest !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
};

const abs: Native = ({ m, at, node }) =>
  distribute(m, at(0) ?? NONE, (v) => {
    if (v.kind === 'tensor')
      return m.call(getAttribute(m, v, 'abs', node), { positional: [], keywords: new Map() }, node);
    const number = numberOf(v);
    if (number !== undefined) return v.kind === 'float' ? float(Math.abs(number)) : int(Math.abs(number));
    if (v.kind === 'int') {
      const sign = sizeRelation(m, '>=', v.value, 0);
      if (sign === TRUE) return v;
      if (sign === FALSE) return int(neg(v.value));
      return int(maxDim(v.value, neg(v.value)));
    }
    return v.kind === 'float' ? { kind: 'float' } : unknown('abs()');
  });

const divmod: Native = ({ at, m }) => {
  const [a, b] = [sizeOf(resolve(m, at(0) ?? NONE)), sizeOf(resolve(m, at(1) ?? NONE))];
  return a === undefined || b === undefined || b === 0
    ? tuple([unknown('divmod()'), unknown('divmod()')])
    : tuple([int(floorDiv(a, b)), int(mod(a, b))]);
};

const isinstance: Native = ({ m, at }) =>
  distribute(m, at(0) ?? NONE, (v) =>
    distribute(m, at(1) ?? NONE, (type) => {
      const answer = isInstance(m, v, type);
      if (answer !== undefined) return bool(answer);
      const path = v.kind === 'opaque' ? v.path : (keyOf(v) ?? '');
      const name = type.kind === 'class' ? type.name : '…';
      return path === ''
        ? unknown('isinstance()')
        : {
            kind: 'either',
            condition: { key: `isinstance:${path}:${name}`, text: `isinstance(${path}, ${name})` },
            yes: TRUE,
            no: FALSE,
          };
    }),
  );

const issubclass: Native = ({ m, at }) => {
  const [cls, type] = [resolve(m, at(0) ?? NONE), resolve(m, at(1) ?? NONE)];
  const types: readonly Value[] = type.kind === 'tuple' ? type.items : [type];
  if (cls.kind !== 'class') return unknown('issubclass()');
  const answers = types.map((t) => (t.kind === 'class' ? isSubclass(cls, t) : undefined));
  return answers.includes(true) ? TRUE : answers.includes(undefined) ? unknown('issubclass()') : FALSE;
};

const getattr: Native = ({ m, at, node }) =>
  distribute(m, at(0) ?? NONE, (v) =>
    distribute(m, at(1) ?? NONE, (name) => {
      if (name.kind !== 'str') return unknown('an attribute whose name is not known');
      const fallback = at(2);
      if (!fallback) return getAttribute(m, v, name.value, node);
      if (v.kind === 'unknown' || v.kind === 'opaque') return unknown(name.value);
      return attributeOrNone(m, v, name.value) ?? fallback;
    }),
  );

const hasattr: Native = ({ m, at }) =>
  distribute(m, at(0) ?? NONE, (v) => {
    const name = at(1);
    if (name?.kind !== 'str' || v.kind === 'unknown' || v.kind === 'opaque') return unknown('hasattr()');
    const held = v.kind === 'object' ? v.attrs.get(name.value) : undefined;
    if (held) return present(m, held);
    const found = attributeOrNone(m, v, name.value);
    if (found === undefined) return FALSE;
    return found.kind === 'unknown' ? unclearAttribute(v) : TRUE;
  });

const unclearAttribute = (v: Value): Value =>
  v.kind === 'object' && (v.open || v.cls.open) ? unknown('hasattr()') : FALSE;

const present = (m: Machine, held: Value): Value => {
  const value = resolve(m, held);
  if (value.kind === 'unbound') return FALSE;
  if (value.kind !== 'either') return TRUE;
  const [yes, no] = [present(m, value.yes), present(m, value.no)];
  return yes === no ? yes : { kind: 'either', condition: value.condition, yes, no };
};

const setattr: Native = ({ m, at, node }) => {
  const [target, name, held] = [at(0), at(1), at(2)];
  if (target && held && name?.kind === 'str') setAttribute(m, target, name.value, held, node);
  else if (target?.kind === 'object') target.open = true;
  return NONE;
};

const type: Native = ({ m, at }) => distribute(m, at(0) ?? NONE, (v) => typeOf(m, v) ?? unknown('type()'));

const makeList: Native = ({ m, at, node }) => {
  const given = at(0);
  if (!given) return list([]);
  return distribute(m, given, (v) => {
    const { items, count } = iterate(m, v, node ?? NODE);
    return list(items, count);
  });
};

const makeTuple: Native = ({ m, at, node }) => {
  const given = at(0);
  if (!given) return tuple([]);
  return distribute(m, given, (v) => {
    const { items, count } = iterate(m, v, node ?? NODE);
    return count === null ? tuple(items) : list(items, count);
  });
};

const makeSet: Native = ({ m, at, node }) => {
  const result = set();
  const given = at(0);
  if (!given) return result;
  const { items, count } = iterate(m, resolve(m, given), node ?? NODE);
  result.open = count !== null;
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) result.open = true;
    else result.entries.set(key, item);
  }
  return result;
};

/** `dict(...)`: a mapping or pairs, then keywords. */
export const makeDict: Native = ({ m, args, at, node }) => {
  const result = dict();
  const given = at(0);
  if (given) fill(m, result, resolve(m, given), node ?? NODE);
  for (const [name, value] of args.keywords) result.entries.set(`s${name}`, { key: str(name), value });
  if (args.open) result.open = true;
  return result;
};

export const fill = (
  m: Machine,
  result: Extract<Value, { kind: 'dict' }>,
  given: Value,
  node: NonNullable<NativeCall['node']>,
): void => {
  if (given.kind === 'dict') {
    for (const [key, entry] of given.entries) result.entries.set(key, entry);
    result.open ||= given.open;
    return;
  }
  const { items, count } = iterate(m, given, node);
  result.open ||= count !== null;
  for (const item of items) {
    const [key, value] = item.kind === 'tuple' || item.kind === 'list' ? item.items : [];
    const id = key && keyOf(key);
    if (key && value && id !== undefined) result.entries.set(id, { key, value });
    else result.open = true;
  }
};

const makeStr: Native = ({ m, at }) => {
  const value = text(m, at(0) ?? str(''));
  return value === undefined ? unknown('str()') : str(value);
};

const next: Native = ({ m, at }) => {
  const given = resolve(m, at(0) ?? NONE);
  if (given.kind !== 'iterator') return unknown('next()');
  const item = given.items[given.at];
  given.at++;
  return item ?? at(1) ?? unknown('next()');
};

const slice: Native = ({ args }) => {
  const [a = NONE, b, c = NONE] = args.positional;
  return b === undefined
    ? { kind: 'slice', lower: NONE, upper: a, step: NONE }
    : { kind: 'slice', lower: a, upper: b, step: c };
};

const pow: Native = ({ m, at, node }) =>
  binaryOperation(m, '**', at(0) ?? NONE, at(1) ?? NONE, {
    kind: 'ErrorExpr',
    start: node?.start ?? 0,
    end: node?.end ?? 0,
  });

const objectNew: Native = ({ m, at }) => {
  const cls = at(0);
  return cls?.kind === 'class'
    ? { kind: 'object', cls, id: m.nextId++, attrs: new Map(), open: false, count: null }
    : unknown('__new__');
};

const property =
  (kind: 'property' | 'staticmethod' | 'classmethod' | 'cached'): Native =>
  ({ at }) => {
    const func = at(0);
    return func ? { kind: 'descriptor', type: kind, func, ...(at(1) && { setter: at(1) as Value }) } : unknown(kind);
  };

const setter: Native = ({ self, at }) => {
  const func = at(0);
  return self?.kind === 'descriptor' && func ? { ...self, setter: func } : unknown('setter');
};

export const functions: NativeTable = {
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
  round,
  abs,
  divmod,
  pow,
  isinstance,
  issubclass,
  getattr,
  hasattr,
  setattr,
  delattr: ({ m, at }) => {
    const [target, name] = [at(0), at(1)];
    if (target?.kind === 'object' && name?.kind === 'str') target.attrs.delete(name.value);
    return m ? NONE : NONE;
  },
  type,
  id: ({ at }) => unknown(`id(${at(0)?.kind})`),
  callable: ({ m, at }) =>
    distribute(m, at(0) ?? NONE, (v) =>
      v.kind === 'unknown' || v.kind === 'opaque'
        ? unknown('callable()')
        : bool(
            ['function', 'method', 'builtin', 'class', 'partial', 'op'].includes(v.kind) ||
              (v.kind === 'object' && attributeOrNone(m, v, 'forward') !== undefined),
          ),
    ),
  iter: ({ m, at, node }) =>
    distribute(m, at(0) ?? NONE, (v) => {
      const { items, count } = iterate(m, v, node ?? NODE);
      return iterator(items, count);
    }),
  next,
  repr: ({ m, at }) => {
    const value = repr(m, at(0) ?? NONE);
    return value === undefined ? unknown('repr()') : str(value);
  },
  format: ({ m, at }) => {
    const spec = at(1);
    const value = formatted(m, at(0) ?? NONE, spec === undefined ? '' : spec.kind === 'str' ? spec.value : undefined);
    return value === undefined ? unknown('format()') : str(value);
  },
  hash: () => unknown('hash()'),
  print: () => NONE,
  vars: ({ m, at }) => getAttribute(m, at(0) ?? NONE, '__dict__', undefined),
  // What is in a library is asked by name: `'silu' in dir(F)`.
  dir: ({ at }) => (at(0)?.kind === 'namespace' ? (at(0) ?? NONE) : unknown('dir()')),
  open: () => unknown('open()'),
  input: () => unknown('input()'),
  eval: () => unknown('eval()'),
  exec: () => NONE,
  chr: ({ at }) => (at(0)?.kind === 'int' ? str(String.fromCharCode(numberOf(at(0) ?? NONE) ?? 63)) : unknown('chr()')),
  ord: ({ at }) => {
    const c = at(0);
    return c?.kind === 'str' ? int(c.value.codePointAt(0) ?? 0) : unknown('ord()');
  },
  locals: () => unknown('locals()'),
  globals: () => unknown('globals()'),
  __import__: () => unknown('__import__()'),
  dict: makeDict,
  property: property('property'),
  staticmethod: property('staticmethod'),
  classmethod: property('classmethod'),
  'property.setter': setter,
  'property.getter': ({ self }) => self ?? unknown('getter'),
  'property.deleter': ({ self }) => self ?? unknown('deleter'),
  'functools.cached_property': property('cached'),
  'builtins.int()': toInt,
  'builtins.float()': toFloat,
  'builtins.bool()': ({ m, at }) => not(m, not(m, at(0) ?? FALSE)),
  'builtins.str()': makeStr,
  'builtins.list()': makeList,
  'builtins.tuple()': makeTuple,
  'torch.Size()': makeTuple,
  'builtins.set()': makeSet,
  'builtins.frozenset()': makeSet,
  'builtins.dict()': makeDict,
  'collections.OrderedDict()': makeDict,
  'builtins.range()': range,
  'builtins.slice()': slice,
  'builtins.type()': type,
  'builtins.object()': ({ m, args, node }) =>
    objectNew({ m, args, node, self: undefined, at: () => nativeClass(m, 'builtins.object') }),
  'object.__init__': () => NONE,
  'builtins.object.__new__': objectNew,
  'object.__setattr__': ({ m, self, args, node }) => {
    const [a, b, c] = args.positional;
    const [target, name, held] = self ? [self, a, b] : [a, b, c];
    if (target?.kind === 'object' && name?.kind === 'str' && held) setAttribute(m, target, name.value, held, node);
    return NONE;
  },
  'builtins.object.__setattr__': ({ m, self, args, node }) => {
    const [a, b, c] = args.positional;
    const [target, name, held] = self ? [self, a, b] : [a, b, c];
    if (target?.kind === 'object' && name?.kind === 'str' && held) setAttribute(m, target, name.value, held, node);
    return NONE;
  },
  'object.__getattribute__': () => unknown('an attribute that is looked up by hand'),
};
