import { add, type Dim, neg, same } from '../dims';
import type { GraphNode, LayerGraph } from '../graph';
import type { Arg } from '../ops';
import type { Value } from '../values';
import type { ChannelValue } from './channel-value';
import type { Border } from './operator';
import { callOf } from './read';
import { axisOf, casesOf, inputOf, mapOf, supposed, type Wires } from './wires';

type Edge = LayerGraph['edges'][number];

/** A border of numbers that each channel has by itself, laid around a tensor by several calls. */
export interface Bordering {
  readonly operator: Border;
  /** What brings the tensor that the border is laid around. */
  readonly input: Edge;
  /** The calls that lay it, without the last one. */
  readonly inside: readonly number[];
}

/** Where a border lies, and what fills it. */
interface Frame {
  readonly sides: Map<number, { before: Dim; after: Dim }>;
  readonly values: (Value | Arg)[];
  readonly inside: number[];
  input: Edge;
}

/** Reads a border whose last call is this node: a padded tensor, one that is written over, or pieces that are joined. */
export const borderOf = (wires: Wires, node: GraphNode): Bordering | undefined => {
  const [shape] = node.outputs;
  const rank = shape && !shape.rest ? shape.dims.length : undefined;
  const channels = shape?.dims[1];
  if (rank === undefined || rank < 3 || channels === undefined) return undefined;
  const frame = writtenOver(wires, node, rank) ?? joinedUp(wires, node, rank) ?? zerosAround(wires, node, rank);
  if (!frame) return undefined;
  const isResponse = fillsWithResponse(wires, frame, rank);
  if (isResponse === undefined) return undefined;
  const axes = Array.from({ length: rank - 2 }, (_, i) => frame.sides.get(i + 2) ?? { before: 0, after: 0 });
  return { operator: { op: 'border', channels, axes, isResponse }, input: frame.input, inside: frame.inside };
};

/** `y = F.pad(x, …)`, then `y[:, :, :p, :] = values` for each side. */
const writtenOver = (wires: Wires, node: GraphNode, rank: number): Frame | undefined => {
  const written: { readonly axis: number; readonly before: boolean; readonly size: Dim }[] = [];
  const values: (Value | Arg)[] = [];
  const inside: number[] = [];
  let at: GraphNode | undefined = node;
  while (at?.ran?.name === '[]=') {
    const [, ...keys] = at.ran.args.positional;
    const value = keys.pop();
    const side = sideOf(keys, rank);
    const before = inputOf(wires, at);
    if (!side || !value || !before) return undefined;
    written.push(side);
    values.push(value);
    at = wires.graph.nodes[before.from];
    if (at) inside.push(at.id);
  }
  if (!at || written.length === 0) return undefined;
  const sides = paddedSides(wires, at, rank);
  const input = inputOf(wires, at);
  const fits = (axis: number, before: boolean, size: Dim): boolean =>
    written.some((w) => w.axis === axis && w.before === before && same(w.size, size));
  const isWhole = [...(sides ?? [])].every(
    ([axis, { before, after }]) =>
      (same(before, 0) || fits(axis, true, before)) && (same(after, 0) || fits(axis, false, after)),
  );
  const isInside = written.every(({ axis, before, size }) => {
    const side = sides?.get(axis);
    return side !== undefined && same(before ? side.before : side.after, size);
  });
  return sides && input && isWhole && isInside ? { sides, values, inside, input } : undefined;
};

/** `F.pad(x, …)` alone. */
const zerosAround = (wires: Wires, node: GraphNode, rank: number): Frame | undefined => {
  const [sides, input] = [paddedSides(wires, node, rank), inputOf(wires, node)];
  const isWritten = wires.from(node.id).some(({ to }) => wires.graph.nodes[to]?.ran?.name === '[]=');
  const call = callOf(node, casesOf(wires, node));
  const [mode, value] = [call?.arg('mode'), call?.arg('value')];
  const isZero = !value || value.kind === 'none' || (value.kind !== 'tensor' && wires.channelValue(value, 1) === 0);
  if (!sides || !input || isWritten || !isZero || mode?.kind !== 'str' || mode.value !== 'constant') return undefined;
  return { sides, values: [{ kind: 'int', value: 0 }], inside: [], input };
};

/** Which end of which axis an index takes: `[:, :, :p, :]` the first `p` of axis 2. */
const sideOf = (
  keys: readonly Arg[],
  rank: number,
): { readonly axis: number; readonly before: boolean; readonly size: Dim } | undefined => {
  const dots = keys.findIndex((key) => key.kind === 'ellipsis');
  const full = Array.from({ length: Math.max(0, rank - keys.length + 1) }, () => undefined);
  const all = dots < 0 ? keys : [...keys.slice(0, dots), ...full, ...keys.slice(dots + 1)];
  const cut = all.flatMap((key, axis) => (key === undefined || isFull(key) ? [] : [{ key, axis }]));
  const [only, more] = cut;
  if (!only || more || only.key.kind !== 'slice' || only.axis < 2) return undefined;
  const { lower, upper, step } = only.key;
  if (step.kind !== 'none') return undefined;
  if (isStart(lower) && upper.kind === 'int') return { axis: only.axis, before: true, size: upper.value };
  return lower.kind === 'int' && upper.kind === 'none'
    ? { axis: only.axis, before: false, size: neg(lower.value) }
    : undefined;
};

const isStart = (bound: Arg): boolean => bound.kind === 'none' || (bound.kind === 'int' && same(bound.value, 0));

const isFull = (key: Arg): boolean => key.kind === 'slice' && isStart(key.lower) && key.upper.kind === 'none';

/** What a padding adds to the axes behind the channels; the last axis comes first in its arguments. */
const paddedSides = (wires: Wires, node: GraphNode, rank: number): Frame['sides'] | undefined => {
  const call = callOf(node, casesOf(wires, node));
  if (!call || !/^(pad|_pad.*|.*pad\dd)$/i.test(call.name)) return undefined;
  const amounts = call.arg('pad', 'padding');
  if (amounts?.kind !== 'tuple' && amounts?.kind !== 'sequence') return undefined;
  const sizes = amounts.items.flatMap((item: Arg | Value) => (item.kind === 'int' ? [item.value] : []));
  if (sizes.length !== amounts.items.length || sizes.length !== 2 * (rank - 2)) return undefined;
  return new Map(
    Array.from({ length: rank - 2 }, (_, i) => [
      rank - 1 - i,
      { before: sizes[2 * i] ?? 0, after: sizes[2 * i + 1] ?? 0 },
    ]),
  );
};

/** `cat([top, x, top], dim=2)`, then the same along the other axes. */
const joinedUp = (wires: Wires, node: GraphNode, rank: number): Frame | undefined => {
  const frame: Omit<Frame, 'input'> & { input: Edge | undefined } = {
    sides: new Map(),
    values: [],
    inside: [],
    input: undefined,
  };
  for (let at: GraphNode | undefined = node; at; at = wires.graph.nodes[frame.input?.from ?? -1]) {
    const input = inputOf(wires, at);
    const piece = input && joinedAxis(wires, at, rank);
    if (!piece || frame.sides.has(piece.axis)) break;
    if (at !== node) frame.inside.push(at.id);
    frame.sides.set(piece.axis, piece);
    frame.values.push(...piece.values);
    frame.input = input;
  }
  const { input, ...found } = frame;
  return input && { ...found, input };
};

interface Joined {
  readonly axis: number;
  readonly before: Dim;
  readonly after: Dim;
  readonly values: readonly (Value | Arg)[];
}

const joinedAxis = (wires: Wires, node: GraphNode, rank: number): Joined | undefined => {
  if (!/(^|\.)(cat|concat|concatenate)$/.test(node.ran?.name ?? '')) return undefined;
  const call = callOf(node, casesOf(wires, node));
  const [list, at] = [call?.arg('tensors', 'x'), call?.arg('dim', 'axis')];
  if (list?.kind !== 'tuple' && list?.kind !== 'sequence') return undefined;
  if (at?.kind !== 'int' || typeof at.value !== 'number') return undefined;
  const axis = at.value < 0 ? at.value + rank : at.value;
  const items: readonly (Value | Arg)[] = list.items;
  const data = items.findIndex((item) => wires.channelValue(item, 1) === undefined);
  if (axis < 2 || data < 0) return undefined;
  const sizes = items.map((item) => (item.kind === 'tensor' && !item.shape.rest ? item.shape.dims[axis] : undefined));
  const values = items.filter((_, i) => i !== data);
  if (values.some((value) => wires.channelValue(value, 1) === undefined)) return undefined;
  const total = (part: readonly (Dim | undefined)[]): Dim | undefined =>
    part.reduce<Dim | undefined>((n, size) => (n === undefined || size === undefined ? undefined : add(n, size)), 0);
  const [before, after] = [total(sizes.slice(0, data)), total(sizes.slice(data + 1))];
  return before === undefined || after === undefined ? undefined : { axis, before, after, values };
};

/** Whether the border holds what the layers before it make of zeros; undefined where that is not known. */
const fillsWithResponse = (wires: Wires, { values, input }: Frame, rank: number): boolean | undefined => {
  if (values.some((value) => value.kind !== 'int' && !isOfChannels(wires, value, rank))) return undefined;
  let all = true;
  for (const seed of SEEDS) {
    const numberFor: ChannelValue = (value) => wires.channelValue(value, seed);
    const response = responseOf(wires, input, numberFor);
    const filled = values.map(numberFor);
    if (response === undefined || filled.some((v) => v === undefined)) return undefined;
    all &&= filled.every((v) => Math.abs((v ?? 0) - response) < 1e-9 * (1 + Math.abs(response)));
  }
  return all;
};

const SEEDS = [1, 2, 3];

/** Whether the numbers of a vector stand along the channels. */
const isOfChannels = (wires: Wires, value: Value | Arg, rank: number): boolean => {
  const narrow = wires.narrow(value);
  const place = narrow.kind === 'tensor' ? axisOf(narrow.shape, rank) : undefined;
  return place?.axis === 'channels';
};

/** What a channel gets where the layer with weights before it is given nothing but zeros: its bias, and what follows it. */
const responseOf = (wires: Wires, edge: Edge, numberFor: ChannelValue): number | undefined => {
  const node = wires.graph.nodes[edge.from];
  const map = node && mapOf(wires, node);
  const call = node && callOf(node, [...casesOf(wires, node), ...supposed(node)]);
  if (!map || !call) return undefined;
  const own = (...names: readonly string[]): number | undefined => {
    const value = call.arg(...names);
    return value && numberFor(value);
  };
  if (map.op === 'conv') return map.shift ? own('bias') : 0;
  if (map.op !== 'diagonal' || (map.role !== 'norm' && map.role !== 'identity')) return undefined;
  const before = inputOf(wires, node);
  const x = before && responseOf(wires, before, numberFor);
  if (x === undefined || map.role === 'identity') return x;
  const [mean, variance, epsilon] = [
    own('running_mean', 'mean'),
    own('running_var', 'variance'),
    own('eps', 'epsilon'),
  ];
  const scale = call.arg('weight')?.kind === 'tensor' ? own('weight') : 1;
  const shift = call.arg('bias')?.kind === 'tensor' ? own('bias') : 0;
  if ([mean, variance, epsilon, scale, shift].includes(undefined)) return undefined;
  return ((x - (mean ?? 0)) * (scale ?? 1)) / Math.sqrt((variance ?? 1) + (epsilon ?? 0)) + (shift ?? 0);
};
