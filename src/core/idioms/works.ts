import { type Dim, same } from '../dims';
import { simplifyShape } from '../shapes';
import type { Value } from '../values';
import { type Flow, isApart, type Work } from './flow';

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const ACTIVATIONS = set(`relu relu6 leakyrelu prelu rrelu elu celu selu gelu silu swish mish sigmoid tanh hardtanh
  hardsigmoid hardswish softplus quickgelu hsigmoid hswish`);
const MOVES =
  set(`view reshape viewas reshapeas permute transpose t swapaxes flatten unflatten squeeze unsqueeze expand expandas chunk
  split unbind [] rearrange broadcastto tensorsplit`);
const SIGMOIDS = set('sigmoid hardsigmoid hsigmoid');
const UPSAMPLES =
  set(`upsample interpolate convtranspose convtransposed upsamplingbilinear upsamplingnearest pixelshuffle
  resize`);

export const isActivation = ({ name }: Work): boolean => ACTIVATIONS.has(name);
export const isSigmoid = ({ name }: Work): boolean => SIGMOIDS.has(name);
export const isUpsample = ({ name }: Work): boolean => UPSAMPLES.has(name);
/** Only rearranges what it gets. */
export const isMove = ({ name }: Work): boolean => MOVES.has(name);
export const isNorm = ({ name }: Work): boolean => /norm$/.test(name) && name !== 'norm';
export const isConv = ({ name }: Work): boolean => name === 'conv';
export const isLinear = ({ name }: Work): boolean => name === 'linear';
/** Has weights that mix what it gets. */
export const isWeighted = (work: Work): boolean =>
  isConv(work) || isLinear(work) || /^conv|^(lstm|gru|rnn)$|attention/.test(work.name);
export const isSum = ({ name }: Work): boolean => name === '+' || name === 'add';
export const isProduct = ({ name }: Work): boolean => name === '*' || name === 'mul' || name === 'multiply';
export const isMatmul = ({ name }: Work): boolean => name === '@' || name === 'matmul' || name === 'bmm';
/** Sums products of two tensors over axes that they share. */
export const isContraction = (work: Work): boolean =>
  isMatmul(work) || (work.name === 'einsum' && work.inputs.length === 2 && work.op.args.positional[0]?.kind === 'str');
export const isJoin = ({ name }: Work): boolean => name === 'cat' || name === 'concat' || name === 'concatenate';

/** What makes or compares masks and tables of constants. */
export const isMaskWork = ({ name }: Work): boolean =>
  /^(==|!=|<|>|<=|>=|~x|eq|logicalnot|ones|oneslike|zeros|zeroslike|full|arange|tril|triu)$/.test(name);

/** A field of a layer as it was built. */
export const fieldOf = (work: Work, name: string): Value | undefined => work.layer?.attrs.get(name);

export const sizeField = (work: Work, name: string): Dim | undefined => {
  const value = fieldOf(work, name);
  return value?.kind === 'int' ? value.value : undefined;
};

/** The sizes of a window, one an axis. */
export const windowField = (work: Work, name: string): readonly Dim[] | undefined => {
  const value = fieldOf(work, name);
  const items = value?.kind === 'tuple' || value?.kind === 'list' ? value.items : value && [value];
  const sizes = items?.map((item) => (item.kind === 'int' ? item.value : undefined));
  return sizes?.every((size) => size !== undefined) ? sizes : undefined;
};

/** Whether a convolution sees one place at a time. */
export const isPointwise = (work: Work): boolean =>
  isConv(work) && (windowField(work, 'kernel_size')?.every((k) => k === 1) ?? false) && sizeField(work, 'groups') === 1;

/** Whether a convolution handles each channel by itself. */
export const isDepthwise = (work: Work): boolean => {
  const [from, groups] = [sizeField(work, 'in_channels'), sizeField(work, 'groups')];
  return isConv(work) && from !== undefined && groups !== undefined && groups !== 1 && same(from, groups);
};

/** What goes into and out of a layer with weights. */
export const widthsOf = (work: Work): readonly [Dim, Dim] | undefined => {
  const [from, to] = isConv(work)
    ? [sizeField(work, 'in_channels'), sizeField(work, 'out_channels')]
    : [sizeField(work, 'in_features'), sizeField(work, 'out_features')];
  return from === undefined || to === undefined ? undefined : [from, to];
};

/** The sizes of a tensor whose number of axes is known. */
export const dimsOf = ({ run }: Flow, value: Value | undefined): readonly Dim[] | undefined => {
  const shape = value?.kind === 'tensor' ? simplifyShape(run.facts, value.shape) : undefined;
  return shape && !shape.rest ? shape.dims : undefined;
};

/** The work behind a value when one only walks through work of some kind; the value where the walk ends. */
export const walkBack = (
  flow: Flow,
  value: Value,
  through: (work: Work) => boolean,
): { readonly value: Value; readonly passed: readonly Work[] } => {
  const passed: Work[] = [];
  let at = flow.origin(value);
  for (;;) {
    const work = flow.maker(at);
    const [only, ...more] = work?.inputs ?? [];
    if (!work || !only || (more.length > 0 && !through(work)) || !through(work) || passed.includes(work))
      return { value: at, passed };
    passed.push(work);
    at = flow.origin(only);
  }
};

/** The one work that uses what a work gives, when it goes on through work of some kind only. */
export const walkOn = (
  flow: Flow,
  from: Work,
  through: (work: Work) => boolean,
): { readonly next: Work | undefined; readonly passed: readonly Work[] } => {
  const passed: Work[] = [];
  let at = from;
  for (;;) {
    const [next, ...others] = flow.users(at);
    // Of several that never run together one stands for all.
    if (!next || others.some((one) => !isApart(next, one)) || passed.includes(next)) return { next: undefined, passed };
    if (!through(next)) return { next, passed };
    passed.push(next);
    at = next;
  }
};

/** The parameter or buffer that a value is, behind moves that only give it axes. */
export const parameterBehind = (flow: Flow, value: Value): Extract<Value, { kind: 'tensor' }> | undefined => {
  const { value: end } = walkBack(flow, value, isMove);
  return end.kind === 'tensor' && end.parameter ? end : undefined;
};
