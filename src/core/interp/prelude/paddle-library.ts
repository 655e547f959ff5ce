// Classes that Paddle itself builds out of layers, as far as shapes and parameters go.

export const paddleVision = `
import paddle.nn as nn

class ConvNormActivation(nn.Sequential):
    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1, padding=None, groups=1,
                 norm_layer=nn.BatchNorm2D, activation_layer=nn.ReLU, dilation=1, bias=None):
        if padding is None:
            padding = (kernel_size - 1) // 2 * dilation
        parts = [nn.Conv2D(in_channels, out_channels, kernel_size, stride, padding, dilation=dilation, groups=groups,
                           bias_attr=norm_layer is None if bias is None else bias)]
        if norm_layer is not None:
            parts.append(norm_layer(out_channels))
        if activation_layer is not None:
            parts.append(activation_layer())
        super().__init__(*parts)
`;

export const paddleRecurrent = `
import paddle
import paddle.nn as nn

class RNN(nn.Layer):
    def __init__(self, cell, is_reverse=False, time_major=False):
        super().__init__()
        self.cell = cell
        self.is_reverse = is_reverse
        self.time_major = time_major

    def forward(self, inputs, initial_states=None, sequence_length=None, **kwargs):
        step = inputs[0] if self.time_major else inputs[:, 0]
        output, states = self.cell(step, initial_states, **kwargs)
        if self.time_major:
            return paddle.zeros([inputs.shape[0], *output.shape], dtype=output.dtype), states
        return paddle.zeros([output.shape[0], inputs.shape[1], *output.shape[1:]], dtype=output.dtype), states

class BiRNN(nn.Layer):
    def __init__(self, cell_fw, cell_bw, time_major=False):
        super().__init__()
        if cell_fw.input_size != cell_bw.input_size:
            raise ValueError(f'the cells take {cell_fw.input_size} and {cell_bw.input_size} features')
        self.cell_fw = cell_fw
        self.cell_bw = cell_bw
        self.time_major = time_major
        self._forward = RNN(cell_fw, False, time_major)
        self._backward = RNN(cell_bw, True, time_major)

    def forward(self, inputs, initial_states=None, sequence_length=None, **kwargs):
        first, last = (None, None) if initial_states is None else initial_states
        ahead, states = self._forward(inputs, first, sequence_length, **kwargs)
        # Paddle asks the first cell for the initial states of both.
        last = states if initial_states is None else last
        back, states_back = self._backward(inputs, last, sequence_length, **kwargs)
        return paddle.concat([ahead, back], axis=-1), (states, states_back)
`;

export const paddleIncubate = `
import paddle
import paddle.nn as nn
import paddle.nn.functional as F

class FusedLinear(nn.Layer):
    def __init__(self, in_features, out_features, weight_attr=None, bias_attr=None, transpose_weight=False, name=None):
        super().__init__()
        shape = [out_features, in_features] if transpose_weight else [in_features, out_features]
        self.transpose_weight = transpose_weight
        self.weight = self.create_parameter(shape, attr=weight_attr)
        self.bias = self.create_parameter([out_features], attr=bias_attr, is_bias=True)

    def forward(self, input):
        y = paddle.matmul(input, self.weight, transpose_y=self.transpose_weight)
        return y if self.bias is None else y + self.bias

class FusedDropoutAdd(nn.Layer):
    def __init__(self, p=0.5, mode='upscale_in_train', name=None):
        super().__init__()
        self.p = p

    def forward(self, x, y):
        return F.dropout(x, self.p, training=self.training) + y

class FusedBiasDropoutResidualLayerNorm(nn.Layer):
    def __init__(self, embed_dim, dropout_rate=0.5, weight_attr=None, bias_attr=None, epsilon=1e-5, name=None):
        super().__init__()
        self.linear_bias = self.create_parameter([embed_dim], attr=bias_attr, is_bias=True)
        self.ln_scale = self.create_parameter([embed_dim], attr=weight_attr)
        self.ln_bias = self.create_parameter([embed_dim], attr=bias_attr, is_bias=True)

    def forward(self, x, residual):
        return residual + x + self.ln_scale

class FusedMultiHeadAttention(nn.Layer):
    def __init__(self, embed_dim, num_heads, dropout_rate=0.5, attn_dropout_rate=0.5, kdim=None, vdim=None,
                 normalize_before=False, need_weights=False, qkv_weight_attr=None, qkv_bias_attr=None,
                 linear_weight_attr=None, linear_bias_attr=None, pre_ln_scale_attr=None, pre_ln_bias_attr=None,
                 ln_scale_attr=None, ln_bias_attr=None, epsilon=1e-5, nranks=1, ring_id=-1, transpose_qkv_wb=False,
                 name=None):
        super().__init__()
        head = embed_dim // num_heads
        self.normalize_before = normalize_before
        if transpose_qkv_wb:
            self.qkv_weight = self.create_parameter([embed_dim, 3 * embed_dim], attr=qkv_weight_attr)
            self.qkv_bias = self.create_parameter([3 * embed_dim], attr=qkv_bias_attr, is_bias=True)
        else:
            self.qkv_weight = self.create_parameter([3, num_heads, head, embed_dim], attr=qkv_weight_attr)
            self.qkv_bias = self.create_parameter([3, num_heads, head], attr=qkv_bias_attr, is_bias=True)
        self.linear_weight = self.create_parameter([embed_dim, embed_dim], attr=linear_weight_attr)
        self.linear_bias = self.create_parameter([embed_dim], attr=linear_bias_attr, is_bias=True)
        if normalize_before:
            self.pre_ln_scale = self.create_parameter([embed_dim], attr=pre_ln_scale_attr)
            self.pre_ln_bias = self.create_parameter([embed_dim], attr=pre_ln_bias_attr, is_bias=True)
        else:
            self.ln_scale = self.create_parameter([embed_dim], attr=ln_scale_attr)
            self.ln_bias = self.create_parameter([embed_dim], attr=ln_bias_attr, is_bias=True)

    def forward(self, query, key=None, value=None, attn_mask=None, cache=None):
        return query + paddle.matmul(query, self.linear_weight)

class FusedFeedForward(nn.Layer):
    def __init__(self, d_model, dim_feedforward, dropout_rate=0.1, epsilon=1e-5, activation='relu',
                 act_dropout_rate=None, normalize_before=False, linear1_weight_attr=None, linear1_bias_attr=None,
                 linear2_weight_attr=None, linear2_bias_attr=None, ln1_scale_attr=None, ln1_bias_attr=None,
                 ln2_scale_attr=None, ln2_bias_attr=None, nranks=1, ring_id=-1, name=None):
        super().__init__()
        self._linear1_weight = self.create_parameter([d_model, dim_feedforward], attr=linear1_weight_attr)
        self._linear1_bias = self.create_parameter([dim_feedforward], attr=linear1_bias_attr, is_bias=True)
        self._linear2_weight = self.create_parameter([dim_feedforward, d_model], attr=linear2_weight_attr)
        self._linear2_bias = self.create_parameter([d_model], attr=linear2_bias_attr, is_bias=True)
        if normalize_before:
            self._ln1_scale = self.create_parameter([d_model], attr=ln1_scale_attr)
            self._ln1_bias = self.create_parameter([d_model], attr=ln1_bias_attr, is_bias=True)
        else:
            self._ln2_scale = self.create_parameter([d_model], attr=ln2_scale_attr)
            self._ln2_bias = self.create_parameter([d_model], attr=ln2_bias_attr, is_bias=True)

    def forward(self, src, cache=None):
        return src + paddle.matmul(paddle.matmul(src, self._linear1_weight), self._linear2_weight)

class FusedTransformerEncoderLayer(nn.Layer):
    def __init__(self, d_model, nhead, dim_feedforward, dropout_rate=0.1, activation='relu', attn_dropout_rate=None,
                 act_dropout_rate=None, normalize_before=False, weight_attr=None, bias_attr=None):
        super().__init__()
        self.fused_attn = FusedMultiHeadAttention(d_model, nhead, normalize_before=normalize_before)
        self.ffn = FusedFeedForward(d_model, dim_feedforward, normalize_before=normalize_before)

    def forward(self, src, src_mask=None, cache=None):
        return self.ffn(self.fused_attn(src, attn_mask=src_mask))
`;

/** Layers of Paddle 1.x, under the names and defaults that they had. */
export const paddleFluid = `
import paddle.nn as nn
import paddle.nn.functional as F

def activated(x, act):
    return x if act is None else getattr(F, act)(x)

class Conv2D(nn.Conv2D):
    def __init__(self, num_channels, num_filters, filter_size, stride=1, padding=0, dilation=1, groups=None,
                 param_attr=None, bias_attr=None, use_cudnn=True, act=None, dtype='float32'):
        super().__init__(num_channels, num_filters, filter_size, stride, padding, dilation,
                         1 if groups is None else groups, weight_attr=param_attr, bias_attr=bias_attr)
        self._act = act

    def forward(self, input):
        return activated(super().forward(input), self._act)

class Conv2DTranspose(nn.Conv2DTranspose):
    def __init__(self, num_channels, num_filters, filter_size, output_size=None, padding=0, stride=1, dilation=1,
                 groups=None, param_attr=None, bias_attr=None, use_cudnn=True, act=None, dtype='float32'):
        super().__init__(num_channels, num_filters, filter_size, stride, padding, 0,
                         1 if groups is None else groups, dilation, weight_attr=param_attr, bias_attr=bias_attr)
        self._asked = output_size
        self._act = act

    def forward(self, input):
        return activated(super().forward(input, self._asked), self._act)

class Pool2D(nn.Layer):
    def __init__(self, pool_size=-1, pool_type='max', pool_stride=1, pool_padding=0, global_pooling=False,
                 use_cudnn=True, ceil_mode=False, exclusive=True, data_format='NCHW'):
        super().__init__()
        self._size, self._stride, self._padding = pool_size, pool_stride, pool_padding
        self._type, self._global, self._ceil = pool_type, global_pooling, ceil_mode

    def forward(self, input):
        if self._global:
            return F.adaptive_max_pool2d(input, 1) if self._type == 'max' else F.adaptive_avg_pool2d(input, 1)
        pool = F.max_pool2d if self._type == 'max' else F.avg_pool2d
        return pool(input, self._size, self._stride, self._padding, ceil_mode=self._ceil)

class BatchNorm(nn.BatchNorm2D):
    def __init__(self, num_channels, act=None, is_test=False, momentum=0.9, epsilon=1e-5, param_attr=None,
                 bias_attr=None, *rest, **options):
        super().__init__(num_channels, momentum, epsilon)
        self._act = act

    def forward(self, input):
        return activated(F.batch_norm(input, self._mean, self._variance, self.weight, self.bias), self._act)

class Linear(nn.Linear):
    def __init__(self, input_dim, output_dim, param_attr=None, bias_attr=None, act=None, dtype='float32'):
        super().__init__(input_dim, output_dim, param_attr, bias_attr)
        self._act = act

    def forward(self, input):
        return activated(super().forward(input), self._act)

class Embedding(nn.Embedding):
    def __init__(self, size, is_sparse=False, is_distributed=False, padding_idx=None, param_attr=None,
                 dtype='float32'):
        super().__init__(size[0], size[1], padding_idx=padding_idx, weight_attr=param_attr)

class Dropout(nn.Dropout):
    def __init__(self, p=0.5, seed=None, dropout_implementation='downgrade_in_infer', is_test=False):
        super().__init__(p)

class LayerNorm(nn.LayerNorm):
    def __init__(self, normalized_shape, scale=True, shift=True, epsilon=1e-5, param_attr=None, bias_attr=None,
                 act=None, dtype='float32'):
        super().__init__(normalized_shape, epsilon, param_attr if scale else False, bias_attr if shift else False)
        self._act = act

    def forward(self, input):
        return activated(super().forward(input), self._act)

class GroupNorm(nn.GroupNorm):
    def __init__(self, channels, groups, epsilon=1e-5, param_attr=None, bias_attr=None, act=None,
                 data_layout='NCHW', dtype='float32'):
        super().__init__(groups, channels, epsilon, param_attr, bias_attr)
        self._act = act

    def forward(self, input):
        return activated(super().forward(input), self._act)

class InstanceNorm(nn.InstanceNorm2D):
    def __init__(self, num_channels, epsilon=1e-5, param_attr=None, bias_attr=None, dtype='float32'):
        super().__init__(num_channels, epsilon)
`;

/** Paddle's wrapper for training and prediction: only what it says of the shapes of its network. */
export const paddleModel = `
import paddle

class Model:
    def __init__(self, network, inputs=None, labels=None):
        self.network = network
        self.inputs = inputs

    def summary(self, input_size=None, dtype=None):
        return paddle.summary(self.network, self.inputs if input_size is None else input_size, dtype)

    def parameters(self, *args, **kwargs):
        return self.network.parameters(*args, **kwargs)

    def __getattr__(self, name):
        return not_said
`;

/** What model code takes from the module of the transformer layers besides these. */
export const paddleTransformer = `
import paddle

def _convert_attention_mask(attn_mask, dtype):
    return attn_mask if attn_mask is None else paddle.cast(attn_mask, dtype)
`;

/** Methods that layers of Paddle have besides \`forward\`, by the names of the class and of the method. */
export const paddleMethods = `
import collections
import paddle
import paddle.nn as nn

MultiHeadAttention_Cache = collections.namedtuple('Cache', ['k', 'v'])
MultiHeadAttention_StaticCache = collections.namedtuple('StaticCache', ['k', 'v'])

def MultiHeadAttention_compute_kv(self, key, value):
    heads = [0, 0, self.num_heads, self.head_dim]
    k = paddle.transpose(paddle.reshape(self.k_proj(key), heads), [0, 2, 1, 3])
    v = paddle.transpose(paddle.reshape(self.v_proj(value), heads), [0, 2, 1, 3])
    return k, v

def MultiHeadAttention_gen_cache(self, key, value=None, type=MultiHeadAttention_Cache):
    if type is MultiHeadAttention_StaticCache:
        return MultiHeadAttention_StaticCache(*self.compute_kv(key, value))
    if value is not None:
        return MultiHeadAttention_Cache(key, value)
    empty = paddle.zeros([key.shape[0], self.num_heads, 0, self.head_dim], key.dtype)
    return MultiHeadAttention_Cache(empty, empty)

def TransformerEncoderLayer_gen_cache(self, src):
    return self.self_attn.gen_cache(src)

def TransformerEncoder_gen_cache(self, src):
    return [layer.gen_cache(src) for layer in self.layers]

def TransformerDecoderLayer_gen_cache(self, memory):
    own = self.self_attn.gen_cache(memory)
    return own, self.cross_attn.gen_cache(memory, memory, type=MultiHeadAttention_StaticCache)

def TransformerDecoder_gen_cache(self, memory, do_zip=False):
    caches = [layer.gen_cache(memory) for layer in self.layers]
    return list(zip(*caches)) if do_zip else caches

def RNNCellBase_get_initial_states(self, batch_ref, shape=None, dtype=None, init_value=0.0, batch_dim_idx=0):
    if shape is not None or isinstance(batch_ref, (list, tuple, dict)):
        return not_said
    batch = batch_ref.shape[batch_dim_idx]
    dtype = 'float32' if dtype is None else dtype
    if isinstance(self, nn.LSTMCell):
        second = self.proj_size or self.hidden_size
        return paddle.zeros([batch, self.hidden_size], dtype), paddle.zeros([batch, second], dtype)
    if isinstance(self, (nn.GRUCell, nn.SimpleRNNCell)):
        return paddle.zeros([batch, self.hidden_size], dtype)
    return not_said
`;

/** What code learns of the processes among which it runs: it is the only one. */
export const paddleDistributed = `
class ParallelEnv:
    def __init__(self):
        self.rank = self.local_rank = 0
        self.world_size = self.nranks = 1

    def __getattr__(self, name):
        return not_said
`;
