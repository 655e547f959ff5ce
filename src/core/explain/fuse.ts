import type { Condition } from '../dims';
import type { Check, CheckCode, Operator, RuleId } from '../fuse';
import type { Words } from '../ops';
import type { Reader } from './reader';
import { text, words } from './words';

/** What each rule does, as a heading. */
export const ruleWords: Readonly<Record<RuleId, Words>> = {
  F1: words('fold the normalisation into the convolution', '把批归一化折叠进卷积'),
  F2: words('fold the normalisation into the linear layer', '把批归一化折叠进全连接层'),
  F3: words('fold the normalisation into the linear layer behind it', '把批归一化折叠进其后的全连接层'),
  F4: words('fold the normalisation into the convolution behind it', '把批归一化折叠进其后的卷积'),
  F5: words('fold the normalisation into the transposed convolution', '把批归一化折叠进转置卷积'),
  F6: words('fold into the transposed convolution behind it', '折叠进其后的转置卷积'),
  F7: words('add the kernels of the branches', '把各支路的卷积核相加'),
  F8: words('place the 1×1 kernel in the middle of the larger one', '把 1×1 卷积核放到大卷积核的中心'),
  F8g: words('place the kernel inside the larger window', '把卷积核嵌入更大的窗口'),
  F9: words(
    'write the identity branch as a kernel with a 1 for its own channel',
    '把恒等支路写成卷积核：本通道为 1，其余为 0',
  ),
  F10: words('write the scale and shift of each channel as a 1×1 kernel', '把逐通道的缩放和平移写成 1×1 卷积核'),
  F11: words('place the row or column inside the square kernel', '把行卷积核或列卷积核嵌入方形卷积核'),
  F12: words('multiply the 1×1 kernel into the convolution behind it', '把 1×1 卷积合并进其后的卷积'),
  F13: words('multiply the layer behind into the layer before it', '把后一层合并进前一层'),
  F14: words('compose two convolutions into a larger one', '把两个卷积合成一个更大的卷积'),
  F15: words('write the average pooling as a convolution of each channel', '把平均池化写成逐通道卷积'),
  F16: words('turn the border into zero padding of the 1×1 convolution', '把填充的边框改为 1×1 卷积自身的零填充'),
  F18: words('take the factor of each channel into the weight', '把逐通道的系数并入权重'),
  F19: words('take the constant before the layer into its bias', '把层前所加的常数并入偏置'),
  F23: words('write the groups as blocks of a kernel with fewer groups', '把分组卷积核按块写进分组更少的卷积核'),
  F24: words('combine transposed convolutions', '合并转置卷积'),
};

/** What a rule does where its result is no convolution. */
export const stepWords = (rule: RuleId, result: Operator): Words => {
  if (result.op === 'diagonal' && rule === 'F18')
    return words('join two scales and shifts of each channel', '把两次逐通道的缩放和平移合为一次');
  if (result.op === 'linear' && rule === 'F9')
    return words('write the identity branch as a weight with ones on its diagonal', '把恒等支路写成对角线为 1 的权重');
  if (result.op === 'linear' && rule === 'F10')
    return words('write the scale and shift of each feature as a diagonal weight', '把逐特征的缩放和平移写成对角权重');
  return ruleWords[rule];
};

/** What a rule needs, what it means when that is violated, and what helps. */
interface Need {
  readonly claim: Words;
  /** What it depends on, where that is no condition on sizes. */
  readonly depends?: Words;
  readonly violated?: Words;
  readonly remedy?: Words;
}

const NEEDS: Readonly<Record<CheckCode, Need>> = {
  eval: {
    claim: words('eval mode: the running statistics are fixed numbers', '评估模式：滑动均值和滑动方差是固定的数'),
    depends: words(
      'in eval mode only: while training, the statistics of each batch are used',
      '仅在评估模式下成立：训练时使用当前批次的统计量',
    ),
  },
  tracked: {
    claim: words('the normalisation keeps running statistics', '批归一化保存了滑动统计量'),
    violated: words(
      'the normalisation keeps no running statistics: it uses those of the batch, in eval mode too',
      '批归一化没有滑动统计量：评估模式下也用当前批次的统计量',
    ),
  },
  'norm-channels': {
    claim: words('as many channels as the layer beside it', '通道数与相邻的层一致'),
    violated: words('the numbers of channels differ', '通道数不一致'),
  },
  'norm-axis': {
    claim: words('it acts on the axis that the layer puts out', '作用在该层输出的通道维（特征维）上'),
    violated: words(
      'they act on different axes: the one on axis 1, the other on the last axis',
      '两者作用的维不同：一个是第 1 维，另一个是最后一维',
    ),
    depends: words(
      'only if the input has two axes, N and C: with three, axis 1 is not that of the features',
      '仅当输入为两维（N、C）时成立：三维时第 1 维不是特征维',
    ),
    remedy: words(
      'only in another model: flatten the leading axes before it, and train anew',
      '只能修改模型：在归一化之前展平前面的各维，并重新训练',
    ),
  },
  'constant-at-border': {
    claim: words('no added constant meets zero padding', '所加的常数不会碰到零填充'),
    violated: words(
      'a constant is added before zero padding: it is missing in the padded zeros, the border differs',
      '常数加在零填充之前：填充的零里没有它，边缘处结果不同',
    ),
    remedy: words('pad the raw input with −t/s and convolve with padding 0', '改用 −t/s 填充原输入，卷积的填充取 0'),
  },
  'constant-spread': {
    claim: words('every output gets the same share of an added constant', '所加的常数对每个输出的贡献相同'),
    violated: words(
      'outputs of the transposed convolution get different numbers of taps: a constant before it is no constant behind it',
      '转置卷积的各个输出覆盖的核元素不同：之前的常数到之后不再是常数',
    ),
  },
  'second-padding': {
    claim: words('the second layer reads nothing beyond the edge of the first one', '后一层不读取前一层边缘以外的值'),
    violated: words(
      'the second layer pads the result of the first one: one convolution would read something else there',
      '后一层对前一层的结果做了填充：单个卷积在那里读到的值不同',
    ),
    remedy: words(
      'only in another model: pad once, before the first layer, and train anew',
      '只能修改模型：只在第一层之前填充一次，并重新训练',
    ),
  },
  'pointwise-bias-padding': {
    claim: words('no constant of the 1×1 layer meets zero padding', '1×1 层的常数不会碰到零填充'),
    violated: words(
      'the bias of the 1×1 layer is missing in the zeros that the second layer pads: the border differs',
      '后一层填充的零里没有 1×1 层的偏置：边缘处结果不同',
    ),
    remedy: words(
      'as DBB is trained: pad the tensor between them with that bias',
      '像 DBB 那样训练：用这个偏置去填充两层之间的张量',
    ),
  },
  'border-pointwise': {
    claim: words('the layer before the border is a 1×1 convolution without padding', '边框之前是不带填充的 1×1 卷积'),
    violated: words(
      'the layer before the border is no 1×1 convolution without padding: beyond its edge it would give something else',
      '边框之前不是无填充的 1×1 卷积：它在边缘以外会得到别的值',
    ),
  },
  'border-value': {
    claim: words('the border holds what the layers before it make of zeros', '边框的值正是前面各层对 0 的输出'),
    violated: words(
      'the border holds other numbers than the layers before it make of zeros',
      '边框的值不等于前面各层对 0 的输出',
    ),
    remedy: words(
      'train with a border of (bias − μ)·s + β, with the bias of the 1×1 convolution where it has one',
      '训练时边框取 (bias − μ)·s + β，其中 bias 为 1×1 卷积自身的偏置（若有）',
    ),
  },
  'one-stride': {
    claim: words('the branches have one stride', '各支路步长相同'),
    violated: words('the strides of the branches differ', '各支路步长不同'),
  },
  'one-size': {
    claim: words('the branches give maps of one size', '各支路输出的高宽相同'),
    violated: words(
      'the branches give maps of different sizes: padding and kernel do not match',
      '各支路输出的高宽不同：填充与卷积核大小不匹配',
    ),
  },
  aligned: {
    claim: words('the taps of the branch fall on those of the larger window', '支路的核元素落在大窗口的格点上'),
    violated: words(
      'the taps of the branch fall beside those of the larger window',
      '支路的核元素落不到大窗口的格点上',
    ),
  },
  'one-mode': {
    claim: words('the branches pad in one way', '各支路的填充方式相同'),
    violated: words('the branches pad in different ways', '各支路的填充方式不同'),
  },
  'one-output': {
    claim: words('the branches have one number of output channels', '各支路的输出通道数相同'),
    violated: words('the numbers of output channels differ', '输出通道数不同'),
  },
  'identity-stride': {
    claim: words('stride 1: each output stands where its input stands', '步长为 1：输出与输入逐点对应'),
    violated: words('the other branch has a stride, the identity has none', '另一支路有步长，恒等支路没有'),
  },
  'identity-channels': {
    claim: words('as many channels come out as go in', '输出通道数等于输入通道数'),
    violated: words('the numbers of input and output channels differ', '输入与输出通道数不同'),
  },
  'counts-padding': {
    claim: words('every window is divided by the same number', '每个窗口的除数相同'),
    violated: words(
      'padded zeros are not counted (count_include_pad=False, in Paddle exclusive=True): windows at the border are divided by less',
      '填充的零不计入（count_include_pad=False，Paddle 为 exclusive=True）：边缘窗口的除数更小',
    ),
  },
  'no-ceil': {
    claim: words('no window hangs over the edge', '没有窗口伸出边缘'),
    violated: words('with ceil_mode a last window may hang over the edge', '在 ceil_mode 下最后一个窗口可能伸出边缘'),
  },
  crop: {
    claim: words('one transposed convolution can crop so', '单个转置卷积能这样裁剪'),
    violated: words('no output_padding gives this size', '没有合适的 output_padding 能得到这个大小'),
  },
  'one-consumer': {
    claim: words('nothing else reads the output of the layer', '没有别处读取该层的输出'),
    violated: words('the output of the layer is read elsewhere too', '该层的输出另有他用'),
  },
  'one-call': {
    claim: words('the layer is called once', '该层只调用一次'),
    violated: words(
      'the layer is called several times, not always between the same layers',
      '该层被多次调用，且前后的层不同',
    ),
    remedy: words('copy the layer, so that each call has one of its own', '复制该层，让每次调用各用一份'),
  },
  'linear-between': {
    claim: words('nothing but affine maps stands between them', '两者之间只有仿射运算'),
    violated: words('an activation stands between them: it is not linear', '两者之间有激活函数：它不是线性的'),
    remedy: words(
      'only in another model: the activation behind, and trained anew',
      '只能修改模型：把激活函数移到其后，并重新训练',
    ),
  },
  'fixed-statistics': {
    claim: words('the normalisation uses fixed numbers in eval mode', '评估模式下归一化使用固定的数'),
    violated: words(
      'this normalisation uses the statistics of its own input in eval mode too: it never folds',
      '这种归一化在评估模式下也用输入自身的统计量：不可折叠',
    ),
  },
  cheaper: {
    claim: words('one layer takes no more work than two', '合成后的计算量不增加'),
    violated: words(
      'it would be correct, but one layer takes more work than the two',
      '合并是正确的，但一层的计算量大于两层',
    ),
  },
  'cheaper-by-size': {
    claim: words('one layer takes no more work than two', '合成后的计算量不增加'),
    violated: words(
      'it would be correct, but whether it saves work depends on the sizes',
      '合并是正确的，但能否减少计算量取决于各层的尺寸',
    ),
  },
};

/** A check as a sentence: what holds, what is violated, or what it depends on. */
export const checkWords = (r: Reader, { code, verdict, conditions }: Check): Words => {
  const need = NEEDS[code];
  const shown = conditionsText(r, conditions);
  switch (verdict) {
    case 'holds':
      return need.claim;
    case 'violated':
      return shown === ''
        ? (need.violated ?? need.claim)
        : text`${need.violated ?? need.claim}${bracketed(words(`not ${shown}`, `${shown} 不成立`))}`;
    case 'depends':
      return shown === ''
        ? (need.depends ?? text`${need.claim}${UNKNOWN_SIZES}`)
        : text`${need.claim}${bracketed(words(`when ${shown}`, `当 ${shown}`))}`;
  }
};

const UNKNOWN_SIZES = words(' (it depends on sizes that are not known here)', '（取决于此处未知的尺寸）');

/** What can be done about a violated check. */
export const remedyWords = ({ code, verdict }: Check): Words | undefined =>
  verdict === 'violated' ? NEEDS[code].remedy : undefined;

const bracketed = (inside: Words): Words => ({ en: ` (${inside.en})`, zh: `（${inside.zh}）` });

/** Conditions on sizes that have names; that 1 is not 0 tells nobody anything. */
const conditionsText = (r: Reader, conditions: readonly Condition[]): string =>
  [...new Set(conditions.filter((c) => isNamed(r, c)).map((c) => r.condition(c)))].join(', ');

const isNamed = (r: Reader, c: Condition): boolean => {
  const sizes = 'divisor' in c ? [c.divisor, c.dividend] : [c.left, c.right];
  return sizes.some((d) => typeof d !== 'number') && sizes.every((d) => r.bare(d) !== '?');
};

/** What the plan of a class says as a whole, and its parts. */
export const fuseWords = {
  none: words('nothing folds', '没有可折叠的层'),
  noneKnown: words('nothing folds of what is known: some calls are not', '已知的层中没有可折叠的；部分调用未知'),
  folds: (layers: number, total: number): Words =>
    words(`${layers} of ${total} layers fold${layers === 1 ? 's' : ''} away`, `${total} 层中可折叠掉 ${layers} 层`),
  one: (kernel: string): Words => words(`folds into one ${kernel} kernel`, `可融合为一个 ${kernel} 卷积核`),
  away: (layers: number): Words =>
    words(layers === 1 ? '1 layer folds away' : `${layers} layers fold away`, `可折叠掉 ${layers} 层`),
  parameters: (change: string): Words => words(`${change} parameters`, `参数量 ${change}`),
  traffic: (change: string): Words => words(`${change} memory traffic`, `访存量 ${change}`),
  trafficAt: (change: string, size: string): Words =>
    words(`${change} memory traffic at ${size}`, `输入为 ${size} 时访存量 ${change}`),
  layersLabel: words('Layers', '层数'),
  trafficLabel: words('Memory traffic', '访存量'),
  when: (condition: string): Words => words(`when ${condition}`, `当 ${condition}`),
  result: words('Result', '结果'),
  branches: words('Layers', '各层'),
  steps: words('Steps', '步骤'),
  costs: words('Before and after', '折叠前后'),
  likewise: words('Likewise', '同理'),
  kept: words('Not folded', '未折叠'),
  refused: (rule: string, what: readonly string[]): Words =>
    words(`${rule} does not apply to ${what.join(', ')}`, `${rule} 不适用于 ${what.join('、')}`),
  example: (difference: string): Words =>
    words(
      `both ways differ by at most ${difference} on a random input`,
      `随机输入下，折叠前后的最大差为 ${difference}`,
    ),
  preview: words('Open the fused kernels', '查看卷积核融合'),
  foldsBy: (rule: string): Words => words(`Possible in eval mode (${rule}): `, `评估模式下可以（${rule}）：`),
  copy: (name: string, norm: string, layer: string): Words =>
    words(
      `Insert ${name}(): an eval-only copy with ${norm} folded into ${layer}`,
      `插入 ${name}()：返回仅用于评估的副本，其中 ${norm} 已折叠进 ${layer}`,
    ),
  insert: (name: string): Words => words(`Insert ${name}() that folds the layers`, `插入折叠各层的方法 ${name}()`),
  others: (names: string): Words => ({ en: ` (${names})`, zh: `（${names}）` }),
};

/** What an operator is, in a few words: `3×3 convolution, 64→128, stride 2, padding 1, with bias`. */
export const settingWords = {
  convolution: (kernel: string): Words => words(`${kernel} convolution`, `${kernel} 卷积`),
  transposed: (kernel: string): Words => words(`${kernel} transposed convolution`, `${kernel} 转置卷积`),
  linear: words('linear layer', '全连接层'),
  average: (kernel: string): Words => words(`${kernel} average pooling`, `${kernel} 平均池化`),
  border: words('border with one value per channel', '逐通道取值的边框'),
  diagonal: {
    identity: words('identity', '恒等'),
    norm: words('batch normalisation', '批归一化'),
    scale: words('factor', '系数'),
    add: words('constant', '常数'),
    folded: words('scale and shift of each channel', '逐通道的缩放和平移'),
  },
  negative: words('factor −1', '系数 −1'),
  stride: (s: string): Words => words(`stride ${s}`, `步长 ${s}`),
  padding: (p: string): Words => words(`padding ${p}`, `填充 ${p}`),
  dilation: (d: string): Words => words(`dilation ${d}`, `膨胀率 ${d}`),
  groups: (g: string): Words => words(`groups ${g}`, `分组数 ${g}`),
  mode: (m: string): Words => words(`${m} padding`, `填充方式 ${m}`),
  bias: words('with bias', '带偏置'),
};
