import { keyOf, simplify } from '../dims';
import type { Words } from '../ops';
import type { Expr, FunctionDef, Stmt } from '../syntax';
import type { Value } from '../values';
import type { Context } from './context';
import { restingOn } from './defaults';
import { type Readable, reader, type SizeNames } from './reader';
import { statementsIn } from './walk';
import { plain, text } from './words';

/** The sizes that a statement gives names: `mip = max(8, ⌊inp/32⌋)`; undefined where the code says it itself. */
export const sizeWords = (cx: Context, stmt: Stmt): Words | undefined => {
  if (cx.general) return undefined;
  if (stmt.kind !== 'Assign' && stmt.kind !== 'AnnAssign' && stmt.kind !== 'AugAssign') return undefined;
  const targets = stmt.kind === 'Assign' ? stmt.targets : [stmt.target];
  const parts = targets.flatMap((target) => sizesIn(cx, target, stmt.value));
  if (parts.length === 0 || parts.length > MOST) return undefined;
  const isNumber = parts.every((part) => /= (-?\d+|[([][\d, ()]+[)\]])$/.test(part));
  return isNumber && stmt.value ? text`${parts.join(', ')}${restingOn(cx, [stmt.value])}` : plain(parts.join(', '));
};

const MOST = 4;

const sizesIn = (cx: Context, target: Expr, value: Expr | undefined): readonly string[] => {
  if (target.kind === 'Tuple' || target.kind === 'List')
    return target.items.flatMap((item) => sizesIn(cx, item, undefined));
  if (value?.kind === 'Name' || value?.kind === 'Num') return [];
  const name = nameOf(target);
  if (name === undefined || /^_+$/.test(name)) return [];
  const size = sizeText(cx, target.kind === 'Attribute' ? value : target);
  if (size === undefined || size === name || size === '?') return [];
  if (/^[([]/.test(size) && !/^(Call|BinOp|Comprehension)$/.test(value?.kind ?? '')) return [];
  // Nothing is what a default gives until somebody passes more.
  if (size === '0' && value?.kind === 'Call') return [];
  return value && same(cx.source(value), size) ? [] : [`${name} = ${size}`];
};

const nameOf = (target: Expr): string | undefined => {
  if (target.kind === 'Name') return target.id;
  return target.kind === 'Attribute' ? target.attr : undefined;
};

const sizeText = ({ r }: Context, node: Expr | undefined): string | undefined => {
  const value = node && r.value(node);
  if (value?.kind === 'int') return r.spelt(value.value);
  if (value?.kind === 'tuple') return numbersText(value.items);
  return value?.kind === 'list' && value.count === null ? listText(value.items) : undefined;
};

/** `[64, 64, 128]`, `[(64, 128), (128, 256)]`: what stands in a list, where all of it is known. */
const listText = (items: readonly Value[]): string | undefined => {
  const parts = items.map((item) => {
    if (item.kind === 'int') return typeof item.value === 'number' ? `${item.value}` : undefined;
    return item.kind === 'tuple' ? numbersText(item.items) : undefined;
  });
  const said = parts.every((part) => part !== undefined) ? `[${parts.join(', ')}]` : undefined;
  return said !== undefined && items.length > 1 && said.length <= LONGEST_LIST ? said : undefined;
};

const LONGEST_LIST = 48;

/** `(7, 7)`: what a helper makes of one number for both axes. */
const numbersText = (items: readonly Value[]): string | undefined => {
  const numbers = items.map((item) => (item.kind === 'int' && typeof item.value === 'number' ? item.value : undefined));
  const isPair = numbers.length > 1 && numbers.length <= MOST && numbers.every((n) => n !== undefined);
  return isPair ? `(${numbers.join(', ')})` : undefined;
};

/** Whether the source already says what we would: `dim*4` and `4·dim` do. */
const same = (source: string, size: string): boolean => factors(source) === factors(size);

const factors = (text: string): string =>
  text
    .replace(/self\./g, '')
    .split(/\s*[*·]\s*/)
    .sort()
    .join('·');

/** Sizes longer than this are shown by the name that the constructor gives them. */
const LONG = 12;

/** The names that a constructor gives to sizes with a long formula; one that is given twice is none. */
export const sizeNames = (run: Readable, init: FunctionDef | undefined): SizeNames => {
  const r = reader(run);
  const names = new Map<string, string>();
  const body = statementsIn(init?.body ?? []);
  const given = body.flatMap(boundBy);
  for (const stmt of body) {
    const [target, more] = stmt.kind === 'Assign' ? stmt.targets : [];
    if (target?.kind !== 'Name' || more || given.filter((name) => name === target.id).length > 1) continue;
    const value = r.value(target);
    if (value?.kind !== 'int' || typeof value.value === 'number' || r.spelt(value.value).length <= LONG) continue;
    const key = keyOf(simplify(r.facts, value.value));
    if (!names.has(key)) names.set(key, target.id);
  }
  return names;
};

/** The plain names that a statement gives or changes. */
const boundBy = (stmt: Stmt): readonly string[] => {
  const targets =
    stmt.kind === 'Assign' ? stmt.targets : stmt.kind === 'AugAssign' || stmt.kind === 'For' ? [stmt.target] : [];
  return targets
    .flatMap((target) => (target.kind === 'Tuple' ? target.items : [target]))
    .flatMap((target) => (target.kind === 'Name' ? [target.id] : []));
};
