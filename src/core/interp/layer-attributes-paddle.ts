/**
 * What `dir()` tells of an instance of each class of layers of Paddle 3.3.1, those of `Layer` being of all of them: the names
 * of classes, a colon, the names of what they have.
 */
export const paddleAttributes = `
Layer: _apply _buffers _build_once _built _cast_to_low_precision _customized_attrs _dtype _dygraph_call_func
  _forward_post_hooks _forward_post_hooks_always_called _forward_post_hooks_with_kwargs_flag _forward_pre_hooks
  _forward_pre_hooks_with_kwargs_flag _full_name _get_name _helper _init_in_dynamic_mode _loaddict_holder _modules
  _non_persistable_buffer_names_set _non_persistent_buffers_set _obtain_parameters_buffers _op_recorder
  _original_funcs _parameters _set_op_attrs _startup_program _state_dict_hooks _state_dict_impl _sub_layers _to_impl
  _transform add_module add_parameter add_sublayer apply astype backward bfloat16 buffers children clear_gradients
  cpu create_parameter create_tensor create_variable cuda double eval extra_repr float float16 forward full full_name
  get_buffer get_extra_state get_parameter get_sublayer get_submodule half load_dict load_state_dict modules
  named_buffers named_children named_modules named_parameters named_sublayers parameters register_buffer
  register_forward_hook register_forward_post_hook register_forward_pre_hook register_module register_parameter
  register_state_dict_hook requires_grad_ set_dict set_state_dict set_sublayer set_submodule sharded_state_dict
  state_dict sublayers to to_static_state_dict train training type xpu zero_grad
AdaptiveAvgPool1D AdaptiveAvgPool1d: name output_size
AdaptiveAvgPool2D AdaptiveAvgPool2d AdaptiveAvgPool3D AdaptiveAvgPool3d: _data_format _name _output_size output_size
AdaptiveLogSoftmaxWithLoss: _bias_attr _get_full_log_prob _weight_attr cutoffs div_value head_bias head_size
  head_weight in_features is_head_bias log_prob n_classes n_clusters predict shortlist_size tail_weights
AdaptiveMaxPool1D AdaptiveMaxPool1d: name output_size return_indices return_mask
AdaptiveMaxPool2D AdaptiveMaxPool2d AdaptiveMaxPool3D AdaptiveMaxPool3d: _name _output_size _return_mask
  return_indices
AlphaDropout FeatureAlphaDropout: name p
AvgPool1D: ceil_mode exclusive kernel_size name padding stride
AvgPool2D AvgPool3D: ceil_mode data_format divisor exclusive ksize name padding stride
BCELoss MultiLabelSoftMarginLoss: name reduction weight
BCEWithLogitsLoss: name pos_weight reduction weight
BatchNorm: _act _bias_attr _data_layout _epsilon _fuse_with_relu _in_place _is_test _mean _momentum _param_attr
  _trainable_statistics _use_global_stats _variance bias weight
BatchNorm1D BatchNorm2D BatchNorm3D: _bias_attr _check_data_format _check_input_dim _data_format _epsilon
  _fuse_with_relu _in_place _mean _momentum _name _num_features _use_global_stats _variance _weight_attr bias weight
BiRNN: cell_bw cell_fw time_major
Bilinear: _bias_attr _in1_features _in2_features _name _out_features _weight_attr bias weight
CELU ELU: _alpha _name
CTCLoss: blank reduction zero_infinity
ChannelShuffle: _data_format _groups _name
CircularPad1D CircularPad1d CircularPad2D CircularPad2d CircularPad3D CircularPad3d ConstantPad1D ConstantPad1d
  ConstantPad2D ConstantPad2d ConstantPad3D ConstantPad3d Pad1D Pad2D Pad3D ReflectionPad1D ReflectionPad1d
  ReflectionPad2D ReflectionPad2d ReflectionPad3D ReflectionPad3d ReplicationPad1D ReplicationPad1d ReplicationPad2D
  ReplicationPad2d ReplicationPad3D ReplicationPad3d ZeroPad1D ZeroPad1d ZeroPad2D ZeroPad2d ZeroPad3D ZeroPad3d:
  _data_format _mode _n_dim _name padding value
Conv1D Conv1DTranspose Conv1d: _bias_attr _channel_dim _data_format _device _dilation _groups _in_channels
  _kernel_size _op_type _out_channels _padding _padding_mode _param_attr _stride _use_cudnn bias output_padding
  weight
Conv2D Conv2DTranspose Conv2d Conv3D Conv3DTranspose Conv3d: _bias_attr _channel_dim _data_format _device _dilation
  _groups _in_channels _kernel_size _op_type _out_channels _padding _padding_algorithm _padding_mode _param_attr
  _stride _updated_padding _use_cudnn bias output_padding weight
CosineEmbeddingLoss HingeEmbeddingLoss MarginRankingLoss: margin name reduction
CosineSimilarity: _axis _eps dim
CrossEntropyLoss: axis ignore_index label_smoothing name reduction soft_label use_softmax weight
Dropout: axis inplace mode name p
Dropout2D Dropout3D: data_format name p
Embedding: _device _embedding_dim _is_distributed _max_norm _name _norm_type _num_embeddings _padding_idx
  _remote_prefetch _scale_grad_by_freq _size _sparse _weight_attr padding_idx weight
Flatten: start_axis stop_axis
Fold: dilation dilations kernel_size kernel_sizes name output_size output_sizes padding paddings stride strides
FractionalMaxPool2D FractionalMaxPool3D: _kernel_size _name _output_size _random_u _return_mask
GELU: _approximate _name
GLU: _axis _name dim
GRU LSTM: _all_weights _cudnn_impl _dropout_state _flat_weight _get_abs_idx _get_abs_string_index append bias_hh_l0
  bias_ih_l0 could_use_cudnn dropout extend flatten_parameters hidden_size input_size insert mode num_directions
  num_layers pop proj_size state_components time_major weight_hh_l0 weight_ih_l0
GRUCell: _activation _gate_activation bias_hh bias_ih get_initial_states hidden_size input_size state_dtype
  state_shape weight_hh weight_ih
GaussianNLLLoss: epsilon name reduction
GroupNorm: _bias_attr _data_format _device _epsilon _num_channels _num_groups _weight_attr bias weight
HSigmoidLoss: _bias_attr _feature_size _is_custom _is_sparse _name _num_classes _weight_attr bias weight
Hardshrink Softshrink: _name _threshold lambd
Hardsigmoid Sigmoid: name
Hardswish LogSigmoid Mish ReLU ReLU6 Softmax2D Softsign Swish Tanh Tanhshrink: _name
Hardtanh: _max _min _name
HuberLoss SmoothL1Loss: delta is_huber name reduction
Identity:
InstanceNorm1D InstanceNorm2D InstanceNorm3D: _bias_attr _check_input_dim _data_format _epsilon _momentum
  _num_features _weight_attr bias scale
KLDivLoss: log_target reduction
L1Loss MultiLabelMarginLoss SoftMarginLoss: name reduction
LPPool1D LPPool1d: ceil_mode data_format kernel_size name norm_type padding stride
LPPool2D LPPool2d: ceil_mode data_format ksize name norm_type padding stride
LSTMCell: _activation _gate_activation bias_hh bias_ih get_initial_states hidden_size input_size proj_size
  state_dtype state_shape weight_hh weight_ih
LayerDict: clear items keys pop update values
LayerList ModuleList: _get_abs_idx _get_abs_string_index append extend insert pop
LayerNorm: _bias_attr _device _epsilon _normalized_shape _weight_attr bias weight
LeakyReLU: _name _negative_slope
Linear: _bias_attr _weight_attr bias name weight
LocalResponseNorm: alpha beta data_format k name size
LogSoftmax Softmax: _axis _name
MSELoss: reduction
MaxPool1D: ceil_mode kernel_size name padding return_mask stride
MaxPool2D MaxPool3D: ceil_mode data_format ksize name padding return_mask stride
MaxUnPool1D MaxUnPool2D MaxUnPool3D MaxUnpool1d MaxUnpool2d MaxUnpool3d: data_format ksize name output_size padding
  stride
Maxout: _axis _groups _name
ModuleDict: clear items keys pop update values
MultiHeadAttention: Cache StaticCache _prepare_qkv compute_kv dropout embed_dim gen_cache head_dim k_proj kdim
  need_weights num_heads out_proj q_proj v_proj vdim
MultiMarginLoss: margin name p reduction weight
NLLLoss: _ignore_index _name _reduction _weight
PReLU: _data_format _init _name _num_parameters _weight _weight_attr
PairwiseDistance: eps epsilon keepdim name norm p
ParameterDict: update
ParameterList: append
PixelShuffle: _data_format _name _upscale_factor
PixelUnshuffle: _data_format _downscale_factor _name
PoissonNLLLoss: _epsilon _full _log_input _name _reduction
RNN: cell is_reverse time_major
RNNCellBase: get_initial_states state_dtype state_shape
RNNTLoss: blank fastemit_lambda name reduction
RReLU: _lower _name _upper
SELU: _alpha _name _scale
Sequential: append extend insert
SiLU Silu: _inplace _name
SimpleRNN: _all_weights _cudnn_impl _dropout_state _flat_weight _get_abs_idx _get_abs_string_index activation append
  bias_hh_l0 bias_ih_l0 could_use_cudnn dropout extend flatten_parameters hidden_size input_size insert mode
  num_directions num_layers pop proj_size state_components time_major weight_hh_l0 weight_ih_l0
SimpleRNNCell: _activation_fn activation bias_hh bias_ih get_initial_states hidden_size input_size state_dtype
  state_shape weight_hh weight_ih
Softplus: _beta _name _threshold
SpectralNorm: _dim _eps _power_iters _weight_shape weight_u weight_v
SyncBatchNorm: _bias_attr _check_data_format _check_input_dim _data_format _epsilon _fuse_with_relu _in_place _mean
  _momentum _name _num_features _use_global_stats _variance _weight_attr bias convert_sync_batchnorm weight
ThresholdedReLU: _name _threshold _value
Transformer: d_model decoder encoder generate_square_subsequent_mask nhead
TransformerDecoder TransformerEncoder: gen_cache layers norm num_layers
TransformerDecoderLayer: _config activation cross_attn dropout dropout1 dropout2 dropout3 gen_cache linear1 linear2
  norm1 norm2 norm3 normalize_before self_attn
TransformerEncoderLayer: _config activation dropout dropout1 dropout2 gen_cache linear1 linear2 norm1 norm2
  normalize_before self_attn
TripletMarginLoss: epsilon margin name p reduction swap
TripletMarginWithDistanceLoss: distance_function margin name reduction swap
Unflatten: axis name shape
Unfold: dilations kernel_sizes name paddings strides
Upsample: align_corners align_mode data_format mode name recompute_scale_factor scale_factor size
UpsamplingBilinear2D UpsamplingBilinear2d UpsamplingNearest2D UpsamplingNearest2d: data_format name scale_factor size
`;
