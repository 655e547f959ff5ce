import type { Arg, TensorArg } from '../arg';
import { type Call, tensor } from '../call';
import { layers, ops } from '../rows';
import { elementwise } from '../rules/elementwise';
import { cat } from '../rules/join';
import { matmul } from '../rules/matmul';

const withOther = (en: string, zh: string) => ({
  en,
  zh,
  value: ({ x, y }: { readonly x: TensorArg; readonly y: Arg }, call: Call): Arg | undefined =>
    elementwise(call, [x, y]),
  eg: 'None, (2, 3), (2, 3) -> (2, 3)',
});

/** Arithmetic as a module, so that quantisation can observe what passes: the results are those of plain operators. */
export const observedArithmetic = ops(
  'torch.nn.quantized.FloatFunctional torch.ao.nn.quantized.FloatFunctional',
  {
    'add(self: any, x: Tensor, y: Tensor) -> any': withOther('Adds element by element.', '逐元素相加。'),
    'add_scalar(self: any, x: Tensor, y: number) -> any': {
      ...withOther('Adds a number.', '加上一个数。'),
      eg: 'None, (2, 3), 2 -> (2, 3)',
    },
    'mul(self: any, x: Tensor, y: Tensor) -> any': withOther('Multiplies element by element.', '逐元素相乘。'),
    'mul_scalar(self: any, x: Tensor, y: number) -> any': {
      ...withOther('Multiplies by a number.', '乘以一个数。'),
      eg: 'None, (2, 3), 2 -> (2, 3)',
    },
    'add_relu(self: any, x: Tensor, y: Tensor) -> any': withOther(
      'Adds element by element and zeroes what is negative.',
      '逐元素相加，再做 ReLU。',
    ),
    'cat(self: any, x: Tensors, dim: dim = 0) -> Tensor': {
      en: 'Joins tensors along an axis.',
      zh: '沿某轴拼接张量。',
      shape: ({ x, dim }, call) => cat(call, x, dim),
      eg: 'None, [(2, 3), (4, 3)] -> (6, 3)',
    },
    'matmul(self: any, x: Tensor, y: Tensor) -> any': {
      en: 'Matrix product.',
      zh: '矩阵乘法。',
      value: ({ x, y }, call) => {
        const shape = matmul(call, x, y);
        return shape && tensor(call.lib, shape, x.dtype && x.dtype === y.dtype ? { dtype: x.dtype } : {});
      },
      eg: 'None, (2, 3), (3, 4) -> (2, 4)',
    },
  },
  { python: true },
);

/** Marks where quantisation begins and ends; before a model is converted they let everything through. */
export const quantStubs = layers('torch.ao.quantization torch.quantization', {
  'QuantStub(qconfig: any = None)': {
    en: 'Marks where quantisation begins; gives its input back until the model is converted.',
    zh: '标记量化的起点；模型转换之前原样返回输入。',
    call: '_identity(input)',
    eg: 'QuantStub(): (2, 3) -> (2, 3)',
  },
  'DeQuantStub(qconfig: any = None)': {
    en: 'Marks where quantisation ends; gives its input back until the model is converted.',
    zh: '标记量化的终点；模型转换之前原样返回输入。',
    call: '_identity(input)',
    eg: 'DeQuantStub(): (2, 3) -> (2, 3)',
  },
});
