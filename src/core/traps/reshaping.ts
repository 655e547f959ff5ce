import { add, type Dim, product, same, simplify, symbolsOf } from '../dims';
import type { OpEvent } from '../interp';
import type { Arg } from '../ops';
import { type Shape, simplifyShape } from '../shapes';
import type { Call } from '../syntax';
import type { TextEdit } from '../text';
import type { Value } from '../values';
import { inside, isWithin, methodsOf } from './code';
import { scrambles } from './regroup';
import { isRefused } from './strides';
import { given, isOp, type Step, timeline } from './timeline';
import { type Finder, hint, ownCall, type Subject, type Trap, warning } from './trap';
import { functionName, isLayer, numbersIn } from './values';

type Tensor = Extract<Value, { kind: 'tensor' }>;

interface Reshaping {
  readonly call: Call;
  readonly op: OpEvent;
  readonly input: Tensor;
  readonly from: Shape;
  readonly to: Shape;
}

/** The calls of `view` and `reshape` in the class itself, with all axes known on both sides. */
const reshapings = (subject: Subject): readonly Reshaping[] =>
  subject.run.trace.ops.flatMap((op) => {
    const call = ownCall(subject, op.node);
    const [input] = op.args.positional;
    if (!call || !/\.(view|reshape)$/.test(functionName(op) ?? '')) return [];
    if (input?.kind !== 'tensor' || op.output.kind !== 'tensor' || input.shape.rest || op.output.shape.rest) return [];
    const { facts } = subject.run;
    return [{ call, op, input, from: simplifyShape(facts, input.shape), to: simplifyShape(facts, op.output.shape) }];
  });

/**
 * A reshape into the sizes of other axes in another order: reshape splits and merges neighbours, it never moves
 * elements, so the axes get each other's contents. Equal numbers are no evidence; only sizes with names are.
 */
export const reshapeScrambles: Finder = (subject) => {
  const padded = new Set(
    subject.run.trace.ops.filter((op) => /\.(cat|concat|pad)$/.test(functionName(op) ?? '')).map((op) => op.output),
  );
  return reshapings(subject).flatMap(({ call, op, input, from, to }) => {
    // What only code further on makes of the sizes is no evidence: that code may be at fault itself.
    if (op.output.kind !== 'tensor' || !scrambles(input.shape.dims, op.output.shape.dims)) return [];
    // A padded tensor that is read with another row length shifts its rows on purpose.
    if (padded.has(input) || isShift(subject, call) || isOneByChance(from, to) || isVague(from, to)) return [];
    if (!scrambles(from.dims, to.dims)) return [];
    return [hint('reshape-scrambles', call, { from, to })];
  });
};

/** A method that reads rows of another length, drops the first and puts the rest back: it shifts them on purpose. */
const isShift = ({ node }: Subject, call: Call): boolean =>
  methodsOf(node).some(
    (method) =>
      isWithin(call, method) &&
      inside(method).some((part) => part.kind === 'Slice' && part.lower?.kind === 'Num' && part.lower.value === 1),
  );

/** Sizes that nobody knows may be 1. */
const isVague = (...shapes: readonly Shape[]): boolean =>
  shapes.some(({ dims }) => dims.some((size) => symbolsOf(size).some(({ role }) => role === 'unknown')));

/** A name of the input that is 1 in the target, at the same place: the same thing, of which there is one by default. */
const isOneByChance = (from: Shape, to: Shape): boolean =>
  to.dims.some((size, i) => size === 1 && i > 0 && symbolsOf(from.dims[i] ?? 1).length > 0);

/** `x.view(-1, 256 * 6 * 6)`: with another input size the batch takes up the rest, and nobody is told. */
export const batchInView: Finder = (subject) =>
  reshapings(subject).flatMap(({ call, from, to }) => {
    const [batch, ...rest] = from.dims;
    const [first, ...kept] = to.dims;
    const size = product(kept);
    if (batch === undefined || first === undefined || rest.length < 2 || typeof size !== 'number' || kept.length === 0)
      return [];
    // Without a known number among them there is no telling what they were meant to be.
    if (!rest.some((size) => typeof size === 'number' && size > 1)) return [];
    const own = product(rest);
    if (symbolsOf(own).some(({ role }) => role === 'unknown')) return [];
    if (same(batch, first) || typeof own === 'number' || !isInferred(call) || isSuffix(from.dims, size)) return [];
    return [hint('batch-in-view', call, { shape: from, product: own, size })];
  });

/**
 * `x.transpose(1, 2).view(b, n, c)`: what is merged does not lie together in memory. A proof with numbers is a fault of
 * the op; with names it holds for all sizes but 1, and for inputs that lie in memory in the order of their axes.
 */
export const viewOfMoved: Finder = (subject) =>
  reshapings(subject).flatMap(({ call, op, input, from, to }) => {
    const { func } = call;
    const { output } = op;
    if (op.fault || !/\.view$/.test(functionName(op) ?? '') || func.kind !== 'Attribute' || output.kind !== 'tensor')
      return [];
    if (!isRefused(subject.run.facts, input, output.shape.dims)) return [];
    const edits = [{ start: func.attrStart, end: func.end, newText: 'reshape' }];
    return [warning('view-of-moved', call, { from, to }, { edits })];
  });

/** Whether the first size is left to the library. */
const isInferred = ({ args }: Call): boolean => {
  const list = args.map(({ value }) => value).find(({ kind }) => kind === 'Tuple' || kind === 'List');
  const value = list?.kind === 'Tuple' || list?.kind === 'List' ? list.items[0] : args[0]?.value;
  return value?.kind === 'UnaryOp' && value.op === '-' && value.operand.kind === 'Num' && value.operand.value === 1;
};

/** Whether the last axes alone have that many elements: the ones before them were meant to be merged. */
const isSuffix = (dims: readonly Dim[], size: number): boolean =>
  dims.some((_, i) => i > 1 && same(product(dims.slice(i)), size));

/** `x.squeeze()` drops every axis of size 1: the batch too, when it is a single one. */
export const squeezeAll: Finder = (subject) =>
  subject.run.trace.ops.flatMap((op): readonly Trap[] => {
    const call = ownCall(subject, op.node);
    const [input, ...others] = op.args.positional;
    if (!call || !/\.squeeze$/.test(functionName(op) ?? '') || input?.kind !== 'tensor' || input.shape.rest) return [];
    if (others.length > 0 || op.args.keywords.size > 0 || call.args.length > 1) return [];
    const { dims } = simplifyShape(subject.run.facts, input.shape);
    const [batch, ...rest] = dims;
    const ones = rest.flatMap((size, i) => (size === 1 ? [i + 1] : []));
    if (batch === undefined || !isOpen(batch) || ones.length === 0) return [];
    return [
      hint('squeeze-all', call, { shape: { dims }, axis: batch }, { edits: [squeezed(call, ones, dims.length)] }),
    ];
  });

/** Whether an input decides a size. */
const isOpen = (size: Dim): boolean => symbolsOf(size).some(({ role }) => role === 'free');

/** Names the axes; where they are all behind the channels, `flatten(1)` says it best. */
const squeezed = (call: Call, ones: readonly number[], rank: number): TextEdit => {
  const [first = 1] = ones;
  const start = call.func.end;
  const [given] = call.args;
  if (given) {
    const axes = ones.length > 1 ? `(${ones.join(', ')})` : first - rank === -1 ? '-1' : `${first}`;
    return { start: given.end, end: given.end, newText: `, ${axes}` };
  }
  if (ones.length === 1) return { start, end: call.end, newText: `(${first - rank === -1 ? -1 : first})` };
  if (first === 2 && ones.length === rank - 2 && call.func.kind === 'Attribute')
    return { start: call.func.attrStart, end: call.end, newText: 'flatten(1)' };
  return { start, end: call.end, newText: `((${ones.join(', ')}))` };
};

/** An even kernel with half of it as padding: the map grows by one. */
export const evenKernelGrows: Finder = (subject) => {
  const { facts, trace } = subject.run;
  const found = new Map<Call, Trap>();
  const steps = timeline(trace);
  for (const { layer, inputs, output } of trace.events) {
    const call = ownCall(subject, layer.site?.node);
    const [input] = inputs;
    if (!call || !isLayer(layer, /^Conv[123][dD]$/) || input?.kind !== 'tensor' || output.kind !== 'tensor') continue;
    const [kernel = 0] = numbersIn(layer.attrs.get('kernel_size'));
    const [padding = 0] = numbersIn(layer.attrs.get('padding'));
    if (kernel < 4 || kernel % 2 === 1 || padding !== kernel / 2) continue;
    const [before, after] = [input.shape.dims.at(-1), output.shape.dims.at(-1)];
    if (before === undefined || after === undefined || isCropped(steps, output)) continue;
    if (same(simplify(facts, after), simplify(facts, add(before, 1))))
      found.set(call, hint('even-kernel-grows', call, { kernel, padding }));
  }
  return [...found.values()];
};

/** Whether a map, or what keeps its last size, is cut afterwards: then it has grown on purpose. */
const isCropped = (steps: readonly Step[], map: Tensor): boolean => {
  const kept = new Set<Value | Arg>([map]);
  return steps.some((step) => {
    if (!given(step).some((value) => kept.has(value))) return false;
    const { output } = step;
    const [before, after] = [map.shape.dims.at(-1), output.kind === 'tensor' ? output.shape.dims.at(-1) : undefined];
    if (before !== undefined && after !== undefined && same(before, after)) kept.add(output);
    return isOp(step) && step.name === '[]';
  });
};
