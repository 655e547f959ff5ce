import type { Argument, Expr } from '../ast';
import {
  childrenOf,
  endAt,
  isPart,
  kindAt,
  nameAt,
  operand,
  partsOf,
  type Reading,
  startAt,
  underStar,
} from './reading';

export const attribute = (r: Reading, row: number): Expr => {
  const [object, name] = partsOf(r, row);
  const end = endAt(r, row);
  return underStar(operand(r, object, row), startAt(r, row), end, (value, start) => ({
    kind: 'Attribute',
    start,
    end,
    value,
    attr: name === undefined ? '' : nameAt(r, name),
    attrStart: name === undefined ? end : startAt(r, name),
  }));
};

export const call = (r: Reading, row: number): Expr => {
  const [callee, list] = partsOf(r, row);
  const end = endAt(r, row);
  return underStar(operand(r, callee, row), startAt(r, row), end, (func, start) => ({
    kind: 'Call',
    start,
    end,
    func,
    args: list === undefined ? [] : argumentsOf(r, list),
  }));
};

/** The arguments of a call or the bases of a class; a sole generator expression is its own list. */
export const argumentsOf = (r: Reading, row: number): readonly Argument[] =>
  kindAt(r, row) === 'argument_list' ? partsOf(r, row).map((part) => argument(r, part)) : [argument(r, row)];

/** Places include the name, the star and parentheses. */
const argument = (r: Reading, row: number): Argument => {
  const [start, end] = [startAt(r, row), endAt(r, row)];
  switch (kindAt(r, row)) {
    case 'keyword_argument': {
      const [name, value] = partsOf(r, row);
      return { start, end, name: name === undefined ? '' : nameAt(r, name), star: 0, value: operand(r, value, row) };
    }
    case 'dictionary_splat':
      return { start, end, star: 2, value: operand(r, partsOf(r, row)[0], row) };
    default: {
      const value = r.expr(r, row);
      if (value.kind === 'Starred') return { start, end, star: 1, value: value.value };
      return { start, end, star: 0, value };
    }
  }
};

export const subscript = (r: Reading, row: number): Expr => {
  const [target, ...rest] = childrenOf(r, row);
  const end = endAt(r, row);
  return underStar(operand(r, target, row), startAt(r, row), end, (value, start) => ({
    kind: 'Subscript',
    start,
    end,
    value,
    index: index(r, rest, row),
  }));
};

/** What stands between the brackets: several items, a comma or a star make a tuple without parentheses. */
export const index = (r: Reading, rows: readonly number[], parent: number): Expr => {
  const parts = rows.filter((row) => isPart(r, row));
  const items = parts.map((row) => r.expr(r, row));
  const [only] = items;
  const commas = rows.filter((row) => kindAt(r, row) === ',');
  if (only && items.length === 1 && commas.length === 0 && only.kind !== 'Starred') return only;
  const [first = parent, last = parent] = [parts[0], parts.at(-1)];
  const end = Math.max(endAt(r, last), endAt(r, commas.at(-1) ?? last));
  return { kind: 'Tuple', start: startAt(r, first), end, items };
};
