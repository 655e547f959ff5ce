/** How a library says what the folding code needs. */
export interface Dialect {
  readonly decorator: string;
  readonly conv: readonly string[];
  readonly transposed: readonly string[];
  /** The attribute of a layer that is called so in PyTorch. */
  readonly field: (name: string) => string;
  /** A vector of ones, of the kind of another tensor. */
  readonly ones: (like: string, size: string) => string;
  /** Which axis of a linear layer's weight is the output. */
  readonly linearAxis: 0 | 1;
  readonly helpers: readonly { readonly name: string; readonly code: readonly string[] }[];
}

/** Tap `i` of the branch goes to `(i·d_b − p_b + p)/d` of the host, a group's block to its place among fewer groups. */
const embedding = (field: (name: string) => string, zeros: string): readonly string[] => [
  'def embed(kernel, groups, host, branch):',
  '    """Puts a kernel into the larger window of another layer, and its groups into fewer ones."""',
  '    outputs, own, *sizes = kernel.shape',
  '    rank = len(sizes)',
  '    listed = lambda value: [value] * rank if isinstance(value, int) else list(value)',
  `    pad, step = listed(host.${field('padding')}), listed(host.${field('dilation')})`,
  `    less, wide = ([0] * rank, step) if branch is None else (listed(branch.${field('padding')}), listed(branch.${field('dilation')}))`,
  `    size, inputs = listed(host.${field('kernel_size')}), own * groups // host.${field('groups')}`,
  '    spans = []',
  '    for k, p, b, d, w, n in zip(sizes, pad, less, step, wide, size):',
  '        first, by = (p - b) // d, 1 if k == 1 else w // d',
  '        if (p - b) % d or w % d and k > 1 or first < 0 or first + (k - 1) * by >= n:',
  "            raise ValueError('the kernel does not fit into the larger window')",
  '        spans.append(slice(first, first + (k - 1) * by + 1, by))',
  `    result = ${zeros}`,
  '    for o in range(outputs):',
  `        first = o * groups // outputs * own - o * host.${field('groups')} // outputs * inputs`,
  '        result[(o, slice(first, first + own), *spans)] = kernel[o]',
  '    return result',
];

/** The channels of each group stand in their own block; elsewhere are zeros. */
const blocks = (zeros: string): readonly string[] => [
  'def dense(kernel, groups):',
  '    """Writes a grouped kernel as one without groups."""',
  '    outputs, own, *sizes = kernel.shape',
  `    result = ${zeros}`,
  '    for o in range(outputs):',
  '        first = o * groups // outputs * own',
  '        result[o, first:first + own] = kernel[o]',
  '    return result',
];

/** `K[o, c] = Σ second[o, m] · first[m, c]`, group by group; one of the two is 1×1. */
const composing = (library: string): readonly string[] => [
  'def compose(first, first_bias, second, second_bias, groups):',
  '    """One kernel for two layers in a row, of which one is 1×1."""',
  '    size = list(second.shape[2:] if all(n == 1 for n in first.shape[2:]) else first.shape[2:])',
  '    a = first.reshape([groups, first.shape[0] // groups, first.shape[1], -1])',
  '    b = second.reshape([groups, second.shape[0] // groups, second.shape[1], -1])',
  `    kernel = ${library}.einsum('gomv,gmcu->gocuv', b, a).reshape([second.shape[0], first.shape[1], *size])`,
  `    if not ${library}.is_tensor(first_bias):`,
  '        return kernel, second_bias',
  `    bias = ${library}.einsum('gomv,gm->go', b, first_bias.reshape([groups, -1])).reshape([-1])`,
  '    return kernel, bias + second_bias',
];

const averaging = (size: string, divisor: string, ones: string): readonly string[] => [
  'def averaging(pool, like):',
  '    """An average pooling as a kernel of each channel by itself."""',
  `    size = ${size}`,
  '    size = [size] * (len(like.shape) - 2) if isinstance(size, int) else list(size)',
  '    count = 1',
  '    for n in size:',
  '        count *= n',
  `    return ${ones} / (${divisor} or count)`,
];

export const TORCH: Dialect = {
  decorator: '@torch.no_grad()',
  conv: ['nn.Conv1d', 'nn.Conv2d', 'nn.Conv3d'],
  transposed: ['nn.ConvTranspose1d', 'nn.ConvTranspose2d', 'nn.ConvTranspose3d'],
  field: (name) => name,
  ones: (like, size) => `${like}.new_ones(${size})`,
  linearAxis: 0,
  helpers: [
    {
      name: 'scale_and_shift',
      code: [
        'def scale_and_shift(bn):',
        '    """What a batch normalisation does to each channel in eval mode."""',
        '    scale = 1 / torch.sqrt(bn.running_var + bn.eps)',
        '    scale = scale if bn.weight is None else scale * bn.weight',
        '    shift = -bn.running_mean * scale',
        '    return scale, shift if bn.bias is None else shift + bn.bias',
      ],
    },
    { name: 'embed', code: embedding((name) => name, 'kernel.new_zeros(outputs, inputs, *size)') },
    { name: 'dense', code: blocks('kernel.new_zeros(outputs, own * groups, *sizes)') },
    { name: 'compose', code: composing('torch') },
    {
      name: 'averaging',
      code: averaging('pool.kernel_size', 'pool.divisor_override', 'like.new_ones(like.shape[0], 1, *size)'),
    },
    {
      name: 'filled',
      code: [
        'def filled(layer, kernel, bias):',
        '    layer.to(kernel.device, kernel.dtype)',
        '    layer.weight.copy_(kernel)',
        '    layer.bias.copy_(torch.zeros_like(layer.bias) + bias)',
        '    return layer.train(self.training)',
      ],
    },
    {
      name: 'Nothing',
      code: [
        'class Nothing(nn.Module):',
        '    """Stands for a branch that is now part of another one."""',
        '',
        '    def forward(self, x):',
        '        return 0',
      ],
    },
  ],
};

export const PADDLE: Dialect = {
  decorator: '@paddle.no_grad()',
  conv: ['nn.Conv1D', 'nn.Conv2D', 'nn.Conv3D'],
  transposed: ['nn.Conv1DTranspose', 'nn.Conv2DTranspose', 'nn.Conv3DTranspose'],
  field: (name) => (name === 'output_padding' ? name : `_${name}`),
  ones: (like, size) => `paddle.ones([${size}], ${like}.dtype)`,
  linearAxis: 1,
  helpers: [
    {
      name: 'scale_and_shift',
      code: [
        'def scale_and_shift(bn):',
        '    """What a batch normalisation does to each channel in eval mode."""',
        '    scale = 1 / paddle.sqrt(bn._variance + bn._epsilon)',
        '    scale = scale if bn.weight is None else scale * bn.weight',
        '    shift = -bn._mean * scale',
        '    return scale, shift if bn.bias is None else shift + bn.bias',
      ],
    },
    { name: 'embed', code: embedding((name) => `_${name}`, 'paddle.zeros([outputs, inputs, *size], kernel.dtype)') },
    { name: 'dense', code: blocks('paddle.zeros([outputs, own * groups, *sizes], kernel.dtype)') },
    { name: 'compose', code: composing('paddle') },
    {
      name: 'averaging',
      code: averaging(
        'pool.ksize',
        "getattr(pool, 'divisor', None)",
        'paddle.ones([like.shape[0], 1, *size], like.dtype)',
      ),
    },
    {
      name: 'filled',
      code: [
        'def filled(layer, kernel, bias):',
        '    layer.to(dtype=kernel.dtype)',
        '    layer.weight.set_value(kernel)',
        '    layer.bias.set_value(paddle.zeros_like(layer.bias) + bias)',
        '    layer.training = self.training',
        '    return layer',
      ],
    },
    {
      name: 'Nothing',
      code: [
        'class Nothing(nn.Layer):',
        '    """Stands for a branch that is now part of another one."""',
        '',
        '    def forward(self, x):',
        '        return 0',
      ],
    },
  ],
};
