import { type Dim, symbolsOf } from '../dims';
import { batchFirst, type Home } from '../ops';
import { type Shape, unknownShape } from '../shapes';
import type { Expr, Node } from '../syntax';
import { int, type OpaqueValue, opaquePart, type TensorValue, tuple, unknown, type Value } from '../values';
import { EACH, entryOf, rankFound } from './asked-ranks';
import { demandAxes } from './demands';
import type { Machine } from './machine';
import { someSizes } from './open-sizes';
import { entrySize, isResult, linksOf, restOfEntry } from './ranks';

/** An input with these axes; with `at`, an unknown number of further ones stands before `axes[at]`. */
export const entryTensor = (lib: Home, name: string, dims: readonly Dim[], at?: number): TensorValue => {
  const shape: Shape = at === undefined ? { dims } : { dims, rest: { at, id: restOfEntry(name) } };
  return { kind: 'tensor', lib, shape, origin: name, ...(!isResult(name) && { layout: 'contiguous' }) };
};

/** A tensor of which nothing is known. */
const anyTensor = (m: Machine, lib: Home): TensorValue => ({
  kind: 'tensor',
  lib,
  shape: unknownShape(m.context.unknownRest('a tensor of a container')),
});

/** `xs[0]`: a tensor in a container that is an input. */
export const innerTensor = (m: Machine, container: OpaqueValue, step: string): TensorValue => {
  const { path, tensors = 'torch' } = container;
  if (m.trace.changed.has(path)) return anyTensor(m, tensors);
  const name = path + step;
  const tensor = m.inner.get(name) ?? entryTensor(tensors, name, [], 0);
  m.inner.set(name, tensor);
  return tensor;
};

/**
 * `batch['image']`: whatever stands in a mapping that is an input; a tensor where a layer takes it for one. Where its use
 * has told axes of it, it is that tensor.
 */
export const likelyTensor = (m: Machine, container: OpaqueValue, step: string): Value => {
  const tensor = innerTensor(m, { ...container, tensors: container.mixed ?? 'torch' }, step);
  if (tensor.shape.dims.length > 0) return tensor;
  const value = unknown(container.path + step);
  m.likely.set(value, tensor);
  return value;
};

/** `for x in xs`: a tensor that stands for each of a container. What ops demand of it, all of them have. */
export const eachTensor = (m: Machine, container: OpaqueValue): TensorValue =>
  oneOfMany(m, innerTensor(m, container, EACH));

/** `xs[1:]`: some tensors of a list of them that is an input are another such list. */
export const someTensors = (
  m: Machine,
  container: OpaqueValue,
  { lower, upper, step }: Extract<Value, { kind: 'slice' }>,
): Value => {
  const texts = [lower, upper, step].map((at) => (at.kind === 'none' ? '' : at.kind === 'int' ? `${at.value}` : '?'));
  const [from, to, by] = texts;
  if (m.trace.changed.has(container.path) || texts.some((text) => !/^(?:-?\d+)?$/.test(text)))
    return unknown('some tensors of a list');
  const part = opaquePart(container, `[${from}:${to}${by && `:${by}`}]`);
  return { ...part, type: 'list', ...(container.tensors && { tensors: container.tensors }) };
};

/** One of many in a container: sizes that are not the same in all of them are none that anybody knows. */
const oneOfMany = (m: Machine, tensor: TensorValue): TensorValue => {
  const own = `i:${tensor.origin}:`;
  const dims = tensor.shape.dims.map((d) =>
    symbolsOf(d).some(({ id }) => id.startsWith(own)) ? m.context.unknownSize('it differs between the tensors') : d,
  );
  return { ...tensor, shape: { ...tensor.shape, dims } };
};

/** An element as the next turn of a loop sees it: the tensors in it are others of their containers. */
export const nextOf = (m: Machine, value: Value): Value => {
  if (value.kind === 'tuple') return { ...value, items: value.items.map((item) => nextOf(m, item)) };
  const each = value.kind === 'tensor' && value.origin?.endsWith(EACH) ? m.inner.get(value.origin) : undefined;
  return each ? oneOfMany(m, each) : value;
};

/** Methods that change a container. */
const CHANGING = /^(append|extend|insert|pop|popitem|remove|clear|sort|reverse|update|setdefault)$/;

/** A method of an input that nobody knows is called: where it changes a container, what is in that is not known. */
export const noteChange = (m: Machine, { path }: OpaqueValue): void => {
  const dot = path.lastIndexOf('.');
  if (CHANGING.test(path.slice(dot + 1))) m.trace.changed.add(path.slice(0, dot));
};

/** `x.shape[1]` of an entry of unknown rank: the symbol of that axis, whatever the rank turns out to be. */
export const axisOfEntry = (m: Machine, mark: Value, key: Value): Value | undefined => {
  if (key.kind === 'slice') return axesOfEntry(m, mark, key);
  const tensor = m.shapesOfEntries.get(mark);
  const entry = tensor && entryOf(tensor);
  if (!tensor || entry === undefined || key.kind !== 'int' || typeof key.value !== 'number') return undefined;
  // Of `[B, *]` the last axis is none that is known.
  const isKnown = key.value < 0 && -key.value <= behindRest(tensor);
  const known = isKnown ? tensor.shape.dims.at(key.value) : undefined;
  const isFirst = tensor.origin === entry && key.value >= tensor.shape.dims.length;
  if (isFirst) demandAxes(m, { tensor, axes: batchFirst(key.value + 1), open: 'back' }, undefined);
  if (entry.endsWith(EACH)) return int(known ?? m.context.unknownSize('it differs between the tensors'));
  return int(known ?? entrySize(entry, key.value, key.value === 0 ? 'B' : `d${Math.abs(key.value)}`));
};

/** How many known axes stand behind the unknown ones. */
const behindRest = ({ shape: { dims, rest } }: TensorValue): number => dims.length - (rest?.at ?? 0);

/** `x.shape[:2]` and `x.shape[-2:]`: these axes, whatever stands between. */
const axesOfEntry = (m: Machine, mark: Value, key: Extract<Value, { kind: 'slice' }>): Value | undefined => {
  const [lower, upper] = [numberIn(key.lower), numberIn(key.upper)];
  if (numberIn(key.step) !== null || lower === undefined || upper === undefined) return undefined;
  const tensor = m.shapesOfEntries.get(mark);
  const some = tensor && someSizes(m, tensor, lower, upper);
  if (some) return some;
  const [from, to] = [lower ?? 0, upper ?? 0];
  const isFront = from >= 0 && to > from;
  const isBack = from < 0 && key.upper.kind === 'none';
  if (!isFront && !isBack) return undefined;
  const axes = Array.from({ length: isFront ? to - from : -from }, (_, i) => axisOfEntry(m, mark, int(from + i)));
  const items = axes.filter((axis) => axis !== undefined);
  return items.length === axes.length ? tuple(items) : undefined;
};

/** A whole number; null for `None`, undefined for what is not known. */
const numberIn = (value: Value): number | null | undefined => {
  if (value.kind === 'none') return null;
  return value.kind === 'int' && typeof value.value === 'number' ? value.value : undefined;
};

/**
 * `B, N, C = x.shape`: unpacking the shape of an entry whose rank nobody knows says what the rank is, and gives the
 * axes their names.
 */
export const unpackShape = (m: Machine, value: Value, targets: readonly Expr[], node: Node): Value => {
  const tensor = m.shapesOfEntries.get(value);
  if (!tensor || targets.some((t) => t.kind === 'Starred')) return value;
  const axes = targets.map((t) => ({ name: t.kind === 'Name' ? t.id : '_' }));
  if (linksOf(m, tensor).length === 0) {
    const found = rankFound(
      m,
      tensor,
      axes.map(({ name }) => name),
    );
    if (found) return tuple(found.map(int));
  }
  demandAxes(m, { tensor, axes, open: false }, node);
  return value;
};
