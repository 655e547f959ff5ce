/** A small dense tensor in float64, in row order. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** How many numbers a tensor of these sizes holds. */
export const count = (shape: readonly number[]): number => shape.reduce((n, size) => n * size, 1);

/** A tensor of zeros. */
export const zeros = (...shape: readonly number[]): Tensor => ({ shape, data: new Float64Array(count(shape)) });

/** A tensor whose numbers are computed from their place in row order. */
export const filled = (shape: readonly number[], value: (index: number) => number): Tensor => ({
  shape,
  data: Float64Array.from({ length: count(shape) }, (_, i) => value(i)),
});

/** The same numbers, each through a function. */
export const mapped = ({ shape, data }: Tensor, f: (value: number, index: number) => number): Tensor => ({
  shape,
  data: data.map(f),
});

/** The sum of two tensors of one shape. */
export const plus = (a: Tensor, b: Tensor): Tensor => mapped(a, (value, i) => value + (b.data[i] ?? 0));

/** The largest difference between two tensors; infinite where their shapes differ. */
export const largestDifference = (a: Tensor, b: Tensor): number =>
  a.shape.join() === b.shape.join()
    ? a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (b.data[i] ?? 0))), 0)
    : Number.POSITIVE_INFINITY;

/** The steps in the flat data that one step along each axis takes. */
export const stridesOf = (shape: readonly number[]): readonly number[] => {
  const strides: number[] = [];
  let step = 1;
  for (const size of shape.toReversed()) {
    strides.unshift(step);
    step *= size;
  }
  return strides;
};

/** All index tuples of a shape, in row order. */
export function* indices(shape: readonly number[]): Generator<readonly number[]> {
  if (shape.includes(0)) return;
  const at = shape.map(() => 0);
  for (;;) {
    yield [...at];
    let axis = shape.length - 1;
    for (; axis >= 0; axis--) {
      const next = (at[axis] ?? 0) + 1;
      at[axis] = next < (shape[axis] ?? 0) ? next : 0;
      if (at[axis] !== 0) break;
    }
    if (axis < 0) return;
  }
}
