import type { KernelName, KnownKernel, NamedKernel } from '../fuse';
import type { Words } from '../ops';
import { join, text, words } from './words';

const NAMES: Readonly<Record<KernelName, Words>> = {
  identity: words('identity', '恒等'),
  mean: words('mean filter', '均值滤波'),
  'sobel-x': words('Sobel filter, horizontal gradient', 'Sobel 算子（水平梯度）'),
  'sobel-y': words('Sobel filter, vertical gradient', 'Sobel 算子（垂直梯度）'),
  'prewitt-x': words('Prewitt filter, horizontal gradient', 'Prewitt 算子（水平梯度）'),
  'prewitt-y': words('Prewitt filter, vertical gradient', 'Prewitt 算子（垂直梯度）'),
  'scharr-x': words('Scharr filter, horizontal gradient', 'Scharr 算子（水平梯度）'),
  'scharr-y': words('Scharr filter, vertical gradient', 'Scharr 算子（垂直梯度）'),
  'laplacian-4': words('Laplacian, 4 neighbours', '拉普拉斯算子（4 邻域）'),
  'laplacian-8': words('Laplacian, 8 neighbours', '拉普拉斯算子（8 邻域）'),
  binomial: words('binomial blur', '二项式平滑'),
  gaussian: words('Gaussian blur', '高斯平滑'),
};

/** What a kernel is that the code itself says; undefined where it has no name. */
export const namedKernelWords = ({ names, interpolation, isDiagonal, operator }: KnownKernel): Words | undefined => {
  if (interpolation) {
    const { mode, scale, inside, border } = interpolation;
    const same = words(
      `The weight is the ${mode} kernel of each channel by itself: equal to \`interpolate(scale_factor=${scale}, mode='${mode}'${mode === 'bilinear' ? ', align_corners=False' : ''})\``,
      `权重就是逐通道的${mode === 'bilinear' ? '双线性' : '最近邻'}插值核：等于 \`interpolate(scale_factor=${scale}, mode='${mode}'${mode === 'bilinear' ? ', align_corners=False' : ''})\``,
    );
    const where =
      border < 1e-9
        ? words(' everywhere', '，处处相等')
        : words(
            ` in the interior only (${exact(inside)}); at the border it differs, because zeros are assumed outside. Nothing is interpolated before`,
            `，但仅在内部相等（最大差 ${exact(inside)}）；边缘不同，因为外面按 0 计算。并不是先插值再卷积`,
          );
    return text`${same}${where}`;
  }
  const named = names.filter((one): one is NamedKernel => one !== undefined);
  if (named.length === 0 || named.length < names.length) return undefined;
  const list = join(named.map(nameWords), '; ', '；');
  const each =
    isDiagonal && operator.op === 'conv' && operator.out !== 1
      ? words(', each channel by itself', '，逐通道')
      : NOTHING;
  return text`${words('The code fixes the kernel: ', '代码给定的卷积核：')}${list}${each}${borderWords(named, operator)}`;
};

const NOTHING = words('', '');

const exact = (gap: number): string => (gap === 0 ? '0' : gap.toExponential(0));

const nameWords = ({ name, factor, sigma }: NamedKernel): Words => {
  const by =
    ['mean', 'gaussian', 'identity'].includes(name) || Math.abs(factor - 1) < 1e-9
      ? NOTHING
      : words(` × ${short(factor)}`, ` × ${short(factor)}`);
  const width = sigma === undefined ? NOTHING : words(`, σ = ${short(sigma)}`, `，σ = ${short(sigma)}`);
  return text`${NAMES[name]}${width}${by}`;
};

const short = (x: number): string => `${Number(x.toPrecision(4))}`;

/** What pads with zeros darkens at the border. */
const borderWords = (named: readonly NamedKernel[], operator: KnownKernel['operator']): Words => {
  const isSmooth = named.every(({ name }) => name === 'mean' || name === 'gaussian' || name === 'binomial');
  const pads = operator.op === 'conv' && operator.mode === 'zeros' && operator.axes.some((a) => a.before !== 0);
  if (!pads) return NOTHING;
  return isSmooth
    ? words('; right in the interior only: zero padding darkens the border', '；仅在内部正确：补零会使边缘变暗')
    : words(
        '; right in the interior only: zero padding makes an edge at the border',
        '；仅在内部正确：补零会在边缘产生假梯度',
      );
};

/** An average pooling as a convolution. */
export const averageWords = (window: string, everywhere: boolean): Words =>
  everywhere
    ? words(
        `As a convolution of each channel by itself: every weight 1/(${window}); equal everywhere (F15)`,
        `等价于逐通道卷积，每个权重为 1/(${window})，处处相等（F15）`,
      )
    : words(
        `As a convolution of each channel by itself with weights 1/(${window}) it is equal in the interior only: at the border padded zeros are not counted`,
        `写成权重为 1/(${window}) 的逐通道卷积时仅在内部相等：边缘处补的 0 不计入平均`,
      );
