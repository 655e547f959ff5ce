import type { DType, NumberArg } from '../ops';
import { bool, float, int } from '../values';

/** A number as an element of a type. */
export const elementOf = (x: number, dtype: DType | undefined): NumberArg => {
  if (dtype === 'bool') return bool(x !== 0);
  if (dtype?.startsWith('int') || dtype === 'uint8') return int(Math.trunc(x));
  return float(dtype === 'float32' ? Math.fround(x) : x);
};

/** Halves go to the even neighbour. */
const halfEven = (x: number): number => {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
};

const divide = (a: number, b: number): number => a / b;

/** What is done to each number, or to each pair of numbers. */
export const ELEMENTWISE: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  multiply: (a, b) => a * b,
  div: divide,
  divide,
  true_divide: divide,
  floor_divide: (a, b) => Math.floor(a / b),
  remainder: (a, b) => a - b * Math.floor(a / b),
  pow: (a, b) => a ** b,
  power: (a, b) => a ** b,
  round: halfEven,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  log: (a) => Math.log(a),
  log2: (a) => Math.log2(a),
  exp: (a) => Math.exp(a),
  sqrt: (a) => Math.sqrt(a),
  abs: (a) => Math.abs(a),
  neg: (a) => -a,
  logical_not: (a) => Number(a === 0),
  logical_and: (a, b) => Number(a !== 0 && b !== 0),
  logical_or: (a, b) => Number(a !== 0 || b !== 0),
  eq: (a, b) => Number(a === b),
  ne: (a, b) => Number(a !== b),
  lt: (a, b) => Number(a < b),
  le: (a, b) => Number(a <= b),
  gt: (a, b) => Number(a > b),
  ge: (a, b) => Number(a >= b),
};
