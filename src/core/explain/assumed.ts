import { entryName, type Trace } from '../interp';
import type { Words } from '../ops';
import { join, plain, text, words } from './words';

/** What helpers of these names are taken for where their source is not at hand. */
const MEANINGS: Readonly<Record<string, Words>> = {
  ConvBNLayer: words('convolution + batch norm', '卷积 + 批归一化'),
  ConvBN: words('convolution + batch norm', '卷积 + 批归一化'),
  ConvBNAct: words('convolution + batch norm', '卷积 + 批归一化'),
  ConvBNReLU: words('convolution + batch norm + ReLU', '卷积 + 批归一化 + ReLU'),
  SeparableConvBNReLU: words('separable convolution + batch norm + ReLU', '深度可分离卷积 + 批归一化 + ReLU'),
  SyncBatchNorm: words('batch norm', '批归一化'),
  get_act_fn: words('the activation of that name', '按名取激活函数'),
  Activation: words('the activation of that name', '按名取激活函数'),
  DropPath: words('keeps the shape', '形状不变'),
  drop_path: words('keeps the shape', '形状不变'),
  rearrange: words('that of einops', 'einops 的同名函数'),
  repeat: words('that of einops', 'einops 的同名函数'),
  Identity: words('gives its input back', '原样返回'),
  to_2tuple: words('a pair', '变成一对'),
  TheseusLayer: words('a plain nn.Layer', '普通的 nn.Layer'),
};

interface Supposing {
  readonly trace: Pick<Trace, 'assumed' | 'kept'>;
  readonly supposed?: ReadonlySet<string>;
}

/** What the shapes of a run rest on: helpers that were found nowhere, ranks as usual; undefined where there is nothing. */
export const assumedWords = ({ trace, supposed }: Supposing): Words | undefined => {
  const names = [...trace.assumed];
  const helpers = names.filter((name) => !LIBRARIES.has(name));
  const lost = names.filter((name) => LIBRARIES.has(name));
  const parts = [
    ...(helpers.length > 0 ? [helperWords(helpers)] : []),
    ...(lost.length > 0 ? [lostWords(lost)] : []),
    ...(trace.kept.size > 0 ? [keptWords([...trace.kept])] : []),
    ...(supposed?.size ? [ranksWords([...supposed].map(entryName))] : []),
  ];
  return parts.length === 0 ? undefined : join(parts, '; ', '；');
};

/** Parameters that are taken to make layers that keep the shape. */
const keptWords = (names: readonly string[]): Words =>
  words(`assumed to keep the shape: ${names.join(', ')}`, `按惯例假定形状不变：${names.join('、')}`);

/** Inputs of whose rank something is supposed that such code usually means, and that it does not need. */
const ranksWords = (names: readonly string[]): Words =>
  words(`number of axes as usual in such code: ${names.join(', ')}`, `按惯例假定维数：${names.join('、')}`);

/** What stands for a library whose import the file has lost. */
const LIBRARIES = new Set(['torch', 'paddle', 'nn', 'F', 'optim', 'np', 'math', 'einops']);

const lostWords = (names: readonly string[]): Words =>
  words(
    `not imported here, taken for what they usually are: ${names.join(', ')}`,
    `文件中没有 import，按通常含义理解：${names.join('、')}`,
  );

const helperWords = (names: readonly string[]): Words => {
  const each = names.map((name) => {
    const meaning = MEANINGS[name];
    return meaning ? text`${name}${words(' (', '（')}${meaning}${words(')', '）')}` : plain(name);
  });
  return text`${words('not found here, assumed by convention: ', '未找到定义，按惯例假定：')}${join(each, ', ', '、')}`;
};
