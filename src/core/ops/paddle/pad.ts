import { add, type Dim } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp, need, refuse } from '../call';
import { fault } from '../codes';
import { integerOf, isParameter, typeName } from '../convert';
import { layers, ops } from '../rows';
import { needChoice } from '../rules/checks';
import { channelsLast } from '../rules/format';
import { needElements } from '../rules/sides';
import { tupleOf } from '../rules/values';
import { twin } from './twin';

const paddle = { lib: 'paddle' } as const;
const modes = ['constant', 'reflect', 'replicate', 'circular'];

interface Pad {
  readonly x: TensorArg;
  readonly pad: Arg;
  readonly mode: string;
  readonly data_format: Arg;
  readonly pad_from_left_axis: boolean;
}

/**
 * The shape after padding. With two numbers for each spatial axis, and in all modes but `constant`, the layout says
 * which axes those are, the last one first; with two for every axis they stand in the order of the axes; any other
 * number of them pads from the last axis on, whatever the layout.
 */
const padded = (call: Call, e: Pad): Shape | undefined => {
  needChoice(call, 'mode', e.mode, modes);
  const { dims, rest } = e.x.shape;
  const sides = sidesIn(call, e.pad, rest ? undefined : 2 * dims.length);
  if (!sides) return undefined;
  if (rest) return giveUp(call, 'the rank is not known');
  const rank = dims.length;
  if (e.mode !== 'constant' || sides.length === 2 * (rank - 2)) return spatial(call, e, sides);
  const left = sides.length === 2 * rank && e.pad_from_left_axis;
  return grown(call, e, (i) => (left ? 2 * i : 2 * (rank - 1 - i)), sides);
};

const spatial = (call: Call, e: Pad, sides: readonly Dim[]): Shape | undefined => {
  const { shape } = e.x;
  const rank = shape.dims.length;
  if (rank < 3 || rank > 5) {
    const data = { op: call.op, argument: 'x', expected: '3/4/5', found: rank, shape };
    return refuse(call, fault('rank-mismatch', data, 'x'));
  }
  if (sides.length !== 2 * (rank - 2))
    return refuse(call, fault('pad-length', { op: call.op, found: sides.length, rank }, 'pad', 'x'));
  const format = e.data_format.kind === 'str' ? e.data_format.value.toUpperCase() : undefined;
  if (format === undefined && e.data_format.kind !== 'none') return giveUp(call, 'the layout is not known');
  const last = format !== undefined && channelsLast(call, format, rank - 2);
  const end = last ? rank - 2 : rank - 1;
  const begin = last ? 1 : 2;
  return grown(call, e, (i) => (i < begin || i > end ? -1 : 2 * (end - i)), sides);
};

/** Each axis with what its two numbers, found at `place`, add. */
const grown = (call: Call, e: Pad, place: (axis: number) => number, sides: readonly Dim[]): Shape => {
  const dims = e.x.shape.dims.map((size, i) => {
    const at = place(i);
    const [before = 0, after = 0] = at < 0 ? [] : [sides[at], sides[at + 1]];
    if (e.mode === 'reflect') for (const side of [before, after]) needBelow(call, side, size);
    return add(size, add(before, after));
  });
  needElements(call, { dims });
  return { dims };
};

const needBelow = (call: Call, padding: Dim, size: Dim): void => {
  const clash = fault('reflect-padding', { op: call.op, padding, size }, 'pad', 'padding');
  need(call, { kind: 'lt', left: padding, right: size }, clash);
};

/** The numbers of a list; of one that is too long nobody looks at the end. */
const sidesIn = (call: Call, pad: Arg, most?: number): readonly Dim[] | undefined => {
  if (pad.kind === 'unknown' || pad.kind === 'other' || pad.kind === 'tensor' || isParameter(pad))
    return giveUp(call, 'the padding is not known');
  if (pad.kind !== 'tuple' && pad.kind !== 'sequence') return wrongPad(call, pad);
  const sides: Dim[] = [];
  for (const item of pad.items) {
    const one = integerOf(item, call);
    const odd = item.kind === 'float' || item.kind === 'tensor' || (most !== undefined && pad.items.length > most);
    if (one === undefined && odd) return giveUp(call, 'the padding is not known');
    if (one === undefined) return wrongPad(call, item);
    sides.push(one);
  }
  return sides;
};

const wrongPad = (call: Call, found: Arg): undefined =>
  refuse(call, fault('wrong-type', { op: call.op, argument: 'pad', expected: 'ints', found: typeName(found) }, 'pad'));

const order = [
  'the pairs stand in the order of the axes here when there is one for every axis.',
  '这里若给出全部轴的填充，则按轴的先后顺序排列。',
] as const;

/** Padding as a function. */
export const padFunctions = ops(
  'paddle.nn.functional paddle.nn.functional.common',
  {
    "pad(x: Tensor, pad: any, mode: str = 'constant', value: any = 0.0, data_format: any = None, pad_from_left_axis: bool = True, name: any = None) -> Tensor":
      {
        ...twin('torch.nn.functional.pad', order),
        needs: 'number',
        dtype: 'same',
        shape: (e, call) => padded(call, e),
        aliases: ['paddle.tensor.manipulation.pad'],
        eg: [
          '(2, 3, 8, 8), [1, 2, 3, 4] -> (2, 3, 15, 11)',
          '(2, 3, 8), [1, 2] -> (2, 3, 11)',
          '(3, 8), [1, 2, 3, 4] -> (6, 15)',
          "(2, 8, 8, 3), [1, 2, 3, 4], data_format='NHWC' -> (2, 15, 11, 3)",
          '(2, 3, 8, 8), 1 -> !wrong-type',
          "(2, 3, 8, 8), [8, 0, 0, 0], 'reflect' -> !reflect-padding",
        ],
      },
    "zeropad2d(x: Tensor, padding: any, data_format: any = 'NCHW', name: any = None) -> Tensor": {
      ...twin('torch.nn.functional.pad'),
      needs: 'number',
      dtype: 'same',
      shape: ({ x, padding, data_format }, call) =>
        padded(call, { x, pad: padding, mode: 'constant', data_format, pad_from_left_axis: true }),
      eg: '(2, 3, 8, 8), [1, 2, 3, 4] -> (2, 3, 15, 11)',
    },
  },
  paddle,
);

/** One number pads all sides of the layer's axes. */
const sides = (count: number, padding: Arg): Arg =>
  padding.kind === 'int' ? tupleOf(Array.from({ length: 2 * count }, () => padding.value)) : padding;

const layer = (count: number, path: string, name: string, mode: string, value = '') => {
  const plain: readonly number[] = Array.from({ length: count }, () => 8);
  return {
    ...twin(`torch.nn.${path}`),
    call: `pad(x, padding, ${mode}, ${value === '' ? '0.0' : value}, data_format)`,
    forward: 'x',
    // Paddle 3.3 has these under PyTorch's names too.
    aliases: [`paddle.nn.${path}`],
    fields: ({ padding }: { readonly padding: Arg }) => ({ padding: sides(count, padding) }),
    eg: `${name}(1${value === '' ? '' : ', 0.5'}): (2, 3, ${plain.join(', ')}) -> (2, 3, ${plain.map((d) => d + 2).join(', ')})`,
  };
};

/** `Pad1D` and its kin take the mode as an argument. */
const padLayer = (count: number) => ({
  ...layer(count, `ConstantPad${count}d`, `Pad${count}D`, 'mode'),
  call: 'pad(x, padding, mode, 0.0, data_format)',
  aliases: [],
});

/** Padding layers. */
export const padLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.common',
  {
    "Pad1D(padding: any, mode: str = 'constant', value: any = 0.0, data_format: any = 'NCL', name: any = None)":
      padLayer(1),
    "Pad2D(padding: any, mode: str = 'constant', value: any = 0.0, data_format: any = 'NCHW', name: any = None)":
      padLayer(2),
    "Pad3D(padding: any, mode: str = 'constant', value: any = 0.0, data_format: any = 'NCDHW', name: any = None)":
      padLayer(3),
    "ZeroPad1D(padding: any, data_format: any = 'NCL', name: any = None)": layer(
      1,
      'ZeroPad1d',
      'ZeroPad1D',
      "'constant'",
    ),
    "ZeroPad2D(padding: any, data_format: any = 'NCHW', name: any = None)": layer(
      2,
      'ZeroPad2d',
      'ZeroPad2D',
      "'constant'",
    ),
    "ZeroPad3D(padding: any, data_format: any = 'NCDHW', name: any = None)": layer(
      3,
      'ZeroPad3d',
      'ZeroPad3D',
      "'constant'",
    ),
    "ConstantPad1D(padding: any, value: any, data_format: any = 'NCL', name: any = None)": layer(
      1,
      'ConstantPad1d',
      'ConstantPad1D',
      "'constant'",
      'value',
    ),
    "ConstantPad2D(padding: any, value: any, data_format: any = 'NCHW', name: any = None)": layer(
      2,
      'ConstantPad2d',
      'ConstantPad2D',
      "'constant'",
      'value',
    ),
    "ConstantPad3D(padding: any, value: any, data_format: any = 'NCDHW', name: any = None)": layer(
      3,
      'ConstantPad3d',
      'ConstantPad3D',
      "'constant'",
      'value',
    ),
    "ReflectionPad1D(padding: any, data_format: any = 'NCL', name: any = None)": layer(
      1,
      'ReflectionPad1d',
      'ReflectionPad1D',
      "'reflect'",
    ),
    "ReflectionPad2D(padding: any, data_format: any = 'NCHW', name: any = None)": layer(
      2,
      'ReflectionPad2d',
      'ReflectionPad2D',
      "'reflect'",
    ),
    "ReflectionPad3D(padding: any, data_format: any = 'NCDHW', name: any = None)": layer(
      3,
      'ReflectionPad3d',
      'ReflectionPad3D',
      "'reflect'",
    ),
    "ReplicationPad1D(padding: any, data_format: any = 'NCL', name: any = None)": layer(
      1,
      'ReplicationPad1d',
      'ReplicationPad1D',
      "'replicate'",
    ),
    "ReplicationPad2D(padding: any, data_format: any = 'NCHW', name: any = None)": layer(
      2,
      'ReplicationPad2d',
      'ReplicationPad2D',
      "'replicate'",
    ),
    "ReplicationPad3D(padding: any, data_format: any = 'NCDHW', name: any = None)": layer(
      3,
      'ReplicationPad3d',
      'ReplicationPad3D',
      "'replicate'",
    ),
    "CircularPad1D(padding: any, data_format: any = 'NCL', name: any = None)": layer(
      1,
      'CircularPad1d',
      'CircularPad1D',
      "'circular'",
    ),
    "CircularPad2D(padding: any, data_format: any = 'NCHW', name: any = None)": layer(
      2,
      'CircularPad2d',
      'CircularPad2D',
      "'circular'",
    ),
    "CircularPad3D(padding: any, data_format: any = 'NCDHW', name: any = None)": layer(
      3,
      'CircularPad3d',
      'CircularPad3D',
      "'circular'",
    ),
  },
  paddle,
);
