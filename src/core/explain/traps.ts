import type { Words } from '../ops';
import type { Related, Trap, TrapCode, TrapData } from '../traps';
import { type Checked, faultTexts, filled, type Pair } from './faults';
import type { Reader } from './reader';
import { words } from './words';

/** What a trap is, what happens, and what to do, in both languages. */
export const trapWords = (r: Reader, { code, data }: Trap): Words => filled(r, TRAPS[code], data);

/** What the edit that mends it does; undefined where there is none. */
export const trapFixWords = (r: Reader, { code, data, edits }: Trap): Words | undefined => {
  const pair = FIXES[code];
  return pair && edits.length > 0 ? filled(r, pair, data) : undefined;
};

export const relatedWords = ({ what }: Related): Words => RELATED[what];

const RELATED: Readonly<Record<Related['what'], Words>> = {
  'first-use': words('used here before', '此前已用于此处'),
  'made-here': words('made here', '在此处创建'),
  'changed-here': words('changed here', '在此处被改写'),
  hides: words('this is what is read', '读到的是这里的成员'),
};

const texts = <const T extends Readonly<Record<TrapCode, Pair>>>(
  table: T & Checked<T, TrapData>,
): Readonly<Record<TrapCode, Pair>> => table;

const TRAPS = texts({
  'lost-underscores': [
    '“{written}” has lost its underscores: Python calls {meant}, so no layer is ever made',
    '“{written}” 丢了下划线：Python 调用的是 {meant}，因此各层都不会被创建',
  ],
  'misspelt-method': [
    '{written} is never called: the library looks for {meant}',
    '{written} 不会被调用：框架寻找的是 {meant}',
  ],
  'missing-super-init': [
    'self.{name} is set before super().__init__(), which the library refuses',
    '须先调用 super().__init__()，才能给 self.{name} 赋值，否则报错',
  ],
  'missing-base': [
    '{name} does not derive from {base}: calling it does not run forward, and its layers have no parameters() to train',
    '{name} 没有继承 {base}：调用实例不会执行 forward，其中的层也无法用 parameters() 训练',
  ],
  'unregistered-layers': [
    'the layers in self.{name} are not registered: a plain list or dict hides them, so they are not trained, saved or moved; use nn.{container}',
    'self.{name} 中的层没有注册：普通列表或字典里的层不会被训练、保存或迁移，应改用 nn.{container}',
  ],
  'unregistered-tensor': [
    'self.{name} is a plain tensor: .to() does not move it and state_dict() does not hold it; register_buffer does both',
    'self.{name} 是普通张量：.to() 不会迁移它，state_dict() 也不保存它；用 register_buffer 注册即可',
  ],
  'layer-in-forward': [
    '{layer} is made anew in every call; make it once in __init__',
    '每次前向都会新建一个 {layer}，应在 __init__ 中创建一次',
  ],
  'untrained-layer': [
    '{layer} is made anew in every call: its weights are random each time and never trained; make it in __init__',
    '每次前向都会新建一个 {layer}：权重每次都是随机的，也不会被训练；应在 __init__ 中创建',
  ],
  'layer-replaced': [
    'self.{name} is set again below: this layer is lost',
    'self.{name} 在后面又被赋值，这一层随即丢失',
  ],
  'hidden-layer': [
    'self.{name} reads what the class has under this name, not this layer; give the layer another name',
    'self.{name} 读到的是类中的同名成员，而不是这一层；请给这一层换个名字',
  ],
  'unused-layer': [
    'self.{name} is never used: its parameters get no gradient, and distributed training stops on that',
    'self.{name} 从未被使用：其参数得不到梯度，分布式训练会因此报错',
  ],
  'forward-returns-none': [
    'forward of {name} returns nothing: its caller gets None',
    '{name} 的 forward 没有返回值，调用者得到 None',
  ],
  'shared-batchnorm': [
    'self.{name} normalises the outputs of two different layers: their statistics mix',
    'self.{name} 用在两个不同层的输出上，两者的统计量会混在一起',
  ],
  'dropout-always': [
    '{op} without training= also drops in evaluation: its default is training=True',
    '{op} 没有传 training=：默认值为 True，评估时也会失活',
  ],
  'softmax-dim': [
    '{op} without dim guesses: for {shape} it takes axis {axis}; name the axis',
    '{op} 没有指定 dim：对 {shape} 会取第 {axis} 维，应写明沿哪一维',
  ],
  'softmax-over-batch': [
    '{op} without dim guesses: for {shape} it takes axis 0, which is the batch; name the axis',
    '{op} 没有指定 dim：对 {shape} 会取第 0 维，即批次维；应写明沿哪一维',
  ],
  'view-of-moved': [
    'moved to {from}, it does not lie in memory as {to} needs: view() fails unless a size is 1 or it came in already moved; use reshape',
    '换轴成 {from} 后在内存中不连续，不能用 view() 视为 {to}（除非某一维恰为 1，或传入前已换过轴），请用 reshape',
  ],
  'softmax-before-loss': [
    '{loss} takes logits and applies its own {softmax}: the output is squashed twice',
    '{loss} 接受未归一化得分（logits），内部已含 {softmax}：这里重复归一化了',
  ],
  'attention-axis': [
    'softmax along axis {axis} of the scores {shape}: the product with the values sums over the last axis, so the weights of a query do not sum to 1',
    'softmax 沿得分 {shape} 的第 {axis} 维，而与值相乘时对最后一维求和，因此每个查询的权重之和不为 1',
  ],
  'inplace-reused': [
    'this tensor {shape} was changed in place by {op}: what is read here is the changed one',
    '该张量 {shape} 已被 {op} 原地改写，这里读到的是改写后的值',
  ],
  'tensor-truth': [
    '“if {name}” asks for the value of a learnable tensor: 0 counts as false; to ask whether it is there, write “is not None”',
    '“if {name}” 判断的是可学习张量的值，等于 0 时为假；若要判断是否存在，应写 “is not None”',
  ],
  'bias-before-norm': [
    'the bias has no effect: {norm} behind it takes the mean off again; set {bias}=False',
    '偏置不起作用：后面的 {norm} 会减去均值，可设 {bias}=False',
  ],
  'rnn-dropout': [
    'dropout of {layer} works between its layers; with one layer it does nothing',
    '{layer} 的 dropout 只作用于层与层之间，只有一层时不起作用',
  ],
  'batch-first': [
    '{layer} takes time first by default, [L, B, …], and is given {shape} with the batch first: batch_first=True',
    '{layer} 默认时间步在前，即 [L, B, …]，而这里的输入 {shape} 是批次在前：应设 batch_first=True',
  ],
  'time-first': [
    '{layer} takes the batch first here, [B, L, …], and is given {shape} with the batch second: {mend}',
    '{layer} 此处批次在前，即 [B, L, …]，而输入 {shape} 的第 1 维才是批次：应设 {mend}',
  ],
  'reshape-scrambles': [
    'from {from} to {to} the elements keep their order in memory: the axes get each other’s contents; permute first',
    '由 {from} 变为 {to} 时元素在内存中的次序不变，各轴的内容会相互错位；应先 permute 换轴',
  ],
  'batch-in-view': [
    'the batch absorbs any mismatch: an item of {shape} has {product} numbers, not always {size}',
    '批次维会掩盖不匹配：{shape} 中每个样本有 {product} 个数，未必是 {size} 个',
  ],
  'squeeze-all': [
    'squeeze() drops every axis of size 1 of {shape}: the batch too when {axis} is 1; name the axis',
    'squeeze() 会去掉 {shape} 中所有大小为 1 的轴，{axis} = 1 时连批次维也去掉；应写明哪一维',
  ],
  'even-kernel-grows': [
    'an even kernel of {kernel} with padding {padding} makes height and width larger by one',
    '卷积核大小 {kernel} 为偶数而填充为 {padding}：特征图的高和宽各增加 1',
  ],
  'cat-joins-batch': [
    '{op} without an axis joins along axis 0, which is the batch: {shape}; what follows expects the batch as it was',
    '{op} 没有指定哪一维，会沿第 0 维即批次拼接：{shape}；而后面仍按原来的批次使用',
  ],
  'one-value-norm': [
    'the map is {shape}: while training, a batch of one has a single value per channel, which BatchNorm refuses',
    '此处为 {shape}：训练时若批大小为 1，每个通道只有一个值，BatchNorm 会报错',
  ],
});

/** Every code, in the order of the table. */
export const TRAP_CODES: readonly string[] = Object.keys(TRAPS);

/** Every code with its text in both languages, `{parts}` still named. */
export const problemTexts = (): readonly (readonly [code: string, text: Pair])[] => [
  ...faultTexts(),
  ...Object.entries(TRAPS),
];

/** What the fix of each does. */
const FIXES: Readonly<Partial<Record<TrapCode, Pair>>> = {
  'lost-underscores': ['Restore the underscores', '补回下划线'],
  'misspelt-method': ['Rename to {meant}', '改名为 {meant}'],
  'missing-super-init': ['Call super().__init__() first', '先调用 super().__init__()'],
  'unregistered-layers': ['Put them in nn.{container}', '放入 nn.{container}'],
  'unregistered-tensor': ['Register as a buffer', '注册为缓冲区'],
  'layer-in-forward': ['Make it in __init__', '移到 __init__ 中创建'],
  'untrained-layer': ['Make it in __init__', '移到 __init__ 中创建'],
  'dropout-always': ['Add training=self.training', '添加 training=self.training'],
  'view-of-moved': ['Use reshape', '改用 reshape'],
  'softmax-dim': ['Name the axis', '写明 dim'],
  'softmax-over-batch': ['Use the last axis', '改为最后一维'],
  'bias-before-norm': ['Leave the bias out', '去掉偏置'],
  'batch-first': ['Set batch_first=True', '设 batch_first=True'],
  'time-first': ['Set {mend}', '设 {mend}'],
  'missing-base': ['Derive from {base}', '继承 {base}'],
  'cat-joins-batch': ['Join along axis 1', '沿第 1 维拼接'],
  'squeeze-all': ['Name the axis', '写明要去掉的轴'],
};
