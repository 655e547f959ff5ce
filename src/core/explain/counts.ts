import { add, type Dim, mul, same, sub, symbolsOf } from '../dims';
import type { Words } from '../ops';
import { numel } from '../shapes';
import { type ObjectValue, opaqueSize, type TensorValue, type Value } from '../values';
import type { Context } from './context';
import { words } from './words';

/** How many numbers a module holds as parameters, and how many of them it learns. */
export interface Count {
  readonly trained: Dim;
  /** Paddle counts the statistics of its normalisations among the parameters. */
  readonly all: Dim;
}

/** The parameters of a module, each tensor once; undefined where a part of it is not known. */
export const parameterCount = (module: ObjectValue): Count | undefined => {
  const trained = total(module, false);
  const all = trained === undefined ? undefined : total(module, true);
  return trained === undefined || all === undefined ? undefined : { trained, all };
};

const total = (module: ObjectValue, statistics: boolean): Dim | undefined => {
  const walk: Walk = { statistics, seen: new Set(), sizes: new Set(), opaque: new Set() };
  const sum = countModule(walk, module);
  // A value from outside that is no size anywhere may be a module of its own.
  return [...walk.opaque].every((id) => walk.sizes.has(id)) ? sum : undefined;
};

interface Walk {
  /** Statistics that are no part of what is learnt count, too. */
  readonly statistics: boolean;
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
  let sum: Dim = 0;
  for (const [name, value] of module.attrs) {
    const own = count(walk, name, value, isLibrary);
    if (own === undefined) return undefined;
    sum = add(sum, own);
  }
  return module.count === null ? sum : mul(sum, module.count);
};

const count = (walk: Walk, name: string, value: Value, isLibrary: boolean): Dim | undefined => {
  switch (value.kind) {
    case 'tensor': {
      if (!value.parameter) return 0;
      if (!value.parameter.trained && !(walk.statistics && isStatistic(name, value))) return 0;
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

/** Paddle's normalisations keep their statistics as parameters that are not trained. */
const isStatistic = (name: string, { lib }: TensorValue): boolean =>
  lib === 'paddle' && /^_(mean|variance)$/.test(name);

/** The number of learnable numbers, in the symbols of the constructor, and of those that are not learnt. */
export const parameterWords = ({ r }: Pick<Context, 'r'>, { trained, all }: Count): Words | undefined => {
  if (all === 0) return words('no parameters', '无可学习参数');
  if (r.dim(all) === '?') return undefined;
  const [some, whole] = [trained, all].map((d) => r.dim(d).replace(/\d{5,}/g, grouped));
  if (all === 1 && trained === 1) return words('1 parameter', '参数量 1');
  if (same(trained, all)) return words(`${some} parameters`, `参数量 ${some}`);
  if (typeof all === 'number')
    return words(`${whole} parameters, ${some} of them trained`, `参数 ${whole}，其中可训练 ${some}`);
  // Of two formulas side by side, the difference is what is read off them.
  const rest = r.dim(sub(all, trained));
  return words(`${whole} parameters, all but ${rest} trained`, `参数 ${whole}，其中 ${rest} 不参与训练`);
};

/** 61706 → 61,706 */
const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');
