import { type Dim, floorDiv, mul, sub } from '../dims';
import type { Case, GraphNode } from '../graph';
import { type Arg, namedCall, type TensorArg } from '../ops';
import { rank } from '../shapes';
import { toArg, type Value } from '../values';
import type { Average, Conv, Diagonal, LayerOperator, Linear, Transposed } from './operator';
import { IDENTITY } from './operator';
import type { Axis, PaddingMode } from './window';

/** What of a call is read: the op that ran, the layer that it is of, the shapes of its inputs. */
export type CallRead = Pick<GraphNode, 'ran' | 'module' | 'role' | 'inputs'>;

/** A call that may be an affine map, with what is needed to read it. */
export interface Call {
  readonly name: string;
  readonly node: CallRead;
  readonly arg: (...names: readonly string[]) => Arg | undefined;
}

/** The affine map that a call of a layer or function is in eval mode; undefined where it is none, or not known well enough. */
export const operatorOf = (node: CallRead, cases: readonly Case[]): LayerOperator | undefined => {
  const call = callOf(node, cases);
  if (!call) return undefined;
  const name = call.name.replace(/^_/, '');
  if (isRagged(call)) return undefined;
  if (/^conv_?(\dd_)?transpose/.test(name) || /^conv\dd_transpose$/.test(name)) return transposedOf(call);
  if (/^conv(\dd)?$/.test(name)) return convOf(call);
  if (/^(sync_)?batch_norm/.test(name)) return normOf(call);
  if (name === 'linear') return linearOf(call);
  if (/^avg_pool\dd$/.test(name)) return averageOf(call);
  if (name === 'identity') return IDENTITY;
  if (/^(alpha_|feature_alpha_)?dropout(\dd)?$/.test(name)) return isEval(call) ? IDENTITY : undefined;
  return undefined;
};

/** A call by the names of its parameters, those that a layer keeps to itself too. */
export const callOf = (node: CallRead, cases: readonly Case[]): Call | undefined => {
  const { ran, module } = node;
  if (!ran?.family) return undefined;
  const field = (name: string): Arg | undefined => {
    const value = module?.attrs.get(name) ?? module?.attrs.get(`_${name}`);
    return value && toArg(settled(value, cases));
  };
  const called = namedCall(ran.family, ran.args, field);
  if (!called) return undefined;
  const arg: Call['arg'] = (...names) => {
    // A layer keeps some of its settings to itself (`count_include_pad`): they come before the function's defaults.
    for (const name of names) {
      const found = (called.given.has(name) ? called.args.get(name) : field(name)) ?? called.args.get(name);
      if (found) return found;
    }
    return undefined;
  };
  return { name: called.name, node, arg };
};

/** An attribute that is set on some ways only: as it is where the call runs. */
const settled = (value: Value, cases: readonly Case[]): Value => {
  if (value.kind !== 'either') return value;
  const decided = cases.find((c) => c.key === value.condition.key)?.holds ?? onlySide(value);
  return decided === undefined ? value : settled(decided ? value.yes : value.no, cases);
};

/** Whether only one side is there: it is that one, since the call has run. */
const onlySide = ({ yes, no }: Extract<Value, { kind: 'either' }>): boolean | undefined =>
  yes.kind === 'unbound' ? false : no.kind === 'unbound' ? true : undefined;

/** Paddle can lay out channels last: then the axes are not those of the rules. */
const isRagged = ({ arg }: Call): boolean => {
  const format = arg('data_format');
  return format !== undefined && format.kind !== 'none' && !(format.kind === 'str' && /^NC/.test(format.value));
};

const isEval = ({ node, arg }: Call): boolean => {
  if (node.role === 'layer') return true;
  const training = arg('training');
  return training?.kind === 'bool' && !training.value;
};

const tensorAt = (call: Call, ...names: readonly string[]): TensorArg | undefined => {
  const value = call.arg(...names);
  return value?.kind === 'tensor' ? value : undefined;
};

/** Whether a bias is added; an unknown one may be. */
const hasBias = (call: Call): boolean => call.arg('bias')?.kind !== 'none';

const sizeAt = (call: Call, ...names: readonly string[]): Dim | undefined => {
  const value = call.arg(...names);
  return value?.kind === 'int' ? value.value : undefined;
};

/** One size per axis: a single one serves all. */
const sizesAt = (value: Arg | undefined, axes: number): readonly Dim[] | undefined => {
  if (value?.kind === 'int') return Array.from({ length: axes }, () => value.value);
  if (value?.kind !== 'tuple' && value?.kind !== 'sequence') return undefined;
  const sizes = value.items.flatMap((item) => (item.kind === 'int' ? [item.value] : []));
  if (sizes.length !== value.items.length) return undefined;
  const [only] = sizes;
  return sizes.length === 1 && only !== undefined ? Array.from({ length: axes }, () => only) : sizes;
};

/** Padding before and after, per axis. */
const paddingAt = (
  value: Arg | undefined,
  axes: number,
  reach: readonly Dim[],
): readonly (readonly [Dim, Dim])[] | undefined => {
  if (value?.kind === 'str') {
    if (/^valid$/i.test(value.value)) return reach.map(() => [0, 0] as const);
    if (!/^same$/i.test(value.value)) return undefined;
    return reach.map((size) => {
      const before = floorDiv(size, 2);
      return [before, sub(size, before)] as const;
    });
  }
  const sizes = sizesAt(value, axes);
  if (sizes?.length === axes) return sizes.map((p) => [p, p] as const);
  if (sizes?.length !== 2 * axes) return undefined;
  return Array.from({ length: axes }, (_, i) => [sizes[2 * i] ?? 0, sizes[2 * i + 1] ?? 0] as const);
};

const modeOf = (call: Call): PaddingMode | undefined => {
  const mode = call.arg('padding_mode');
  if (!mode) return 'zeros';
  if (mode.kind !== 'str') return undefined;
  const known = (['zeros', 'reflect', 'replicate', 'circular'] as const).find((m) => m === mode.value);
  return known;
};

const windowOf = (
  call: Call,
  kernel: readonly Dim[],
  stride: Arg | undefined,
  dilation: Arg | undefined,
): readonly Axis[] | undefined => {
  const n = kernel.length;
  const [strides, dilations] = [sizesAt(stride, n), dilation ? sizesAt(dilation, n) : kernel.map(() => 1)];
  if (!strides || !dilations) return undefined;
  const reach = kernel.map((k, i) => mul(dilations[i] ?? 1, sub(k, 1)));
  const padding = paddingAt(call.arg('padding'), n, reach);
  if (!padding) return undefined;
  return kernel.map((k, i) => {
    const [before, after] = padding[i] ?? [0, 0];
    return { kernel: k, stride: strides[i] ?? 1, before, after, dilation: dilations[i] ?? 1 };
  });
};

const convOf = (call: Call): Conv | undefined => {
  const weight = tensorAt(call, 'weight');
  const [groups, mode] = [sizeAt(call, 'groups'), modeOf(call)];
  const [out, own, ...kernel] = weight?.shape.dims ?? [];
  if (!weight || weight.shape.rest || groups === undefined || !mode || out === undefined || own === undefined)
    return undefined;
  const axes = windowOf(call, kernel, call.arg('stride'), call.arg('dilation'));
  const channels = sizeAt(call, 'in_channels') ?? mul(own, groups);
  return axes && { op: 'conv', in: channels, out, groups, axes, mode, shift: hasBias(call) };
};

const transposedOf = (call: Call): Transposed | undefined => {
  const weight = tensorAt(call, 'weight');
  const groups = sizeAt(call, 'groups');
  const [channels, own, ...kernel] = weight?.shape.dims ?? [];
  const asked = call.arg('output_size');
  if (!weight || weight.shape.rest || groups === undefined || channels === undefined || own === undefined)
    return undefined;
  if (asked && asked.kind !== 'none') return undefined;
  const axes = windowOf(call, kernel, call.arg('stride'), call.arg('dilation'));
  const extra = sizesAt(call.arg('output_padding'), kernel.length);
  if (!axes || !extra) return undefined;
  return {
    op: 'transposed',
    in: channels,
    out: sizeAt(call, 'out_channels') ?? mul(own, groups),
    groups,
    axes: axes.map((a, i) => ({
      kernel: a.kernel,
      stride: a.stride,
      padding: a.before,
      dilation: a.dilation,
      extra: extra[i] ?? 0,
    })),
    shift: hasBias(call),
  };
};

const linearOf = (call: Call): Linear | undefined => {
  const weight = tensorAt(call, 'weight');
  const [first, second, more] = weight?.shape.dims ?? [];
  if (!weight || weight.shape.rest || first === undefined || second === undefined || more !== undefined)
    return undefined;
  // Paddle keeps the weight as [in, out].
  const [inputs, outputs] = weight.lib === 'paddle' ? [first, second] : [second, first];
  return { op: 'linear', in: inputs, out: outputs, shift: hasBias(call) };
};

const normOf = (call: Call): Diagonal | undefined => {
  const [mean, weight] = [tensorAt(call, 'running_mean', 'mean'), tensorAt(call, 'weight')];
  const channels = (mean ?? weight)?.shape.dims[0] ?? sizeAt(call, 'num_features');
  if (channels === undefined) return undefined;
  const axes = call.node.inputs[0] && rank(call.node.inputs[0]);
  return {
    op: 'diagonal',
    role: 'norm',
    channels,
    axis: /[23]d$/i.test(call.name) || (axes ?? 0) > 2 ? 'channels' : axes === undefined ? 'unknown' : 'any',
    shift: true,
    tracked: mean !== undefined && !usesBatch(call),
  };
};

/** The statistics of the batch are asked for even in eval mode. */
const usesBatch = ({ arg, node }: Call): boolean => {
  const wanted = node.role === 'layer' ? arg('use_global_stats') : arg('training');
  if (wanted?.kind !== 'bool') return false;
  return node.role === 'layer' ? !wanted.value : wanted.value;
};

const averageOf = (call: Call): Average | undefined => {
  const input = call.node.inputs[0];
  const axesCount = Number(/(\d)d$/.exec(call.name)?.[1]);
  if (!input || input.rest || input.dims.length !== axesCount + 2) return undefined;
  const kernel = sizesAt(call.arg('kernel_size', 'ksize'), axesCount);
  const channels = input.dims[1];
  const stride = call.arg('stride');
  if (!kernel || channels === undefined) return undefined;
  const steps = !stride || stride.kind === 'none' ? call.arg('kernel_size', 'ksize') : stride;
  const axes = windowOf(call, kernel, steps, undefined);
  const [counts, exclusive, ceil] = [call.arg('count_include_pad'), call.arg('exclusive'), call.arg('ceil_mode')];
  const divisor = call.arg('divisor_override', 'divisor');
  if (!axes || (ceil && ceil.kind !== 'bool')) return undefined;
  return {
    op: 'average',
    channels,
    axes,
    countsPadding: exclusive ? exclusive.kind === 'bool' && !exclusive.value : counts?.kind === 'bool' && counts.value,
    ceil: ceil?.value ?? false,
    divisor: divisor?.kind === 'int' ? divisor.value : undefined,
  };
};
