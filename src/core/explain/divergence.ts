import type { Words } from '../ops';
import type { Expr } from '../syntax';
import type { Context } from './context';
import { words } from './words';

/**
 * `-0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())`: how far a normal distribution that an encoder gives is from
 * the standard one. What is read is the formula itself, in any order of its terms.
 */
export const divergenceWords = (cx: Context, expr: Expr): Words | undefined => {
  if (expr.kind !== 'BinOp' || expr.op !== '*') return undefined;
  const sides = [expr.left, expr.right] as const;
  const factor = sides.map(halfOf).find((half) => half !== undefined);
  const total = sides.map((side) => totalOf(side)).find((inner) => inner !== undefined);
  const terms = total && termsOf(total, 1);
  if (factor === undefined || terms?.length !== 4) return undefined;
  const code = (inner: Expr): string => cx.source(inner).replace(/\s/g, '');
  const signOf = (test: (term: Expr) => boolean): number =>
    terms.filter(({ term }) => test(term)).reduce((sum, { sign }) => sum + sign * factor, 0);
  const exponents = terms.flatMap(({ term }) => exponentOf(term) ?? []).map(code);
  const [log] = exponents;
  const isRight =
    exponents.length === 1 &&
    signOf((term) => term.kind === 'Num' && term.value === 1) === -1 &&
    signOf((term) => code(term) === log) === -1 &&
    signOf((term) => exponentOf(term) !== undefined) === 1 &&
    signOf((term) => isSquare(term, code)) === 1;
  return isRight
    ? words('KL divergence of N(μ, σ²) from the standard normal distribution', 'N(μ, σ²) 与标准正态分布的 KL 散度')
    : undefined;
};

/** The sign of ±0.5. */
const halfOf = (expr: Expr): number | undefined => {
  if (expr.kind === 'UnaryOp' && expr.op === '-') {
    const inner = halfOf(expr.operand);
    return inner === undefined ? undefined : -inner;
  }
  return expr.kind === 'Num' && expr.value === 0.5 ? 1 : undefined;
};

/** What is summed: `torch.sum(e)`, `torch.sum(e, dim=1)`, `(e).sum(1)`. */
const totalOf = (expr: Expr): Expr | undefined => {
  if (expr.kind !== 'Call' || expr.func.kind !== 'Attribute' || expr.func.attr !== 'sum') return undefined;
  const { value } = expr.func;
  return value.kind === 'Name' && /^(torch|paddle)$/.test(value.id) ? expr.args[0]?.value : value;
};

interface Term {
  readonly sign: number;
  readonly term: Expr;
}

const termsOf = (expr: Expr, sign: number): readonly Term[] =>
  expr.kind === 'BinOp' && (expr.op === '+' || expr.op === '-')
    ? [...termsOf(expr.left, sign), ...termsOf(expr.right, expr.op === '+' ? sign : -sign)]
    : [{ sign, term: expr }];

/** `x` of `x.exp()` and `torch.exp(x)`. */
const exponentOf = (expr: Expr): Expr | undefined => {
  if (expr.kind !== 'Call' || expr.func.kind !== 'Attribute' || expr.func.attr !== 'exp') return undefined;
  return expr.args.length === 0 ? expr.func.value : expr.args[0]?.value;
};

/** `mu.pow(2)`, `torch.square(mu)`, `mu ** 2`, `mu * mu`. */
const isSquare = (expr: Expr, code: (inner: Expr) => string): boolean => {
  if (expr.kind === 'BinOp')
    return expr.op === '**'
      ? expr.right.kind === 'Num' && expr.right.value === 2
      : expr.op === '*' && code(expr.left) === code(expr.right);
  if (expr.kind !== 'Call' || expr.func.kind !== 'Attribute') return false;
  const last = expr.args.at(-1)?.value;
  return expr.func.attr === 'square' || (expr.func.attr === 'pow' && last?.kind === 'Num' && last.value === 2);
};
