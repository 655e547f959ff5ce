import { add, atMost, type Dim, decide, divides, equal, floorDiv, mul, same, sub } from '../dims';
import { type Check, check, type Judge } from './check';
import type { Axis } from './window';

/** An axis on which the windows of all branches find room, with what that needs. */
export interface HostAxis {
  readonly axis: Axis;
  /** For each branch: whether its taps fall on those of the host. */
  readonly aligned: readonly Check[];
}

/**
 * The smallest regular window that reads all that several branches read. Tap `u` of a branch reads `u·d − p`; the host
 * reaches from the least to the largest of these. Undefined where the sizes are not known well enough to tell.
 */
export const hostAxis = (judge: Judge, branches: readonly Axis[]): HostAxis | undefined =>
  branches.every(isNumeric) ? numericHost(judge, branches) : symbolicHost(judge, branches);

const isNumeric = (axis: Axis): axis is Axis<number> =>
  [axis.kernel, axis.stride, axis.before, axis.after, axis.dilation].every((d) => typeof d === 'number');

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

const numericHost = (judge: Judge, branches: readonly Axis<number>[]): HostAxis => {
  const before = Math.max(...branches.map((a) => a.before));
  const ends = branches.map((a) => (a.kernel - 1) * a.dilation - a.before);
  const steps = branches.flatMap((a) => [a.kernel === 1 ? 0 : a.dilation, before - a.before]);
  const starts = Math.min(...branches.map((a) => -a.before));
  const dilation = steps.reduce(gcd, 0) || 1;
  const largest = Math.max(...ends);
  // The largest window says how many outputs there are, and in which steps.
  const main = branches.reduce((a, b) => ((b.kernel - 1) * b.dilation > (a.kernel - 1) * a.dilation ? b : a));
  const axis = {
    kernel: (largest - starts) / dilation + 1,
    stride: main.stride,
    before,
    after: main.after + main.before - (main.kernel - 1) * main.dilation + largest,
    dilation,
  };
  return { axis, aligned: branches.map(() => check(judge, 'aligned', [])) };
};

const symbolicHost = (judge: Judge, branches: readonly Axis[]): HostAxis | undefined => {
  const host = branches.find((a) => branches.every((b) => a === b || covers(judge, a, b))) ?? likeliest(branches);
  if (!host) return undefined;
  const aligned = branches.map((b) =>
    b === host
      ? check(judge, 'aligned', [])
      : check(judge, 'aligned', [
          atMost(b.before, host.before),
          atMost(reach(b), reach(host)),
          ...(same(host.dilation, 1) ? [] : [divides(host.dilation, sub(host.before, b.before))]),
          ...(same(b.kernel, 1) || same(b.dilation, host.dilation) || same(host.dilation, 1)
            ? []
            : [divides(host.dilation, b.dilation)]),
        ]),
  );
  return { axis: host, aligned };
};

/** The last place that a window reads, counted from where its output stands. */
const reach = (a: Axis): Dim => sub(mul(a.dilation, sub(a.kernel, 1)), a.before);

const covers = (judge: Judge, a: Axis, b: Axis): boolean =>
  decide(judge.facts, atMost(b.before, a.before)) === true && decide(judge.facts, atMost(reach(b), reach(a))) === true;

/** Where it cannot be told which window is the largest: not a 1×1. */
const likeliest = (branches: readonly Axis[]): Axis | undefined =>
  branches.find((a) => !same(a.kernel, 1)) ?? branches[0];

/** Whether two windows give outputs of one size: on every input, or at least on the one at hand. */
export const sameSize = (judge: Judge, a: Axis, b: Axis, size: Dim | undefined): Check => {
  const slack = (x: Axis): Dim => sub(add(x.before, x.after), mul(x.dilation, sub(x.kernel, 1)));
  const always = check(judge, 'one-size', [equal(slack(a), slack(b))]);
  if (always.verdict === 'holds' || size === undefined) return always;
  const out = (x: Axis): Dim => floorDiv(add(size, sub(slack(x), 1)), x.stride);
  const here = check(judge, 'one-size', [equal(out(a), out(b))]);
  return here.verdict === 'depends' && always.verdict === 'depends' ? always : here;
};
