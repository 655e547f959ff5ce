import { type Dim, print, same } from '../../dims';
import type { Padding } from '../kinds';
import type { Words } from '../rows';

/** A size as it stands in a sentence. */
export const say = (d: Dim): string => print(d);

/** `3×3`, `7×1`. */
export const times = (sizes: readonly Dim[]): string => sizes.map(say).join('×');

interface ConvArgs {
  readonly in_channels: Dim;
  readonly out_channels: Dim;
  readonly kernel_size: readonly Dim[];
  readonly stride: readonly Dim[];
  readonly padding: Padding;
  readonly dilation: readonly Dim[];
  readonly groups: Dim;
}

/** What a convolution does to height and width, as far as stride and padding tell. */
type Effect = 'keeps' | 'halves' | 'strided' | 'other';

const effect = ({ kernel_size, stride, padding, dilation }: ConvArgs): Effect => {
  const each = kernel_size.map((k, i): Effect => {
    const s = stride[i];
    if (padding === 'same') return s === 1 ? 'keeps' : 'other';
    const p = padding[i];
    const d = dilation[i];
    if (typeof k !== 'number' || typeof s !== 'number' || typeof p !== 'number' || typeof d !== 'number')
      return 'other';
    const fits = 2 * p === d * (k - 1);
    if (s === 1) return fits ? 'keeps' : 'other';
    if (s === 2 && (fits || (k === 2 && p === 0) || (k === 4 && p === 1))) return 'halves';
    return 'strided';
  });
  const first = each[0] ?? 'other';
  return each.every((e) => e === first) ? first : 'other';
};

const axesWords: Readonly<Record<number, Words>> = {
  1: { en: 'the length', zh: '长度' },
  2: { en: 'H and W', zh: '高宽' },
  3: { en: 'D, H and W', zh: '深高宽' },
};

const effectWords = (e: ConvArgs): Words => {
  const axes = axesWords[e.kernel_size.length] ?? { en: 'sizes', zh: '大小' };
  switch (effect(e)) {
    case 'keeps':
      return { en: `keeps ${axes.en}`, zh: `${axes.zh}不变` };
    case 'halves':
      return { en: `halves ${axes.en}`, zh: `${axes.zh}减半` };
    case 'strided':
      return { en: `stride ${times(e.stride)}`, zh: `步长 ${times(e.stride)}` };
    case 'other':
      return { en: '', zh: '' };
  }
};

const joinWords = (parts: readonly Words[]): Words => ({
  en: parts
    .map((p) => p.en)
    .filter((t) => t !== '')
    .join(', '),
  zh: parts
    .map((p) => p.zh)
    .filter((t) => t !== '')
    .join('，'),
});

/** The sentence of one convolution: `3×3 convolution, 64→128 channels, halves H and W`. */
export const convNote = (e: ConvArgs): Words => {
  const point = e.kernel_size.every((k) => k === 1);
  const depthwise = same(e.groups, e.in_channels) && e.groups !== 1 && same(e.in_channels, e.out_channels);
  const change = `${say(e.in_channels)}→${say(e.out_channels)}`;
  const size = times(e.kernel_size);
  const effects = effectWords(e);
  if (depthwise)
    return joinWords([
      { en: `${size} depthwise convolution: each channel by itself`, zh: `${size} 逐通道卷积：各通道互不混合` },
      effects,
    ]);
  if (point && e.groups === 1 && e.stride.every((s) => s === 1))
    return {
      en: `1×1 convolution: mixes channels ${change} at every position`,
      zh: `1×1 卷积：逐位置混合通道 ${change}`,
    };
  const dilated = e.dilation.some((d) => d !== 1);
  return joinWords([
    { en: `${size}${dilated ? ' dilated' : ''} convolution`, zh: `${size} ${dilated ? '空洞卷积' : '卷积'}` },
    { en: `${change} channels`, zh: `通道 ${change}` },
    e.groups === 1 ? { en: '', zh: '' } : { en: `${say(e.groups)} groups`, zh: `分 ${say(e.groups)} 组` },
    effects,
  ]);
};

interface TransposedArgs {
  readonly in_channels: Dim;
  readonly out_channels: Dim;
  readonly kernel_size: readonly Dim[];
  readonly stride: readonly Dim[];
}

/** The sentence of one transposed convolution. */
export const transposedNote = (e: TransposedArgs): Words => {
  const size = times(e.kernel_size);
  const change = `${say(e.in_channels)}→${say(e.out_channels)}`;
  const stride = e.stride.every((s) => s === e.stride[0]) ? say(e.stride[0] ?? 1) : times(e.stride);
  return joinWords([
    { en: `${size} transposed convolution`, zh: `${size} 转置卷积` },
    { en: `${change} channels`, zh: `通道 ${change}` },
    stride === '1' ? { en: '', zh: '' } : { en: `upsamples ${stride}×`, zh: `上采样 ${stride} 倍` },
  ]);
};
