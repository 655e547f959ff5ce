import { type Dim, print, same } from '../dims';
import type { CallArgs } from '../ops';
import type { ObjectValue, Value } from '../values';
import { bareName, familyOf, joins } from './families';

type Read = (name: string) => Value | undefined;

/** A field of a layer by its name in PyTorch, or in Paddle (`_kernel_size`). */
const reader =
  (self: ObjectValue): Read =>
  (name) =>
    self.attrs.get(name) ?? self.attrs.get(`_${name}`);

const dim = (value: Value | undefined): Dim | undefined => (value?.kind === 'int' ? value.value : undefined);

/** A number or size as text; `None` where it is left open. */
const text = (value: Value | undefined): string | undefined => {
  switch (value?.kind) {
    case 'int':
      return print(value.value);
    case 'float':
      return value.value === undefined ? undefined : `${value.value}`;
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'str':
      return value.value;
    case 'none':
      return '∗';
    case 'tuple':
    case 'list': {
      const parts = value.items.map(text);
      return parts.includes(undefined) ? undefined : parts.join(', ');
    }
    default:
      return undefined;
  }
};

const items = (value: Value | undefined): readonly (Value | undefined)[] =>
  value?.kind === 'tuple' || value?.kind === 'list' ? value.items : [value];

/** A size per axis: `3×3`; one number stands for all axes of a layer whose name says how many there are. */
const perAxis = (value: Value | undefined, type = ''): string | undefined => {
  const parts = items(value).map(text);
  if (parts.includes(undefined)) return undefined;
  const axes = parts.length === 1 ? Number(/([123])[dD]$/.exec(type)?.[1] ?? 1) : 1;
  return Array.from({ length: axes }, () => parts.join('×')).join('×');
};

/** One letter and a number, unless it is the number that goes without saying: `s2`. */
const unlike = (letter: string, usual: Dim, value: Value | undefined): string | undefined => {
  const parts = items(value).map(dim);
  const [first] = parts;
  if (first === undefined || parts.every((d) => d !== undefined && same(d, usual))) return undefined;
  const equal = parts.every((d) => d !== undefined && same(d, first));
  const all = parts.map((d) => (d === undefined ? '?' : print(d)));
  const shown = equal ? print(first) : all.join('×');
  return /^\d/.test(shown) ? `${letter}${shown}` : `${letter} = ${shown}`;
};

const arrow = (from: Value | undefined, to: Value | undefined): string | undefined => {
  const [a, b] = [text(from), text(to)];
  return a !== undefined && b !== undefined ? `${a}→${b}` : undefined;
};

const word = (name: string, value: Value | undefined): string | undefined => {
  const known = text(value);
  return known === undefined || known === '∗' ? undefined : `${name} ${known}`;
};

const convolution = (read: Read): readonly (string | undefined)[] => {
  const [groups, channels] = [dim(read('groups')), dim(read('in_channels'))];
  const depthwise = groups !== undefined && channels !== undefined && groups !== 1 && same(groups, channels);
  return [
    perAxis(read('kernel_size')),
    unlike('s', 1, read('stride')),
    unlike('d', 1, read('dilation')),
    depthwise ? 'depthwise' : unlike('g', 1, read('groups')),
    arrow(read('in_channels'), read('out_channels')),
  ];
};

const pooling = (type: string, read: Read): readonly (string | undefined)[] => {
  if (/Adaptive/.test(type)) {
    const size = perAxis(read('output_size'), type);
    return [size === undefined ? undefined : `→ ${size}`];
  }
  if (/Upsampl|Pixel/.test(type)) {
    const factor = perAxis(read('scale_factor'));
    return [factor === undefined || factor === '∗' ? perAxis(read('size')) : `×${factor}`, text(read('mode'))];
  }
  const stride = read('stride');
  return [perAxis(read('kernel_size'), type), stride?.kind === 'none' ? undefined : unlike('s', 1, stride)];
};

const linear = (type: string, read: Read): readonly (string | undefined)[] => {
  if (/Embedding/.test(type)) return [arrow(read('num_embeddings'), read('embedding_dim'))];
  if (/LSTM|GRU|RNN/.test(type))
    return [arrow(read('input_size'), read('hidden_size')), unlike('layers ', 1, read('num_layers'))];
  if (/Attention/.test(type)) return [word('dim', read('embed_dim')), word('heads', read('num_heads'))];
  return [arrow(read('in_features'), read('out_features'))];
};

const others = ['p', 'dim', 'axis', 'negative_slope', 'start_dim', 'upscale_factor'];

/** What matters of a layer's arguments, short: `3×3, s2, 64→128`. */
export const layerDetail = (self: ObjectValue): string => {
  const type = self.cls.name;
  const read = reader(self);
  const parts = ((): readonly (string | undefined)[] => {
    switch (familyOf(self.cls.path?.split('.').at(-1) ?? type)) {
      case 'convolution':
        return convolution(read);
      case 'pooling':
        return pooling(type, read);
      case 'linear':
        return linear(type, read);
      case 'normalisation':
        return [
          word('groups', read('num_groups')),
          text(read('num_features')) ?? text(read('num_channels')) ?? text(read('normalized_shape')),
        ];
      default:
        return others.map((name) => word(name.replace('negative_slope', 'slope'), read(name))).slice(0, 2);
    }
  })();
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
};

/** What matters of an op's arguments: the axis, the number that is added, the order of axes. */
export const opDetail = (name: string, { positional, keywords }: CallArgs): string => {
  const axis = keywords.get('dim') ?? keywords.get('axis');
  const rest = positional
    .slice(1)
    .flatMap((arg) => (arg.kind === 'sequence' || arg.kind === 'tuple' ? arg.items : [arg]));
  const numbers = rest.flatMap((arg) =>
    arg.kind === 'int' ? [print(arg.value)] : arg.kind === 'float' && arg.value !== undefined ? [`${arg.value}`] : [],
  );
  if (axis?.kind === 'int') return `dim ${print(axis.value)}`;
  if (joins(bareName(name)))
    return numbers.length > 0 && /cat|stack/.test(name) ? `dim ${numbers.join(', ')}` : numbers.join(', ');
  return /permute|transpose|softmax|mean|sum|squeeze|flatten|pool|chunk|split/.test(name) ? numbers.join(', ') : '';
};
