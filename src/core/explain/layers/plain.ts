import { mul } from '../../dims';
import type { Words } from '../../ops';
import { plain, text, words } from '../words';
import type { Fields } from './fields';
import { channels, type LayerWords } from './window';

const per = (f: Fields, field: string, en: string, zh: string): { readonly detail?: Words } => {
  const size = f.size(field);
  return size === undefined || f.dim(size) === '?'
    ? {}
    : { detail: words(en.replace('#', f.dim(size)), zh.replace('#', f.dim(size))) };
};

/** A layer of einops: `rearranges axes, b c h w → b (h w) c`. */
const byPattern = (f: Fields, name: Words): LayerWords => {
  const pattern = f.text('pattern')?.replaceAll('->', '→');
  return { name, ...(pattern !== undefined && { detail: plain(pattern) }) };
};

/** A layer of Paddle that ends with an activation, which it is told by name. */
const withActivation = (name: Words, act: string | undefined): Words => {
  if (act === undefined) return name;
  return text`${name} + ${plain(act === 'relu' ? 'ReLU' : act)}`;
};

/** Sentences of layers that keep the sizes or say all in a line. Keys are lower-case class names. */
export const plainLayers: Readonly<Record<string, (f: Fields) => LayerWords>> = {
  linear: (f) => ({ name: words('linear layer', '全连接'), ...lastAxis(f) }),
  batchnorm: (f) => ({
    name: withActivation(words('batch norm', '批归一化'), f.text('act')),
    ...per(
      f,
      f.size('num_features') === undefined ? 'num_channels' : 'num_features',
      'per channel (#)',
      '逐通道（# 个）',
    ),
  }),
  syncbatchnorm: (f) => ({
    name: words('synchronised batch norm', '跨卡批归一化'),
    ...per(f, 'num_features', 'per channel (#)', '逐通道（# 个）'),
  }),
  instancenorm: (f) => ({
    name: words('instance norm', '实例归一化'),
    ...per(f, 'num_features', 'per sample and channel (#)', '逐样本逐通道（# 个）'),
  }),
  layernorm: (f) => {
    const shape = f.sizes('normalized_shape');
    const sizes = shape?.every((s) => s !== null) ? shape.map(f.dim) : undefined;
    const over = sizes?.length === 1 ? words(`over the last axis (${sizes[0]})`, `最后一维（${sizes[0]}）`) : undefined;
    return { name: words('layer norm', '层归一化'), ...(over && { detail: over }) };
  },
  groupnorm: (f) => {
    const [c, g] = [f.size('num_channels'), f.size('num_groups')];
    const known = c !== undefined && g !== undefined;
    return {
      name: words('group norm', '组归一化'),
      ...(known && {
        detail: words(`${f.dim(c)} channels in ${f.dim(g)} groups`, `${f.dim(c)} 个通道分 ${f.dim(g)} 组`),
      }),
    };
  },
  relu: (f) => activation('ReLU', 'zeroes negative values', '负数置零', f),
  relu6: (f) => activation('ReLU6', 'clips to 0–6', '截断到 0–6', f),
  leakyrelu: (f) => activation('Leaky ReLU', 'scales negative values down', '负数乘以小斜率', f),
  sigmoid: (f) => activation('sigmoid', 'squashes to 0–1', '压缩到 0–1', f),
  hardsigmoid: (f) => activation('hard sigmoid', 'squashes to 0–1 piecewise', '分段线性地压缩到 0–1', f),
  tanh: (f) => activation('tanh', 'squashes to −1–1', '压缩到 −1–1', f),
  gelu: (f) => activation('GELU', 'x weighted by the normal distribution', 'x 乘以正态分布函数 Φ(x)', f),
  silu: (f) => activation('SiLU', 'x·sigmoid(x)', 'x·sigmoid(x)', f),
  swish: (f) => activation('Swish', 'x·sigmoid(x)', 'x·sigmoid(x)', f),
  softmax: (f) => {
    const axis = f.number('dim') ?? f.number('axis');
    return {
      name: words('softmax', 'softmax'),
      ...(axis !== undefined && {
        detail:
          axis === -1
            ? words('weights along the last axis that sum to 1', '沿最后一维，权重之和为 1')
            : words(`weights along axis ${axis} that sum to 1`, `沿第 ${axis} 维，权重之和为 1`),
      }),
    };
  },
  dropout: (f) => ({ name: words('dropout', '随机失活'), ...chance(f) }),
  identity: () => ({ name: words('identity', '恒等映射'), detail: words('passes its input on', '原样输出') }),
  flatten: (f) => {
    const from = f.number('start_dim') ?? f.number('start_axis');
    return from === 1
      ? { name: words('flatten', '展平'), detail: words('all axes but the batch', '除批次外的各轴') }
      : { name: words('flatten', '展平') };
  },
  rearrange: (f) => byPattern(f, words('rearranges axes', '按模式重排')),
  reduce: (f) => byPattern(f, words('reduces axes', '按模式归约')),
  einmix: (f) => byPattern(f, words('linear layer over named axes', '按轴名的线性层')),
  embedding: (f) => {
    const [n, d] = [f.size('num_embeddings'), f.size('embedding_dim')];
    return {
      name: words('embedding', '嵌入'),
      ...(n !== undefined &&
        d !== undefined && {
          detail: text`${words(`${f.dim(n)} ids → vectors of ${f.dim(d)}`, `${f.dim(n)} 个编号 → ${f.dim(d)} 维向量`)}${padded(f)}`,
        }),
    };
  },
  pixelshuffle: (f) => ({
    name: words('pixel shuffle', '像素重排'),
    ...per(f, 'upscale_factor', 'channels into space ×#', '通道换成空间，高宽变为 # 倍'),
  }),
  multiheadattention: (f) => ({
    name: words('multi-head attention', '多头注意力'),
    ...per(f, 'num_heads', '# heads', '# 个头'),
  }),
  lstm: (f) => recurrent('LSTM', f),
  gru: (f) => recurrent('GRU', f),
  rnn: (f) => recurrent('RNN', f),
  simplernn: (f) => recurrent('RNN', f),
  lstmcell: (f) => cell('LSTM', f),
  grucell: (f) => cell('GRU', f),
  rnncell: (f) => cell('RNN', f),
  simplernncell: (f) => cell('RNN', f),
};

/** The row that stands for padding: it begins as zeros and is not trained. */
const padded = (f: Fields): Words => {
  const row = f.number('padding_idx');
  return row === undefined
    ? plain('')
    : words(
        `; id ${row} is padding: its vector starts as 0 and is not trained`,
        `；编号 ${row} 为填充：其向量初始为 0，不参与训练`,
      );
};

const activation = (name: string, en: string, zh: string, f: Fields): LayerWords => ({
  name: words(name, name),
  detail: f.flag('inplace') ? words(`${en} (in place)`, `${zh}（原地）`) : words(en, zh),
});

const lastAxis = (f: Fields): { readonly detail?: Words } => {
  const [i, o] = [f.size('in_features'), f.size('out_features')];
  if (i === undefined || o === undefined) return {};
  const arrow = `${f.dim(i)}→${f.dim(o)}`;
  if (arrow.includes('?')) return {};
  return { detail: words(`maps the last axis ${arrow}`, `最后一维 ${arrow}`) };
};

const chance = (f: Fields): { readonly detail?: Words } => {
  const p = f.number('p');
  if (p === undefined) return {};
  return p === 0
    ? { detail: words('p = 0: does nothing', 'p = 0，不起作用') }
    : { detail: words(`p = ${p}, while training only`, `p = ${p}，仅训练时`) };
};

/** One step of a recurrent layer. */
const cell = (name: string, f: Fields): LayerWords => {
  const sizes = channels(f, f.size('input_size'), f.size('hidden_size'));
  const way = sizes && words(`, ${sizes.en.replace('channels', 'features')}`, `，${sizes.zh.replace('通道', '特征')}`);
  const once = words('one step per call', '每次处理一步');
  return { name: words(`${name} cell`, `${name} 单元`), detail: way ? text`${once}${way}` : once };
};

const recurrent = (name: string, f: Fields): LayerWords => {
  const layers = f.dim(f.size('num_layers') ?? 1);
  const isStacked = layers !== '1' && layers !== '?';
  const both = f.flag('bidirectional') ?? /^bidirect/.test(f.text('direction') ?? '');
  const en = [both ? 'bidirectional ' : '', isStacked ? `${layers}-layer ` : ''].join('');
  const zh = [isStacked ? `${layers} 层` : '', both ? '双向' : ''].join('');
  const hidden = f.size('hidden_size');
  const sizes = channels(f, f.size('input_size'), both && hidden !== undefined ? mul(2, hidden) : hidden);
  const each = both && hidden !== undefined ? f.dim(hidden) : '?';
  const halves = each === '?' ? plain('') : words(`, ${each} from each direction`, `（每个方向 ${each}）`);
  return {
    name: text`${words(en, zh === '' ? '' : `${zh} `)}${name}`,
    ...(sizes && {
      detail: text`${words(sizes.en.replace('channels', 'features'), sizes.zh.replace('通道', '特征'))}${halves}`,
    }),
  };
};
