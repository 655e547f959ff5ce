import { chainOf, commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import { isConv, isPointwise, isSum, isUpsample } from './works';

/** Maps of several sizes, each through a 1×1 convolution of its own, then from the smallest on raised and added: an FPN. */
export const pyramids = (flow: Flow): readonly Idiom[] => {
  const sums = flow.works.filter((work) => isSum(work) && isTopDown(flow, work));
  const [first] = sums;
  if (!first) return [];
  const parent = commonParent(flow, sums);
  const inside = flow.works.filter((work) => chainOf(flow.run.trace.events, work.parent).includes(parent));
  // What makes the maps as well is more than a pyramid; one of them alone is none.
  const levels = inside.filter((work) => isPointwise(work) && isGiven(flow, work));
  return parent < 0 || levels.length < 2
    ? []
    : [
        found(
          'fpn',
          parent,
          inside,
          first.output,
          sums.map((sum) => [sum, 'fuse'] as const),
        ),
      ];
};

/** A map of one level, convolved, with a smaller one that is raised without weights. */
const isTopDown = (flow: Flow, { inputs: [a, b, more] }: Work): boolean => {
  if (!a || !b || more) return false;
  return [
    [a, b],
    [b, a],
  ].some(([lateral, upper]) => {
    if (!lateral || !upper) return false;
    const raised = flow.maker(upper);
    const made = flow.alternatives(lateral).map((value) => flow.maker(value));
    const isRaised = raised !== undefined && isUpsample(raised) && !/^convtranspose/.test(raised.name);
    return isRaised && made.some((work) => work && isConv(work) && isPointwise(work) && isGiven(flow, work));
  });
};

/** Whether a layer works on what comes from outside. */
const isGiven = (flow: Flow, { inputs: [input] }: Work): boolean =>
  input !== undefined && flow.alternatives(input).every((value) => flow.maker(value) === undefined);
