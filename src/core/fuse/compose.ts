import { add, atMost, type Condition, type Dim, equal, floorDiv, mul, same, sub, sum } from '../dims';
import { type Check, check, type Judge, known, none } from './check';
import { absorbBefore } from './diagonal';
import { type Conv, IDENTITY, type Linear, type Numbers, num, type Transposed } from './operator';
import type { Attempt } from './rule';
import { count, indices, stridesOf, type Tensor, zeros } from './tensor';
import type { Axis, PaddingMode } from './window';

/** Two convolutions in a row as one (F12–F14); undefined where no regular window reads what both read together. */
export const composeConvs = (judge: Judge, first: Conv, second: Conv): Attempt | undefined => {
  const groups = commonGroups(first.groups, second.groups);
  const axes = first.axes.map((a, i) => composedAxis(a, second.axes[i] ?? a));
  if (first.axes.length !== second.axes.length) return undefined;
  const whole = axes.flatMap((a) => (a ? [a] : []));
  if (whole.length !== axes.length) return undefined;
  const { mode, checks } = border(judge, first, second);
  const result: Conv = {
    op: 'conv',
    in: first.in,
    out: second.out,
    groups,
    axes: whole,
    mode,
    shift: first.shift || second.shift,
  };
  return {
    rule: isPointwise(first) ? 'F12' : isPointwise(second) ? 'F13' : 'F14',
    result,
    checks: [check(judge, 'norm-channels', [equal(first.out, second.in)]), ...checks],
    compute: ([a, b]) => {
      if (!a || !b) throw new RangeError('two operators are composed');
      return composeWeights(first, second, result, a, b);
    },
  };
};

/** Two linear layers in a row as one. */
export const composeLinears = (judge: Judge, first: Linear, second: Linear): Attempt => ({
  rule: 'F13',
  result: { ...second, in: first.in, shift: first.shift || second.shift },
  checks: [check(judge, 'norm-channels', [equal(first.out, second.in)])],
  compute: ([a, b]) => {
    if (!a || !b) throw new RangeError('two operators are composed');
    const [wide, middle, narrow] = [num(second.out), num(first.out), num(first.in)];
    const weight = zeros(wide, narrow);
    const bias = Float64Array.from(b.bias.data);
    for (let o = 0; o < wide; o++)
      for (let m = 0; m < middle; m++) {
        const factor = b.weight.data[o * middle + m] ?? 0;
        bias[o] = (bias[o] ?? 0) + factor * (a.bias.data[m] ?? 0);
        for (let c = 0; c < narrow; c++)
          weight.data[o * narrow + c] =
            (weight.data[o * narrow + c] ?? 0) + factor * (a.weight.data[m * narrow + c] ?? 0);
      }
    return { weight, bias: { shape: [wide], data: bias } };
  },
});

/** A transposed convolution and a 1×1 convolution behind or before it as one (F24). */
export const composeTransposed = (
  judge: Judge,
  first: Conv | Transposed,
  second: Conv | Transposed,
): Attempt | undefined => {
  const [wide, point] = first.op === 'transposed' ? [first, second] : second.op === 'transposed' ? [second, first] : [];
  if (wide?.op !== 'transposed' || point?.op !== 'conv' || !isPlainPointwise(point)) return undefined;
  const behind = first === wide;
  const [inner, outer] = behind ? [wide.in, point.out] : [point.in, wide.out];
  const meets = equal(first.out, second.in);
  const constant = behind ? known('constant-spread', true) : absorbConstant(judge, point, wide);
  const groups = commonGroups(point.groups, wide.groups);
  const result: Transposed = { ...wide, in: inner, out: outer, groups, shift: first.shift || second.shift };
  return {
    rule: 'F24',
    result,
    checks: [check(judge, 'norm-channels', [meets]), constant],
    compute: ([a, b]) => {
      if (!a || !b) throw new RangeError('two operators are composed');
      return behind ? pointAfter(wide, point, result, a, b) : pointBefore(wide, point, result, a, b);
    },
  };
};

const absorbConstant = (judge: Judge, { shift }: Conv, wide: Transposed): Check =>
  absorbBefore(judge, { ...IDENTITY, shift }, wide).checks.find((c) => c.code === 'constant-spread') ??
  known('constant-spread', true);

const isPointwise = ({ axes }: Conv): boolean => axes.every((a) => same(a.kernel, 1));

const isPlainPointwise = (conv: Conv): boolean =>
  isPointwise(conv) && conv.axes.every((a) => same(a.stride, 1) && same(a.before, 0) && same(a.after, 0));

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Groups of channels that neither of two grouped layers mixes; without groups everything can be written. */
export const commonGroups = (a: Dim, b: Dim): Dim => {
  if (same(a, b)) return a;
  return typeof a === 'number' && typeof b === 'number' ? gcd(a, b) : 1;
};

/** Output `o` reads the input at `o·s₁s₂ − (p₁ + p₂s₁) + v·d₂s₁ + u·d₁`. */
const composedAxis = (a: Axis, b: Axis): Axis | undefined => {
  const step = mul(b.dilation, a.stride);
  const dilation = composedDilation(a, b, step);
  if (dilation === undefined) return undefined;
  const reach = sum([mul(a.dilation, sub(a.kernel, 1)), mul(step, sub(b.kernel, 1))]);
  return {
    kernel: same(a.kernel, 1) ? b.kernel : same(b.kernel, 1) ? a.kernel : add(floorDiv(reach, dilation), 1),
    stride: mul(a.stride, b.stride),
    before: add(a.before, mul(b.before, a.stride)),
    after: add(a.after, mul(b.after, a.stride)),
    dilation,
  };
};

const composedDilation = (a: Axis, b: Axis, step: Dim): Dim | undefined => {
  if (same(a.kernel, 1)) return same(b.kernel, 1) ? 1 : step;
  if (same(b.kernel, 1) || same(a.dilation, step)) return a.dilation;
  return typeof a.dilation === 'number' && typeof step === 'number' ? gcd(a.dilation, step) : undefined;
};

/** What the second convolution reads beyond the edge of the first one's output must be what one convolution reads. */
const border = (judge: Judge, a: Conv, b: Conv): { readonly mode: PaddingMode; readonly checks: readonly Check[] } => {
  const code = isPointwise(a) ? 'pointwise-bias-padding' : 'second-padding';
  const unpadded = none(b.axes.flatMap((x) => [x.before, x.after]));
  if (check(judge, code, unpadded).verdict === 'holds')
    return { mode: a.mode, checks: [{ code: 'second-padding', verdict: 'holds', conditions: [] }] };
  const oneMode = a.mode === b.mode ? [] : none(a.axes.flatMap((x) => [x.before, x.after]));
  const edges = [...oneMode, ...a.axes.flatMap((x, i) => edge(b.mode, x, b.axes[i] ?? x))];
  const answers = [
    ...(b.mode === 'zeros' && a.shift ? [] : [{ mode: b.mode, check: check(judge, code, edges) }]),
    { mode: a.mode, check: check(judge, code, unpadded) },
  ];
  const best =
    answers.find((w) => w.check.verdict === 'holds') ??
    answers.find((w) => w.check.verdict === 'depends') ??
    answers.find((w) => w.check.verdict === 'violated');
  return { mode: best?.mode ?? a.mode, checks: best ? [best.check] : [] };
};

/** When the padding of the second layer is, on one axis, what the first one would give beyond its edge. */
const edge = (mode: PaddingMode, a: Axis, b: Axis): readonly Condition[] => {
  const [left, right] = [!same(b.before, 0), !same(b.after, 0)];
  const reach = mul(a.dilation, sub(a.kernel, 1));
  switch (mode) {
    case 'zeros':
      // The window of the first layer lies in the padding altogether.
      return [
        ...(left ? [atMost(sub(reach, sub(mul(nearestBefore(b), a.stride), 1)), a.before)] : []),
        ...(right ? [atMost(reach, a.after)] : []),
      ];
    case 'replicate':
      // At its edge the first layer reads nothing but the replicated value.
      return [
        ...(left ? [atMost(reach, a.before)] : []),
        ...(right ? [atMost(add(reach, sub(a.stride, 1)), a.after)] : []),
      ];
    case 'reflect':
      return [
        ...(left ? [equal(a.kernel, 1), equal(a.before, 0)] : []),
        ...(right ? [equal(a.kernel, 1), equal(a.after, 0), equal(a.stride, 1)] : []),
      ];
    case 'circular':
      return left || right ? [equal(a.stride, 1), equal(add(a.before, a.after), reach)] : [];
  }
};

/** How far before the edge lies the nearest place that a padded window reads; a stride may leave out the first ones. */
const nearestBefore = ({ kernel, stride, before, dilation }: Axis): number => {
  if ([kernel, stride, before, dilation].some((d) => typeof d !== 'number')) return 1;
  const starts = Array.from({ length: num(kernel) }, (_, v) => v * num(dilation) - num(before)).filter((at) => at < 0);
  return Math.min(...starts.map((at) => ((-at - 1) % num(stride)) + 1));
};

/** Reads a grouped weight `[O, C/g, …]` as if it were dense. */
const dense =
  ({ weight }: Numbers, groups: number) =>
  (o: number, c: number, tap: number): number => {
    const [outputs = 1, perGroup = 1, ...kernel] = weight.shape;
    const own = c - Math.floor((o * groups) / outputs) * perGroup;
    return own < 0 || own >= perGroup ? 0 : (weight.data[(o * perGroup + own) * count(kernel) + tap] ?? 0);
  };

const composeWeights = (first: Conv, second: Conv, result: Conv, a: Numbers, b: Numbers): Numbers => {
  const [outputs, middle, groups] = [num(result.out), num(first.out), num(result.groups)];
  const perGroup = num(result.in) / groups;
  const shape = [outputs, perGroup, ...result.axes.map((x) => num(x.kernel))];
  const weight = zeros(...shape);
  const bias = Float64Array.from(b.bias.data);
  const area = count(shape.slice(2));
  const [inner, outer] = [dense(a, num(first.groups)), dense(b, num(second.groups))];
  const pairs = tapPairs(first, second, result);
  for (let o = 0; o < outputs; o++) {
    const start = Math.floor((o * groups) / outputs) * perGroup;
    for (let m = 0; m < middle; m++) {
      for (let v = 0; v < count(b.weight.shape.slice(2)); v++)
        bias[o] = (bias[o] ?? 0) + outer(o, m, v) * (a.bias.data[m] ?? 0);
      for (const { u, v, to } of pairs) {
        const factor = outer(o, m, v);
        if (factor === 0) continue;
        for (let c = 0; c < perGroup; c++) {
          const index = (o * perGroup + c) * area + to;
          weight.data[index] = (weight.data[index] ?? 0) + factor * inner(m, start + c, u);
        }
      }
    }
  }
  return { weight, bias: { shape: [outputs], data: bias } };
};

/** Which tap of the result a tap of the first and one of the second make. */
const tapPairs = (
  first: Conv,
  second: Conv,
  result: Conv,
): readonly { readonly u: number; readonly v: number; readonly to: number }[] => {
  const sizes = (conv: Conv): readonly number[] => conv.axes.map((x) => num(x.kernel));
  const steps = stridesOf(sizes(result));
  const outer = [...indices(sizes(second))];
  return [...indices(sizes(first))].flatMap((own, u) =>
    outer.map((vTap, v) => ({
      u,
      v,
      to: result.axes.reduce((sum, axis, i) => {
        const [a, b] = [first.axes[i], second.axes[i]];
        if (!a || !b) return sum;
        const offset = (own[i] ?? 0) * num(a.dilation) + (vTap[i] ?? 0) * num(b.dilation) * num(a.stride);
        return sum + (offset === 0 ? 0 : offset / num(axis.dilation)) * (steps[i] ?? 0);
      }, 0),
    })),
  );
};

/** Reads a grouped weight `[I, O/g, …]` of a transposed convolution as if it were dense. */
const denseTransposed =
  ({ weight }: Numbers, groups: number) =>
  (c: number, o: number, tap: number): number => {
    const [inputs = 1, perGroup = 1, ...kernel] = weight.shape;
    const own = o - Math.floor((c * groups) / inputs) * perGroup;
    return own < 0 || own >= perGroup ? 0 : (weight.data[(c * perGroup + own) * count(kernel) + tap] ?? 0);
  };

/** `K[c, o] = Σ_m term(c, m, o)` for the outputs of each group. */
const contracted = (
  result: Transposed,
  middle: number,
  kernel: readonly number[],
  term: (c: number, m: number, o: number, tap: number) => number,
): Tensor => {
  const [inputs, outputs, groups] = [num(result.in), num(result.out), num(result.groups)];
  const [perGroup, area] = [outputs / groups, count(kernel)];
  const weight = zeros(inputs, perGroup, ...kernel);
  for (let c = 0; c < inputs; c++)
    for (let own = 0; own < perGroup; own++)
      for (let tap = 0; tap < area; tap++) {
        const o = Math.floor((c * groups) / inputs) * perGroup + own;
        let sum = 0;
        for (let m = 0; m < middle; m++) sum += term(c, m, o, tap);
        weight.data[(c * perGroup + own) * area + tap] = sum;
      }
  return weight;
};

const pointAfter = (wide: Transposed, point: Conv, result: Transposed, a: Numbers, b: Numbers): Numbers => {
  const middle = num(wide.out);
  const [inner, outer] = [denseTransposed(a, num(wide.groups)), dense(b, num(point.groups))];
  const bias = Float64Array.from(b.bias.data, (own, o) => {
    let sum = own;
    for (let m = 0; m < middle; m++) sum += outer(o, m, 0) * (a.bias.data[m] ?? 0);
    return sum;
  });
  return {
    weight: contracted(result, middle, a.weight.shape.slice(2), (c, m, o, tap) => outer(o, m, 0) * inner(c, m, tap)),
    bias: { shape: [bias.length], data: bias },
  };
};

const pointBefore = (wide: Transposed, point: Conv, result: Transposed, a: Numbers, b: Numbers): Numbers => {
  const middle = num(wide.in);
  const kernel = b.weight.shape.slice(2);
  const [inner, outer] = [dense(a, num(point.groups)), denseTransposed(b, num(wide.groups))];
  const bias = Float64Array.from(b.bias.data, (own, o) => {
    let sum = own;
    for (let m = 0; m < middle; m++)
      for (let tap = 0; tap < count(kernel); tap++) sum += outer(m, o, tap) * (a.bias.data[m] ?? 0);
    return sum;
  });
  return {
    weight: contracted(result, middle, kernel, (c, m, o, tap) => outer(m, o, tap) * inner(m, c, 0)),
    bias: { shape: [bias.length], data: bias },
  };
};
