import type { Dim } from '../dims';
import type { Fault, FaultCode, FaultData, Words } from '../ops';
import type { Shape } from '../shapes';
import type { Reader } from './reader';
import { spaced } from './words';

/** What a fault means, in both languages. */
export const faultWords = (r: Reader, { code, data }: Fault): Words => {
  const found = 'op' in data ? OPS[code] : (PYTHON[code] ?? OPS[code]);
  return filled(r, found ?? [code, code], data);
};

type Data = Readonly<Record<string, string | number | Dim | Shape | undefined>>;

/** A template of both languages with the data in its `{holes}`. */
export const filled = (r: Reader, [en, zh]: Pair, data: Data): Words => {
  const show = (template: string, axis: string): string =>
    template.replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'axis' && data[name] === '' ? axis : shown(r, data[name]),
    );
  return { en: show(en, 'an axis'), zh: spaced(show(zh, '某一维')) };
};

const shown = (r: Reader, value: Data[string]): string => {
  if (value === undefined || typeof value === 'string') return value ?? '?';
  if (typeof value === 'number') return `${value}`;
  return 'dims' in value ? (r.shape(value) ?? '[*]') : r.dim(value);
};

/** A text in English and Chinese. */
export type Pair = readonly [en: string, zh: string];

type Holes<S extends string> = S extends `${string}{${infer N}}${infer R}` ? N | Holes<R> : never;

/** A template may name only what its data carry. */
export type Checked<T extends Readonly<Record<keyof D, Pair>>, D> = {
  readonly [C in keyof D]: Exclude<Holes<T[C][0]> | Holes<T[C][1]>, keyof D[C]> extends never ? Pair : never;
};

const templates = <const T extends Readonly<Record<FaultCode, Pair>>>(
  table: T & Checked<T, FaultData>,
): Readonly<Record<string, Pair>> => table;

/** Faults of ops: `{name}` is filled from the fault's data. */
const OPS = templates({
  'unexpected-keyword': ['{op} has no parameter {keyword}', '{op} 没有参数 {keyword}'],
  'repeated-argument': ['{op} gets {argument} twice', '{op} 的参数 {argument} 给了两次'],
  'missing-argument': ['{op} needs {argument}', '{op} 缺少参数 {argument}'],
  'too-many-arguments': [
    '{op} takes at most {most} positional arguments, {given} are given',
    '{op} 至多接受 {most} 个位置参数，这里给了 {given} 个',
  ],
  'wrong-type': [
    '{argument} of {op} must be {expected}, not {found}',
    '{op} 的参数 {argument} 须为 {expected}，不能是 {found}',
  ],
  'wrong-length': [
    '{argument} of {op} needs {expected} values, {found} are given',
    '{op} 的参数 {argument} 需要 {expected} 个值，这里给了 {found} 个',
  ],
  'none-size': ['{op} takes no None in {argument}: every call fails', '{op} 的 {argument} 不接受 None：调用时必然报错'],
  'value-range': [
    '{argument} of {op} must lie between {low} and {high}, it is {found}',
    '{op} 的参数 {argument} 须在 {low} 与 {high} 之间，现为 {found}',
  ],
  'value-choice': [
    '{argument} of {op} must be one of {choices}, not {found}',
    '{op} 的参数 {argument} 只能是 {choices}，不能是 {found}',
  ],
  'not-positive': [
    '{argument} of {op} must be positive, it is {found}',
    '{op} 的参数 {argument} 须为正数，现为 {found}',
  ],
  negative: ['{argument} of {op} must not be negative, it is {found}', '{op} 的参数 {argument} 不能为负，现为 {found}'],
  'conflicting-arguments': ['{op} takes {first} or {second}, not both', '{op} 的 {first} 与 {second} 只能给一个'],
  'one-of-missing': ['{op} needs {first} or {second}', '{op} 需要 {first} 或 {second}'],
  'value-unsupported': ['{op} does not support {argument} = {found}', '{op} 不支持 {argument} = {found}'],
  'rank-mismatch': [
    '{op} needs {expected}, the input {shape} has {found} axes',
    '{op} 需要 {expected}，而输入 {shape} 有 {found} 维',
  ],
  'axis-range': ['{op}: there is no axis {axis} in a tensor of {rank} axes', '{op}：{rank} 维张量没有第 {axis} 维'],
  'axis-repeated': ['{op} names axis {axis} twice', '{op} 两次指定了第 {axis} 维'],
  'permute-count': ['{op} names {found} axes, the tensor has {rank}', '{op} 给出 {found} 个轴，而张量有 {rank} 维'],
  'size-mismatch': [
    '{op}: axis {axis} must have size {expected}, it is {found}',
    '{op}：轴 {axis} 的大小须为 {expected}，实为 {found}',
  ],
  'channel-mismatch': [
    '{op} expects {expected} channels, the input has {found}',
    '{op} 期望 {expected} 个通道，输入有 {found} 个',
  ],
  'feature-mismatch': [
    '{op} expects a last axis of {expected}, it is {found}',
    '{op} 期望最后一维为 {expected}，实为 {found}',
  ],
  'batch-mismatch': ['{op}: the batch sizes {expected} and {found} differ', '{op}：批大小 {expected} 与 {found} 不同'],
  'norm-mismatch': [
    '{op} normalises {expected} values, the axis has {found}',
    '{op} 归一化的大小为 {expected}，而该轴为 {found}',
  ],
  'bias-mismatch': [
    '{op}: the bias has {found} values, {expected} are needed',
    '{op}：偏置有 {found} 个数，需要 {expected} 个',
  ],
  'hidden-mismatch': [
    '{op}: the state has size {found}, {expected} is needed',
    '{op}：隐藏状态大小为 {found}，需要 {expected}',
  ],
  'mask-mismatch': ['{op}: the mask is {found}, {expected} is needed', '{op}：掩码形状为 {found}，需要 {expected}'],
  'matmul-mismatch': [
    '{op}: {left} and {right} cannot be multiplied, {inner} and {outer} differ',
    '{op}：{left} 与 {right} 不能相乘，{inner} 与 {outer} 不等',
  ],
  'broadcast-mismatch': ['{op}: {left} and {right} do not broadcast', '{op}：{left} 与 {right} 无法广播'],
  'expand-mismatch': ['{op}: {from} cannot be expanded to {to}', '{op}：{from} 不能扩展为 {to}'],
  'shape-mismatch': ['{op}: the shapes {left} and {right} differ', '{op}：形状 {left} 与 {right} 不同'],
  'inplace-shape': [
    '{op} in place: the result {result} does not fit into {target}',
    '{op} 原地运算：结果 {result} 放不进 {target}',
  ],
  'cat-mismatch': [
    '{op} along axis {dim}: {left} and {right} differ on axis {axis}',
    '{op} 沿第 {dim} 维拼接：{left} 与 {right} 的第 {axis} 维不同',
  ],
  'stack-mismatch': ['{op}: {left} and {right} must have one shape', '{op}：{left} 与 {right} 的形状须相同'],
  'empty-list': ['{op} gets an empty list', '{op} 得到空列表'],
  'view-count': ['{op}: {from} has not as many elements as {to}', '{op}：{from} 与 {to} 的元素个数不同'],
  'view-infer': ['{op}: {from} cannot be divided by {known}', '{op}：{from} 的元素个数不能被 {known} 整除'],
  'view-stride': [
    '{op}: {from} does not lie in memory as {to} needs; use reshape',
    '{op}：{from} 在内存中不连续，不能视为 {to}，请用 reshape',
  ],
  'view-two-unknown': ['{op}: only one size may be -1', '{op}：只能有一个 -1'],
  'view-negative': ['{op}: {found} is no size', '{op}：{found} 不能作为大小'],
  'split-sum': ['{op}: the parts sum up to {sum}, the axis has {size}', '{op}：各份之和为 {sum}，而该轴大小为 {size}'],
  'unflatten-product': [
    '{op}: the sizes multiply to {product}, the axis has {size}',
    '{op}：各大小之积为 {product}，而该轴大小为 {size}',
  ],
  'odd-axis': ['{op} halves an axis of size {size}', '{op} 要对半分的轴大小为 {size}，是奇数'],
  'not-divisible': ['{op}: {what} {size} must be divisible by {by}', '{op}：{what} {size} 须能被 {by} 整除'],
  'groups-divide': [
    '{op}: {what} {channels} must be divisible by groups {groups}',
    '{op}：{what} {channels} 须能被分组数 {groups} 整除',
  ],
  'heads-divide': ['{op}: {size} must be divisible by {heads} heads', '{op}：{size} 须能被 {heads} 个头整除'],
  'kernel-too-large': [
    '{op}: a kernel of {kernel} is larger than {axis} = {size}',
    '{op}：大小为 {kernel} 的核超过了 {axis} = {size}',
  ],
  'output-empty': ['{op}: {axis} of the result would be {size}', '{op}：结果的 {axis} 为 {size}，没有元素'],
  'pool-padding': [
    '{op}: padding {padding} is more than half of the kernel {kernel}',
    '{op}：填充 {padding} 超过核大小 {kernel} 的一半',
  ],
  'output-padding': [
    '{op}: output_padding {padding} must be smaller than stride {stride} or dilation {dilation}',
    '{op}：output_padding {padding} 须小于步长 {stride} 或膨胀率 {dilation}',
  ],
  'same-stride': [
    "{op}: padding='same' needs stride 1, it is {stride}",
    "{op}：padding='same' 要求步长为 1，现为 {stride}",
  ],
  'reflect-padding': [
    '{op}: reflecting {padding} needs a size above it, it is {size}',
    '{op}：反射填充 {padding} 须小于该轴大小 {size}',
  ],
  'pad-length': [
    '{op}: {found} numbers do not fit a tensor of {rank} axes',
    '{op}：{found} 个填充数与 {rank} 维张量不符',
  ],
  'one-value': [
    '{op} needs more than one value per channel, the input is {shape}',
    '{op} 要求每个通道多于一个值，而输入为 {shape}',
  ],
  'index-range': ['index {index} is out of range for size {size}', '下标 {index} 超出大小 {size}'],
  'too-many-indices': ['{found} indices for a tensor of {rank} axes', '{rank} 维张量给了 {found} 个下标'],
  'too-many-picked': [
    '{op}: {argument} is {found}, the axis has only {size}',
    '{op}：{argument} 为 {found}，而该轴只有 {size} 个元素',
  ],
  'slice-step': ['a slice of a tensor needs a positive step', '张量切片的步长须为正数'],
  'index-type': ['a tensor cannot be indexed by {found}', '不能用 {found} 作张量的下标'],
  'index-broadcast': ['the indices {left} and {right} do not broadcast', '下标 {left} 与 {right} 无法广播'],
  'index-size': [
    'the mask has size {found} on axis {axis}, the tensor has {size}',
    '掩码在第 {axis} 维为 {found}，张量为 {size}',
  ],
  'dtype-mismatch': ['{op}: {left} and {right} are different element types', '{op}：元素类型 {left} 与 {right} 不同'],
  'dtype-refused': [
    '{argument} of {op} must be {expected}, it is {found}',
    '{op} 的 {argument} 须为 {expected} 类型，现为 {found}',
  ],
  'pattern-syntax': ["{op}: '{pattern}' is no pattern", "{op}：'{pattern}' 不是合法的模式"],
  'pattern-rank': [
    "{op}: '{pattern}' has {expected} axes, the tensor is {shape}",
    "{op}：'{pattern}' 有 {expected} 个轴，而张量为 {shape}",
  ],
  'pattern-axis': ["{op}: axis {axis} in '{pattern}' is not known", "{op}：'{pattern}' 中的轴 {axis} 未知"],
  'pattern-size': [
    "{op}: {axis} in '{pattern}' is {expected} and {found}",
    "{op}：'{pattern}' 中的 {axis} 既是 {expected} 又是 {found}",
  ],
  'pattern-divide': [
    "{op}: {group} in '{pattern}': {size} is not divisible by {by}",
    "{op}：'{pattern}' 中的 {group}：{size} 不能被 {by} 整除",
  ],
  'pattern-count': [
    "{op}: '{pattern}' needs {expected} tensors, {found} are given",
    "{op}：'{pattern}' 需要 {expected} 个张量，给了 {found} 个",
  ],
  'not-square': ['{op} needs a square matrix, the input is {shape}', '{op} 需要方阵，而输入为 {shape}'],
  'arange-direction': ['{op}: the step leads away from the end', '{op}：步长方向与终点相反'],
  'sequence-ragged': ['{op}: the nested sequences differ in length', '{op}：嵌套序列的长度不一'],
  'item-count': ['{op} needs one element, the tensor is {shape}', '{op} 要求只有一个元素，而张量为 {shape}'],
  'not-iterable': ['{op} needs something to iterate over', '{op} 需要可迭代的对象'],
});

/** Faults that Python itself proves. */
const PYTHON: Readonly<Record<string, Pair>> = {
  'unpack-arity': ['{given} values cannot be unpacked into {wanted} names', '{given} 个值不能拆给 {wanted} 个名字'],
  'missing-attribute': ['{type} has no attribute {name}', '{type} 没有属性 {name}'],
  'not-callable': ['{type} cannot be called', '{type} 不能调用'],
  'not-subscriptable': ['{type} has no elements', '{type} 不能取下标'],
  'index-range': ['index {index} is out of range for length {length}', '下标 {index} 超出长度 {length}'],
  'missing-key': ['there is no key {key}', '没有键 {key}'],
  'missing-argument': ['{callable}() needs {name}', '{callable}() 缺少参数 {name}'],
  'too-many-arguments': ['{callable}() gets too many arguments', '{callable}() 的参数过多'],
  'unexpected-keyword': ['{callable}() has no parameter {name}', '{callable}() 没有参数 {name}'],
  'repeated-argument': ['{callable}() gets {name} twice', '{callable}() 的参数 {name} 给了两次'],
  'no-forward': ['{type} has no forward', '{type} 没有 forward'],
  assertion: ['the assertion cannot hold', '断言不成立'],
};

/** Every fault with its text; Python's own stand for the ops' of the same code. */
export const faultTexts = (): readonly (readonly [code: string, text: Pair])[] => Object.entries({ ...OPS, ...PYTHON });

/** How to mend it, where that is certain. */
export const remedyOf = ({ code, data }: Fault): Words | undefined => {
  const adaptive = data.adaptive;
  if (code !== 'none-size' || typeof adaptive !== 'string' || adaptive === '') return undefined;
  return {
    en: `${adaptive} takes None (“as the input”)`,
    zh: `${adaptive} 接受 None（表示与输入相同）`,
  };
};
