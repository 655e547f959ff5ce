/**
 * What `dir()` tells of an instance of each class of layers of PyTorch 2.13, those of `Module` being of all of them: the
 * names of classes, a colon, the names of what they have.
 */
export const torchAttributes = `
Module: T_destination _apply _backward_hooks _backward_pre_hooks _buffers _call_impl _compiled_call_impl
  _forward_hooks _forward_hooks_always_called _forward_hooks_with_kwargs _forward_pre_hooks
  _forward_pre_hooks_with_kwargs _get_backward_hooks _get_backward_pre_hooks _get_name _is_full_backward_hook
  _load_from_state_dict _load_state_dict_post_hooks _load_state_dict_pre_hooks _maybe_warn_non_full_backward_hook
  _modules _named_members _non_persistent_buffers_set _parameters _register_load_state_dict_pre_hook
  _register_state_dict_hook _replicate_for_data_parallel _save_to_state_dict _slow_forward _state_dict_hooks
  _state_dict_pre_hooks _version _wrapped_call_impl add_module apply bfloat16 buffers call_super_init children
  compile cpu cuda double dump_patches eval extra_repr float forward get_buffer get_extra_state get_parameter
  get_submodule half ipu load_state_dict modules mtia named_buffers named_children named_modules named_parameters
  parameters register_backward_hook register_buffer register_forward_hook register_forward_pre_hook
  register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook
  register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook
  register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty
  train training type xpu zero_grad
AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d: output_size
AdaptiveLogSoftmaxWithLoss: _get_full_log_prob cutoffs div_value head head_bias head_size in_features log_prob
  n_classes n_clusters predict reset_parameters shortlist_size tail
AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d: output_size return_indices
AlphaDropout Dropout Dropout1d Dropout2d Dropout3d FeatureAlphaDropout: inplace p
AvgPool1d: ceil_mode count_include_pad kernel_size padding stride
AvgPool2d AvgPool3d: ceil_mode count_include_pad divisor_override kernel_size padding stride
BCELoss MultiLabelSoftMarginLoss: reduction weight
BCEWithLogitsLoss: pos_weight reduction weight
BatchNorm1d BatchNorm2d BatchNorm3d: _check_input_dim affine bias eps momentum num_batches_tracked num_features
  reset_parameters reset_running_stats running_mean running_var track_running_stats weight
Bilinear: bias in1_features in2_features out_features reset_parameters weight
CELU ELU: alpha inplace
CTCLoss: blank reduction zero_infinity
ChannelShuffle: groups
CircularPad1d CircularPad2d CircularPad3d: _check_input_dim padding
ConstantPad1d ConstantPad2d ConstantPad3d ZeroPad1d ZeroPad2d ZeroPad3d: padding value
Container Identity LogSigmoid Sigmoid Softmax2d Softsign Tanh Tanhshrink:
Conv1d Conv2d Conv3d: _conv_forward _reversed_padding_repeated_twice bias dilation groups in_channels kernel_size
  out_channels output_padding padding padding_mode reset_parameters stride transposed weight
ConvTranspose1d ConvTranspose2d ConvTranspose3d: _conv_forward _output_padding _reversed_padding_repeated_twice bias
  dilation groups in_channels kernel_size out_channels output_padding padding padding_mode reset_parameters stride
  transposed weight
CosineEmbeddingLoss HingeEmbeddingLoss MarginRankingLoss: margin reduction
CosineSimilarity: dim eps
CrossEntropyLoss: ignore_index label_smoothing reduction weight
CrossMapLRN2d LocalResponseNorm: alpha beta k size
DataParallel: _is_protocol device_ids gather module parallel_apply replicate scatter
Embedding: _fill_padding_idx_with_zero embedding_dim from_pretrained max_norm norm_type num_embeddings padding_idx
  reset_parameters scale_grad_by_freq sparse weight
EmbeddingBag: _fill_padding_idx_with_zero embedding_dim from_pretrained include_last_offset max_norm mode norm_type
  num_embeddings padding_idx reset_parameters scale_grad_by_freq sparse weight
Flatten: end_dim start_dim
Fold: dilation kernel_size output_size padding stride
FractionalMaxPool2d FractionalMaxPool3d: _random_samples kernel_size output_ratio output_size return_indices
GELU: approximate
GLU LogSoftmax Softmax Softmin: dim
GRU: _all_weights _flat_weight_refs _flat_weights _flat_weights_names _init_flat_weights _update_flat_weights
  _weights_have_changed all_weights batch_first bias bias_hh_l0 bias_ih_l0 bidirectional check_forward_args
  check_hidden_size check_input dropout flatten_parameters get_expected_hidden_size hidden_size input_size mode
  num_layers permute_hidden proj_size reset_parameters weight_hh_l0 weight_ih_l0
GRUCell LSTMCell: bias bias_hh bias_ih hidden_size input_size reset_parameters weight_hh weight_ih
GaussianNLLLoss: eps full reduction
GroupNorm: affine bias eps num_channels num_groups reset_parameters weight
Hardshrink Softshrink: lambd
Hardsigmoid Hardswish Mish ReLU SELU SiLU: inplace
Hardtanh ReLU6: inplace max_val min_val
HuberLoss: delta reduction
InstanceNorm1d InstanceNorm2d InstanceNorm3d: _apply_instance_norm _check_input_dim _get_no_batch_dim
  _handle_no_batch_input affine bias eps momentum num_batches_tracked num_features reset_parameters
  reset_running_stats running_mean running_var track_running_stats weight
KLDivLoss: log_target reduction
L1Loss MSELoss MultiLabelMarginLoss SoftMarginLoss: reduction
LPPool1d LPPool2d LPPool3d: ceil_mode kernel_size norm_type stride
LSTM: _all_weights _flat_weight_refs _flat_weights _flat_weights_names _init_flat_weights _update_flat_weights
  _weights_have_changed all_weights batch_first bias bias_hh_l0 bias_ih_l0 bidirectional check_forward_args
  check_hidden_size check_input dropout flatten_parameters get_expected_cell_size get_expected_hidden_size
  hidden_size input_size mode num_layers permute_hidden proj_size reset_parameters weight_hh_l0 weight_ih_l0
LayerNorm: bias elementwise_affine eps normalized_shape reset_parameters weight
LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d: _check_input_dim _infer_parameters _initialize_hook _lazy_load_hook
  _load_hook affine bias cls_to_become eps has_uninitialized_params initialize_parameters momentum
  num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats
  weight
LazyConv1d LazyConv2d LazyConv3d: _conv_forward _get_in_channels _get_num_spatial_dims _infer_parameters
  _initialize_hook _lazy_load_hook _load_hook _reversed_padding_repeated_twice bias cls_to_become dilation groups
  has_uninitialized_params in_channels initialize_parameters kernel_size out_channels output_padding padding
  padding_mode reset_parameters stride transposed weight
LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d: _conv_forward _get_in_channels _get_num_spatial_dims
  _infer_parameters _initialize_hook _lazy_load_hook _load_hook _output_padding _reversed_padding_repeated_twice
  bias cls_to_become dilation groups has_uninitialized_params in_channels initialize_parameters kernel_size
  out_channels output_padding padding padding_mode reset_parameters stride transposed weight
LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d: _apply_instance_norm _check_input_dim _get_no_batch_dim
  _handle_no_batch_input _infer_parameters _initialize_hook _lazy_load_hook _load_hook affine bias cls_to_become eps
  has_uninitialized_params initialize_parameters momentum num_batches_tracked num_features reset_parameters
  reset_running_stats running_mean running_var track_running_stats weight
LazyLinear: _infer_parameters _initialize_hook _lazy_load_hook _load_hook bias cls_to_become
  has_uninitialized_params in_features initialize_parameters out_features reset_parameters weight
LeakyReLU: inplace negative_slope
Linear: bias in_features out_features reset_parameters weight
LinearCrossEntropyLoss: ignore_index label_smoothing linear num_classes options out_features reduction weight
MaxPool1d MaxPool2d MaxPool3d: ceil_mode dilation kernel_size padding return_indices stride
MaxUnpool1d MaxUnpool2d MaxUnpool3d: kernel_size padding stride
ModuleDict: clear items keys pop update values
ModuleList: _get_abs_string_index append extend insert pop
MultiMarginLoss: margin p reduction weight
MultiheadAttention: _qkv_same_embed_dim _reset_parameters add_zero_attn batch_first bias_k bias_v dropout embed_dim
  head_dim in_proj_bias in_proj_weight k_proj_weight kdim merge_masks num_heads out_proj q_proj_weight v_proj_weight
  vdim
NLLLoss NLLLoss2d: ignore_index reduction weight
PReLU: init num_parameters reset_parameters weight
PairwiseDistance: eps keepdim norm
ParameterDict: _key_to_attr _keys clear copy fromkeys get items keys pop popitem setdefault update values
ParameterList: _get_abs_string_index _size append extend
PixelShuffle: upscale_factor
PixelUnshuffle: downscale_factor
PoissonNLLLoss: eps full log_input reduction
RMSNorm: elementwise_affine eps normalized_shape reset_parameters weight
RNN: _all_weights _flat_weight_refs _flat_weights _flat_weights_names _init_flat_weights _update_flat_weights
  _weights_have_changed all_weights batch_first bias bias_hh_l0 bias_ih_l0 bidirectional check_forward_args
  check_hidden_size check_input dropout flatten_parameters get_expected_hidden_size hidden_size input_size mode
  nonlinearity num_layers permute_hidden proj_size reset_parameters weight_hh_l0 weight_ih_l0
RNNCell: bias bias_hh bias_ih hidden_size input_size nonlinearity reset_parameters weight_hh weight_ih
RReLU: inplace lower upper
ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d ReplicationPad3d: padding
Sequential: _get_item_by_idx append extend insert pop
SmoothL1Loss: beta reduction
Softplus: beta threshold
SyncBatchNorm: _check_input_dim _check_non_zero_input_channels affine bias convert_sync_batchnorm eps momentum
  num_batches_tracked num_features process_group reset_parameters reset_running_stats running_mean running_var
  track_running_stats weight
Threshold: inplace threshold value
Transformer: _reset_parameters batch_first d_model decoder encoder generate_square_subsequent_mask nhead
TransformerDecoder: layers norm num_layers
TransformerDecoderLayer: _ff_block _mha_block _sa_block activation dropout dropout1 dropout2 dropout3 linear1
  linear2 multihead_attn norm1 norm2 norm3 norm_first self_attn
TransformerEncoder: enable_nested_tensor layers mask_check norm num_layers use_nested_tensor
TransformerEncoderLayer: _ff_block _sa_block activation activation_relu_or_gelu dropout dropout1 dropout2 linear1
  linear2 norm1 norm2 norm_first self_attn
TripletMarginLoss: eps margin p reduction swap
TripletMarginWithDistanceLoss: distance_function margin reduction swap
Unflatten: _require_tuple_int dim unflattened_size
Unfold: dilation kernel_size padding stride
Upsample UpsamplingBilinear2d UpsamplingNearest2d: align_corners mode name recompute_scale_factor scale_factor size
`;
