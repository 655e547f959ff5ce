import { type Dim, same } from '../dims';
import type { LayerEvent } from '../interp';
import type { ObjectValue } from '../values';
import { chainOf, commonParent, type Flow, isApart, type Work } from './flow';
import { found, type Idiom, type IdiomKind, type Whole } from './idiom';
import { stacksOf } from './stacks';
import { isActivation, isConv, isLinear, isMaskWork, isMove, isNorm, isProduct, parameterBehind } from './works';

/**
 * A residual around attention, others of a decoder, then one around a feed-forward network or gate: a block of a
 * transformer. Each may stand in a module of its own.
 */
export const transformers = (flow: Flow, idioms: readonly Idiom[]): readonly Idiom[] => {
  const { events } = flow.run.trace;
  const residuals = idioms.filter(({ kind }) => kind === 'residual').toSorted((a, b) => starts(a) - starts(b));
  const holding = (outer: Idiom, kinds: ReadonlySet<IdiomKind>): boolean =>
    idioms.some((inner) => {
      const last = inner.works.at(-1);
      if (!kinds.has(inner.kind) || !last || !outer.works.includes(last)) return false;
      // Keys and values may come from elsewhere.
      return kinds === ATTENTION || inner.works.every((w) => outer.works.includes(w));
    });
  const outside = ({ parent }: Idiom): number | undefined => events[parent]?.parent;
  const isBeside = (a: Idiom, b: Idiom): boolean =>
    a.parent === b.parent || (outside(a) !== undefined && outside(a) === outside(b) && (outside(a) ?? -1) >= 0);
  return residuals.flatMap((first, at) => {
    if (!holding(first, ATTENTION)) return [];
    const later = residuals.slice(at + 1).filter((one) => isBeside(first, one) && starts(one) > starts(first));
    const end = later.findIndex((one) => holding(one, FORWARD));
    const all = [first, ...later.slice(0, end + 1)];
    const last = all.at(-1);
    if (end < 0 || !last || later.slice(0, end).some((one) => !holding(one, ATTENTION))) return [];
    const works = all.flatMap((one) => one.works);
    const beside = idioms.flatMap((inner) =>
      ATTENTION.has(inner.kind) && isAmong(works, inner.works.at(-1)) ? inner.works : [],
    );
    const own = [...new Set([...works, ...beside])];
    return [found('transformer-block', commonParent(flow, own), own, last.output, [])];
  });
};

const ATTENTION: ReadonlySet<IdiomKind> = new Set([
  'attention',
  'causal-attention',
  'cross-attention',
  'given-attention',
  'channel-self-attention',
]);
const FORWARD: ReadonlySet<IdiomKind> = new Set(['feed-forward', 'gate']);

const isAmong = (works: readonly Work[], one: Work | undefined): boolean => one !== undefined && works.includes(one);

const starts = ({ works }: Idiom): number => works[0]?.id ?? 0;

/** Channel attention, then spatial attention on what it gave. */
export const cbams = (flow: Flow, idioms: readonly Idiom[]): readonly Idiom[] =>
  idioms.flatMap((channel) => {
    if (channel.kind !== 'cbam-channel' && channel.kind !== 'channel-attention') return [];
    const spatial = idioms.find(
      ({ kind, works }) =>
        kind === 'spatial-attention' && works[0]?.inputs.some((v) => flow.origin(v) === flow.origin(channel.output)),
    );
    if (!spatial) return [];
    const works = [...channel.works, ...spatial.works];
    return [found('cbam', commonParent(flow, works), works, spatial.output, [])];
  });

/** Without those that stand instead of another one. */
const together = <T>(all: readonly T[], worksOf: (one: T) => readonly Work[]): readonly T[] => {
  const kept: T[] = [];
  const isInstead = (a: T, b: T): boolean => worksOf(a).some((one) => worksOf(b).some((other) => isApart(one, other)));
  for (const one of all) if (!kept.some((other) => isInstead(other, one))) kept.push(one);
  return kept;
};

/** Two skips or more: down to small maps and up again. */
export const uNets = (flow: Flow, idioms: readonly Idiom[]): readonly Idiom[] => {
  const skips = together(
    idioms.filter(({ kind }) => kind === 'skip'),
    ({ works }) => works,
  );
  const last = skips.at(-1);
  if (skips.length < 2 || !last) return [];
  const parent = commonParent(
    flow,
    skips.flatMap(({ works }) => works),
  );
  const works = flow.works.filter((work) => chainOf(flow.run.trace.events, work.parent).includes(parent));
  // A join of a loop that also joins maps which nothing raised is one skip more.
  const places = new Set(skips.flatMap((one) => one.works.map(({ node }) => node)));
  const runs = works.filter(({ node }) => places.has(node));
  const count = together(runs, (work) => [work]).length;
  const sizes = count === skips.length ? { skips: count } : {};
  return works.length === 0 ? [] : [found('u-net', parent, works, last.output, [], sizes)];
};

/** Layers that learn in front of a sampling of μ and σ, and behind it: an encoder and a decoder. */
export const autoencoders = (flow: Flow, idioms: readonly Idiom[]): readonly Idiom[] =>
  idioms.flatMap((sampling) => {
    // σ by softplus is also that of noise on scores, as in front of a choice of experts.
    if (sampling.kind !== 'sampling' || sampling.works[0]?.name !== 'exp') return [];
    const [first, last] = [sampling.works[0]?.id ?? 0, sampling.works.at(-1)?.id ?? 0];
    for (const parent of chainOf(flow.run.trace.events, sampling.parent)) {
      const works = flow.works.filter((work) => chainOf(flow.run.trace.events, work.parent).includes(parent));
      const learning = works.filter((work) => isLinear(work) || isConv(work));
      if (learning.some(({ id }) => id < first) && learning.some(({ id }) => id > last))
        return [found('autoencoder', parent, works, sampling.output, [])];
    }
    return [];
  });

/** The kinds that may name a whole module, the more telling first. */
const NAMING: readonly IdiomKind[] = [
  'autoencoder',
  'u-net',
  'transformer-block',
  'cbam',
  'inverted-residual',
  'bottleneck',
  'projected-residual',
  'adapted-residual',
  'residual',
  'branches',
  'sinusoidal-embedding',
  'coordinate-attention',
  'cbam-channel',
  'eca',
  'channel-attention',
  'spatial-attention',
  'cross-attention',
  'causal-attention',
  'channel-self-attention',
  'attention',
  'given-attention',
  'patch-embedding',
  'depthwise-separable',
  'fpn',
  'mixture',
  'multi-scale',
  'parallel',
  'pooled-attention',
  'cheap-features',
  'gate',
  'feed-forward',
  'dense',
  'gated-unit',
  'rms-norm',
  'drop-path',
  'hard-swish',
  'hard-sigmoid',
  'pixel-shuffle',
  'pixel-unshuffle',
  'channel-shuffle',
  'heads',
];

/** The calls of a module that do again what one before did, mostly on another way: `x + f(x)`, or else `f(x)`. */
const repeatedCalls = (events: readonly LayerEvent[]): ReadonlySet<number> => {
  const first = new Map<ObjectValue, LayerEvent>();
  const found = new Set<number>();
  for (const [index, event] of events.entries()) {
    const before = first.get(event.layer);
    if (!before) first.set(event.layer, event);
    else if (before.parent === event.parent && isSameInput(before, event)) found.add(index);
  }
  return found;
};

const isSameInput = (a: LayerEvent, b: LayerEvent): boolean =>
  a.inputs.length === b.inputs.length && a.inputs.every((input, i) => input === b.inputs[i]);

/** What the modules of a run are. */
export const wholesOf = (flow: Flow, idioms: readonly Idiom[]): ReadonlyMap<ObjectValue, Whole> => {
  const { events } = flow.run.trace;
  const inside = new Map<number, Work[]>();
  const again = repeatedCalls(events);
  for (const work of flow.works) {
    const chain = chainOf(events, work.parent);
    if (chain.some((event) => again.has(event))) continue;
    for (const event of chain) {
      const known = inside.get(event);
      if (known) known.push(work);
      else inside.set(event, [work]);
    }
  }
  const ranked = NAMING.flatMap((kind) => idioms.filter((idiom) => idiom.kind === kind && idiom.works.length > 0));
  const wholes = new Map<ObjectValue, Whole>();
  for (const [event, works] of inside) {
    const layer = events[event]?.layer;
    const isMany = (work: Work): boolean => isRunMany(events, event, work);
    const whole = layer && !wholes.has(layer) ? wholeOf(flow, ranked, works, isMany) : undefined;
    if (layer && whole) wholes.set(layer, whole);
  }
  for (const [layer, idiom] of stacksOf(flow, wholes, inside, again)) wholes.set(layer, { idiom, after: [] });
  return wholes;
};

/** Whether a module runs what does this work as often as a parameter says: it is many of those, not one. */
const isRunMany = (events: readonly LayerEvent[], module: number, { parent }: Work): boolean => {
  const chain = chainOf(events, parent);
  const often = (event: number): Dim => events[event]?.repeat ?? 1;
  return chain.slice(0, Math.max(0, chain.indexOf(module))).some((event) => !same(often(event), often(module)));
};

const wholeOf = (
  flow: Flow,
  ranked: readonly Idiom[],
  works: readonly Work[],
  isMany: (work: Work) => boolean,
): Whole | undefined => {
  const own = new Set(works);
  for (const idiom of ranked) {
    if (!idiom.works.every((work) => own.has(work) || isOutside(idiom, work))) continue;
    if (!OVER_MANY.has(idiom.kind) && idiom.works.some(isMany)) continue;
    const after = behindOf(flow, ranked, idiom, works);
    if (after) return { idiom, after, branch: branchOf(flow, ranked, idiom, own) };
  }
  return undefined;
};

/** What a module does behind an idiom, or undefined where it does more than that, or does it before. */
const behindOf = (
  flow: Flow,
  ranked: readonly Idiom[],
  idiom: Idiom,
  works: readonly Work[],
): readonly Work[] | undefined => {
  const covered = new Set(idiom.works);
  const last = Math.max(...idiom.works.map(({ id }) => id));
  const after: Work[] = [];
  for (const work of works) {
    // What another way does instead is not behind it.
    if (covered.has(work) || isSmall(work) || idiom.works.some((one) => isApart(one, work))) continue;
    if (isShortcut(ranked, idiom, work) || isCondition(flow, idiom, work)) continue;
    if (work.id < last || after.length === MOST_BEHIND) return undefined;
    after.push(work);
  }
  return after;
};

/** What does the same to each of several maps or parts is one all the same. */
const OVER_MANY: ReadonlySet<IdiomKind> = new Set(['fpn', 'mixture', 'heads']);

/** The idiom that is all of the branch of a residual block, norms and scaling beside it left out. */
const branchOf = (
  flow: Flow,
  ranked: readonly Idiom[],
  { kind, works }: Idiom,
  all: ReadonlySet<Work>,
): Idiom | undefined => {
  if (kind !== 'residual') return undefined;
  return ranked.find((inner) => {
    if (!BRANCHES.has(inner.kind) || !inner.works.every((work) => all.has(work))) return false;
    const covered = new Set(inner.works);
    return works.every(
      (work) =>
        covered.has(work) ||
        work === works.at(-1) ||
        isSmall(work) ||
        inner.works.some((one) => isApart(one, work)) ||
        (isProduct(work) && work.inputs.some((value) => parameterBehind(flow, value))),
    );
  });
};

const BRANCHES: ReadonlySet<IdiomKind> = new Set([
  'attention',
  'causal-attention',
  'cross-attention',
  'given-attention',
  'channel-self-attention',
  'feed-forward',
  'gate',
  'channel-attention',
  'spatial-attention',
  'coordinate-attention',
  'eca',
  'cbam',
  'depthwise-separable',
]);

/** What is made of another input and only flows into a residual block steers it: the embedding of a time step. */
const isCondition = (flow: Flow, { kind, works, output }: Idiom, work: Work): boolean => {
  const main = works[0]?.inputs[0];
  return (
    /residual$/.test(kind) &&
    main !== undefined &&
    flow.between(main, work.output) === undefined &&
    flow.between(work.output, main) === undefined &&
    flow.between(work.output, output) !== undefined
  );
};

/** The sum that adds the input back to what an inverted residual gives is part of it. */
const isShortcut = (ranked: readonly Idiom[], { kind, works }: Idiom, sum: Work): boolean =>
  kind === 'inverted-residual' &&
  ranked.some(
    (one) => one.kind === 'residual' && one.works.at(-1) === sum && works.every((work) => one.works.includes(work)),
  );

/** The weights of an attention are often applied by whoever called for them. */
const isOutside = (idiom: Idiom, work: Work): boolean =>
  idiom.kind !== 'hard-swish' && isProduct(work) && work.output === idiom.output;

/** More than this behind an idiom, and the module is more than it. */
const MOST_BEHIND = 1;

/** Work that a name may leave out: it learns nothing or only puts numbers in place. */
const isSmall = (work: Work): boolean => isNorm(work) || isActivation(work) || isMove(work) || isMaskWork(work);
