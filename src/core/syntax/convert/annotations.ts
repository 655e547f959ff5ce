import type { Expr } from '../ast';
import { index } from './calls';
import { foldLeft, type Placed } from './operators';
import {
  childOf,
  childrenOf,
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

/** The grammar has nodes of their own for types; to Python they are expressions. */
export const type = (r: Reading, row: number): Expr => operand(r, partsOf(r, row)[0], row);

/** `Optional[int]`. */
export const genericType = (r: Reading, row: number): Expr => {
  const [name] = partsOf(r, row);
  const list = childOf(r, row, 'type_parameter');
  if (name === undefined || list === undefined) return refused(r, row);
  return {
    kind: 'Subscript',
    ...placeOf(r, row),
    value: { kind: 'Name', ...placeOf(r, name), id: nameAt(r, name) },
    index: index(r, childrenOf(r, list), list),
  };
};

/** `A[int] | B | None`, which the grammar groups from the right once it is inside of a type. */
export const unionType = (r: Reading, row: number): Expr =>
  foldLeft('|', members(r, row, r.state.depth))?.value ?? refused(r, row);

const members = (r: Reading, row: number, depth: number): readonly Placed[] => {
  const kind = kindAt(r, row);
  const [first, second] = partsOf(r, row);
  if (kind === 'type' && first !== undefined) return members(r, first, depth);
  const sign = kind === 'binary_operator' ? childrenOf(r, row)[1] : undefined;
  const union = kind === 'union_type' || (sign !== undefined && kindAt(r, sign) === '|');
  if (union && first !== undefined && second !== undefined && depth <= deepest) {
    return [...members(r, first, depth + 1), ...members(r, second, depth + 1)];
  }
  const value = depth > deepest ? errorExpr(r, row) : operand(r, row, row);
  return [{ value, start: startAt(r, row), end: endAt(r, row) }];
};

/** `List[int].name`. */
export const memberType = (r: Reading, row: number): Expr => {
  const [object, name] = partsOf(r, row);
  if (name === undefined) return refused(r, row);
  const [attr, attrStart] = [nameAt(r, name), startAt(r, name)];
  return { kind: 'Attribute', ...placeOf(r, row), value: operand(r, object, row), attr, attrStart };
};

/** `lower:upper` between the brackets of a type. */
export const constrainedType = (r: Reading, row: number): Expr => {
  const [lower, upper] = partsOf(r, row);
  return { kind: 'Slice', ...placeOf(r, row), lower: operand(r, lower, row), upper: operand(r, upper, row) };
};

export const splatType = (r: Reading, row: number): Expr =>
  childOf(r, row, '**') === undefined
    ? { kind: 'Starred', ...placeOf(r, row), value: operand(r, partsOf(r, row)[0], row) }
    : refused(r, row);
