import type { Constant, Expr, NamedExpr, Yield } from '../ast';
import { constrainedType, genericType, memberType, splatType, type, unionType } from './annotations';
import { attribute, call, subscript } from './calls';
import { comprehension, dictionary, list, parenthesized, set, slice, starred, tuple, tuplePattern } from './displays';
import { concatenated, number, string } from './literals';
import { awaited, binary, boolean, compare, not, unary } from './operators';
import { lambda } from './parameters';
import {
  childOf,
  deepest,
  endAt,
  errorExpr,
  kindAt,
  nameAt,
  operand,
  partsOf,
  placeOf,
  type Reading,
  refused,
  startAt,
} from './reading';

/** The expression of a row of the tree; a node that Python would refuse is an `ErrorExpr`. */
export const expression = (r: Reading, row: number): Expr => {
  if (r.gaps.size > 0) {
    const gap = r.gaps.get(r.tree.starts[row] ?? -1);
    if (gap && kindAt(r, row) === 'integer') return { kind: 'ErrorExpr', ...gap };
  }
  if (r.state.depth > deepest) return errorExpr(r, row);
  r.state.depth++;
  const result = (readers[kindAt(r, row)] ?? refused)(r, row);
  r.state.depth--;
  return result;
};

const constant =
  (value: Constant['value']) =>
  (r: Reading, row: number): Constant => ({ kind: 'Constant', ...placeOf(r, row), value });

const name = (r: Reading, row: number): Expr => ({
  kind: 'Name',
  start: startAt(r, row),
  end: endAt(r, row),
  id: nameAt(r, row),
});

const conditional = (r: Reading, row: number): Expr => {
  const [body, test, orelse] = partsOf(r, row);
  return {
    kind: 'IfExp',
    ...placeOf(r, row),
    test: operand(r, test, row),
    body: operand(r, body, row),
    orelse: operand(r, orelse, row),
  };
};

const namedExpression = (r: Reading, row: number): Expr => {
  const [target, value] = partsOf(r, row);
  if (target === undefined) return refused(r, row);
  const id: NamedExpr['target'] = { kind: 'Name', ...placeOf(r, target), id: nameAt(r, target) };
  return { kind: 'NamedExpr', ...placeOf(r, row), target: id, value: operand(r, value, row) };
};

const yielded = (r: Reading, row: number): Yield => {
  r.state.yields++;
  const [part] = partsOf(r, row);
  const from = childOf(r, row, 'from') !== undefined;
  return { kind: 'Yield', ...placeOf(r, row), ...(part === undefined ? {} : { value: r.expr(r, part) }), from };
};

const inner = (r: Reading, row: number): Expr => operand(r, partsOf(r, row)[0], row);

const readers: Readonly<Record<string, (r: Reading, row: number) => Expr>> = {
  identifier: name,
  integer: number,
  float: number,
  true: constant(true),
  false: constant(false),
  none: constant(null),
  ellipsis: constant('...'),
  string,
  concatenated_string: concatenated,
  attribute,
  subscript,
  call,
  binary_operator: binary,
  unary_operator: unary,
  not_operator: not,
  boolean_operator: boolean,
  comparison_operator: compare,
  conditional_expression: conditional,
  named_expression: namedExpression,
  lambda,
  await: awaited,
  yield: yielded,
  tuple,
  expression_list: tuple,
  pattern_list: tuple,
  tuple_pattern: tuplePattern,
  list,
  list_pattern: list,
  set,
  dictionary,
  list_comprehension: comprehension,
  set_comprehension: comprehension,
  dictionary_comprehension: comprehension,
  generator_expression: comprehension,
  parenthesized_expression: parenthesized,
  slice,
  list_splat: starred,
  list_splat_pattern: starred,
  as_pattern_target: inner,
  type,
  generic_type: genericType,
  union_type: unionType,
  member_type: memberType,
  constrained_type: constrainedType,
  splat_type: splatType,
};
