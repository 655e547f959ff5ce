import { shifts as torchShifts, transforms as torchTransforms } from '../torch/fft';
import { borrow } from './borrow';

const along = { input: 'x', dim: 'axis' };
const over = { input: 'x', dim: 'axes' };

/** Fourier transforms along one axis. */
export const transforms = borrow(
  'paddle.fft',
  torchTransforms,
  'fft ifft rfft irfft hfft ihfft fftfreq rfftfreq',
  along,
);

/** Fourier transforms along several axes. */
export const planeTransforms = borrow(
  'paddle.fft',
  torchTransforms,
  'fft2 ifft2 rfft2 irfft2 fftn ifftn rfftn irfftn',
  over,
);

/** Halves of a spectrum swapped. */
export const shifts = borrow('paddle.fft', torchShifts, 'fftshift ifftshift', over);
