import { keepLike } from './twin';

const float = { needs: 'float', dtype: 'same' } as const;

/** Activations of one number each. */
export const activations = keepLike('paddle.nn.functional paddle.nn.functional.activation', 'torch.nn.functional', {
  'relu(x: Tensor[*a], name: any = None)': { ...float, inplace: true },
  'relu6(x: Tensor[*a], name: any = None)': float,
  'elu(x: Tensor[*a], alpha: float = 1.0, name: any = None)': { ...float, inplace: true },
  'celu(x: Tensor[*a], alpha: float = 1.0, name: any = None)': float,
  'leaky_relu(x: Tensor[*a], negative_slope: float = 0.01, name: any = None)': { ...float, inplace: true },
  'silu(x/input: Tensor[*a], inplace: bool = False, name: any = None)': float,
  'swish(x: Tensor[*a], name: any = None)': { ...float, as: 'silu' },
  'mish(x: Tensor[*a], name: any = None)': float,
  'hardswish(x: Tensor[*a], name: any = None)': float,
  'sigmoid(x/input: Tensor[*a], name: any = None, *, out: any = None)': { dtype: 'float' },
  'tanh(x/input: Tensor[*a], name: any = None, *, out: any = None)': { dtype: 'float', inplace: true },
  'softsign(x: Tensor[*a], name: any = None)': float,
  'tanhshrink(x: Tensor[*a], name: any = None)': float,
});
