import { add, type Dim, mul, product, sum } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { broadcastAll, type Call, giveUp, holds, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { layers, ops, type ParamShapes, type Words } from '../rows';
import {
  batchOf,
  blockParams,
  forwardFlops,
  headFlops,
  headParams,
  lengthOf,
  multihead,
  needHeads,
  needPaddingMask,
  needSequenceMask,
  sequence,
} from '../rules/attention';
import { needBetween, needChoice, needNotNegative } from '../rules/checks';
import { say } from '../rules/notes';
import { typed } from '../rules/view';

/** Attention on queries, keys and values. */
export const attentionFunctions = ops('torch.nn.functional torch._C._nn', {
  'scaled_dot_product_attention(query: Tensor[*b, l, e], key: Tensor[*k, s, e], value: Tensor[*v, t, d], attn_mask: Tensor? = None, dropout_p: float = 0.0, is_causal: bool = False, *, scale: float? = None, enable_gqa: bool = False) -> Tensor':
    {
      alike: 'query key value',
      en: 'Attention: weights values by how well each query matches each key.',
      zh: '注意力：按每个查询与每个键的相似度对值加权求和。',
      formula: 'y = softmax(Q·Kᵀ/√d + M)·V',
      check: ({ dropout_p }, call) => needBetween(call, 'dropout_p', dropout_p, 0, 1),
      faults: { e: 'feature-mismatch' },
      layout: 'unknown',
      shape: (e, call) => {
        const { b, k, v, l, s, d, attn_mask, enable_gqa } = e;
        const lead = enable_gqa ? groupedHeads(call, b, k) : sharedBatch(call, [b, k, v]);
        if (!lead) return undefined;
        needSameLength(e, call);
        needAttentionMask(call, attn_mask, { ...lead, dims: [...lead.dims, l, s] });
        return { ...lead, dims: [...lead.dims, l, d] };
      },
      flops: ({ b, l, s, e, d }) => (b.rest ? undefined : product([2, ...b.dims, l, s, add(e, d)])),
      eg: [
        '(2, 4, 5, 8), (2, 4, 6, 8), (2, 4, 6, 7) -> (2, 4, 5, 7)',
        '(2, 4, 5, 8), (2, 4, 6, 9), (2, 4, 6, 8) -> !feature-mismatch',
        '(2, 4, 5, 8), (2, 2, 6, 8), (2, 2, 6, 8) -> !broadcast-mismatch',
        '(2, 4, 5, 8), (2, 2, 6, 8), (2, 2, 6, 8), enable_gqa=True -> (2, 4, 5, 8)',
        '(2, 4, 5, 8), (2, 4, 6, 8), (2, 4, 6, 8), (6, 5) -> !mask-mismatch',
      ],
    },
});

const lastOf = (weight: TensorArg | null): Dim | undefined =>
  weight?.shape.rest ? undefined : weight?.shape.dims.at(-1);

const headsNote = (embed: Dim, heads: Dim): Words => ({
  en: `attention with ${say(heads)} heads on ${say(embed)} features`,
  zh: `${say(heads)} 头注意力，特征 ${say(embed)} 维`,
});

/** Multi-head attention as a function. */
export const headFunctions = ops(
  'torch.nn.functional',
  {
    'multi_head_attention_forward(query: Tensor, key: Tensor, value: Tensor, embed_dim_to_check: int, num_heads: int, in_proj_weight: Tensor[p, e]?, in_proj_bias: Tensor[p]?, bias_k: Tensor?, bias_v: Tensor?, add_zero_attn: bool, dropout_p: float, out_proj_weight: Tensor[o, f], out_proj_bias: Tensor[o]?, training: bool = True, key_padding_mask: Tensor? = None, need_weights: bool = True, attn_mask: Tensor? = None, use_separate_proj_weight: bool = False, q_proj_weight: Tensor? = None, k_proj_weight: Tensor? = None, v_proj_weight: Tensor? = None, static_k: Tensor? = None, static_v: Tensor? = None, average_attn_weights: bool = True, is_causal: bool = False) -> any':
      {
        en: 'Multi-head attention with the projections given: what nn.MultiheadAttention runs.',
        zh: '给定投影权重的多头注意力；nn.MultiheadAttention 内部即调用它。',
        formula: 'headᵢ = softmax(QᵢKᵢᵀ/√dₕ)·Vᵢ; y = [head₁ … headₕ]·Wₒᵀ + bₒ',
        check: ({ embed_dim_to_check: size, num_heads, p }, call) => {
          needHeads(call, size, num_heads);
          if (p === null) return;
          const data = { op: call.op, axis: 'p', expected: mul(3, size), found: p };
          need(call, { kind: 'eq', left: mul(3, size), right: p }, fault('feature-mismatch', data, 'in_proj_weight'));
        },
        value: (e, call) => {
          const { query, key, value, attn_mask: mask, key_padding_mask: padding, embed_dim_to_check: size, o } = e;
          if (e.static_k || e.static_v) return giveUp(call, 'static keys');
          const how = {
            embed_dim: size,
            num_heads: e.num_heads,
            kdim: lastOf(e.k_proj_weight) ?? size,
            vdim: lastOf(e.v_proj_weight) ?? size,
            batch_first: false,
            extra: (e.bias_k ? 1 : 0) + (e.add_zero_attn ? 1 : 0),
            output: o,
          };
          const weights = e.need_weights ? (e.average_attn_weights ? 'mean' : 'each') : 'none';
          return multihead(call, { query, key, value, mask, padding }, how, weights);
        },
        flops: ({ query, key, embed_dim_to_check: e, k_proj_weight, v_proj_weight, bias_k, add_zero_attn }) =>
          headFlops(query, key, {
            extra: (bias_k ? 1 : 0) + (add_zero_attn ? 1 : 0),
            embed_dim: e,
            kdim: lastOf(k_proj_weight) ?? e,
            vdim: lastOf(v_proj_weight) ?? e,
            batch_first: false,
          }),
        note: ({ embed_dim_to_check, num_heads }) => headsNote(embed_dim_to_check, num_heads),
        eg: [
          '(5, 2, 8), (6, 2, 8), (6, 2, 8), 8, 2, (24, 8), (24), None, None, False, 0.0, (8, 8), (8) -> ((5, 2, 8), (2, 5, 6))',
          '(5, 2, 8), (6, 2, 8), (6, 2, 8), 8, 2, (16, 8), None, None, None, False, 0.0, (8, 8), None -> !feature-mismatch',
        ],
      },
  },
  { python: true },
);

interface Lengths {
  readonly b: Shape;
  readonly s: Dim;
  readonly t: Dim;
  readonly e: Dim;
  readonly d: Dim;
}

/**
 * Each key has a value. On a CPU the fused kernel for four axes and equal features does not look, and reads what lies
 * behind: that call runs, so that it is no fault.
 */
const needSameLength = ({ b, s, t, e, d }: Lengths, call: Call): void => {
  const checked = (!b.rest && b.dims.length !== 2) || holds(call, { kind: 'eq', left: e, right: d }) === false;
  const data = { op: call.op, axis: 's', expected: s, found: t };
  if (checked && t !== 0) need(call, { kind: 'eq', left: s, right: t }, fault('size-mismatch', data, 'key', 'value'));
};

const sharedBatch = (call: Call, leads: readonly Shape[]): Shape | undefined =>
  broadcastAll(call, leads, (left, right) =>
    fault('broadcast-mismatch', { op: call.op, left, right }, 'query', 'key', 'value'),
  );

/** Grouped queries: several query heads share one key head, whose number must divide theirs. */
const groupedHeads = (call: Call, query: Shape, key: Shape): Shape => {
  const heads = query.dims.at(-1);
  const groups = key.dims.at(-1);
  if (heads !== undefined && groups !== undefined) {
    const clash = fault('heads-divide', { op: call.op, size: heads, heads: groups }, 'query', 'key');
    need(call, { kind: 'divides', divisor: groups, dividend: heads }, clash);
  }
  return query;
};

const needAttentionMask = (call: Call, mask: TensorArg | null, scores: Shape): void => {
  if (!mask) return;
  if (mask.dtype === 'int64' || mask.dtype === 'int32') {
    const data = { op: call.op, argument: 'attn_mask', expected: 'bool, float', found: mask.dtype };
    refuse(call, fault('dtype-refused', data, 'attn_mask'));
    return;
  }
  const clash = fault('mask-mismatch', { op: call.op, expected: scores, found: mask.shape }, 'attn_mask');
  if (!mask.shape.rest && !scores.rest && mask.shape.dims.length > scores.dims.length) {
    refuse(call, clash);
    return;
  }
  broadcastAll(call, [scores, mask.shape], () => clash);
};

/** What the attention layers run: only they call it. */
export const attentionOps = ops(
  'torch._nn',
  {
    'multihead(query: Tensor, key: Tensor, value: Tensor, key_padding_mask: Tensor?, need_weights: bool, attn_mask: Tensor?, average_attn_weights: bool, is_causal: bool, embed_dim: int, num_heads: int, kdim: int?, vdim: int?, batch_first: bool, add_bias_kv: bool, add_zero_attn: bool) -> any':
      {
        en: 'Multi-head attention.',
        zh: '多头注意力。',
        value: (e, call) => {
          const { query, key, value, attn_mask: mask, key_padding_mask: padding, embed_dim } = e;
          const how = {
            embed_dim,
            num_heads: e.num_heads,
            kdim: e.kdim ?? embed_dim,
            vdim: e.vdim ?? embed_dim,
            batch_first: e.batch_first,
            extra: (e.add_bias_kv ? 1 : 0) + (e.add_zero_attn ? 1 : 0),
          };
          if (e.is_causal && mask === null)
            return refuse(
              call,
              fault('missing-argument', { op: call.op, argument: 'attn_mask' }, 'attn_mask', 'is_causal'),
            );
          const weights = e.need_weights ? (e.average_attn_weights ? 'mean' : 'each') : 'none';
          return multihead(call, { query, key, value, mask, padding }, how, weights);
        },
        flops: (e) =>
          headFlops(e.query, e.key, {
            embed_dim: e.embed_dim,
            kdim: e.kdim ?? e.embed_dim,
            vdim: e.vdim ?? e.embed_dim,
            batch_first: e.batch_first,
            extra: (e.add_bias_kv ? 1 : 0) + (e.add_zero_attn ? 1 : 0),
          }),
        eg: '(5, 2, 8), (6, 2, 8), (6, 2, 8), None, True, None, True, False, 8, 2, None, None, False, False, False -> ((5, 2, 8), (2, 5, 6))',
      },
    'encode(src: Tensor, mask: Tensor?, padding: Tensor?, d_model: int, nhead: int, batch_first: bool, dim_feedforward: int, num_layers: int) -> any':
      {
        en: 'Self-attention and a two-layer network, each with a residual connection.',
        zh: '自注意力加两层前馈网络，各带残差连接。',
        value: ({ src, mask, padding, d_model, nhead, batch_first }, call) => {
          const shape = sequence(call, src, d_model, 'src', batch_first);
          if (!shape) return undefined;
          const length = lengthOf(shape, batch_first);
          const batch = batchOf(shape, batch_first);
          needSequenceMask(call, mask, length, length, batch === null ? nhead : mul(batch, nhead), 'src_mask');
          needPaddingMask(call, padding, batch, length, 'src_key_padding_mask');
          return tensor(call.lib, shape, {
            ...typed(src),
            ...(src.origin === undefined ? {} : { origin: src.origin }),
          });
        },
        flops: ({ src, d_model: d, dim_feedforward, num_layers, batch_first }) => {
          const attention = headFlops(src, src, { embed_dim: d, kdim: d, vdim: d, batch_first });
          const forward = forwardFlops(src, d, dim_feedforward);
          return attention === undefined || forward === undefined
            ? undefined
            : mul(num_layers, add(attention, forward));
        },
        eg: '(5, 2, 8), None, None, 8, 2, False, 7, 1 -> (5, 2, 8)',
      },
    'decode(tgt: Tensor, memory: Tensor, tgt_mask: Tensor?, memory_mask: Tensor?, tgt_padding: Tensor?, memory_padding: Tensor?, d_model: int, nhead: int, batch_first: bool, dim_feedforward: int, num_layers: int) -> any':
      {
        en: 'Self-attention, attention on the memory and a two-layer network, each with a residual connection.',
        zh: '自注意力、对编码结果的注意力、两层前馈网络，各带残差连接。',
        value: (e, call) => {
          const { tgt, memory, d_model, nhead, batch_first } = e;
          const shape = sequence(call, tgt, d_model, 'tgt', batch_first);
          const other = sequence(call, memory, d_model, 'memory', batch_first);
          if (!shape || !other) return undefined;
          if (shape.dims.length !== other.dims.length) return unlikeRank(call, shape, other, 'memory');
          const batch = batchOf(shape, batch_first);
          needSameBatch(call, batch, batchOf(other, batch_first), 'tgt', 'memory');
          const length = lengthOf(shape, batch_first);
          const steps = lengthOf(other, batch_first);
          const heads = batch === null ? nhead : mul(batch, nhead);
          needSequenceMask(call, e.tgt_mask, length, length, heads, 'tgt_mask');
          needSequenceMask(call, e.memory_mask, length, steps, heads, 'memory_mask');
          needPaddingMask(call, e.tgt_padding, batch, length, 'tgt_key_padding_mask');
          needPaddingMask(call, e.memory_padding, batch, steps, 'memory_key_padding_mask');
          return tensor(call.lib, shape, {
            ...typed(tgt),
            ...(tgt.origin === undefined ? {} : { origin: tgt.origin }),
          });
        },
        flops: ({ tgt, memory, d_model: d, dim_feedforward, num_layers, batch_first }) => {
          const sizes = { embed_dim: d, kdim: d, vdim: d, batch_first };
          const own = headFlops(tgt, tgt, sizes);
          const other = headFlops(tgt, memory, sizes);
          const forward = forwardFlops(tgt, d, dim_feedforward);
          if (own === undefined || other === undefined || forward === undefined) return undefined;
          return mul(num_layers, add(add(own, other), forward));
        },
        eg: '(5, 2, 8), (6, 2, 8), None, None, None, None, 8, 2, False, 7, 1 -> (5, 2, 8)',
      },
    'transform(src: Tensor, tgt: Tensor, d_model: int, batch_first: bool, dim_feedforward: int, encoders: int, decoders: int) -> any':
      {
        en: 'Encodes one sequence and decodes another.',
        zh: '编码一个序列，再解码另一个序列。',
        value: ({ src, tgt, d_model, batch_first }, call) => {
          const from = sequence(call, src, d_model, 'src', batch_first);
          const to = sequence(call, tgt, d_model, 'tgt', batch_first);
          if (!from || !to) return undefined;
          if (from.dims.length !== to.dims.length) return unlikeRank(call, from, to, 'tgt');
          needSameBatch(call, batchOf(from, batch_first), batchOf(to, batch_first), 'src', 'tgt');
          return tensor(call.lib, to, typed(tgt));
        },
        flops: ({ src, tgt, d_model: d, batch_first, dim_feedforward, encoders, decoders }) => {
          const sizes = { embed_dim: d, kdim: d, vdim: d, batch_first };
          const parts = [
            headFlops(src, src, sizes),
            forwardFlops(src, d, dim_feedforward),
            headFlops(tgt, tgt, sizes),
            headFlops(tgt, src, sizes),
            forwardFlops(tgt, d, dim_feedforward),
          ];
          const [own, wide, masked, other, last] = parts.filter((part) => part !== undefined);
          if (
            own === undefined ||
            wide === undefined ||
            masked === undefined ||
            other === undefined ||
            last === undefined
          )
            return undefined;
          return add(mul(encoders, add(own, wide)), mul(decoders, sum([masked, other, last])));
        },
        eg: '(5, 2, 8), (6, 2, 8), 8, False, 7, 1, 1 -> (6, 2, 8)',
      },
  },
  { python: true },
);

const unlikeRank = (call: Call, first: Shape, shape: Shape, argument: string): undefined => {
  const data = { op: call.op, argument, expected: `${first.dims.length}`, found: shape.dims.length, shape };
  return refuse(call, fault('rank-mismatch', data, argument));
};

const needSameBatch = (call: Call, a: Dim | null, b: Dim | null, ...names: readonly string[]): void => {
  if (a === null || b === null) return;
  const data = { op: call.op, axis: 'b', expected: a, found: b };
  need(call, { kind: 'eq', left: a, right: b }, fault('batch-mismatch', data, ...names));
};

const activation = (call: Call, given: Arg): void => {
  if (given.kind === 'str') needChoice(call, 'activation', given.value, ['relu', 'gelu']);
};

/** How many blocks a stack has, where that is a known number. */
const stacked = (count: Dim, block: (i: number) => ParamShapes): ParamShapes | undefined => {
  if (typeof count !== 'number' || count > 256) return undefined;
  return Object.assign({}, ...Array.from({ length: Math.max(0, count) }, (_, i) => block(i)));
};

const needLayer = (call: Call, layer: Arg, name: string): void => {
  if (layer.kind === 'other' || layer.kind === 'unknown' || layer.kind === 'callable') return;
  // A parameter that is not described stands for a size until it is used.
  if (layer.kind === 'int' && typeof layer.value !== 'number') return;
  const data = { op: call.op, argument: name, expected: 'Module', found: layer.kind };
  refuse(call, fault('wrong-type', data, name));
};

const attentionInit = { '*': 'xavier-uniform' } as const;

/** Attention and transformer layers. */
export const attentionLayers = layers(
  'torch.nn torch.nn.modules torch.nn.modules.activation torch.nn.modules.transformer',
  {
    'MultiheadAttention(embed_dim: int, num_heads: int, dropout: any = 0.0, bias: bool = True, add_bias_kv: bool = False, add_zero_attn: bool = False, kdim: int? = None, vdim: int? = None, batch_first: bool = False, device: any = None, dtype: any = None)':
      {
        en: 'Multi-head attention: several attentions side by side on parts of the features.',
        zh: '多头注意力：把特征分成若干头，各自做注意力。',
        formula: 'headᵢ = softmax(QᵢKᵢᵀ/√dₕ)·Vᵢ; y = [head₁ … headₕ]·Wₒ',
        call: 'multihead(query, key, value, key_padding_mask, need_weights, attn_mask, average_attn_weights, is_causal, embed_dim, num_heads, kdim, vdim, batch_first, add_bias_kv, add_zero_attn)',
        forward:
          'query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False',
        check: ({ embed_dim, num_heads }, call) => {
          for (const [name, found] of Object.entries({ embed_dim, num_heads })) {
            if (typeof found === 'number' && found <= 0)
              refuse(call, fault('not-positive', { op: call.op, argument: name, found }, name));
          }
          needHeads(call, embed_dim, num_heads);
        },
        fields: ({ embed_dim, kdim, vdim }) => ({
          kdim: { kind: 'int', value: kdim ?? embed_dim },
          vdim: { kind: 'int', value: vdim ?? embed_dim },
        }),
        params: ({ embed_dim, kdim, vdim, bias, add_bias_kv }) =>
          headParams('', { embed_dim, kdim: kdim ?? embed_dim, vdim: vdim ?? embed_dim }, bias, add_bias_kv),
        init: attentionInit,
        remarks: [
          {
            en: 'Without batch_first=True the input is [L, B, C].',
            zh: '未设 batch_first=True 时输入为 [L, B, C]。',
          },
        ],
        eg: [
          'MultiheadAttention(8, 2): (5, 2, 8), (6, 2, 8), (6, 2, 8) -> ((5, 2, 8), (2, 5, 6))',
          'MultiheadAttention(8, 3): (5, 8) -> !heads-divide',
          'MultiheadAttention(8, 2, batch_first=True): (2, 5, 8), (3, 6, 8), (3, 6, 8) -> !batch-mismatch',
        ],
      },
    'TransformerEncoderLayer(d_model: int, nhead: int, dim_feedforward: int = 2048, dropout: float = 0.1, activation: any = None, layer_norm_eps: float = 1e-05, batch_first: bool = False, norm_first: bool = False, bias: bool = True, device: any = None, dtype: any = None)':
      {
        en: 'Encoder block: self-attention and a two-layer network, each with a residual connection and a norm.',
        zh: '编码器块：自注意力加前馈网络，各带残差连接和层归一化。',
        call: 'encode(src, src_mask, src_key_padding_mask, d_model, nhead, batch_first, dim_feedforward, 1)',
        forward: 'src, src_mask=None, src_key_padding_mask=None, is_causal=False',
        check: ({ d_model, nhead, dropout, activation: given }, call) => {
          needHeads(call, d_model, nhead);
          needBetween(call, 'dropout', dropout, 0, 1);
          activation(call, given);
        },
        params: ({ d_model: d, dim_feedforward, bias }) => blockParams('', d, dim_feedforward, bias, 'encoder'),
        init: attentionInit,
        eg: [
          'TransformerEncoderLayer(8, 2): (5, 2, 8) -> (5, 2, 8)',
          'TransformerEncoderLayer(8, 2): (5, 2, 9) -> !feature-mismatch',
        ],
      },
    'TransformerDecoderLayer(d_model: int, nhead: int, dim_feedforward: int = 2048, dropout: float = 0.1, activation: any = None, layer_norm_eps: float = 1e-05, batch_first: bool = False, norm_first: bool = False, bias: bool = True, device: any = None, dtype: any = None)':
      {
        en: 'Decoder block: self-attention, attention on the memory and a two-layer network.',
        zh: '解码器块：自注意力、对编码结果的注意力和前馈网络。',
        call: 'decode(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask, d_model, nhead, batch_first, dim_feedforward, 1)',
        forward:
          'tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=False, memory_is_causal=False',
        check: ({ d_model, nhead, dropout, activation: given }, call) => {
          needHeads(call, d_model, nhead);
          needBetween(call, 'dropout', dropout, 0, 1);
          activation(call, given);
        },
        params: ({ d_model: d, dim_feedforward, bias }) => blockParams('', d, dim_feedforward, bias, 'decoder'),
        init: attentionInit,
        eg: 'TransformerDecoderLayer(8, 2): (5, 2, 8), (6, 2, 8) -> (5, 2, 8)',
      },
    'TransformerEncoder(encoder_layer: any, num_layers: int, norm: any = None, enable_nested_tensor: bool = True, mask_check: bool = True)':
      {
        en: 'Stack of encoder blocks.',
        zh: '若干编码器块的堆叠。',
        call: 'encode(src, mask, src_key_padding_mask, d_model, nhead, batch_first, dim_feedforward, num_layers)',
        forward: 'src, mask=None, src_key_padding_mask=None, is_causal=None',
        owns: ['d_model', 'nhead', 'batch_first', 'dim_feedforward'],
        check: ({ encoder_layer }, call) => needLayer(call, encoder_layer, 'encoder_layer'),
        eg: 'TransformerEncoder(3, 2): (5, 2, 8) -> !wrong-type',
      },
    'TransformerDecoder(decoder_layer: any, num_layers: int, norm: any = None)': {
      en: 'Stack of decoder blocks.',
      zh: '若干解码器块的堆叠。',
      call: 'decode(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask, d_model, nhead, batch_first, dim_feedforward, num_layers)',
      forward:
        'tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=None, memory_is_causal=False',
      owns: ['d_model', 'nhead', 'batch_first', 'dim_feedforward'],
      check: ({ decoder_layer }, call) => needLayer(call, decoder_layer, 'decoder_layer'),
      eg: 'TransformerDecoder(3, 2): (5, 2, 8), (6, 2, 8) -> !wrong-type',
    },
    'Transformer(d_model: int = 512, nhead: int = 8, num_encoder_layers: int = 6, num_decoder_layers: int = 6, dim_feedforward: int = 2048, dropout: float = 0.1, activation: any = None, custom_encoder: any = None, custom_decoder: any = None, layer_norm_eps: float = 1e-05, batch_first: bool = False, norm_first: bool = False, bias: bool = True, device: any = None, dtype: any = None)':
      {
        en: 'Encoder and decoder stacks.',
        zh: '完整的 Transformer：编码器与解码器。',
        call: 'transform(src, tgt, d_model, batch_first, dim_feedforward, num_encoder_layers, num_decoder_layers)',
        forward:
          'src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, src_is_causal=None, tgt_is_causal=None, memory_is_causal=False',
        check: ({ d_model, nhead, dropout, activation: given }, call) => {
          needHeads(call, d_model, nhead);
          needBetween(call, 'dropout', dropout, 0, 1);
          activation(call, given);
        },
        params: (e, call) => {
          const { d_model: d, dim_feedforward: wide, bias } = e;
          if (e.custom_encoder.kind !== 'none' || e.custom_decoder.kind !== 'none') return giveUp(call, 'own encoder');
          const encoder = stacked(e.num_encoder_layers, (i) =>
            blockParams(`encoder.layers.${i}.`, d, wide, bias, 'encoder'),
          );
          const decoder = stacked(e.num_decoder_layers, (i) =>
            blockParams(`decoder.layers.${i}.`, d, wide, bias, 'decoder'),
          );
          if (!encoder || !decoder) return undefined;
          return {
            ...encoder,
            'encoder.norm.weight': [d],
            'encoder.norm.bias': bias && [d],
            ...decoder,
            'decoder.norm.weight': [d],
            'decoder.norm.bias': bias && [d],
          };
        },
        init: attentionInit,
        eg: [
          'Transformer(8, 2, 1, 1): (5, 2, 8), (6, 2, 8) -> (6, 2, 8)',
          'Transformer(8, 2, 1, 1): (5, 2, 8), (6, 3, 8) -> !batch-mismatch',
        ],
      },
  },
);

/** Masks of transformers. */
export const attentionMasks = ops(
  'torch.nn.Transformer torch.nn.modules.transformer.Transformer',
  {
    'generate_square_subsequent_mask(sz: int, device: any = None, dtype: any = None) -> any': {
      en: 'Mask that hides later steps: −∞ above the diagonal.',
      zh: '遮住后续时间步的掩码：对角线以上为 −∞。',
      check: ({ sz }, call) => needNotNegative(call, 'sz', [sz]),
      value: ({ sz }, call) => tensor(call.lib, { dims: [sz, sz] }, { dtype: 'float32', layout: 'contiguous' }),
      eg: '5 -> (5, 5)',
    },
  },
  { python: true },
);
