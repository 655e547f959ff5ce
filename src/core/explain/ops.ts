import { decide, same, symbol } from '../dims';
import { describe, describeCall, type OpContext, type Words } from '../ops';
import type { Shape } from '../shapes';
import type { Expr } from '../syntax';
import type { Value } from '../values';
import type { OpCall } from './arguments';
import { tensorOf } from './flow';
import { stepOf } from './layers';
import { adaptiveWords, poolWords, upsampleWords } from './layers/conv';
import { fieldsFrom } from './layers/fields';
import { nameOf } from './lines/code';
import type { Reader } from './reader';
import { inside, plain, text, words } from './words';

/** One step of a computation. `moves`: it only rearranges, so that the shape before it is worth telling. */
export interface Step {
  readonly text: Words;
  readonly moves?: boolean;
  /** Whether it is arithmetic, which reads on: `multiplies, then adds`. */
  readonly arithmetic?: 'add' | 'mul';
  /** Whether it tells of a product that was made before it. */
  readonly tellsProduct?: boolean;
  /** Whether it makes a tensor out of nothing. */
  readonly creates?: boolean;
  /** Whether it is told by a name of the code alone. */
  readonly isName?: boolean;
  /** Whether it takes something in that nobody knows. */
  readonly isOpen?: boolean;
}

/** What the call of an op does; undefined where nothing is worth a word (`contiguous`, `clone`). */
export const opStep = (r: Reader, call: OpCall): Step | undefined => {
  const known = TABLE[call.name];
  if (known) return known(r, call);
  if (SILENT.has(call.name)) return undefined;
  const named = ACTIVATIONS[call.name];
  if (named !== undefined) return { text: plain(named) };
  return generic(r, call);
};

/** Whether a name is that of what changes nothing a reader looks for: where and as what the numbers are kept. */
export const isSilent = (name: string): boolean => SILENT.has(name);

/** Whether an op makes a tensor that holds nothing of its inputs. */
export const isCreation = (name: string): boolean =>
  /^(rand|zeros|ones|full|empty|arange|linspace|eye)(n|int|perm)?(_like)?$/.test(name);

const SILENT = new Set([
  ...[
    'contiguous',
    'clone',
    'detach',
    'to',
    'float',
    'half',
    'double',
    'type',
    'type_as',
    'cuda',
    'cpu',
    'size',
    'dim',
  ],
  ...['numel', 'item', 'astype', 'cast', 'requires_grad_', 'is_contiguous', 'assign', 'shape'],
]);

const ACTIVATIONS: Readonly<Record<string, string>> = {
  ...{
    relu: 'ReLU',
    relu_: 'ReLU',
    relu6: 'ReLU6',
    leaky_relu: 'Leaky ReLU',
    gelu: 'GELU',
    silu: 'SiLU',
    swish: 'Swish',
  },
  ...{
    sigmoid: 'sigmoid',
    tanh: 'tanh',
    hardswish: 'hard swish',
    hardsigmoid: 'hard sigmoid',
    mish: 'Mish',
    elu: 'ELU',
  },
};

/** A sentence makes no new sizes: one that it would have to invent is one that nobody knows. */
const contextOf = ({ facts }: Reader): OpContext => ({
  facts,
  unknownSize: (why) => symbol('?', why, 'unknown'),
  unknownRest: () => '?',
});

type Telling = (r: Reader, call: OpCall) => Step | undefined;

const step = (en: string, zh: string, more: Omit<Step, 'text'> = {}): Step => ({ text: words(en, zh), ...more });
const moves = { moves: true } as const;

/** The row's own sentence of this call, or what its op means, where that is short enough. */
const generic = (r: Reader, call: OpCall): Step | undefined => {
  const given = call.given();
  const note = given && describeCall(call.family, given, contextOf(r)).note;
  if (note) return { text: note };
  const short = inside(describe(call.family).meaning);
  return short.zh === '' || short.zh.length > 28 ? { text: plain(call.name) } : { text: short };
};

/** What each axis is that the call names: `b = B, h = 8, d = 64`. */
export const axesWords = (r: Reader, call: OpCall): Words | undefined => {
  const given = call.given();
  const axes = given && describeCall(call.family, given, contextOf(r)).axes;
  if (!axes || axes.size === 0) return undefined;
  const told = [...axes].map(([name, size]) => `\`${name}\` = ${r.dim(size)}`);
  return words(`Axes: ${told.join(', ')}.`, `各轴：${told.join('，')}。`);
};

const inputOf = (r: Reader, { rest }: OpCall): Shape | undefined => {
  const [first] = rest;
  return first && tensorOf(r, first)?.shape;
};

const rankOf = (shape: Shape | undefined): number | undefined => (shape?.rest ? undefined : shape?.dims.length);

const numberOf = (value: Value | undefined): number | undefined =>
  value?.kind === 'int' && typeof value.value === 'number' ? value.value : undefined;

/** Whether the last two axes of four are height and width: their sizes come from those of an image. */
const isMap = (r: Reader, shape: Shape | undefined): boolean => {
  const [h, w] = rankOf(shape) === 4 ? (shape?.dims.slice(2).map(r.dim) ?? []) : [];
  return h !== undefined && w !== undefined && /\bh\d*\b/i.test(h) && /\bw\d*\b/i.test(w);
};

/** `channels`, `the last axis`, `axis 2`. */
const axisWords = (r: Reader, axis: number | undefined, shape: Shape | undefined): Words | undefined =>
  axis === undefined ? undefined : namedAxis(r, axis, shape);

export const namedAxis = (r: Reader, axis: number, shape: Shape | undefined): Words => {
  const rank = rankOf(shape);
  const at = rank !== undefined && axis < 0 ? axis + rank : axis;
  if (at === 1 && isMap(r, shape)) return words('the channels', '通道');
  if (axis === -1 || (rank !== undefined && at === rank - 1)) return words('the last axis', '最后一维');
  return at < 0 ? words(`axis ${at}`, `倒数第 ${-at} 维`) : words(`axis ${at}`, `第 ${at} 维`);
};

const along =
  (en: string, zh: string): Telling =>
  (r, call) => {
    const shape = tensorOf(r, call.expr)?.shape ?? inputOf(r, call);
    const axis = axisWords(r, numberOf(call.value('dim', 'axis')), shape);
    return axis ? { text: text`${words(`${en} along `, '沿')}${axis}${words('', zh)}` } : step(en, zh);
  };

const reduce =
  (en: string, zh: string): Telling =>
  (r, call) => {
    const shape = inputOf(r, call);
    const made = tensorOf(r, call.expr);
    if (made && rankOf(made.shape) === 0 && rankOf(shape) !== 0)
      return step(`${en} over all elements`, `对全部元素${zh}`);
    const given = call.value('dim', 'axis');
    const list = given?.kind === 'tuple' || given?.kind === 'list' ? given.items.map(numberOf) : [numberOf(given)];
    const spatial = list.length === 2 && list.every((a) => a !== undefined && (a + 4) % 4 >= 2);
    if (spatial && isMap(r, shape)) return step(`${en} over H and W`, `沿高宽${zh}`);
    const [axis] = list.length === 1 ? list.map((a) => axisWords(r, a, shape)) : [];
    return axis ? { text: text`${words(`${en} over `, '沿')}${axis}${words('', zh)}` } : step(en, zh);
  };

/** The largest along an axis, or the larger of two tensors: a part of a tensor is no axis. */
const extreme =
  (alone: Telling, en: string, zh: string): Telling =>
  (r, call) => {
    const [, second] = call.rest;
    const isTensor = second && (tensorOf(r, second) !== undefined || isPart(second));
    return isTensor ? step(en, zh) : alone(r, call);
  };

const isPart = (expr: Expr): boolean =>
  expr.kind === 'Subscript' &&
  [expr.index, ...(expr.index.kind === 'Tuple' ? expr.index.items : [])].some(({ kind }) => kind === 'Slice');

const flattened = (r: Reader, call: OpCall): Step => {
  const [from, to] = [inputOf(r, call), tensorOf(r, call.expr)?.shape];
  const batch = from && to && !from.rest && !to.rest && to.dims.length === 2 && from.dims.length > 2;
  const [b, c] = [from?.dims[0], to?.dims[0]];
  if (batch && b !== undefined && c !== undefined && same(b, c))
    return step('flattens all but the batch', '除批次外全部展平', moves);
  if (from && to && addsOnes(r, from, to))
    return step('adds axes of size 1 to broadcast', '补上大小为 1 的维以便广播', moves);
  const [to0, more] = call.expr.args.map(({ value }) => value).filter((value) => value !== call.rest[0]);
  const isFlat = to0?.kind === 'UnaryOp' && to0.op === '-' && to0.operand.kind === 'Num' && !more;
  if (isFlat) return step('flattens to one axis', '展平为一维', moves);
  return call.name === 'flatten' ? step('flattens', '展平', moves) : step('reshapes', '改变形状', moves);
};

/** The same sizes in the same order, with more ones behind or among them. */
const addsOnes = (r: Reader, from: Shape, to: Shape): boolean => {
  if (from.rest || to.rest || to.dims.length <= from.dims.length) return false;
  const [before, after] = [from, to].map(({ dims }) => dims.filter((size) => size !== 1).map(r.spelt));
  return before?.join() === after?.join() && before?.includes('?') === false;
};

/** A functional twin of a layer: the sentence of the layer on the arguments of this call. */
const asLayer =
  (type: string, tell: (f: ReturnType<typeof fieldsFrom>) => ReturnType<typeof poolWords>): Telling =>
  (r, call) => ({ text: stepOf(tell(fieldsFrom(r, (name) => call.value(name), type))) });

/** A convolution with a weight that the call is given: its window as far as the shape of the weight tells. */
const convolved =
  (transposed: boolean): Telling =>
  (r, call) => {
    const weight = call.rest[1] && tensorOf(r, call.rest[1])?.shape;
    const window = weight?.rest ? [] : (weight?.dims.slice(2).map(r.dim) ?? []);
    const isKnown = window.length > 1 && window.every((size) => /^\w+$/.test(size));
    const kernel = isKnown ? `${window.join('×')} ` : '';
    return transposed
      ? step(
          `${kernel}transposed convolution with the given weight`,
          `以给定的权重作 ${kernel}转置卷积`.replace('作 转', '作转'),
        )
      : step(`${kernel}convolution with the given weight`, `以给定的权重作 ${kernel}卷积`.replace('作 卷', '作卷'));
  };

/** A map of another size: which of the two is larger is told where it is known. */
const resized: Telling = (r, call) => {
  const [before, after] = [inputOf(r, call), tensorOf(r, call.expr)?.shape];
  const pairs = before?.dims.map((d, i) => [d, after?.dims[i] ?? d] as const) ?? [];
  const isRanked = before !== undefined && after !== undefined && !before.rest && !after.rest;
  const isLarger = isRanked && pairs.every(([left, right]) => decide(r.facts, { kind: 'le', left, right }) === true);
  const isSmaller = isRanked && pairs.every(([right, left]) => decide(r.facts, { kind: 'le', left, right }) === true);
  const known = { isLarger: isLarger && !isSmaller, isSmaller: isSmaller && !isLarger };
  return {
    text: stepOf(
      upsampleWords(
        fieldsFrom(r, (name) => call.value(name), 'Upsample'),
        known,
      ),
    ),
  };
};

const softmaxOf =
  (name: string): Telling =>
  (r, call) => {
    const axis = axisWords(r, numberOf(call.value('dim', 'axis')), inputOf(r, call));
    return axis ? { text: text`${words(`${name} over `, `${name}，沿`)}${axis}` } : step(name, name);
  };

const split: Telling = (r, call) => {
  const made = r.value(call.expr);
  const count = made?.kind === 'tuple' || made?.kind === 'list' ? made.items.length : undefined;
  const axis = axisWords(r, numberOf(call.value('dim', 'axis')), inputOf(r, call));
  if (count === undefined)
    return axis ? { text: text`${words('splits along ', '沿')}${axis}${words('', '切分')}` } : step('splits', '切分');
  if (!axis) return step('splits', '切分');
  return { text: text`${words(`splits into ${count} along `, '沿')}${axis}${words('', `切成 ${count} 份`)}` };
};

/** A border of zeros, as wide on all four sides: `pads H and W with 1 ring of zeros`. */
const pad: Telling = (r, call) => {
  const given = call.value('pad', 'padding');
  const sides = given?.kind === 'list' || given?.kind === 'tuple' ? given.items.map(numberOf) : [];
  const mode = call.value('mode');
  const [width] = sides;
  const isRing = sides.length === 4 && width !== undefined && width > 0 && sides.every((side) => side === width);
  if (!isRing || (mode?.kind === 'str' && mode.value !== 'constant') || call.arg('value'))
    return step('pads', '补边', moves);
  const said = words(
    `pads the last two axes with ${width} of zeros all around, the values in the middle`,
    `最后两维四周各补 ${width} 圈 0，原值居中`,
  );
  return { text: isPointKernel(r, call) ? text`${said}${padsKernel(2 * width + 1, width)}` : said, ...moves };
};

/** Whether the weight of a 1×1 convolution is padded, by its shape and its name. */
const isPointKernel = (r: Reader, call: OpCall): boolean => {
  const dims = inputOf(r, call)?.dims;
  const [first] = call.expr.args;
  return (
    dims?.length === 4 &&
    dims.slice(2).every((size) => size === 1) &&
    first?.value.kind === 'Name' &&
    /kernel|weight/i.test(first.value.id)
  );
};

const padsKernel = (side: number, width: number): Words =>
  words(
    ` (a 1×1 convolution without padding is a ${side}×${side} one with padding ${width} and this kernel)`,
    `（无填充的 1×1 卷积等价于以此为核、填充 ${width} 的 ${side}×${side} 卷积）`,
  );

/** A fill where a mask is true: `−∞` is left out by a softmax behind it. */
const masked: Telling = (r, call) => {
  const value = call.value('value');
  const number = value?.kind === 'float' || value?.kind === 'int' ? value.value : undefined;
  if (typeof number !== 'number') return generic(r, call);
  const told = /^-?\d+(\.\d+)?$/.test(`${number}`) && Math.abs(number) < 1e6 ? `${number}` : number.toExponential();
  const filler = told.replace('-Infinity', '−∞').replace('Infinity', '∞').replace('e+', 'e').replace(/^-/, '−');
  return step(`sets to ${filler} where the mask is true`, `掩码为真处置为 ${filler}`);
};

const TABLE: Readonly<Record<string, Telling>> = {
  where: (r, call) =>
    call.expr.args.length > 1 || call.rest.length !== 1
      ? generic(r, call)
      : step('indices where it is true, one tensor for each axis', '为真处的下标，每维一个张量'),
  cat: along('concatenates', '拼接'),
  concat: along('concatenates', '拼接'),
  concatenate: along('concatenates', '拼接'),
  stack: along('stacks', '堆叠'),
  flatten: (r, call) => flattened(r, call),
  view: (r, call) => flattened(r, call),
  reshape: (r, call) => flattened(r, call),
  permute: () => step('reorders the axes', '维度重排', moves),
  transpose: () => step('swaps axes', '换轴', moves),
  swapaxes: () => step('swaps axes', '换轴', moves),
  t: () => step('transposes', '转置', moves),
  squeeze: () => step('drops the axis of size 1', '去掉大小为 1 的维', moves),
  unsqueeze: () => step('inserts an axis of size 1', '插入大小为 1 的维', moves),
  expand: () => step('expands by broadcasting', '广播扩展', moves),
  expand_as: () => step('expands by broadcasting', '广播扩展', moves),
  repeat: () => step('repeats', '重复', moves),
  tile: () => step('repeats', '重复', moves),
  chunk: split,
  split,
  unbind: split,
  mean: reduce('mean', '求均值'),
  sum: reduce('sum', '求和'),
  amax: reduce('maximum', '取最大'),
  max: extreme(reduce('maximum', '取最大'), 'the larger one element-wise', '逐元素取较大者'),
  min: extreme(reduce('minimum', '取最小'), 'the smaller one element-wise', '逐元素取较小者'),
  maximum: () => step('the larger one element-wise', '逐元素取较大者'),
  minimum: () => step('the smaller one element-wise', '逐元素取较小者'),
  softmax: softmaxOf('softmax'),
  log_softmax: softmaxOf('log-softmax'),
  matmul: () => step('matrix product', '矩阵乘法'),
  bmm: () => step('batched matrix product', '按批矩阵乘法'),
  mm: () => step('matrix product', '矩阵乘法'),
  scaled_dot_product_attention: () => step('scaled dot-product attention', '缩放点积注意力'),
  dropout: () => step('dropout', '随机失活'),
  interpolate: resized,
  upsample: resized,
  conv1d: convolved(false),
  conv2d: convolved(false),
  conv3d: convolved(false),
  conv_transpose1d: convolved(true),
  conv_transpose2d: convolved(true),
  conv_transpose3d: convolved(true),
  max_pool2d: asLayer('MaxPool2d', poolWords),
  avg_pool2d: asLayer('AvgPool2d', poolWords),
  max_pool1d: asLayer('MaxPool1d', poolWords),
  avg_pool1d: asLayer('AvgPool1d', poolWords),
  adaptive_avg_pool2d: asLayer('AdaptiveAvgPool2d', adaptiveWords),
  adaptive_max_pool2d: asLayer('AdaptiveMaxPool2d', adaptiveWords),
  pad,
  topk: (r, call) => {
    const axis = axisWords(r, numberOf(call.value('dim', 'axis')) ?? -1, inputOf(r, call));
    const k = call.value('k');
    const size = k?.kind === 'int' ? r.dim(k.value) : '?';
    const given = call.arg('k');
    // What no shape tells has a name all the same.
    const count = size === '?' ? ((given && nameOf(given)) ?? '?') : size;
    const many =
      count === '?'
        ? words('the largest elements', '最大的若干个')
        : words(`the ${count} largest`, `最大的 ${count} 个`);
    return axis
      ? { text: text`${words(`takes ${many.en} along `, '沿')}${axis}${words('', `取${many.zh}及其位置`)}` }
      : generic(r, call);
  },
  masked_fill: masked,
  masked_fill_: masked,
  roll: () => step('shifts cyclically', '循环移位'),
  normalize: (r, call) => {
    const axis = axisWords(r, numberOf(call.value('dim', 'axis')) ?? 1, inputOf(r, call));
    const p = call.value('p');
    const norm = p?.kind === 'int' && typeof p.value === 'number' && p.value !== 2 ? p.value : undefined;
    const [to, by] =
      norm === undefined ? ['length 1', '归一化为单位长度'] : [`${norm}-norm 1`, `按 ${norm} 范数归一化`];
    return axis
      ? { text: text`${words(`scales to ${to} along `, '沿')}${axis}${words('', by)}` }
      : step('normalises', '归一化');
  },
  cross_entropy: () => step('cross-entropy loss', '交叉熵损失'),
  nll_loss: () => step('negative log-likelihood loss', '负对数似然损失'),
  binary_cross_entropy: () => step('binary cross-entropy loss', '二元交叉熵损失'),
  binary_cross_entropy_with_logits: () =>
    step('binary cross-entropy loss on logits', '二元交叉熵损失（输入为 logits）'),
  mse_loss: () => step('mean squared error', '均方误差'),
  l1_loss: () => step('mean absolute error', '平均绝对误差'),
  smooth_l1_loss: () => step('smooth L1 loss', 'Smooth L1 损失'),
  kl_div: () => step('KL divergence', 'KL 散度'),
};
