import type { Numbers } from './operator';
import { filled, mapped, type Tensor } from './tensor';

/** The numbers of a batch normalisation: γ and β are 1 and 0 without `affine`. */
export interface NormNumbers {
  readonly gamma: Tensor;
  readonly beta: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
  readonly epsilon: number;
}

/** In eval mode: `s = γ/√(var + ε)`, `t = β − mean·s`. */
export const normScale = ({ gamma, beta, mean, variance, epsilon }: NormNumbers): Numbers => {
  const weight = mapped(gamma, (g, c) => g / Math.sqrt((variance.data[c] ?? 0) + epsilon));
  return {
    weight,
    bias: filled(weight.shape, (c) => (beta.data[c] ?? 0) - (mean.data[c] ?? 0) * (weight.data[c] ?? 0)),
  };
};
