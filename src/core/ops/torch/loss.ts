import { add, type Dim, floorDiv, same, sub } from '../../dims';
import { type Shape, sameShape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp, holds, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { isFloat } from '../dtypes';
import { type LayerEntry, layers, type OpEntry, ops, type ParamShapes, type Table } from '../rows';
import { needChoice } from '../rules/checks';
import { elementwise } from '../rules/elementwise';
import { say } from '../rules/notes';
import { typed } from '../rules/view';

const reductions = ['none', 'mean', 'sum'];

/** What a loss gives: one number, or one a place with `reduction='none'`. */
const reducedTo = (call: Call, like: TensorArg, shape: Shape, reduction: string): Arg => {
  needChoice(
    call,
    'reduction',
    reduction,
    call.op.includes('kl') || call.op === 'KLDivLoss' ? [...reductions, 'batchmean'] : reductions,
  );
  return tensor(call.lib, reduction === 'none' ? shape : shapeOf(), typed(like));
};

/** Losses of an input and a target that broadcast. */
const paired = (call: Call, input: TensorArg, target: TensorArg, reduction: string): Arg | undefined => {
  const all = elementwise(call, [input, target]);
  const { dtype: _, ...plain } = all ?? input;
  return all && reducedTo(call, input.dtype === target.dtype ? all : plain, all.shape, reduction);
};

/** Losses of an input and a target that must have one shape. */
const alike = (call: Call, input: TensorArg, target: TensorArg, reduction: string): Arg | undefined => {
  needAlike(call, input, target, 'target');
  if (target.dtype === 'bool') {
    const data = { op: call.op, argument: 'target', expected: 'float', found: target.dtype };
    return refuse(call, fault('dtype-refused', data, 'target'));
  }
  const like = target.dtype === input.dtype ? input : tensor(call.lib, input.shape);
  return reducedTo(call, like, input.shape, reduction);
};

const needAlike = (call: Call, a: TensorArg, b: TensorArg, name: string): void => {
  if (a.shape.rest || b.shape.rest) return;
  const clash = fault('shape-mismatch', { op: call.op, left: a.shape, right: b.shape }, 'input', name);
  if (a.shape.dims.length !== b.shape.dims.length) {
    refuse(call, clash);
    return;
  }
  a.shape.dims.forEach((d, i) => {
    const other = b.shape.dims[i] ?? d;
    if (!same(d, other)) need(call, { kind: 'eq', left: d, right: other }, clash);
  });
};

/**
 * Losses of class scores `[b, c, …]` and class numbers `[b, …]`. Targets of the input's own shape are probabilities,
 * where the loss takes those.
 */
/** Targets of the scores' own shape are probabilities, which are fractions. */
const needProbabilities = (call: Call, input: TensorArg, target: TensorArg): void => {
  if (target.dtype === undefined || isFloat(target.dtype) || !sameShape(input.shape, target.shape)) return;
  const data = { op: call.op, argument: 'target', expected: 'float', found: target.dtype };
  refuse(call, fault('dtype-refused', data, 'target'));
};

const classes = (
  call: Call,
  input: TensorArg,
  target: TensorArg,
  weight: TensorArg | null,
  reduction: string,
  probabilities: boolean,
): Arg | undefined => {
  if (input.shape.rest || target.shape.rest)
    return reduction === 'none' ? giveUp(call, 'the rank is not known') : reducedTo(call, input, shapeOf(), reduction);
  needScores(call, input);
  const { dims } = input.shape;
  if (dims.length === 0) {
    const data = { op: call.op, argument: 'input', expected: '1+', found: 0, shape: input.shape };
    return refuse(call, fault('rank-mismatch', data, 'input'));
  }
  const at = dims.length > 1 ? 1 : 0;
  const places = dims.filter((_, i) => i !== at);
  needWeight(call, weight, dims[at] ?? 1);
  const soft = probabilities && target.shape.dims.length === dims.length && couldEqual(call, dims, target.shape.dims);
  if (soft) needProbabilities(call, input, target);
  // Scores of one sample: its class is one number, of no axis or of one.
  const [only] = target.shape.dims;
  if (!soft && dims.length === 1 && target.shape.dims.length === 1 && only !== undefined) {
    needClasses(call, target);
    const data = { op: call.op, axis: 'b', expected: 1, found: only };
    need(call, { kind: 'eq', left: 1, right: only }, fault('batch-mismatch', data, 'target'));
    return reducedTo(call, input, /multi_?margin/i.test(call.op) ? target.shape : shapeOf(), reduction);
  }
  if (!soft) {
    needClasses(call, target);
    needPlaces(call, places, target);
  }
  return reducedTo(call, input, shapeOf(...places), reduction);
};

const needScores = (call: Call, input: TensorArg): void => {
  if (input.dtype === undefined || isFloat(input.dtype)) return;
  const data = { op: call.op, argument: 'input', expected: 'float', found: input.dtype };
  refuse(call, fault('dtype-refused', data, 'input'));
};

const couldEqual = (call: Call, a: readonly Dim[], b: readonly Dim[]): boolean =>
  a.every((d, i) => holds(call, { kind: 'eq', left: d, right: b[i] ?? d }) !== false);

const needWeight = (call: Call, weight: TensorArg | null, count: Dim): void => {
  const found = weight && !weight.shape.rest ? weight.shape.dims[0] : undefined;
  if (found === undefined) return;
  const data = { op: call.op, axis: 'c', expected: count, found };
  need(call, { kind: 'eq', left: count, right: found }, fault('size-mismatch', data, 'weight'));
};

const needClasses = (call: Call, target: TensorArg): void => {
  if (target.dtype === undefined || target.dtype === 'int64' || target.dtype === 'uint8') return;
  const data = { op: call.op, argument: 'target', expected: 'int64', found: target.dtype };
  refuse(call, fault('dtype-refused', data, 'target'));
};

const needPlaces = (call: Call, places: readonly Dim[], target: TensorArg): void => {
  const found = target.shape.dims;
  if (found.length !== places.length) {
    const data = {
      op: call.op,
      argument: 'target',
      expected: `${places.length}`,
      found: found.length,
      shape: target.shape,
    };
    refuse(call, fault('rank-mismatch', data, 'target'));
    return;
  }
  found.forEach((d, i) => {
    const expected = places[i] ?? d;
    const data = { op: call.op, axis: i === 0 ? 'b' : `${i}`, expected, found: d };
    need(
      call,
      { kind: 'eq', left: expected, right: d },
      fault(i === 0 ? 'batch-mismatch' : 'size-mismatch', data, 'input', 'target'),
    );
  });
};

interface Legacy {
  readonly size_average?: Arg;
  readonly reduce?: Arg;
}

/** What the two old arguments say of the reduction, once one of them is given: they come before the new one. */
const oldReduction = ({ size_average, reduce }: Legacy): Arg | undefined => {
  const given = [size_average, reduce].map((arg) => (arg === undefined || arg.kind === 'none' ? undefined : arg));
  if (given.every((arg) => arg === undefined)) return undefined;
  const [average, reduces] = given.map((arg) => (arg === undefined ? true : truth(arg)));
  if (average === undefined || reduces === undefined) return { kind: 'unknown', why: 'the reduction is not known' };
  return { kind: 'str', value: reduces ? (average ? 'mean' : 'sum') : 'none' };
};

const truth = (arg: Arg): boolean | undefined =>
  arg.kind === 'bool' ? arg.value : arg.kind === 'tuple' ? arg.items.length > 0 : undefined;

/** The rows of a table with the old arguments honoured. */
const withOldArguments = (table: Table): Table => ({
  ...table,
  functions: table.functions.map(([text, entry]): readonly [string, OpEntry] => [
    text,
    {
      ...entry,
      value: (e: Legacy, call) => {
        const old = oldReduction(e);
        if (old?.kind === 'unknown') return giveUp(call, old.why);
        return entry.value?.(old?.kind === 'str' ? Object.create(e, { reduction: { value: old.value } }) : e, call);
      },
    },
  ]),
});

/** Losses as Python functions. */
export const lossFunctions = withOldArguments(
  ops(
    'torch.nn.functional',
    {
      "mse_loss(input: Tensor, target: Tensor, size_average: any = None, reduce: any = None, reduction: str = 'mean', weight: Tensor? = None) -> any":
        {
          en: 'Mean of squared differences.',
          zh: '均方误差。',
          value: ({ input, target, reduction }, call) => paired(call, input, target, reduction),
          eg: [
            '(2, 3), (2, 3) -> ()',
            '(2, 3), (2, 4) -> !broadcast-mismatch',
            "(2, 3), (3), reduction='none' -> (2, 3)",
          ],
          formula: 'mean((x − y)²)',
        },
      "l1_loss(input: Tensor, target: Tensor, size_average: any = None, reduce: any = None, reduction: str = 'mean', weight: Tensor? = None) -> any":
        {
          en: 'Mean of absolute differences.',
          zh: '平均绝对误差。',
          value: ({ input, target, reduction }, call) => paired(call, input, target, reduction),
          eg: '(2, 3), (2, 3) -> ()',
        },
      "smooth_l1_loss(input: Tensor, target: Tensor, size_average: any = None, reduce: any = None, reduction: str = 'mean', beta: float = 1.0) -> any":
        {
          en: 'Squared differences near 0, absolute ones further out.',
          zh: 'Smooth L1 损失：小误差取平方、大误差取绝对值。',
          value: ({ input, target, reduction }, call) => paired(call, input, target, reduction),
          eg: '(2, 3), (2, 3) -> ()',
        },
      "huber_loss(input: Tensor, target: Tensor, reduction: str = 'mean', delta: float = 1.0, weight: Tensor? = None) -> any":
        {
          needs: 'real float',
          en: 'Squared differences near 0, absolute ones further out.',
          zh: 'Huber 损失：小误差取平方、大误差取绝对值。',
          value: ({ input, target, reduction }, call) => paired(call, input, target, reduction),
          eg: '(2, 3), (3) -> ()',
        },
      "kl_div(input: Tensor, target: Tensor, size_average: any = None, reduce: any = None, reduction: str = 'mean', log_target: bool = False) -> any":
        {
          needs: 'real float',
          en: 'Kullback–Leibler divergence; the input is a logarithm.',
          zh: 'KL 散度；input 须为对数概率。',
          value: ({ input, target, reduction }, call) => paired(call, input, target, reduction),
          eg: '(2, 3), (2, 3) -> ()',
        },
      "poisson_nll_loss(input: Tensor, target: Tensor, log_input: bool = True, full: bool = False, size_average: any = None, eps: float = 1e-08, reduce: any = None, reduction: str = 'mean') -> any":
        {
          en: 'Negative log likelihood of counts.',
          zh: '泊松分布的负对数似然。',
          value: ({ input, target, reduction }, call) => paired(call, input, target, reduction),
          eg: '(2, 3), (2, 3) -> ()',
        },
      "hinge_embedding_loss(input: Tensor, target: Tensor, margin: float = 1.0, size_average: any = None, reduce: any = None, reduction: str = 'mean') -> any":
        {
          needs: 'real float',
          en: 'Hinge loss of a distance and a ±1 label.',
          zh: '距离与 ±1 标签的合页损失。',
          value: ({ input, target, reduction }, call) => paired(call, input, target, reduction),
          eg: '(2, 3), (2, 3) -> ()',
        },
      "soft_margin_loss(input: Tensor, target: Tensor, size_average: any = None, reduce: any = None, reduction: str = 'mean') -> any":
        {
          en: 'Logistic loss of a ±1 label.',
          zh: '±1 标签的 logistic 损失。',
          value: ({ input, target, reduction }, call) => paired(call, input, target, reduction),
          eg: '(2, 3), (2, 3) -> ()',
        },
      "binary_cross_entropy(input: Tensor, target: Tensor, weight: Tensor? = None, size_average: any = None, reduce: any = None, reduction: str = 'mean') -> any":
        {
          en: 'Cross entropy of probabilities of two classes.',
          zh: '二分类交叉熵；input 须为概率。',
          value: ({ input, target, reduction }, call) => alike(call, input, target, reduction),
          eg: ['(2, 3), (2, 3) -> ()', '(2, 3), (3) -> !shape-mismatch'],
        },
      "binary_cross_entropy_with_logits(input: Tensor, target: Tensor, weight: Tensor? = None, size_average: any = None, reduce: any = None, reduction: str = 'mean', pos_weight: Tensor? = None) -> any":
        {
          needs: 'real float',
          en: 'Cross entropy of two classes from raw scores.',
          zh: '二分类交叉熵；input 为未归一化得分（logits）。',
          value: ({ input, target, reduction, pos_weight }, call) => {
            if (pos_weight) elementwise(call, [input, pos_weight]);
            return alike(call, input, target, reduction);
          },
          eg: ['(2, 3), (2, 3) -> ()', '(2, 3), (2, 4) -> !shape-mismatch'],
        },
      "cross_entropy(input: Tensor, target: Tensor, weight: Tensor? = None, size_average: any = None, ignore_index: int = -100, reduce: any = None, reduction: str = 'mean', label_smoothing: float = 0.0) -> any":
        {
          en: 'Cross entropy of classes from raw scores.',
          zh: '多分类交叉熵；input 为未归一化得分（logits）。',
          value: ({ input, target, weight, reduction }, call) => classes(call, input, target, weight, reduction, true),
          eg: [
            '(2, 5), (2):int64 -> ()',
            '(2, 5), (3):int64 -> !batch-mismatch',
            '(2, 5, 4), (2, 4):int64 -> ()',
            '(2, 5), (2) -> !dtype-refused',
          ],
        },
      "nll_loss(input: Tensor, target: Tensor, weight: Tensor? = None, size_average: any = None, ignore_index: int = -100, reduce: any = None, reduction: str = 'mean') -> any":
        {
          en: 'Negative log likelihood of classes from log probabilities.',
          zh: '负对数似然；input 为对数概率。',
          value: ({ input, target, weight, reduction }, call) => classes(call, input, target, weight, reduction, false),
          eg: ['(2, 5), (2):int64 -> ()', '(2, 5), (3):int64 -> !batch-mismatch', '(5), (1):int64 -> ()'],
        },
      "multi_margin_loss(input: Tensor, target: Tensor, p: int = 1, margin: float = 1.0, weight: Tensor? = None, size_average: any = None, reduce: any = None, reduction: str = 'mean') -> any":
        {
          en: 'Margin loss of several classes.',
          zh: '多分类间隔损失。',
          value: ({ input, target, weight, reduction }, call) => classes(call, input, target, weight, reduction, false),
          eg: '(2, 5), (2):int64 -> ()',
        },
      "multilabel_margin_loss(input: Tensor, target: Tensor, size_average: any = None, reduce: any = None, reduction: str = 'mean') -> any":
        {
          needs: 'real float',
          en: 'Margin loss of several labels.',
          zh: '多标签间隔损失。',
          value: ({ input, target, reduction }, call) => {
            needAlike(call, input, target, 'target');
            return rowwise(call, input, reduction);
          },
          eg: ['(2, 3), (2, 3):int64 -> ()', '(2, 3), (2, 4):int64 -> !shape-mismatch'],
        },
      "multilabel_soft_margin_loss(input: Tensor, target: Tensor, weight: Tensor? = None, size_average: any = None, reduce: any = None, reduction: str = 'mean') -> any":
        {
          needs: 'real float',
          en: 'Logistic loss of several labels.',
          zh: '多标签 logistic 损失。',
          value: ({ input, target, reduction }, call) => {
            elementwise(call, [input, target]);
            return rowwise(call, input, reduction);
          },
          eg: '(2, 3), (2, 3) -> ()',
        },
      "gaussian_nll_loss(input: Tensor, target: Tensor, var: operand, full: bool = False, eps: float = 1e-06, reduction: str = 'mean') -> any":
        {
          en: 'Negative log likelihood of a normal distribution.',
          zh: '正态分布的负对数似然。',
          value: ({ input, target, var: spread, reduction }, call) => {
            const all = elementwise(call, [input, target]);
            if (spread.kind === 'tensor') needSpread(call, input, spread);
            return all && reducedTo(call, input, all.shape, reduction);
          },
          eg: ['(2, 3), (2, 3), (2, 3) -> ()', '(2, 3), (2, 3), (2, 2) -> !shape-mismatch'],
        },
      "cosine_embedding_loss(input1: Tensor, input2: Tensor, target: Tensor, margin: float = 0, size_average: any = None, reduce: any = None, reduction: str = 'mean') -> any":
        {
          en: 'Pulls like pairs together and pushes others apart, by cosine.',
          zh: '按余弦相似度拉近同类、推远异类。',
          value: ({ input1, input2, reduction }, call) => {
            const all = elementwise(call, [input1, input2]);
            return all && reducedTo(call, all, { ...all.shape, dims: all.shape.dims.slice(0, -1) }, reduction);
          },
          eg: '(2, 3), (2, 3), (2) -> ()',
        },
      "margin_ranking_loss(input1: Tensor, input2: Tensor, target: Tensor, margin: float = 0, size_average: any = None, reduce: any = None, reduction: str = 'mean') -> any":
        {
          en: 'Margin loss of which of two scores is larger.',
          zh: '比较两个得分大小的间隔损失。',
          value: ({ input1, input2, target, reduction }, call) => {
            const all = elementwise(call, [input1, input2, target]);
            return all && reducedTo(call, all, all.shape, reduction);
          },
          eg: '(2), (2), (2) -> ()',
        },
      "triplet_margin_loss(anchor: Tensor, positive: Tensor, negative: Tensor, margin: float = 1.0, p: float = 2, eps: float = 1e-06, swap: bool = False, size_average: any = None, reduce: any = None, reduction: str = 'mean') -> any":
        {
          en: 'Pulls the positive nearer to the anchor than the negative.',
          zh: '三元组损失：使正例比负例更靠近锚点。',
          value: ({ anchor, positive, negative, reduction }, call) => {
            const all = elementwise(call, [anchor, positive, negative]);
            return all && reducedTo(call, all, { ...all.shape, dims: all.shape.dims.slice(0, -1) }, reduction);
          },
          eg: '(2, 3), (2, 3), (2, 3) -> ()',
        },
      "ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: any, target_lengths: any, blank: int = 0, reduction: str = 'mean', zero_infinity: bool = False) -> any":
        {
          en: 'Loss of a sequence against a label whose places are not known.',
          zh: 'CTC 损失：对齐位置未知的序列标注损失。',
          value: ({ log_probs, reduction }, call) =>
            reducedTo(
              call,
              log_probs,
              shapeOf(log_probs.shape.dims.length > 2 ? (log_probs.shape.dims[1] ?? 1) : 1),
              reduction,
            ),
          eg: '(5, 2, 4), (2, 3):int64, (2):int64, (2):int64 -> ()',
        },
    },
    { python: true },
  ),
);

/** Losses that give one number a row. */
const rowwise = (call: Call, input: TensorArg, reduction: string): Arg =>
  reducedTo(call, input, { ...input.shape, dims: input.shape.dims.slice(0, -1) }, reduction);

/** A variance has the input's shape, or lacks its last axis, or has 1 on one axis. */
const needSpread = (call: Call, input: TensorArg, spread: TensorArg): void => {
  const a = input.shape;
  const b = spread.shape;
  if (a.rest || b.rest || b.dims.length === 0) return;
  const fits = (dims: readonly Dim[]): boolean => dims.length === b.dims.length && couldEqual(call, dims, b.dims);
  if (fits(a.dims) || fits(a.dims.slice(0, -1)) || a.dims.some((_, i) => fits(a.dims.with(i, 1)))) return;
  refuse(call, fault('shape-mismatch', { op: call.op, left: a, right: b }, 'input', 'var'));
};

/** A loss layer without parameters. */
const loss = (
  en: string,
  zh: string,
  call: string,
  eg: string,
): Pick<LayerEntry, 'en' | 'zh' | 'call' | 'eg' | 'fields'> => ({
  en,
  zh,
  call,
  eg,
  fields: (e: Legacy) => {
    const reduction = oldReduction(e);
    return reduction ? { reduction } : {};
  },
});

/** Loss layers. */
export const lossLayers = layers('torch.nn torch.nn.modules torch.nn.modules.loss', {
  "MSELoss(size_average: any = None, reduce: any = None, reduction: str = 'mean')": loss(
    'Mean of squared differences.',
    '均方误差。',
    'mse_loss(input, target, reduction=reduction)',
    'MSELoss(): (2, 3), (2, 3) -> ()',
  ),
  "L1Loss(size_average: any = None, reduce: any = None, reduction: str = 'mean')": loss(
    'Mean of absolute differences.',
    '平均绝对误差。',
    'l1_loss(input, target, reduction=reduction)',
    'L1Loss(): (2, 3), (2, 3) -> ()',
  ),
  "SmoothL1Loss(size_average: any = None, reduce: any = None, reduction: str = 'mean', beta: float = 1.0)": loss(
    'Squared differences near 0, absolute ones further out.',
    'Smooth L1 损失：小误差取平方、大误差取绝对值。',
    'smooth_l1_loss(input, target, reduction=reduction)',
    'SmoothL1Loss(): (2, 3), (2, 3) -> ()',
  ),
  "HuberLoss(reduction: str = 'mean', delta: float = 1.0)": loss(
    'Squared differences near 0, absolute ones further out.',
    'Huber 损失：小误差取平方、大误差取绝对值。',
    'huber_loss(input, target, reduction=reduction)',
    'HuberLoss(): (2, 3), (2, 3) -> ()',
  ),
  "KLDivLoss(size_average: any = None, reduce: any = None, reduction: str = 'mean', log_target: bool = False)": loss(
    'Kullback–Leibler divergence; the input is a logarithm.',
    'KL 散度；input 须为对数概率。',
    'kl_div(input, target, reduction=reduction)',
    'KLDivLoss(): (2, 3), (2, 3) -> ()',
  ),
  "BCELoss(weight: Tensor? = None, size_average: any = None, reduce: any = None, reduction: str = 'mean')": loss(
    'Cross entropy of probabilities of two classes.',
    '二分类交叉熵；input 须为概率。',
    'binary_cross_entropy(input, target, weight, reduction=reduction)',
    'BCELoss(): (2, 3), (2, 3) -> ()',
  ),
  "BCEWithLogitsLoss(weight: Tensor? = None, size_average: any = None, reduce: any = None, reduction: str = 'mean', pos_weight: Tensor? = None)":
    loss(
      'Cross entropy of two classes from raw scores.',
      '二分类交叉熵；input 为未归一化得分（logits）。',
      'binary_cross_entropy_with_logits(input, target, weight, reduction=reduction, pos_weight=pos_weight)',
      'BCEWithLogitsLoss(): (2, 3), (2, 3) -> ()',
    ),
  "CrossEntropyLoss(weight: Tensor? = None, size_average: any = None, ignore_index: int = -100, reduce: any = None, reduction: str = 'mean', label_smoothing: float = 0.0)":
    loss(
      'Cross entropy of classes from raw scores.',
      '多分类交叉熵；input 为未归一化得分（logits）。',
      'cross_entropy(input, target, weight, reduction=reduction)',
      'CrossEntropyLoss(): (2, 5), (2):int64 -> ()',
    ),
  "NLLLoss(weight: Tensor? = None, size_average: any = None, ignore_index: int = -100, reduce: any = None, reduction: str = 'mean')":
    loss(
      'Negative log likelihood of classes from log probabilities.',
      '负对数似然；input 为对数概率。',
      'nll_loss(input, target, weight, reduction=reduction)',
      'NLLLoss(): (2, 5), (2):int64 -> ()',
    ),
  "PoissonNLLLoss(log_input: bool = True, full: bool = False, size_average: any = None, eps: float = 1e-08, reduce: any = None, reduction: str = 'mean')":
    loss(
      'Negative log likelihood of counts.',
      '泊松分布的负对数似然。',
      'poisson_nll_loss(input, target, reduction=reduction)',
      'PoissonNLLLoss(): (2, 3), (2, 3) -> ()',
    ),
  "GaussianNLLLoss(*, full: bool = False, eps: float = 1e-06, reduction: str = 'mean')": loss(
    'Negative log likelihood of a normal distribution.',
    '正态分布的负对数似然。',
    'gaussian_nll_loss(input, target, var, reduction=reduction)',
    'GaussianNLLLoss(): (2, 3), (2, 3), (2, 3) -> ()',
  ),
  "HingeEmbeddingLoss(margin: float = 1.0, size_average: any = None, reduce: any = None, reduction: str = 'mean')":
    loss(
      'Hinge loss of a distance and a ±1 label.',
      '距离与 ±1 标签的合页损失。',
      'hinge_embedding_loss(input, target, reduction=reduction)',
      'HingeEmbeddingLoss(): (2, 3), (2, 3) -> ()',
    ),
  "SoftMarginLoss(size_average: any = None, reduce: any = None, reduction: str = 'mean')": loss(
    'Logistic loss of a ±1 label.',
    '±1 标签的 logistic 损失。',
    'soft_margin_loss(input, target, reduction=reduction)',
    'SoftMarginLoss(): (2, 3), (2, 3) -> ()',
  ),
  "MultiMarginLoss(p: int = 1, margin: float = 1.0, weight: Tensor? = None, size_average: any = None, reduce: any = None, reduction: str = 'mean')":
    loss(
      'Margin loss of several classes.',
      '多分类间隔损失。',
      'multi_margin_loss(input, target, weight=weight, reduction=reduction)',
      'MultiMarginLoss(): (2, 5), (2):int64 -> ()',
    ),
  "MultiLabelMarginLoss(size_average: any = None, reduce: any = None, reduction: str = 'mean')": loss(
    'Margin loss of several labels.',
    '多标签间隔损失。',
    'multilabel_margin_loss(input, target, reduction=reduction)',
    'MultiLabelMarginLoss(): (2, 3), (2, 3):int64 -> ()',
  ),
  "MultiLabelSoftMarginLoss(weight: Tensor? = None, size_average: any = None, reduce: any = None, reduction: str = 'mean')":
    loss(
      'Logistic loss of several labels.',
      '多标签 logistic 损失。',
      'multilabel_soft_margin_loss(input, target, reduction=reduction)',
      'MultiLabelSoftMarginLoss(): (2, 3), (2, 3) -> ()',
    ),
  "CosineEmbeddingLoss(margin: float = 0.0, size_average: any = None, reduce: any = None, reduction: str = 'mean')":
    loss(
      'Pulls like pairs together and pushes others apart, by cosine.',
      '按余弦相似度拉近同类、推远异类。',
      'cosine_embedding_loss(input1, input2, target, reduction=reduction)',
      'CosineEmbeddingLoss(): (2, 3), (2, 3), (2) -> ()',
    ),
  "MarginRankingLoss(margin: float = 0.0, size_average: any = None, reduce: any = None, reduction: str = 'mean')": loss(
    'Margin loss of which of two scores is larger.',
    '比较两个得分大小的间隔损失。',
    'margin_ranking_loss(input1, input2, target, reduction=reduction)',
    'MarginRankingLoss(): (2), (2), (2) -> ()',
  ),
  "TripletMarginLoss(margin: float = 1.0, p: float = 2.0, eps: float = 1e-06, swap: bool = False, size_average: any = None, reduce: any = None, reduction: str = 'mean')":
    loss(
      'Pulls the positive nearer to the anchor than the negative.',
      '三元组损失：使正例比负例更靠近锚点。',
      'triplet_margin_loss(anchor, positive, negative, reduction=reduction)',
      'TripletMarginLoss(): (2, 3), (2, 3), (2, 3) -> ()',
    ),
  "CTCLoss(blank: int = 0, reduction: str = 'mean', zero_infinity: bool = False)": loss(
    'Loss of a sequence against a label whose places are not known.',
    'CTC 损失：对齐位置未知的序列标注损失。',
    'ctc_loss(log_probs, targets, input_lengths, target_lengths, reduction=reduction)',
    'CTCLoss(): (5, 2, 4), (2, 3):int64, (2):int64, (2):int64 -> ()',
  ),
});

/** What the layer of a large vocabulary runs. */
export const adaptiveOps = ops(
  'torch._nn',
  {
    'adaptive_log_softmax(input_: Tensor, target_: Tensor, in_features: int) -> any': {
      en: 'Log-probability of the right class of each row, and their mean with the sign turned.',
      zh: '各行正确类别的对数概率，以及其均值的相反数。',
      value: ({ input_, target_, in_features }, call) => {
        if (input_.shape.rest || target_.shape.rest) return giveUp(call, 'the rank is not known');
        const { dims } = target_.shape;
        const clash = fault('shape-mismatch', { op: call.op, left: input_.shape, right: target_.shape }, 'target_');
        if (dims.length > 1 || input_.shape.dims.length !== dims.length + 1) return refuse(call, clash);
        const [rows, features] = [input_.shape.dims[0] ?? 1, input_.shape.dims.at(-1) ?? 1];
        if (dims[0] !== undefined) need(call, { kind: 'eq', left: rows, right: dims[0] }, clash);
        const data = { op: call.op, axis: 'i', expected: in_features, found: features };
        need(call, { kind: 'eq', left: in_features, right: features }, fault('feature-mismatch', data, 'input_'));
        const items = [tensor(call.lib, target_.shape, typed(input_)), tensor(call.lib, shapeOf(), typed(input_))];
        return { kind: 'tuple', items, names: ['output', 'loss'] };
      },
      eg: ['(2, 8), (2):int64, 8 -> ((2), ())', '(2, 7), (2):int64, 8 -> !feature-mismatch'],
    },
  },
  { python: true },
);

/** A classifier of many classes: the frequent ones at once, the others in ever smaller clusters. */
export const adaptiveLayers = layers('torch.nn torch.nn.modules torch.nn.modules.adaptive', {
  'AdaptiveLogSoftmaxWithLoss(in_features: int, n_classes: int, cutoffs: ints, div_value: float = 4.0, head_bias: bool = False, device: any = None, dtype: any = None)':
    {
      en: 'Softmax over very many classes, the rare ones in clusters of their own.',
      zh: '面向大量类别的自适应 softmax：低频类别分簇计算。',
      call: 'adaptive_log_softmax(input_, target_, in_features)',
      check: ({ n_classes, cutoffs }, call) => {
        if (cutoffs.length === 0) refuse(call, fault('empty-list', { op: call.op }, 'cutoffs'));
        const all = [0, ...cutoffs, n_classes];
        all.slice(1).forEach((d, i) => {
          const found = all[i] ?? d;
          const data = { op: call.op, argument: 'cutoffs', low: '1', high: 'n_classes - 1', found: say(d) };
          need(call, { kind: 'lt', left: found, right: d }, fault('value-range', data, 'cutoffs'));
        });
      },
      params: ({ in_features, n_classes, cutoffs, div_value, head_bias }) => {
        const size = add(cutoffs[0] ?? n_classes, cutoffs.length);
        return {
          'head.weight': [size, in_features],
          'head.bias': head_bias && [size],
          ...Object.assign(
            {},
            ...cutoffs.map((d, i) => tail(i, in_features, sub(cutoffs[i + 1] ?? n_classes, d), div_value)),
          ),
        };
      },
      init: { '*': 'fan-in', 'head.bias': 'bias-fan-in' },
      eg: 'AdaptiveLogSoftmaxWithLoss(8, 20, [5, 15]): (2, 8), (2):int64 -> ((2), ())',
    },
});

/** A cluster's two linear layers: fewer features the rarer its classes are. */
const tail = (i: number, features: Dim, classes: Dim, by: number | undefined): ParamShapes => {
  const divisor = by === undefined ? undefined : by ** (i + 1);
  if (divisor === undefined || !Number.isInteger(divisor)) return {};
  const inner = floorDiv(features, divisor);
  return { [`tail.${i}.0.weight`]: [inner, features], [`tail.${i}.1.weight`]: [classes, inner] };
};

/** Distances as layers. */
export const distanceLayers = layers('torch.nn torch.nn.modules torch.nn.modules.distance', {
  'CosineSimilarity(dim: dim = 1, eps: float = 1e-08)': loss(
    'Cosine of the angle between vectors along an axis.',
    '沿某轴计算向量夹角的余弦。',
    'cosine_similarity(x1, x2, dim, eps)',
    'CosineSimilarity(): (2, 3), (2, 3) -> (2)',
  ),
  'PairwiseDistance(p: float = 2.0, eps: float = 1e-06, keepdim: bool = False)': loss(
    'Distance between vectors along the last axis.',
    '沿最后一维计算成对的距离。',
    'pairwise_distance(x1, x2, p, eps, keepdim)',
    'PairwiseDistance(): (2, 3), (2, 3) -> (2)',
  ),
});
