import { layers, ops } from '../rows';

export const activationFunctions = ops(
  'torch.nn.functional',
  {
    'relu(input: Tensor[*a], inplace: bool = False) -> Tensor[*a]': {
      en: 'Keeps positive values and zeroes the rest.',
      zh: '正数不变，负数置零。',
      formula: 'y = max(0, x)',
      inplace: true,
      eg: '(2, 3) -> (2, 3)',
    },
    'dropout(input: Tensor[*a], p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor[*a]': {
      en: 'Zeroes values at random while training and scales the others up.',
      zh: '训练时随机置零，其余按比例放大。',
      eg: '(2, 3) -> (2, 3)',
    },
    '_identity(input: any) -> any': {
      en: 'Gives its input back.',
      zh: '原样返回输入。',
      value: ({ input }) => input,
      eg: '(2, 3) -> (2, 3)',
    },
  },
  { python: true },
);

export const activationLayers = layers('torch.nn torch.nn.modules torch.nn.modules.activation', {
  'ReLU(inplace: bool = False)': {
    en: 'Keeps positive values and zeroes the rest.',
    zh: '正数不变，负数置零。',
    call: 'relu(input)',
    eg: 'ReLU(): (2, 3) -> (2, 3)',
  },
  'Dropout(p: float = 0.5, inplace: bool = False)': {
    en: 'Zeroes values at random while training.',
    zh: '训练时随机把一部分值置零。',
    call: 'dropout(input, p)',
    eg: 'Dropout(0.1): (2, 3) -> (2, 3)',
  },
});
