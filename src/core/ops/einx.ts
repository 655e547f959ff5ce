import type { Arg, DType } from './arg';
import { type Call, tensor } from './call';
import { type OpEntry, type Table, table } from './rows';
import { einxShape, type Implicit, sharedType } from './rules/einx';

/** What einx hands a row: the description says the axes of all tensors and of the result. */
interface Given {
  readonly description: string;
  readonly tensors: Arg;
}

type Row = readonly [string, OpEntry];

const row = (
  name: string,
  en: string,
  zh: string,
  eg: string,
  implicit: Implicit,
  type: DType | 'shared' | 'unknown',
): Row => [
  `${name}(description: str, tensors: any*, **) -> any`,
  {
    en,
    zh,
    value({ description, tensors }: Given, call: Call): Arg | undefined {
      const given = tensors.kind === 'tuple' ? tensors.items : [tensors];
      const shape = einxShape(call, description, given, implicit);
      const known = type === 'shared' ? sharedType(given) : type === 'unknown' ? {} : { dtype: type };
      return shape && tensor(call.lib, shape, known);
    },
    eg,
  },
];

const PAIR = "'b n, b -> b n', (2, 3), (2) -> (2, 3)";
const each = (name: string, en: string, zh: string): Row => row(name, en, zh, PAIR, 'widest', 'shared');
const compared = (name: string, en: string, zh: string): Row => row(name, en, zh, PAIR, 'widest', 'bool');
const reduced = (name: string, en: string, zh: string): Row =>
  row(name, en, zh, "'b [n] d', (2, 3, 4) -> (2, 4)", 'reduced', 'unknown');
const kept = (name: string, en: string, zh: string): Row =>
  row(name, en, zh, "'b [n]', (2, 3) -> (2, 3)", 'same', 'shared');

/** einx's functions, as far as their descriptions tell shapes. */
export const einxTables: readonly Table[] = [
  table(
    'einx',
    [
      each('add', 'Adds over named axes.', '按轴名广播相加。'),
      each('subtract', 'Subtracts over named axes.', '按轴名广播相减。'),
      each('multiply', 'Multiplies over named axes.', '按轴名广播相乘。'),
      row('divide', 'Divides over named axes.', '按轴名广播相除。', PAIR, 'widest', 'unknown'),
      row('true_divide', 'Divides over named axes.', '按轴名广播相除。', PAIR, 'widest', 'unknown'),
      each('floor_divide', 'Divides over named axes, rounded down.', '按轴名广播相除并向下取整。'),
      each('maximum', 'The greater elements, over named axes.', '按轴名逐元素取较大者。'),
      each('minimum', 'The lesser elements, over named axes.', '按轴名逐元素取较小者。'),
      compared('less', 'Compares over named axes: less.', '按轴名比较：小于。'),
      compared('less_equal', 'Compares over named axes: less or equal.', '按轴名比较：小于等于。'),
      compared('greater', 'Compares over named axes: greater.', '按轴名比较：大于。'),
      compared('greater_equal', 'Compares over named axes: greater or equal.', '按轴名比较：大于等于。'),
      compared('equal', 'Compares over named axes: equal.', '按轴名比较：等于。'),
      compared('not_equal', 'Compares over named axes: not equal.', '按轴名比较：不等于。'),
      compared('logical_and', 'Logical and, over named axes.', '按轴名逻辑与。'),
      compared('logical_or', 'Logical or, over named axes.', '按轴名逻辑或。'),
      row(
        'where',
        'Chooses between elements by a mask, over named axes.',
        '按掩码逐元素选取，各轴按名称对应。',
        "'b n, b n d, -> b n d', (2, 3), (2, 3, 4), 0. -> (2, 3, 4)",
        'widest',
        'unknown',
      ),
      row(
        'id',
        'Reorders, splits and merges axes by a pattern with named axes.',
        '按带轴名的模式重排、拆分、合并各轴。',
        "'b (h d) -> b h d', (2, 12), h=3 -> (2, 3, 4)",
        'none',
        'shared',
      ),
      row(
        'rearrange',
        'Reorders, splits and merges axes by a pattern with named axes.',
        '按带轴名的模式重排、拆分、合并各轴。',
        "'b c l -> b l c', (2, 3, 4) -> (2, 4, 3)",
        'none',
        'shared',
      ),
      row(
        'dot',
        'Sum of products over named axes.',
        '按轴名求乘积之和。',
        "'b [k], [k] d -> b d', (2, 3), (3, 4) -> (2, 4)",
        'none',
        'shared',
      ),
      row(
        'get_at',
        'Takes the elements that an index names.',
        '按索引取元素。',
        "'b [n] d, b i -> b i d', (2, 5, 4), (2, 3) -> (2, 3, 4)",
        'none',
        'unknown',
      ),
      reduced('sum', 'Sum over the bracketed axes.', '沿方括号中的轴求和。'),
      reduced('mean', 'Mean over the bracketed axes.', '沿方括号中的轴求均值。'),
      reduced('max', 'Maximum over the bracketed axes.', '沿方括号中的轴求最大值。'),
      reduced('min', 'Minimum over the bracketed axes.', '沿方括号中的轴求最小值。'),
      reduced('prod', 'Product over the bracketed axes.', '沿方括号中的轴求积。'),
      reduced('logsumexp', 'Log of the sum of exponentials over the bracketed axes.', '沿方括号中的轴求 logsumexp。'),
      kept('softmax', 'Softmax over the bracketed axes.', '沿方括号中的轴做 softmax。'),
      kept('log_softmax', 'Log-softmax over the bracketed axes.', '沿方括号中的轴做 log-softmax。'),
      kept('flip', 'Reverses the bracketed axes.', '翻转方括号中的轴。'),
    ],
    { python: true },
  ),
];
