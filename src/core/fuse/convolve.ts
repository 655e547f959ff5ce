import { pad } from './pad';
import { count, indices, stridesOf, type Tensor, zeros } from './tensor';
import type { Axis, PaddingMode, TransposedAxis } from './window';

/** A convolution with numbers: weight `[O, C/groups, …kernel]`, bias `[O]`. */
export interface ConvCall {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly axes: readonly Axis<number>[];
  readonly groups: number;
  readonly mode: PaddingMode;
}

/** Convolves `[C, …]`, in any number of spatial axes; the reference that everything is held against. */
export const convolve = (x: Tensor, { weight, bias, axes, groups, mode }: ConvCall): Tensor => {
  const padded = pad(x, axes, mode);
  const [, ...sizes] = padded.shape;
  const out = axes.map((a, i) => Math.floor(((sizes[i] ?? 0) - a.dilation * (a.kernel - 1) - 1) / a.stride) + 1);
  const steps = stridesOf(sizes);
  const offset = (place: readonly number[], of: (axis: Axis<number>) => number): number =>
    axes.reduce((sum, axis, i) => sum + (place[i] ?? 0) * of(axis) * (steps[i] ?? 0), 0);
  const taps = [...indices(axes.map((a) => a.kernel))].map((place) => offset(place, (a) => a.dilation));
  const starts = [...indices(out)].map((place) => offset(place, (a) => a.stride));
  const [outputs = 0, perGroup = 0] = weight.shape;
  const area = count(sizes);
  const y = zeros(outputs, ...out);
  for (let o = 0; o < outputs; o++) {
    const first = Math.floor((o * groups) / outputs) * perGroup;
    for (const [at, start] of starts.entries()) {
      let sum = bias.data[o] ?? 0;
      for (let c = 0; c < perGroup; c++)
        for (const [t, tap] of taps.entries())
          sum +=
            (weight.data[(o * perGroup + c) * taps.length + t] ?? 0) *
            (padded.data[(first + c) * area + start + tap] ?? 0);
      y.data[o * starts.length + at] = sum;
    }
  }
  return y;
};

/** A transposed convolution with numbers: weight `[C, O/groups, …kernel]`, bias `[O]`. */
export interface TransposedCall {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly axes: readonly TransposedAxis<number>[];
  readonly groups: number;
}

/** Spreads every value of `[C, …]` over a window and adds up. */
export const spread = (x: Tensor, { weight, bias, axes, groups }: TransposedCall): Tensor => {
  const [channels = 0, ...sizes] = x.shape;
  const [, perGroup = 0] = weight.shape;
  const out = axes.map(
    (a, i) => ((sizes[i] ?? 0) - 1) * a.stride - 2 * a.padding + a.dilation * (a.kernel - 1) + a.extra + 1,
  );
  const y = zeros(perGroup * groups, ...out);
  const area = count(out);
  for (let o = 0; o < perGroup * groups; o++) y.data.fill(bias.data[o] ?? 0, o * area, (o + 1) * area);
  const steps = stridesOf(out);
  const kernel = axes.map((a) => a.kernel);
  const places = [...indices(sizes)];
  for (const [t, tap] of [...indices(kernel)].entries())
    for (const [from, place] of places.entries()) {
      const to = axes.map((a, i) => (place[i] ?? 0) * a.stride + (tap[i] ?? 0) * a.dilation - a.padding);
      if (to.some((index, i) => index < 0 || index >= (out[i] ?? 0))) continue;
      const at = to.reduce((sum, index, i) => sum + index * (steps[i] ?? 0), 0);
      for (let c = 0; c < channels; c++) {
        const first = Math.floor((c * groups) / channels) * perGroup;
        for (let o = 0; o < perGroup; o++)
          y.data[(first + o) * area + at] =
            (y.data[(first + o) * area + at] ?? 0) +
            (weight.data[(c * perGroup + o) * count(kernel) + t] ?? 0) * (x.data[c * count(sizes) + from] ?? 0);
      }
    }
  return y;
};

/** An average pooling with numbers. */
export interface AverageCall {
  readonly axes: readonly Axis<number>[];
  readonly countsPadding: boolean;
  readonly ceil: boolean;
  /** What the sum is divided by, where that is not the size of the window. */
  readonly divisor: number | undefined;
}

/** Averages windows of `[C, …]` as both libraries do: a window that hangs over is cut at the edge of the padding. */
export const average = (x: Tensor, { axes, countsPadding, ceil, divisor }: AverageCall): Tensor => {
  const [channels = 0, ...sizes] = x.shape;
  const out = axes.map((axis, i) => pooledSize(sizes[i] ?? 0, axis, ceil));
  const y = zeros(channels, ...out);
  const steps = stridesOf(sizes);
  let at = 0;
  for (const place of indices(out)) {
    const spans = axes.map((axis, i) => {
      const start = (place[i] ?? 0) * axis.stride - axis.before;
      const end = Math.min(start + axis.kernel, (sizes[i] ?? 0) + axis.after);
      const inside = Math.min(end, sizes[i] ?? 0) - Math.max(start, 0);
      return { from: Math.max(start, 0), inside, whole: end - start };
    });
    const by = divisor ?? count(spans.map((s) => (countsPadding ? s.whole : s.inside)));
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (const tap of indices(spans.map((s) => s.inside))) {
        const index = spans.reduce((n, s, i) => n + (s.from + (tap[i] ?? 0)) * (steps[i] ?? 0), 0);
        sum += x.data[c * count(sizes) + index] ?? 0;
      }
      y.data[c * count(out) + at] = sum / by;
    }
    at++;
  }
  return y;
};

const pooledSize = (size: number, { kernel, stride, before, after }: Axis<number>, ceil: boolean): number => {
  const room = size + before + after - kernel;
  const windows = (ceil ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
  // A window may not start behind the padded input.
  return ceil && (windows - 1) * stride >= size + before ? windows - 1 : windows;
};
