import { same } from '../dims';
import type { Arg } from '../ops';
import type { Value } from '../values';
import { chainOf, commonParent, type Flow, type Work } from './flow';
import { found, type Idiom, type IdiomKind } from './idiom';
import {
  dimsOf,
  isActivation,
  isConv,
  isJoin,
  isLinear,
  isMove,
  isProduct,
  isSigmoid,
  isSum,
  isUpsample,
  walkBack,
  walkOn,
} from './works';

/** Weights between 0 and 1 for channels or places, from a summary of the map that they are multiplied onto. */
export const mapAttention = (flow: Flow): readonly Idiom[] => {
  const coordinate = flow.works.filter(isJoin).flatMap((join) => coordinates(flow, join));
  const taken = new Set(coordinate.flatMap(({ works }) => works));
  const gates = flow.works.filter((work) => isSigmoid(work) && !taken.has(work));
  return [
    ...coordinate,
    ...gates.flatMap((gate) => channels(flow, gate) ?? places(flow, gate) ?? sites(flow, gate) ?? []),
  ];
};

const isMap = (work: Work): boolean =>
  isConv(work) || isLinear(work) || isActivation(work) || isMove(work) || /norm$/.test(work.name);

/** Pooled to one place a channel, mapped, squashed, multiplied on. */
const channels = (flow: Flow, gate: Work): readonly Idiom[] | undefined => {
  const [input] = gate.inputs;
  const sum = input && flow.maker(input);
  const ways = (sum && isSum(sum) ? sum.inputs : input ? [input] : []).map((value) => walkBack(flow, value, isMap));
  const pools = ways.map(({ value }) => flow.maker(value));
  const [pool] = pools;
  const source = pool?.inputs[0] && flow.origin(pool.inputs[0]);
  if (
    !pool ||
    !source ||
    !pools.every((one) => one && isGlobalPool(flow, one) && one.inputs[0] && flow.origin(one.inputs[0]) === source)
  )
    return undefined;
  const maps = ways.map(({ passed }) => passed.filter((work) => isConv(work) || isLinear(work)));
  const [first] = maps;
  if (!first || first.length === 0) return undefined;
  const both =
    ways.length === 2 && isSameLayers(maps) && new Set(pools.map((one) => /max/.test(one?.name ?? ''))).size === 2;
  if (ways.length > 1 && !both) return undefined;
  const isOneD = first.length === 1 && /1d/.test(typeOf(first[0]));
  if (first.length < 2 && !isOneD) return undefined;
  const product = appliedTo(flow, gate, source);
  if (!product && !isLast(flow, gate)) return undefined;
  const kind: IdiomKind = both ? 'cbam-channel' : isOneD ? 'eca' : 'channel-attention';
  const works = flow.between(source, (product ?? gate).output) ?? [];
  return [
    found(
      kind,
      commonParent(flow, [...ways.flatMap(({ passed }) => passed), gate, pool, ...(product ? [product] : [])]),
      works,
      (product ?? gate).output,
      [
        ...(product ? [[product, 'apply'] as const] : []),
        [gate, 'weights'],
        ...(first.length > 1 ? restoring(first) : []),
      ],
    ),
  ];
};

/** The outermost map stands first, because the walk went backwards. */
const restoring = (maps: readonly Work[]): readonly (readonly [Work, 'reduce' | 'restore'])[] => {
  const [restore, reduce] = [maps[0], maps.at(-1)];
  return restore && reduce
    ? [
        [reduce, 'reduce'],
        [restore, 'restore'],
      ]
    : [];
};

const typeOf = (work: Work | undefined): string => work?.op.name.toLowerCase() ?? '';

const isSameLayers = (maps: readonly (readonly Work[])[]): boolean => {
  const [a, b] = maps;
  return (
    a !== undefined &&
    b !== undefined &&
    a.length === b.length &&
    a.every((work, i) => work.layer !== undefined && work.layer === b[i]?.layer)
  );
};

/** Makes one number of each channel of a map. */
const isGlobalPool = (flow: Flow, work: Work): boolean => {
  if (!/pool$|^mean$|^amax$|^max$/.test(work.name)) return false;
  const [input] = work.inputs;
  const [from, to] = [dimsOf(flow, input), dimsOf(flow, work.output)];
  // Whoever takes the mean over axes 2 and 3 has a map with a height and a width.
  if (!from) return isOverPlaces(work);
  if (!to || from.length < 3) return false;
  const [, ...spatial] = to.slice(1);
  const kept = from[1] !== undefined && to[1] !== undefined && same(from[1], to[1]);
  return kept && spatial.every((size) => size === 1);
};

const isOverPlaces = ({ name, op }: Work): boolean => {
  const axes: Arg | Value | undefined =
    op.args.positional[1] ?? op.args.keywords.get('dim') ?? op.args.keywords.get('axis');
  const items = axes && /^(tuple|list|sequence)$/.test(axes.kind) && 'items' in axes ? axes.items : [];
  const [a, b] = items.map((item) => ('kind' in item && item.kind === 'int' ? item.value : undefined));
  return name === 'mean' && items.length === 2 && a === 2 && b === 3;
};

/** The product with the map itself, behind moves that only give the weights their axes. */
const appliedTo = (flow: Flow, gate: Work, source: Value): Work | undefined => {
  const { next } = walkOn(flow, gate, isMove);
  return next && isProduct(next) && next.inputs.some((value) => flow.alternatives(value).includes(source))
    ? next
    : undefined;
};

const isLast = (flow: Flow, gate: Work): boolean => {
  const output = flow.run.output;
  return output !== undefined && walkBack(flow, output, isMove).value === flow.origin(gate.output);
};

/** Mean and maximum over the channels, joined, one convolution, squashed: a weight for every place. */
const places = (flow: Flow, gate: Work): readonly Idiom[] | undefined => {
  const [input] = gate.inputs;
  const way = input && walkBack(flow, input, (work) => isConv(work) || /norm$/.test(work.name));
  const join = way && flow.maker(way.value);
  if (!way?.passed.some(isConv) || !join || !isJoin(join)) return undefined;
  const summaries = join.inputs.map((value) => flow.maker(value));
  const source = summaries[0]?.inputs[0] && flow.origin(summaries[0].inputs[0]);
  if (
    summaries.length < 2 ||
    !source ||
    !summaries.every(
      (one) => one && isOverChannels(flow, one) && one.inputs[0] && flow.origin(one.inputs[0]) === source,
    )
  )
    return undefined;
  const channel = dimsOf(flow, gate.output)?.[1];
  if (channel !== 1) return undefined;
  const product = appliedTo(flow, gate, source);
  if (!product && !isLast(flow, gate)) return undefined;
  const output = (product ?? gate).output;
  return [
    found(
      'spatial-attention',
      commonParent(flow, [gate, join, ...(product ? [product] : [])]),
      flow.between(source, output) ?? [],
      output,
      [...(product ? [[product, 'apply'] as const] : []), [gate, 'weights']],
    ),
  ];
};

/** Convolutions of the map itself, of others too, down to one channel: what is let through at every place. */
const sites = (flow: Flow, gate: Work): readonly Idiom[] | undefined => {
  const { next: product } = walkOn(flow, gate, (work) => isMove(work) || isUpsample(work));
  if (!product || !isProduct(product)) return undefined;
  const weights = dimsOf(
    flow,
    product.inputs.find((value) => flow.between(gate.output, value)),
  );
  const source = product.inputs.find((value) => !flow.between(gate.output, value));
  const map = dimsOf(flow, source);
  const works = source && flow.between(flow.origin(source), gate.output);
  if (!source || !works?.some(isConv) || map?.length !== 4 || weights?.length !== 4) return undefined;
  const isOne = weights[1] === 1 && map[1] !== 1;
  const isSame = [2, 3].every((axis) => same(weights[axis] ?? 0, map[axis] ?? 1) && map[axis] !== 1);
  if (!isOne || !isSame || !works.every((work) => isMap(work) || isSum(work) || isUpsample(work))) return undefined;
  const steps = [[product, 'apply'] as const, [gate, 'weights'] as const];
  const parent = commonParent(flow, [gate, product]);
  const own = flow.works.filter(
    (work) =>
      work === product ||
      work === gate ||
      (chainOf(flow.run.trace.events, work.parent).includes(parent) &&
        flow.between(work.output, gate.output) !== undefined),
  );
  return [found('spatial-attention', parent, own, product.output, steps)];
};

const isOverChannels = (flow: Flow, work: Work): boolean =>
  /^(mean|amax|max)$/.test(work.name) &&
  dimsOf(flow, work.inputs[0])?.length === 4 &&
  dimsOf(flow, firstOf(work.output))?.[1] === 1;

const firstOf = (value: Value): Value => (value.kind === 'tuple' && value.items[0] ? value.items[0] : value);

/** Pooled along the width and along the height, joined, mapped together, split, and both multiplied on. */
const coordinates = (flow: Flow, join: Work): readonly Idiom[] => {
  const pools = join.inputs.map((value) => flow.maker(walkBack(flow, value, isMove).value));
  const [a, b, more] = pools;
  const source = a?.inputs[0] && flow.origin(a.inputs[0]);
  if (!a || !b || more || !source || !b.inputs[0] || flow.origin(b.inputs[0]) !== source) return [];
  const sides = [dimsOf(flow, a.output), dimsOf(flow, b.output)].map((dims) =>
    dims?.length === 4 ? dims.slice(2).map((d) => d === 1) : [],
  );
  const [p, q] = sides;
  if (p?.[0] === q?.[0] || p?.[1] === q?.[1] || p?.[0] === p?.[1]) return [];
  const gates = flow.works.filter((work) => isSigmoid(work) && flow.between(join.output, work.output) !== undefined);
  const product = flow.works.find(
    (work) =>
      isProduct(work) &&
      work.inputs.some((v) => flow.origin(v) === source) &&
      work.inputs.some(
        (v) => flow.between(join.output, v) !== undefined && gates.some((gate) => flow.between(gate.output, v)),
      ),
  );
  const [first, second] = gates;
  if (!first || !second || !product) return [];
  const last =
    flow
      .users(product)
      .find((user) => isProduct(user) && user.inputs.some((v) => flow.between(join.output, v) !== undefined)) ??
    product;
  return [
    found(
      'coordinate-attention',
      commonParent(flow, [join, first, second, last]),
      flow.between(source, last.output) ?? [],
      last.output,
      [
        [last, 'apply'],
        [join, 'join'],
        [first, sideOf(flow, first)],
        [second, sideOf(flow, second)],
      ],
    ),
  ];
};

/** Whether weights belong to the rows or to the columns: those of rows are one wide. */
const sideOf = (flow: Flow, { output }: Work): 'weights' | 'row-weights' | 'column-weights' => {
  const [, , height, width] = dimsOf(flow, output) ?? [];
  if (width === 1) return 'row-weights';
  return height === 1 ? 'column-weights' : 'weights';
};
