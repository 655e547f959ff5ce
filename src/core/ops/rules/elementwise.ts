import { type Dim, keyOf, symbolOf, symbolsOf } from '../../dims';
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
        inPlainReading(call, tensors).map((each) => (tensors.length > 1 ? loosened(call, each) : each)),
        (left, right) => fault('broadcast-mismatch', { op: call.op, left, right }, 'input', 'other'),
      );
  for (const t of tensors) {
    demandRank(call, t, tensors);
    if (tensors.length > 1) noteMet(call, t, tensors);
  }
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

/**
 * The shapes as they are plainly read: an input of unknown rank beside a batch of known rank (`scores + mask`) does not
 * give that more axes. What it meets has the sizes of the result then, unless that is 1.
 */
const inPlainReading = (call: Call, tensors: readonly TensorArg[]): readonly Shape[] => {
  // Of `features * gate` it is the features that may have more than the one place of the gate.
  if (/^(\*|\/|mul|div|multiply|divide)_?$/.test(call.op)) return tensors.map(({ shape }) => shape);
  const ranks = tensors.flatMap(({ shape }) => (shape.rest || isParameter(shape) ? [] : [shape.dims.length]));
  const most = Math.max(0, ...ranks);
  return tensors.map((t) => {
    const { dims, rest } = t.shape;
    const isInput = rest?.at === 0 && /^i:[^&]*$/.test(rest.id);
    if (!call.cx.supposes || !isInput || most < FEWEST || dims.length > most) return t.shape;
    call.demands.push({ tensor: t, axes: batchFirst(most), open: false, usual: 'most' });
    const before = Array.from({ length: most - dims.length }, (_, i) => call.cx.unknownSize(`axis ${i}`));
    return { dims: [...before, ...dims] };
  });
};

/** An axis that meets the channels of a layer here and a single one there is stretched in one of the two places. */
const noteMet = (call: Call, t: TensorArg, others: readonly TensorArg[]): void => {
  const { origin, shape } = t;
  if (origin === undefined || shape.rest || !call.cx.supposes) return;
  for (const { shape: other } of others.filter((each) => each !== t && !isParameter(each.shape)))
    for (let axis = -1; -axis <= Math.min(shape.dims.length, other.rest ? 0 : other.dims.length); axis--) {
      const met = other.dims.at(axis);
      if (met === 1) call.cx.meets?.(origin, axis, 1);
      else if (met !== undefined && isGiven(met) && keyOf(met) !== keyOf(shape.dims.at(axis) ?? 1))
        call.cx.meets?.(origin, axis, 'given');
    }
};

const isGiven = (d: Dim): boolean => typeof d !== 'number' && symbolsOf(d).every(({ role }) => role === 'rigid');

/** The shape with the axes open that may be 1 as well as what they meet. */
const loosened = (call: Call, shape: Shape): Shape => {
  const isLoose = (d: Dim): boolean => {
    const [, entry] = /^i:(.*):-?\d+$/.exec(symbolOf(d)?.id ?? '') ?? [];
    return entry !== undefined && call.cx.isLoose?.(entry) === true;
  };
  if (!shape.dims.some(isLoose)) return shape;
  const dims = shape.dims.map((d) => (isLoose(d) ? call.cx.unknownSize('it may be 1 as well') : d));
  return { ...shape, dims };
};

/** Fewer axes than these say nothing: a bias of shape `[1, C]` stands beside tensors of any rank. */
const FEWEST = 3;

/**
 * Beside a tensor with axes of size 1 that somebody has written, a tensor of unknown rank has as many axes. One into
 * which the code has put axes itself (`mask[:, None]`) has as many as what it meets, a parameter excepted.
 */
const demandRank = (call: Call, t: TensorArg, others: readonly TensorArg[]): void => {
  if (!t.shape.rest || call.doubts.length > 0 || !call.cx.supposes) return;
  const known = others.map(({ shape }) => shape).filter(({ dims, rest }) => !rest && dims.length > 1);
  const written = known.map(rankBeside).find((rank) => rank !== undefined);
  const rank = written ?? known.find((shape) => isLinedUp(shape, t) || !isParameter(shape))?.dims.length;
  if (rank === undefined || rank < t.shape.dims.length) return;
  const usual = written === undefined ? 'widened' : 'always';
  call.demands.push({ tensor: t, axes: batchFirst(rank), open: false, usual });
};

/**
 * Whether the axes of size 1 of a shape are there for the others of what meets it: of `arange(n)[None, :]` beside
 * `t[:, None]` they are, of a row `[[w, h]]` beside `points[None]` not.
 */
const isLinedUp = ({ dims }: Shape, { shape }: TensorArg): boolean =>
  dims.includes(1) && (dims.length >= FEWEST || dims[0] !== 1 || shape.dims[0] !== 1);

/** Whether all sizes are those of the constructor. */
const isParameter = ({ dims }: Shape): boolean => dims.every((d) => symbolsOf(d).every(({ role }) => role === 'rigid'));

/**
 * How many axes a tensor has that meets one of this shape: as many, where that has axes of size 1 (`[1, C, 1, 1]`,
 * `[B, 1, D]` of `scale[:, None]`); one more than a parameter that has a size for each channel and none for the batch:
 * `[C, 1, 1]`.
 */
const rankBeside = ({ dims }: Shape): number | undefined => {
  if (dims.length < FEWEST || dims.every((d) => d === 1) || !dims.includes(1)) return undefined;
  const [first, ...others] = dims;
  if (first === 1 || !isParameter({ dims })) return dims.length;
  return others.every((d) => d === 1) ? dims.length + 1 : undefined;
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
