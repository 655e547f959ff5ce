import type { ClassValue, OpaqueValue, Value } from '../values';
import type { Machine } from './machine';
import { nativeClass } from './natives';

const PLAIN: Readonly<Record<string, string>> = {
  none: 'builtins.NoneType',
  bool: 'builtins.bool',
  int: 'builtins.int',
  float: 'builtins.float',
  str: 'builtins.str',
  list: 'builtins.list',
  tuple: 'builtins.tuple',
  dict: 'builtins.dict',
  set: 'builtins.set',
  range: 'builtins.range',
  slice: 'builtins.slice',
  function: 'types.FunctionType',
  method: 'types.MethodType',
  builtin: 'types.BuiltinFunctionType',
  class: 'builtins.type',
  module: 'types.ModuleType',
  namespace: 'types.ModuleType',
  partial: 'functools.partial',
  iterator: 'types.GeneratorType',
  dtype: 'torch.dtype',
  device: 'torch.device',
  op: 'types.BuiltinFunctionType',
};

/** The class of a value; undefined where nobody knows. */
export const typeOf = (m: Machine, value: Value): ClassValue | undefined => {
  if (value.kind === 'object') return value.cls;
  if (value.kind === 'tensor') {
    if (value.lib === 'paddle') return nativeClass(m, 'paddle.Tensor');
    if (value.lib === 'numpy') return nativeClass(m, 'numpy.ndarray');
    return nativeClass(m, value.parameter?.trained ? 'torch.nn.Parameter' : 'torch.Tensor');
  }
  if (value.kind === 'tuple' && value.named) return value.named;
  const path = PLAIN[value.kind];
  return path ? nativeClass(m, path) : undefined;
};

/** Abstract classes of Python that stand for families of types. */
const ABSTRACT: Readonly<Record<string, readonly Value['kind'][]>> = {
  Sequence: ['list', 'tuple', 'str', 'range'],
  MutableSequence: ['list'],
  Iterable: ['list', 'tuple', 'str', 'range', 'dict', 'set', 'iterator'],
  Collection: ['list', 'tuple', 'str', 'range', 'dict', 'set'],
  Sized: ['list', 'tuple', 'str', 'range', 'dict', 'set'],
  Mapping: ['dict'],
  MutableMapping: ['dict'],
  Callable: ['function', 'method', 'builtin', 'class', 'partial', 'op', 'object'],
  Number: ['int', 'float', 'bool'],
  Real: ['int', 'float', 'bool'],
  Integral: ['int', 'bool'],
  List: ['list'],
  Tuple: ['tuple'],
  Dict: ['dict'],
  Set: ['set'],
};

const names = (types: readonly Value[], name: string): boolean =>
  types.some((t) => t.kind === 'class' && t.path === `builtins.${name}`);

/** The kinds of values that an abstract class of Python stands for. */
const abstractKinds = ({ path }: ClassValue): readonly Value['kind'][] | undefined =>
  path && /^(typing|collections\.abc|numbers|collections)\./.test(path)
    ? ABSTRACT[path.slice(path.lastIndexOf('.') + 1)]
    : undefined;

/** By its annotation. What is annotated as one kind of sequence may be given as another. */
const opaqueIsInstance = ({ type }: OpaqueValue, cls: ClassValue): boolean | undefined => {
  if (!type || !cls.path) return undefined;
  const kinds = abstractKinds(cls);
  if (kinds) return type === 'list' || type === 'dict' ? kinds.includes(type) || undefined : kinds.includes(type);
  if (type === 'list' || type === 'dict')
    return /^builtins\.(int|float|bool|str)$|Tensor$/.test(cls.path) ? false : undefined;
  return cls.path === `builtins.${type}`;
};

/** `isinstance(value, type)`: undefined where nobody knows. */
export const isInstance = (m: Machine, value: Value, type: Value): boolean | undefined => {
  if (type.kind === 'tuple') {
    const answers = type.items.map((t) => isInstance(m, value, t));
    if (value.kind === 'opaque' && value.type === 'list' && ['list', 'tuple'].every((n) => names(type.items, n)))
      return true;
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }
  if (value.kind === 'unknown' || value.kind === 'either') return undefined;
  if (type.kind === 'opaque' || type.kind === 'either') return undefined;
  if (type.kind === 'unknown') {
    const name = type.why.slice(type.why.lastIndexOf('.') + 1);
    const kinds = ABSTRACT[name];
    return kinds && value.kind !== 'opaque' ? kinds.includes(value.kind) : undefined;
  }
  if (type.kind !== 'class') return type.kind === 'none' ? value.kind === 'none' : undefined;
  if (value.kind === 'opaque') return opaqueIsInstance(value, type);
  const kinds = abstractKinds(type);
  if (kinds) return kinds.includes(value.kind);
  const cls = typeOf(m, value);
  if (!cls) return undefined;
  if (type.path === 'torch.Size') return value.kind === 'tuple' ? undefined : false;
  return isSubclass(cls, type);
};

export const isSubclass = (cls: ClassValue, type: ClassValue): boolean | undefined => {
  if (cls.mro.includes(type) || (type.path !== undefined && cls.mro.some((c) => c.path === type.path))) return true;
  if (type.path === 'builtins.object') return true;
  return cls.mro.some((c) => c.open) ? undefined : false;
};
