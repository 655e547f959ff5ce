import { type Dim, symbolsOf } from '../dims';
import type { OpEvent } from '../interp';
import type { Arg } from '../ops';
import type { Call, Node } from '../syntax';
import type { TextEdit } from '../text';
import type { ObjectValue, Value } from '../values';
import { addArgument } from './code';
import { isOp, ownPlace, type Step, timeline } from './timeline';
import { type Finder, hint, ownCall, type Subject, type Trap } from './trap';
import { argument, functionName, isLayer, layerOf, shortName } from './values';

/** A softmax over scores along another axis than the product with the values sums over. */
export const attentionAxis: Finder = ({ run, own }) => {
  const makers = new Map<Value | Arg, Step>(timeline(run.trace).map((step) => [step.output, step]));
  const found = new Map<Node, Trap>();
  for (const step of makers.values()) {
    const [left] = isOp(step) && isProduct(step) ? step.args.positional : [];
    const softmax = left && softmaxBehind(makers, left);
    if (left?.kind !== 'tensor' || left.shape.rest || !softmax) continue;
    const place = ownPlace(run.trace, softmax, own);
    const [axis, rank] = [axisOf(softmax), left.shape.dims.length];
    const [scores] = isOp(softmax) ? softmax.args.positional : softmax.inputs;
    if (!place || axis === undefined || axis === -1 || axis === rank - 1 || !isScore(makers, scores)) continue;
    found.set(place, hint('attention-axis', place, { axis, shape: left.shape }));
  }
  return [...found.values()];
};

type Makers = ReadonlyMap<Value | Arg, Step>;

const isProduct = (op: OpEvent): boolean => op.name === '@' || /\.(matmul|bmm)$/.test(functionName(op) ?? '');

/** What a step works on. */
const inputOf = (step: Step): Value | Arg | undefined => (isOp(step) ? step.args.positional[0] : step.inputs[0]);

/** The softmax that gave a value, through dropout. */
const softmaxBehind = (makers: Makers, value: Value | Arg): Step | undefined => {
  const step = makers.get(value);
  if (!step) return undefined;
  const name = isOp(step) ? functionName(step) : layerOf(step.layer)?.path;
  if (/\.softmax$/i.test(name ?? '')) return step;
  const input = inputOf(step);
  return /\.dropout$/i.test(name ?? '') && input ? softmaxBehind(makers, input) : undefined;
};

const axisOf = (softmax: Step): number | undefined => {
  const axis = isOp(softmax)
    ? (argument(softmax, 'dim', 1) ?? argument(softmax, 'axis', 1))
    : (softmax.layer.attrs.get('dim') ?? softmax.layer.attrs.get('axis') ?? softmax.layer.attrs.get('_axis'));
  return axis?.kind === 'int' && typeof axis.value === 'number' ? axis.value : undefined;
};

/** Whether a value is the product of two tensors, perhaps scaled or masked: similarity scores. */
const isScore = (makers: Makers, value: Value | Arg | undefined): boolean => {
  const step = value && makers.get(value);
  if (!step || !isOp(step)) return false;
  if (isProduct(step)) return true;
  const scaled = /^[*/+-]$/.test(step.name) || /\.(mul|div|masked_fill|add)$/.test(functionName(step) ?? '');
  return scaled && isScore(makers, inputOf(step));
};

/** A recurrent layer that takes time first is given the batch first, by the names or the use of the code. */
export const batchFirst: Finder = (subject) => {
  const { run } = subject;
  const found = new Map<Call, Trap>();
  for (const { layer, inputs, output } of run.trace.events) {
    const call = ownCall(subject, layer.site?.node);
    const family = layerOf(layer);
    const [input] = inputs;
    const order = layer.attrs.get('batch_first');
    if (!call || !family || !isLayer(layer, /^(LSTM|GRU|RNN)$/) || order?.kind !== 'bool' || order.value) continue;
    if (input?.kind !== 'tensor' || input.shape.rest || input.shape.dims.length !== 3) continue;
    const states = output.kind === 'tuple' ? output.items[0] : undefined;
    const ends = run.trace.ops.some((op) => states && op.args.positional[0] === states && takesLast(op));
    if (!ends && !isBatch(run.trace.names, input.shape.dims[0])) continue;
    const data = { layer: shortName(family), shape: input.shape };
    found.set(call, hint('batch-first', call, data, { edits: turned(subject, call, 'batch_first=True') }));
  }
  return [...found.values()];
};

/** A recurrent layer that takes the batch first is given it as the second axis, by the names of the code. */
export const timeFirst: Finder = (subject) => {
  const { run, lib } = subject;
  const found = new Map<Call, Trap>();
  for (const { layer, inputs } of run.trace.events) {
    const call = ownCall(subject, layer.site?.node);
    const family = layerOf(layer);
    const [input] = inputs;
    if (!call || !family || !isLayer(layer, /^(LSTM|GRU|RNN|SimpleRNN)$/) || !takesBatchFirst(layer)) continue;
    if (input?.kind !== 'tensor' || input.shape.rest || input.shape.dims.length !== 3) continue;
    const [first, second] = input.shape.dims;
    if (isBatch(run.trace.names, first) || !isBatch(run.trace.names, second)) continue;
    const mend = lib === 'paddle' ? 'time_major=True' : 'batch_first=False';
    const data = { layer: shortName(family), shape: input.shape, mend };
    found.set(call, hint('time-first', call, data, { edits: turned(subject, call, mend) }));
  }
  return [...found.values()];
};

const takesBatchFirst = ({ attrs }: ObjectValue): boolean => {
  const [torch, paddle] = [attrs.get('batch_first'), attrs.get('time_major')];
  return torch?.kind === 'bool' ? torch.value === true : paddle?.kind === 'bool' && paddle.value === false;
};

/** Sets a switch of a call: where it is stated already, there. */
const turned = ({ source }: Subject, call: Call, setting: string): readonly TextEdit[] => {
  const [name = '', value = ''] = setting.split('=');
  const stated = call.args.find((arg) => arg.name === name);
  if (stated) return [{ start: stated.value.start, end: stated.value.end, newText: value }];
  return call.args.some(({ star }) => star > 0) ? [] : [addArgument(call, setting, source)];
};

/** `out[:, -1]`: the last step of each sequence, were the batch the first axis. */
const takesLast = ({ name, args }: OpEvent): boolean => {
  const [, first, second] = args.positional;
  const all = first?.kind === 'slice' && first.lower.kind === 'none' && first.upper.kind === 'none';
  return name === '[]' && all && second?.kind === 'int' && second.value === -1;
};

/** Whether the code itself calls the size of an axis the batch's. */
const isBatch = (names: ReadonlyMap<string, string>, size: Dim | undefined): boolean => {
  const [sym] = size === undefined ? [] : symbolsOf(size);
  const name = sym && names.get(sym.id);
  return name !== undefined && /^(b|bs|bsz|batch|batch_size|n_batch)$/i.test(name);
};
