import { add, type Dim, mul, sub } from '../../dims';
import { shapeOf } from '../../shapes';
import type { TensorArg } from '../arg';
import { type Call, fresh, giveUp, tensor } from '../call';
import { keepShape, ops } from '../rows';
import { needAxis } from '../rules/axes';
import { fourier } from '../rules/fourier';
import { floorBy } from '../rules/quotient';

/** Fourier transforms. */
export const transforms = ops('torch.fft', {
  'fft(input: Tensor, n: int? = None, dim: dim = -1, norm: str? = None) -> any': {
    en: 'Fourier transform along an axis.',
    zh: '沿某轴做傅里叶变换。',
    value: ({ input, n, dim }, call) => fourier(call, input, n === null ? null : [n], [dim], 'full'),
    eg: '(2, 8) -> (2, 8)',
  },
  'ifft(input: Tensor, n: int? = None, dim: dim = -1, norm: str? = None) -> any': {
    en: 'Inverse Fourier transform along an axis.',
    zh: '沿某轴做傅里叶逆变换。',
    value: ({ input, n, dim }, call) => fourier(call, input, n === null ? null : [n], [dim], 'full'),
    eg: '(2, 8) -> (2, 8)',
  },
  'rfft(input: Tensor, n: int? = None, dim: dim = -1, norm: str? = None) -> any': {
    en: 'Fourier transform of real numbers: half the spectrum.',
    zh: '实数的傅里叶变换，只保留一半频谱。',
    value: ({ input, n, dim }, call) => fourier(call, input, n === null ? null : [n], [dim], 'half'),
    eg: '(2, 8) -> (2, 5)',
  },
  'irfft(input: Tensor, n: int? = None, dim: dim = -1, norm: str? = None) -> any': {
    en: 'Back from half a spectrum to real numbers.',
    zh: '由一半频谱还原为实数。',
    value: ({ input, n, dim }, call) => fourier(call, input, n === null ? null : [n], [dim], 'back'),
    eg: '(2, 5) -> (2, 8)',
  },
  'hfft(input: Tensor, n: int? = None, dim: dim = -1, norm: str? = None) -> any': {
    en: 'Fourier transform of a Hermitian signal.',
    zh: '厄米对称信号的傅里叶变换。',
    value: ({ input, n, dim }, call) => fourier(call, input, n === null ? null : [n], [dim], 'back'),
    eg: '(2, 5) -> (2, 8)',
  },
  'ihfft(input: Tensor, n: int? = None, dim: dim = -1, norm: str? = None) -> any': {
    en: 'Inverse of hfft.',
    zh: 'hfft 的逆变换。',
    value: ({ input, n, dim }, call) => fourier(call, input, n === null ? null : [n], [dim], 'half'),
    eg: '(2, 8) -> (2, 5)',
  },
  'fft2(input: Tensor, s: ints? = None, dim: dims? = None, norm: str? = None) -> any': {
    en: 'Fourier transform along two axes.',
    zh: '二维傅里叶变换。',
    value: ({ input, s, dim }, call) => fourier(call, input, s, dim ?? [-2, -1], 'full'),
    eg: '(2, 6, 8) -> (2, 6, 8)',
  },
  'ifft2(input: Tensor, s: ints? = None, dim: dims? = None, norm: str? = None) -> any': {
    en: 'Inverse Fourier transform along two axes.',
    zh: '二维傅里叶逆变换。',
    value: ({ input, s, dim }, call) => fourier(call, input, s, dim ?? [-2, -1], 'full'),
    eg: '(2, 6, 8) -> (2, 6, 8)',
  },
  'rfft2(input: Tensor, s: ints? = None, dim: dims? = None, norm: str? = None) -> any': {
    en: 'Fourier transform of real images: half the spectrum.',
    zh: '实数图像的二维傅里叶变换，只保留一半频谱。',
    value: ({ input, s, dim }, call) => fourier(call, input, s, dim ?? [-2, -1], 'half'),
    eg: '(2, 6, 8) -> (2, 6, 5)',
  },
  'irfft2(input: Tensor, s: ints? = None, dim: dims? = None, norm: str? = None) -> any': {
    en: 'Back from half a spectrum to real images.',
    zh: '由一半频谱还原为实数图像。',
    value: ({ input, s, dim }, call) => fourier(call, input, s, dim ?? [-2, -1], 'back'),
    eg: '(2, 6, 5) -> (2, 6, 8)',
  },
  'fftn(input: Tensor, s: ints? = None, dim: dims? = None, norm: str? = None) -> any': {
    en: 'Fourier transform along axes.',
    zh: '沿多个轴做傅里叶变换。',
    value: ({ input, s, dim }, call) => fourier(call, input, s, dim, 'full'),
    eg: '(2, 6, 8) -> (2, 6, 8)',
  },
  'ifftn(input: Tensor, s: ints? = None, dim: dims? = None, norm: str? = None) -> any': {
    en: 'Inverse Fourier transform along axes.',
    zh: '沿多个轴做傅里叶逆变换。',
    value: ({ input, s, dim }, call) => fourier(call, input, s, dim, 'full'),
    eg: '(2, 6, 8) -> (2, 6, 8)',
  },
  'rfftn(input: Tensor, s: ints? = None, dim: dims? = None, norm: str? = None) -> any': {
    en: 'Fourier transform of real numbers along axes.',
    zh: '沿多个轴的实数傅里叶变换。',
    value: ({ input, s, dim }, call) => fourier(call, input, s, dim, 'half'),
    eg: '(2, 6, 8) -> (2, 6, 5)',
  },
  'irfftn(input: Tensor, s: ints? = None, dim: dims? = None, norm: str? = None) -> any': {
    en: 'Back from half a spectrum along axes.',
    zh: '沿多个轴由一半频谱还原。',
    value: ({ input, s, dim }, call) => fourier(call, input, s, dim, 'back'),
    eg: '(2, 6, 5) -> (2, 6, 8)',
  },
  'fftfreq(n: int, d: number = 1.0, *, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False) -> Tensor':
    {
      en: 'The frequencies of a transform.',
      zh: '变换对应的频率。',
      dtype: 'unknown',
      shape: ({ n }, call) => (typeof n === 'number' && n < 0 ? giveUp(call, 'a negative size') : shapeOf(n)),
      eg: '8 -> (8)',
    },
  'rfftfreq(n: int, d: number = 1.0, *, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False) -> Tensor':
    {
      en: 'The frequencies of a real transform.',
      zh: '实数变换对应的频率。',
      dtype: 'unknown',
      shape: ({ n }, call) =>
        typeof n === 'number' && n < 0 ? giveUp(call, 'a negative size') : shapeOf(add(floorBy(n, 2), 1)),
      eg: '8 -> (5)',
    },
});

const shifted = {
  dtype: 'same',
  check: ({ input, dim }: { readonly input: TensorArg; readonly dim: readonly number[] | null }, call: Call): void => {
    for (const axis of dim ?? []) needAxis(call, input.shape, axis);
  },
} as const;

/** Halves of a spectrum swapped. */
export const shifts = keepShape('torch.fft', {
  'fftshift(input: Tensor[*a], dim: dims? = None)': ['Moves frequency 0 to the middle.', '把零频移到中间。', shifted],
  'ifftshift(input: Tensor[*a], dim: dims? = None)': ['Inverse of fftshift.', 'fftshift 的逆操作。', shifted],
});

/** Short-time transforms as Python functions. */
export const shortTime = ops(
  'torch torch.Tensor',
  {
    "stft(input: Tensor, n_fft: int, hop_length: int? = None, win_length: int? = None, window: Tensor? = None, center: bool = True, pad_mode: any = 'reflect', normalized: bool = False, onesided: bool? = None, return_complex: bool? = None, align_to_window: bool? = None) -> any":
      {
        en: 'Spectrum of short windows of a signal.',
        zh: '短时傅里叶变换：信号逐窗的频谱。',
        value: ({ input, n_fft, hop_length, center, onesided, return_complex }, call) => {
          if (input.shape.rest || return_complex === null) return giveUp(call, 'the rank is not known');
          const length = input.shape.dims.at(-1) ?? 1;
          const hop = hop_length ?? floorBy(n_fft, 4);
          const span = center ? add(length, mul(2, floorBy(n_fft, 2))) : length;
          const frames: Dim = add(floorBy(sub(span, n_fft), hop), 1);
          const half = onesided ?? !input.dtype?.startsWith('complex');
          const bins = half ? add(floorBy(n_fft, 2), 1) : n_fft;
          const dims = [...input.shape.dims.slice(0, -1), bins, frames];
          return return_complex
            ? tensor(call.lib, { dims }, { dtype: 'complex64' })
            : tensor(call.lib, { dims: [...dims, 2] }, {});
        },
        eg: '(2, 100), 16, return_complex=True -> (2, 9, 26)',
      },
    'istft(input: Tensor, n_fft: int, hop_length: int? = None, win_length: int? = None, window: Tensor? = None, center: bool = True, normalized: bool = False, onesided: bool? = None, length: int? = None, return_complex: bool = False) -> any':
      {
        en: 'Signal back from the spectrum of short windows.',
        zh: '由短时频谱还原信号。',
        value: ({ input, length }, call) =>
          input.shape.rest
            ? giveUp(call, 'the rank is not known')
            : tensor(
                call.lib,
                { dims: [...input.shape.dims.slice(0, -2), length ?? fresh(call, 'length of the signal')] },
                {},
              ),
        eg: '(2, 9, 26), 16, length=100 -> (2, 100)',
      },
  },
  { python: true },
);
