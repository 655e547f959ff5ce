import type { BinaryOperator, BoolOp, Compare, CompareOperator, Expr, UnaryOp } from '../ast';
import {
  childrenOf,
  deepest,
  endAt,
  errorExpr,
  kindAt,
  operand,
  type Reading,
  refused,
  startAt,
  underStar,
} from './reading';

/** `left op right`, with Python's precedence where the grammar has another. */
export const binary = (r: Reading, row: number): Expr => {
  const [left, sign, right] = childrenOf(r, row);
  const op = binaryOperator(sign === undefined ? '' : kindAt(r, sign));
  if (op === undefined) return refused(r, row);
  if (op === '&' && [left, right].some((side) => side !== undefined && signOf(r, side) === '^')) return regroup(r, row);
  const end = endAt(r, row);
  return underStar(operand(r, left, row), startAt(r, row), end, (value, start) => ({
    kind: 'BinOp',
    start,
    end,
    op,
    left: value,
    right: operand(r, right, row),
  }));
};

/** An operator by its spelling, `=` behind it left out. */
export const binaryOperator = (sign: string): BinaryOperator | undefined => {
  switch (sign) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '//':
    case '%':
    case '**':
    case '@':
    case '<<':
    case '>>':
    case '&':
    case '|':
    case '^':
      return sign;
    default:
      return undefined;
  }
};

const signOf = (r: Reading, row: number): string => {
  const sign = kindAt(r, row) === 'binary_operator' ? childrenOf(r, row)[1] : undefined;
  return sign === undefined ? '' : kindAt(r, sign);
};

/** An operand with the place that it has with its parentheses. */
export interface Placed {
  readonly value: Expr;
  readonly start: number;
  readonly end: number;
}

/** `left op right` from the left to the right. */
export const foldLeft = (op: BinaryOperator, operands: readonly Placed[]): Placed | undefined => {
  const [first, ...rest] = operands;
  if (!first) return undefined;
  return rest.reduce((left, right): Placed => {
    const place = { start: left.start, end: right.end };
    return { ...place, value: { kind: 'BinOp', ...place, op, left: left.value, right: right.value } };
  }, first);
};

/** The grammar lets `^` bind tighter than `&`; Python has it the other way round. */
const regroup = (r: Reading, row: number): Expr => {
  const groups: Placed[][] = [[]];
  const visit = (at: number, depth: number): void => {
    const sign = signOf(r, at);
    const [left, , right] = childrenOf(r, at);
    if ((sign !== '&' && sign !== '^') || left === undefined || right === undefined || depth > deepest) {
      const value = depth > deepest ? errorExpr(r, at) : operand(r, at, row);
      groups.at(-1)?.push({ value, start: startAt(r, at), end: endAt(r, at) });
      return;
    }
    visit(left, depth + 1);
    if (sign === '^') groups.push([]);
    visit(right, depth + 1);
  };
  visit(row, r.state.depth);
  const ands = groups.map((group) => foldLeft('&', group)).filter((group) => group !== undefined);
  return foldLeft('^', ands)?.value ?? refused(r, row);
};

/** `-x`, `+x`, `~x`; also a star that was parsed as `~`. */
export const unary = (r: Reading, row: number): Expr => {
  const [sign, argument] = childrenOf(r, row);
  const op = sign === undefined ? '' : kindAt(r, sign);
  const [start, end, value] = [startAt(r, row), endAt(r, row), operand(r, argument, row)];
  if (r.stars.has(start - r.base)) return { kind: 'Starred', start, end, value };
  if (op !== '-' && op !== '+' && op !== '~') return refused(r, row);
  return { kind: 'UnaryOp', start, end, op, operand: value };
};

export const not = (r: Reading, row: number): UnaryOp => {
  const [start, end] = [startAt(r, row), endAt(r, row)];
  return { kind: 'UnaryOp', start, end, op: 'not', operand: operand(r, childrenOf(r, row)[1], row) };
};

export const boolean = (r: Reading, row: number): BoolOp => {
  const [left, sign, right] = childrenOf(r, row);
  const op = sign !== undefined && kindAt(r, sign) === 'or' ? 'or' : 'and';
  const [start, end] = [startAt(r, row), endAt(r, row)];
  return { kind: 'BoolOp', start, end, op, left: operand(r, left, row), right: operand(r, right, row) };
};

export const compare = (r: Reading, row: number): Expr => {
  const rows = childrenOf(r, row);
  const left = operand(r, rows[0], row);
  const rest: Compare['rest'][number][] = [];
  for (let at = 1; at < rows.length; at += 2) {
    const op = compareOperator(r, rows[at]);
    if (op === undefined) return refused(r, row);
    rest.push({ op, right: operand(r, rows[at + 1], row) });
  }
  return { kind: 'Compare', start: startAt(r, row), end: endAt(r, row), left, rest };
};

const compareOperators: ReadonlyMap<string, CompareOperator> = new Map(
  (['==', '!=', '<', '<=', '>', '>=', 'is', 'is not', 'in', 'not in'] as const).map((op) => [op, op]),
);

const compareOperator = (r: Reading, row: number | undefined): CompareOperator | undefined =>
  row === undefined ? undefined : compareOperators.get(kindAt(r, row));

/** `await x ** 2` awaits `x`; the grammar raises first. */
export const awaited = (r: Reading, row: number): Expr => {
  const argument = childrenOf(r, row)[1];
  const start = startAt(r, row);
  if (argument === undefined || signOf(r, argument) !== '**') {
    return { kind: 'Await', start, end: endAt(r, row), value: operand(r, argument, row) };
  }
  const [base, , exponent] = childrenOf(r, argument);
  const value = operand(r, base, argument);
  const left: Expr = { kind: 'Await', start, end: base === undefined ? start : endAt(r, base), value };
  return { kind: 'BinOp', start, end: endAt(r, row), op: '**', left, right: operand(r, exponent, argument) };
};
