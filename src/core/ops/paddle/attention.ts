import { type Dim, floorDiv, product } from '../../dims';
import { type Shape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { broadcastAll, type Call, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { layers, ops, type ParamShapes } from '../rows';
import { needHeads } from '../rules/attention';
import { withRank } from '../rules/axes';
import { needBetween, needMultiple, needNotNegative, needPositive } from '../rules/checks';
import { asked } from '../rules/format';
import { int, tuple } from '../rules/values';
import { typed } from '../rules/view';
import { twin } from './twin';

const paddle = { lib: 'paddle' } as const;

interface Sides {
  readonly query: Shape;
  readonly key: Shape;
  readonly value: Shape;
}

/** A sequence `[b, l, features]`. */
const sequence = (call: Call, t: TensorArg, features: Dim, name: string): Shape | undefined => {
  const shape = withRank(call, t, 3, ['b', name === 'query' ? 'l' : 's', 'e']);
  if (!shape) return undefined;
  if (shape.dims.length > 3 && product(shape.dims.slice(2, -1)) === 1)
    return giveUp(call, 'axes of size 1 between length and features');
  if (shape.dims.length !== 3) {
    const data = { op: call.op, argument: name, expected: '3', found: shape.dims.length, shape };
    return refuse(call, fault('rank-mismatch', data, name));
  }
  const found = shape.dims[2] ?? features;
  const clash = fault('feature-mismatch', { op: call.op, axis: 'e', expected: features, found }, name);
  need(call, { kind: 'eq', left: features, right: found }, clash);
  return shape;
};

/** Keys and values are as many, and batches agree. */
const agree = (call: Call, { query, key, value }: Sides): readonly [batch: Dim, queries: Dim, keys: Dim] => {
  const [batch = 1, queries = 1] = query.dims;
  const [keyBatch = 1, keys = 1] = key.dims;
  const [valueBatch = 1, values = 1] = value.dims;
  const clash = fault('shape-mismatch', { op: call.op, left: key, right: value }, 'key', 'value');
  need(call, { kind: 'eq', left: keys, right: values }, clash);
  for (const found of [keyBatch, valueBatch]) {
    if (found === 1 || batch === 1) continue;
    const data = { op: call.op, axis: 'b', expected: batch, found };
    need(call, { kind: 'eq', left: batch, right: found }, fault('batch-mismatch', data, 'query', 'key'));
  }
  return [[batch, keyBatch, valueBatch].find((d) => d !== 1) ?? 1, queries, keys];
};

/** The mask is added to the scores `[b, heads, queries, keys]`. */
const needMask = (call: Call, mask: TensorArg | null, scores: Shape, name: string): void => {
  if (!mask || mask.shape.rest) return;
  const clash = fault('mask-mismatch', { op: call.op, expected: scores, found: mask.shape }, name);
  if (mask.shape.dims.length > scores.dims.length) refuse(call, clash);
  else broadcastAll(call, [scores, mask.shape], () => clash);
};

interface Heads {
  readonly embed_dim: Dim;
  readonly num_heads: Dim;
}

/** Attention of one sequence to another, the result `[b, queries, e]`. */
const attend = (
  call: Call,
  inputs: {
    readonly query: TensorArg;
    readonly key: TensorArg;
    readonly value: TensorArg;
    readonly mask: TensorArg | null;
  },
  how: Heads & { readonly kdim: Dim; readonly vdim: Dim },
): { readonly output: TensorArg; readonly weights: TensorArg } | undefined => {
  const query = sequence(call, inputs.query, how.embed_dim, 'query');
  const key = sequence(call, inputs.key, how.kdim, 'key');
  const value = sequence(call, inputs.value, how.vdim, 'value');
  if (!query || !key || !value) return undefined;
  const [batch, queries, keys] = agree(call, { query, key, value });
  const scores = shapeOf(batch, how.num_heads, queries, keys);
  needMask(call, inputs.mask, scores, 'attn_mask');
  return {
    output: tensor(call.lib, shapeOf(batch, queries, how.embed_dim), typed(inputs.query)),
    weights: tensor(call.lib, scores, typed(inputs.query)),
  };
};

/** Attention as a function, and what the layers run. */
export const attentionFunctions = ops(
  'paddle.nn.functional paddle.nn.functional.flash_attention',
  {
    'scaled_dot_product_attention(query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor? = None, dropout_p: float = 0.0, is_causal: bool = False, training: bool = True, backend: any = None, scale: any = None, enable_gqa: bool = True, name: any = None) -> Tensor':
      {
        ...twin('torch.nn.functional.scaled_dot_product_attention', [
          'the axes are [batch, length, heads, size] here, [batch, heads, length, size] there.',
          '这里各轴为 [批次, 长度, 头数, 头维]，PyTorch 为 [批次, 头数, 长度, 头维]。',
        ]),
        layout: 'unknown',
        shape: (e, call) => {
          if (e.training) needBetween(call, 'dropout_p', e.dropout_p, 0, 1);
          return scored(call, e);
        },
        eg: [
          '(2, 5, 4, 8), (2, 6, 4, 8), (2, 6, 4, 8) -> (2, 5, 4, 8)',
          '(2, 5, 4, 8), (2, 6, 4, 7), (2, 6, 4, 8) -> !feature-mismatch',
          '(2, 5, 4, 8), (2, 6, 4, 8), (2, 7, 4, 8) -> !shape-mismatch',
        ],
      },
  },
  paddle,
);

interface Dots {
  readonly query: TensorArg;
  readonly key: TensorArg;
  readonly value: TensorArg;
  readonly attn_mask: TensorArg | null;
  readonly is_causal: boolean;
}

const scored = (call: Call, e: Dots): Shape | undefined => {
  const rank = [e.query, e.key, e.value].find((t) => !t.shape.rest)?.shape.dims.length ?? 4;
  const shapes: Shape[] = [];
  for (const name of ['query', 'key', 'value'] as const) {
    const shape = withRank(call, e[name], rank);
    if (!shape) return undefined;
    if (shape.dims.length !== rank || (rank !== 3 && rank !== 4)) {
      const data = { op: call.op, argument: name, expected: '3/4', found: shape.dims.length, shape };
      return refuse(call, fault('rank-mismatch', data, name));
    }
    shapes.push(rank === 3 ? shapeOf(1, ...shape.dims) : shape);
  }
  const [query, key, value] = shapes;
  if (!query || !key || !value) return undefined;
  const [batch, queries, keys] = agree(call, { query, key, value });
  const [heads = 1, keyHeads = 1, valueHeads = 1] = shapes.map((s) => s.dims[2] ?? 1);
  for (const found of [keyHeads, valueHeads]) needMultiple(call, heads, found, 'heads', 'query', 'key');
  const [size = 1, keySize = 1, valueSize = 1] = shapes.map((s) => s.dims[3] ?? 1);
  const clash = { op: call.op, axis: 'e', expected: size, found: keySize };
  need(call, { kind: 'eq', left: size, right: keySize }, fault('feature-mismatch', clash, 'query', 'key'));
  // A causal mask takes the place of a given one.
  const scores = shapeOf(batch, heads, queries, keys);
  if (!e.is_causal) needMask(call, e.attn_mask, scores, 'attn_mask');
  if (!e.is_causal && e.attn_mask && widens(e.attn_mask, scores)) return giveUp(call, 'a mask that widens the scores');
  const out = [queries, heads, valueSize];
  return shapeOf(...(rank === 3 ? out : [batch, ...out]));
};

/** A mask that has more of what there is one of: the scores broadcast with it. */
const widens = ({ shape }: TensorArg, scores: Shape): boolean => {
  const extra = scores.dims.length - shape.dims.length;
  return !shape.rest && shape.dims.some((d, i) => d !== 1 && scores.dims[i + extra] === 1);
};

/** Masks of transformers. */
export const attentionMasks = ops(
  'paddle.nn.Transformer paddle.nn.layer.transformer.Transformer',
  {
    'generate_square_subsequent_mask(length: int) -> any': {
      ...twin('torch.nn.Transformer.generate_square_subsequent_mask'),
      check: ({ length }, call) => needNotNegative(call, 'length', [length]),
      value: ({ length }, call) =>
        tensor(call.lib, shapeOf(length, length), { dtype: 'float32', layout: 'contiguous' }),
      eg: '5 -> (5, 5)',
    },
  },
  { ...paddle, python: true },
);

/** What the layers run. */
export const attentionOps = ops(
  'paddle._nn',
  {
    '_multi_head(query: Tensor, key: Tensor? = None, value: Tensor? = None, attn_mask: Tensor? = None, cache: any = None, embed_dim: int = 1, num_heads: int = 1, kdim: int? = None, vdim: int? = None, need_weights: bool = False) -> any':
      {
        ...twin('torch.nn.MultiheadAttention'),
        needs: 'float',
        value: (e, call) => {
          const key = e.key ?? e.query;
          const inputs = { query: e.query, key, value: e.value ?? e.query, mask: e.attn_mask };
          const { embed_dim, num_heads } = e;
          // A cache adds keys, and itself to the result.
          if (e.cache.kind !== 'none') return undefined;
          const found = attend(call, inputs, {
            embed_dim,
            num_heads,
            kdim: e.kdim ?? embed_dim,
            vdim: e.vdim ?? embed_dim,
          });
          return found && (e.need_weights ? tuple([found.output, found.weights]) : found.output);
        },
        eg: '(2, 3, 8), None, None, None, None, 8, 2 -> (2, 3, 8)',
      },
    '_encoder(src: Tensor, src_mask: Tensor? = None, cache: any = None, d_model: int = 1, nhead: int = 1) -> any': {
      ...twin('torch.nn.TransformerEncoderLayer'),
      needs: 'float',
      value: ({ src, src_mask, cache, d_model, nhead }, call) =>
        cache.kind === 'none' ? blockOf(call, { query: src, key: src, mask: src_mask }, d_model, nhead) : undefined,
      eg: '(2, 3, 8), None, None, 8, 2 -> (2, 3, 8)',
    },
    '_decoder(tgt: Tensor, memory: Tensor, tgt_mask: Tensor? = None, memory_mask: Tensor? = None, cache: any = None, d_model: int = 1, nhead: int = 1) -> any':
      {
        ...twin('torch.nn.TransformerDecoderLayer'),
        needs: 'float',
        value: ({ tgt, memory, tgt_mask, memory_mask, cache, d_model, nhead }, call) => {
          if (cache.kind !== 'none') return undefined;
          blockOf(call, { query: tgt, key: tgt, mask: tgt_mask }, d_model, nhead);
          return blockOf(call, { query: tgt, key: memory, mask: memory_mask }, d_model, nhead);
        },
        eg: '(2, 3, 8), (2, 5, 8), None, None, None, 8, 2 -> (2, 3, 8)',
      },
    '_transformer(src: Tensor, tgt: Tensor, src_mask: Tensor? = None, tgt_mask: Tensor? = None, memory_mask: Tensor? = None, d_model: int = 1, nhead: int = 1) -> any':
      {
        ...twin('torch.nn.Transformer'),
        needs: 'float',
        value: ({ src, tgt, src_mask, tgt_mask, memory_mask, d_model, nhead }, call) => {
          const memory = blockOf(call, { query: src, key: src, mask: src_mask }, d_model, nhead);
          blockOf(call, { query: tgt, key: tgt, mask: tgt_mask }, d_model, nhead);
          return memory && blockOf(call, { query: tgt, key: memory, mask: memory_mask }, d_model, nhead);
        },
        eg: '(2, 3, 8), (2, 5, 8), None, None, None, 8, 2 -> (2, 5, 8)',
      },
  },
  paddle,
);

const blockOf = (
  call: Call,
  { query, key, mask }: { readonly query: TensorArg; readonly key: TensorArg; readonly mask: TensorArg | null },
  size: Dim,
  heads: Dim,
): TensorArg | undefined =>
  attend(call, { query, key, value: key, mask }, { embed_dim: size, num_heads: heads, kdim: size, vdim: size })?.output;

const linear = (at: string, i: Dim, o: Dim, bias: boolean): ParamShapes => ({
  [`${at}.weight`]: [i, o],
  [`${at}.bias`]: bias && [o],
});

const headParams = (at: string, e: Dim, kdim: Dim, vdim: Dim, bias: boolean): ParamShapes => ({
  ...linear(`${at}q_proj`, e, e, bias),
  ...linear(`${at}k_proj`, kdim, e, bias),
  ...linear(`${at}v_proj`, vdim, e, bias),
  ...linear(`${at}out_proj`, e, e, bias),
});

const norm = (at: string, size: Dim): ParamShapes => ({ [`${at}.weight`]: [size], [`${at}.bias`]: [size] });

interface Block {
  readonly d_model: Dim;
  readonly nhead: Dim;
  readonly dim_feedforward: Dim;
  readonly bias_attr: Arg;
}

/** The attribute of one part: a list says each part by itself, and a short one repeats its last. */
const part = (attr: Arg, at: number): boolean => {
  if (attr.kind !== 'tuple' && attr.kind !== 'sequence') return asked(attr);
  const one = attr.items[at] ?? attr.items.at(-1);
  return one === undefined || asked(one);
};

const encoderParams = (at: string, e: Block): ParamShapes => ({
  ...headParams(`${at}self_attn.`, e.d_model, e.d_model, e.d_model, part(e.bias_attr, 0)),
  ...linear(`${at}linear1`, e.d_model, e.dim_feedforward, part(e.bias_attr, 1)),
  ...linear(`${at}linear2`, e.dim_feedforward, e.d_model, part(e.bias_attr, 1)),
  ...norm(`${at}norm1`, e.d_model),
  ...norm(`${at}norm2`, e.d_model),
});

const decoderParams = (at: string, e: Block): ParamShapes => ({
  ...headParams(`${at}self_attn.`, e.d_model, e.d_model, e.d_model, part(e.bias_attr, 0)),
  ...headParams(`${at}cross_attn.`, e.d_model, e.d_model, e.d_model, part(e.bias_attr, 1)),
  ...linear(`${at}linear1`, e.d_model, e.dim_feedforward, part(e.bias_attr, 2)),
  ...linear(`${at}linear2`, e.dim_feedforward, e.d_model, part(e.bias_attr, 2)),
  ...norm(`${at}norm1`, e.d_model),
  ...norm(`${at}norm2`, e.d_model),
  ...norm(`${at}norm3`, e.d_model),
});

const checkBlock = ({ d_model, nhead }: Pick<Block, 'd_model' | 'nhead'>, call: Call): void => {
  needPositive(call, 'd_model', [d_model]);
  needPositive(call, 'nhead', [nhead]);
  needHeads(call, d_model, nhead);
};

const needLayer = (call: Call, layer: Arg, name: string, count: Dim): void => {
  // Of no layers, none is copied.
  if (typeof count === 'number' && count < 1) return;
  // A parameter that is not described stands for a size until it is used.
  if (layer.kind === 'int' && typeof layer.value !== 'number') return;
  if (layer.kind === 'other' || layer.kind === 'unknown' || layer.kind === 'callable') return;
  const data = { op: call.op, argument: name, expected: 'Layer', found: layer.kind };
  refuse(call, fault('wrong-type', data, name));
};

const init = { '*': 'xavier-uniform' } as const;
const first = ['batches come first here.', '这里批次在前。'] as const;

/** Attention layers. */
export const attentionLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.transformer',
  {
    'MultiHeadAttention(embed_dim: int, num_heads: int, dropout: any = 0.0, kdim: int? = None, vdim: int? = None, need_weights: bool = False, weight_attr: any = None, bias_attr: any = None)':
      {
        ...twin('torch.nn.MultiheadAttention', [
          'batches come first, the projections are four linear layers, and the weights come only with need_weights=True, one a head.',
          '这里批次在前，投影是四个线性层；仅当 need_weights=True 时才返回逐头的注意力权重。',
        ]),
        call: '_multi_head(query, key, value, attn_mask, cache, embed_dim, num_heads, kdim, vdim, need_weights)',
        forward: 'query, key=None, value=None, attn_mask=None, cache=None',
        check: ({ embed_dim, num_heads }, call) => {
          needPositive(call, 'embed_dim', [embed_dim]);
          needPositive(call, 'num_heads', [num_heads]);
          needHeads(call, embed_dim, num_heads);
        },
        fields: ({ embed_dim: e, num_heads, kdim, vdim }) => ({
          kdim: int(kdim ?? e),
          vdim: int(vdim ?? e),
          ...(num_heads !== 0 && { head_dim: int(floorDiv(e, num_heads)) }),
        }),
        params: ({ embed_dim: e, kdim, vdim, bias_attr }) => headParams('', e, kdim ?? e, vdim ?? e, asked(bias_attr)),
        init,
        eg: [
          'MultiHeadAttention(8, 2): (2, 3, 8) -> (2, 3, 8)',
          'MultiHeadAttention(8, 2, need_weights=True): (2, 3, 8) -> ((2, 3, 8), (2, 2, 3, 3))',
          'MultiHeadAttention(8, 3): (2, 3, 8) -> !heads-divide',
          'MultiHeadAttention(8, 2): (3, 8) -> !rank-mismatch',
        ],
      },
    "TransformerEncoderLayer(d_model: int, nhead: int, dim_feedforward: int, dropout: any = 0.1, activation: str = 'relu', attn_dropout: any = None, act_dropout: any = None, normalize_before: bool = False, weight_attr: any = None, bias_attr: any = None, layer_norm_eps: any = 1e-05)":
      {
        ...twin('torch.nn.TransformerEncoderLayer', first),
        call: '_encoder(src, src_mask, cache, d_model, nhead)',
        forward: 'src, src_mask=None, cache=None',
        check: checkBlock,
        params: (e) => encoderParams('', e),
        init,
        eg: 'TransformerEncoderLayer(8, 2, 16): (2, 3, 8) -> (2, 3, 8)',
      },
    "TransformerDecoderLayer(d_model: int, nhead: int, dim_feedforward: int, dropout: any = 0.1, activation: str = 'relu', attn_dropout: any = None, act_dropout: any = None, normalize_before: bool = False, weight_attr: any = None, bias_attr: any = None, layer_norm_eps: any = 1e-05)":
      {
        ...twin('torch.nn.TransformerDecoderLayer', first),
        call: '_decoder(tgt, memory, tgt_mask, memory_mask, cache, d_model, nhead)',
        forward: 'tgt, memory, tgt_mask=None, memory_mask=None, cache=None',
        check: checkBlock,
        params: (e) => decoderParams('', e),
        init,
        eg: 'TransformerDecoderLayer(8, 2, 16): (2, 3, 8), (2, 5, 8) -> (2, 3, 8)',
      },
    'TransformerEncoder(encoder_layer: any, num_layers: int, norm: any = None)': {
      ...twin('torch.nn.TransformerEncoder', first),
      call: '_encoder(src, src_mask, cache, d_model, nhead)',
      forward: 'src, src_mask=None, cache=None',
      owns: ['d_model', 'nhead'],
      check: ({ encoder_layer, num_layers }, call) => needLayer(call, encoder_layer, 'encoder_layer', num_layers),
      eg: 'TransformerEncoder(3, 2): (5, 2, 8) -> !wrong-type',
    },
    'TransformerDecoder(decoder_layer: any, num_layers: int, norm: any = None)': {
      ...twin('torch.nn.TransformerDecoder', first),
      call: '_decoder(tgt, memory, tgt_mask, memory_mask, cache, d_model, nhead)',
      forward: 'tgt, memory, tgt_mask=None, memory_mask=None, cache=None',
      owns: ['d_model', 'nhead'],
      check: ({ decoder_layer, num_layers }, call) => needLayer(call, decoder_layer, 'decoder_layer', num_layers),
      eg: 'TransformerDecoder(3, 2): (5, 2, 8), (6, 2, 8) -> !wrong-type',
    },
    "Transformer(d_model: int = 512, nhead: int = 8, num_encoder_layers: int = 6, num_decoder_layers: int = 6, dim_feedforward: int = 2048, dropout: any = 0.1, activation: str = 'relu', attn_dropout: any = None, act_dropout: any = None, normalize_before: bool = False, weight_attr: any = None, bias_attr: any = None, custom_encoder: any = None, custom_decoder: any = None)":
      {
        ...twin('torch.nn.Transformer', first),
        call: '_transformer(src, tgt, src_mask, tgt_mask, memory_mask, d_model, nhead)',
        forward: 'src, tgt, src_mask=None, tgt_mask=None, memory_mask=None',
        check: checkBlock,
        params: (e) => stacked(e),
        init,
        eg: 'Transformer(8, 2, 1, 1, 16): (2, 3, 8), (2, 5, 8) -> (2, 5, 8)',
      },
  },
  paddle,
);

interface Stack extends Block {
  readonly num_encoder_layers: Dim;
  readonly num_decoder_layers: Dim;
  readonly normalize_before: boolean;
  readonly custom_encoder: Arg;
  readonly custom_decoder: Arg;
}

/** Every stack ends in a norm, as the constructor has it, except where the user's own stacks are given. */
const stacked = (e: Stack): ParamShapes | undefined => {
  const { num_encoder_layers: down, num_decoder_layers: up } = e;
  if (typeof down !== 'number' || typeof up !== 'number' || product([down, up, 1]) === 0 || down + up > 256)
    return undefined;
  if (e.custom_encoder.kind !== 'none' || e.custom_decoder.kind !== 'none') return undefined;
  const all: Record<string, ParamShapes[string]> = {};
  for (let i = 0; i < down; i++) Object.assign(all, encoderParams(`encoder.layers.${i}.`, e));
  Object.assign(all, norm('encoder.norm', e.d_model));
  for (let i = 0; i < up; i++) Object.assign(all, decoderParams(`decoder.layers.${i}.`, e));
  return Object.assign(all, norm('decoder.norm', e.d_model));
};
