import type { Dim } from '../../dims';
import type { Arg, DType, TensorArg } from '../arg';
import { type Call, holds, need, refuse } from '../call';
import { fault } from '../codes';
import { isComplex } from '../dtypes';

/** Refuses a number outside `[low, high]`; one that nobody knows passes. */
export const needBetween = (call: Call, name: string, value: number | undefined, low: number, high: number): void => {
  if (value === undefined || (value >= low && value <= high)) return;
  const data = { op: call.op, argument: name, low: `${low}`, high: `${high}`, found: `${value}` };
  refuse(call, fault('value-range', data, name));
};

/** Refuses a word that is none of the choices. */
export const needChoice = (call: Call, name: string, value: string, choices: readonly string[]): void => {
  if (choices.includes(value)) return;
  const data = { op: call.op, argument: name, choices: choices.map((c) => `'${c}'`).join(', '), found: `'${value}'` };
  refuse(call, fault('value-choice', data, name));
};

/** Refuses sizes that are proved to be 0 or less; an open one is granted, because hardly any code means it. */
export const needPositive = (call: Call, name: string, values: readonly Dim[]): void => {
  for (const value of values) {
    const known = holds(call, { kind: 'lt', left: 0, right: value });
    if (known === undefined && call.doubts.length === 0) call.granted.push({ kind: 'le', left: 1, right: value });
    if (known === false) refuse(call, fault('not-positive', { op: call.op, argument: name, found: value }, name));
  }
};

/** Refuses sizes that are proved to be negative. */
export const needNotNegative = (call: Call, name: string, values: readonly Dim[]): void => {
  for (const value of values) {
    if (holds(call, { kind: 'le', left: 0, right: value }) !== false) continue;
    refuse(call, fault('negative', { op: call.op, argument: name, found: value }, name));
  }
};

/** States that one size is a multiple of another. */
export const needMultiple = (call: Call, size: Dim, by: Dim, what: string, ...names: readonly string[]): void => {
  if (by === 1) return;
  const clash = fault('not-divisible', { op: call.op, size, by, what }, ...names);
  if (by === 0) refuse(call, clash);
  else need(call, { kind: 'divides', divisor: by, dividend: size }, clash);
};

/** Refuses a tensor of rank 1 or more where one number is wanted. */
export const needSingle = (call: Call, value: Arg, name: string): void => {
  if (value.kind !== 'tensor' || value.shape.rest || value.shape.dims.length === 0) return;
  const data = { op: call.op, argument: name, expected: '0', found: value.shape.dims.length, shape: value.shape };
  refuse(call, fault('rank-mismatch', data, name));
};

/** Refuses a tensor of another rank than this one. */
export const needRank = (call: Call, { shape }: TensorArg, name: string, rank: number): void => {
  if (shape.rest || shape.dims.length === rank) return;
  const data = { op: call.op, argument: name, expected: `${rank}`, found: shape.dims.length, shape };
  refuse(call, fault('rank-mismatch', data, name));
};

/** Types that autocast may turn into each other; double precision it leaves alone. */
const castable: ReadonlySet<DType> = new Set<DType>(['float16', 'bfloat16', 'float32']);

/** Refuses tensors that do not share one element type, where those are known. */
export const needAlike = (call: Call, tensors: Readonly<Record<string, TensorArg>>): void => {
  let first: DType | undefined;
  for (const { dtype } of Object.values(tensors)) {
    if (dtype === undefined) continue;
    first ??= dtype;
    if (dtype === first || (castable.has(dtype) && castable.has(first))) continue;
    // Paddle makes both complex.
    if (call.lib === 'paddle' && (isComplex(dtype) || isComplex(first))) return;
    refuse(call, fault('dtype-mismatch', { op: call.op, left: first, right: dtype }, ...Object.keys(tensors)));
    return;
  }
};

/** Refuses a mask that does not hold truth values; `also` names a further type that some ops still take. */
export const needMask = (call: Call, mask: TensorArg, name: string, also?: DType): void => {
  if (mask.dtype === undefined || mask.dtype === 'bool' || mask.dtype === also) return;
  refuse(call, fault('dtype-refused', { op: call.op, argument: name, expected: 'bool', found: mask.dtype }, name));
};

/** Refuses known indices outside an axis; a negative one is outside, too, unless it may count from the end. */
export const needInside = (call: Call, index: TensorArg, size: Dim, name: string, fromEnd = false): void => {
  for (const element of index.elements ?? []) {
    if (element.kind !== 'int' || typeof element.value !== 'number') continue;
    const i = element.value;
    const clash = fault('index-range', { op: call.op, index: i, size }, name);
    if (i < 0 && !fromEnd) refuse(call, clash);
    else need(call, { kind: 'le', left: i < 0 ? -i : i + 1, right: size }, clash);
  }
};

/** Refuses a known number outside 0 to 1. */
export const needProbability = (call: Call, value: Arg, name: string): void => {
  const known = value.kind === 'int' || value.kind === 'float' ? value.value : undefined;
  if (typeof known === 'number') needBetween(call, name, known, 0, 1);
};
