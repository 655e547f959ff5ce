import type { Value } from '../values';

/** The places that a slice with known ends takes of a sequence of known length. */
export const bounds = (key: Extract<Value, { kind: 'slice' }>, length: number): readonly number[] | undefined => {
  const number = (v: Value): number | null | undefined =>
    v.kind === 'none' ? null : v.kind === 'int' && typeof v.value === 'number' ? v.value : undefined;
  const [lower, upper, step] = [number(key.lower), number(key.upper), number(key.step)];
  if (lower === undefined || upper === undefined || step === undefined || step === 0) return undefined;
  const by = step ?? 1;
  const clamp = (at: number | null, whenNull: number): number => {
    if (at === null) return whenNull;
    const from = at < 0 ? at + length : at;
    return by > 0 ? Math.min(Math.max(from, 0), length) : Math.min(Math.max(from, -1), length - 1);
  };
  const [start, stop] = by > 0 ? [clamp(lower, 0), clamp(upper, length)] : [clamp(lower, length - 1), clamp(upper, -1)];
  const places: number[] = [];
  for (let at = start; by > 0 ? at < stop : at > stop; at += by) places.push(at);
  return places;
};
