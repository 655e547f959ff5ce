import type { Words } from '../ops';
import type { Expr } from '../syntax';
import type { Context } from './context';
import { withoutSelf } from './own-names';
import { words } from './words';

/** `a + (b - a).detach()`: the numbers of `b`, with the gradient of `a`. */
export const straightThrough = (cx: Context, expr: Expr): Words | undefined => {
  if (expr.kind !== 'BinOp' || expr.op !== '+') return undefined;
  const [detached, kept] = expr.left.kind === 'Call' ? [expr.left, expr.right] : [expr.right, expr.left];
  if (detached.kind !== 'Call' || detached.func.kind !== 'Attribute' || detached.func.attr !== 'detach')
    return undefined;
  const gap = detached.func.value;
  if (gap.kind !== 'BinOp' || gap.op !== '-') return undefined;
  const [to, from, own] = [gap.left, gap.right, kept].map((side) => withoutSelf(cx, cx.source(side)));
  if (from !== own || ![to, own].every((name) => name !== undefined && /^[\w.]{1,24}$/.test(name))) return undefined;
  return words(
    `straight-through: the numbers of ${to}, the gradient goes to ${own}`,
    `直通估计：取 ${to} 的值，梯度直接传给 ${own}`,
  );
};
