import { type Dim, mul, same } from '../dims';
import type { Value } from '../values';
import { commonParent, type Flow, type Work } from './flow';
import { found, type Idiom, type IdiomKind, type Role } from './idiom';
import { turnedValue } from './tokens';
import {
  dimsOf,
  isContraction,
  isConv,
  isLinear,
  isMaskWork,
  isMatmul,
  isMove,
  isNorm,
  isProduct,
  isSum,
  walkBack,
  walkOn,
} from './works';

/** Scores of queries with keys, softmax, and the values summed by these weights. */
export const attention = (flow: Flow): readonly Idiom[] =>
  flow.works.flatMap((work) => {
    if (work.name === 'softmax') return written(flow, work);
    return /^scaleddotproductattention$|^multiheadattention(forward)?$/.test(work.name) ? fused(flow, work) : [];
  });

/** Attention that is written out. */
const written = (flow: Flow, softmax: Work): readonly Idiom[] => {
  const [input] = softmax.inputs;
  const toScores = input && wayToScores(flow, input);
  const gather = walkOn(flow, softmax, (work) => isProduct(work) || isMove(work)).next;
  if (!toScores || !gather || !isContraction(gather)) return [];
  const { scores, passed } = toScores;
  const [q, k] = scores.inputs;
  const v = gather.inputs.find((value) => !flow.between(softmax.output, value));
  if (!q || !k || !v) return [];
  const masks = passed.filter(isMask);
  const peaks = passed.flatMap((work) => work.inputs.flatMap((value) => flow.maker(value) ?? [])).filter(isPeak);
  return describe(
    flow,
    {
      q,
      k,
      v,
      core: [scores, ...peaks, ...passed, softmax, gather],
      causal: masks.some((mask) => isCausal(flow, mask)),
    },
    [
      [scores, 'scores'],
      ...masks.map((mask) => [mask, 'mask'] as const),
      ...passed
        .filter((work) => isProduct(work) || work.name === '/' || work.name === 'div')
        .map((work) => [work, 'scale'] as const),
      [softmax, 'softmax'],
      [gather, 'gather'],
    ],
  );
};

/** Attention as one call. */
const fused = (flow: Flow, work: Work): readonly Idiom[] => {
  const [q, k, v] = work.inputs;
  if (!q || !k || !v) return [];
  const causal = work.op.args.keywords.get('is_causal');
  const isSet = causal?.kind === 'bool' && causal.value === true;
  return describe(flow, { q, k, v, core: [work], causal: isSet }, [[work, 'gather']]);
};

interface Parts {
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
  readonly core: readonly Work[];
  readonly causal: boolean;
}

const describe = (
  flow: Flow,
  { q, k, v, core, causal }: Parts,
  steps: readonly (readonly [Work, Role])[],
): readonly Idiom[] => {
  const ways = [q, k, v].map((value) => wayToSource(flow, value));
  const [query, key, value] = ways;
  const last = core.at(-1);
  if (!query || !key || !value || !last) return [];
  const origin = originOf(flow, query.value, key.value, value.value);
  if (!origin) return [];
  const isAcross = origin === 'attention' && !causal && isOverChannels(flow, core[0], q, query.value);
  const kind: IdiomKind = causal ? 'causal-attention' : isAcross ? 'channel-self-attention' : origin;
  const after = walkOn(flow, last, (work) => isMove(work));
  const project = after.next && (isLinear(after.next) || isConv(after.next)) ? [after.next] : [];
  const heads = headsOf(flow, core[0], q);
  const merging = after.passed.filter((work) => /^(view|reshape|flatten|rearrange)$/.test(work.name)).slice(0, 1);
  const splitting =
    heads === undefined
      ? []
      : ways.flatMap(({ passed }) =>
          passed.filter((work) => /^(view|reshape|unflatten|rearrange)$/.test(work.name)).slice(0, 1),
        );
  const works = [
    ...ways.flatMap(({ passed, turning }) => [...passed, ...turning]),
    ...core,
    ...after.passed,
    ...project,
  ];
  return [
    found(
      kind,
      commonParent(flow, works),
      works,
      (project[0] ?? after.passed.at(-1) ?? last).output,
      [
        ...splitting.map((work) => [work, 'split-heads'] as const),
        ...steps,
        ...(heads === undefined ? [] : merging.map((work) => [work, 'merge-heads'] as const)),
        ...project.map((work) => [work, 'project'] as const),
      ],
      heads === undefined ? {} : { heads },
    ),
  ];
};

/** From queries, keys or values back to what they were projected from, through a rotation by their position. */
const wayToSource = (
  flow: Flow,
  value: Value,
): { readonly value: Value; readonly passed: readonly Work[]; readonly turning: readonly Work[] } => {
  const { passed: after, value: end } = walkBack(flow, value, isPreparing);
  const turned = turnedValue(flow, end);
  const before = turned ? walkBack(flow, turned, isPreparing).passed : [];
  const passed = [...after, ...before];
  const length = passed.findLastIndex((work) => isLinear(work) || isConv(work)) + 1;
  // Without a projection queries, keys and values are the same numbers, each in an order of its own.
  const first = length === 0 && !turned ? end : passed[length - 1]?.inputs[0];
  const turning = (turned && length > after.length && flow.between(turned, end)) || [];
  return { value: flow.origin(first ?? value), passed: length === 0 ? passed : passed.slice(0, length), turning };
};

/** What prepares queries, keys and values: projections, norms, moves, scaling, heads that several queries share. */
const isPreparing = (work: Work): boolean =>
  /^repeat(interleave)?$/.test(work.name) ||
  isLinear(work) ||
  isConv(work) ||
  isMove(work) ||
  isNorm(work) ||
  work.name === 'normalize' ||
  ((isProduct(work) || isQuotient(work)) && (work.inputs.length === 1 || isScaled(work)));

const isQuotient = ({ name }: Work): boolean => name === '/' || name === 'div';

/** A learnable temperature, one number for each head. */
const isScaled = ({ inputs: [, second, more] }: Work): boolean =>
  second?.kind === 'tensor' && second.parameter !== undefined && !more;

/** Where queries, keys and values come from: of one value, of two, or each is handed over by itself. */
const originOf = (
  flow: Flow,
  query: Value,
  key: Value,
  value: Value,
): 'attention' | 'cross-attention' | 'given-attention' | undefined => {
  // Only queries and keys may have been told their places before.
  if (query === key && (key === value || flow.between(value, key))) return 'attention';
  if (query !== key && key === value) return isElsewhere(flow, query, key) ? 'cross-attention' : undefined;
  const isGiven = (one: Value): boolean =>
    flow.maker(one) === undefined && one.kind === 'tensor' && !one.parameter && flow.alternatives(one).length === 1;
  return [query, key, value].every(isGiven) && new Set([query, key, value]).size === 3 ? 'given-attention' : undefined;
};

/** Whether the places are what is summed over, so that channels are compared with channels. */
const isOverChannels = (flow: Flow, scores: Work | undefined, query: Value, source: Value): boolean => {
  const [from, left, keys] = [source, scores?.inputs[0], scores?.inputs[1]].map((value) => dimsOf(flow, value));
  const isProductOfTwo = scores !== undefined && isMatmul(scores);
  const [summed, last] = [left?.at(-1), isProductOfTwo ? dimsOf(flow, scores.output)?.at(-1) : keys?.at(-2)];
  if (!scores || scores.name === 'einsum' || !from || summed === undefined || last === undefined) return false;
  const isLast = wayToSource(flow, query).passed.some(isLinear);
  const places = from.length < 3 ? [] : isLast || from.length === 3 ? from.slice(1, -1) : from.slice(2);
  if (places.length === 0) return false;
  const all = places.reduce((product, size) => mul(product, size));
  return same(summed, all) && !same(last, all);
};

/** Two values of which neither is the other's input: they come from elsewhere. */
const isElsewhere = (flow: Flow, a: Value, b: Value): boolean => flow.between(a, b) === undefined;

/** `[B, h, N, d]`: the heads are the second axis; of `einsum` the second that queries, keys and scores have in common. */
const headsOf = (flow: Flow, scores: Work | undefined, query: Value): Dim | undefined => {
  const dims = dimsOf(flow, query);
  if (dims?.length !== 4) return undefined;
  const pattern = scores?.name === 'einsum' ? scores.op.args.positional[0] : undefined;
  if (pattern?.kind !== 'str') return dims[1];
  const [q = '', k = '', out = ''] = pattern.value.replaceAll(' ', '').split(/,|->/);
  const shared = [...q].filter((axis) => k.includes(axis) && out.includes(axis));
  return shared.length === 2 ? dims[q.indexOf(shared[1] ?? '')] : undefined;
};

/** From what softmax gets back to the product of queries and keys: scaled, masked, with a bias. */
const wayToScores = (
  flow: Flow,
  from: Value,
): { readonly scores: Work; readonly passed: readonly Work[] } | undefined => {
  const passed: Work[] = [];
  let at: Value = from;
  for (let steps = 0; steps < 8; steps++) {
    const [work, other] = flow.alternatives(at).map((value) => flow.maker(value));
    const made = work ?? other;
    if (!made) return undefined;
    if (isContraction(made)) return made.inputs.length === 2 ? { scores: made, passed } : undefined;
    if (!isOnTheWay(made)) return undefined;
    passed.unshift(made);
    const next = made.inputs.find((value) => leadsToScores(flow, value));
    if (!next) return undefined;
    at = next;
  }
  return undefined;
};

const leadsToScores = (flow: Flow, value: Value): boolean => {
  const made = flow
    .alternatives(value)
    .map((one) => flow.maker(one))
    .find((one) => one !== undefined);
  return made !== undefined && (isContraction(made) || isOnTheWay(made));
};

/** What scores may pass before softmax: scaling, masks, a bias; their largest is taken off so that exp stays finite. */
const isOnTheWay = (work: Work): boolean =>
  isSum(work) || isProduct(work) || isMask(work) || isMove(work) || /^(-|sub|\/|div)$/.test(work.name);

const isPeak = ({ name }: Work): boolean => name === 'amax' || name === 'max';

const isMask = ({ name }: Work): boolean => name === 'maskedfill' || name === 'where';

/** Whether a mask was cut from a triangle, here or in the constructor. */
const isCausal = (flow: Flow, mask: Work): boolean => mask.inputs.some((value) => isTriangle(flow, value, 0));

const isTriangle = (flow: Flow, value: Value, depth: number): boolean => {
  if (depth > DEEPEST) return false;
  const made = flow.maker(value);
  if (made) {
    const [next] = made.inputs;
    return (
      /^(tril|triu)$/.test(made.name) ||
      (next !== undefined && (isMove(made) || isMaskWork(made)) && isTriangle(flow, next, depth + 1))
    );
  }
  const held = flow.run.trace.sources.get(flow.origin(value))?.values ?? [];
  return held.some((one) => isTriangle(flow, one, depth + 1));
};

const DEEPEST = 8;
