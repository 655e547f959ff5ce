import { dict, keyOf, list, NONE, set, str, tuple, unknown, type Value } from '../../values';
import { distribute, resolve } from '../branch';
import { formatted, repr, text } from '../format';
import { iterate } from '../iteration';
import type { Machine } from '../machine';
import { asPlain } from '../mappings';
import { HOLE, textValue } from '../partial-text';
import { copyOf } from '../typed-lists';
import type { Native, NativeCall, NativeTable } from './native';

const NODE = { start: 0, end: 0 };

const makeList: Native = ({ m, at, node }) => {
  const given = at(0);
  if (!given) return list([]);
  return distribute(m, given, (v) => {
    const copied = v.kind === 'opaque' ? copyOf(m, v) : undefined;
    if (copied) return copied;
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
  from: Value,
  node: NonNullable<NativeCall['node']>,
): void => {
  const given = asPlain(from);
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
  return textValue(text(m, at(0) ?? str('')) ?? HOLE);
};

const slice: Native = ({ args }) => {
  const [a = NONE, b, c = NONE] = args.positional;
  return b === undefined
    ? { kind: 'slice', lower: NONE, upper: a, step: NONE }
    : { kind: 'slice', lower: a, upper: b, step: c };
};

export const constructors: NativeTable = {
  repr: ({ m, at }) => {
    const value = repr(m, at(0) ?? NONE);
    return value === undefined ? unknown('repr()') : str(value);
  },
  format: ({ m, at }) => {
    const spec = at(1);
    const value = formatted(m, at(0) ?? NONE, spec === undefined ? '' : spec.kind === 'str' ? spec.value : undefined);
    return value === undefined ? unknown('format()') : str(value);
  },
  dict: makeDict,
  'builtins.str()': makeStr,
  'builtins.list()': makeList,
  'builtins.tuple()': makeTuple,
  'torch.Size()': makeTuple,
  'builtins.set()': makeSet,
  'builtins.frozenset()': makeSet,
  'builtins.dict()': makeDict,
  'collections.OrderedDict()': makeDict,
  'builtins.slice()': slice,
};
