import { decide } from '../dims';
import { sameShape } from '../shapes';
import type { CallArgs, DType, Home, TensorArg } from './arg';
import { giveUp, newCall, outcome } from './call';
import { fault } from './codes';
import { isFloat, isInteger } from './dtypes';
import type { Family } from './family';
import type { OpContext, Outcome } from './outcome';
import { runRows } from './run';

/** Calls a function or method. A method's tensor is its first positional argument. */
export const callOp = (family: Family, args: CallArgs, cx: OpContext): Outcome => {
  const op = family.path.slice(family.path.lastIndexOf('.') + 1);
  if (family.kind === 'layer') {
    const call = newCall(cx, family.lib, op);
    return outcome(call, giveUp(call, `${op} is a layer`));
  }
  const { lib, python, path } = family;
  const done = runRows(family.functions, args, cx, { op, lib, python, method: path.startsWith('torch.Tensor.') });
  const becomes = family.functions.some(({ entry }) => entry.inplace === 'becomes');
  return family.inplace && !becomes ? inPlace(family.lib, op, args, cx, done) : done;
};

/** The result of an op in place is its first argument, which must have had the result's shape. */
const inPlace = (lib: Home, op: string, args: CallArgs, cx: OpContext, done: Outcome): Outcome => {
  const given = args.positional[0] ?? args.keywords.get('input') ?? args.keywords.get('x');
  if (done.fault || given?.kind !== 'tensor') return done;
  const { elements: _, fill: _f, ...self } = given;
  const { dtype: _type, ...untyped } = self;
  if (done.value.kind !== 'tensor') return { ...done, value: lib === 'paddle' ? untyped : self };
  const type = typeClash(self.dtype, done.value.dtype);
  // Some of Paddle's ops take on the result's type, some refuse.
  if (lib === 'paddle' && done.value.dtype !== self.dtype) return { ...done, value: untyped };
  if (type) {
    const data = { op, left: type.result, right: type.target };
    const refused = fault('dtype-mismatch', data, 'input');
    return { ...done, value: { kind: 'unknown', why: `${op} fails` }, fault: refused };
  }
  const clash = grows(self, done.value, cx);
  if (!clash) return { ...done, value: self };
  const refused = fault('inplace-shape', { op, target: self.shape, result: done.value.shape }, 'input');
  return { ...done, value: { kind: 'unknown', why: `${op} fails` }, fault: refused };
};

/** Fractions do not fit among whole numbers, nor those among truth values. */
const typeClash = (target: DType | undefined, result: DType | undefined) => {
  if (target === undefined || result === undefined || classOf(result) <= classOf(target)) return undefined;
  return { target, result };
};

const classOf = (t: DType): number => (t === 'bool' ? 0 : isInteger(t) ? 1 : isFloat(t) ? 2 : 3);

/** Whether a result is proved not to fit into the tensor that is to become it. */
export const grows = (target: TensorArg, result: TensorArg, cx: OpContext): boolean => {
  if (sameShape(target.shape, result.shape) || target.shape.rest || result.shape.rest) return false;
  if (target.shape.dims.length !== result.shape.dims.length) return true;
  return target.shape.dims.some((d, i) => {
    const other = result.shape.dims[i] ?? d;
    return decide(cx.facts, { kind: 'eq', left: d, right: other }) === false;
  });
};
