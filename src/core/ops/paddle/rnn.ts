import { type Dim, mul } from '../../dims';
import type { Arg, TensorArg } from '../arg';
import { broadcastAll, type Call, giveUp, holds, need, refuse } from '../call';
import { fault } from '../codes';
import { layers, ops, type ParamShapes } from '../rows';
import { needChoice, needPositive } from '../rules/checks';
import { cell, cellFlops, type Recurrent, recurrent, recurrentFlops, recurrentParams } from '../rules/rnn';
import { int, tuple } from '../rules/values';
import { twin } from './twin';

const paddle = { lib: 'paddle' } as const;

interface Sizes {
  readonly input_size: Dim;
  readonly hidden_size: Dim;
  readonly num_layers: Dim;
  readonly direction: string;
  readonly time_major: boolean;
  readonly proj_size?: Dim;
}

const setup = (gates: Recurrent['gates'], e: Sizes): Recurrent => ({
  gates,
  input_size: e.input_size,
  hidden_size: e.hidden_size,
  num_layers: e.num_layers,
  batch_first: !e.time_major,
  bidirectional: e.direction.startsWith('bidirect'),
  proj_size: e.proj_size ?? 0,
});

interface Run extends Sizes {
  readonly inputs: TensorArg;
  readonly initial_states: Arg;
}

/** Paddle's recurrent layers take batches only. */
const run = (call: Call, e: Run, gates: Recurrent['gates']): Arg | undefined => {
  const { shape } = e.inputs;
  const single = e.proj_size === undefined || e.proj_size === 0;
  if (!shape.rest && shape.dims.length !== 3) {
    // Projections are run layer by layer, on whatever comes.
    if (!single) return giveUp(call, 'no batch of sequences');
    const data = { op: call.op, argument: 'inputs', expected: '3', found: shape.dims.length, shape };
    return refuse(call, fault('rank-mismatch', data, 'inputs'));
  }
  if (e.num_layers === 0 && e.initial_states.kind !== 'none') return giveUp(call, 'no layers, though states for them');
  needPositive(call, 'num_layers', [e.num_layers]);
  return recurrent(call, e.inputs, e.initial_states, setup(gates, e), gates === 4);
};

/** What recurrent layers run. */
export const recurrentOps = ops(
  'paddle._nn',
  {
    "_lstm(inputs: Tensor, initial_states: any = None, input_size: int = 1, hidden_size: int = 1, num_layers: int = 1, direction: str = 'forward', time_major: bool = False, proj_size: int = 0) -> any":
      {
        ...twin('torch.nn.LSTM'),
        needs: 'float',
        value: (e, call) => run(call, e, 4),
        flops: (e) => recurrentFlops(e.inputs, setup(4, e)),
        eg: '(2, 3, 4), None, 4, 5 -> ((2, 3, 5), ((1, 2, 5), (1, 2, 5)))',
      },
    "_gru(inputs: Tensor, initial_states: any = None, input_size: int = 1, hidden_size: int = 1, num_layers: int = 1, direction: str = 'forward', time_major: bool = False) -> any":
      {
        ...twin('torch.nn.GRU'),
        needs: 'float',
        value: (e, call) => run(call, e, 3),
        flops: (e) => recurrentFlops(e.inputs, setup(3, e)),
        eg: '(2, 3, 4), None, 4, 5 -> ((2, 3, 5), (1, 2, 5))',
      },
    "_simple_rnn(inputs: Tensor, initial_states: any = None, input_size: int = 1, hidden_size: int = 1, num_layers: int = 1, direction: str = 'forward', time_major: bool = False) -> any":
      {
        ...twin('torch.nn.RNN'),
        needs: 'float',
        value: (e, call) => run(call, e, 1),
        flops: (e) => recurrentFlops(e.inputs, setup(1, e)),
        eg: '(2, 3, 4), None, 4, 5 -> ((2, 3, 5), (1, 2, 5))',
      },
    '_cell(inputs: Tensor, states: any = None, input_size: int = 1, hidden_size: int = 1, gates: int = 1) -> any': {
      ...twin('torch.nn.GRUCell'),
      needs: 'float',
      value: (e, call) => step(call, e),
      flops: ({ inputs, input_size, hidden_size, gates }) =>
        cellFlops(gates === 4 ? 4 : gates === 3 ? 3 : 1, inputs, input_size, hidden_size),
      eg: '(2, 4), None, 4, 5, 4 -> ((2, 5), ((2, 5), (2, 5)))',
    },
  },
  paddle,
);

interface Step {
  readonly inputs: TensorArg;
  readonly states: Arg;
  readonly input_size: Dim;
  readonly hidden_size: Dim;
  readonly gates: Dim;
}

/** One step: the output and the new states, of which the output is the first. */
const step = (call: Call, e: Step): Arg | undefined => {
  const { dims, rest } = e.inputs.shape;
  // Another rank may run, because states broadcast, but hardly means what it gives.
  if (!rest && dims.length !== 2) return giveUp(call, 'a cell takes a batch of vectors');
  const state = cell(call, e.inputs, { kind: 'none' }, e.input_size, e.hidden_size, e.gates === 4);
  if (!state) return undefined;
  const first = state.kind === 'tuple' ? state.items[0] : state;
  const given = e.states.kind === 'tuple' || e.states.kind === 'sequence' ? e.states.items : [e.states];
  for (const one of given) {
    if (one.kind !== 'tensor' || first?.kind !== 'tensor') continue;
    needState(call, one, first);
    const [batch, size] = [one.shape.dims.at(-2) ?? 1, first.shape.dims[0] ?? 1];
    const other = batch !== 1 && holds(call, { kind: 'eq', left: batch, right: size }) === false;
    if (other || one.shape.dims.length > 2) return giveUp(call, 'the states decide the size of the batch');
  }
  return first && tuple([first, state]);
};

/** States broadcast: one for all rows will do. */
const needState = (call: Call, state: TensorArg, wanted: TensorArg): void => {
  const clash = fault('shape-mismatch', { op: call.op, left: wanted.shape, right: state.shape }, 'states');
  broadcastAll(call, [wanted.shape, state.shape], () => clash);
};

const checkSizes = ({ hidden_size, direction }: Pick<Sizes, 'hidden_size' | 'direction'>, call: Call): void => {
  needPositive(call, 'hidden_size', [hidden_size]);
  needChoice(call, 'direction', direction, ['forward', 'bidirect', 'bidirectional']);
};

/**
 * Layer by layer. With a projection a cell has five parameters, yet the layer hands out names for four of each: the
 * first ones get those, one cell's after the other's, and the rest stay where they are.
 */
const paramsOf = (gates: Recurrent['gates'], e: Sizes): ParamShapes | undefined => {
  // Without layers there is one cell all the same, which hands out no names.
  const none = e.num_layers === 0;
  const how = setup(gates, none ? { ...e, num_layers: 1 } : e);
  const flat = recurrentParams(how, true);
  if (!flat || (how.proj_size === 0 && !none)) return flat;
  const names = none ? [] : Object.keys(flat).filter((name) => !name.startsWith('weight_hr'));
  const owned = Object.entries(flat).map(([name, shape]): readonly [string, ParamShapes[string]] =>
    name.startsWith('weight_hr') ? [placeOf(name, how), [how.hidden_size, how.proj_size]] : [placeOf(name, how), shape],
  );
  return Object.fromEntries(owned.map(([place, shape], i) => [names[i] ?? place, shape]));
};

/** `weight_hr_l0_reverse` → `0.cell_bw.weight_ho`. */
const placeOf = (name: string, { bidirectional }: Recurrent): string => {
  const [, own = '', layer = '0', back] = /^(\w+?)_l(\d+)(_reverse)?$/.exec(name) ?? [];
  const cellName = bidirectional ? (back === undefined ? 'cell_fw' : 'cell_bw') : 'cell';
  return `${layer}.${cellName}.${own === 'weight_hr' ? 'weight_ho' : own}`;
};

/** What code reads off a recurrent layer to make its first states. */
const counts = ({ direction }: Sizes, states: number) => ({
  num_directions: int(direction.startsWith('bidirect') ? 2 : 1),
  state_components: int(states),
});

const forward = 'inputs, initial_states=None, sequence_length=None';
const batches = [
  "here batches come first unless time_major=True, direction='bidirect' runs both ways, and the input must have a batch axis.",
  "这里默认批次在前（time_major=True 时时间步在前），direction='bidirect' 为双向，输入必须带批次维。",
] as const;

const cellParams = (gates: number, e: { readonly input_size: Dim; readonly hidden_size: Dim }): ParamShapes => {
  const rows = mul(gates, e.hidden_size);
  return {
    weight_ih: [rows, e.input_size],
    weight_hh: [rows, e.hidden_size],
    bias_ih: [rows],
    bias_hh: [rows],
  };
};

const cellForward = 'inputs, states=None';
const pairs = ['the result is the pair of output and new states here.', '这里返回 (输出, 新状态) 二元组。'] as const;

/** Recurrent layers and their cells. */
export const recurrentLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.rnn',
  {
    "LSTM(input_size: int, hidden_size: int, num_layers: int = 1, direction: str = 'forward', time_major: bool = False, dropout: any = 0.0, weight_ih_attr: any = None, weight_hh_attr: any = None, bias_ih_attr: any = None, bias_hh_attr: any = None, proj_size: int = 0, name: any = None)":
      {
        ...twin('torch.nn.LSTM', batches),
        call: '_lstm(inputs, initial_states, input_size, hidden_size, num_layers, direction, time_major, proj_size)',
        forward,
        check: (e, call) => {
          checkSizes(e, call);
          const { proj_size, hidden_size } = e;
          if (proj_size === 0) return;
          const data = { op: call.op, argument: 'proj_size', low: '0', high: 'hidden_size − 1', found: 'proj_size' };
          need(call, { kind: 'lt', left: proj_size, right: hidden_size }, fault('value-range', data, 'proj_size'));
        },
        params: (e) => paramsOf(4, e),
        fields: (e) => counts(e, 2),
        init: { '*': 'hidden' },
        eg: [
          'LSTM(4, 5): (2, 3, 4) -> ((2, 3, 5), ((1, 2, 5), (1, 2, 5)))',
          "LSTM(4, 5, 2, direction='bidirect'): (2, 3, 4) -> ((2, 3, 10), ((4, 2, 5), (4, 2, 5)))",
          'LSTM(4, 5): (3, 4) -> !rank-mismatch',
          "LSTM(4, 5, direction='backward'): (2, 3, 4) -> !value-choice",
        ],
      },
    "GRU(input_size: int, hidden_size: int, num_layers: int = 1, direction: str = 'forward', time_major: bool = False, dropout: any = 0.0, weight_ih_attr: any = None, weight_hh_attr: any = None, bias_ih_attr: any = None, bias_hh_attr: any = None, name: any = None)":
      {
        ...twin('torch.nn.GRU', batches),
        call: '_gru(inputs, initial_states, input_size, hidden_size, num_layers, direction, time_major)',
        forward,
        check: checkSizes,
        params: (e) => paramsOf(3, e),
        fields: (e) => counts(e, 1),
        init: { '*': 'hidden' },
        eg: 'GRU(4, 5): (2, 3, 4) -> ((2, 3, 5), (1, 2, 5))',
      },
    "SimpleRNN(input_size: int, hidden_size: int, num_layers: int = 1, direction: str = 'forward', time_major: bool = False, dropout: any = 0.0, activation: str = 'tanh', weight_ih_attr: any = None, weight_hh_attr: any = None, bias_ih_attr: any = None, bias_hh_attr: any = None, name: any = None)":
      {
        ...twin('torch.nn.RNN', batches),
        call: '_simple_rnn(inputs, initial_states, input_size, hidden_size, num_layers, direction, time_major)',
        forward,
        check: (e, call) => {
          checkSizes(e, call);
          needChoice(call, 'activation', e.activation, ['tanh', 'relu']);
        },
        params: (e) => paramsOf(1, e),
        fields: (e) => counts(e, 1),
        init: { '*': 'hidden' },
        eg: 'SimpleRNN(4, 5): (2, 3, 4) -> ((2, 3, 5), (1, 2, 5))',
      },
    'LSTMCell(input_size: int, hidden_size: int, weight_ih_attr: any = None, weight_hh_attr: any = None, bias_ih_attr: any = None, bias_hh_attr: any = None, proj_size: int = 0, name: any = None)':
      {
        ...twin('torch.nn.LSTMCell', pairs),
        call: '_cell(inputs, states, input_size, hidden_size, 4)',
        forward: cellForward,
        params: (e) => cellParams(4, e),
        init: { '*': 'hidden' },
        eg: 'LSTMCell(4, 5): (2, 4) -> ((2, 5), ((2, 5), (2, 5)))',
      },
    'GRUCell(input_size: int, hidden_size: int, weight_ih_attr: any = None, weight_hh_attr: any = None, bias_ih_attr: any = None, bias_hh_attr: any = None, name: any = None)':
      {
        ...twin('torch.nn.GRUCell', pairs),
        call: '_cell(inputs, states, input_size, hidden_size, 3)',
        forward: cellForward,
        params: (e) => cellParams(3, e),
        init: { '*': 'hidden' },
        eg: 'GRUCell(4, 5): (2, 4) -> ((2, 5), (2, 5))',
      },
    "SimpleRNNCell(input_size: int, hidden_size: int, activation: str = 'tanh', weight_ih_attr: any = None, weight_hh_attr: any = None, bias_ih_attr: any = None, bias_hh_attr: any = None, name: any = None)":
      {
        ...twin('torch.nn.RNNCell', pairs),
        call: '_cell(inputs, states, input_size, hidden_size, 1)',
        forward: cellForward,
        params: (e) => cellParams(1, e),
        init: { '*': 'hidden' },
        eg: 'SimpleRNNCell(4, 5): (2, 4) -> ((2, 5), (2, 5))',
      },
  },
  paddle,
);
