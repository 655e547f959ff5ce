import type { Dim } from '../../dims';
import type { ObjectValue, Value } from '../../values';
import { present, type Reader } from '../reader';

/** The attributes of a layer, read for a sentence. Paddle keeps most of them behind an underscore. */
export interface Fields {
  readonly value: (name: string) => Value | undefined;
  readonly size: (name: string) => Dim | undefined;
  /** A number or a sequence of numbers; `null` for a `None` in it. */
  readonly sizes: (name: string) => readonly (Dim | null)[] | undefined;
  readonly text: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean | undefined;
  readonly number: (name: string) => number | undefined;
  readonly dim: Reader['dim'];
  /** The dotted name of the class without its package: `Conv2d`. */
  readonly type: string;
}

export const fieldsOf = (r: Reader, layer: ObjectValue, type: string): Fields =>
  fieldsFrom(r, (name) => attribute(layer, name) ?? attribute(layer, `_${name}`), type);

const attribute = (layer: ObjectValue, name: string): Value | undefined => {
  const value = layer.attrs.get(name);
  return value && present(value);
};

/** The same of anything that has values by name: the arguments of a function. */
export const fieldsFrom = (r: Reader, value: Fields['value'], type: string): Fields => ({
  value,
  size: (name) => sizeOf(value(name)) ?? undefined,
  sizes: (name) => sizesOf(value(name)),
  text: (name) => {
    const found = value(name);
    return found?.kind === 'str' ? found.value : undefined;
  },
  flag: (name) => {
    const found = value(name);
    return found?.kind === 'bool' ? found.value : undefined;
  },
  number: (name) => numberOf(value(name)),
  dim: r.dim,
  type,
});

const numberOf = (value: Value | undefined): number | undefined => {
  if (value?.kind === 'float') return value.value;
  return value?.kind === 'int' && typeof value.value === 'number' ? value.value : undefined;
};

const sizeOf = (value: Value | undefined): Dim | null | undefined => {
  if (value?.kind === 'int') return value.value;
  return value?.kind === 'none' ? null : undefined;
};

const sizesOf = (value: Value | undefined): readonly (Dim | null)[] | undefined => {
  const items = value?.kind === 'tuple' || value?.kind === 'list' ? value.items : value && [value];
  const sizes = items?.map(sizeOf);
  return sizes?.every((s) => s !== undefined) ? sizes : undefined;
};

/** As many sizes as there are axes: one number stands for all of them. */
export const perAxis = (
  sizes: readonly (Dim | null)[] | undefined,
  axes: number,
): readonly (Dim | null)[] | undefined => {
  if (sizes?.length === axes) return sizes;
  const [only] = sizes ?? [];
  return sizes?.length === 1 && only !== undefined ? Array.from({ length: axes }, () => only) : undefined;
};
