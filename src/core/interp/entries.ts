import { symbol } from '../dims';
import type { Expr, Node } from '../syntax';
import { int, type TensorValue, unknown, type Value } from '../values';
import type { Machine } from './machine';
import { entriesOf } from './ranks';

/** `x.shape` of a tensor whose rank nobody knows: a mark that remembers the tensor. */
export const shapeMark = (m: Machine, tensor: TensorValue): Value => {
  const mark = unknown('the shape of a tensor of unknown rank');
  m.shapesOfEntries.set(mark, tensor);
  return mark;
};

/** The entry that a tensor of unknown rank is, or keeps the shape of. */
const entryOf = ({ origin, shape }: TensorValue): string | undefined =>
  origin !== undefined && shape.rest?.id === `i:${origin}` ? origin : undefined;

/** `x.shape[1]` of an entry of unknown rank: the symbol of that axis, whatever the rank turns out to be. */
export const axisOfEntry = (m: Machine, mark: Value, key: Value): Value | undefined => {
  const tensor = m.shapesOfEntries.get(mark);
  const entry = tensor && entryOf(tensor);
  if (!tensor || entry === undefined || key.kind !== 'int' || typeof key.value !== 'number') return undefined;
  const known = key.value < 0 ? tensor.shape.dims.at(key.value) : undefined;
  return int(known ?? symbol(`i:${entry}:${key.value}`, key.value === 0 ? 'B' : `d${Math.abs(key.value)}`, 'free'));
};

/**
 * `B, N, C = x.shape`: unpacking the shape of an entry whose rank nobody knows says what the rank is, and gives the
 * axes their names.
 */
export const unpackShape = (m: Machine, value: Value, targets: readonly Expr[], node: Node): Value => {
  const tensor = m.shapesOfEntries.get(value);
  if (!tensor || targets.some((t) => t.kind === 'Starred')) return value;
  const axes = targets.map((t) => ({ name: t.kind === 'Name' ? t.id : '_' }));
  for (const entry of entriesOf(m, tensor)) m.trace.demands.push({ tensor, axes, open: false, entry, node });
  return value;
};
