import { describeParams, type Family, type ParamPage, type Words } from '../ops';
import type { ObjectValue } from '../values';
import { present } from './reader';
import { words } from './words';

/** The tensors that a layer of a library owns, with how each is filled and what its axes mean. */
export interface OwnTensor extends ParamPage {
  readonly title: Words;
  readonly axes?: Words;
}

export const ownTensors = (layer: ObjectValue, family: Family): readonly OwnTensor[] => {
  const [row] = family.rows;
  if (!row) return [];
  const params = [...layer.attrs].flatMap(([name, held]) => {
    const value = present(held);
    if (value.kind !== 'tensor' || !value.parameter || value.dtype === undefined) return [];
    return [{ name, shape: value.shape, dtype: value.dtype, trained: value.parameter.trained }];
  });
  const pages = describeParams({ family, row, fields: new Map(), params, requires: [] });
  return pages.map((page) => {
    const axes = axesOf(family, page.name);
    return {
      ...page,
      title: TITLES[page.name.replace(/^_/, '')] ?? words(page.name, page.name),
      ...(axes && { axes }),
    };
  });
};

const TITLES: Readonly<Record<string, Words>> = {
  weight: words('weight', '权重'),
  bias: words('bias', '偏置'),
  running_mean: words('running mean', '滑动均值'),
  running_var: words('running variance', '滑动方差'),
  mean: words('running mean', '滑动均值'),
  variance: words('running variance', '滑动方差'),
  num_batches_tracked: words('batches seen', '已统计的批次数'),
};

/** What the axes of a weight are, in their order. */
const axesOf = ({ path, lib }: Family, name: string): Words | undefined => {
  const type = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const transposed = /^conv\dd(transpose)|^convtranspose\dd/.test(type);
  if (name === 'bias' && /^conv/.test(type)) return words('one number per output channel', '每个输出通道一个数');
  if (name !== 'weight') return undefined;
  if (transposed)
    return words(
      'input channels first, then output channels per group, then the kernel: the reverse of a convolution',
      '先输入通道，再每组输出通道，后为核大小：与卷积相反',
    );
  if (/^conv\dd$/.test(type))
    return words(
      'number of kernels, channels that each one sees (in/groups), kernel size',
      '卷积核个数，每个核看到的通道数（输入通道数 ÷ 分组数），核大小',
    );
  if (type === 'linear')
    return lib === 'torch'
      ? words('outputs first, then inputs', '先输出，后输入')
      : words('inputs first, then outputs', '先输入，后输出');
  if (type === 'embedding') return words('one row per id', '每个编号一行');
  return undefined;
};
