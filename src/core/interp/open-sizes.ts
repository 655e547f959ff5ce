import { type Dim, floorDiv, product } from '../dims';
import { batchFirst, type Library, type Outcome } from '../ops';
import type { Shape } from '../shapes';
import { opaqueSize, type TensorValue, unknown, type Value } from '../values';
import { resolve } from './branch';
import { demandAxes } from './demands';
import type { Args, Machine } from './machine';
import { linksOf, more } from './ranks';

/** `x.shape` of a tensor whose rank nobody knows: a mark that remembers the tensor. */
export const shapeMark = (m: Machine, tensor: TensorValue): Value => {
  const mark = unknown('the shape of a tensor of unknown rank');
  m.shapesOfEntries.set(mark, tensor);
  return mark;
};

/**
 * Sizes of which nobody knows how many there are, for they are those of a tensor of unknown rank: `(*x.shape[:-1],
 * heads, -1)`. Such a value is the shape of a tensor that has these axes.
 */
const sizesIn = (m: Machine, value: Value): Shape | undefined => m.shapesOfEntries.get(value)?.shape;

const markOf = (m: Machine, shape: Shape): Value => shapeMark(m, { kind: 'tensor', lib: 'torch', shape });

/** `x.shape[:-1]`, `x.shape[1:]`: the shape without axes that are known. */
export const someSizes = (
  m: Machine,
  { shape: { dims, rest } }: TensorValue,
  lower: number | null,
  upper: number | null,
): Value | undefined => {
  if (!rest || (lower ?? 0) < 0 || (upper ?? -1) > 0) return undefined;
  const [from, to] = [lower ?? 0, dims.length + (upper ?? 0)];
  if (from > rest.at || to < rest.at || upper === 0) return undefined;
  return markOf(m, { dims: dims.slice(from, to), rest: { ...rest, at: rest.at - from } });
};

/** One of the things that sizes are put together of: a size, or with a star several of them. */
interface Part {
  readonly value: Value;
  readonly star: boolean;
}

/** Sizes that are written one after the other: `(*x.shape[:-1], heads, -1)`, `x.shape[:-1] + (heads, -1)`. */
export const sizesTogether = (m: Machine, parts: readonly Part[]): Value | undefined => {
  const dims: Dim[] = [];
  let rest: Shape['rest'];
  for (const { value, star } of parts) {
    const part = resolve(m, value);
    const open = sizesIn(m, part);
    if (!star) {
      if (open) return undefined;
      dims.push(sizeOf(m, part));
    } else if (open?.rest && !rest) {
      rest = { ...open.rest, at: dims.length + open.rest.at };
      dims.push(...open.dims);
    } else if (part.kind === 'tuple') dims.push(...part.items.map((item) => sizeOf(m, item)));
    else return undefined;
  }
  return rest && markOf(m, { dims, rest });
};

const sizeOf = (m: Machine, value: Value): Dim => {
  const size = resolve(m, value);
  if (size.kind === 'int') return size.value;
  return size.kind === 'opaque' ? opaqueSize(size) : m.context.unknownSize('a size that is not known');
};

/** Ops that give a tensor of the sizes that they are told; those of the first group keep the number of elements. */
const VIEWING = /^(?:view|reshape)$/;
const MAKING = /^(?:new_)?(?:zeros|ones|empty|rand|randn)$/;

/** What an op gives that is told sizes of which nobody knows how many there are; undefined where it is not. */
export const ofOpenSizes = (
  m: Machine,
  op: string,
  lib: Library,
  { positional, rest: more }: Args,
): Outcome | undefined => {
  const isView = VIEWING.test(op);
  if (!isView && !MAKING.test(op)) return undefined;
  const values = positional.map((value) => resolve(m, value));
  const input = isView || op.startsWith('new_') ? values.shift() : undefined;
  const told = more?.sizes ?? (values.length === 1 ? values[0] : undefined);
  const { dims, rest } = (told && sizesIn(m, told)) ?? { dims: [] };
  if (!rest || (isView && dims.filter((d) => d === -1).length > 1)) return undefined;
  const from = input?.kind === 'tensor' ? input : undefined;
  const size = isView && dims.includes(-1) ? inferred(m, op, from?.shape, { dims, rest }) : undefined;
  const shape: Shape = { dims: dims.map((d) => (d === -1 && size ? size.value : d)), rest };
  const value: TensorValue = { kind: 'tensor', lib: from?.lib ?? lib, shape };
  return { value, requires: size?.requires ?? [], assumes: [], granted: [], demands: [] };
};

/** What stands for −1: beside the same unknown axes, what the known ones of the tensor leave. */
const inferred = (
  m: Machine,
  op: string,
  from: Shape | undefined,
  { dims, rest }: Shape,
): { readonly value: Dim; readonly requires: Outcome['requires'] } => {
  const known = product(dims.filter((d) => d !== -1));
  if (!from || from.rest?.id !== rest?.id || known === 0)
    return { value: m.context.unknownSize('a size worked out from a shape that is not known'), requires: [] };
  const count = product(from.dims);
  const fault = { code: 'view-infer', data: { op, from, known }, names: ['shape'] };
  return {
    value: floorDiv(count, known),
    requires: known === 1 ? [] : [{ condition: { kind: 'divides', divisor: known, dividend: count }, fault }],
  };
};

/**
 * `x.view(*x.shape[:-1], heads, -1).transpose(1, 2)`: axes that a view has split off are counted from behind, those that
 * are swapped from the front. As a rule the two meet: the second one is the first that was split off.
 */
export const noteMeeting = (m: Machine, op: string, { positional }: Args): void => {
  const [tensor, ...axes] = positional.map((value) => resolve(m, value));
  if (!m.supposes || !/^(?:transpose|swapaxes)$/.test(op) || tensor?.kind !== 'tensor' || tensor.shape.rest?.at !== 0)
    return;
  const [a, b, none] = axes.map((axis) => (axis.kind === 'int' && typeof axis.value === 'number' ? axis.value : -1));
  const [link, other] = linksOf(m, tensor);
  if (a === undefined || b === undefined || none !== undefined || Math.abs(a - b) !== 1 || Math.min(a, b) < 1) return;
  if (!link || other || more(link) <= Math.max(1, m.knownAxes.get(link.entry) ?? 0)) return;
  const axesThere = batchFirst(Math.max(a, b) + tensor.shape.dims.length);
  demandAxes(m, { tensor, axes: axesThere, open: false, usual: 'always' }, undefined);
};
