import { type Dim, product } from '../../dims';
import { bool, NONE, type ObjectValue, type TensorValue, touch, unknown, type Value } from '../../values';
import { resolve } from '../branch';
import { parameter } from '../layers';
import { derives } from '../natives';
import { storeAttribute } from '../stores';
import { copyOf } from './copies';
import type { Native, NativeCall, NativeTable } from './native';

/** The module, the name of its parameter, and that parameter; undefined where one of them is not known. */
const target = ({ m, at }: NativeCall) => {
  const module = resolve(m, at(0, 'module') ?? at(0, 'layer') ?? NONE);
  const given = resolve(m, at(1, 'name') ?? at(1, 'tensor_name') ?? { kind: 'str', value: 'weight' });
  if (module.kind !== 'object' || given.kind !== 'str') return undefined;
  const tensor = resolve(m, module.attrs.get(given.value) ?? NONE);
  return tensor.kind === 'tensor' ? { module, name: given.value, tensor } : undefined;
};

/** What stands in a parameter's stead: further parameters and buffers by name, in their order. */
type Parts = (tensor: TensorValue, name: string, module: ObjectValue, call: NativeCall) => readonly Part[] | undefined;
type Part = readonly [name: string, dims: readonly Dim[], trained: boolean];

/**
 * Replaces a parameter by others that it is computed from. The attribute still holds a tensor of that shape, no longer
 * a parameter; the new ones stand behind the other parameters of the module.
 */
const replaces =
  (parts: Parts): Native =>
  (call) => {
    const found = target(call);
    const made = found && !found.tensor.shape.rest ? parts(found.tensor, found.name, found.module, call) : undefined;
    const given = call.at(0, 'module') ?? call.at(0, 'layer') ?? NONE;
    if (!found || !made) {
      const module = resolve(call.m, given);
      if (module.kind === 'object') module.open = true;
      return given;
    }
    const { module, name, tensor } = found;
    touch(call.m.journal, module);
    module.attrs.delete(name);
    for (const [own, dims, trained] of made)
      storeAttribute(call.m, module, own, parameter(call.m, { ...tensor, shape: { dims } }, trained));
    const { parameter: _, ...computed } = tensor;
    storeAttribute(call.m, module, name, computed);
    return module;
  };

/** The axis that an argument names, `null` where it is `None`. */
const axis = ({ m, at }: NativeCall, place: number, fallback: number): number | null | undefined => {
  const given = at(place, 'dim');
  if (!given) return fallback;
  const value = resolve(m, given);
  if (value.kind === 'none') return null;
  return value.kind === 'int' && typeof value.value === 'number' ? value.value : undefined;
};

/** `w = g · v / ‖v‖`: a length for each slice along an axis, and a direction. */
const weightNorm =
  (length: (name: string) => string, direction: (name: string) => string): Parts =>
  ({ shape: { dims } }, name, _module, call) => {
    const dim = axis(call, 2, 0);
    if (dim === undefined) return undefined;
    const at = dim === null || dim === -1 ? null : dim < 0 ? dim + dims.length : dim;
    const lengths = at === null ? [] : dims.map((d, i) => (i === at ? d : 1));
    return [
      [length(name), lengths, true],
      [direction(name), dims, true],
    ];
  };

/** Layers whose weight has its outputs on the second axis. */
const OUTPUTS_SECOND = [
  'torch.nn.modules.conv._ConvTransposeNd',
  'paddle.nn.Linear',
  'paddle.nn.Conv1DTranspose',
  'paddle.nn.Conv2DTranspose',
  'paddle.nn.Conv3DTranspose',
];

/** `w / σ(w)`: the weight as it was, and the two vectors of the power iteration. */
const spectralNorm =
  (
    place: number,
    original: (name: string) => string,
    u: (name: string) => string,
    v: (name: string) => string,
  ): Parts =>
  ({ shape: { dims } }, name, module, call) => {
    const transposed = OUTPUTS_SECOND.some((path) => derives(module.cls, path));
    const given = axis(call, place, transposed ? 1 : 0);
    const at = given === null ? (transposed ? 1 : 0) : given;
    if (at === undefined) return undefined;
    const height = dims[at] ?? 1;
    const others = dims.filter((_, i) => i !== at);
    return [
      [original(name), dims, true],
      [u(name), [height], false],
      [v(name), [product(others)], false],
    ];
  };

/** Paddle's: the direction first, the lengths as a vector. */
const paddleWeightNorm: Parts = ({ shape: { dims } }, name, _module, call) => {
  const dim = axis(call, 2, 0);
  if (dim === undefined) return undefined;
  const kept = dim === null || dim === -1 ? undefined : dims[dim < 0 ? dim + dims.length : dim];
  return [
    [`${name}_v`, dims, true],
    [`${name}_g`, kept === undefined ? [] : [kept], true],
  ];
};

/** One parameter of the same shape below another name. */
const renamed =
  (original: (name: string) => string, ...buffers: readonly string[]): Parts =>
  ({ shape: { dims } }, name) => [
    [original(name), dims, true],
    ...buffers.map((suffix): Part => [`${name}${suffix}`, dims, false]),
  ];

/** The computed tensor becomes a parameter again, and what it was computed from goes. */
const restores: Native = (call) => {
  const found = target(call);
  if (!found) return call.at(0, 'module') ?? NONE;
  const { module, name, tensor } = found;
  touch(call.m.journal, module);
  for (const key of [...module.attrs.keys()])
    if (key.startsWith(`parametrizations.${name}.`) || PARTS.some((part) => key === `${name}${part}`))
      module.attrs.delete(key);
  module.attrs.delete(name);
  storeAttribute(call.m, module, name, parameter(call.m, tensor, true));
  return module;
};

const PARTS = ['_g', '_v', '_orig', '_u', '_mask'];

const isParametrized: Native = ({ m, at }) => {
  const module = resolve(m, at(0, 'module') ?? NONE);
  if (module.kind !== 'object') return unknown('is_parametrized()');
  const name = resolve(m, at(1, 'tensor_name') ?? NONE);
  const prefix = name.kind === 'str' ? `parametrizations.${name.value}.` : 'parametrizations.';
  return bool([...module.attrs.keys()].some((key) => key.startsWith(prefix)));
};

/** A convolution or linear layer that has taken a batch norm in: a copy with a bias. */
const fused: Native = ({ m, at }) => {
  const layer = resolve(m, at(0) ?? NONE);
  if (layer.kind !== 'object') return unknown('a layer that is not known');
  const copy: Value = copyOf(m, layer, new Map());
  const weight = resolve(m, layer.attrs.get('weight') ?? NONE);
  if (copy.kind !== 'object' || weight.kind !== 'tensor' || weight.shape.rest) return unknown('a fused layer');
  const transposed = derives(layer.cls, 'torch.nn.modules.conv._ConvTransposeNd');
  const outputs = weight.shape.dims[transposed ? 1 : 0];
  if (copy.attrs.get('bias')?.kind !== 'tensor' && outputs !== undefined)
    storeAttribute(m, copy, 'bias', parameter(m, { ...weight, shape: { dims: [outputs] } }, true));
  return copy;
};

const below = (suffix: string) => (name: string) => `parametrizations.${name}.${suffix}`;
const behind = (suffix: string) => (name: string) => `${name}${suffix}`;
const pruned = replaces(renamed(behind('_orig'), '_mask'));

/** Functions that replace a parameter of a module by what it is computed from, and those that undo it. */
export const parametrizations: NativeTable = {
  'torch.nn.utils.weight_norm': replaces(weightNorm(behind('_g'), behind('_v'))),
  'torch.nn.utils.spectral_norm': replaces(spectralNorm(4, behind('_orig'), behind('_u'), behind('_v'))),
  'torch.nn.utils.remove_weight_norm': restores,
  'torch.nn.utils.remove_spectral_norm': restores,
  'torch.nn.utils.parametrizations.weight_norm': replaces(weightNorm(below('original0'), below('original1'))),
  'torch.nn.utils.parametrizations.spectral_norm': replaces(
    spectralNorm(4, below('original'), below('0._u'), below('0._v')),
  ),
  'torch.nn.utils.parametrizations.orthogonal': replaces(renamed(below('original'))),
  'torch.nn.utils.parametrize.register_parametrization': replaces(renamed(below('original'))),
  'torch.nn.utils.parametrize.remove_parametrizations': restores,
  'torch.nn.utils.parametrize.is_parametrized': isParametrized,
  'paddle.nn.utils.weight_norm': replaces(paddleWeightNorm),
  'paddle.nn.utils.spectral_norm': replaces(spectralNorm(4, behind('_orig'), behind('_u'), behind('_v'))),
  'paddle.nn.utils.remove_weight_norm': restores,
  'torch.nn.utils.prune.l1_unstructured': pruned,
  'torch.nn.utils.prune.random_unstructured': pruned,
  'torch.nn.utils.prune.ln_structured': pruned,
  'torch.nn.utils.prune.random_structured': pruned,
  'torch.nn.utils.prune.identity': pruned,
  'torch.nn.utils.prune.remove': restores,
  'torch.nn.utils.fusion.fuse_conv_bn_eval': fused,
  'torch.nn.utils.fusion.fuse_linear_bn_eval': fused,
};
