import type { Words } from '../../ops';
import type { Expr } from '../../syntax';
import { words } from '../words';
import { calledName, codeText } from './code';
import { fullName } from './imports';
import type { Scope } from './scope';

/** Arithmetic that has a name: a size rounded up to a multiple, what is missing to one, a list that is filled up. */
export const namedArithmetic = (s: Scope, value: Expr): Words | undefined =>
  roundedUp(s, value) ?? missing(s, value) ?? filledUp(s, value) ?? elapsed(s, value);

/** `k if k % 2 else k + 1`: a size that is made odd. */
export const oddOf = (s: Scope, value: Expr): Words | undefined => {
  if (value.kind !== 'IfExp') return undefined;
  const even = evenTest(value.test);
  const rest = binary(even?.rest ?? value.test, '%');
  const [kept, raised] = even?.holds === true ? [value.orelse, value.body] : [value.body, value.orelse];
  const next = binary(raised, '+');
  const isOdd = rest?.right.kind === 'Num' && rest.right.value === 2 && same(s, rest.left, kept);
  const isNext = next?.right.kind === 'Num' && next.right.value === 1 && same(s, next.left, kept);
  const name = isOdd && isNext ? codeText(s, kept, 24) : undefined;
  return name === undefined ? undefined : words(`${name}, plus 1 where it is even`, `${name}（为偶数时加 1）`);
};

/** The rest that `k % 2 == 0` compares, and whether the test holds where `k` is even. */
const evenTest = (test: Expr): { readonly rest: Expr; readonly holds: boolean } | undefined => {
  const [link, more] = test.kind === 'Compare' ? test.rest : [];
  if (test.kind !== 'Compare' || !link || more || (link.op !== '==' && link.op !== '!=')) return undefined;
  const value = link.right.kind === 'Num' ? link.right.value : undefined;
  return value === 0 || value === 1 ? { rest: test.left, holds: (value === 0) === (link.op === '==') } : undefined;
};

/** `time.time() - start`. */
const elapsed = (s: Scope, value: Expr): Words | undefined => {
  const difference = binary(value, '-');
  const isNow = difference?.left.kind === 'Call' && fullName(s, calledName(difference.left.func) ?? '') === 'time.time';
  const since = isNow ? codeText(s, difference.right, 24) : undefined;
  return since === undefined
    ? undefined
    : words(`the seconds that have passed since ${since}`, `自 ${since} 起经过的秒数`);
};

const binary = (expr: Expr, op: string): Extract<Expr, { kind: 'BinOp' }> | undefined =>
  expr.kind === 'BinOp' && expr.op === op ? expr : undefined;

const same = (s: Scope, a: Expr | undefined, b: Expr | undefined): boolean =>
  a !== undefined && b !== undefined && s.source(a) === s.source(b);

/** `math.ceil(h / w) * w`, `(h + w - 1) // w * w`. */
const roundedUp = (s: Scope, value: Expr): Words | undefined => {
  const product = binary(value, '*');
  if (!product) return undefined;
  const ceiled = product.left.kind === 'Call' && /(^|\.)ceil$/.test(calledName(product.left.func) ?? '');
  const inner = ceiled && product.left.kind === 'Call' ? product.left.args[0]?.value : product.left;
  const quotient = inner && binary(inner, ceiled ? '/' : '//');
  if (!quotient || !same(s, quotient.right, product.right)) return undefined;
  const whole = ceiled ? quotient.left : beforeOne(s, quotient.left, product.right);
  const [what, by] = [whole && codeText(s, whole, 32), codeText(s, product.right, 32)];
  return what === undefined || by === undefined
    ? undefined
    : words(`${what} rounded up to a multiple of ${by}`, `${what} 向上取整到 ${by} 的倍数`);
};

/** `h` of `h + w - 1`. */
const beforeOne = (s: Scope, expr: Expr, by: Expr): Expr | undefined => {
  const less = binary(expr, '-');
  const sum = less?.right.kind === 'Num' && less.right.value === 1 ? binary(less.left, '+') : undefined;
  return sum && same(s, sum.right, by) ? sum.left : undefined;
};

/** `(w - h % w) % w`. */
const missing = (s: Scope, value: Expr): Words | undefined => {
  const outer = binary(value, '%');
  const difference = outer && binary(outer.left, '-');
  const rest = difference && binary(difference.right, '%');
  if (!outer || !rest || !same(s, difference?.left, outer.right) || !same(s, rest.right, outer.right)) return undefined;
  const [what, by] = [codeText(s, rest.left, 32), codeText(s, outer.right, 32)];
  return what === undefined || by === undefined
    ? undefined
    : words(`what ${what} lacks to a multiple of ${by}`, `${what} 补到 ${by} 的倍数所缺的数`);
};

/** `ids + [0] * (n - len(ids))`. */
const filledUp = (s: Scope, value: Expr): Words | undefined => {
  const sum = binary(value, '+');
  const many = sum && binary(sum.right, '*');
  const [only, more] = many?.left.kind === 'List' ? many.left.items : [];
  if (!sum || !many || !only || more) return undefined;
  const [list, item, count] = [codeText(s, sum.left, 24), codeText(s, only, 16), codeText(s, many.right, 32)];
  if (list === undefined || item === undefined || count === undefined) return undefined;
  const times = count.replace(/^\((.*)\)$/, '$1');
  return words(`${list}, then ${times} times ${item}`, `在 ${list} 末尾补 ${times} 个 ${item}`);
};
