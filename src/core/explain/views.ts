import type { Words } from '../ops';
import { type Language, plain, words } from './words';

/** The labels of the shape panel and of the layer diagram in one language. */
export const labelsIn = (language: Language) => {
  const words = (en: string, zh: string): string => (language === 'en' ? en : zh);
  return {
    inputs: words('Inputs', '输入'),
    input: words('Input', '输入'),
    output: words('Output', '输出'),
    constructor: words('Constructor parameters', '构造参数'),
    steps: words('Steps', '步骤'),
    step: words('Step', '步骤'),
    totals: words('Totals', '合计'),
    conditions: words('Conditions', '成立条件'),
    problems: words('Problems', '问题'),
    shape: words('Shape', '形状'),
    class: words('Class', '类'),
    layer: words('Layer', '层'),
    family: words('Kind', '类别'),
    arguments: words('Arguments', '参数设置'),
    parameters: words('Parameters', '参数量'),
    trainable: words('Trainable parameters', '可学习参数'),
    fixed: words('Running statistics', '滑动统计量'),
    flops: words('FLOPs', '浮点运算量'),
    activations: words('Activations', '激活值'),
    parameterMemory: words('Parameter memory', '参数内存'),
    inputMemory: words('Input memory', '输入内存'),
    activationMemory: words('Activation memory', '激活内存'),
    weight: words('Weights', '权重'),
    formula: words('Formula', '公式'),
    meaning: words('Meaning', '含义'),
    condition: words('Only when', '仅当'),
    repeated: words('Repeated', '重复'),
    fault: words('Fault', '错误'),
    presets: words('Examples', '示例'),
    symbolic: words('symbolic', '符号'),
    reset: words('Reset', '还原'),
    apply: words('Apply', '应用'),
    default: words('default', '默认'),
    required: words('required', '必填'),
    diagram: words('Layer diagram', '层级结构图'),
    panel: words('Shape panel', '形状面板'),
    kernels: words('Fused kernels', '卷积核融合'),
    open: words('Open', '展开'),
    fold: words('Fold', '折叠'),
    openAll: words('Open all', '全部展开'),
    foldAll: words('Fold all', '全部折叠'),
    fit: words('Fit', '适应窗口'),
    zoomIn: words('Zoom in', '放大'),
    zoomOut: words('Zoom out', '缩小'),
    turn: words('Turn', '横竖切换'),
    source: words('Go to source', '转到源码'),
    definition: words('Where it is made', '定义处'),
    details: words('Details', '详情'),
    legend: words('Legend', '图例'),
    partial: words('Not everything could be followed', '有一部分未能跟踪'),
    layoutPartial: words('Time was up: a part is laid out plainly', '超时：一部分按简单列排布'),
    noClass: words('Put the cursor into a model class to see its shapes.', '将光标放进一个模型类，即可看到它的形状。'),
    pick: words('Select a box to see its details.', '选中一个方框查看详情。'),
    copy: words('Copy', '复制'),
    copyText: words('Text', '文本'),
    export: words('Export', '导出'),
    search: words('Search layers', '搜索层'),
    previous: words('Previous match', '上一个匹配'),
    next: words('Next match', '下一个匹配'),
    memory: words('Memory', '内存'),
    pin: words('Stay with this class', '固定在此类'),
    shared: words('(shared)', '（共享）'),
    bytes: words('bytes', '字节'),
    unknown: words('not known', '未知'),
  };
};

/** All labels of the views. */
export type Labels = Readonly<ReturnType<typeof labelsIn>>;

/** What kinds of work are called. */
export const familyWords: Readonly<Record<string, Words>> = {
  convolution: words('convolution', '卷积'),
  normalisation: words('normalisation', '归一化'),
  activation: words('activation', '激活函数'),
  pooling: words('pooling, reduction', '池化、归约'),
  linear: words('linear, attention', '全连接、注意力'),
  merge: words('merge', '合并'),
  reshape: words('reshape', '改变形状'),
  other: words('other', '其他'),
};

/** How the shapes of the inputs came to be known. */
export const knownWords = {
  free: words('Inputs are symbolic: sizes follow from the code', '输入为符号：大小由代码推出'),
  given: words('Inputs as you gave them', '输入由你给出'),
  unknown: words('The code does not say what the inputs are', '代码没有说明输入的形状'),
};

/** Why a text for a shape or an argument cannot be used. */
export const inputFaults = {
  empty: words('Write sizes separated by commas: B, 3, 224, 224', '请写以逗号分隔的大小：B, 3, 224, 224'),
  size: (part: string): Words =>
    words(`“${part}” is no size: use an integer or a name such as B`, `“${part}”不是大小：请用整数或 B 这样的名字`),
  name: (name: string, names: readonly string[]): Words =>
    words(`there is no ${name}; there are ${names.join(', ')}`, `没有 ${name}，只有 ${names.join('、')}`),
  negative: (part: string): Words => words(`“${part}” is less than 0`, `“${part}”小于 0`),
  literal: (part: string): Words =>
    words(
      `“${part}” cannot be read: numbers, True, False, None, 'text', lists, or a name of this file`,
      `无法读取“${part}”：可用数字、True、False、None、'文本'、列表，或本文件中的名字`,
    ),
};

/** Why the count of operations differs from other tools. */
export const flopsNote = words(
  'FLOPs are multiply-adds × 2; what has no count of its own costs nothing here. torchinfo counts each multiply-add once, and leaves out the sequence axis of Linear and all of attention.',
  '浮点运算量按乘加次数 × 2 计；没有单独计数的运算按 0 计。torchinfo 每个乘加只算一次，且不计 Linear 的序列轴和注意力。',
);

/** A line of the document. */
export const lineWords = (line: number): Words => words(`line ${line}`, `第 ${line} 行`);

/** A condition that must hold for a step to run. */
export const caseWords = (text: string, holds: boolean): Words =>
  text === ''
    ? words(holds ? 'one way' : 'the other way', holds ? '一种情况' : '另一种情况')
    : plain(holds ? text : opposite(text));

const COMPARISON = /^([^=<>!]+?) (==|!=|<=|>=|<|>|is not|is|not in|in) ([^=<>!]+)$/;
const OPPOSITES: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  is: 'is not',
  'is not': 'is',
  in: 'not in',
  'not in': 'in',
};

/** The negation of a condition in Python, as a person writes it: `a != b` rather than `not a == b`. */
export const opposite = (source: string): string => {
  if (/ (and|or|if|else) /.test(source)) return `not (${source})`;
  const [, left, sign = '', right] = COMPARISON.exec(source) ?? [];
  const other = OPPOSITES[sign];
  if (other && !/ (is|in|not) /.test(`${left} ${right}`)) return `${left} ${other} ${right}`;
  return source.startsWith('not ') ? source.slice('not '.length) : `not ${source}`;
};
