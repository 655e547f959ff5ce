import type { Dim } from '../../dims';
import type { Arg, TensorArg } from '../arg';
import { type Call, refuse, tensor } from '../call';
import { fault } from '../codes';
import { layers, ops } from '../rows';
import { needChoice } from '../rules/checks';
import { padded } from '../rules/pad';
import { tupleOf } from '../rules/values';
import { typed } from '../rules/view';

const pad = (call: Call, input: TensorArg, sides: readonly Dim[], mode: string): Arg | undefined => {
  const shape = padded(call, input.shape, sides, mode);
  const rows = input.layout === 'contiguous' ? ({ layout: 'contiguous' } as const) : {};
  return shape && tensor(call.lib, shape, { ...typed(input), ...rows });
};

/** Padding as a Python function. */
export const padFunctions = ops(
  'torch.nn.functional',
  {
    "pad(input: Tensor, pad: ints, mode: str = 'constant', value: float? = None) -> any": {
      en: 'Adds a border: two numbers an axis, the last axis first.',
      zh: '在边缘填充：每维两个数，从最后一维数起。',
      value: ({ input, pad: sides, mode, value }, call) => {
        if (mode !== 'constant' && value !== null && value !== undefined && value !== 0)
          refuse(
            call,
            fault('conflicting-arguments', { op: call.op, first: `mode='${mode}'`, second: 'value' }, 'value'),
          );
        needChoice(call, 'mode', mode, ['constant', 'reflect', 'replicate', 'circular']);
        return pad(call, input, sides, mode);
      },
      eg: [
        '(2, 3), (1, 1) -> (2, 5)',
        '(2, 3), (1, 1, 2, 2) -> (6, 5)',
        "(2, 3, 4), (4, 1), 'reflect' -> !reflect-padding",
        '(2), (1, 1, 1, 1) -> !pad-length',
        '(2, 3), 1 -> !wrong-type',
      ],
    },
  },
  { python: true },
);

/** A number for all sides, or each side by itself. */
const sidesOf = (padding: readonly Dim[], axes: number): readonly Dim[] =>
  padding.length === 1 ? Array.from({ length: 2 * axes }, () => padding[0] ?? 0) : padding;

/** Padding layers. */
export const padLayers = layers('torch.nn torch.nn.modules torch.nn.modules.padding', {
  'ZeroPad1d(padding: ints1)': {
    en: 'Pads with zeros.',
    zh: '边缘补 0。',
    call: "pad(input, padding, 'constant')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 1)) }),
    eg: 'ZeroPad1d(1): (2, 3, 4) -> (2, 3, 6)',
  },
  'ZeroPad2d(padding: ints1)': {
    en: 'Pads with zeros.',
    zh: '边缘补 0。',
    call: "pad(input, padding, 'constant')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 2)) }),
    eg: 'ZeroPad2d(1): (2, 3, 4, 4) -> (2, 3, 6, 6)',
  },
  'ZeroPad3d(padding: ints1)': {
    en: 'Pads with zeros.',
    zh: '边缘补 0。',
    call: "pad(input, padding, 'constant')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 3)) }),
    eg: 'ZeroPad3d(1): (2, 3, 4, 4, 4) -> (2, 3, 6, 6, 6)',
  },
  'ConstantPad1d(padding: ints1, value: float?)': {
    en: 'Pads with one value.',
    zh: '边缘补一个常数。',
    call: "pad(input, padding, 'constant')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 1)) }),
    eg: 'ConstantPad1d(1, 0): (2, 3, 4) -> (2, 3, 6)',
  },
  'ConstantPad2d(padding: ints1, value: float?)': {
    en: 'Pads with one value.',
    zh: '边缘补一个常数。',
    call: "pad(input, padding, 'constant')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 2)) }),
    eg: 'ConstantPad2d(1, 0): (2, 3, 4, 4) -> (2, 3, 6, 6)',
  },
  'ConstantPad3d(padding: ints1, value: float?)': {
    en: 'Pads with one value.',
    zh: '边缘补一个常数。',
    call: "pad(input, padding, 'constant')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 3)) }),
    eg: 'ConstantPad3d(1, 0): (2, 3, 4, 4, 4) -> (2, 3, 6, 6, 6)',
  },
  'ReflectionPad1d(padding: ints1)': {
    en: 'Pads with a mirror image that leaves the border value out.',
    zh: '按镜像填充边缘，边界值不重复。',
    call: "pad(input, padding, 'reflect')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 1)) }),
    eg: 'ReflectionPad1d(1): (2, 3, 4) -> (2, 3, 6)',
  },
  'ReflectionPad2d(padding: ints1)': {
    en: 'Pads with a mirror image that leaves the border value out.',
    zh: '按镜像填充边缘，边界值不重复。',
    call: "pad(input, padding, 'reflect')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 2)) }),
    eg: 'ReflectionPad2d(1): (2, 3, 4, 4) -> (2, 3, 6, 6)',
  },
  'ReflectionPad3d(padding: ints1)': {
    en: 'Pads with a mirror image that leaves the border value out.',
    zh: '按镜像填充边缘，边界值不重复。',
    call: "pad(input, padding, 'reflect')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 3)) }),
    eg: 'ReflectionPad3d(1): (2, 3, 4, 4, 4) -> (2, 3, 6, 6, 6)',
  },
  'ReplicationPad1d(padding: ints1)': {
    en: 'Pads with the border value.',
    zh: '重复边缘值来填充。',
    call: "pad(input, padding, 'replicate')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 1)) }),
    eg: 'ReplicationPad1d(1): (2, 3, 4) -> (2, 3, 6)',
  },
  'ReplicationPad2d(padding: ints1)': {
    en: 'Pads with the border value.',
    zh: '重复边缘值来填充。',
    call: "pad(input, padding, 'replicate')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 2)) }),
    eg: 'ReplicationPad2d(1): (2, 3, 4, 4) -> (2, 3, 6, 6)',
  },
  'ReplicationPad3d(padding: ints1)': {
    en: 'Pads with the border value.',
    zh: '重复边缘值来填充。',
    call: "pad(input, padding, 'replicate')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 3)) }),
    eg: 'ReplicationPad3d(1): (2, 3, 4, 4, 4) -> (2, 3, 6, 6, 6)',
  },
  'CircularPad1d(padding: ints1)': {
    en: 'Pads with the other end.',
    zh: '首尾相接地循环填充。',
    call: "pad(input, padding, 'circular')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 1)) }),
    eg: 'CircularPad1d(1): (2, 3, 4) -> (2, 3, 6)',
  },
  'CircularPad2d(padding: ints1)': {
    en: 'Pads with the other end.',
    zh: '首尾相接地循环填充。',
    call: "pad(input, padding, 'circular')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 2)) }),
    eg: 'CircularPad2d(1): (2, 3, 4, 4) -> (2, 3, 6, 6)',
  },
  'CircularPad3d(padding: ints1)': {
    en: 'Pads with the other end.',
    zh: '首尾相接地循环填充。',
    call: "pad(input, padding, 'circular')",
    fields: ({ padding }) => ({ padding: tupleOf(sidesOf(padding, 3)) }),
    eg: 'CircularPad3d(1): (2, 3, 4, 4, 4) -> (2, 3, 6, 6, 6)',
  },
});
