import type { FStringField } from '../ast';
import { childOf, childrenOf, kindAt, operand, partsOf, type Reading, textAt } from './reading';
import { stringValue } from './string-value';

type Parts = readonly (string | FStringField)[];

/**
 * The parts of a formatted literal whose text between the quotes is `from` to `to` in the tree's places: its texts,
 * with escapes and doubled braces resolved, and its fields. The nodes of texts have gaps, so texts are what is between.
 */
export const fields = (r: Reading, row: number, from: number, to: number, raw: boolean): Parts => {
  const parts: (string | FStringField)[] = [];
  let at = from;
  const push = (end: number): void => {
    if (end > at) parts.push(literalText(r.text.slice(at, end), raw));
  };
  for (const part of partsOf(r, row)) {
    if (kindAt(r, part) !== 'interpolation' && kindAt(r, part) !== 'format_expression') continue;
    push(r.tree.starts[part] ?? at);
    parts.push(field(r, part, raw));
    at = r.tree.ends[part] ?? at;
  }
  push(to);
  return parts;
};

const literalText = (text: string, raw: boolean): string =>
  stringValue(text.replace(/\{\{/g, '{').replace(/\}\}/g, '}'), raw, false);

/** `{value=!r:spec}`. */
const field = (r: Reading, row: number, raw: boolean): FStringField => {
  const rows = childrenOf(r, row);
  const parts = partsOf(r, row);
  const [first] = parts;
  if (first !== undefined && kindAt(r, first) === 'named_expression') return specified(r, first, row, raw);
  const value = operand(r, first, row);
  const equals = childOf(r, row, '=');
  const debug = equals === undefined ? {} : { debug: debugText(r, rows, equals) };
  const conversion = conversionOf(r, childOf(r, row, 'type_conversion'));
  const spec = childOf(r, row, 'format_specifier');
  if (spec === undefined) return { value, ...debug, ...conversion };
  const [from, to] = [(r.tree.starts[spec] ?? 0) + 1, r.tree.ends[spec] ?? 0];
  return { value, ...debug, ...conversion, spec: fields(r, spec, from, to, raw) };
};

/** `{x:=5}` is `x` with the specification `=5`; the grammar reads an assignment. */
const specified = (r: Reading, named: number, row: number, raw: boolean): FStringField => {
  const [name] = partsOf(r, named);
  const colon = r.text.indexOf(':', r.tree.ends[name ?? named]);
  const spec = r.text.slice(colon + 1, (r.tree.ends[row] ?? 1) - 1);
  return { value: operand(r, name, named), spec: [literalText(spec, raw)] };
};

const conversionOf = (r: Reading, row: number | undefined): Pick<FStringField, 'conversion'> => {
  const letter = row === undefined ? '' : textAt(r, row).slice(1);
  return letter === 'r' || letter === 's' || letter === 'a' ? { conversion: letter } : {};
};

/** The source of a field up to and with its `=` and the blanks behind, which Python prints before the value. */
const debugText = (r: Reading, rows: readonly number[], equals: number): string => {
  const opening = r.tree.ends[rows[0] ?? equals] ?? 0;
  const sign = r.tree.ends[equals] ?? opening;
  const blanks = /^\s*/.exec(r.text.slice(sign))?.[0] ?? '';
  return r.text.slice(opening, sign + blanks.length);
};
