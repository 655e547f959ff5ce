import { type Dim, equal, mul, same, sub, sum as total } from '../dims';
import { type Check, check, type Judge, known } from './check';
import { commonGroups } from './compose';
import { allStatistics, at, statistics } from './diagonal';
import { hostAxis, sameSize } from './host';
import { type Conv, type Diagonal, type Linear, type Numbers, num, type Operator, type Transposed } from './operator';
import type { Attempt, RuleId } from './rule';
import { count, filled, indices, plus, stridesOf, zeros } from './tensor';
import type { Axis, TransposedAxis } from './window';

/** Writes what each channel gets by itself as a 1×1 convolution of single channels (F9, F10). */
export const diagonalAsConv = (judge: Judge, diagonal: Diagonal, host: Conv): Attempt => {
  const channels = diagonal.channels ?? host.in;
  return {
    rule: diagonal.role === 'identity' ? 'F9' : 'F10',
    result: {
      op: 'conv',
      in: channels,
      out: channels,
      groups: channels,
      axes: host.axes.map(() => ({ kernel: 1, stride: 1, before: 0, after: 0, dilation: 1 })),
      mode: 'zeros',
      shift: diagonal.shift,
    },
    checks: [
      ...statistics(diagonal),
      check(judge, 'identity-channels', [equal(host.in, host.out), equal(channels, host.out)]),
      check(
        judge,
        'identity-stride',
        host.axes.map((a) => equal(a.stride, 1)),
      ),
      ...(diagonal.axis === 'last' ? [known('norm-axis', false)] : []),
    ],
    compute: ([n]) => {
      if (!n) throw new RangeError('one operator is written as a convolution');
      const shape = [num(channels), 1, ...host.axes.map(() => 1)];
      return {
        weight: filled(shape, (c) => at(n.weight, c)),
        bias: filled([num(channels)], (c) => at(n.bias, c)),
      };
    },
  };
};

/** Writes what each feature gets by itself as a linear layer. */
export const diagonalAsLinear = (judge: Judge, diagonal: Diagonal, host: Linear): Attempt => ({
  rule: diagonal.role === 'identity' ? 'F9' : 'F10',
  result: { op: 'linear', in: host.out, out: host.out, shift: diagonal.shift },
  checks: [
    ...statistics(diagonal),
    check(judge, 'identity-channels', [equal(host.in, host.out), equal(diagonal.channels ?? host.out, host.out)]),
    ...(diagonal.axis === 'channels' ? [known('norm-axis', false)] : []),
  ],
  compute: ([n]) => {
    if (!n) throw new RangeError('one operator is written as a linear layer');
    const size = num(host.out);
    return {
      weight: filled([size, size], (i) => (i % (size + 1) === 0 ? at(n.weight, i / (size + 1)) : 0)),
      bias: filled([size], (c) => at(n.bias, c)),
    };
  },
});

/** Embeds each branch in a window that has room for all; one attempt a branch (F8, F8g, F11, F23). */
export const embedConvs = (
  judge: Judge,
  branches: readonly Conv[],
  sizes: readonly Dim[] | undefined,
): readonly Attempt[] | undefined => {
  const [first, ...others] = branches;
  if (!first || others.some((b) => b.axes.length !== first.axes.length)) return undefined;
  const groups = others.reduce<Dim>((g, b) => commonGroups(g, b.groups), first.groups);
  const hosts = first.axes.map((_, i) =>
    hostAxis(
      judge,
      branches.flatMap((b) => b.axes[i] ?? []),
    ),
  );
  const axes = hosts.flatMap((h) => (h ? [h.axis] : []));
  if (axes.length !== first.axes.length) return undefined;
  const padded = branches.find((b) => b.axes.some((a) => !(same(a.before, 0) && same(a.after, 0))));
  const host: Conv = { ...first, groups, axes, mode: padded?.mode ?? first.mode, shift: false };
  return branches.map((branch, at) => ({
    rule: embedRule(branch, host),
    result: { ...host, shift: branch.shift },
    checks: [
      check(judge, 'one-output', [equal(branch.out, host.out)]),
      check(
        judge,
        'one-stride',
        branch.axes.map((a, i) => equal(a.stride, axes[i]?.stride ?? a.stride)),
      ),
      joined(
        'one-size',
        branch.axes.map((a, i) => sameSize(judge, a, axes[i] ?? a, sizes?.[i])),
      ),
      joined(
        'aligned',
        hosts.flatMap((h) => h?.aligned[at] ?? []),
      ),
      known('one-mode', branch.mode === host.mode || branch.axes.every((a) => same(a.before, 0) && same(a.after, 0))),
    ],
    compute: ([n]) => {
      if (!n) throw new RangeError('one operator is embedded');
      return embedWeights(branch, host, n);
    },
  }));
};

const joined = (code: Check['code'], checks: readonly Check[]): Check => ({
  code,
  verdict: checks.some((c) => c.verdict === 'violated')
    ? 'violated'
    : checks.some((c) => c.verdict === 'depends')
      ? 'depends'
      : 'holds',
  conditions: checks.flatMap((c) => c.conditions),
});

const sameAxis = (a: Axis, b: Axis): boolean =>
  same(a.kernel, b.kernel) && same(a.before, b.before) && (same(a.kernel, 1) || same(a.dilation, b.dilation));

const embedRule = (branch: Conv, host: Conv): RuleId => {
  const kept = branch.axes.map((a, i) => sameAxis(a, host.axes[i] ?? a));
  if (kept.every((same) => same)) return 'F23';
  if (branch.axes.every((a) => same(a.kernel, 1)) && host.axes.every((a) => same(a.before, a.after))) return 'F8';
  if (kept.includes(true) && branch.axes.every((a, i) => kept[i] || same(a.kernel, 1))) return 'F11';
  return 'F8g';
};

/** Whether a branch has the window and the groups of its host already. */
export const isHost = (branch: Conv, host: Conv): boolean =>
  same(branch.groups, host.groups) && branch.axes.every((a, i) => sameAxis(a, host.axes[i] ?? a));

/** Tap `i` goes to `(i·d_b − p_b + p)/d` on each axis, a group's block onto the diagonal. */
const embedWeights = (branch: Conv, host: Conv, { weight, bias }: Numbers): Numbers => {
  const [outputs = 0, own = 1, ...kernel] = weight.shape;
  const perGroup = num(host.in) / num(host.groups);
  const sizes = host.axes.map((a) => num(a.kernel));
  const wide = zeros(outputs, perGroup, ...sizes);
  const steps = stridesOf(sizes);
  const taps = [...indices(kernel)].map((tap) =>
    branch.axes.reduce((sum, a, i) => {
      const h = host.axes[i] ?? a;
      const place = ((tap[i] ?? 0) * num(a.dilation) - num(a.before) + num(h.before)) / num(h.dilation);
      return sum + place * (steps[i] ?? 0);
    }, 0),
  );
  for (let o = 0; o < outputs; o++) {
    const from = Math.floor((o * num(branch.groups)) / outputs) * own;
    const to = Math.floor((o * num(host.groups)) / outputs) * perGroup;
    for (let c = 0; c < own; c++)
      for (const [t, tap] of taps.entries())
        wide.data[(o * perGroup + from + c - to) * count(sizes) + tap] =
          weight.data[(o * own + c) * taps.length + t] ?? 0;
  }
  return { weight: wide, bias };
};

/** Adds branches that have one window (F7). */
export const addBranches = <T extends Conv | Transposed | Linear>(
  judge: Judge,
  branches: readonly [T, ...T[]],
): Attempt => ({
  rule: 'F7',
  result: { ...branches[0], shift: branches.some((b) => b.shift) },
  checks: [
    check(
      judge,
      'one-output',
      branches.slice(1).map((b) => equal(b.out, branches[0].out)),
    ),
  ],
  compute: sumNumbers,
});

const sumNumbers = (inputs: readonly Numbers[]): Numbers => {
  const [first, ...others] = inputs;
  if (!first) throw new RangeError('nothing is added');
  return others.reduce((a, b) => ({ weight: plus(a.weight, b.weight), bias: plus(a.bias, b.bias) }), first);
};

/** Adds maps of single channels. */
export const addDiagonals = (judge: Judge, branches: readonly Diagonal[]): Attempt => {
  const sizes = branches.flatMap((b) => b.channels ?? []);
  const [size] = sizes;
  const axes = [...new Set(branches.map((b) => b.axis).filter((axis) => axis !== 'any'))];
  return {
    rule: 'F7',
    result: {
      op: 'diagonal',
      role: 'folded',
      channels: size,
      axis: axes[0] ?? 'any',
      shift: branches.some((b) => b.shift),
      tracked: true,
    },
    checks: [
      ...allStatistics(branches),
      check(
        judge,
        'one-output',
        sizes.slice(1).map((d) => equal(d, sizes[0] ?? d)),
      ),
      known('norm-axis', axes.length < 2 && axes[0] !== 'unknown'),
    ],
    compute: (inputs) => {
      const shape = [Math.max(...inputs.map((n) => n.weight.data.length))];
      const wide = (n: Numbers): Numbers => ({
        weight: filled(shape, (c) => at(n.weight, c)),
        bias: filled(shape, (c) => at(n.bias, c)),
      });
      return sumNumbers(inputs.map(wide));
    },
  };
};

/** Embeds transposed convolutions in one window: tap `u` goes to `(u·d_b − p_b + p)/d` (F24). */
export const embedTransposed = (judge: Judge, branches: readonly Transposed[]): readonly Attempt[] | undefined => {
  const [first, ...others] = branches;
  if (!first || others.some((b) => b.axes.length !== first.axes.length)) return undefined;
  const groups = others.reduce<Dim>((g, b) => commonGroups(g, b.groups), first.groups);
  const axes = first.axes.map((_, i) => transposedHost(branches.flatMap((b) => b.axes[i] ?? [])));
  const whole = axes.flatMap((a) => a ?? []);
  if (whole.length !== axes.length) return undefined;
  const host: Transposed = { ...first, groups, axes: whole, shift: false };
  return branches.map((branch) => ({
    rule: 'F24',
    result: { ...host, shift: branch.shift },
    checks: [
      check(judge, 'one-output', [equal(branch.out, host.out)]),
      check(
        judge,
        'one-stride',
        branch.axes.map((a, i) => equal(a.stride, whole[i]?.stride ?? a.stride)),
      ),
      check(
        judge,
        'one-size',
        branch.axes.map((a, i) => equal(grown(a), grown(whole[i] ?? a))),
      ),
      known(
        'crop',
        whole.every((a) => num(a.extra) >= 0 && num(a.extra) < Math.max(num(a.stride), num(a.dilation))),
      ),
    ],
    compute: ([n]) => {
      if (!n) throw new RangeError('one operator is embedded');
      return embedTransposedWeights(branch, host, n);
    },
  }));
};

/** What an axis adds to `(n − 1)·stride + 1`. */
const grown = (a: TransposedAxis): Dim => total([mul(a.dilation, sub(a.kernel, 1)), a.extra, mul(-2, a.padding)]);

const transposedHost = (branches: readonly TransposedAxis[]): TransposedAxis | undefined => {
  const axes = branches.flatMap((a) => {
    const { kernel, stride, padding, dilation, extra } = a;
    return [kernel, stride, padding, dilation, extra].every((d) => typeof d === 'number')
      ? [
          {
            kernel: num(kernel),
            stride: num(stride),
            padding: num(padding),
            dilation: num(dilation),
            extra: num(extra),
          },
        ]
      : [];
  });
  const [first] = axes;
  if (!first || axes.length !== branches.length) return undefined;
  const padding = Math.max(...axes.map((a) => a.padding));
  const last = Math.max(...axes.map((a) => (a.kernel - 1) * a.dilation - a.padding));
  const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));
  const dilation = axes.flatMap((a) => [a.kernel === 1 ? 0 : a.dilation, padding - a.padding]).reduce(gcd, 0) || 1;
  const reach = last + padding;
  return {
    kernel: reach / dilation + 1,
    stride: first.stride,
    padding,
    dilation,
    extra: num(grown(first)) + 2 * padding - reach,
  };
};

const embedTransposedWeights = (branch: Transposed, host: Transposed, { weight, bias }: Numbers): Numbers => {
  const [inputs = 0, own = 1, ...kernel] = weight.shape;
  const sizes = host.axes.map((a) => num(a.kernel));
  const perGroup = num(host.out) / num(host.groups);
  const wide = zeros(inputs, perGroup, ...sizes);
  const steps = stridesOf(sizes);
  const taps = [...indices(kernel)].map((tap) =>
    branch.axes.reduce((sum, a, i) => {
      const h = host.axes[i] ?? a;
      return (
        sum + (((tap[i] ?? 0) * num(a.dilation) - num(a.padding) + num(h.padding)) / num(h.dilation)) * (steps[i] ?? 0)
      );
    }, 0),
  );
  for (let c = 0; c < inputs; c++) {
    const from = Math.floor((c * num(branch.groups)) / inputs) * own;
    const to = Math.floor((c * num(host.groups)) / inputs) * perGroup;
    for (let o = 0; o < own; o++)
      for (const [t, tap] of taps.entries())
        wide.data[(c * perGroup + from + o - to) * count(sizes) + tap] =
          weight.data[(c * own + o) * taps.length + t] ?? 0;
  }
  return { weight: wide, bias };
};

/** Whether all operators are of one kind. */
export const allOf = <K extends Operator['op']>(
  operators: readonly Operator[],
  op: K,
): operators is readonly Extract<Operator, { op: K }>[] => operators.every((o) => o.op === op);
