import { same } from '../../dims';
import type { Words } from '../../ops';
import { text, words } from '../words';
import { type Fields, perAxis } from './fields';
import {
  axesOf,
  channels,
  type Effect,
  growEffect,
  kernelText,
  type LayerWords,
  type Sliding,
  slideEffect,
  slidingOf,
  withKernel,
} from './window';

const described = (name: Words, detail: Words | undefined, effect: Effect | undefined): LayerWords => ({
  name,
  ...(detail && { detail }),
  ...(effect && { effect }),
});

const kernelOf = (f: Fields, sliding: Sliding | undefined): string | undefined => {
  if (!sliding) return undefined;
  const said = sliding.kernel.length === 1 ? '?' : kernelText(f, sliding.kernel);
  return said.includes('?') ? undefined : said;
};

/** `3×3 depthwise convolution, halves H and W`. */
export const convWords = (f: Fields): LayerWords => {
  const axes = axesOf(f.type);
  const [from, to, groups] = [f.size('in_channels'), f.size('out_channels'), f.size('groups')];
  const sliding = slidingOf(f, axes);
  const depthwise = from !== undefined && groups !== undefined && groups !== 1 && same(from, groups);
  const dilated = sliding?.dilation.some((d) => d !== 1) ?? false;
  const kind = depthwise
    ? words('depthwise convolution', '逐通道卷积')
    : dilated
      ? words('dilated convolution', '空洞卷积')
      : groups !== undefined && groups !== 1
        ? words('grouped convolution', '分组卷积')
        : words('convolution', '卷积');
  const name = axes === 1 ? oneAxis(f, sliding, kind) : withKernel(kernelOf(f, sliding), kind);
  const pointwise = !depthwise && (sliding?.kernel.every((k) => k === 1) ?? false);
  const grouped = groups !== undefined && groups !== 1 && !depthwise;
  const details: readonly (Words | undefined)[] = [
    pointwise ? mixing(channels(f, from, to), axes) : channels(f, from, to),
    grouped ? words(`${f.dim(groups)} groups`, `分 ${f.dim(groups)} 组`) : undefined,
    dilated && sliding?.dilation[0] !== undefined
      ? words(`dilation ${f.dim(sliding.dilation[0])}`, `膨胀率 ${f.dim(sliding.dilation[0])}`)
      : undefined,
  ];
  const effect = sliding && slideEffect(f, sliding);
  return described(name, listed(details), pointwise && effect?.keeps ? undefined : effect);
};

/** A kernel of one sees no neighbours. */
const mixing = (sizes: Words | undefined, axes: number): Words | undefined =>
  sizes && words(`mixes ${sizes.en} at every place`, `${axes === 2 ? '逐像素' : '逐位置'}混合${sizes.zh}`);

const oneAxis = (f: Fields, sliding: Sliding | undefined, kind: Words): Words => {
  const k = sliding?.kernel[0];
  return k === undefined
    ? words(`1-D ${kind.en}`, `一维${kind.zh}`)
    : words(`1-D ${kind.en} of width ${f.dim(k)}`, `一维${kind.zh}（核长 ${f.dim(k)}）`);
};

const listed = (parts: readonly (Words | undefined)[]): Words | undefined => {
  const there = parts.filter((part) => part !== undefined);
  if (there.length === 0) return undefined;
  return words(there.map((p) => p.en).join(', '), there.map((p) => p.zh).join('，'));
};

/** `4×4 transposed convolution, doubles H and W`. */
export const transposedWords = (f: Fields): LayerWords => {
  const axes = axesOf(f.type);
  const sliding = slidingOf(f, axes);
  const extra = perAxis(f.sizes('output_padding') ?? [0], axes);
  const kind = words('transposed convolution', '转置卷积');
  const name = axes === 1 ? oneAxis(f, sliding, kind) : withKernel(kernelOf(f, sliding), kind);
  const effect = sliding && extra?.every((e) => e !== null) ? growEffect(f, sliding, extra) : undefined;
  return described(name, channels(f, f.size('in_channels'), f.size('out_channels')), effect);
};

/** `2×2 max pooling, halves H and W`. */
export const poolWords = (f: Fields): LayerWords => {
  const axes = axesOf(f.type);
  const sliding = slidingOf(f, axes);
  const kind = /max/i.test(f.type) ? words('max pooling', '最大池化') : words('average pooling', '平均池化');
  return described(withKernel(kernelOf(f, sliding), kind), undefined, sliding && slideEffect(f, sliding));
};

/** `averages each channel to one number`. */
export const adaptiveWords = (f: Fields): LayerWords => {
  const axes = axesOf(f.type);
  const target = perAxis(f.sizes('output_size'), axes);
  const max = /max/i.test(f.type);
  const kind = max ? words('max pooling', '最大池化') : words('average pooling', '平均池化');
  if (!target) return { name: text`${words('adaptive ', '自适应')}${kind}` };
  if (target.every((t) => t === 1)) {
    return {
      name: words(`global ${kind.en}`, `全局${kind.zh}`),
      detail: max
        ? words('the largest value of each channel', '每个通道取最大值，得到一个数')
        : words('averages each channel to one number', '每个通道取平均，得到一个数'),
    };
  }
  const [h, w] = target;
  if (axes === 2 && (h === null) !== (w === null) && (h === 1 || w === 1)) {
    const [en, zh, keptEn, keptZh] = h === 1 ? ['height', '高', 'W', '宽'] : ['width', '宽', 'H', '高'];
    return {
      name: words(`${kind.en} over the ${en}`, `沿${zh}方向${kind.zh}`),
      effect: { text: words(`keeps ${keptEn}`, `${keptZh}不变，${zh}变为 1`), keeps: false },
    };
  }
  const size = target.map((t) => (t === null ? '*' : f.dim(t))).join('×');
  return { name: words(`adaptive ${kind.en}`, `自适应${kind.zh}`), detail: words(`to ${size}`, `输出 ${size}`) };
};

/**
 * `nearest-neighbour upsampling ×2`. A target size may be smaller as well as larger: `isLarger` and `isSmaller` say which
 * is known.
 */
export const upsampleWords = (
  f: Fields,
  { isLarger = false, isSmaller = false }: { isLarger?: boolean; isSmaller?: boolean } = {},
): LayerWords => {
  const mode = f.text('mode') ?? (/bilinear/i.test(f.type) ? 'bilinear' : 'nearest');
  const scale = f.sizes('scale_factor')?.[0] ?? f.number('scale_factor');
  const size = f.sizes('size');
  const how = MODES[mode] ?? words(mode, mode);
  const isScaled = scale !== undefined && scale !== null;
  const isShrunk = isSmaller || (typeof scale === 'number' && scale < 1);
  const [en, zh] = isShrunk
    ? ['downsampling', '下采样']
    : isScaled || isLarger
      ? ['upsampling', '上采样']
      : ['resizing', '插值缩放'];
  const name = words(`${how.en} ${en}`, `${how.zh}${zh}`);
  if (isScaled) {
    const by = `×${typeof scale === 'number' ? scale : f.dim(scale)}`;
    return { name: text`${name} ${by}` };
  }
  const to = size?.every((s) => s !== null) ? kernelText(f, size) : undefined;
  return { name, ...(to !== undefined && { detail: words(`to ${to}`, `输出 ${to}`) }) };
};

const MODES: Readonly<Record<string, Words>> = {
  nearest: words('nearest-neighbour', '最近邻'),
  bilinear: words('bilinear', '双线性'),
  bicubic: words('bicubic', '双三次'),
  trilinear: words('trilinear', '三线性'),
  linear: words('linear', '线性'),
  area: words('area', '区域平均'),
};
