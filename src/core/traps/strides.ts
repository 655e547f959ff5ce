import { assume, atMost, type Dim, decide, equal, type Facts, mul } from '../dims';
import type { Value } from '../values';

type Tensor = Extract<Value, { kind: 'tensor' }>;

/**
 * Whether a view of a tensor with other sizes is refused as soon as none of the sizes with names is 1: axes that are to be
 * merged do not lie behind each other in memory. False where that is not certain. The walk is that of
 * `computeStride_impl` in ATen/TensorUtils.cpp, with proofs instead of numbers.
 */
export const isRefused = (facts: Facts, { shape, layout }: Tensor, target: readonly Dim[]): boolean => {
  if (shape.rest || layout === undefined || layout === 'contiguous') return false;
  const old = shape.dims;
  const known = [...old, ...target].reduce<Facts | null>(
    (all, size) => (all && typeof size !== 'number' ? assume(all, atMost(2, size)) : all),
    facts,
  );
  if (!known) return false;
  const are = (a: Dim, b: Dim): boolean | undefined => decide(known, equal(a, b));
  let [at, base, chunk]: [number, Dim, Dim] = [target.length - 1, layout.at(-1) ?? 1, 1];
  for (let i = old.length - 1; i >= 0; i--) {
    chunk = mul(chunk, old[i] ?? 1);
    const joined = i > 0 && (old[i - 1] === 1 || are(layout[i - 1] ?? 0, mul(chunk, base)));
    if (joined === undefined) return false;
    if (joined) continue;
    for (let covered: Dim = 1; ; covered = mul(covered, target[at--] ?? 1)) {
      const full = are(covered, chunk);
      if (full) break;
      if (full === undefined || at < 0) return false;
      if (decide(known, atMost(covered, chunk)) === false) return true;
    }
    while (target[at] === 1) at--;
    base = layout[i - 1] ?? 1;
    chunk = 1;
  }
  return false;
};
