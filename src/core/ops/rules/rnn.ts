import { add, type Dim, mul, product, sub } from '../../dims';
import type { Arg, TensorArg } from '../arg';
import { type Call, fresh, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { isFreeInput, isParameter, typeName } from '../convert';
import { isComplex, isFloat } from '../dtypes';
import type { ParamShapes } from '../rows';
import { tuple } from './values';
import { typed } from './view';

/** A recurrent layer: how many gates its weights hold side by side, and its sizes. */
export interface Recurrent {
  readonly gates: 1 | 3 | 4;
  readonly input_size: Dim;
  readonly hidden_size: Dim;
  readonly num_layers: Dim;
  readonly batch_first: boolean;
  readonly bidirectional: boolean;
  readonly proj_size: Dim;
}

const directions = ({ bidirectional }: Recurrent): number => (bidirectional ? 2 : 1);
const projected = ({ proj_size }: Recurrent): boolean => proj_size !== 0;
const outSize = (how: Recurrent): Dim => (projected(how) ? how.proj_size : how.hidden_size);

/** Parameters layer by layer, the reverse direction after the forward one, as PyTorch registers and names them. */
export const recurrentParams = (how: Recurrent, bias: boolean): ParamShapes | undefined => {
  if (typeof how.num_layers !== 'number' || how.num_layers > 256) return undefined;
  const shapes: Record<string, readonly Dim[] | false> = {};
  const rows = mul(how.gates, how.hidden_size);
  for (let layer = 0; layer < how.num_layers; layer++) {
    const input = layer === 0 ? how.input_size : mul(directions(how), outSize(how));
    for (const suffix of how.bidirectional ? ['', '_reverse'] : ['']) {
      const at = `l${layer}${suffix}`;
      shapes[`weight_ih_${at}`] = [rows, input];
      shapes[`weight_hh_${at}`] = [rows, outSize(how)];
      if (bias) {
        shapes[`bias_ih_${at}`] = [rows];
        shapes[`bias_hh_${at}`] = [rows];
      }
      if (projected(how)) shapes[`weight_hr_${at}`] = [how.proj_size, how.hidden_size];
    }
  }
  return shapes;
};

/** What a recurrent layer is run on: the batch, where there is one, and the steps. */
interface Steps {
  readonly length: Dim;
  readonly batch: Dim | null;
}

/** The outputs of all steps, and the last states. Packed sequences stay packed. */
export const recurrent = (call: Call, input: Arg, hx: Arg, how: Recurrent, lstm: boolean): Arg | undefined => {
  if (input.kind === 'other' && input.name === 'PackedSequence') return packed(call, input, hx, how, lstm);
  if (input.kind !== 'tensor') {
    if (input.kind === 'unknown' || input.kind === 'other') return giveUp(call, 'the input is not known');
    const data = { op: call.op, argument: 'input', expected: 'Tensor', found: typeName(input) };
    return refuse(call, fault('wrong-type', data, 'input'));
  }
  const steps = stepsOf(call, input, how);
  if (!steps) return undefined;
  if (steps.length === 0) return refuse(call, fault('output-empty', { op: call.op, size: 0, axis: 'L' }, 'input'));
  // Where the rank of the input is not known yet, its batch is a stand-in that says nothing of the state.
  if (!input.shape.rest) checkState(call, hx, steps.batch, how, lstm);
  const wide = mul(directions(how), outSize(how));
  const order =
    steps.batch === null ? [steps.length] : how.batch_first ? [steps.batch, steps.length] : [steps.length, steps.batch];
  const output = tensor(call.lib, { dims: [...order, wide] }, typed(input));
  return tuple([output, states(call, input, steps.batch, how, lstm)]);
};

/** Whole numbers and truth values do not meet weights. */
export const needFractions = (call: Call, input: TensorArg, name = 'input'): void => {
  if (input.dtype === undefined || isFloat(input.dtype) || isComplex(input.dtype)) return;
  const data = { op: call.op, argument: name, expected: 'float', found: input.dtype };
  refuse(call, fault('dtype-refused', data, name));
};

const states = (call: Call, input: TensorArg, batch: Dim | null, how: Recurrent, lstm: boolean): Arg => {
  const lead = mul(how.num_layers, directions(how));
  const one = (size: Dim): Arg =>
    tensor(call.lib, { dims: batch === null ? [lead, size] : [lead, batch, size] }, typed(input));
  return lstm ? tuple([one(outSize(how)), one(how.hidden_size)]) : one(outSize(how));
};

const stepsOf = (call: Call, input: TensorArg, how: Recurrent): Steps | undefined => {
  const { dims, rest } = input.shape;
  if (rest) {
    const names = how.batch_first ? ['b', 'l'] : ['l', 'b'];
    const axes = [...names.map((name) => ({ name })), { name: 'i', size: how.input_size }];
    if (call.doubts.length === 0) call.demands.push({ tensor: input, axes, open: false });
    const length = fresh(call, 'sequence length');
    return { length, batch: fresh(call, 'batch') };
  }
  if (dims.length !== 2 && dims.length !== 3) {
    const data = { op: call.op, argument: 'input', expected: '2/3', found: dims.length, shape: input.shape };
    return refuse(call, fault('rank-mismatch', data, 'input'));
  }
  needFractions(call, input);
  const last = dims.at(-1) ?? 1;
  const data = { op: call.op, axis: 'i', expected: how.input_size, found: last };
  need(call, { kind: 'eq', left: how.input_size, right: last }, fault('feature-mismatch', data, 'input', 'input_size'));
  const [first = 1, second = 1] = dims;
  if (dims.length === 2) return { length: first, batch: null };
  return how.batch_first ? { length: second, batch: first } : { length: first, batch: second };
};

const checkState = (call: Call, hx: Arg, batch: Dim | null, how: Recurrent, lstm: boolean): void => {
  if (hx.kind === 'none' || hx.kind === 'unknown' || hx.kind === 'other' || isParameter(hx)) return;
  const parts = hx.kind === 'tuple' || hx.kind === 'sequence' ? hx.items : undefined;
  const wanted = lstm ? 'tuple (h, c)' : 'Tensor';
  if (!lstm && parts?.length === 1 && call.lib === 'paddle') return;
  // Paddle runs projections layer by layer, and leaves states that are left over.
  if (how.proj_size !== 0 && call.lib === 'paddle') return;
  // An input of which nothing is known may be the pair as well.
  if (lstm && isFreeInput(hx)) return;
  if (lstm ? parts?.length !== 2 : hx.kind !== 'tensor') {
    const data = { op: call.op, argument: 'hx', expected: wanted, found: typeName(hx) };
    refuse(call, fault('wrong-type', data, 'hx'));
    return;
  }
  const lead = mul(how.num_layers, directions(how));
  const sizes = lstm ? [outSize(how), how.hidden_size] : [outSize(how)];
  (parts ?? [hx]).forEach((state, i) => {
    const size = sizes[i];
    if (state.kind === 'tensor' && size !== undefined)
      needState(call, state, batch === null ? [lead, size] : [lead, batch, size]);
  });
};

/** Layers times directions, batch, features; a cell has but the last two. */
const STATE_AXES = ['n', 'b', 'h'] as const;

/** A state must have exactly this shape; one of unknown rank is asked to. */
const needState = (call: Call, state: TensorArg, wanted: readonly Dim[]): void => {
  needFractions(call, state, 'hx');
  if (state.shape.rest) {
    const axes = wanted.map((size, i) => ({ name: STATE_AXES.at(i - wanted.length) ?? 'h', size }));
    if (call.doubts.length === 0) call.demands.push({ tensor: state, axes, open: false });
    return;
  }
  if (state.shape.dims.length !== wanted.length) {
    const found = state.shape.dims.length;
    const data = { op: call.op, argument: 'hx', expected: `${wanted.length}`, found, shape: state.shape };
    refuse(call, fault('rank-mismatch', data, 'hx'));
    return;
  }
  state.shape.dims.forEach((found, i) => {
    const expected = wanted[i] ?? found;
    const data = { op: call.op, axis: `${i}`, expected, found };
    need(call, { kind: 'eq', left: expected, right: found }, fault('hidden-mismatch', data, 'hx'));
  });
};

type Packed = Extract<Arg, { kind: 'other' }>;

/** A packed sequence carries its steps flat, with the batch and, where it is known, the longest length beside. */
export const pack = (data: TensorArg, batch: Dim, longest: Arg | undefined): Packed => ({
  kind: 'other',
  name: 'PackedSequence',
  fields: new Map<string, Arg>([
    ['data', data],
    ['batch', { kind: 'int', value: batch }],
    ...(longest ? [['longest', longest] as const] : []),
  ]),
});

const packed = (call: Call, input: Packed, hx: Arg, how: Recurrent, lstm: boolean): Arg | undefined => {
  const data = input.fields?.get('data');
  const batch = input.fields?.get('batch');
  if (data?.kind !== 'tensor' || batch?.kind !== 'int') return giveUp(call, 'a packed sequence');
  const last = data.shape.dims.at(-1);
  if (last !== undefined) {
    const clash = { op: call.op, axis: 'i', expected: how.input_size, found: last };
    need(
      call,
      { kind: 'eq', left: how.input_size, right: last },
      fault('feature-mismatch', clash, 'input', 'input_size'),
    );
  }
  checkState(call, hx, batch.value, how, lstm);
  const wide = mul(directions(how), outSize(how));
  const out = tensor(call.lib, { dims: [data.shape.dims[0] ?? fresh(call, 'steps'), wide] }, typed(data));
  return tuple([pack(out, batch.value, input.fields?.get('longest')), states(call, data, batch.value, how, lstm)]);
};

/** A cell: one step of one layer. */
export const cell = (
  call: Call,
  input: TensorArg,
  hx: Arg,
  inputSize: Dim,
  hidden: Dim,
  lstm: boolean,
): Arg | undefined => {
  const { dims, rest } = input.shape;
  if (rest) {
    if (call.doubts.length === 0)
      call.demands.push({ tensor: input, axes: [{ name: 'b' }, { name: 'i', size: inputSize }], open: false });
    const state = tensor(call.lib, { dims: [fresh(call, 'batch'), hidden] }, typed(input));
    return lstm ? tuple([state, state]) : state;
  }
  if (dims.length !== 1 && dims.length !== 2) {
    const data = { op: call.op, argument: 'input', expected: '1/2', found: dims.length, shape: input.shape };
    return refuse(call, fault('rank-mismatch', data, 'input'));
  }
  needFractions(call, input);
  const last = dims.at(-1) ?? 1;
  const data = { op: call.op, axis: 'i', expected: inputSize, found: last };
  need(call, { kind: 'eq', left: inputSize, right: last }, fault('feature-mismatch', data, 'input', 'input_size'));
  const wanted = [...dims.slice(0, -1), hidden];
  const parts = hx.kind === 'tuple' || hx.kind === 'sequence' ? hx.items : lstm && isFreeInput(hx) ? [] : [hx];
  for (const state of parts) {
    if (state.kind === 'tensor') needState(call, state, wanted);
    else if (state.kind === 'int' || state.kind === 'float' || state.kind === 'str') {
      const given = { op: call.op, argument: 'hx', expected: 'Tensor', found: typeName(state) };
      refuse(call, fault('wrong-type', given, 'hx'));
    }
  }
  const state = tensor(call.lib, { dims: wanted }, typed(input));
  return lstm ? tuple([state, state]) : state;
};

/** Multiply–adds × 2 of a recurrent layer: each step multiplies its input and its state with the gates' weights. */
export const recurrentFlops = (input: Arg, how: Recurrent): Dim | undefined => {
  if (input.kind !== 'tensor' || input.shape.rest) return undefined;
  const steps = product(input.shape.dims.slice(0, -1));
  const rows = mul(how.gates, how.hidden_size);
  const out = outSize(how);
  const project = projected(how) ? mul(how.hidden_size, out) : 0;
  const first = add(mul(rows, add(how.input_size, out)), project);
  const later = add(mul(rows, add(mul(directions(how), out), out)), project);
  const all = add(first, mul(later, sub(how.num_layers, 1)));
  return product([2, steps, directions(how), all]);
};

/** Multiply–adds × 2 of a cell. */
export const cellFlops = (gates: number, input: TensorArg, inputSize: Dim, hidden: Dim): Dim | undefined =>
  input.shape.rest ? undefined : product([2, ...input.shape.dims.slice(0, -1), gates, hidden, add(inputSize, hidden)]);
