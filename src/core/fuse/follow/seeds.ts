import type { ObjectValue, TensorValue } from '../../values';
import { uniform } from '../random';
import { sizesOf } from './call';

/** Of which kind the numbers of a learnt tensor are: what they are by themselves when they change nothing. */
export type Kind = 'weight' | 'scale' | 'shift' | 'variance';

/** A tensor of a module that was given numbers. */
export interface Seeded {
  /** `conv1.bn.weight`. */
  readonly name: string;
  readonly kind: Kind;
  readonly data: Float64Array;
}

const RANGES: Readonly<Record<Kind, readonly [number, number]>> = {
  weight: [-1, 1],
  scale: [0.5, 1.5],
  shift: [-0.5, 0.5],
  variance: [0.5, 2],
};

/** What leaves everything as it is; for a weight, what makes nothing of it. */
export const NEUTRAL: Readonly<Record<Kind, number>> = { weight: 0, scale: 1, shift: 0, variance: 1 };

/** Gives numbers to all that is learnt in a module, and to the statistics of its normalisations. */
export const seed = (self: ObjectValue): readonly Seeded[] => {
  const seeded: Seeded[] = [];
  const seen = new Set<Float64Array>();
  const visit = (module: ObjectValue, path: string, above: ReadonlySet<ObjectValue>): void => {
    for (const [name, value] of module.attrs) {
      if (value.kind === 'object' && !above.has(value)) visit(value, `${path}${name}.`, new Set([...above, module]));
      if (value.kind !== 'tensor' || !value.store || seen.has(value.store.data)) continue;
      const kind = kindOf(module, name, value);
      if (!kind) continue;
      seen.add(value.store.data);
      fill(value.store.data, seeded.length, kind);
      seeded.push({ name: `${path}${name}`, kind, data: value.store.data });
    }
  };
  visit(self, '', new Set([self]));
  return seeded;
};

const fill = (data: Float64Array, place: number, kind: Kind): void => {
  const random = uniform(1 + place * 7919);
  const [low, high] = RANGES[kind];
  for (let i = 0; i < data.length; i++) data[i] = Math.round((low + (high - low) * random()) * 1000) / 1000;
};

const kindOf = ({ attrs }: ObjectValue, name: string, value: TensorValue): Kind | undefined => {
  const isNorm = attrs.has('running_mean') || attrs.has('_mean');
  if (isNorm && /var/.test(name)) return 'variance';
  if (isNorm && /mean/.test(name)) return 'shift';
  if (!value.parameter?.trained) return undefined;
  if (isNorm) return name === 'weight' ? 'scale' : 'shift';
  if (name === 'bias') return 'shift';
  return (sizesOf(value)?.length ?? 0) > 1 && name === 'weight' ? 'weight' : 'scale';
};
