import { type Dim, equal, mul, same } from '../dims';
import { check, type Judge, known, none } from './check';
import type { Border, Conv } from './operator';
import type { Attempt } from './rule';

/** Takes a border that holds what a 1×1 convolution makes of zeros into the padding of that convolution (F16). */
export const takeBorder = (judge: Judge, layer: Conv, border: Border): Attempt => {
  const isNone = border.axes.every(({ before, after }) => same(before, 0) && same(after, 0));
  return {
    rule: 'F16',
    result: {
      ...layer,
      mode: isNone ? layer.mode : 'zeros',
      axes: layer.axes.map((axis, i) => {
        const { before, after } = border.axes[i] ?? { before: 0, after: 0 };
        const wider = (own: Dim, by: Dim): Dim => (own === 0 ? mul(by, axis.stride) : own);
        return { ...axis, before: wider(axis.before, before), after: wider(axis.after, after) };
      }),
    },
    checks: [
      check(judge, 'norm-channels', [equal(layer.out, border.channels)]),
      isNone
        ? known('border-pointwise', true)
        : check(judge, 'border-pointwise', [
            ...layer.axes.map((axis) => equal(axis.kernel, 1)),
            ...none(layer.axes.flatMap((axis) => [axis.before, axis.after])),
          ]),
      known('border-value', border.isResponse || isNone),
    ],
    compute: ([numbers]) => {
      if (!numbers) throw new RangeError('a border is taken into a layer');
      return numbers;
    },
  };
};
