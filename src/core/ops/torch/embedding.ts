import { type Dim, sub } from '../../dims';
import type { Shape } from '../../shapes';
import type { TensorArg } from '../arg';
import { type Call, fresh, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { layers, ops } from '../rows';
import { needChoice, needInside, needNotNegative, needPositive } from '../rules/checks';
import { int, unknown } from '../rules/values';
import { typed } from '../rules/view';

const needIndices = (call: Call, input: TensorArg): void => {
  if (input.dtype === undefined || input.dtype === 'int64' || input.dtype === 'int32') return;
  const data = { op: call.op, argument: 'input', expected: 'int64', found: input.dtype };
  refuse(call, fault('dtype-refused', data, 'input'));
};

const needPadding = (call: Call, index: Dim | null, count: Dim): void => {
  if (typeof index !== 'number') return;
  const data = { op: call.op, index, size: count };
  const enough = index < 0 ? -index : index + 1;
  need(call, { kind: 'le', left: enough, right: count }, fault('index-range', data, 'padding_idx', 'num_embeddings'));
};

/** Vectors looked up in a table. */
export const embeddingFunctions = ops(
  'torch.nn.functional',
  {
    'embedding(input: Tensor[*a], weight: Tensor[n, d], padding_idx: int? = None, max_norm: float? = None, norm_type: float = 2.0, scale_grad_by_freq: bool = False, sparse: bool = False) -> Tensor[*a, d]':
      {
        en: 'Looks up one vector per index.',
        zh: '按下标查表，每个下标取一个向量。',
        dtype: 'unknown',
        check: ({ input, n, padding_idx }, call) => {
          needIndices(call, input);
          needInside(call, input, n, 'input');
          needPadding(call, padding_idx, n);
        },
        eg: [
          '(2, 3):int64, (10, 4) -> (2, 3, 4)',
          '(2, 3), (10, 4) -> !dtype-refused',
          '(2, 3):int64, (10) -> !rank-mismatch',
        ],
      },
    "embedding_bag(input: Tensor, weight: Tensor[n, d], offsets: Tensor? = None, max_norm: float? = None, norm_type: float = 2, scale_grad_by_freq: bool = False, mode: str = 'mean', sparse: bool = False, per_sample_weights: Tensor? = None, include_last_offset: bool = False, padding_idx: int? = None) -> any":
      {
        en: 'Looks up vectors and reduces each bag of them to one.',
        zh: '查表后把每一袋向量归约成一个。',
        value: ({ input, weight, d, offsets, mode, per_sample_weights, include_last_offset }, call) => {
          needIndices(call, input);
          needChoice(call, 'mode', mode, ['sum', 'mean', 'max']);
          if (per_sample_weights && mode !== 'sum') {
            const data = { op: call.op, first: `mode='${mode}'`, second: 'per_sample_weights' };
            return refuse(call, fault('conflicting-arguments', data, 'per_sample_weights', 'mode'));
          }
          const count = bags(call, input.shape, offsets, include_last_offset);
          return count === undefined ? undefined : tensor(call.lib, { dims: [count, d] }, typed(weight));
        },
        eg: [
          '(2, 3):int64, (10, 4) -> (2, 4)',
          '(6):int64, (10, 4), (2):int64 -> (2, 4)',
          '(6):int64, (10, 4) -> !missing-argument',
        ],
      },
  },
  { python: true },
);

/** How many bags: one a row, or one an offset. */
const bags = (call: Call, shape: Shape, offsets: TensorArg | null, last: boolean): Dim | undefined => {
  if (shape.rest) return giveUp(call, 'the rank is not known');
  const rank = shape.dims.length;
  if (rank !== 1 && rank !== 2)
    return refuse(
      call,
      fault('rank-mismatch', { op: call.op, argument: 'input', expected: '1/2', found: rank, shape }, 'input'),
    );
  if (rank === 2) {
    if (!offsets) return shape.dims[0];
    return refuse(call, fault('conflicting-arguments', { op: call.op, first: 'input', second: 'offsets' }, 'offsets'));
  }
  if (!offsets) return refuse(call, fault('missing-argument', { op: call.op, argument: 'offsets' }, 'offsets'));
  const count = offsets.shape.rest ? fresh(call, 'number of bags') : (offsets.shape.dims[0] ?? 1);
  return last ? sub(count, 1) : count;
};

/** Indices as vectors with a single 1. */
export const oneHot = ops('torch.nn.functional', {
  'one_hot(tensor: Tensor, num_classes: int = -1) -> any': {
    en: 'Vectors with a 1 at each index.',
    zh: '独热编码：下标处为 1，其余为 0。',
    value: ({ tensor: input, num_classes }, call) => {
      if (input.dtype !== undefined && input.dtype !== 'int64') {
        const data = { op: call.op, argument: 'tensor', expected: 'int64', found: input.dtype };
        return refuse(call, fault('dtype-refused', data, 'tensor'));
      }
      if (num_classes !== -1) needPositive(call, 'num_classes', [num_classes]);
      const count = num_classes === -1 ? fresh(call, 'largest index plus 1') : num_classes;
      return tensor(call.lib, { ...input.shape, dims: [...input.shape.dims, count] }, { dtype: 'int64' });
    },
    eg: ['(2, 3):int64, 5 -> (2, 3, 5)', '(2):int64 -> (2, ?)', '(2), 5 -> !dtype-refused'],
  },
});

/** Embedding layers. */
export const embeddingLayers = layers('torch.nn torch.nn.modules torch.nn.modules.sparse', {
  'Embedding(num_embeddings: int, embedding_dim: int, padding_idx: int? = None, max_norm: float? = None, norm_type: float = 2.0, scale_grad_by_freq: bool = False, sparse: bool = False, _weight: Tensor? = None, _freeze: bool = False, device: any = None, dtype: any = None)':
    {
      en: 'Table of learnt vectors, looked up by index.',
      zh: '嵌入层：按下标查表的可学习向量。',
      call: 'embedding(input, weight, padding_idx)',
      check: ({ num_embeddings, embedding_dim, padding_idx, _weight }, call) => {
        needNotNegative(call, 'num_embeddings', [num_embeddings]);
        needNotNegative(call, 'embedding_dim', [embedding_dim]);
        needPadding(call, padding_idx, num_embeddings);
        if (_weight) needTable(call, _weight, num_embeddings, embedding_dim);
      },
      params: ({ num_embeddings: n, embedding_dim: d }) => ({ weight: [n, d] }),
      init: { weight: 'normal' },
      eg: [
        'Embedding(10, 4): (2, 3):int64 -> (2, 3, 4)',
        'Embedding(10, 4, padding_idx=10): (2):int64 -> !index-range',
      ],
    },
  "EmbeddingBag(num_embeddings: int, embedding_dim: int, max_norm: float? = None, norm_type: float = 2.0, scale_grad_by_freq: bool = False, mode: str = 'mean', sparse: bool = False, _weight: Tensor? = None, include_last_offset: bool = False, padding_idx: int? = None, device: any = None, dtype: any = None)":
    {
      en: 'Table of learnt vectors; each bag of indices gives one.',
      zh: '嵌入袋：每一袋下标查表后归约成一个向量。',
      call: 'embedding_bag(input, weight, offsets, mode=mode, per_sample_weights=per_sample_weights, include_last_offset=include_last_offset)',
      forward: 'input, offsets=None, per_sample_weights=None',
      params: ({ num_embeddings: n, embedding_dim: d }) => ({ weight: [n, d] }),
      init: { weight: 'normal' },
      eg: 'EmbeddingBag(10, 4): (2, 3):int64 -> (2, 4)',
    },
});

const needTable = (call: Call, weight: TensorArg, count: Dim, width: Dim): void => {
  if (weight.shape.rest) return;
  const right = { dims: [count, width] };
  const clash = fault('shape-mismatch', { op: call.op, left: right, right: weight.shape }, '_weight');
  if (weight.shape.dims.length !== 2) {
    refuse(call, clash);
    return;
  }
  right.dims.forEach((d, i) => {
    need(call, { kind: 'eq', left: d, right: weight.shape.dims[i] ?? d }, clash);
  });
};

/** An embedding made from a table that is there already. */
export const pretrained = layers('torch.nn.Embedding torch.nn.modules.sparse.Embedding', {
  'from_pretrained(embeddings: Tensor[n, d], freeze: bool = True, padding_idx: int? = None, max_norm: float? = None, norm_type: float = 2.0, scale_grad_by_freq: bool = False, sparse: bool = False)':
    {
      en: 'Embedding with the vectors of a given table.',
      zh: '用现成的向量表创建嵌入层。',
      makes: 'torch.nn.Embedding',
      call: 'embedding(input, weight, padding_idx)',
      check: ({ embeddings: { shape } }, call) => {
        if (shape.rest || shape.dims.length === 2) return;
        const data = { op: call.op, argument: 'embeddings', expected: '2', found: shape.dims.length, shape };
        refuse(call, fault('rank-mismatch', data, 'embeddings'));
      },
      fields: ({ embeddings: { shape } }) => {
        const [n, d] = shape.rest ? [] : shape.dims;
        return {
          num_embeddings: n === undefined ? unknown('the table is not known') : int(n),
          embedding_dim: d === undefined ? unknown('the table is not known') : int(d),
        };
      },
      params: ({ embeddings }) => ({ weight: embeddings.shape }),
      init: { weight: 'given' },
      eg: 'from_pretrained((10, 4)): (2, 3):int64 -> (2, 3, 4)',
    },
});
