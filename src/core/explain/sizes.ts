import type { Words } from '../ops';
import type { Expr, Stmt } from '../syntax';
import type { Value } from '../values';
import type { Context } from './expressions';
import { plain } from './words';

/** The sizes that a statement gives names: `mip = max(8, ⌊inp/32⌋)`; undefined where the code says it itself. */
export const sizeWords = (cx: Context, stmt: Stmt): Words | undefined => {
  if (stmt.kind !== 'Assign' && stmt.kind !== 'AnnAssign' && stmt.kind !== 'AugAssign') return undefined;
  const targets = stmt.kind === 'Assign' ? stmt.targets : [stmt.target];
  const parts = targets.flatMap((target) => sizesIn(cx, target, stmt.value));
  return parts.length === 0 || parts.length > MOST ? undefined : plain(parts.join(', '));
};

const MOST = 4;

const sizesIn = (cx: Context, target: Expr, value: Expr | undefined): readonly string[] => {
  if (target.kind === 'Tuple' || target.kind === 'List')
    return target.items.flatMap((item) => sizesIn(cx, item, undefined));
  const name = nameOf(target);
  if (name === undefined || /^_+$/.test(name)) return [];
  const size = sizeText(cx, target);
  if (size === undefined || size === name || size === '?') return [];
  return value && same(cx.source(value), size) ? [] : [`${name} = ${size}`];
};

const nameOf = (target: Expr): string | undefined => {
  if (target.kind === 'Name') return target.id;
  return target.kind === 'Attribute' ? target.attr : undefined;
};

const sizeText = ({ r }: Context, target: Expr): string | undefined => {
  const value: Value | undefined = target.kind === 'Attribute' ? r.trace.stores.get(target) : r.value(target);
  return value?.kind === 'int' ? r.dim(value.value) : undefined;
};

/** Whether the source already says what we would: `dim*4` and `4·dim` do. */
const same = (source: string, size: string): boolean => factors(source) === factors(size);

const factors = (text: string): string =>
  text
    .replace(/self\./g, '')
    .split(/\s*[*·]\s*/)
    .sort()
    .join('·');
