import type { Words } from '../ops';
import type { BinOp, Expr } from '../syntax';
import type { TensorValue, Value } from '../values';
import type { Context } from './context';
import { formulaOf } from './formula';
import type { Step } from './ops';
import { withoutSelf } from './own-names';
import { plain, words } from './words';

/** What an operator does to a tensor; undefined where it is not told. */
export const arithmetic = (cx: Context, expr: BinOp): Step | undefined => {
  const [left, right] = [cx.r.value(expr.left), cx.r.value(expr.right)];
  const both = left?.kind === 'tensor' && right?.kind === 'tensor';
  switch (expr.op) {
    case '+':
      if (both) return sum(cx, expr);
      return scalar(cx, expr, 'adds #', '加 #');
    case '-':
      if (both) return { text: words('subtracts element-wise', '逐元素相减') };
      return scalar(cx, expr, 'subtracts #', '减 #');
    case '*':
      if (both) return { text: product(cx, left, right), arithmetic: 'mul' };
      return scalar(cx, expr, 'times #', '乘以 #');
    case '/':
      if (both) return { text: words('divides element-wise', '逐元素相除') };
      return scalar(cx, expr, 'divided by #', '除以 #');
    case '@':
      return { text: words('matrix product', '矩阵乘法') };
    case '**':
      return scalar(cx, expr, 'to the power of #', '求 # 次幂');
    case '&':
      return { text: tested(cx, expr, ' and ', ' 且 ') ?? words('true where both are', '逐元素求与') };
    case '|':
      return { text: tested(cx, expr, ' or ', ' 或 ') ?? words('true where one of them is', '逐元素求或') };
    default:
      return undefined;
  }
};

/** `(x > 0) & (x < 1)`. */
const tested = (cx: Context, { left, right }: BinOp, en: string, zh: string): Words | undefined => {
  const sides = [left, right].map((side) => (side.kind === 'Compare' ? withoutSelf(cx, cx.source(side)) : undefined));
  const isShort = sides.every((side) => side !== undefined && side.length <= LONGEST_TEST && !side.includes('\n'));
  return isShort ? words(`whether ${sides.join(en)}, element by element`, `逐元素判断 ${sides.join(zh)}`) : undefined;
};

const LONGEST_TEST = 32;

/** `a + alpha * b`: which of the two a learnable number weights. */
const sum = (cx: Context, { left, right }: BinOp): Step => {
  const weighted = [right, left].flatMap((side) =>
    side.kind === 'BinOp' && side.op === '*' ? (weightIn(cx, side) ?? []) : [],
  );
  const [found, more] = weighted;
  if (!found || more) return { text: words('adds element-wise', '逐元素相加'), arithmetic: 'add' };
  const { weight, branch } = found;
  const [en, zh] = branch === undefined ? ['one of the two', '一支'] : [branch, ` ${branch} `];
  return {
    text: words(`adds element-wise, ${en} times ${weight}`, `逐元素相加，其中${zh}先乘以 ${weight}`),
    tellsProduct: true,
  };
};

const LONGEST_BRANCH = 40;

/** A learnable number, and what it weights: `conv2(x)`. */
const weightIn = (
  cx: Context,
  { left, right }: BinOp,
): { readonly weight: string; readonly branch: string | undefined } | undefined => {
  const weight = [left, right].find((side) => {
    const value = cx.r.value(side);
    return value?.kind === 'tensor' && value.parameter && !value.shape.rest && value.shape.dims.every((d) => d === 1);
  });
  const short = (side: Expr | undefined): string | undefined => {
    const code = side && withoutSelf(cx, cx.source(side)).replace(/\s*\n\s*/g, '');
    return code !== undefined && code.length <= LONGEST_BRANCH && !code.includes('#') ? code : undefined;
  };
  const code = short(weight);
  return code === undefined ? undefined : { weight: code, branch: short(weight === left ? right : left) };
};

/** A weight per channel or place is spread over the map that it is multiplied with. */
const product = ({ r }: Context, left: TensorValue, right: TensorValue): Words =>
  r.shape(left.shape) === r.shape(right.shape)
    ? words('multiplies element-wise', '逐元素相乘')
    : words('multiplies with broadcasting', '广播相乘');

const scalar = (cx: Context, expr: BinOp, en: string, zh: string): Step | undefined => {
  const other = isTensor(cx, expr.left) ? expr.right : expr.left;
  // What stands on the left of a minus or a slash is not what is taken away or divided by.
  const isTurned = other === expr.left && expr.op !== '+' && expr.op !== '*';
  const turned = isTurned ? TURNED[expr.op] : undefined;
  if (isTurned && (!turned || (other.kind !== 'Num' && other.kind !== 'Name'))) return undefined;
  const value = cx.r.value(other);
  // What nobody knows may be a tensor, but it takes part all the same.
  const isNumber = other.kind === 'Num' || value?.kind === 'int' || value?.kind === 'float';
  const size = (isNumber ? scalarText(cx, other, value) : unknownText(cx, other))
    .replace(/^-/, '−')
    .replace(/^(\d+)\.0*$/, '$1');
  const formula = turned && expr.op === '-' ? formulaOf(expr) : undefined;
  if (formula !== undefined) return { text: plain(formula) };
  if (size.length > 24 || size.includes('\n')) return undefined;
  const said = turned ?? (size === '…' ? UNNAMED[expr.op] : undefined) ?? words(en, zh);
  return {
    text: words(said.en.replace('#', size), said.zh.replace('#', size)),
    ...(expr.op === '*' && { arithmetic: 'mul' }),
    ...(!isNumber && { isOpen: true }),
  };
};

/** With an operand that is too long to name. */
const UNNAMED: Readonly<Partial<Record<string, Words>>> = {
  '+': words('adds element-wise', '逐元素相加'),
  '-': words('subtracts element-wise', '逐元素相减'),
  '*': words('multiplies element-wise', '逐元素相乘'),
  '/': words('divides element-wise', '逐元素相除'),
};

/** `1 - x`, `1 / x`. */
const TURNED: Readonly<Partial<Record<string, Words>>> = {
  '-': words('subtracts from #', '用 # 减去它'),
  '/': words('divides # by it', '用 # 除以它'),
  '**': words('# to that power', '以 # 为底求幂'),
};

/** What is added or multiplied, by its code; where that is long, only that something is. */
const unknownText = (cx: Context, expr: Expr): string => {
  const code = formulaOf(expr) ?? withoutSelf(cx, cx.source(expr));
  return code.length > 24 ? '…' : code;
};

const scalarText = (cx: Context, expr: Expr, value: Value | undefined): string => {
  const size = value?.kind === 'int' ? cx.r.dim(value.value) : '?';
  if (size !== '?') return size;
  if (/^-?\d+(\.\d*)?e\d+$/.test(cx.source(expr))) return cx.source(expr);
  const base = expr.kind === 'BinOp' && expr.op === '**' ? cx.r.value(expr.left) : undefined;
  const root = base?.kind === 'int' && expr.kind === 'BinOp' ? cx.source(expr.right).replace(/[() ]/g, '') : '';
  const under = base?.kind === 'int' ? cx.r.dim(base.value) : '?';
  if (/^-0?\.50*$/.test(root) && under !== '?') return `1/√${/^[\w.]+$/.test(under) ? under : `(${under})`}`;
  return formulaOf(expr) ?? withoutSelf(cx, cx.source(expr));
};

const isTensor = ({ r }: Context, expr: Expr): boolean => r.values(expr).some((v) => v.kind === 'tensor');
