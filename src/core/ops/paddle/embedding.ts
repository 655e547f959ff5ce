import { add, type Dim } from '../../dims';
import type { TensorArg } from '../arg';
import { type Call, fresh, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { layers, ops } from '../rows';
import { needPositive } from '../rules/checks';
import { twin } from './twin';

const paddle = { lib: 'paddle' } as const;

const needIndices = (call: Call, x: TensorArg): void => {
  if (x.dtype === undefined || x.dtype === 'int64' || x.dtype === 'int32') return;
  refuse(call, fault('dtype-refused', { op: call.op, argument: 'x', expected: 'int64', found: x.dtype }, 'x'));
};

const needPadding = (call: Call, index: Dim | null, count: Dim): void => {
  if (typeof index !== 'number' || index < 0) return;
  const clash = fault('index-range', { op: call.op, index, size: count }, 'padding_idx', 'num_embeddings');
  need(call, { kind: 'le', left: add(index, 1), right: count }, clash);
};

/** Vectors looked up in a table. */
export const embeddingFunctions = ops(
  'paddle.nn.functional paddle.nn.functional.input',
  {
    'embedding(x/input: Tensor[*a], weight: Tensor[n, d], padding_idx: int? = None, max_norm: any = None, norm_type: any = 2.0, sparse: bool = False, scale_grad_by_freq: bool = False, name: any = None) -> Tensor[*a, d]':
      {
        ...twin('torch.nn.functional.embedding'),
        dtype: 'unknown',
        check: ({ x, n, padding_idx }, call) => {
          needIndices(call, x);
          needPadding(call, padding_idx, n);
        },
        eg: [
          '(2, 3):int64, (10, 4) -> (2, 3, 4)',
          '(2, 3), (10, 4) -> !dtype-refused',
          '(2, 3):int64, (10) -> !rank-mismatch',
        ],
      },
    'sequence_mask(x: Tensor, maxlen: int? = None, dtype: dtype? = None) -> any': {
      en: 'For each length, ones at the positions before it and zeros behind.',
      zh: '由每个长度生成掩码：长度以内为 1，其余为 0。',
      value: ({ x, maxlen, dtype }, call) => {
        const count = maxlen ?? fresh(call, 'largest length');
        const type = call.given.has('dtype') ? dtype : 'int64';
        return tensor(call.lib, { ...x.shape, dims: [...x.shape.dims, count] }, type ? { dtype: type } : {});
      },
      eg: ['(2):int64, 5 -> (2, 5)', '(2):int64 -> (2, ?)'],
    },
    'one_hot(x/input: Tensor, num_classes: int = -1, name: any = None) -> any': {
      ...twin('torch.nn.functional.one_hot', [
        'the result is of whole numbers there, of float32 here.',
        '其结果为整数，这里为 float32。',
      ]),
      value: ({ x, num_classes }, call) => {
        needIndices(call, x);
        if (num_classes !== -1) needPositive(call, 'num_classes', [num_classes]);
        const count = num_classes === -1 ? fresh(call, 'largest index plus 1') : num_classes;
        return tensor(call.lib, { ...x.shape, dims: [...x.shape.dims, count] }, { dtype: 'float32' });
      },
      eg: ['(2, 3):int64, 5 -> (2, 3, 5)', '(2):int64 -> (2, ?)', '(2), 5 -> !dtype-refused'],
    },
  },
  paddle,
);

/** Embedding layers. */
export const embeddingLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.common',
  {
    'Embedding(num_embeddings: int, embedding_dim: int, padding_idx: int? = None, max_norm: any = None, norm_type: any = 2.0, *, scale_grad_by_freq: bool = False, sparse: bool = False, _weight: Tensor? = None, _freeze: bool = False, device: any = None, dtype: any = None, weight_attr: any = None, name: any = None)':
      {
        ...twin('torch.nn.Embedding', [
          'sparse comes by its name alone in Paddle 3; in Paddle 2 it was the fourth argument.',
          'Paddle 3 中 sparse 只能用关键字传入，Paddle 2 中是第四个参数。',
        ]),
        call: 'embedding(x, weight, padding_idx)',
        forward: 'x/input',
        check: ({ num_embeddings, embedding_dim, padding_idx }, call) => {
          needPositive(call, 'num_embeddings', [num_embeddings]);
          needPositive(call, 'embedding_dim', [embedding_dim]);
          needPadding(call, padding_idx, num_embeddings);
        },
        fields: ({ num_embeddings: n, embedding_dim: d }) => ({
          _num_embeddings: { kind: 'int', value: n },
          _embedding_dim: { kind: 'int', value: d },
        }),
        params: ({ num_embeddings: n, embedding_dim: d }) => ({ weight: [n, d] }),
        init: { weight: 'xavier-uniform' },
        eg: [
          'Embedding(10, 4): (2, 3):int64 -> (2, 3, 4)',
          'Embedding(10, 4, padding_idx=10): (2):int64 -> !index-range',
        ],
      },
  },
  paddle,
);
