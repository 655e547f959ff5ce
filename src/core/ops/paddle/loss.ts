import { type Dim, same } from '../../dims';
import { type Shape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { broadcastAll, type Call, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { layers, ops } from '../rows';
import { needAxis, position, sizeAt, without, withSize } from '../rules/axes';
import { needChoice } from '../rules/checks';
import { elementwise } from '../rules/elementwise';
import { needFractions } from '../rules/rnn';
import { none } from '../rules/values';
import { typed } from '../rules/view';
import { twin } from './twin';

const paddle = { lib: 'paddle' } as const;
const float = { needs: 'float' } as const;
const reductions = ['none', 'mean', 'sum'];

/** What a loss gives: one number, or one a place with `reduction='none'`. */
const reducedTo = (call: Call, like: TensorArg, shape: Shape, reduction: string): Arg => {
  needChoice(call, 'reduction', reduction, reductions);
  return tensor(call.lib, reduction === 'none' ? shape : shapeOf(), typed(like));
};

/** Losses of an input and a label that broadcast. */
const paired = (call: Call, input: TensorArg, label: TensorArg, reduction: string): Arg | undefined => {
  const all = elementwise(call, [input, label]);
  return all && reducedTo(call, ofOneType(call, all, input, label), all.shape, reduction);
};

/** The input, its element type only where the others have the same. */
const ofOneType = (call: Call, input: TensorArg, ...others: readonly TensorArg[]): TensorArg =>
  others.every((t) => t.dtype === input.dtype) ? input : tensor(call.lib, input.shape);

/** Losses of an input and a label that must have one shape. */
const alike = (call: Call, input: TensorArg, label: TensorArg, reduction: string): Arg | undefined => {
  needAlike(call, input, label, 'label');
  return reducedTo(call, ofOneType(call, input, label), input.shape, reduction);
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

/** Losses that give one number a row. */
const rowwise = (call: Call, input: TensorArg, reduction: string): Arg =>
  reducedTo(call, input, { ...input.shape, dims: input.shape.dims.slice(0, -1) }, reduction);

interface Classes {
  readonly input: TensorArg;
  readonly label: TensorArg;
  readonly weight: TensorArg | null;
  readonly reduction: string;
  readonly soft: boolean;
  readonly axis: number;
}

/**
 * Cross entropy along an axis: class numbers `[…]` without that axis or with 1 there, or as many probabilities as
 * scores. One number a place keeps the axis where the label has it.
 */
const crossed = (call: Call, e: Classes): Arg | undefined => {
  const { input, label } = e;
  needChoice(call, 'reduction', e.reduction, reductions);
  if (input.shape.rest || label.shape.rest)
    return e.reduction === 'none'
      ? giveUp(call, 'the rank is not known')
      : reducedTo(call, input, shapeOf(), e.reduction);
  const at = position(call, input.shape, e.axis, 0, 'axis');
  if (at === undefined) return undefined;
  needWeight(call, e.weight, sizeAt(input.shape, at));
  const rank = input.shape.dims.length;
  const whole = label.shape.dims.length === rank;
  if (!whole && (e.soft || label.shape.dims.length !== rank - 1)) {
    const expected = e.soft ? `${rank}` : `${rank - 1}/${rank}`;
    const data = { op: call.op, argument: 'label', expected, found: label.shape.dims.length, shape: label.shape };
    return refuse(call, fault('rank-mismatch', data, 'label'));
  }
  const kept = whole ? withSize(input.shape, at, 1) : without(input.shape, [at]);
  needPlaces(call, e.soft ? input.shape : kept, label.shape);
  return reducedTo(call, input, kept, e.reduction);
};

const needPlaces = (call: Call, wanted: Shape, label: Shape): void => {
  label.dims.forEach((found, i) => {
    const expected = wanted.dims[i] ?? found;
    const data = { op: call.op, axis: `${i}`, expected, found };
    const code = i === 0 ? 'batch-mismatch' : 'size-mismatch';
    need(call, { kind: 'eq', left: expected, right: found }, fault(code, data, 'input', 'label'));
  });
};

const needWeight = (call: Call, weight: TensorArg | null, count: Dim): void => {
  const found = weight && !weight.shape.rest ? weight.shape.dims.at(-1) : undefined;
  if (found === undefined) return;
  const data = { op: call.op, axis: 'c', expected: count, found };
  need(call, { kind: 'eq', left: count, right: found }, fault('size-mismatch', data, 'weight'));
};

/** Log probabilities `[b, c, …]` and class numbers `[b, …]`. */
const likelihood = (
  call: Call,
  input: TensorArg,
  label: TensorArg,
  weight: TensorArg | null,
  reduction: string,
): Arg | undefined => {
  if (input.shape.rest || label.shape.rest)
    return reduction === 'none' ? giveUp(call, 'the rank is not known') : reducedTo(call, input, shapeOf(), reduction);
  const { dims } = input.shape;
  if (dims.length < 2) {
    const data = { op: call.op, argument: 'input', expected: '2+', found: dims.length, shape: input.shape };
    return refuse(call, fault('rank-mismatch', data, 'input'));
  }
  needWeight(call, weight, dims[1] ?? 1);
  const places = without(input.shape, [1]);
  if (label.shape.dims.length === places.dims.length) needPlaces(call, places, label.shape);
  else if (label.shape.dims[0] !== undefined)
    needPlaces(call, { dims: places.dims.slice(0, 1) }, { dims: label.shape.dims.slice(0, 1) });
  return reducedTo(call, input, places, reduction);
};

const logits = [
  'the label may keep the class axis with size 1, and the loss then keeps it; soft_label=True takes probabilities.',
  '标签可保留大小为 1 的类别轴（损失随之保留）；soft_label=True 时标签为概率。',
] as const;

/** Losses as functions. */
export const lossFunctions = ops(
  'paddle.nn.functional paddle.nn.functional.loss',
  {
    "cross_entropy(input: Tensor, label: Tensor, weight: Tensor? = None, ignore_index: any = -100, reduction: str = 'mean', soft_label: bool = False, axis: dim = -1, use_softmax: bool = True, label_smoothing: any = 0.0, name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.cross_entropy', logits),
        value: ({ soft_label, ...e }, call) => crossed(call, { ...e, soft: soft_label }),
        eg: [
          '(2, 5), (2):int64 -> ()',
          "(2, 5), (2, 1):int64, reduction='none' -> (2, 1)",
          "(2, 5, 4), (2, 4):int64, axis=1, reduction='none' -> (2, 4)",
          '(2, 5), (3):int64 -> !batch-mismatch',
        ],
      },
    'softmax_with_cross_entropy(logits: Tensor, label: Tensor, soft_label: bool = False, ignore_index: any = -100, numeric_stable_mode: any = True, return_softmax: bool = False, axis: dim = -1) -> any':
      {
        ...float,
        en: 'Cross entropy of classes from raw scores, one number a place.',
        zh: '多分类交叉熵（输入为 logits），逐位置给出损失。',
        value: ({ logits: input, label, soft_label, return_softmax, axis }, call) => {
          const loss = crossed(call, { input, label, weight: null, reduction: 'none', soft: soft_label, axis });
          return loss && return_softmax ? { kind: 'tuple', items: [loss, input] } : loss;
        },
        eg: '(2, 5), (2, 1):int64 -> (2, 1)',
      },
    "nll_loss(input: Tensor, label: Tensor, weight: Tensor? = None, ignore_index: any = -100, reduction: str = 'mean', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.nll_loss'),
        value: ({ input, label, weight, reduction }, call) => likelihood(call, input, label, weight, reduction),
        eg: ['(2, 5), (2):int64 -> ()', '(2, 5), (3):int64 -> !batch-mismatch'],
      },
    "mse_loss(input: Tensor, label: Tensor, reduction: str = 'mean', name: any = None) -> any": {
      ...float,
      ...twin('torch.nn.functional.mse_loss'),
      check: ({ label }, call) => needFractions(call, label, 'label'),
      value: ({ input, label, reduction }, call) => paired(call, input, label, reduction),
      eg: ['(2, 3), (2, 3) -> ()', '(2, 3), (2, 4) -> !broadcast-mismatch'],
    },
    "l1_loss(input: Tensor, label: Tensor, reduction: str = 'mean', name: any = None) -> any": {
      ...float,
      ...twin('torch.nn.functional.l1_loss'),
      check: ({ label }, call) => needFractions(call, label, 'label'),
      value: ({ input, label, reduction }, call) => paired(call, input, label, reduction),
      eg: '(2, 3), (2, 3) -> ()',
    },
    'square_error_cost(input: Tensor, label: Tensor) -> any': {
      ...float,
      en: 'Squared differences, place by place.',
      zh: '逐元素平方误差。',
      formula: '(x − y)²',
      check: ({ label }, call) => needFractions(call, label, 'label'),
      value: ({ input, label }, call) => elementwise(call, [input, label]),
      eg: '(2, 3), (2, 3) -> (2, 3)',
    },
    "smooth_l1_loss(input: Tensor, label: Tensor, reduction: str = 'mean', delta: any = 1.0, is_huber: any = True, name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.huber_loss', [
          'it is the Huber loss here unless is_huber=False.',
          '默认（is_huber=True）算的是 Huber 损失。',
        ]),
        check: ({ label }, call) => needFractions(call, label, 'label'),
        value: ({ input, label, reduction }, call) => alike(call, input, label, reduction),
        eg: ['(2, 3), (2, 3) -> ()', '(2, 3), (2, 4) -> !shape-mismatch'],
      },
    "kl_div(input: Tensor, label: Tensor, reduction: any = 'mean', log_target: bool = False, name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.kl_div'),
        check: ({ label }, call) => needFractions(call, label, 'label'),
        value: ({ input, label, reduction }, call) => {
          needAlike(call, input, label, 'label');
          const whole = reduction.kind !== 'str' || !['mean', 'batchmean', 'sum'].includes(reduction.value);
          if (whole && (reduction.kind === 'unknown' || reduction.kind === 'other')) return undefined;
          return reducedTo(call, input, input.shape, whole ? 'none' : 'mean');
        },
        eg: ["(2, 3), (2, 3), 'batchmean' -> ()", '(2, 3), (3) -> !shape-mismatch'],
      },
    "binary_cross_entropy(input: Tensor, label: Tensor, weight: Tensor? = None, reduction: str = 'mean', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.binary_cross_entropy'),
        alike: 'input label',
        value: ({ input, label, weight, reduction }, call) => {
          if (weight) elementwise(call, [input, weight]);
          return alike(call, input, label, reduction);
        },
        eg: ['(2, 3), (2, 3) -> ()', '(2, 3), (3) -> !shape-mismatch'],
      },
    "binary_cross_entropy_with_logits(logit: Tensor, label: Tensor, weight: Tensor? = None, reduction: str = 'mean', pos_weight: Tensor? = None, name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.binary_cross_entropy_with_logits'),
        value: ({ logit, label, weight, reduction, pos_weight }, call) => {
          for (const factor of [weight, pos_weight]) if (factor) elementwise(call, [logit, factor]);
          return alike(call, logit, label, reduction);
        },
        eg: ['(2, 3), (2, 3) -> ()', '(2, 3), (2, 4) -> !shape-mismatch'],
      },
    "sigmoid_focal_loss(logit: Tensor, label: Tensor, normalizer: Tensor? = None, alpha: any = 0.25, gamma: any = 2.0, reduction: str = 'sum', name: any = None) -> any":
      {
        ...float,
        en: 'Binary cross entropy that easy examples count little in.',
        zh: '焦点损失：降低易分样本权重的二分类交叉熵。',
        value: ({ logit, label, reduction }, call) => alike(call, logit, label, reduction),
        eg: '(2, 3), (2, 3) -> ()',
      },
    "soft_margin_loss(input: Tensor, label: Tensor, reduction: str = 'mean', name: any = None) -> any": {
      ...float,
      ...twin('torch.nn.functional.soft_margin_loss'),
      value: ({ input, label, reduction }, call) => alike(call, input, label, reduction),
      eg: '(2, 3), (2, 3) -> ()',
    },
    "hinge_embedding_loss(input: Tensor, label: Tensor, margin: any = 1.0, reduction: str = 'mean', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.hinge_embedding_loss'),
        value: ({ input, label, reduction }, call) => paired(call, input, label, reduction),
        eg: '(2, 3), (2, 3) -> ()',
      },
    "poisson_nll_loss(input: Tensor, label: Tensor, log_input: bool = True, full: bool = False, epsilon: any = 1e-08, reduction: str = 'mean', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.poisson_nll_loss'),
        value: ({ input, label, reduction }, call) => alike(call, input, label, reduction),
        eg: '(2, 3), (2, 3) -> ()',
      },
    "gaussian_nll_loss(input: Tensor, label: Tensor, variance: Tensor, full: bool = False, epsilon: any = 1e-06, reduction: str = 'mean', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.gaussian_nll_loss'),
        value: ({ input, label, reduction }, call) => paired(call, input, label, reduction),
        eg: '(2, 3), (2, 3), (2, 3) -> ()',
      },
    'log_loss(input: Tensor[n, 1], label: Tensor[n, 1], epsilon: any = 0.0001, name: any = None) -> Tensor[n, 1]': {
      ...float,
      en: 'Cross entropy of probabilities of two classes, row by row.',
      zh: '逐行的二分类交叉熵；input 须为概率。',
      eg: '(3, 1), (3, 1) -> (3, 1)',
    },
    "multi_label_soft_margin_loss(input: Tensor, label: Tensor, weight: Tensor? = None, reduction: str = 'mean', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.multilabel_soft_margin_loss'),
        value: ({ input, label, reduction }, call) => {
          needAlike(call, input, label, 'label');
          return rowwise(call, ofOneType(call, input, label), reduction);
        },
        eg: "(2, 3), (2, 3), reduction='none' -> (2)",
      },
    "multi_label_margin_loss(input: Tensor, label: Tensor, reduction: str = 'mean', name: any = None) -> any": {
      ...float,
      ...twin('torch.nn.functional.multilabel_margin_loss'),
      value: ({ input, reduction }, call) => rowwise(call, input, reduction),
      eg: '(2, 3), (2, 3):int64 -> ()',
    },
    "multi_margin_loss(input: Tensor[b, c], label: Tensor[b], p: any = 1, margin: any = 1.0, weight: Tensor? = None, reduction: str = 'mean', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.multi_margin_loss'),
        faults: { b: 'batch-mismatch' },
        value: ({ input, reduction }, call) => rowwise(call, input, reduction),
        eg: ['(2, 5), (2):int64 -> ()', '(2, 5), (3):int64 -> !batch-mismatch'],
      },
    "margin_ranking_loss(input: Tensor, other: Tensor, label: Tensor, margin: any = 0.0, reduction: str = 'mean', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.margin_ranking_loss'),
        value: ({ input, other, label, reduction }, call) => {
          const all = elementwise(call, [input, other, label]);
          return all && reducedTo(call, ofOneType(call, input, other, label), all.shape, reduction);
        },
        eg: '(2), (2), (2) -> ()',
      },
    "cosine_embedding_loss(input1: Tensor, input2: Tensor, label: Tensor, margin: any = 0, reduction: str = 'mean', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.cosine_embedding_loss'),
        value: ({ input1, input2, reduction }, call) => {
          needAlike(call, input1, input2, 'input2');
          return reductions.includes(reduction) ? rowwise(call, ofOneType(call, input1, input2), reduction) : none;
        },
        eg: '(2, 3), (2, 3), (2):int64 -> ()',
      },
    "triplet_margin_loss(input: Tensor, positive: Tensor, negative: Tensor, margin: any = 1.0, p: any = 2, epsilon: any = 1e-06, swap: bool = False, reduction: str = 'mean', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.triplet_margin_loss'),
        value: ({ input, positive, negative, reduction }, call) => {
          needAlike(call, input, positive, 'positive');
          needAlike(call, input, negative, 'negative');
          return rowwise(call, ofOneType(call, input, positive, negative), reduction);
        },
        eg: '(2, 3), (2, 3), (2, 3) -> ()',
      },
    "ctc_loss(log_probs: Tensor, labels: Tensor, input_lengths: any, label_lengths: any, blank: any = 0, reduction: str = 'mean', norm_by_times: any = False, zero_infinity: any = False) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.ctc_loss', ['raw scores are taken here.', '这里输入为未归一化得分。']),
        value: ({ log_probs, reduction }, call) =>
          log_probs.shape.rest && reduction === 'none'
            ? giveUp(call, 'the rank is not known')
            : reducedTo(call, log_probs, shapeOf(log_probs.shape.dims[1] ?? 1), reduction),
        eg: '(5, 2, 4), (2, 3):int32, (2):int64, (2):int64 -> ()',
      },
    'dice_loss(input: Tensor, label: Tensor, epsilon: any = 1e-05, name: any = None) -> any': {
      ...float,
      en: 'One minus the overlap of prediction and label.',
      zh: 'Dice 损失：1 减去预测与标签的重叠率。',
      value: ({ input }, call) => tensor(call.lib, shapeOf(), typed(input)),
      eg: '(2, 3, 5), (2, 3, 1):int64 -> ()',
    },
    'npair_loss(anchor: Tensor, positive: Tensor, labels: Tensor, l2_reg: any = 0.002) -> any': {
      ...float,
      en: 'Pulls pairs of one label together against all others.',
      zh: 'N-pair 损失：拉近同类样本对、推远其余样本。',
      value: ({ anchor }, call) => tensor(call.lib, shapeOf(), typed(anchor)),
      eg: '(2, 3), (2, 3), (2) -> ()',
    },
    'label_smooth(label: Tensor[*a], prior_dist: any = None, epsilon: any = 0.1, name: any = None) -> Tensor[*a]': {
      ...float,
      en: 'Moves a share of each one-hot label to all classes.',
      zh: '标签平滑：把独热标签的一部分均摊给所有类别。',
      dtype: 'same',
      eg: '(2, 3) -> (2, 3)',
    },
  },
  paddle,
);

/** Distances of vectors. */
export const vectorDistances = ops(
  'paddle.nn.functional paddle.nn.functional.common',
  {
    'cosine_similarity(x1: Tensor, x2: Tensor, axis: dim = 1, eps: any = 1e-08) -> any': {
      ...float,
      ...twin('torch.nn.functional.cosine_similarity'),
      value: ({ x1, x2, axis }, call) => {
        // The norms are taken of each tensor by itself.
        needAxis(call, x1.shape, axis, 'axis');
        needAxis(call, x2.shape, axis, 'axis');
        const all = elementwise(call, [x1, x2]);
        if (!all || [x1, x2, all].some(({ shape }) => shape.rest)) return giveUp(call, 'the rank is not known');
        // Product and norms are summed each along its own axis of that number, and meet after that.
        const sums = [all, x1, x2].map(({ shape }) => without(shape, [axis < 0 ? axis + shape.dims.length : axis]));
        const met = broadcastAll(call, sums, (left, right) =>
          fault('broadcast-mismatch', { op: call.op, left, right }, 'x1', 'x2'),
        );
        return met && tensor(call.lib, met, x1.dtype === x2.dtype ? typed(x1) : {});
      },
      eg: ['(2, 3), (2, 3) -> (2)', '(2, 3), (2, 3), axis=2 -> !axis-range'],
    },
    'pairwise_distance(x: Tensor, y: Tensor, p: any = 2.0, epsilon: any = 1e-06, keepdim: bool = False, name: any = None) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.pairwise_distance'),
        aliases: ['paddle.nn.functional.distance.pairwise_distance'],
        value: ({ x, y, keepdim }, call) => {
          const all = elementwise(call, [x, y]);
          const at = all && position(call, all.shape, -1);
          if (at === undefined || !all) return undefined;
          return tensor(call.lib, keepdim ? withSize(all.shape, at, 1) : without(all.shape, [at]), typed(all));
        },
        eg: ['(2, 3), (2, 3) -> (2)', '(2, 3), (2, 3), keepdim=True -> (2, 1)'],
      },
  },
  paddle,
);

/** A loss layer: `call` names the function and its attributes. */
const loss = (path: string, call: string, eg: string) => ({ ...twin(`torch.nn.${path}`), call, eg });

/** What constructors check at once. */
const checked = ({ reduction }: { readonly reduction: string }, call: Call): void =>
  needChoice(call, 'reduction', reduction, reductions);

/** Loss layers. */
export const lossLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.loss',
  {
    "CrossEntropyLoss(weight: Tensor? = None, ignore_index: any = -100, reduction: str = 'mean', soft_label: bool = False, axis: dim = -1, use_softmax: bool = True, label_smoothing: any = 0.0, name: any = None)":
      {
        ...twin('torch.nn.CrossEntropyLoss', logits),
        call: 'cross_entropy(input, label, weight, reduction=reduction, soft_label=soft_label, axis=axis)',
        eg: 'CrossEntropyLoss(): (2, 5), (2):int64 -> ()',
      },
    "NLLLoss(weight: Tensor? = None, ignore_index: any = -100, reduction: str = 'mean', name: any = None)": {
      ...loss('NLLLoss', 'nll_loss(input, label, weight, reduction=reduction)', 'NLLLoss(): (2, 5), (2):int64 -> ()'),
      check: checked,
    },
    "MSELoss(reduction: str = 'mean')": {
      ...loss('MSELoss', 'mse_loss(input, label, reduction)', 'MSELoss(): (2, 3), (2, 3) -> ()'),
      check: checked,
    },
    "L1Loss(reduction: str = 'mean', name: any = None)": {
      ...loss('L1Loss', 'l1_loss(input, label, reduction)', 'L1Loss(): (2, 3), (2, 3) -> ()'),
      check: checked,
    },
    "SmoothL1Loss(reduction: str = 'mean', delta: any = 1.0, is_huber: any = True, name: any = None)": {
      ...loss('HuberLoss', 'smooth_l1_loss(input, label, reduction)', 'SmoothL1Loss(): (2, 3), (2, 3) -> ()'),
      aliases: ['paddle.nn.HuberLoss'],
    },
    "KLDivLoss(reduction: any = 'mean', log_target: bool = False)": loss(
      'KLDivLoss',
      'kl_div(input, label, reduction)',
      'KLDivLoss(): (2, 3), (2, 3) -> ()',
    ),
    "BCELoss(weight: Tensor? = None, reduction: str = 'mean', name: any = None)": {
      ...loss('BCELoss', 'binary_cross_entropy(input, label, weight, reduction)', 'BCELoss(): (2, 3), (2, 3) -> ()'),
      check: checked,
    },
    "BCEWithLogitsLoss(weight: Tensor? = None, reduction: str = 'mean', pos_weight: Tensor? = None, name: any = None)":
      {
        ...loss(
          'BCEWithLogitsLoss',
          'binary_cross_entropy_with_logits(logit, label, weight, reduction, pos_weight)',
          'BCEWithLogitsLoss(): (2, 3), (2, 3) -> ()',
        ),
        check: checked,
      },
    "SoftMarginLoss(reduction: str = 'mean', name: any = None)": {
      ...loss('SoftMarginLoss', 'soft_margin_loss(input, label, reduction)', 'SoftMarginLoss(): (2, 3), (2, 3) -> ()'),
      check: checked,
    },
    "HingeEmbeddingLoss(margin: any = 1.0, reduction: str = 'mean', name: any = None)": {
      ...loss(
        'HingeEmbeddingLoss',
        'hinge_embedding_loss(input, label, margin, reduction)',
        'HingeEmbeddingLoss(): (2, 3), (2, 3) -> ()',
      ),
      check: checked,
    },
    "PoissonNLLLoss(log_input: bool = True, full: bool = False, epsilon: any = 1e-08, reduction: str = 'mean', name: any = None)":
      loss(
        'PoissonNLLLoss',
        'poisson_nll_loss(input, label, reduction=reduction)',
        'PoissonNLLLoss(): (2, 3), (2, 3) -> ()',
      ),
    "GaussianNLLLoss(full: bool = False, epsilon: any = 1e-06, reduction: str = 'mean', name: any = None)": loss(
      'GaussianNLLLoss',
      'gaussian_nll_loss(input, label, variance, reduction=reduction)',
      'GaussianNLLLoss(): (2, 3), (2, 3), (2, 3) -> ()',
    ),
    "MultiLabelSoftMarginLoss(weight: Tensor? = None, reduction: str = 'mean', name: any = None)": {
      ...loss(
        'MultiLabelSoftMarginLoss',
        'multi_label_soft_margin_loss(input, label, weight, reduction)',
        'MultiLabelSoftMarginLoss(): (2, 3), (2, 3) -> ()',
      ),
      check: checked,
    },
    "MultiLabelMarginLoss(reduction: str = 'mean', name: any = None)": loss(
      'MultiLabelMarginLoss',
      'multi_label_margin_loss(input, label, reduction)',
      'MultiLabelMarginLoss(): (2, 3), (2, 3):int64 -> ()',
    ),
    "MultiMarginLoss(p: any = 1, margin: any = 1.0, weight: Tensor? = None, reduction: str = 'mean', name: any = None)":
      loss(
        'MultiMarginLoss',
        'multi_margin_loss(input, label, weight=weight, reduction=reduction)',
        'MultiMarginLoss(): (2, 5), (2):int64 -> ()',
      ),
    "MarginRankingLoss(margin: any = 0.0, reduction: str = 'mean', name: any = None)": {
      ...loss(
        'MarginRankingLoss',
        'margin_ranking_loss(input, other, label, margin, reduction)',
        'MarginRankingLoss(): (2), (2), (2) -> ()',
      ),
      check: checked,
    },
    "CosineEmbeddingLoss(margin: any = 0, reduction: str = 'mean', name: any = None)": {
      ...loss(
        'CosineEmbeddingLoss',
        'cosine_embedding_loss(input1, input2, label, margin, reduction)',
        'CosineEmbeddingLoss(): (2, 3), (2, 3), (2):int64 -> ()',
      ),
      check: checked,
    },
    "TripletMarginLoss(margin: any = 1.0, p: any = 2.0, epsilon: any = 1e-06, swap: bool = False, reduction: str = 'mean', name: any = None)":
      {
        ...loss(
          'TripletMarginLoss',
          'triplet_margin_loss(input, positive, negative, reduction=reduction)',
          'TripletMarginLoss(): (2, 3), (2, 3), (2, 3) -> ()',
        ),
        check: checked,
      },
    "CTCLoss(blank: any = 0, reduction: str = 'mean', zero_infinity: any = False)": {
      ...loss(
        'CTCLoss',
        'ctc_loss(log_probs, labels, input_lengths, label_lengths, blank, reduction)',
        'CTCLoss(): (5, 2, 4), (2, 3):int32, (2):int64, (2):int64 -> ()',
      ),
      forward: 'log_probs, labels, input_lengths, label_lengths, norm_by_times=False',
    },
    'CosineSimilarity(axis: dim = 1, eps: any = 1e-08)': loss(
      'CosineSimilarity',
      'cosine_similarity(x1, x2, axis)',
      'CosineSimilarity(): (2, 3), (2, 3) -> (2)',
    ),
    'PairwiseDistance(p: any = 2.0, epsilon/eps: any = 1e-06, keepdim: bool = False, name: any = None)': {
      ...loss(
        'PairwiseDistance',
        'pairwise_distance(x, y, p, keepdim=keepdim)',
        'PairwiseDistance(): (2, 3), (2, 3) -> (2)',
      ),
      forward: 'x/x1, y/x2',
    },
  },
  paddle,
);
