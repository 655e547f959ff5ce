/**
 * Ops of Paddle that take an argument under PyTorch's name, too. Most do not: `F.log_softmax(x, dim=1)` is refused, whereas
 * `F.softmax(x, dim=1)` is not. Asked of Paddle 3.3.
 */
const takers = {
  input:
    'abs acos acosh add all amax amin any argmax argmin argsort asin atanh bitwise_or bitwise_or_ ' +
    'bmm broadcast_to bucketize ceil chunk clip conv1d conv3d cos cosh cumprod cumsum diag_embed ' +
    'diagonal diff div div_ divide divide_ dot empty_like eq equal exp expand expand_as expm1 fft ' +
    'fft2 fftn fftshift flatten floor floor_divide floor_mod fold frac full_like gather gcd gcd_ ' +
    'ge greater_equal greater_than grid_sample group_norm gt hfft ifft ifft2 ifftn ifftshift ' +
    'ihfft index_add index_add_ index_put index_put_ index_select interpolate irfft irfft2 irfftn ' +
    'is_complex is_floating_point isclose isfinite isinf isnan lcm lcm_ le less less_equal ' +
    'less_than log log10 log1p log2 logical_and logical_not logical_or logical_xor logsumexp ' +
    'lp_pool1d lp_pool2d lt masked_select matmul maximum mean median minimum mod msort mul ' +
    'multinomial multiply multiply_ narrow ne nonzero norm normalize not_equal ones_like outer ' +
    'pad permute pow prod quantile rand_like randn_like ravel remainder repeat_interleave reshape ' +
    'rfft rfft2 rfftn roll round rsqrt scatter scatter_ sigmoid sign sin sinh sqrt squeeze sub ' +
    'sub_ subtract subtract_ sum swapaxes swapdims tanh tensor_split tile topk trace transpose ' +
    'tril triu trunc trunc_ unflatten unique_consecutive unsqueeze var where zeros_like',
  other:
    'add add_ bitwise_or bitwise_or_ bmm div div_ divide divide_ dot eq equal expand_as ' +
    'floor_divide floor_mod gcd gcd_ ge greater_equal greater_than gt isclose lcm lcm_ le less ' +
    'less_equal less_than logical_and logical_or logical_xor lt matmul maximum minimum mod mul ' +
    'mul_ multiply multiply_ ne not_equal remainder sub sub_ subtract subtract_ where',
  dim:
    'all amax amin any argmax argmin argsort chunk concat cosine_similarity cross cumprod ' +
    'cumprod_ cumsum diff fft hfft ifft ihfft index_add index_add_ index_select irfft ' +
    'fft2 fftn fftshift ifft2 ifftn ifftshift irfft2 irfftn logsumexp mean narrow norm normalize rfft2 rfftn prod quantile repeat_interleave rfft roll ' +
    'squeeze stack sum take_along_axis tensor_split topk unbind unflatten unique_consecutive ' +
    'unsqueeze var vector_norm',
  size: 'broadcast_to empty expand full new_empty new_full new_ones new_zeros normal ones rand randn ' + 'zeros',
  keepdims: 'all amax amin any argmax argmin logsumexp sum',
};

/** Arguments of some ops that decide nothing of the result's shape, and that no signature here repeats. */
const quiet = {
  device:
    'arange empty empty_like eye fftfreq full full_like linspace logspace new_empty new_full new_ones new_zeros normal ones ' +
    'ones_like rand rand_like randint randint_like randn randn_like randperm rfftfreq standard_normal to_tensor tril_indices ' +
    'triu_indices uniform zeros zeros_like',
  requires_grad:
    'arange empty empty_like eye fftfreq full full_like linspace logspace new_empty new_full new_ones new_zeros normal ones ' +
    'ones_like rand rand_like randint randint_like randn randn_like randperm rfftfreq standard_normal to_tensor uniform zeros ' +
    'zeros_like',
  pin_memory:
    'arange empty empty_like eye full full_like new_empty new_full new_ones new_zeros ones ones_like rand randn randperm ' +
    'to_tensor zeros zeros_like',
};

/** Ops of Paddle that leave out a second value for an argument instead of refusing it. Asked of Paddle 3.3. */
const twice =
  'clone contiguous detach detach_ empty full is_contiguous logical_not meshgrid ones rand randn reshape swapaxes swapdims ' +
  'transpose zeros';

const namesIn = (list: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(Object.entries(list).map(([name, ops]) => [name, new Set(ops.split(' '))]));

const byName = namesIn(takers);
const quietByName = namesIn(quiet);
const takingTwice: ReadonlySet<string> = new Set(twice.split(' '));

/** Whether an op of Paddle takes an argument that says nothing of its result. */
export const isQuiet = (op: string, name: string): boolean => quietByName.get(name)?.has(op) ?? false;

/** Whether an op of Paddle lets an argument be given twice. */
export const takesTwice = (op: string): boolean => takingTwice.has(op);

/** Whether an op of Paddle knows an argument under PyTorch's name for it. */
export const takesTorchName = (op: string, name: string): boolean => byName.get(name)?.has(op) ?? true;
