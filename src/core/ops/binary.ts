import { shapeOf } from '../shapes';
import type { Arg, DType, TensorArg } from './arg';
import { type Call, newCall, outcome, refuse, tensor } from './call';
import { fault } from './codes';
import { typeName } from './convert';
import { isComplex, isFloat } from './dtypes';
import type { OpContext, Outcome } from './outcome';
import { needAlike } from './rules/checks';
import { commonType, elementwise, needNoTruth, needReal, needSameClass } from './rules/elementwise';
import { laid } from './rules/layout';
import { matmul, productLayout } from './rules/matmul';

export type BinaryOp =
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | '%'
  | '**'
  | '@'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>=';

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** Operators that compare or round, which complex numbers do not know. */
const ordering: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '//', '%']);

/** A Python operator at least one side of which is a tensor. */
export const binary = (op: BinaryOp, left: Arg, right: Arg, cx: OpContext): Outcome => {
  const lib = left.kind === 'tensor' ? left.lib : right.kind === 'tensor' ? right.lib : 'torch';
  const call = newCall(cx, lib, op);
  if (op === '@') return outcome(call, product(call, left, right));
  const odd = [left, right].find((side) => !combines(side));
  if (odd && (op === '==' || op === '!=')) return outcome(call, { kind: 'bool', value: op === '!=' });
  if (odd && isList(odd) && op === '*' && mayCount(left, right)) return outcome(call, undefined);
  if (odd) {
    const data = { op, argument: 'other', expected: 'Tensor, number', found: typeName(odd) };
    return outcome(call, refuse(call, fault('wrong-type', data, 'other')));
  }
  if (lib === 'paddle') needSameClass(call, left, right);
  if (op === '-' && lib === 'torch') needNoTruth(call, left, right);
  if (ordering.has(op) && lib === 'torch') needReal(call, left, right);
  const result = elementwise(call, [left, right], typeOf(op, left, right));
  // Paddle makes a tensor of one axis of the number that `//` meets, and of no other operator's.
  const vector = lib === 'paddle' && op === '//' && [left, right].some((side) => side.kind !== 'tensor');
  return outcome(call, vector && isScalar(result) ? { ...result, shape: shapeOf(1) } : result);
};

const isScalar = (t: Arg | undefined): t is TensorArg =>
  t?.kind === 'tensor' && t.shape.dims.length === 0 && t.shape.rest === undefined;

/** Whether a value can stand beside a tensor in an operator, as far as anybody knows. */
const combines = (side: Arg): boolean => ['tensor', 'int', 'float', 'bool', 'unknown', 'other'].includes(side.kind);

const isList = (side: Arg): boolean => side.kind === 'tuple' || side.kind === 'sequence';

/** A list times a tensor of one integer repeats the list. */
const mayCount = (left: Arg, right: Arg): boolean => {
  const t = left.kind === 'tensor' ? left : right.kind === 'tensor' ? right : undefined;
  if (!t || (t.dtype && (isFloat(t.dtype) || isComplex(t.dtype)))) return false;
  return t.shape.dims.every((d) => typeof d !== 'number' || d === 1);
};

const typeOf = (op: BinaryOp, left: Arg, right: Arg): DType | undefined => {
  if (comparisons.has(op)) return 'bool';
  if (op !== '/') return undefined;
  const type = commonType([left, right]);
  return type === undefined || isFloat(type) || isComplex(type) ? type : 'float32';
};

const product = (call: Call, left: Arg, right: Arg): Arg | undefined => {
  for (const side of [left, right]) {
    if (side.kind === 'tensor' || side.kind === 'unknown' || side.kind === 'other') continue;
    const data = { op: '@', argument: 'other', expected: 'Tensor', found: typeName(side) };
    return refuse(call, fault('wrong-type', data, 'other'));
  }
  if (left.kind !== 'tensor' || right.kind !== 'tensor') return undefined;
  if (call.lib === 'torch') needAlike(call, { input: left, other: right });
  const shape = matmul(call, left, right);
  const type = commonType([left, right]);
  const rows = productLayout([left, right]) === 'contiguous';
  return shape && tensor(call.lib, shape, { ...(type ? { dtype: type } : {}), ...(rows ? laid('contiguous') : {}) });
};
