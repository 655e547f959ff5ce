import { add, type Dim, max, neg, sub } from '../../dims';
import { type Shape, shapeOf } from '../../shapes';
import type { Arg, DType, Many, TensorArg } from '../arg';
import { type Call, fresh, freshShape, holds, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { ceilBy } from './quotient';

/** A new tensor that lies row by row; `otherwise` is its element type where the call names none. */
export const made = (call: Call, shape: Shape, dtype: DType | undefined | null, otherwise?: DType): TensorArg => {
  const type = dtype === null ? otherwise : dtype;
  return tensor(call.lib, shape, { ...(type ? { dtype: type } : {}), layout: 'contiguous' });
};

/** Sizes that a constructor accepts: none proved to be negative. */
export const sized = (call: Call, size: readonly Dim[]): Shape => {
  for (const d of size) {
    if (holds(call, { kind: 'le', left: 0, right: d }) === false)
      refuse(call, fault('negative', { op: call.op, argument: 'size', found: d }, 'size'));
  }
  return shapeOf(...size);
};

/** The shape of nested lists of numbers; ragged ones are refused. */
export const shapeOfData = (call: Call, data: Arg): Shape | undefined => {
  if (data.kind === 'tensor') return data.shape;
  if (data.kind === 'int' || data.kind === 'float' || data.kind === 'bool') return shapeOf();
  const items = manyOf(call, data);
  if (!items) return data.kind === 'unknown' || data.kind === 'other' ? unknownData(call) : undefined;
  const inner: Shape[] = [];
  for (const { item } of items) {
    const one = shapeOfData(call, item);
    if (!one) return undefined;
    inner.push(one);
  }
  const first = inner.find((s) => !s.rest);
  if (!first) return inner.length === 0 ? shapeOf(0) : unknownData(call);
  for (const other of inner) {
    if (other.rest) continue;
    const ragged = fault('sequence-ragged', { op: call.op }, 'data');
    if (other.dims.length !== first.dims.length) return refuse(call, ragged);
    other.dims.forEach((d, i) => {
      need(call, { kind: 'eq', left: first.dims[i] ?? d, right: d }, ragged);
    });
  }
  return shapeOf(items.map(({ times }) => times).reduce<Dim>(add, 0), ...first.dims);
};

const unknownData = (call: Call): Shape => freshShape(call, 'the data are not known');

/** The elements of a sequence, each as often as it stands there. What may have none has another shape then: no answer. */
const manyOf = (call: Call, data: Arg): readonly Many[] | undefined => {
  if (data.kind === 'tuple' || data.kind === 'sequence') return data.items.map((item) => ({ item, times: 1 }));
  const many = data.kind === 'unknown' ? data.many : undefined;
  const isSame = many?.every(({ item }) => NUMBERS.has(item.kind));
  return isSame || many?.some(({ times }) => holds(call, { kind: 'le', left: 1, right: times })) ? many : undefined;
};

/** Of numbers alone there may be none: it is one axis all the same. */
const NUMBERS: ReadonlySet<Arg['kind']> = new Set(['int', 'float', 'bool']);

/** The element type that data of numbers get. */
export const typeOfData = (data: Arg): DType | undefined => {
  if (data.kind === 'tensor') return data.dtype;
  if (data.kind === 'bool') return 'bool';
  if (data.kind === 'int') return 'int64';
  if (data.kind === 'float') return 'float32';
  if (data.kind !== 'tuple' && data.kind !== 'sequence') return undefined;
  if (data.items.length === 0) return 'float32';
  const types = data.items.map(typeOfData);
  if (types.some((t) => t === undefined)) return undefined;
  return types.find((t) => t?.includes('float')) ?? types.find((t) => t === 'int64') ?? types[0];
};

/** How many elements a triangle of a matrix has. */
export const triangle = (call: Call, rows: Dim, columns: Dim, offset: Dim, lower: boolean): Dim => {
  if (typeof rows !== 'number' || typeof columns !== 'number' || typeof offset !== 'number' || rows > 4096)
    return fresh(call, 'size of a triangle');
  let count = 0;
  for (let i = 0; i < rows; i++) {
    const below = Math.min(columns, Math.max(0, i + offset + (lower ? 1 : 0)));
    count += lower ? below : columns - below;
  }
  return count;
};

/** The start and the step of a range that the call does not name. */
export const zero: Arg = { kind: 'int', value: 0 };
export const one: Arg = { kind: 'int', value: 1 };

/** The element type of a range. */
export const rangeType = (bounds: readonly Arg[]): DType | undefined => {
  if (bounds.every((n) => n.kind === 'int' || n.kind === 'bool')) return 'int64';
  return bounds.some((n) => n.kind === 'float') ? 'float32' : undefined;
};

/** How many numbers a range has. PyTorch refuses one that goes the wrong way, Paddle's is empty. */
export const rangeSize = (call: Call, start: Arg, end: Arg, step: Arg): Dim => {
  if (start.kind === 'int' && end.kind === 'int' && step.kind === 'int')
    return wholeRange(call, start.value, end.value, step.value);
  if (end.kind === 'float' && end.ratio && start === zero && step.kind === 'int')
    return ceilBy(ceilBy(end.ratio.num, end.ratio.den), step.value);
  const [from, to, by] = [numeric(start), numeric(end), numeric(step)];
  if (from === undefined || to === undefined || by === undefined || by === 0) return fresh(call, 'length of a range');
  const count = Math.ceil((to - from) / by);
  if (count < 0 && call.lib === 'torch') refuse(call, fault('arange-direction', { op: call.op }, 'end'));
  return Math.max(0, count);
};

const wholeRange = (call: Call, start: Dim, end: Dim, step: Dim): Dim => {
  if (step === 0) refuse(call, fault('arange-direction', { op: call.op }, 'step'));
  const span = sub(end, start);
  const down = typeof step === 'number' && step < 0;
  const rightWay = holds(call, { kind: 'le', left: 0, right: down ? neg(span) : span });
  if (call.lib !== 'torch') return max(0, ceilBy(span, step));
  if (rightWay === false) refuse(call, fault('arange-direction', { op: call.op }, 'end'));
  return ceilBy(span, step);
};

const numeric = (n: Arg): number | undefined =>
  n.kind === 'float' ? n.value : n.kind === 'int' && typeof n.value === 'number' ? n.value : undefined;
