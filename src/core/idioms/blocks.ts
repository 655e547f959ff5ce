import { type Dim, decide, floorDiv, mul, noFacts, same } from '../dims';
import { commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import { isActivation, isConv, isDepthwise, isLinear, isNorm, isPointwise, walkOn, widthsOf } from './works';

const isFollow = (work: Work): boolean => isNorm(work) || isActivation(work);

/** A depthwise convolution, then a pointwise one: alone, or between two pointwise ones. */
export const separable = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isDepthwise).flatMap((depthwise) => {
    const after = walkOn(flow, depthwise, isFollow);
    const { next: pointwise } = after;
    if (!pointwise || !isPointwise(pointwise)) return inverted(flow, depthwise);
    const widened = inverted(flow, depthwise);
    if (widened.length > 0) return widened;
    const works = [depthwise, ...after.passed, pointwise];
    return [
      found('depthwise-separable', commonParent(flow, works), works, pointwise.output, [
        [depthwise, 'depthwise'],
        [pointwise, 'pointwise'],
      ]),
    ];
  });

/** 1×1 wider, which a condition may leave out, depthwise, then 1×1 that is not wider, without an activation behind it. */
const inverted = (flow: Flow, depthwise: Work): readonly Idiom[] => {
  const expand = widening(flow, depthwise);
  const project = expand && nextPointwise(flow, depthwise);
  const [wide, narrow] = [expand && widthsOf(expand), project && widthsOf(project)];
  if (!expand || !isPointwise(expand) || !project || !wide || !narrow) return [];
  if (!isWider(wide[1], wide[0]) || mayBeWider(narrow[1], wide[1])) return [];
  const behind = walkOn(flow, project, isNorm);
  if (behind.next && isActivation(behind.next)) return [];
  const works = flow.between(expand.inputs[0] ?? expand.output, project.output) ?? [];
  return [
    found(
      'inverted-residual',
      commonParent(flow, [expand, depthwise, project]),
      [...works, ...behind.passed],
      project.output,
      [
        [expand, 'widen'],
        [depthwise, 'depthwise'],
        [project, 'narrow'],
      ],
    ),
  ];
};

/** The convolution that makes what a depthwise one takes; where it is left out, the depthwise one takes what it takes. */
const widening = (flow: Flow, depthwise: Work): Work | undefined => {
  const [input] = depthwise.inputs;
  const ways = input ? flow.alternatives(input) : [];
  const [expand, more] = ways.flatMap((way) => lastConv(flow, flow.maker(way)) ?? []);
  const given = expand?.inputs[0];
  if (!expand || more || !given) return undefined;
  return ways.every((way) => flow.maker(way) || way === flow.origin(given)) ? expand : undefined;
};

/** Whether one width is at least another one for all that is known; parameters of their own are taken to be smaller. */
const mayBeWider = (a: Dim, b: Dim): boolean => decide(noFacts, { kind: 'lt', left: a, right: b }) === false;

/** The convolution behind norms and activations. */
const lastConv = (flow: Flow, work: Work | undefined): Work | undefined => {
  let at = work;
  while (at && isFollow(at)) at = at.inputs[0] && flow.maker(at.inputs[0]);
  return at && isConv(at) ? at : undefined;
};

/** The next pointwise convolution: a channel attention may stand before it. */
const nextPointwise = (flow: Flow, from: Work): Work | undefined => {
  let at: Work | undefined = from;
  for (let steps = 0; at && steps < 8; steps++) {
    const users: readonly Work[] = flow.users(at);
    const product = users.find(({ name }) => name === '*' || name === 'mul');
    at = users.length === 1 ? users[0] : product;
    if (at && isPointwise(at) && users.length === 1) return at;
    if (at && isConv(at)) return undefined;
  }
  return undefined;
};

/** Whether one width is certainly larger than another one, taking multipliers to be above one. */
const isWider = (a: Dim, b: Dim): boolean =>
  decide(noFacts, { kind: 'lt', left: b, right: a }) === true || isMultiple(a, b);

/** `4·c` or `expand·c` of `c`. */
const isMultiple = (a: Dim, b: Dim): boolean => {
  if (typeof b === 'number') return false;
  const times = floorDiv(a, b);
  return times !== 0 && times !== 1 && same(mul(times, b), a);
};

/** 1×1 narrower, k×k, 1×1 wider: the way of a residual block. */
export const bottlenecks = (flow: Flow, idioms: readonly Idiom[]): readonly Idiom[] =>
  idioms
    .filter(({ kind }) => /residual$/.test(kind) && kind !== 'inverted-residual')
    .flatMap(({ works, parent, output }) => {
      const shortcut = new Set(
        works.filter((work) => isConv(work) && flow.users(work).length > 0 && isShortcut(flow, work, works)),
      );
      const convs = works.filter((work) => isConv(work) && !shortcut.has(work));
      const [first, middle, last, more] = convs;
      if (!first || !middle || !last || more || !isPointwise(first) || isPointwise(middle) || !isPointwise(last))
        return [];
      const [entry, exit] = [widthsOf(first), widthsOf(last)];
      if (!entry || !exit || !isWider(exit[1], exit[0])) return [];
      return [
        found('bottleneck', parent, works, output, [
          [first, 'narrow'],
          [last, 'widen'],
        ]),
      ];
    });

/** Whether a convolution goes straight to the sum without another one behind it, beside longer ways. */
const isShortcut = (flow: Flow, conv: Work, works: readonly Work[]): boolean => {
  const input = conv.inputs[0] && flow.origin(conv.inputs[0]);
  const next = walkOn(flow, conv, isNorm).next;
  const isSumNext = next?.name === '+' || next?.name === 'add';
  return (
    isSumNext &&
    works.some(
      (other) =>
        other !== conv && isConv(other) && other.inputs[0] !== undefined && flow.origin(other.inputs[0]) === input,
    )
  );
};

/** Linear, activation, linear back to the width at the start. */
export const feedForward = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isLinear).flatMap((first) => {
    const act = walkOn(flow, first, isActivation);
    const { next: second } = act;
    const [entry, exit] = [widthsOf(first), second && isLinear(second) ? widthsOf(second) : undefined];
    if (!second || !entry || !exit || act.passed.length !== 1 || !sameWidth(entry[0], exit[1])) return [];
    // Narrow in the middle it is a gate's or a bottleneck's, not a transformer's.
    if (decide(noFacts, { kind: 'lt', left: entry[1], right: entry[0] }) === true || isFloor(entry[1])) return [];
    const rank = first.inputs[0]?.kind === 'tensor' ? first.inputs[0].shape : undefined;
    if (rank && !rank.rest && rank.dims.length < 3) return [];
    const works = [first, ...act.passed, second];
    return [
      found('feed-forward', commonParent(flow, works), works, second.output, [
        [first, 'widen'],
        [second, 'narrow'],
      ]),
    ];
  });

const sameWidth = (a: Dim, b: Dim): boolean => decide(noFacts, { kind: 'eq', left: a, right: b }) === true;

/** `⌊c/16⌋`: narrower, as far as anybody can tell. */
const isFloor = (size: Dim): boolean =>
  typeof size !== 'number' &&
  size.terms.some(({ monomial }) => monomial.powers.some(({ factor }) => factor.kind === 'floor'));
