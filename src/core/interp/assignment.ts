import { symbolOf } from '../dims';
import type { Expr, Node, Stmt } from '../syntax';
import { int, list, type Scope, unknown, type Value } from '../values';
import { fork, resolve } from './branch';
import { unpackShape } from './entries';
import { fail } from './faults';
import { alternatives } from './general';
import { iterate } from './iteration';
import type { Machine } from './machine';
import { assignName } from './names';
import { pieceOf } from './ranks';
import { setAttribute } from './stores';

import { assignSubscript, subscript } from './subscripts';
import { record } from './trace';

type Assign = Extract<Stmt, { kind: 'Assign' }>;

/** Binds a target: a name, an attribute, a subscript, or a pattern of these. */
export const assign = (m: Machine, target: Expr, value: Value, scope: Scope): void => {
  switch (target.kind) {
    case 'Name':
      assignName(m, target.id, value, scope);
      nameSize(m, target.id, value);
      record(m, target, value);
      return;
    case 'Attribute':
      setAttribute(m, m.evaluate(target.value, scope), target.attr, value, target);
      m.trace.stores.set(target, value);
      return;
    case 'Subscript':
      assignSubscript(m, target, value, scope);
      return;
    case 'Tuple':
    case 'List':
      unpack(m, target.items, value, scope, target);
      return;
    case 'Starred':
      assign(m, target.value, value, scope);
      return;
    default:
      return;
  }
};

/** A name that the code gives to a size, of an entry or one that only a run can know, is the name to show. */
const nameSize = (m: Machine, name: string, value: Value): void => {
  if (value.kind !== 'int' || typeof value.value === 'number' || m.frame === null) return;
  const only = symbolOf(value.value);
  if (!only || only.role === 'rigid' || m.trace.names.has(only.id) || name === '_') return;
  m.trace.names.set(only.id, name);
};

const unpack = (m: Machine, targets: readonly Expr[], given: Value, scope: Scope, node: Node): void => {
  const value = unpackShape(m, resolve(m, given), targets, node);
  const parts = value.kind === 'either' ? sameLength(value, targets, m, node) : split(m, value, targets, node);
  for (const [i, target] of targets.entries())
    assign(m, target, parts[i] ?? unknown('a part of something that is not known'), scope);
};

/**
 * `b, n, _, h = *x.shape, heads`: what is unpacked has the places that are left. Whether the statement is of this form
 * and nobody knows how many elements are unpacked; then it was carried out.
 */
export const assignSpread = (m: Machine, { targets, value }: Assign, scope: Scope): boolean => {
  const [target, more] = targets;
  if (more || target?.kind !== 'Tuple' || value.kind !== 'Tuple') return false;
  const at = value.items.findIndex(({ kind }) => kind === 'Starred');
  const taken = target.items.length - (value.items.length - 1);
  const stars = [...value.items, ...target.items].filter(({ kind }) => kind === 'Starred');
  const star = value.items[at];
  if (star?.kind !== 'Starred' || stars.length > 1 || taken < 0 || !PLAIN.has(star.value.kind)) return false;
  const spread = resolve(m, m.evaluate(star.value, scope));
  if (spread.kind !== 'unknown' && spread.kind !== 'opaque') return false;
  const others = value.items.map((item) => (item === star ? spread : m.evaluate(item, scope)));
  for (const [i, given] of others.entries()) {
    if (i === at) unpack(m, target.items.slice(at, at + taken), given, scope, target);
    else assign(m, target.items[i < at ? i : i + taken - 1] ?? target, given, scope);
  }
  return true;
};

/** What may be looked at twice. */
const PLAIN: ReadonlySet<Expr['kind']> = new Set(['Name', 'Attribute', 'Subscript']);

/** Alternatives that are unpacked alike give alternatives part by part. */
const sameLength = (
  value: Extract<Value, { kind: 'either' }>,
  targets: readonly Expr[],
  m: Machine,
  node: Node,
): readonly Value[] => {
  if (alternatives(value).some((v) => v.kind !== 'tuple' && v.kind !== 'list' && v.kind !== 'opaque'))
    return targets.map(() => unknown('it depends on a condition'));
  const { condition } = value;
  return fork(
    m,
    condition,
    () => half(m, value.yes, targets, node),
    () => half(m, value.no, targets, node),
    (yes, no) =>
      targets.map((_, i) => {
        const [a, b] = [yes[i] ?? unknown(''), no[i] ?? unknown('')];
        return a === b ? a : { kind: 'either', condition, yes: a, no: b };
      }),
  );
};

const half = (m: Machine, given: Value, targets: readonly Expr[], node: Node): readonly Value[] => {
  const value = resolve(m, given);
  return value.kind === 'either' ? sameLength(value, targets, m, node) : split(m, value, targets, node);
};

const split = (m: Machine, value: Value, targets: readonly Expr[], node: Node): readonly Value[] => {
  if (value.kind === 'opaque' && value.type !== 'dict' && !targets.some((t) => t.kind === 'Starred'))
    return targets.map((_, i) => subscript(m, value, int(i), node));
  if (m.pieces.has(value) && !targets.some((t) => t.kind === 'Starred'))
    return targets.map(() => pieceOf(m, value) ?? value);
  const { items, count } = iterate(m, value, node);
  if (count !== null) {
    const each = items.length === 1 ? items[0] : undefined;
    return targets.map((t) =>
      t.kind === 'Starred'
        ? list(each ? [each] : [], count)
        : (each ?? unknown('an element of a sequence that is not known')),
    );
  }
  const star = targets.findIndex((t) => t.kind === 'Starred');
  const fits = star < 0 ? items.length === targets.length : items.length >= targets.length - 1;
  if (!fits) {
    fail(
      m,
      'ValueError',
      {
        code: 'unpack-arity',
        data: { wanted: star < 0 ? targets.length : targets.length - 1, given: items.length },
        names: [],
      },
      node,
    );
    return targets.map(() => unknown('unpack-arity'));
  }
  if (star < 0) return items;
  const after = targets.length - star - 1;
  const middle = items.slice(star, items.length - after);
  return [...items.slice(0, star), list(middle), ...items.slice(items.length - after)];
};
