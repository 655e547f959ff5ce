import type { Expr, Node } from '../syntax';
import type { Value } from '../values';
import type { Machine } from './machine';

/**
 * `B, N, C = x.shape`: unpacking the shape of an entry whose rank nobody knows says what the rank is, and gives the
 * axes their names. The unpacked value is a mark left by `x.shape`.
 */
export const unpackShape = (m: Machine, value: Value, targets: readonly Expr[], node: Node): Value => {
  const entry = value.kind === 'unknown' ? m.shapesOfEntries.get(value) : undefined;
  if (!entry || targets.some((t) => t.kind === 'Starred')) return value;
  const axes = targets.map((t) => ({ name: t.kind === 'Name' ? t.id : '_' }));
  m.trace.demands.push({ tensor: entry, axes, open: false, node });
  return value;
};
