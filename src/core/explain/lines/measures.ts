import type { Words } from '../../ops';
import type { Expr } from '../../syntax';
import { words } from '../words';
import { codeText, entryOf } from './code';
import type { Scope } from './scope';

/** The size of an axis, which is counted from the back where its number is negative. */
export const axisSize = (of: string, axis: number): Words =>
  axis === -1
    ? words(`the size of the last axis of ${of}`, `${of} 最后一维的大小`)
    : words(`the size of axis ${axis} of ${of}`, `${of} ${axis < 0 ? '倒数' : ''}第 ${Math.abs(axis)} 维的大小`);

/** `x.dim()`, `x.numel()`, `len(x)`, `x.shape[0]`: what is measured. */
export const measureWords = (s: Scope, expr: Expr): Words | undefined => {
  const call = expr.kind === 'Call' ? expr : undefined;
  const owner = call?.func.kind === 'Attribute' ? call.func.value : expr.kind === 'Attribute' ? expr.value : undefined;
  const name = call?.func.kind === 'Attribute' ? call.func.attr : expr.kind === 'Attribute' ? expr.attr : undefined;
  const whose = owner && codeText(s, owner, 24);
  const isBare = !call || call.args.length === 0;
  if (whose !== undefined && name !== undefined && isBare) {
    const said = entryOf(call ? MEASURES : { ndim: RANK }, name);
    if (said) return words(said.en.replace('#', whose), said.zh.replace('#', whose));
  }
  const sized = sizedAxis(expr);
  const [of, axis] = [sized && codeText(s, sized.of, 24), sized?.axis];
  if (of !== undefined && axis !== undefined) return axisSize(of, axis);
  const [only, more] = call?.args ?? [];
  const counted =
    call?.func.kind === 'Name' && call.func.id === 'len' && only && !more ? codeText(s, only.value, 24) : undefined;
  return counted === undefined ? undefined : words(`the length of ${counted}`, `${counted} 的长度`);
};

const RANK = words('the number of axes of #', '# 的维数');
const MEASURES: Readonly<Record<string, Words>> = {
  dim: RANK,
  ndimension: RANK,
  numel: words('the number of elements of #', '# 的元素个数'),
};

/** `x.size(1)`, `x.shape[1]`. */
const sizedAxis = (expr: Expr): { readonly of: Expr; readonly axis: number } | undefined => {
  const isShape = expr.kind === 'Subscript' && expr.value.kind === 'Attribute' && expr.value.attr === 'shape';
  if (isShape && expr.value.kind === 'Attribute') return at(expr.value.value, expr.index);
  const [only, more] = expr.kind === 'Call' ? expr.args : [];
  return expr.kind === 'Call' && expr.func.kind === 'Attribute' && expr.func.attr === 'size' && only && !more
    ? at(expr.func.value, only.value)
    : undefined;
};

const at = (of: Expr, index: Expr): { readonly of: Expr; readonly axis: number } | undefined => {
  if (index.kind === 'Num') return { of, axis: index.value };
  return index.kind === 'UnaryOp' && index.op === '-' && index.operand.kind === 'Num'
    ? { of, axis: -index.operand.value }
    : undefined;
};
