import type { Words } from '../../ops';
import type { Call, Expr } from '../../syntax';
import { formulaOf } from '../formula';
import { words } from '../words';
import { codeText, entryOf } from './code';
import type { Scope } from './scope';

/** How `torch.nn.init` fills a tensor; `#` is the tensor, `$` the second argument, `~` what is told of the scale. */
const INITIALISERS: Readonly<Record<string, Words>> = {
  kaiming_normal_: words('fills # from a Kaiming normal distribution~', '# 以 Kaiming 正态分布初始化~'),
  kaiming_uniform_: words('fills # from a Kaiming uniform distribution~', '# 以 Kaiming 均匀分布初始化~'),
  xavier_normal_: words(
    'fills # from a normal distribution that keeps the variance (Xavier)',
    '# 以 Xavier 正态分布初始化（前后方差一致）',
  ),
  xavier_uniform_: words(
    'fills # from a uniform distribution that keeps the variance (Xavier)',
    '# 以 Xavier 均匀分布初始化（前后方差一致）',
  ),
  glorot_normal_: words(
    'fills # from a normal distribution that keeps the variance (Xavier)',
    '# 以 Xavier 正态分布初始化（前后方差一致）',
  ),
  glorot_uniform_: words(
    'fills # from a uniform distribution that keeps the variance (Xavier)',
    '# 以 Xavier 均匀分布初始化（前后方差一致）',
  ),
  trunc_normal_: words('fills # from a truncated normal distribution~', '# 以截断正态分布初始化~'),
  normal_: words('fills # from a normal distribution~', '# 以正态分布初始化~'),
  uniform_: words('fills # from a uniform distribution~', '# 以均匀分布初始化~'),
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
  if (!said) return undefined;
  const values = changedAndGiven(s, func, args);
  const scale = name.startsWith('kaiming') ? gainOf(s, values, args) : spreadOf(s, values, args, name);
  return filled(s, said, values, scale);
};

/** What a call changes in place, and what it is given: `initializer.zeros_(bias)` is a function of a module, `bias.zero_()` a method. */
export const changedAndGiven = (s: Scope, func: Call['func'], args: Call['args']): readonly Expr[] => {
  const given = args.filter((arg) => arg.name === undefined).map((arg) => arg.value);
  const isMethod = func.kind === 'Attribute' && !isModuleOfFunctions(s, func.value);
  return isMethod ? [func.value, ...given] : given;
};

const isModuleOfFunctions = (s: Scope, owner: Expr): boolean =>
  /(^|[._])init(ializers?)?$/.test(codeText(s, owner) ?? '') ||
  s.r.values(owner).some(({ kind }) => kind === 'module' || kind === 'namespace');

type Given = Parameters<typeof codeText>[1] | undefined;

const textAt = (s: Scope, values: readonly Given[], args: Call['args'], place: number, name: string) => {
  const given = args.find((arg) => arg.name === name)?.value ?? values[place];
  return given && codeText(s, given, 32);
};

/** Kaiming's distributions are scaled for what stands behind the layer: ReLU, unless the call says otherwise. */
const gainOf = (s: Scope, values: readonly Given[], args: Call['args']): Words => {
  const slope = textAt(s, values, args, 1, 'a') ?? '0';
  const behind = textAt(s, values, args, 3, 'nonlinearity')?.replace(/['"]/g, '') ?? 'leaky_relu';
  if (behind === 'relu' || (behind === 'leaky_relu' && /^0(\.0*)?$/.test(slope)))
    return words(', scaled for ReLU', '（按 ReLU 缩放）');
  return behind === 'leaky_relu'
    ? words(`, scaled for a leaky ReLU of slope ${slope}`, `（按负斜率为 ${slope} 的 Leaky ReLU 缩放）`)
    : words(`, scaled for ${behind}`, `（按 ${behind} 缩放）`);
};

/** Where the values of a distribution lie: between two bounds, or around a mean. */
const spreadOf = (s: Scope, values: readonly Given[], args: Call['args'], name: string): Words => {
  if (name === 'uniform_') {
    const [low, high] = [textAt(s, values, args, 1, 'a') ?? '0', textAt(s, values, args, 2, 'b') ?? '1'];
    return words(` between ${low} and ${high}`, `（在 ${low} 与 ${high} 之间）`);
  }
  const [mean, deviation] = [textAt(s, values, args, 1, 'mean') ?? '0', textAt(s, values, args, 2, 'std') ?? '1'];
  const isCentred = /^0(\.0*)?$/.test(mean);
  return isCentred
    ? words(` of standard deviation ${deviation}`, `（标准差 ${deviation}）`)
    : words(` of mean ${mean} and standard deviation ${deviation}`, `（均值 ${mean}，标准差 ${deviation}）`);
};

const filled = (s: Scope, said: Words, [tensor, value]: readonly Expr[], scale: Words): Words | undefined => {
  const name = tensor && codeText(s, tensor, 40)?.replace(/\.data$/, '');
  const filler = value && (formulaOf(value) ?? codeText(s, value, 24));
  if (name === undefined || (said.en.includes('$') && filler === undefined)) return undefined;
  const put = (text: string, told: string): string =>
    text
      .replace('#', () => name)
      .replace('$', () => filler ?? '')
      .replace('~', () => told);
  return words(put(said.en, scale.en), put(said.zh, scale.zh));
};
