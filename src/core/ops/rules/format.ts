import type { Dim } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, refuse } from '../call';
import { fault } from '../codes';
import { needChoice } from './checks';

/** A batch of feature maps taken apart: the channels stand second or, channels last, at the end. */
export interface Features {
  readonly batch: Dim;
  readonly channels: Dim;
  /** Along the spatial axes, in order. */
  readonly sizes: readonly Dim[];
  readonly last: boolean;
}

/** The layouts of one, two and three spatial axes as Paddle spells them. */
const formats: readonly (readonly [first: string, last: string])[] = [
  ['NCL', 'NLC'],
  ['NCHW', 'NHWC'],
  ['NCDHW', 'NDHWC'],
];

/** Whether a `data_format` puts the channels last; a word that is no layout of so many axes is refused. */
export const channelsLast = (call: Call, format: string, spatial: number, name = 'data_format'): boolean => {
  const [first = '', last = ''] = formats[spatial - 1] ?? [];
  needChoice(call, name, format, [first, last]);
  return format === last;
};

/** The layouts that ops of any rank take. */
export const anyFormat: readonly string[] = ['NC', 'NCL', 'NLC', 'NCHW', 'NHWC', 'NCDHW', 'NDHWC'];

/** The axis of the channels under any layout; `undefined` when the rank is not known. */
export const channelAxis = ({ dims, rest }: Shape, format: string): number | undefined => {
  if (format[1] === 'C') return rest && rest.at < 2 ? undefined : 1;
  return rest && rest.at === dims.length ? undefined : dims.length - 1;
};

/**
 * Takes a tensor apart as a layout says. One of unknown rank gets the demand, with the number of channels where the op
 * says it; another rank is refused.
 */
export const featuresOf = (
  call: Call,
  input: TensorArg,
  last: boolean,
  spatial: number,
  channels?: Dim,
): Features | undefined => {
  const dims = axesOf(call, input, namesOf(last, spatial), channels);
  if (!dims) return undefined;
  const [batch = 1] = dims;
  return last
    ? { batch, channels: dims.at(-1) ?? 1, sizes: dims.slice(1, -1), last }
    : { batch, channels: dims[1] ?? 1, sizes: dims.slice(2), last };
};

/** Puts a tensor together again with other channels and sizes. */
export const together = ({ batch, last }: Features, channels: Dim, sizes: readonly Dim[]): Shape => ({
  dims: last ? [batch, ...sizes, channels] : [batch, channels, ...sizes],
});

const spaces: readonly (readonly string[])[] = [['l'], ['h', 'w'], ['d', 'h', 'w']];

const namesOf = (last: boolean, spatial: number): readonly string[] => {
  const space = spaces[spatial - 1] ?? [];
  return last ? ['b', ...space, 'c'] : ['b', 'c', ...space];
};

/** The names that texts use for the spatial axes. */
export const axisNames = (spatial: number): readonly string[] =>
  (spaces[spatial - 1] ?? []).map((name) => name.toUpperCase());

/** The sizes of a tensor that has exactly these axes. */
const axesOf = (
  call: Call,
  input: TensorArg,
  names: readonly string[],
  channels: Dim | undefined,
): readonly Dim[] | undefined => {
  const { dims, rest } = input.shape;
  const wrong = rest ? dims.length > names.length : dims.length !== names.length;
  if (wrong) {
    const data = { op: call.op, argument: 'x', expected: `${names.length}`, found: dims.length, shape: input.shape };
    return refuse(call, fault('rank-mismatch', data, 'x', 'input'));
  }
  if (!rest) return dims;
  const missing = names.length - dims.length;
  const found = (i: number): Dim | undefined =>
    i < rest.at ? dims[i] : i < rest.at + missing ? undefined : dims[i - missing];
  const known = (i: number): Dim | undefined => found(i) ?? (names[i] === 'c' ? channels : undefined);
  const axes = names.map((name, i) => {
    const size = known(i);
    return size === undefined ? { name } : { name, size };
  });
  if (call.doubts.length === 0) call.demands.push({ tensor: input, axes, open: false });
  return names.map((name, i) => known(i) ?? call.cx.unknownSize(`axis ${name}`));
};

/** Whether a `weight_attr` or `bias_attr` asks for the parameter: all but `False` do. */
export const asked = (attr: Arg): boolean =>
  attr.kind === 'tuple' || attr.kind === 'sequence'
    ? attr.items.length > 0
    : !(attr.kind === 'bool' && !attr.value) && !(attr.kind === 'int' && attr.value === 0);
