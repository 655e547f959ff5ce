import type { DType } from '../ops';
import { type ClassValue, NONE, type OpaqueValue, tuple, unknown, type Value } from '../values';
import type { Machine } from './machine';
import { derives, isModuleClass, nativeClass } from './natives';
import { classMember } from './protocols';

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

/** What can be gone through, has a length, and can be asked whether something is in it. */
const COLLECTIONS = ['list', 'tuple', 'str', 'range', 'dict', 'set', 'tensor'] as const;
const UNHASHABLE: readonly Value['kind'][] = ['list', 'dict', 'set', 'slice'];

/** Abstract classes of Python that stand for families of types. */
const ABSTRACT: Readonly<Record<string, (kind: Value['kind']) => boolean>> = {
  Sequence: oneOf('list', 'tuple', 'str', 'range'),
  MutableSequence: oneOf('list'),
  Iterable: oneOf(...COLLECTIONS, 'iterator'),
  Iterator: oneOf('iterator'),
  Container: oneOf(...COLLECTIONS),
  Collection: oneOf(...COLLECTIONS),
  Sized: oneOf(...COLLECTIONS),
  Hashable: (kind) => !UNHASHABLE.includes(kind),
  Mapping: oneOf('dict'),
  MutableMapping: oneOf('dict'),
  Callable: oneOf('function', 'method', 'builtin', 'class', 'partial', 'op', 'object'),
  Number: oneOf('int', 'float', 'bool'),
  Real: oneOf('int', 'float', 'bool'),
  Integral: oneOf('int', 'bool'),
  List: oneOf('list'),
  Tuple: oneOf('tuple'),
  Dict: oneOf('dict'),
  Set: oneOf('set'),
};

/** The method by which an instance of any class is one of an abstract class. */
const METHODS: Readonly<Record<string, string>> = {
  Iterable: '__iter__',
  Iterator: '__next__',
  Container: '__contains__',
  Collection: '__contains__',
  Sized: '__len__',
};

function oneOf(...kinds: readonly Value['kind'][]) {
  return (kind: Value['kind']): boolean => kinds.includes(kind);
}

const CONTAINERS = /^(torch|paddle)\.nn\.(Sequential|(Module|Layer|Parameter)(List|Dict))$/;

/** Whether a value is of an abstract class of Python; undefined where nobody knows. */
const isAbstractly = (name: string, value: Value): boolean | undefined => {
  const fits = ABSTRACT[name];
  if (!fits) return undefined;
  if (value.kind !== 'object' || fits('object')) return fits(value.kind);
  const { cls } = value;
  if (cls.mro.some((c) => c.path?.endsWith(`.${name}`))) return true;
  if (derives(cls, 'builtins.dict')) return fits('dict');
  const method = METHODS[name];
  if (method && classMember(cls, method)) return true;
  if (method && cls.mro.some((c) => CONTAINERS.test(c.path ?? ''))) return method === '__contains__' ? undefined : true;
  const isLibrary = cls.mro.some((c) => c.path !== undefined && c.path !== 'builtins.object') && !isModuleClass(cls);
  return cls.open || (method && isLibrary) ? undefined : false;
};

const names = (types: readonly Value[], name: string): boolean =>
  types.some((t) => t.kind === 'class' && t.path === `builtins.${name}`);

/** The name of a class that is one of Python's abstract ones. */
const abstractName = ({ path }: ClassValue): string | undefined => {
  const name = path?.slice(path.lastIndexOf('.') + 1);
  return path && name && name in ABSTRACT && /^(typing|collections\.abc|numbers|collections)\./.test(path)
    ? name
    : undefined;
};

/** By its annotation. What is annotated as one kind of sequence may be given as another. */
const opaqueIsInstance = ({ type }: OpaqueValue, cls: ClassValue): boolean | undefined => {
  if (!type || !cls.path) return undefined;
  const fits = ABSTRACT[abstractName(cls) ?? ''];
  if (fits) return fits(type) || (type === 'list' || type === 'dict' ? undefined : false);
  if (type === 'list' || type === 'dict')
    return /^builtins\.(int|float|bool|str)$|Tensor$/.test(cls.path) ? false : undefined;
  return cls.path === `builtins.${type}`;
};

/** `int | None` and `Union[int, None]`: classes to choose from are those of a tuple. */
export const unionOf = (types: readonly Value[]): Value | undefined => {
  const all = types.flatMap((type) => (type.kind === 'tuple' ? type.items : [type]));
  const areTypes = all.every(({ kind }) => kind === 'class' || kind === 'none');
  return areTypes && all.some(({ kind }) => kind === 'class') ? tuple(all) : undefined;
};

/** `Literal['a', 'b']` is a class of its own, which has what it is made of; `Union[A, B]` is the classes to choose from. */
export const ofTypes = (cls: ClassValue, args: readonly Value[]): Value => {
  const name = /^typing(?:_extensions)?\.(\w+)$/.exec(cls.path ?? '')?.[1];
  if (name === 'Union' || name === 'Optional')
    return unionOf(name === 'Union' ? args : [...args, NONE]) ?? unknown(cls.name);
  if (name !== 'Literal') return cls;
  const made: ClassValue = { ...cls, attrs: new Map([['__args__', tuple(args)]]) };
  return Object.assign(made, { mro: [made, ...cls.mro.slice(1)] });
};

/** Old classes that are asked for an element type. */
export const TYPED_TENSORS: Readonly<Record<string, DType>> = {
  'torch.FloatTensor': 'float32',
  'torch.LongTensor': 'int64',
  'torch.IntTensor': 'int32',
  'torch.BoolTensor': 'bool',
};

/** What stands for a tensor while code is traced, which it is not. */
const TRACED = /^torch\.fx\.Proxy$|\b(Fake|Functional)Tensor\b/;

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
    if (value.kind === 'tensor' && TRACED.test(type.why)) return false;
    const name = type.why.slice(type.why.lastIndexOf('.') + 1);
    return value.kind === 'opaque' ? undefined : isAbstractly(name, value);
  }
  if (type.kind !== 'class') return type.kind === 'none' ? value.kind === 'none' : undefined;
  if (value.kind === 'opaque') return opaqueIsInstance(value, type);
  const abstract = abstractName(type);
  if (abstract) return isAbstractly(abstract, value);
  if (type.path === 'enum.EnumMeta') return value.kind === 'class' && value.fieldsKind === 'enum';
  const cls = typeOf(m, value);
  if (!cls) return undefined;
  const ofType = type.path && TYPED_TENSORS[type.path];
  if (ofType && value.kind === 'tensor') return value.dtype && value.dtype === ofType;
  if (type.path === 'torch.Size') return value.kind === 'tuple' ? undefined : false;
  return isSubclass(cls, type);
};

export const isSubclass = (cls: ClassValue, type: ClassValue): boolean | undefined => {
  if (cls.mro.includes(type) || (type.path !== undefined && cls.mro.some((c) => c.path === type.path))) return true;
  if (type.path === 'builtins.object') return true;
  return cls.mro.some((c) => c.open) ? undefined : false;
};
