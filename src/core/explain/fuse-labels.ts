import type { Language } from './words';

/** The labels of the preview of fused kernels in one language. */
export const kernelLabelsIn = (language: Language) => {
  const words = (en: string, zh: string): string => (language === 'en' ? en : zh);
  return {
    title: words('Fused kernels', '卷积核融合'),
    branches: words('As it is trained', '训练时的各层'),
    steps: words('Steps', '步骤'),
    result: words('As it is deployed', '部署时的层'),
    costs: words('Before and after', '折叠前后'),
    before: words('before', '折叠前'),
    after: words('after', '折叠后'),
    change: words('change', '变化'),
    kept: words('Not folded', '未折叠'),
    output: words('output channel', '输出通道'),
    input: words('input channel', '输入通道'),
    example: words('Largest difference of both ways on a random input', '随机输入下，折叠前后的最大差'),
    reset: words('Take back all changes', '撤销全部修改'),
    edit: words('Change this number', '修改此数'),
    source: words('Go to source', '转到源码'),
    noClass: words('There is no such class any more.', '这个类已不存在。'),
    choose: words('Layers', '层'),
    colon: words(': ', '：'),
    remedy: words('Remedy', '解决办法'),
    holds: words('holds', '成立'),
    violated: words('violated', '不成立'),
    depends: words('depends', '视情况而定'),
    when: words('when', '当'),
    wrong: words('Where one layer would be wrong', '换成单层后结果不同的位置'),
    conditions: words('Conditions', '条件'),
    likewise: words('In the example the channels are fewer, in the same proportions.', '示例中通道数按比例减少。'),
    diagram: words('Layer diagram', '层级结构图'),
    copy: words('Copy the code that folds: a method fuse()', '复制折叠代码：方法 fuse()'),
    written: words('Your own folding code', '类中已有的折叠代码'),
    known: words('Kernels that the code says', '代码给定的卷积核'),
    agrees: words('agrees', '一致'),
    differs: words('differs', '不一致'),
    unknown: words('not followed', '未跟踪'),
  };
};

/** All labels of the preview. */
export type KernelLabels = Readonly<ReturnType<typeof kernelLabelsIn>>;
