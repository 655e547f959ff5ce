import type { Words } from '../../ops';
import type { Call } from '../../syntax';
import { words } from '../words';
import { codeText, entryOf } from './code';
import type { Scope } from './scope';

/** How `torch.nn.init` fills a tensor; `#` is the tensor, `$` the second argument. */
const INITIALISERS: Readonly<Record<string, Words>> = {
  kaiming_normal_: words(
    'fills # from a normal distribution scaled for ReLU (Kaiming)',
    '# 以 Kaiming 正态分布初始化（按 ReLU 类激活缩放）',
  ),
  kaiming_uniform_: words(
    'fills # from a uniform distribution scaled for ReLU (Kaiming)',
    '# 以 Kaiming 均匀分布初始化（按 ReLU 类激活缩放）',
  ),
  xavier_normal_: words(
    'fills # from a normal distribution that keeps the variance (Xavier)',
    '# 以 Xavier 正态分布初始化（前后方差一致）',
  ),
  xavier_uniform_: words(
    'fills # from a uniform distribution that keeps the variance (Xavier)',
    '# 以 Xavier 均匀分布初始化（前后方差一致）',
  ),
  trunc_normal_: words('fills # from a truncated normal distribution', '# 以截断正态分布初始化'),
  normal_: words('fills # from a normal distribution', '# 以正态分布初始化'),
  uniform_: words('fills # from a uniform distribution', '# 以均匀分布初始化'),
  orthogonal_: words('fills # with an orthogonal matrix', '# 初始化为正交矩阵'),
  constant_: words('sets every element of # to $', '# 的元素全部置为 $'),
  fill_: words('sets every element of # to $', '# 的元素全部置为 $'),
  zeros_: words('sets # to zero', '# 全部置 0'),
  zero_: words('sets # to zero', '# 全部置 0'),
  ones_: words('sets # to one', '# 全部置 1'),
  eye_: words('sets # to the identity matrix', '# 置为单位矩阵'),
  dirac_: words('sets # so that a convolution passes its input on', '# 置为恒等卷积核'),
};

/** `nn.init.zeros_(self.fc.bias)`, `self.weight.data.fill_(1)`: how a tensor starts. */
export const initialisation = (s: Scope, { func, args }: Call, name: string): Words | undefined => {
  const said = entryOf(INITIALISERS, name);
  if (!said || func.kind !== 'Attribute')
    return said && func.kind === 'Name'
      ? filled(
          s,
          said,
          args.map((a) => a.value),
        )
      : undefined;
  const values = args.map((arg) => arg.value);
  const isMethod = !/(^|\.)init$/.test(codeText(s, func.value) ?? '');
  return filled(s, said, isMethod ? [func.value, ...values] : values);
};

const filled = (
  s: Scope,
  said: Words,
  [tensor, value]: readonly Parameters<typeof codeText>[1][],
): Words | undefined => {
  const name = tensor && codeText(s, tensor, 40)?.replace(/\.data$/, '');
  const filler = value && codeText(s, value, 24);
  if (name === undefined || (said.en.includes('$') && filler === undefined)) return undefined;
  const put = (text: string): string => text.replace('#', name).replace('$', filler ?? '');
  return words(put(said.en), put(said.zh));
};
