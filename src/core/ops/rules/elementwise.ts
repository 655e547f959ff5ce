import { symbolsOf } from '../../dims';
import { type Shape, sameShape, shapeOf } from '../../shapes';
import type { Arg, DType, TensorArg } from '../arg';
import { broadcastAll, type Call, freshShape, refuse, tensor } from '../call';
import { fault } from '../codes';
import { isComplex, isFloat, promote, promoteScalar } from '../dtypes';
import { batchFirst } from '../outcome';

/** The element type of an elementwise result, `undefined` where an operand's is not known. */
export const commonType = (operands: readonly Arg[]): DType | undefined => {
  const tensors = operands.filter((o): o is TensorArg => o.kind === 'tensor');
  const wide = tensors.filter((t) => t.shape.rest !== undefined || t.shape.dims.length > 0);
  let all: DType | undefined;
  for (const t of wide.length > 0 ? wide : tensors) {
    if (t.dtype === undefined) return undefined;
    all = all === undefined ? t.dtype : promote(all, t.dtype);
  }
  for (const o of operands) {
    if (all === undefined) return undefined;
    if (o.kind === 'tensor') all = wide.length > 0 && !wide.includes(o) ? joinSingle(all, o.dtype) : all;
    else all = promoteScalar(all, o);
  }
  return all;
};

/** A tensor of rank 0 counts only by its class, like a Python number. */
const joinSingle = (all: DType, single: DType | undefined): DType | undefined => {
  if (single === undefined) return undefined;
  const classOf = (t: DType): number => (t === 'bool' ? 0 : t.includes('int') ? 1 : t.includes('float') ? 2 : 3);
  return classOf(single) > classOf(all) ? single : all;
};

/**
 * An elementwise op of tensors and numbers: shapes broadcast. An operand that nobody knows may be a tensor of any
 * shape, so nothing is claimed then. The result is still its entry where it can only have that tensor's shape.
 */
export const elementwise = (call: Call, operands: readonly Arg[], dtype?: DType): TensorArg | undefined => {
  const tensors = operands.filter((o): o is TensorArg => o.kind === 'tensor');
  const unknown = operands.some((o) => o.kind === 'unknown' || o.kind === 'other');
  const shape = unknown
    ? freshShape(call, 'an operand is not known')
    : broadcastAll(
        call,
        tensors.map((t) => t.shape),
        (left, right) => fault('broadcast-mismatch', { op: call.op, left, right }, 'input', 'other'),
      );
  for (const t of tensors) demandRank(call, t, tensors);
  const type = dtype ?? commonType(operands);
  const wide = tensors.filter((t) => t.shape.rest !== undefined || t.shape.dims.length > 0);
  const only = wide.length === 1 && !unknown ? wide[0] : undefined;
  const keeps = only?.origin !== undefined && shape !== undefined && sameShape(only.shape, shape);
  return tensor(call.lib, shape ?? shapeOf(), {
    ...(type ? { dtype: type } : {}),
    ...(tensors.every((t) => t.layout === 'contiguous') && !unknown ? { layout: 'contiguous' } : {}),
    ...(keeps && only?.origin !== undefined ? { origin: only.origin } : {}),
  });
};

/** Fewer axes than these say nothing: a bias of shape `[1, C]` stands beside tensors of any rank. */
const FEWEST = 3;

/** Beside `[1, C, 1, 1]`, which somebody has given a batch axis, a tensor of unknown rank has as many axes. */
const demandRank = (call: Call, t: TensorArg, others: readonly TensorArg[]): void => {
  if (!t.shape.rest || call.doubts.length > 0) return;
  const rank = others.map(({ shape }) => rankBeside(shape)).find((found) => found !== undefined);
  if (rank !== undefined && rank >= t.shape.dims.length)
    call.demands.push({ tensor: t, axes: batchFirst(rank), open: false });
};

/**
 * How many axes a tensor has that meets a parameter of this shape: as many as one with an axis of size 1 for the batch,
 * one more than one that has a size for each channel and none for the batch: `[C, 1, 1]`.
 */
const rankBeside = ({ dims, rest }: Shape): number | undefined => {
  const [first, ...others] = dims;
  const isParameter = dims.every((d) => symbolsOf(d).every(({ role }) => role === 'rigid'));
  if (rest || dims.length < FEWEST || !isParameter) return undefined;
  const hasBatch = first === 1;
  // All ones say nothing, several sizes without a batch axis neither.
  return others.every((d) => d === 1) === hasBatch ? undefined : dims.length + (hasBatch ? 0 : 1);
};

/** A mask cannot be subtracted, nor be subtracted from (`~mask` inverts it). */
export const needNoTruth = (call: Call, ...operands: readonly Arg[]): void => {
  const mask = operands.find((o) => (o.kind === 'tensor' && o.dtype === 'bool') || o.kind === 'bool');
  if (!mask) return;
  refuse(
    call,
    fault('dtype-refused', { op: call.op, argument: 'input', expected: 'number', found: 'bool' }, 'input', 'other'),
  );
};

/** Complex numbers have no order. */
export const needReal = (call: Call, ...operands: readonly Arg[]): void => {
  const complex = operands.find((o) => o.kind === 'tensor' && o.dtype !== undefined && isComplex(o.dtype));
  if (complex?.kind !== 'tensor' || complex.dtype === undefined) return;
  const data = { op: call.op, argument: 'input', expected: 'float', found: complex.dtype };
  refuse(call, fault('dtype-refused', data, 'input', 'other'));
};

/**
 * Paddle combines tensors of different element types only where both hold fractions (or complex numbers); a tensor of
 * rank 0 counts as a number. What nobody knows passes, and complex numbers may meet anything.
 */
export const needSameClass = (call: Call, ...operands: readonly Arg[]): void => {
  const wide = operands.filter(
    (o): o is TensorArg => o.kind === 'tensor' && o.shape.rest === undefined && o.shape.dims.length > 0,
  );
  const first = wide[0]?.dtype;
  for (const { dtype } of wide) {
    if (first === undefined || dtype === undefined || dtype === first) continue;
    if (isComplex(first) || isComplex(dtype) || (isFloat(first) && isFloat(dtype))) continue;
    refuse(call, fault('dtype-mismatch', { op: call.op, left: first, right: dtype }, 'x', 'y'));
    return;
  }
};
