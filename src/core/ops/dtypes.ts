import type { Arg, DType } from './arg';

const order: readonly DType[] = ['bool', 'uint8', 'int8', 'int16', 'int32', 'int64'];
const floats: readonly DType[] = ['float16', 'bfloat16', 'float32', 'float64', 'complex64', 'complex128'];

/** Whether the type holds fractions. */
export const isFloat = (t: DType): boolean => t.includes('float');
export const isComplex = (t: DType): boolean => t.startsWith('complex');
export const isInteger = (t: DType): boolean => t !== 'bool' && order.includes(t);

/** The type of the parts of a complex number; any other type is its own. */
export const realType = (t: DType): DType => (t === 'complex64' ? 'float32' : t === 'complex128' ? 'float64' : t);

/** The type of a result of two tensors of rank 1 or more (`torch.result_type`). */
export const promote = (a: DType, b: DType): DType => {
  if (a === b) return a;
  const fa = floats.indexOf(a);
  const fb = floats.indexOf(b);
  if (fa < 0 && fb < 0) return promoteInts(a, b);
  if (fa < 0) return b;
  if (fb < 0) return a;
  if (fa < 2 && fb < 2) return 'float32';
  if ((a === 'float64' && b === 'complex64') || (a === 'complex64' && b === 'float64')) return 'complex128';
  return fa > fb ? a : b;
};

/** `uint8` with a signed type needs the next wider signed one. */
const promoteInts = (a: DType, b: DType): DType => {
  if ((a === 'uint8' && b === 'int8') || (a === 'int8' && b === 'uint8')) return 'int16';
  return order.indexOf(a) > order.indexOf(b) ? a : b;
};

/** The common type of several tensors; unknown when one of them is. */
export const promoteAll = (types: readonly (DType | undefined)[]): DType | undefined => {
  let all: DType | undefined;
  for (const t of types) {
    if (t === undefined) return undefined;
    all = all === undefined ? t : promote(all, t);
  }
  return all;
};

const withImaginary = (t: DType): DType | undefined => {
  if (t === 'float64') return 'complex128';
  return t === 'float16' ? undefined : 'complex64';
};

/** The type of a tensor combined with a Python number, which only changes the class of the type, never its width. */
export const promoteScalar = (t: DType, scalar: Arg): DType | undefined => {
  if (scalar.kind === 'bool') return t;
  if (scalar.kind === 'int') return t === 'bool' ? 'int64' : t;
  if (scalar.kind === 'float' && scalar.imaginary) return isComplex(t) ? t : withImaginary(t);
  if (scalar.kind === 'float') return isFloat(t) || isComplex(t) ? t : 'float32';
  return undefined;
};
