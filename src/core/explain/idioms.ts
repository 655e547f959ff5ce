import type { Idiom, IdiomKind, Role, Whole } from '../idioms';
import type { Words } from '../ops';
import type { SyntaxNode } from '../syntax';
import type { ObjectValue } from '../values';
import { chain } from './chains';
import { layerWords } from './layers';
import type { Reader } from './reader';
import { text, words } from './words';

/** What a module is called that is one idiom as a whole. */
const NAMES: Readonly<Record<IdiomKind, Words>> = {
  residual: words('residual block', '残差块'),
  'adapted-residual': words('residual block', '残差块'),
  'projected-residual': words('residual block with a projected shortcut', '残差块（捷径支路带投影）'),
  branches: words(
    're-parameterisation block (branches that can become one convolution)',
    '结构重参数化块（多支路可合并为一个卷积）',
  ),
  bottleneck: words('bottleneck residual block', '瓶颈残差块'),
  'inverted-residual': words('inverted residual (wide, depthwise, narrow)', '倒残差结构（升维、逐通道卷积、降维）'),
  'depthwise-separable': words('depthwise separable convolution', '深度可分离卷积'),
  'channel-attention': words('channel attention (squeeze-and-excitation)', '通道注意力（压缩-激励 SE）'),
  'cbam-channel': words('channel attention from mean and maximum', '通道注意力（平均与最大两路）'),
  'spatial-attention': words('spatial attention', '空间注意力'),
  'coordinate-attention': words('coordinate attention', '坐标注意力'),
  eca: words('channel attention across neighbouring channels (ECA)', '通道注意力（相邻通道，ECA）'),
  attention: words('self-attention', '自注意力'),
  'cross-attention': words('cross-attention', '交叉注意力'),
  'causal-attention': words('causal self-attention', '因果自注意力'),
  'given-attention': words('attention (given queries, keys and values)', '注意力（Q、K、V 由外部给出）'),
  'channel-self-attention': words('self-attention between the channels', '通道间的自注意力'),
  'patch-embedding': words('patch embedding', '图像块嵌入'),
  'class-token': words('class token', '分类词元'),
  'positional-encoding': words('positional encoding', '位置编码'),
  'position-bias': words('position bias', '位置偏置'),
  'sinusoidal-embedding': words(
    'sinusoidal embedding of a number (time step or place)',
    '正弦嵌入（把时间步或位置编码为向量）',
  ),
  rotary: words('rotary position embedding', '旋转位置编码'),
  'feed-forward': words('feed-forward network', '前馈网络'),
  gate: words('gated unit', '门控单元'),
  'layer-scale': words('layer scale', '逐通道缩放'),
  'pre-norm': words('pre-norm', '前置归一化'),
  'post-norm': words('post-norm', '后置归一化'),
  window: words('window partition', '窗口划分'),
  shift: words('cyclic shift', '循环移位'),
  'channel-shuffle': words('channel shuffle', '通道混洗'),
  skip: words('skip connection', '跳跃连接'),
  pyramid: words('top-down fusion', '自顶向下融合'),
  fpn: words('feature pyramid (FPN): from the top down', '特征金字塔（FPN，自顶向下融合）'),
  mixture: words('mixture of experts', '混合专家层（MoE）'),
  heads: words('heads side by side', '并列的输出头'),
  'multi-scale': words('parallel branches of several scales', '多尺度并行支路'),
  parallel: words('parallel branches of several kernel sizes (Inception)', '不同大小的卷积核并行（Inception 结构）'),
  'pooled-attention': words(
    'attention from a pooled branch (raised again, it weights the other one)',
    '压缩注意力（池化支路经上采样后加权另一支路）',
  ),
  'cheap-features': words(
    'ghost features (a depthwise convolution makes further channels at little cost)',
    'Ghost 特征（另一部分通道由逐通道卷积廉价生成）',
  ),
  dense: words('dense connection', '稠密连接'),
  sampling: words('reparameterised sampling', '重参数化采样'),
  autoencoder: words('variational autoencoder', '变分自编码器'),
  'u-net': words('encoder and decoder with skip connections (U-Net)', '编码器-解码器，带跳跃连接（U-Net）'),
  cbam: words('channel attention, then spatial attention', '先通道注意力，后空间注意力'),
  'transformer-block': words('transformer block', 'Transformer 块'),
  stack: words('stack of blocks', '多个块依次堆叠'),
  classifier: words('classifier head', '分类头'),
  'hard-sigmoid': words('hard sigmoid (a piecewise linear sigmoid)', 'hard sigmoid（折线近似的 sigmoid）'),
  'hard-swish': words('hard swish (x times a piecewise linear sigmoid)', 'hard swish（x 乘以折线近似的 sigmoid）'),
  'pixel-shuffle': words('pixel shuffle', '像素重排（通道变为像素）'),
  'pixel-unshuffle': words('pixel unshuffle', '像素逆重排（像素变为通道）'),
  'drop-path': words('drop path (stochastic depth)', '随机深度（DropPath）'),
  recurrence: words('recurrence', '循环更新'),
  'last-states': words('last states of both directions', '两个方向的最终状态'),
  'weight-tying': words('tied weights', '权重共享'),
  'bilinear-kernel': words('bilinear kernel', '双线性插值核'),
  'norm-folding': words('folded batch norm', '折叠批归一化'),
  'rms-norm': words('root-mean-square norm', '均方根归一化'),
  'gated-unit': words('gated recurrent unit (GRU)', '门控循环单元（GRU）'),
};

/** What a module is as a whole; undefined where it is not one idiom. */
export const wholeWords = (r: Reader, module: ObjectValue, isShort = false): Words | undefined => {
  const whole = r.idioms().wholes.get(module);
  if (!whole) return undefined;
  const name = isShort ? (SHORT[whole.idiom.kind] ?? blockName(r, whole, true)) : blockName(r, whole, false);
  const names = whole.after.map(({ layer }) => layer && layerWords(r, layer)?.name);
  const known = names.filter((one) => one !== undefined);
  if (known.length < names.length) return undefined;
  return known.length === 0 ? name : text`${name}${words(', then ', '，后接 ')}${chain(known)}`;
};

/** A residual block by what its branch is, where that has a name. */
const blockName = (r: Reader, { idiom, branch }: Whole, isShort: boolean): Words => {
  if (!branch) return nameOf(r, idiom);
  const name = nameOf(r, branch);
  return isShort
    ? words(`${name.en} with a residual`, `${name.zh}（带残差）`.replace('）（', '，'))
    : words(`${name.en} with a residual connection`, `${name.zh}，带残差连接`);
};

/** Whether the name of a module says all of it: the moves behind it add nothing. */
export const isWholeAlone = (r: Reader, module: ObjectValue): boolean =>
  /shuffle$|^drop-path$/.test(r.idioms().wholes.get(module)?.idiom.kind ?? '');

/** The same as a step among others. */
const SHORT: Readonly<Partial<Record<IdiomKind, Words>>> = {
  'projected-residual': words('residual block', '残差块'),
  branches: words('re-parameterisation block', '结构重参数化块'),
  'hard-sigmoid': words('hard sigmoid', 'hard sigmoid'),
  'hard-swish': words('hard swish', 'hard swish'),
  'gated-unit': words('gated recurrent unit', '门控循环单元'),
  'drop-path': words('drop path', '随机深度'),
  'sinusoidal-embedding': words('sinusoidal embedding', '正弦嵌入'),
  'inverted-residual': words('inverted residual', '倒残差结构'),
  'channel-attention': words('channel attention', '通道注意力'),
  'cbam-channel': words('channel attention', '通道注意力'),
  eca: words('channel attention', '通道注意力'),
  cbam: words('CBAM', 'CBAM'),
  parallel: words('parallel branches', '并行支路'),
  'pooled-attention': words('attention from a pooled branch', '压缩注意力'),
  'cheap-features': words('ghost features', 'Ghost 特征'),
};

const nameOf = (r: Reader, idiom: Idiom): Words => {
  const { heads, side } = idiom.sizes;
  if (heads !== undefined && idiom.kind !== 'heads' && r.dim(heads) !== '?') {
    const zh = NAMES[idiom.kind].zh.replace(/(自|交叉)注意力|^注意力/, '多头$&');
    const en = NAMES[idiom.kind].en.replace(/((self|cross)-|^)attention/, 'multi-head $&');
    const count = r.dim(heads);
    return words(`${en} (${count} heads)`.replace(') (', ', '), `${zh}（${count} 个头）`.replace('）（', '，'));
  }
  if (idiom.kind === 'patch-embedding' && side !== undefined) {
    const by = r.dim(side);
    return words(`patch embedding (${by}×${by} pixels)`, `图像块嵌入（${by}×${by} 像素）`);
  }
  if (idiom.kind === 'u-net' && typeof idiom.sizes.skips === 'number')
    return words(
      `encoder and decoder with ${idiom.sizes.skips} skip connections (U-Net)`,
      `编码器-解码器，${idiom.sizes.skips} 处跳跃连接（U-Net）`,
    );
  if (idiom.kind === 'mixture') return mixtureName(r, idiom);
  if (idiom.kind === 'heads')
    return words(
      `shared layers, then ${idiom.sizes.heads} heads side by side`,
      `共用前面各层，再分出 ${idiom.sizes.heads} 个并列的输出头`,
    );
  if (idiom.kind === 'stack') return stackName(r, idiom);
  if (idiom.kind === 'branches') return branchesName(r, idiom);
  if (idiom.kind !== 'transformer-block') return NAMES[idiom.kind];
  const parents = new Set([idiom.parent, ...idiom.works.map(({ parent }) => parent)]);
  const inner = r.idioms().all.filter(({ parent }) => parents.has(parent));
  const name = inner.some(({ kind }) => kind === 'cross-attention')
    ? words('transformer decoder block', 'Transformer 解码器块')
    : NAMES[idiom.kind];
  if (inner.some(({ kind }) => kind === 'pre-norm')) return words(`pre-norm ${name.en}`, `${name.zh}（前置归一化）`);
  return inner.some(({ kind }) => kind === 'post-norm')
    ? words(`post-norm ${name.en}`, `${name.zh}（后置归一化）`)
    : name;
};

/** `mixture of 8 experts, 2 for each token`. */
const mixtureName = (r: Reader, { sizes: { experts, chosen } }: Idiom): Words => {
  const few = chosen === undefined ? '?' : r.dim(chosen);
  const each = few === '?' ? words('', '') : words(`, ${few} for each token`, `，每个词元选用 ${few} 个`);
  return words(`mixture of ${experts} experts${each.en}`, `混合专家层（MoE，共 ${experts} 个专家${each.zh}）`);
};

/** `re-parameterisation block: 3×3 and 1×1 branches added, one 3×3 convolution when deployed`. */
const branchesName = (r: Reader, { works, sizes: { branches } }: Idiom): Words => {
  const convs = works.flatMap(({ layer, name }) => (layer && name === 'conv' ? [layerWords(r, layer)?.name] : []));
  const known = convs.filter((name) => name !== undefined);
  const [widest] = known.toSorted((a, b) => windowOf(b) - windowOf(a));
  if (!widest || known.length < convs.length || windowOf(widest) === 0) return NAMES.branches;
  const ways = [...new Set(known.map(({ en }) => en.split(' ')[0] ?? ''))];
  const rest = typeof branches === 'number' && branches > known.length;
  return words(
    `re-parameterisation block (${[...ways, ...(rest ? ['identity'] : [])].join(' + ')} branches, deployed as one ${widest.en})`,
    `结构重参数化块（${[...ways, ...(rest ? ['恒等'] : [])].join('、')} 支路相加，部署时可合并为一个 ${widest.zh}）`,
  );
};

/** The side of a window as its name says it: 3 of `3×3 convolution`. */
const windowOf = ({ en }: Words): number => Number(/^(\d+)×/.exec(en)?.[1] ?? 0);

/** A longer sum of counts is no name. */
const LONGEST_COUNT = 16;

/** `transformer (12 blocks)`. */
const stackName = (r: Reader, { of, sizes: { blocks, lesser }, works }: Idiom): Words => {
  // What convolves nothing is no ResNet.
  const plainName = works.some(({ name }) => name === 'conv')
    ? words('residual network (# residual blocks)', '残差网络（# 个残差块）')
    : words('stack of # residual blocks', '# 个残差块堆叠');
  const name = (of && STACKS[of]) ?? plainName;
  const count = blocks === undefined ? '?' : r.dim(blocks);
  const few = lesser === undefined ? '?' : r.dim(lesser);
  const but = few === '?' ? words('', '') : words(` (${few} of them without widening)`, `（其中 ${few} 个不升维）`);
  if (count !== '?' && count.length <= LONGEST_COUNT)
    return words(`${name.en.replace('#', count)}${but.en}`, `${name.zh.replace('#', count)}${but.zh}`);
  return words(name.en.replace(/ \(.*\)$|# /, ''), name.zh.replace(/（.*）$|# 个/, ''));
};

const STACKS: Readonly<Partial<Record<IdiomKind, Words>>> = {
  'transformer-block': words('transformer (# blocks)', 'Transformer（# 个块）'),
  bottleneck: words('residual network (# bottleneck blocks)', '残差网络（# 个瓶颈残差块）'),
  'inverted-residual': words('stack of # inverted residual blocks', '# 个倒残差块堆叠'),
};

/** What an expression is for in its idiom; undefined where it says nothing that its own words do not. */
export const roleWords = (r: Reader, node: SyntaxNode): Words | undefined => {
  const step = r.idioms().steps.get(node);
  if (!step) return undefined;
  const told = ROLES[step.role];
  const said = typeof told === 'function' ? told(r, step.idiom) : told;
  const isHard = step.idiom.works.some((work) => work.node === node && work.name === 'hardsigmoid');
  return isHard && said ? words(hardened(said.en), hardened(said.zh)) : said;
};

const hardened = (said: string): string => said.replace(/^sigmoid/, 'hard sigmoid');

type Telling = Words | ((r: Reader, idiom: Idiom) => Words | undefined);

const size =
  (name: string, en: string, zh: string): Telling =>
  (r, { sizes }) => {
    const value = sizes[name];
    const said = value === undefined ? '?' : r.dim(value);
    return said === '?' ? undefined : words(en.replaceAll('#', said), zh.replaceAll('#', said));
  };

const byKind =
  (table: Readonly<Partial<Record<IdiomKind, Words>>>): Telling =>
  (_, { kind }) =>
    table[kind];

const ROLES: Readonly<Partial<Record<Role, Telling>>> = {
  sum: byKind({
    residual: words('residual: adds the input back', '残差连接：把输入加回'),
    'adapted-residual': words('residual: adds the shortcut', '残差连接：加上捷径支路'),
    'projected-residual': words('residual: adds the projected shortcut', '残差连接：加上捷径支路'),
  }),
  'branch-sum': words(
    'adds the branches (deployed they can be one convolution)',
    '各支路相加（部署时可合并为一个卷积）',
  ),
  apply: byKind({
    'channel-attention': words('weights every channel', '逐通道加权'),
    'cbam-channel': words('weights every channel', '逐通道加权'),
    eca: words('weights every channel', '逐通道加权'),
    'spatial-attention': words('weights every place', '逐位置加权'),
    'coordinate-attention': words('weights every place by its row and its column', '按所在行与列加权'),
    'pooled-attention': words('weights it element-wise by the pooled branch', '以池化支路为权重逐元素加权'),
  }),
  weights: byKind({
    'channel-attention': words('sigmoid: a weight of 0–1 for every channel', 'sigmoid：每个通道一个 0–1 的权重'),
    'cbam-channel': words('sigmoid: a weight of 0–1 for every channel', 'sigmoid：每个通道一个 0–1 的权重'),
    eca: words('sigmoid: a weight of 0–1 for every channel', 'sigmoid：每个通道一个 0–1 的权重'),
    'spatial-attention': words('sigmoid: a weight of 0–1 for every place', 'sigmoid：每个位置一个 0–1 的权重'),
    'coordinate-attention': words('sigmoid: weights of 0–1 along one direction', 'sigmoid：沿一个方向的 0–1 权重'),
  }),
  'row-weights': words('sigmoid: a weight of 0–1 for every row', 'sigmoid：每一行一个 0–1 的权重'),
  'column-weights': words('sigmoid: a weight of 0–1 for every column', 'sigmoid：每一列一个 0–1 的权重'),
  'split-heads': size('heads', 'splits into # heads', '拆成 # 个头'),
  scores: (_, { kind }) =>
    kind === 'channel-self-attention'
      ? words('similarity of every channel with every channel', '通道两两之间的相似度')
      : words('similarity of every query with every key', '每个查询与每个键的相似度'),
  mask: byKind({
    'given-attention': words('masks out places that must not be seen', '掩码：屏蔽不应看见的位置'),
    'channel-self-attention': words('masks out channels', '掩码：屏蔽部分通道'),
    'causal-attention': words(
      'causal mask: each place sees itself and what comes before',
      '因果掩码：只能看见自己与之前的位置',
    ),
    attention: words('masks out places that must not be seen', '掩码：屏蔽不应看见的位置'),
    'cross-attention': words('masks out places that must not be seen', '掩码：屏蔽不应看见的位置'),
  }),
  softmax: (_, { kind }) =>
    kind === 'channel-self-attention'
      ? words(
          'softmax: the weights of all channels for each channel, summing to 1',
          'softmax：每个通道对各通道的权重，和为 1',
        )
      : words('softmax: the weights of the keys for each query, summing to 1', 'softmax：每个查询对各键的权重，和为 1'),
  gather: (_, { steps, kind }) => {
    if (!steps.some(({ role }) => role === 'scores')) return undefined;
    return kind === 'channel-self-attention'
      ? words('sums the channels by these weights', '按权重对各通道求和')
      : words('sums the values by these weights', '按权重对值求和');
  },
  'merge-heads': words('merges the heads', '合并各头'),
  patches: size('side', 'cuts into #×# patches and maps each to a vector', '切成 #×# 的图像块，各映射为一个向量'),
  tokens: words('lines the patches up as a sequence', '图像块排成序列'),
  token: words('puts the class token in front of the sequence', '在序列最前加分类词元'),
  position: words('adds the positional encoding', '加位置编码'),
  bias: words('adds a bias that depends on the position', '加位置偏置'),
  waves: words(
    'sine and cosine of every frequency side by side: a vector for each number',
    '拼接各频率的 sin 与 cos：每个数对应一个向量',
  ),
  angles: words('angles: the number times every frequency', '角度：该数乘以各个频率'),
  frequencies: words('frequencies, each a constant factor below the one before', '频率，按固定比例逐个减小'),
  rotate: words('rotary embedding: turns pairs of features by their position', '旋转位置编码：按位置旋转成对的特征'),
  gate: words(
    'gate: one half, activated, decides how much of the other passes',
    '门控：一半经激活后控制另一半通过多少',
  ),
  scaled: words('learnt scale of each channel', '每通道可学习缩放'),
  partition: (r, idiom) =>
    idiom.sizes.side === undefined
      ? words('cuts into windows', '切成窗口')
      : words(
          `cuts into ${r.dim(idiom.sizes.side)}×${r.dim(idiom.sizes.side)} windows`,
          `切成 ${r.dim(idiom.sizes.side)}×${r.dim(idiom.sizes.side)} 的窗口`,
        ),
  reverse: words('puts the windows together again', '把窗口拼回特征图'),
  shift: words('shifts cyclically, so that other places share a window', '循环移位：让相邻窗口之间能交换信息'),
  shuffle: words('shuffles the channels between the groups', '打乱各组的通道，使组间交换信息'),
  join: byKind({
    skip: words('skip connection: joins the earlier map of the same size', '跳跃连接：与同尺寸的较早特征拼接'),
    dense: words('dense connection: keeps all earlier features', '稠密连接：保留此前全部特征'),
    'multi-scale': words('joins the branches of all scales', '拼接各尺度的支路'),
    parallel: words('joins the parallel branches', '拼接各并行支路'),
    'cheap-features': words('joins the features with the cheap ones made of them', '与由其廉价生成的特征拼接'),
    'last-states': words('joins the last hidden states of both directions', '拼接两个方向的最终隐藏状态'),
    'coordinate-attention': words('joins the summaries of both directions', '把两个方向的池化结果拼在一起'),
  }),
  append: byKind({
    dense: words(
      'dense connection: joins the new features to those that they are made of',
      '稠密连接：原特征保留，新特征接在其后',
    ),
    'pooled-attention': words('adds that branch', '再加上该支路'),
  }),
  fuse: words('top-down: adds the upsampled coarser map', '自顶向下融合：加上采样后的高层特征'),
  noise: words(
    'reparameterised sampling: the noise stands outside, gradients reach μ and σ',
    '重参数化采样：噪声外置，梯度可传到 μ、σ',
  ),
  classify: size('classes', 'classifier head: logits of # classes', '分类头：# 类的未归一化得分（logits）'),
  squash: words('divided by 6: a piecewise linear sigmoid', '除以 6：折线近似的 sigmoid'),
  'swish-whole': words('divided by 6: hard swish of the input', '除以 6：合起来是输入的 hard swish'),
  swish: words('times the input itself: hard swish', '再乘以输入自身：hard swish'),
  'to-pixels': size(
    'side',
    'pixel shuffle: every #·# channels become #×# pixels',
    '像素重排：每 #·# 个通道变为 #×# 个像素',
  ),
  'from-pixels': size(
    'side',
    'pixel unshuffle: #×# pixels become #·# channels',
    '像素逆重排：#×# 个像素变为 #·# 个通道',
  ),
  drop: words(
    'drop path: a random factor per sample, at times 0, which skips the whole branch',
    '随机深度：每个样本乘以一个随机系数，为 0 时跳过整条支路',
  ),
  kernel: words('product of two triangles: the bilinear kernel', '两个三角形的外积：双线性插值核'),
  'fold-kernel': words('folds the batch norm into the kernel', '把批归一化折叠进卷积核'),
  'fold-bias': words('the folded bias', '折叠后的偏置'),
};

/** What a tensor shares with another layer, where an assignment ties them. */
export const isTied = (r: Reader, target: SyntaxNode): boolean => r.idioms().steps.get(target)?.role === 'tie';

/** What narrows or widens, behind the words of the layer itself. */
export const noteWords = (r: Reader, node: SyntaxNode): Words | undefined => {
  const step = r.idioms().steps.get(node);
  return step && NOTES[step.role];
};

const NOTES: Readonly<Partial<Record<Role, Words>>> = {
  shortcut: words(' (shortcut)', '（捷径支路）'),
  recur: words(' (fed with what it gave the time before)', '（把上一步的输出再次送入）'),
  narrow: words(' (narrows)', '（降维）'),
  widen: words(' (widens)', '（升维）'),
};
