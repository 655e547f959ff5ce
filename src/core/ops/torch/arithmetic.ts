import { ops } from '../rows';
import { elementwise } from '../rules/elementwise';
import { matmul } from '../rules/matmul';

export const arithmetic = ops('torch torch.Tensor', {
  'add(input: operand, other: operand, *, alpha: number = 1) -> any': {
    en: 'Adds element by element.',
    zh: '逐元素相加。',
    value: ({ input, other }, call) => elementwise(call, [input, other]),
    inplace: true,
    eg: '(2, 3), (3) -> (2, 3)',
  },
  'matmul(input: Tensor, other: Tensor) -> Tensor': {
    en: 'Matrix product over the last two axes, leading axes broadcast.',
    zh: '最后两维做矩阵乘法，前面的维广播。',
    shape: ({ input, other }, call) => matmul(call, input, other),
    layout: 'unknown',
    aliases: ['torch.Tensor.__matmul__'],
    eg: ['(2, 3, 4), (2, 4, 5) -> (2, 3, 5)', '(3, 4), (5, 6) -> !matmul-mismatch'],
  },
});
