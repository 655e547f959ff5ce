import type { Expr, Pattern } from '../ast';
import {
  childOf,
  childrenOf,
  deepest,
  endAt,
  isPart,
  kindAt,
  nameAt,
  operand,
  partsOf,
  placeOf,
  type Reading,
  startAt,
} from './reading';

type Sequence = Extract<Pattern, { readonly kind: 'sequence' }>;
type Mapping = Extract<Pattern, { readonly kind: 'mapping' }>;
type ClassPattern = Extract<Pattern, { readonly kind: 'class' }>;

/** The patterns of a `case`; several with commas are a sequence. */
export const casePatterns = (r: Reading, rows: readonly number[], comma: boolean): Pattern => {
  const [only] = rows;
  return only !== undefined && rows.length === 1 && !comma ? pattern(r, only) : sequence(r, rows);
};

const pattern = (r: Reading, row: number): Pattern => {
  if (r.state.depth > deepest) return { kind: 'other' };
  r.state.depth++;
  const result = read(r, row);
  r.state.depth--;
  return result;
};

const read = (r: Reading, row: number): Pattern => {
  const parts = partsOf(r, row);
  const [first, second] = parts;
  switch (kindAt(r, row)) {
    case 'case_pattern':
      return casePattern(r, row);
    case 'as_pattern':
      if (first === undefined || second === undefined) return { kind: 'other' };
      return { kind: 'capture', name: nameAt(r, second), pattern: pattern(r, first) };
    case 'union_pattern':
      return { kind: 'or', patterns: alternatives(r, row) };
    case 'list_pattern':
      return sequence(r, parts);
    case 'tuple_pattern':
      return casePatterns(r, parts, parts.length === 0 || childOf(r, row, ',') !== undefined);
    case 'dict_pattern':
      return mapping(r, row);
    case 'class_pattern':
      return classPattern(r, parts);
    case 'dotted_name':
      return parts.length > 1 ? { kind: 'value', value: dotted(r, parts, row) } : capture(nameAt(r, row));
    case 'complex_pattern':
      return { kind: 'value', value: complex(r, row) };
    case 'splat_pattern':
    case 'keyword_pattern':
      return { kind: 'other' };
    default:
      return { kind: 'value', value: literal(r, row) };
  }
};

const capture = (name: string): Pattern => (name === '_' ? { kind: 'capture' } : { kind: 'capture', name });

/** Holds one pattern, or the sign `_`, which has no place. */
const casePattern = (r: Reading, row: number): Pattern => {
  const [inner] = partsOf(r, row);
  return inner === undefined ? { kind: 'capture' } : pattern(r, inner);
};

/** A number, whose minus stands beside it and not around it, or another literal. */
const literal = (r: Reading, row: number): Expr => {
  const value = r.expr(r, row);
  const before = r.text.slice(0, r.tree.starts[row]).trimEnd();
  if (value.kind !== 'Num' || !before.endsWith('-')) return value;
  return { kind: 'UnaryOp', start: before.length - 1 + r.base, end: value.end, op: '-', operand: value };
};

/** The alternatives between bars; `_` has no place of its own. */
const alternatives = (r: Reading, row: number): readonly Pattern[] =>
  childrenOf(r, row)
    .filter((child) => isPart(r, child) || kindAt(r, child) === '_')
    .map((child) => (isPart(r, child) ? pattern(r, child) : { kind: 'capture' }));

const sequence = (r: Reading, rows: readonly number[]): Sequence => {
  const stars = rows.map((row) => starAt(r, row));
  const star = stars.findIndex((row) => row !== undefined);
  const patterns = rows.filter((_, index) => index !== star).map((row) => pattern(r, row));
  const at = stars[star];
  if (at === undefined) return { kind: 'sequence', patterns };
  const rest = nameAt(r, at).replace(/[*\s]/g, '');
  return { kind: 'sequence', patterns, star, ...(rest === '_' ? {} : { rest }) };
};

const starAt = (r: Reading, row: number): number | undefined => {
  const inner = kindAt(r, row) === 'case_pattern' ? partsOf(r, row)[0] : row;
  return inner !== undefined && kindAt(r, inner) === 'splat_pattern' ? inner : undefined;
};

const mapping = (r: Reading, row: number): Mapping => {
  const parts = partsOf(r, row);
  const entries: Mapping['entries'][number][] = [];
  let rest: string | undefined;
  for (let at = 0; at < parts.length; at++) {
    const [key, value] = [parts[at], parts[at + 1]];
    if (key === undefined) break;
    if (kindAt(r, key) === 'splat_pattern') rest = nameAt(r, key).replace(/[*\s]/g, '');
    else if (value !== undefined) {
      const read = pattern(r, key);
      entries.push({
        key: read.kind === 'value' ? read.value : operand(r, undefined, key),
        pattern: pattern(r, value),
      });
      at++;
    }
  }
  return { kind: 'mapping', entries, ...(rest === undefined ? {} : { rest }) };
};

const classPattern = (r: Reading, parts: readonly number[]): Pattern => {
  const [name, ...rest] = parts;
  if (name === undefined) return { kind: 'other' };
  const patterns: Pattern[] = [];
  const named: ClassPattern['named'][number][] = [];
  for (const part of rest) {
    const inner = partsOf(r, part)[0];
    if (inner !== undefined && kindAt(r, inner) === 'keyword_pattern') named.push(keyword(r, inner));
    else patterns.push(pattern(r, part));
  }
  return { kind: 'class', cls: dotted(r, partsOf(r, name), name), patterns, named };
};

const keyword = (r: Reading, row: number): ClassPattern['named'][number] => {
  const [name, value] = partsOf(r, row);
  const text = name === undefined ? '' : nameAt(r, name);
  return { name: text, pattern: value === undefined ? { kind: 'capture' } : pattern(r, value) };
};

/** `a.b.c` as attributes of a name. */
const dotted = (r: Reading, rows: readonly number[], parent: number): Expr => {
  const [first, ...rest] = rows;
  if (first === undefined) return { kind: 'ErrorExpr', ...placeOf(r, parent) };
  return rest.reduce<Expr>(
    (value, row) => ({
      kind: 'Attribute',
      start: value.start,
      end: endAt(r, row),
      value,
      attr: nameAt(r, row),
      attrStart: startAt(r, row),
    }),
    { kind: 'Name', ...placeOf(r, first), id: nameAt(r, first) },
  );
};

/** `-1+2j`. */
const complex = (r: Reading, row: number): Expr => {
  const [real, imaginary] = partsOf(r, row);
  if (real === undefined || imaginary === undefined) return { kind: 'ErrorExpr', ...placeOf(r, row) };
  const between = r.text.slice(r.tree.ends[real], r.tree.starts[imaginary]);
  const op = between.includes('-') ? '-' : '+';
  return { kind: 'BinOp', ...placeOf(r, row), op, left: literal(r, real), right: r.expr(r, imaginary) };
};
