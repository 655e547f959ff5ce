import { type Dim, symbolsOf } from '../dims';
import type { Arg } from './arg';
import type { Words } from './rows';
import { convNote, say, times, transposedNote } from './rules/notes';

/** The arguments of a call as its row converted them; reading one that nobody knows makes the sentence untold. */
export type Given = Readonly<Record<string, unknown>>;
type Note = (e: Given) => Words | undefined;

/** The sentence of a call by the name of its op, whatever the library; a row's own note comes before it. */
export const noteOf = (name: string): Note | undefined => (Object.hasOwn(NOTES, name) ? NOTES[name] : undefined);

const words = (en: string, zh: string): Words => ({ en, zh });

const numberAt = (e: Given, ...names: readonly string[]): number | undefined =>
  names.map((name) => e[name]).find((value) => typeof value === 'number');

const isArg = (value: unknown): value is Arg => typeof value === 'object' && value !== null && 'kind' in value;

/** A Python number as text: `0.5`, `−1e9`. */
const numeral = (value: unknown): string | undefined => {
  const number = isArg(value) && (value.kind === 'int' || value.kind === 'float') ? value.value : value;
  if (typeof number !== 'number') return undefined;
  const plain = Math.abs(number) < 1e6 ? `${number}` : number.toExponential().replace('e+', 'e');
  return plain.replace('Infinity', '∞').replace('-', '−');
};

/** Sizes that a reader knows under the names printed here: numbers and parameters of the constructor. */
const sizesAt = (e: Given, ...names: readonly string[]): readonly Dim[] | undefined => {
  const found = names
    .map((name) => e[name])
    .flatMap((value) => (isSizes(value) ? value : isSize(value) ? [value] : []));
  const told =
    found.length >= names.length &&
    found.every((d) => typeof d === 'number' || symbolsOf(d).every((s) => s.role === 'rigid'));
  return told ? found : undefined;
};

const isSize = (value: unknown): value is Dim =>
  typeof value === 'number' || (typeof value === 'object' && value !== null && 'terms' in value);
const isSizes = (value: unknown): value is readonly Dim[] => Array.isArray(value) && value.every(isSize);

/** The axes that a call names: `the last axis`, `axis 1`, `axes 1 and 2`. */
const axesAt = (e: Given, ...names: readonly string[]): Words | undefined => {
  const value = names.map((name) => e[name]).find((v) => v !== undefined);
  const axes =
    typeof value === 'number' ? [value] : Array.isArray(value) ? value.filter((a) => typeof a === 'number') : [];
  const [only] = axes;
  if (only === undefined) return undefined;
  if (axes.length === 1) return axisWords(only);
  if (axes.some((a) => a < 0)) return words(`axes ${axes.join(', ')}`, `第 ${axes.join('、')} 维`);
  return words(`axes ${axes.slice(0, -1).join(', ')} and ${axes.at(-1)}`, `第 ${axes.join('、')} 维`);
};

const axisWords = (axis: number): Words => {
  if (axis === -1) return words('the last axis', '最后一维');
  return axis < 0 ? words(`axis ${axis}`, `倒数第 ${-axis} 维`) : words(`axis ${axis}`, `第 ${axis} 维`);
};

/** `sorts along the last axis`, `沿最后一维排序`. */
const along =
  (en: string, zh: string): Note =>
  (e) => {
    const axes = axesAt(e, 'dim', 'axis', 'dims');
    return axes && words(`${en} along ${axes.en}`, `沿${axes.zh}${zh}`);
  };

/** The same with the count or size that goes with it. */
const counted =
  (name: string, en: (n: string) => string, zh: (n: string) => string): Note =>
  (e) => {
    const [size] = sizesAt(e, name) ?? [];
    return size === undefined ? undefined : words(en(say(size)), zh(say(size)));
  };

const countedAlong =
  (name: string, en: (n: string) => string, zh: (n: string) => string): Note =>
  (e) => {
    const [size] = sizesAt(e, name) ?? [];
    return size === undefined ? undefined : along(en(say(size)), zh(say(size)))(e);
  };

const sorted =
  (en: string, zh: string): Note =>
  (e) =>
    e.descending === true ? along(`${en}, largest first,`, `降序${zh}`)(e) : along(en, zh)(e);

const power: Note = (e) => {
  const exponent = numeral(e.exponent ?? e.y);
  if (exponent === '2') return words('squares', '平方');
  return exponent === undefined ? undefined : words(`raises to the power ${exponent}`, `求 ${exponent} 次幂`);
};

const limits: Note = (e) => {
  const [low, high] = [numeral(e.min), numeral(e.max)];
  if (low !== undefined && high !== undefined) return words(`limits to [${low}, ${high}]`, `限制在 [${low}, ${high}]`);
  if (low !== undefined) return words(`at least ${low}`, `下限 ${low}`);
  return high === undefined ? undefined : words(`at most ${high}`, `上限 ${high}`);
};

const filling: Note = (e) => {
  const value = numeral(e.value);
  return value === undefined ? undefined : words(`puts ${value} where the mask is true`, `掩码为真处填 ${value}`);
};

const triangle =
  (en: string, zh: string): Note =>
  (e) => {
    const diagonal = numberAt(e, 'diagonal') ?? 0;
    const shifted = diagonal === 0 ? words('', '') : words(` from diagonal ${diagonal}`, `（对角线偏移 ${diagonal}）`);
    return words(`keeps the ${en} triangle${shifted.en}`, `保留${zh}三角${shifted.zh}`);
  };

const norm: Note = (e) => {
  const p = e.p ?? e.ord;
  const usual = isArg(p) && (p.kind === 'none' || (p.kind === 'str' && p.value === 'fro'));
  const order = numeral(p) ?? (usual || p === 'fro' || p === null ? '2' : undefined);
  return order === undefined
    ? undefined
    : (along(`${order}-norm`, `求 ${order} 范数`)(e) ?? words(`${order}-norm`, `${order} 范数`));
};

const rolled: Note = (e) => {
  const shifts = sizesAt(e, 'shifts');
  return (
    shifts && along(`shifts by ${shifts.map(say).join(', ')} cyclically`, `循环移位 ${shifts.map(say).join('、')}`)(e)
  );
};

const moved: Note = (e) => {
  const [from, to] = [axesAt(e, 'source'), axesAt(e, 'destination')];
  return from && to && words(`moves ${from.en} to ${to.en}`, `把${from.zh}移到${to.zh}`);
};

const windows: Note = (e) => {
  const kernel = sizesAt(e, 'kernel_size', 'kernel_sizes');
  if (kernel) return words(`${times(kernel)} windows as columns`, `把 ${times(kernel)} 窗口展成列`);
  const [size, step] = sizesAt(e, 'size', 'step') ?? [];
  if (size === undefined || step === undefined) return undefined;
  const axis = axesAt(e, 'dimension', 'axis');
  return (
    axis &&
    words(
      `windows of ${say(size)}, step ${say(step)}, along ${axis.en}`,
      `沿${axis.zh}取长 ${say(size)}、步长 ${say(step)} 的窗口`,
    )
  );
};

/** `1×1` the sides of a padding, the last axis first. */
const padding: Note = (e) => {
  const sides = sizesAt(e, 'pad');
  if (!sides || sides.length === 0 || sides.length > 6 || sides.length % 2 !== 0) return undefined;
  const names = ['W', 'H', 'D'];
  const told = Array.from(
    { length: sides.length / 2 },
    (_, i) => [names[i] ?? '', sides[2 * i] ?? 0, sides[2 * i + 1] ?? 0] as const,
  );
  const changed = told.filter(([, a, b]) => a !== 0 || b !== 0);
  if (sides.length === 2)
    return words(
      `pads the last axis by ${say(sides[0] ?? 0)} and ${say(sides[1] ?? 0)}`,
      `最后一维前补 ${say(sides[0] ?? 0)}、后补 ${say(sides[1] ?? 0)}`,
    );
  if (changed.length === 0) return words('pads nothing', '不填充');
  const each = changed.map(([name, a, b]) => `${name} ${say(a)}+${say(b)}`).join(', ');
  return words(`pads ${each}`, `填充：${each.replaceAll(', ', '，')}`);
};

const spacedNumbers: Note = (e) => {
  const [from, to] = [numeral(e.start), numeral(e.end ?? e.stop)];
  const [count] = sizesAt(e, 'steps') ?? sizesAt(e, 'num') ?? [];
  if (from === undefined || to === undefined || count === undefined) return undefined;
  return words(`${say(count)} numbers from ${from} to ${to}`, `从 ${from} 到 ${to} 的 ${say(count)} 个等距数`);
};

const counting: Note = (e) => {
  const { start, end, step } = e;
  if ((isArg(start) && numeral(start) !== '0') || (isArg(step) && numeral(step) !== '1') || !isArg(end))
    return undefined;
  const [count] = end.kind === 'int' ? (sizesAt({ end: end.value }, 'end') ?? []) : [];
  return count === undefined ? undefined : words(`0, 1, … up to ${say(count)} − 1`, `0 到 ${say(count)} − 1`);
};

const pattern =
  (en: string, zh: string, name = 'pattern'): Note =>
  (e) => {
    const text = e[name];
    if (typeof text !== 'string') return undefined;
    const shown = text.trim().replaceAll(/\s*->\s*/g, ' → ');
    return words(`${en} ${shown}`, `${zh}${shown}`);
  };

const reducing: Note = (e) => {
  const how = e.reduction;
  const names: Readonly<Record<string, Words>> = {
    mean: words('mean', '求均值'),
    sum: words('sum', '求和'),
    max: words('maximum', '取最大'),
    min: words('minimum', '取最小'),
    prod: words('product', '求积'),
  };
  const told = isArg(how) && how.kind === 'str' ? names[how.value] : undefined;
  return told && pattern(`${told.en},`, `${told.zh}：`)(e);
};

const convolution =
  (kernel: readonly string[]): Note =>
  (e) => {
    const [c, o, groups] = sizesAt(e, 'c', 'o', 'groups') ?? [];
    const sizes = sizesAt(e, ...kernel);
    const [stride, dilation] = [sizesAt(e, 'stride'), sizesAt(e, 'dilation')];
    const padding = e.padding === 'same' ? 'same' : sizesAt(e, 'padding');
    if (c === undefined || o === undefined || groups === undefined || !sizes || !stride || !dilation || !padding)
      return undefined;
    return convNote({ in_channels: c, out_channels: o, kernel_size: sizes, stride, padding, dilation, groups });
  };

const spread =
  (kernel: readonly string[]): Note =>
  (e) => {
    const [c, k, groups] = sizesAt(e, 'c', 'k', 'groups') ?? [];
    const [sizes, stride] = [sizesAt(e, ...kernel), sizesAt(e, 'stride')];
    if (c === undefined || k === undefined || groups !== 1 || !sizes || !stride) return undefined;
    return transposedNote({ in_channels: c, out_channels: k, kernel_size: sizes, stride });
  };

const mapped: Note = (e) => {
  const [i, o] = sizesAt(e, 'i', 'o') ?? [];
  return i === undefined || o === undefined
    ? undefined
    : words(`maps the last axis ${say(i)}→${say(o)}`, `最后一维 ${say(i)}→${say(o)}`);
};

const NOTES: Readonly<Record<string, Note>> = {
  sort: sorted('sorts', '排序'),
  argsort: sorted('gives the order that sorts', '给出排序的下标'),
  topk: (e) => {
    const [k] = sizesAt(e, 'k') ?? [];
    if (k === undefined) return undefined;
    return e.largest === false
      ? along(`takes the ${say(k)} smallest`, `取最小的 ${say(k)} 个`)(e)
      : along(`takes the ${say(k)} largest`, `取最大的 ${say(k)} 个`)(e);
  },
  kthvalue: countedAlong(
    'k',
    (k) => `takes smallest no. ${k}`,
    (k) => `取第 ${k} 小的元素`,
  ),
  cumsum: along('adds up', '累加'),
  cumprod: along('multiplies up', '累乘'),
  cummax: along('running maximum', '取累计最大'),
  cummin: along('running minimum', '取累计最小'),
  logcumsumexp: along('running log-sum-exp', '求累计 log-sum-exp'),
  logsumexp: along('log-sum-exp', '求 log-sum-exp'),
  gather: along('picks by index', '按下标取元素'),
  take_along_dim: along('picks by index', '按下标取元素'),
  index_select: along('picks by index', '按下标选取'),
  scatter: along('writes by index', '按下标写入'),
  scatter_add: along('adds by index', '按下标累加'),
  index_add: along('adds by index', '按下标累加'),
  std: along('standard deviation', '求标准差'),
  var: along('variance', '求方差'),
  prod: along('product', '求积'),
  min: along('minimum', '取最小'),
  amin: along('minimum', '取最小'),
  median: along('median', '取中位数'),
  argmax: along('place of the maximum', '取最大值的位置'),
  argmin: along('place of the minimum', '取最小值的位置'),
  any: along('whether any is true', '判断是否有真'),
  all: along('whether all are true', '判断是否全真'),
  count_nonzero: along('counts what is not 0', '统计非零个数'),
  norm,
  vector_norm: norm,
  flip: along('turns round', '翻转'),
  roll: rolled,
  movedim: moved,
  moveaxis: moved,
  diff: along('differences', '求相邻差'),
  repeat_interleave: countedAlong(
    'repeats',
    (n) => (n === '1' ? 'keeps each element once' : `repeats each element ${n} times`),
    (n) => (n === '1' ? '每个元素仍为 1 份' : `每个元素重复 ${n} 次`),
  ),
  select: countedAlong(
    'index',
    (i) => `index ${i}`,
    (i) => `取下标 ${i}`,
  ),
  narrow: countedAlong(
    'length',
    (n) => `takes a part of ${n}`,
    (n) => `取长 ${n} 的一段`,
  ),
  glu: along('gates one half by the other', '一半作门控'),
  one_hot: counted(
    'num_classes',
    (n) => `one-hot vectors of ${n}`,
    (n) => `${n} 维独热向量`,
  ),
  pixel_shuffle: counted(
    'upscale_factor',
    (r) => `channels into ${r}×${r} pixels`,
    (r) => `通道重排为 ${r}×${r} 像素`,
  ),
  pixel_unshuffle: counted(
    'downscale_factor',
    (r) => `${r}×${r} pixels into channels`,
    (r) => `${r}×${r} 像素重排为通道`,
  ),
  channel_shuffle: counted(
    'groups',
    (n) => `interleaves ${n} groups of channels`,
    (n) => `交错排列 ${n} 组通道`,
  ),
  group_norm: counted(
    'num_groups',
    (n) => `group norm, ${n} groups`,
    (n) => `组归一化，分 ${n} 组`,
  ),
  eye: counted(
    'n',
    (n) => `${n}×${n} identity matrix`,
    (n) => `${n}×${n} 单位矩阵`,
  ),
  tril: triangle('lower', '下'),
  triu: triangle('upper', '上'),
  clamp: limits,
  clip: limits,
  pow: power,
  masked_fill: filling,
  unfold: windows,
  fold: (e) => {
    const kernel = sizesAt(e, 'kernel_size') ?? sizesAt(e, 'kernel_sizes');
    return kernel && words(`adds ${times(kernel)} windows back up`, `把 ${times(kernel)} 窗口累加还原`);
  },
  pad: padding,
  arange: counting,
  linspace: spacedNumbers,
  einsum: pattern('sums products:', '按下标求积之和：', 'equation'),
  rearrange: pattern('rearranges', '重排：'),
  repeat: pattern('repeats', '重复：'),
  reduce: reducing,
  pack: pattern('packs', '打包：'),
  unpack: pattern('unpacks', '拆包：'),
  conv1d: convolution(['kl']),
  conv2d: convolution(['kh', 'kw']),
  conv3d: convolution(['kd', 'kh', 'kw']),
  conv_transpose1d: spread(['kl']),
  conv_transpose2d: spread(['kh', 'kw']),
  conv_transpose3d: spread(['kd', 'kh', 'kw']),
  linear: mapped,
};

/** The ops that have a sentence here. */
export const notedNames: readonly string[] = Object.keys(NOTES);
