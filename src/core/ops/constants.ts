import type { Arg, DType } from './arg';

const dtypes: readonly DType[] = [
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'complex64',
  'complex128',
  'uint8',
  'int8',
  'int16',
  'int32',
  'int64',
  'bool',
];

const dtype = (name: DType): Arg => ({ kind: 'dtype', name });
const float = (value: number): Arg => ({ kind: 'float', value });

const torch: Readonly<Record<string, Arg>> = {
  ...Object.fromEntries(dtypes.map((name) => [name, dtype(name)])),
  float: dtype('float32'),
  double: dtype('float64'),
  half: dtype('float16'),
  cfloat: dtype('complex64'),
  cdouble: dtype('complex128'),
  short: dtype('int16'),
  int: dtype('int32'),
  long: dtype('int64'),
  pi: float(Math.PI),
  e: float(Math.E),
  inf: float(Number.POSITIVE_INFINITY),
  nan: float(Number.NaN),
  newaxis: { kind: 'none' },
};

const paddle: Readonly<Record<string, Arg>> = {
  ...Object.fromEntries(dtypes.map((name) => [name, dtype(name)])),
  pi: float(Math.PI),
  e: float(Math.E),
  inf: float(Number.POSITIVE_INFINITY),
  nan: float(Number.NaN),
  newaxis: { kind: 'none' },
};

const numpy: Readonly<Record<string, Arg>> = {
  ...Object.fromEntries(dtypes.filter((name) => name !== 'bfloat16').map((name) => [name, dtype(name)])),
  bool_: dtype('bool'),
  newaxis: { kind: 'none' },
};

/** The element type that a text names, as Paddle takes them: `'float32'`. */
export const dtypeNamed = (name: string): DType | undefined => dtypes.find((known) => known === name);

/** A constant of a library by its full name: `torch.float32`, `torch.inf`. */
export const findConstant = (path: string): Arg | undefined => {
  const dot = path.lastIndexOf('.');
  const owner = path.slice(0, dot);
  const name = path.slice(dot + 1);
  if (owner === 'torch') return Object.hasOwn(torch, name) ? torch[name] : undefined;
  if (owner === 'paddle') return Object.hasOwn(paddle, name) ? paddle[name] : undefined;
  if (owner === 'numpy') return Object.hasOwn(numpy, name) ? numpy[name] : undefined;
  return undefined;
};
