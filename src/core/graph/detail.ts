import { type Dim, same } from '../dims';
import type { CallArgs } from '../ops';
import type { ObjectValue, Value } from '../values';
import { bareName, familyOf, joins } from './families';
import type { GraphNode } from './graph';

/** How sizes are written. */
type Size = (d: Dim) => string;

/** A layer as its details are read from it. */
interface Layer {
  readonly type: string;
  readonly size: Size;
  /** A field by its name in PyTorch, or in Paddle (`_kernel_size`). */
  readonly read: (name: string) => Value | undefined;
}

/** What matters of the arguments of a call, short: `3×3, s2, 64→128`; empty where nothing does. */
export const detailOf = ({ role, module, op }: GraphNode, size: Size): string => {
  if (op) return opDetail(op.name, op.args, size);
  return role === 'layer' && module ? layerDetail(module, size) : '';
};

const layerDetail = (self: ObjectValue, size: Size): string => {
  const type = self.cls.name;
  const layer: Layer = { type, size, read: (name) => self.attrs.get(name) ?? self.attrs.get(`_${name}`) };
  const parts = partsOf(layer, familyOf(self.cls.path?.split('.').at(-1) ?? type));
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
};

const OTHERS = ['p', 'dim', 'axis', 'negative_slope', 'start_dim', 'upscale_factor'];

const partsOf = (layer: Layer, family: GraphNode['family']): readonly (string | undefined)[] => {
  switch (family) {
    case 'convolution':
      return [
        perAxis(layer, 'kernel_size'),
        unlike(layer, 's', 1, 'stride'),
        unlike(layer, 'd', 1, 'dilation'),
        unlike(layer, 'g', 1, 'groups'),
        arrow(layer, 'in_channels', 'out_channels'),
      ];
    case 'pooling':
      return pooling(layer);
    case 'linear':
      return linear(layer);
    case 'normalisation':
      return [
        word(layer, 'groups', 'num_groups'),
        ['num_features', 'num_channels', 'normalized_shape'].map((name) => textOf(layer, name)).find((t) => t),
      ];
    default:
      return OTHERS.map((name) => word(layer, name.replace('negative_slope', 'slope'), name)).slice(0, 2);
  }
};

const pooling = (layer: Layer): readonly (string | undefined)[] => {
  if (/Adaptive/.test(layer.type)) {
    const size = perAxis(layer, 'output_size');
    return [size === undefined ? undefined : `→ ${size}`];
  }
  if (/Upsampl|Pixel/.test(layer.type)) {
    const factor = text(layer.size, layer.read('scale_factor'));
    return [factor === undefined || factor === OPEN ? perAxis(layer, 'size') : `×${factor}`, textOf(layer, 'mode')];
  }
  return [perAxis(layer, 'kernel_size'), layer.read('stride')?.kind === 'none' ? '' : unlike(layer, 's', 1, 'stride')];
};

const linear = (layer: Layer): readonly (string | undefined)[] => {
  if (/Embedding/.test(layer.type)) return [arrow(layer, 'num_embeddings', 'embedding_dim')];
  if (/LSTM|GRU|RNN/.test(layer.type))
    return [arrow(layer, 'input_size', 'hidden_size'), unlike(layer, 'layers ', 1, 'num_layers')];
  if (/Attention/.test(layer.type)) return [word(layer, 'dim', 'embed_dim'), word(layer, 'heads', 'num_heads')];
  return [arrow(layer, 'in_features', 'out_features')];
};

/** Stands for `None`: whatever the input has. */
const OPEN = '∗';

const text = (size: Size, value: Value | undefined): string | undefined => {
  switch (value?.kind) {
    case 'int':
      return size(value.value);
    case 'float':
      return value.value === undefined ? undefined : `${value.value}`;
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'str':
      return value.value;
    case 'none':
      return OPEN;
    case 'tuple':
    case 'list': {
      const parts = value.items.map((item) => text(size, item));
      return parts.includes(undefined) ? undefined : parts.join(', ');
    }
    default:
      return undefined;
  }
};

const textOf = ({ size, read }: Layer, name: string): string | undefined => text(size, read(name));

const items = (value: Value | undefined): readonly (Value | undefined)[] =>
  value?.kind === 'tuple' || value?.kind === 'list' ? value.items : [value];

/** A size per axis: `3×3`; one number stands for all axes of a layer whose name says how many there are. */
const perAxis = ({ type, size, read }: Layer, name: string): string | undefined => {
  const parts = items(read(name)).map((item) => text(size, item));
  if (parts.includes(undefined)) return undefined;
  const axes = parts.length === 1 ? Number(/([123])[dD](?:Transpose)?$/.exec(type)?.[1] ?? 1) : 1;
  return Array.from({ length: axes }, () => parts.join('×')).join('×');
};

/** A letter and a number, unless it is the number that goes without saying: `s2`. */
const unlike = ({ size, read }: Layer, letter: string, usual: Dim, name: string): string | undefined => {
  const parts = items(read(name)).map((value) => (value?.kind === 'int' ? value.value : undefined));
  const [first] = parts;
  if (first === undefined || parts.every((d) => d !== undefined && same(d, usual))) return undefined;
  const equal = parts.every((d) => d !== undefined && same(d, first));
  const shown = equal ? size(first) : parts.map((d) => (d === undefined ? '?' : size(d))).join('×');
  return /^\d/.test(shown) ? `${letter}${shown}` : `${letter} = ${shown}`;
};

const arrow = (layer: Layer, from: string, to: string): string | undefined => {
  const [a, b] = [textOf(layer, from), textOf(layer, to)];
  return a !== undefined && b !== undefined ? `${a}→${b}` : undefined;
};

const word = (layer: Layer, shown: string, name: string): string | undefined => {
  const known = textOf(layer, name);
  return known === undefined || known === OPEN ? undefined : `${shown} ${known}`;
};

/** Of an op: the axis, the number that is added, the order of axes. */
const opDetail = (name: string, { positional, keywords }: CallArgs, size: Size): string => {
  const axis = keywords.get('dim') ?? keywords.get('axis');
  if (axis?.kind === 'int') return `dim ${size(axis.value)}`;
  const rest = positional
    .slice(1)
    .flatMap((arg) => (arg.kind === 'sequence' || arg.kind === 'tuple' ? arg.items : [arg]));
  const numbers = rest
    .flatMap((arg) =>
      arg.kind === 'int' ? [size(arg.value)] : arg.kind === 'float' && arg.value !== undefined ? [`${arg.value}`] : [],
    )
    .join(', ');
  if (joins(bareName(name))) return numbers !== '' && /cat|stack/.test(name) ? `dim ${numbers}` : numbers;
  return /permute|transpose|softmax|mean|sum|squeeze|flatten|pool|chunk|split/.test(name) ? numbers : '';
};
