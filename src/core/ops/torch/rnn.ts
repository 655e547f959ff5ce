import { type Dim, mul } from '../../dims';
import type { Arg } from '../arg';
import { type Call, fresh, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { layers, ops, type Words } from '../rows';
import { needBetween, needChoice, needNotNegative } from '../rules/checks';
import { cell, cellFlops, pack, type Recurrent, recurrent, recurrentFlops, recurrentParams } from '../rules/rnn';
import { int, tuple } from '../rules/values';
import { typed } from '../rules/view';

interface Sizes {
  readonly input_size: Dim;
  readonly hidden_size: Dim;
  readonly num_layers: Dim;
  readonly batch_first: boolean;
  readonly bidirectional: boolean;
}

const how = (gates: Recurrent['gates'], e: Sizes, proj_size: Dim = 0): Recurrent => ({
  ...sizesOf(e),
  gates,
  proj_size,
});

const sizesOf = ({ input_size, hidden_size, num_layers, batch_first, bidirectional }: Sizes): Sizes => ({
  input_size,
  hidden_size,
  num_layers,
  batch_first,
  bidirectional,
});

/** Recurrent layers as ops of their sizes: only the layers call them. */
export const recurrentOps = ops(
  'torch._nn',
  {
    'lstm(input: any, hx: any, input_size: int, hidden_size: int, num_layers: int, batch_first: bool, bidirectional: bool, proj_size: int, weight: any = None) -> any':
      {
        alike: 'input weight',
        en: 'Runs an LSTM over a sequence.',
        zh: '在序列上运行 LSTM。',
        value: (e, call) => recurrent(call, e.input, e.hx, how(4, e, e.proj_size), true),
        flops: (e) => recurrentFlops(e.input, how(4, e, e.proj_size)),
        eg: '(5, 2, 3), None, 3, 4, 1, False, False, 0 -> ((5, 2, 4), ((1, 2, 4), (1, 2, 4)))',
      },
    'gru(input: any, hx: any, input_size: int, hidden_size: int, num_layers: int, batch_first: bool, bidirectional: bool, weight: any = None) -> any':
      {
        alike: 'input weight',
        en: 'Runs a GRU over a sequence.',
        zh: '在序列上运行 GRU。',
        value: (e, call) => recurrent(call, e.input, e.hx, how(3, e), false),
        flops: (e) => recurrentFlops(e.input, how(3, e)),
        eg: '(5, 2, 3), None, 3, 4, 1, False, False -> ((5, 2, 4), (1, 2, 4))',
      },
    'rnn(input: any, hx: any, input_size: int, hidden_size: int, num_layers: int, batch_first: bool, bidirectional: bool, weight: any = None) -> any':
      {
        alike: 'input weight',
        en: 'Runs a plain recurrent network over a sequence.',
        zh: '在序列上运行基本循环网络。',
        value: (e, call) => recurrent(call, e.input, e.hx, how(1, e), false),
        flops: (e) => recurrentFlops(e.input, how(1, e)),
        eg: '(5, 2, 3), None, 3, 4, 1, False, False -> ((5, 2, 4), (1, 2, 4))',
      },
    'lstm_cell(input: Tensor, hx: any, input_size: int, hidden_size: int, weight: any = None) -> any': {
      alike: 'input weight',
      en: 'One step of an LSTM.',
      zh: 'LSTM 的一步。',
      value: ({ input, hx, input_size, hidden_size }, call) => cell(call, input, hx, input_size, hidden_size, true),
      flops: ({ input, input_size, hidden_size }) => cellFlops(4, input, input_size, hidden_size),
      eg: '(2, 3), None, 3, 4 -> ((2, 4), (2, 4))',
    },
    'rnn_cell(input: Tensor, hx: any, input_size: int, hidden_size: int, gates: int, weight: any = None) -> any': {
      alike: 'input weight',
      en: 'One step of a recurrent network.',
      zh: '循环网络的一步。',
      value: ({ input, hx, input_size, hidden_size }, call) => cell(call, input, hx, input_size, hidden_size, false),
      flops: ({ input, input_size, hidden_size, gates }) =>
        typeof gates === 'number' ? cellFlops(gates, input, input_size, hidden_size) : undefined,
      eg: '(2, 3), None, 3, 4, 3 -> (2, 4)',
    },
  },
  { python: true },
);

/** What the constructors refuse. */
const checkSizes = (call: Call, e: Sizes & { readonly dropout: number | undefined }): void => {
  needBetween(call, 'dropout', e.dropout, 0, 1);
  for (const name of ['input_size', 'hidden_size', 'num_layers'] as const) {
    const found = e[name];
    if (typeof found === 'number' && found <= 0)
      refuse(call, fault('not-positive', { op: call.op, argument: name, found }, name));
  }
};

const needCell = (e: { readonly input_size: Dim; readonly hidden_size: Dim }, call: Call): void => {
  needNotNegative(call, 'input_size', [e.input_size]);
  needNotNegative(call, 'hidden_size', [e.hidden_size]);
};

const orderRemark: readonly Words[] = [
  {
    en: 'Without batch_first=True the input is [L, B, C]: time first.',
    zh: '未设 batch_first=True 时输入为 [L, B, C]：时间步在前。',
  },
];

/** Recurrent layers. */
export const recurrentLayers = layers('torch.nn torch.nn.modules torch.nn.modules.rnn', {
  'LSTM(input_size: int, hidden_size: int, num_layers: int = 1, bias: bool = True, batch_first: bool = False, dropout: float = 0.0, bidirectional: bool = False, proj_size: int = 0, device: any = None, dtype: any = None)':
    {
      en: 'Long short-term memory: runs over a sequence with a hidden and a cell state.',
      zh: '长短期记忆网络：带隐藏状态和细胞状态逐步处理序列。',
      call: 'lstm(input, hx, input_size, hidden_size, num_layers, batch_first, bidirectional, proj_size, weight_ih_l0)',
      forward: 'input, hx=None',
      check: (e, call) => {
        checkSizes(call, e);
        const { proj_size: found, hidden_size } = e;
        if (typeof found !== 'number' || typeof hidden_size !== 'number' || (found >= 0 && found < hidden_size)) return;
        const data = { op: call.op, argument: 'proj_size', low: '0', high: `${hidden_size - 1}`, found: `${found}` };
        refuse(call, fault('value-range', data, 'proj_size'));
      },
      params: (e) => recurrentParams(how(4, e, e.proj_size), e.bias),
      init: { '*': 'hidden' },
      remarks: orderRemark,
      eg: [
        'LSTM(3, 4): (5, 2, 3) -> ((5, 2, 4), ((1, 2, 4), (1, 2, 4)))',
        'LSTM(3, 4, 2, bidirectional=True, proj_size=2): (5, 2, 3) -> ((5, 2, 4), ((4, 2, 2), (4, 2, 4)))',
        'LSTM(3, 4): (5, 2, 4) -> !feature-mismatch',
      ],
    },
  'GRU(input_size: int, hidden_size: int, num_layers: int = 1, bias: bool = True, batch_first: bool = False, dropout: float = 0.0, bidirectional: bool = False, device: any = None, dtype: any = None)':
    {
      en: 'Gated recurrent unit: runs over a sequence with a hidden state.',
      zh: '门控循环单元：带隐藏状态逐步处理序列。',
      call: 'gru(input, hx, input_size, hidden_size, num_layers, batch_first, bidirectional, weight_ih_l0)',
      forward: 'input, hx=None',
      check: (e, call) => checkSizes(call, e),
      params: (e) => recurrentParams(how(3, e), e.bias),
      init: { '*': 'hidden' },
      remarks: orderRemark,
      eg: 'GRU(3, 4, batch_first=True): (2, 5, 3) -> ((2, 5, 4), (1, 2, 4))',
    },
  "RNN(input_size: int, hidden_size: int, num_layers: int = 1, nonlinearity: str = 'tanh', bias: bool = True, batch_first: bool = False, dropout: float = 0.0, bidirectional: bool = False, device: any = None, dtype: any = None)":
    {
      en: 'Plain recurrent network: runs over a sequence with a hidden state.',
      zh: '基本循环网络：带隐藏状态逐步处理序列。',
      call: 'rnn(input, hx, input_size, hidden_size, num_layers, batch_first, bidirectional, weight_ih_l0)',
      forward: 'input, hx=None',
      check: (e, call) => {
        checkSizes(call, e);
        needChoice(call, 'nonlinearity', e.nonlinearity, ['tanh', 'relu']);
      },
      params: (e) => recurrentParams(how(1, e), e.bias),
      init: { '*': 'hidden' },
      remarks: orderRemark,
      eg: 'RNN(3, 4): (5, 2, 3) -> ((5, 2, 4), (1, 2, 4))',
    },
  'LSTMCell(input_size: int, hidden_size: int, bias: bool = True, device: any = None, dtype: any = None)': {
    en: 'One step of an LSTM.',
    zh: 'LSTM 单元：处理一步。',
    call: 'lstm_cell(input, hx, input_size, hidden_size, weight_ih)',
    forward: 'input, hx=None',
    check: needCell,
    params: ({ input_size: i, hidden_size: h, bias }) => cellParams(4, i, h, bias),
    init: { '*': 'hidden' },
    eg: 'LSTMCell(3, 4): (2, 3) -> ((2, 4), (2, 4))',
  },
  'GRUCell(input_size: int, hidden_size: int, bias: bool = True, device: any = None, dtype: any = None)': {
    en: 'One step of a GRU.',
    zh: 'GRU 单元：处理一步。',
    call: 'rnn_cell(input, hx, input_size, hidden_size, 3, weight_ih)',
    forward: 'input, hx=None',
    check: needCell,
    params: ({ input_size: i, hidden_size: h, bias }) => cellParams(3, i, h, bias),
    init: { '*': 'hidden' },
    eg: 'GRUCell(3, 4): (2, 3) -> (2, 4)',
  },
  "RNNCell(input_size: int, hidden_size: int, bias: bool = True, nonlinearity: str = 'tanh', device: any = None, dtype: any = None)":
    {
      en: 'One step of a plain recurrent network.',
      zh: '基本循环单元：处理一步。',
      call: 'rnn_cell(input, hx, input_size, hidden_size, 1, weight_ih)',
      forward: 'input, hx=None',
      check: needCell,
      params: ({ input_size: i, hidden_size: h, bias }) => cellParams(1, i, h, bias),
      init: { '*': 'hidden' },
      eg: 'RNNCell(3, 4): (2, 3) -> (2, 4)',
    },
});

const cellParams = (gates: number, input: Dim, hidden: Dim, bias: boolean) => {
  const rows = mul(gates, hidden);
  return {
    weight_ih: [rows, input],
    weight_hh: [rows, hidden],
    bias_ih: bias && [rows],
    bias_hh: bias && [rows],
  };
};

/** Sequences of different lengths, packed and padded. */
export const packing = ops(
  'torch.nn.utils.rnn',
  {
    'pack_padded_sequence(input: Tensor, lengths: any, batch_first: bool = False, enforce_sorted: bool = True) -> any':
      {
        en: 'Packs padded sequences, so that a recurrent layer skips the padding.',
        zh: '把填充过的序列打包，使循环层跳过填充部分。',
        value: ({ input, lengths, batch_first }, call) => {
          const { dims, rest } = input.shape;
          if (rest || dims.length < 2) return giveUp(call, 'the rank is not known');
          const batch = dims[batch_first ? 0 : 1] ?? 1;
          return pack(
            tensor(call.lib, { dims: [fresh(call, 'sum of the lengths'), ...dims.slice(2)] }, typed(input)),
            batch,
            longest(lengths),
          );
        },
        eg: '(2, 5, 3), [5, 4], batch_first=True -> other',
      },
    'pad_packed_sequence(sequence: any, batch_first: bool = False, padding_value: float = 0.0, total_length: int? = None) -> any':
      {
        en: 'Pads packed sequences to one length again; also gives the lengths.',
        zh: '把打包的序列重新填充到同一长度，并给出各长度。',
        value: ({ sequence, batch_first, total_length }, call) => {
          const data = sequence.kind === 'other' ? sequence.fields?.get('data') : undefined;
          const batch = sequence.kind === 'other' ? sequence.fields?.get('batch') : undefined;
          if (data?.kind !== 'tensor' || batch?.kind !== 'int') return giveUp(call, 'a packed sequence');
          const known = sequence.kind === 'other' ? sequence.fields?.get('longest') : undefined;
          const length = total_length ?? (known?.kind === 'int' ? known.value : fresh(call, 'longest length'));
          const order = batch_first ? [batch.value, length] : [length, batch.value];
          const padded = tensor(call.lib, { dims: [...order, ...data.shape.dims.slice(1)] }, typed(data));
          return tuple([padded, tensor(call.lib, { dims: [batch.value] }, { dtype: 'int64' })]);
        },
        eg: '3 -> unknown',
      },
    "pad_sequence(sequences: Tensors, batch_first: bool = False, padding_value: float = 0.0, padding_side: str = 'right') -> any":
      {
        en: 'Pads sequences to the length of the longest and stacks them.',
        zh: '把若干序列填充到最长的长度后堆叠。',
        value: ({ sequences, batch_first }, call) => padded(call, sequences, batch_first),
        eg: '[(5, 3), (4, 3)], True -> (2, 5, 3)',
      },
  },
  { python: true },
);

/** The largest of lengths that the source says. */
const longest = (lengths: Arg): Arg | undefined => {
  const given =
    lengths.kind === 'tensor'
      ? lengths.elements
      : lengths.kind === 'sequence' || lengths.kind === 'tuple'
        ? lengths.items
        : undefined;
  const known = given?.flatMap((n) => (n.kind === 'int' && typeof n.value === 'number' ? [n.value] : []));
  return known && known.length > 0 && known.length === given?.length ? int(Math.max(...known)) : undefined;
};

const padded = (
  call: Call,
  sequences: readonly Extract<Arg, { kind: 'tensor' }>[],
  batchFirst: boolean,
): Arg | undefined => {
  const first = sequences[0];
  if (!first) return refuse(call, fault('empty-list', { op: call.op }, 'sequences'));
  if (first.shape.rest) return giveUp(call, 'the rank is not known');
  for (const { shape } of sequences) {
    if (shape.rest) continue;
    const clash = fault('stack-mismatch', { op: call.op, left: first.shape, right: shape }, 'sequences');
    if (shape.dims.length !== first.shape.dims.length) return refuse(call, clash);
    shape.dims.slice(1).forEach((d, i) => {
      need(call, { kind: 'eq', left: first.shape.dims[i + 1] ?? d, right: d }, clash);
    });
  }
  const lengths = sequences.map((t) => t.shape.dims[0]);
  const known = lengths.filter((d) => typeof d === 'number');
  const longest = known.length === lengths.length ? Math.max(...known) : fresh(call, 'longest length');
  const order = batchFirst ? [sequences.length, longest] : [longest, sequences.length];
  return tensor(call.lib, { dims: [...order, ...first.shape.dims.slice(1)] }, typed(first));
};
