import type { Comprehension, ComprehensionClause, Dict, Expr, List, SetDisplay, Tuple } from '../ast';
import {
  childOf,
  childrenOf,
  errorExpr,
  isPart,
  kindAt,
  operand,
  partsOf,
  placeOf,
  type Reading,
  refused,
} from './reading';

const items = (r: Reading, row: number): readonly Expr[] => partsOf(r, row).map((part) => r.expr(r, part));

export const tuple = (r: Reading, row: number): Tuple => ({ kind: 'Tuple', ...placeOf(r, row), items: items(r, row) });
export const list = (r: Reading, row: number): List => ({ kind: 'List', ...placeOf(r, row), items: items(r, row) });
export const set = (r: Reading, row: number): SetDisplay => ({ kind: 'Set', ...placeOf(r, row), items: items(r, row) });

/** A target in parentheses is a tuple only with a comma, or empty. */
export const tuplePattern = (r: Reading, row: number): Expr => {
  const [only, second] = partsOf(r, row);
  const single = only !== undefined && second === undefined && childOf(r, row, ',') === undefined;
  return single ? r.expr(r, only) : tuple(r, row);
};

export const parenthesized = (r: Reading, row: number): Expr => {
  const [inner] = partsOf(r, row);
  const starred = inner !== undefined && kindAt(r, inner) === 'list_splat';
  return starred ? refused(r, row) : operand(r, inner, row);
};

export const dictionary = (r: Reading, row: number): Dict => ({
  kind: 'Dict',
  ...placeOf(r, row),
  entries: partsOf(r, row).map((part) => entry(r, part)),
});

const entry = (r: Reading, row: number): { readonly key?: Expr; readonly value: Expr } => {
  const [first, second] = partsOf(r, row);
  if (kindAt(r, row) === 'dictionary_splat') return { value: operand(r, first, row) };
  return { key: operand(r, first, row), value: operand(r, second, row) };
};

const comprehensionTypes: Readonly<Record<string, Comprehension['type']>> = {
  list_comprehension: 'list',
  set_comprehension: 'set',
  dictionary_comprehension: 'dict',
  generator_expression: 'generator',
};

export const comprehension = (r: Reading, row: number): Expr => {
  const [body, ...rest] = partsOf(r, row);
  const clauses = rest.map((part) => clause(r, part));
  const type = comprehensionTypes[kindAt(r, row)] ?? 'generator';
  const pair = type === 'dict' && body !== undefined ? entry(r, body) : undefined;
  const element = pair ? pair.value : operand(r, body, row);
  const key = pair?.key ? { key: pair.key } : {};
  return { kind: 'Comprehension', ...placeOf(r, row), type, ...key, element, clauses };
};

const clause = (r: Reading, row: number): ComprehensionClause => {
  const [first, second, more] = partsOf(r, row);
  if (kindAt(r, row) === 'if_clause') return { kind: 'if', test: operand(r, first, row) };
  const iter = more === undefined ? operand(r, second, row) : refused(r, row);
  return { kind: 'for', target: operand(r, first, row), iter, async: childOf(r, row, 'async') !== undefined };
};

/** `lower:upper:step`, each of which may be left out. */
export const slice = (r: Reading, row: number): Expr => {
  const places: (Expr | undefined)[] = [undefined, undefined, undefined];
  let colons = 0;
  for (const child of childrenOf(r, row)) {
    if (isPart(r, child)) places[colons] = r.expr(r, child);
    else colons++;
  }
  const [lower, upper, step] = places;
  return {
    kind: 'Slice',
    ...placeOf(r, row),
    ...(lower && { lower }),
    ...(upper && { upper }),
    ...(step && { step }),
  };
};

export const starred = (r: Reading, row: number): Expr => {
  const [value] = partsOf(r, row);
  return value === undefined ? errorExpr(r, row) : { kind: 'Starred', ...placeOf(r, row), value: r.expr(r, value) };
};
