import type { Dim } from '../dims';
import type { Tensor } from './tensor';
import type { Axis, Margin, PaddingMode, TransposedAxis } from './window';

/** An affine map that a layer is in eval mode: what can be folded, and what folding gives. */
export type Operator = LayerOperator | Border;

/** An affine map that one call can be. */
export type LayerOperator = Conv | Transposed | Linear | Diagonal | Average;

export interface Conv {
  readonly op: 'conv';
  readonly in: Dim;
  readonly out: Dim;
  readonly groups: Dim;
  readonly axes: readonly Axis[];
  readonly mode: PaddingMode;
  /** Whether it may add a constant: a bias, or what was folded into one. */
  readonly shift: boolean;
}

export interface Transposed {
  readonly op: 'transposed';
  readonly in: Dim;
  readonly out: Dim;
  readonly groups: Dim;
  readonly axes: readonly TransposedAxis[];
  readonly shift: boolean;
}

/** On the last axis. */
export interface Linear {
  readonly op: 'linear';
  readonly in: Dim;
  readonly out: Dim;
  readonly shift: boolean;
}

/** Each channel by itself: `y = s·x + t`. */
export interface Diagonal {
  readonly op: 'diagonal';
  readonly role: 'identity' | 'norm' | 'scale' | 'add' | 'folded';
  /** Absent where one number serves all channels. */
  readonly channels: Dim | undefined;
  /** Which axis it acts on; `any` where both are one, or where one number serves all. */
  readonly axis: 'channels' | 'last' | 'any' | 'unknown';
  readonly shift: boolean;
  /** Normalisation by the batch itself, without running statistics, is no fixed map. */
  readonly tracked: boolean;
}

export interface Average {
  readonly op: 'average';
  readonly channels: Dim;
  readonly axes: readonly Axis[];
  /** `count_include_pad`; Paddle's `exclusive` is the reverse. */
  readonly countsPadding: boolean;
  readonly ceil: boolean;
  readonly divisor: Dim | undefined;
}

/** A border of numbers around each channel. */
export interface Border {
  readonly op: 'border';
  readonly channels: Dim;
  readonly axes: readonly Margin[];
  /** Whether it holds what the layers before it make of zeros, back to the nearest one with weights. */
  readonly isResponse: boolean;
}

/** The numbers of an operator: `s` and `t` of a diagonal one, weight and bias of the others. */
export interface Numbers {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

/** Nothing happens: the identity branch. */
export const IDENTITY: Diagonal = {
  op: 'diagonal',
  role: 'identity',
  channels: undefined,
  axis: 'any',
  shift: false,
  tracked: true,
};

/** A size that must be a number by now. */
export const num = (d: Dim): number => (typeof d === 'number' ? d : Number.NaN);

/** An axis with numbers. */
export const numericAxis = ({ kernel, stride, before, after, dilation }: Axis): Axis<number> => ({
  kernel: num(kernel),
  stride: num(stride),
  before: num(before),
  after: num(after),
  dilation: num(dilation),
});

/** How many channels come out; undefined where any number does. */
export const outputsOf = (operator: Operator): Dim | undefined =>
  'channels' in operator ? operator.channels : operator.out;

/** How many channels go in; undefined where any number does. */
export const inputsOf = (operator: Operator): Dim | undefined =>
  'channels' in operator ? operator.channels : operator.in;
