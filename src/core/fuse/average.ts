import { atMost, type Condition, decide, equal, sub } from '../dims';
import { type Judge, none, oneOf } from './check';
import { type Average, type Conv, num } from './operator';
import type { Attempt } from './rule';
import { count, filled, zeros } from './tensor';
import type { Axis } from './window';

/** The convolution that an average pooling is. */
const asConv = ({ channels, axes }: Average): Conv => ({
  op: 'conv',
  in: channels,
  out: channels,
  groups: channels,
  axes,
  mode: 'zeros',
  shift: false,
});

/** A last window that hangs over is left out anyway where it would start behind the input. */
const overhang = (judge: Judge, { kernel, stride, after }: Axis): readonly Condition[] =>
  decide(judge.facts, atMost(sub(kernel, 1), after)) === true ? [] : [equal(stride, 1)];

/** Writes an average pooling as a convolution of each channel by itself (F15). */
export const averageAsConv = (judge: Judge, pool: Average): Attempt => {
  const padding = none(pool.axes.flatMap((a) => [a.before, a.after]));
  return {
    rule: 'F15',
    result: asConv(pool),
    checks: [
      oneOf(judge, 'counts-padding', pool.countsPadding || pool.divisor !== undefined ? [[]] : [padding]),
      oneOf(judge, 'no-ceil', pool.ceil ? [pool.axes.flatMap((a) => overhang(judge, a))] : [[]]),
    ],
    compute: () => {
      const kernel = pool.axes.map((a) => num(a.kernel));
      const by = pool.divisor === undefined ? count(kernel) : num(pool.divisor);
      const channels = num(pool.channels);
      return { weight: filled([channels, 1, ...kernel], () => 1 / by), bias: zeros(channels) };
    },
  };
};
