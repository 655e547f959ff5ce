import { type Dim, mul } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp } from '../call';
import type { Padding } from '../kinds';
import { layerTable, table, type Words } from '../rows';
import {
  askedSizes,
  type Conv,
  type ConvLayer,
  checkConv,
  checkConvLayer,
  checkTransposedLayer,
  convFlops,
  convolved,
  needBias,
  needPaddable,
  transposed,
} from '../rules/conv';
import { floorBy } from '../rules/quotient';
import { tupleOf } from '../rules/values';

type Letter = 'l' | 'd' | 'h' | 'w';

/** One, two or three spatial axes: how signatures spell them, how they are told, and an example of each op. */
interface Space {
  readonly axes: readonly Letter[];
  /** The same axes of the result. */
  readonly out: readonly ('z' | 'y' | 'x')[];
  readonly along: Words;
  readonly rank: Words;
  readonly formula: string;
  readonly eg: Readonly<Record<'conv' | 'transposed' | 'layer' | 'transposedLayer', readonly string[]>>;
  /** Tensors of the ops that only layers call: `(input), (weight), None`, and what comes out. */
  readonly run: readonly [tensors: string, out: string];
  readonly runTransposed: readonly [tensors: string, out: string];
}

const spaces: readonly Space[] = [
  {
    axes: ['l'],
    out: ['y'],
    along: { en: 'along a sequence', zh: '沿序列' },
    rank: { en: '1-D', zh: '一维' },
    formula: 'y[n,o,i] = b[o] + Σ_c Σ_u W[o,c,u] · x[n,c,i·s+u−p]',
    eg: {
      conv: [
        '(8, 3, 20), (16, 3, 5), padding=2 -> (8, 16, 20)',
        "(8, 3, 20), (16, 3, 4), padding='same' -> (8, 16, 20)",
      ],
      transposed: ['(2, 4, 8), (4, 6, 3) -> (2, 6, 10)'],
      layer: ['Conv1d(3, 16, 5, padding=2): (8, 3, 20) -> (8, 16, 20)'],
      transposedLayer: ['ConvTranspose1d(4, 6, 3): (2, 4, 8) -> (2, 6, 10)'],
    },
    run: ['(1, 3, 8), (4, 3, 3), None', '(1, 4, 8)'],
    runTransposed: ['(2, 4, 8), (4, 6, 3), None', '(2, 6, 10)'],
  },
  {
    axes: ['h', 'w'],
    out: ['y', 'x'],
    along: { en: 'over height and width', zh: '在高和宽上' },
    rank: { en: '2-D', zh: '二维' },
    formula: 'y[n,o,i,j] = b[o] + Σ_c Σ_u Σ_v W[o,c,u,v] · x[n,c,i·s+u−p,j·s+v−p]',
    eg: {
      conv: [
        '(8, 3, 224, 224), (64, 3, 7, 7), stride=2, padding=3 -> (8, 64, 112, 112)',
        '(3, 8, 8), (4, 3, 3, 3) -> (4, 6, 6)',
        '(1, 4, 8, 8), (4, 3, 3, 3) -> !channel-mismatch',
        '(1, 4, 8, 8), (6, 2, 3, 3), groups=2 -> (1, 6, 6, 6)',
        '(1, 3, 2, 8), (4, 3, 3, 3) -> !kernel-too-large',
        '(2, 0, 5, 5), (4, 0, 3, 3) -> unknown',
      ],
      transposed: [
        '(2, 4, 8, 8), (4, 6, 4, 4), stride=2, padding=1 -> (2, 6, 16, 16)',
        '(2, 4, 8, 8), (5, 6, 4, 4) -> !channel-mismatch',
        '(2, 4, 0, 8), (4, 6, 4, 4) -> !output-empty',
      ],
      layer: [
        'Conv2d(3, 64, 7, stride=2, padding=3): (8, 3, 224, 224) -> (8, 64, 112, 112)',
        'Conv2d(64, 64, 3, padding=1, groups=64): (8, 64, 9, 9) -> (8, 64, 9, 9)',
        'Conv2d(3, 64, 3, groups=2): -> !groups-divide',
        "Conv2d(3, 8, 3, padding='same', padding_mode='reflect'): (1, 3, 8, 8) -> (1, 8, 8, 8)",
      ],
      transposedLayer: [
        'ConvTranspose2d(4, 6, 4, 2, 1): (2, 4, 8, 8) -> (2, 6, 16, 16)',
        'ConvTranspose2d(4, 6, 3, 2, 1): (2, 4, 8, 8), output_size=(16, 16) -> (2, 6, 16, 16)',
      ],
    },
    run: ['(1, 3, 8, 8), (4, 3, 3, 3), None', '(1, 4, 8, 8)'],
    runTransposed: ['(2, 4, 8, 8), (4, 6, 3, 3), None', '(2, 6, 10, 10)'],
  },
  {
    axes: ['d', 'h', 'w'],
    out: ['z', 'y', 'x'],
    along: { en: 'over depth, height and width', zh: '在深、高、宽上' },
    rank: { en: '3-D', zh: '三维' },
    formula: 'y[n,o,i,j,k] = b[o] + Σ_c Σ_u Σ_v Σ_t W[o,c,u,v,t] · x[n,c,i·s+u−p,j·s+v−p,k·s+t−p]',
    eg: {
      conv: ['(1, 3, 8, 8, 8), (4, 3, 3, 3, 3) -> (1, 4, 6, 6, 6)'],
      transposed: ['(2, 4, 3, 3, 3), (4, 6, 2, 2, 2) -> (2, 6, 4, 4, 4)'],
      layer: ['Conv3d(3, 4, 3): (1, 3, 8, 8, 8) -> (1, 4, 6, 6, 6)'],
      transposedLayer: ['ConvTranspose3d(4, 6, 2): (2, 4, 3, 3, 3) -> (2, 6, 4, 4, 4)'],
    },
    run: ['(1, 3, 8, 8, 8), (4, 3, 3, 3, 3), None', '(1, 4, 8, 8, 8)'],
    runTransposed: ['(2, 4, 8, 8, 8), (4, 6, 3, 3, 3), None', '(2, 6, 10, 10, 10)'],
  },
];

/** What the rules get; of the axes those of the rank. */
interface Given extends Conv, Readonly<Record<Letter | `k${Letter}`, Dim>> {
  readonly input: TensorArg;
  readonly weight: TensorArg;
  readonly bias: TensorArg | null;
  readonly c: Dim;
  readonly o: Dim;
  /** Channels of a group. */
  readonly k: Dim;
  readonly padding_mode: string;
  readonly output_padding: readonly Dim[];
  readonly output_size: readonly Dim[] | null;
}

const sizes = ({ axes }: Space, e: Given): readonly Dim[] => axes.map((axis) => e[axis]);
const kernels = ({ axes }: Space, e: Given): readonly Dim[] => axes.map((axis) => e[`k${axis}` as const]);
const placed = ({ out }: Space, found: readonly Dim[]): Readonly<Record<string, Dim>> =>
  Object.fromEntries(out.map((name, i) => [name, found[i] ?? 0]));

const tensors = ({ axes }: Space, channels: string): string =>
  `input: Tensor[b?, c, ${axes.join(', ')}], weight: Tensor[${channels}, ${axes.map((a) => `k${a}`).join(', ')}]`;
const result = ({ out }: Space): string => `Tensor[b?, o, ${out.join(', ')}]`;

/** The rule of a convolution, of functions and layers alike. */
const slid = (space: Space) => ({
  faults: { c: 'channel-mismatch', o: 'bias-mismatch' } as const,
  alike: 'input weight',
  where: (e: Given, call: Call) => {
    checkConv(call, e, e.o);
    if (e.k === 0) giveUp(call, 'a convolution of no channels');
    const names = space.axes.map((axis) => axis.toUpperCase());
    return { c: mul(e.k, e.groups), ...placed(space, convolved(call, names, sizes(space, e), kernels(space, e), e)) };
  },
  flops: ({ weight }: Given, outputs: Shape) => convFlops(weight.shape, outputs),
});

/** The rule of a transposed convolution: the weight has the input's channels first. */
const spreads = (space: Space, sizesOf: (e: Given, call: Call) => readonly Dim[]) => ({
  faults: { c: 'channel-mismatch' } as const,
  alike: 'input weight',
  where: (e: Given, call: Call) => ({ o: mul(e.k, e.groups), ...placed(space, sizesOf(e, call)) }),
  flops: ({ input, weight }: Given) => convFlops(weight.shape, input.shape),
});

const transposedRemarks: readonly Words[] = [
  {
    en: 'The weight is [in, out/groups, …]: input channels first, the reverse of a convolution.',
    zh: '权重为 [in, out/groups, …]：输入通道在前，与卷积相反。',
  },
  {
    en: 'output_padding settles which of several possible output sizes is meant; it adds no zeros to the data.',
    zh: 'output_padding 只用来确定取哪一种输出大小，并不给数据补零。',
  },
];

/** Convolutions with a given weight. */
export const convFunctions = table('torch.nn.functional torch', [
  ...spaces.map((space, i) => {
    const n = i + 1;
    const how = `bias: Tensor[o]? = None, stride: int${n} = 1, padding: pad${n} = 0, dilation: int${n} = 1, groups: int = 1`;
    return [
      `conv${n}d(${tensors(space, 'o, k')}, ${how}) -> ${result(space)}`,
      {
        en: `Slides filters ${space.along.en}: each output channel is a weighted sum over a window of the input channels.`,
        zh: `让卷积核${space.along.zh}滑动：每个输出通道是窗口内各输入通道的加权和。`,
        ...slid(space),
        eg: space.eg.conv,
      },
    ] as const;
  }),
  ...spaces.map((space, i) => {
    const n = i + 1;
    const how = `bias: Tensor? = None, stride: int${n} = 1, padding: int${n} = 0, output_padding: int${n} = 0, groups: int = 1, dilation: int${n} = 1`;
    return [
      `conv_transpose${n}d(${tensors(space, 'c, k')}, ${how}) -> ${result(space)}`,
      {
        en: 'Transposed convolution: spreads every input value over a window and adds up; the gradient of a convolution.',
        zh: '转置卷积：把每个输入值按卷积核摊开再累加，是卷积的梯度运算（不是逆运算）。',
        remarks: transposedRemarks,
        ...spreads(space, (e, call) => {
          checkConv(call, e, e.c);
          const found = transposed(call, sizes(space, e), kernels(space, e), e, e.output_padding);
          needBias(call, e.bias, mul(e.k, e.groups));
          return found;
        }),
        eg: space.eg.transposed,
      },
    ] as const;
  }),
]);

/** What the constructors get. */
interface Made extends ConvLayer {
  readonly stride: readonly Dim[];
  readonly padding: Padding;
  readonly dilation: readonly Dim[];
  readonly output_padding: readonly Dim[];
  readonly bias: boolean;
  readonly padding_mode: string;
}

/** Attributes that the constructors turn into tuples. */
const tuples = (e: Made): Readonly<Record<string, Arg>> => ({
  kernel_size: tupleOf(e.kernel_size),
  stride: tupleOf(e.stride),
  dilation: tupleOf(e.dilation),
  ...(e.padding === 'same' ? {} : { padding: tupleOf(e.padding) }),
});

const paddingModes = ['zeros', 'reflect', 'replicate', 'circular'];
const init = { weight: 'fan-in', bias: 'bias-fan-in' } as const;
const factory = "padding_mode: str = 'zeros', device: any = None, dtype: any = None";

/** Convolution layers: they own weight and bias. */
export const convLayers = layerTable('torch.nn torch.nn.modules torch.nn.modules.conv', [
  ...spaces.map((space, i) => {
    const n = i + 1;
    const how = `kernel_size: int${n}, stride: int${n} = 1, padding: pad${n} = 0, dilation: int${n} = 1, groups: int = 1, bias: bool = True`;
    return [
      `Conv${n}d(in_channels: int, out_channels: int, ${how}, ${factory})`,
      {
        en: `${space.rank.en} convolution: each output channel is a weighted sum over a window of the input channels.`,
        zh: `${space.rank.zh}卷积：每个输出通道是窗口内各输入通道的加权和。`,
        formula: space.formula,
        call: `_conv${n}d(input, weight, bias, stride, padding, dilation, groups, padding_mode)`,
        check: (e: Made, call: Call) => checkConvLayer(call, e, paddingModes),
        fields: tuples,
        params: ({ in_channels: c, out_channels: o, kernel_size, groups, bias }: Made) => ({
          weight: [o, floorBy(c, groups), ...kernel_size],
          bias: bias && [o],
        }),
        init,
        eg: space.eg.layer,
      },
    ] as const;
  }),
  ...spaces.map((space, i) => {
    const n = i + 1;
    const how = `kernel_size: int${n}, stride: int${n} = 1, padding: int${n} = 0, output_padding: int${n} = 0, groups: int = 1, bias: bool = True, dilation: int${n} = 1`;
    return [
      `ConvTranspose${n}d(in_channels: int, out_channels: int, ${how}, ${factory})`,
      {
        en: `${space.rank.en} transposed convolution: spreads every input value over a window and adds up.`,
        zh: `${space.rank.zh}转置卷积：把每个输入值按卷积核摊开再累加。`,
        formula: 'out = (in − 1)·stride − 2·padding + dilation·(k − 1) + output_padding + 1',
        call: `_conv_transpose${n}d(input, weight, bias, stride, padding, output_padding, groups, dilation, output_size)`,
        forward: 'input, output_size=None',
        check: (e: Made, call: Call) => checkTransposedLayer(call, e),
        fields: (e: Made) => ({ ...tuples(e), output_padding: tupleOf(e.output_padding) }),
        params: ({ in_channels: c, out_channels: o, kernel_size, groups, bias }: Made) => ({
          weight: [c, floorBy(o, groups), ...kernel_size],
          bias: bias && [o],
        }),
        init: { ...init, weight: 'transposed-fan-in' },
        remarks: transposedRemarks,
        eg: space.eg.transposedLayer,
      },
    ] as const;
  }),
]);

/** What the layers add to the functions: other paddings, and an output size that is asked for. */
export const convLayerOps = table(
  'torch._nn',
  [
    ...spaces.map((space, i) => {
      const n = i + 1;
      const how = `bias: Tensor[o]?, stride: int${n}, padding: pad${n}, dilation: int${n}, groups: int, padding_mode: str`;
      return [
        `_conv${n}d(${tensors(space, 'o, k')}, ${how}) -> ${result(space)}`,
        {
          en: `${space.rank.en} convolution.`,
          zh: `${space.rank.zh}卷积。`,
          ...slid(space),
          check: (e: Given, call: Call) => needPaddable(call, e.padding_mode, e.padding, sizes(space, e)),
          eg: `${space.run[0]}, 1, 1, 1, 1, 'zeros' -> ${space.run[1]}`,
        },
      ] as const;
    }),
    ...spaces.map((space, i) => {
      const n = i + 1;
      const how = `bias: Tensor?, stride: int${n}, padding: int${n}, output_padding: int${n}, groups: int, dilation: int${n}, output_size: ints?`;
      return [
        `_conv_transpose${n}d(${tensors(space, 'c, k')}, ${how}) -> ${result(space)}`,
        {
          en: `${space.rank.en} transposed convolution.`,
          zh: `${space.rank.zh}转置卷积。`,
          ...spreads(space, (e, call) => {
            const wanted = e.output_size?.slice(-n);
            return wanted
              ? askedSizes(call, sizes(space, e), kernels(space, e), e, wanted)
              : transposed(call, sizes(space, e), kernels(space, e), e, e.output_padding);
          }),
          eg: `${space.runTransposed[0]}, 1, 0, 0, 1, 1, None -> ${space.runTransposed[1]}`,
        },
      ] as const;
    }),
  ],
  { python: true },
);
