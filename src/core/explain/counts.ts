import { add, type Dim, mul, symbolsOf } from '../dims';
import { numel } from '../shapes';
import { type ObjectValue, opaqueSize, type Value } from '../values';

/** The numbers that a module learns, each tensor once; undefined where a part of it is not known. */
export const parameterCount = (module: ObjectValue): Dim | undefined => {
  const walk: Walk = { seen: new Set(), sizes: new Set(), opaque: new Set() };
  const total = countModule(walk, module);
  // A value from outside that is no size anywhere may be a module of its own.
  return [...walk.opaque].every((id) => walk.sizes.has(id)) ? total : undefined;
};

interface Walk {
  readonly seen: Set<object | number>;
  /** The symbols that occur as sizes. */
  readonly sizes: Set<string>;
  readonly opaque: Set<string>;
}

const countModule = (walk: Walk, module: ObjectValue): Dim | undefined => {
  if (walk.seen.has(module)) return 0;
  walk.seen.add(module);
  const isLibrary = module.cls.layer !== undefined;
  if (module.open) return undefined;
  let total: Dim = 0;
  for (const value of module.attrs.values()) {
    const own = count(walk, value, isLibrary);
    if (own === undefined) return undefined;
    total = add(total, own);
  }
  return module.count === null ? total : mul(total, module.count);
};

const count = (walk: Walk, value: Value, isLibrary: boolean): Dim | undefined => {
  switch (value.kind) {
    case 'tensor': {
      if (!value.parameter?.trained) return 0;
      for (const d of value.shape.dims) for (const s of symbolsOf(d)) walk.sizes.add(s.id);
      if (walk.seen.has(value.parameter.id)) return 0;
      walk.seen.add(value.parameter.id);
      return numel(value.shape);
    }
    case 'object':
      return countModule(walk, value);
    case 'opaque':
      if (value.type === undefined) for (const s of symbolsOf(opaqueSize(value))) walk.opaque.add(s.id);
      return 0;
    case 'either':
      return undefined;
    case 'unknown':
      // What a library layer keeps of its arguments is never a module.
      return isLibrary ? 0 : undefined;
    default:
      return 0;
  }
};
