import { same } from '../dims';
import { commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import {
  dimsOf,
  isActivation,
  isConv,
  isJoin,
  isMove,
  isNorm,
  isUpsample,
  isWeighted,
  parameterBehind,
  walkBack,
  windowField,
} from './works';

const isBranch = (work: Work): boolean => isConv(work) || isNorm(work) || isActivation(work);

/** Maps joined along the channels: with one of an earlier stage, of several scales, or all that came before. */
export const joins = (flow: Flow): readonly Idiom[] =>
  flow.works
    .filter((join) => isJoin(join) && isAlongChannels(flow, join))
    .flatMap((join) => multiScale(flow, join) ?? skip(flow, join) ?? dense(flow, join) ?? []);

/** Joined along the second axis of a map. */
const isAlongChannels = (flow: Flow, join: Work): boolean => {
  const whole = dimsOf(flow, join.output);
  const part = join.inputs.map((input) => dimsOf(flow, input)).find((dims) => dims !== undefined);
  if (whole?.length !== 4 || !part) return false;
  return (
    [2, 3].every((axis) => part[axis] !== undefined && whole[axis] !== undefined && same(part[axis], whole[axis])) &&
    !same(part[1] ?? 0, whole[1] ?? 0)
  );
};

/** Parallel branches of one value that see windows of different reach. */
const multiScale = (flow: Flow, join: Work): readonly Idiom[] | undefined => {
  const ways = join.inputs.map((value) =>
    walkBack(flow, value, (work) => isBranch(work) || isUpsample(work) || /pool$/.test(work.name)),
  );
  const [first] = ways;
  if (ways.length < 3 || !first || !ways.every(({ value }) => value === first.value)) return undefined;
  // Steps of one chain see further one after the other.
  const isChain = join.inputs.some((input, i) => {
    const made = flow.maker(flow.origin(input));
    return made && ways.some(({ passed }, j) => j !== i && passed.includes(made));
  });
  if (isChain) return undefined;
  const rates = new Set(
    ways.flatMap(({ passed }) =>
      passed.filter(isConv).map((conv) => JSON.stringify(windowField(conv, 'dilation') ?? 1)),
    ),
  );
  const pools = ways.filter(({ passed }) => passed.some(({ name }) => /pool$/.test(name)) && passed.some(isUpsample));
  if (rates.size < 3 && pools.length < 3) return undefined;
  const works = [...ways.flatMap(({ passed }) => passed), join];
  return [found('multi-scale', commonParent(flow, works), works, join.output, [[join, 'join']])];
};

/** An upsampled map with one that came before the downsampling, or from outside. */
const skip = (flow: Flow, join: Work): readonly Idiom[] | undefined => {
  const [a, b, more] = join.inputs;
  if (!a || !b || more) return undefined;
  const isUp = [a, b].map((value) => {
    const way = walkBack(flow, value, (work) => isBranch(work) || isUpsample(work) || work.name === 'pad');
    return way.passed.slice(0, 6).some(isUpsample);
  });
  if (isUp[0] === isUp[1]) return undefined;
  const [raised, other] = isUp[0] ? [a, b] : [b, a];
  const earlier = flow.origin(other);
  const made = flow.maker(earlier);
  if (made && flow.between(earlier, raised) === undefined) return undefined;
  if (!made && earlier.kind === 'tensor' && earlier.parameter) return undefined;
  return [found('skip', join.parent, [join], join.output, [[join, 'join']])];
};

/** A value with what was made of it, side by side. */
const dense = (flow: Flow, join: Work): readonly Idiom[] | undefined => {
  const inputs = join.inputs.map((value) => flow.origin(value));
  const last = inputs.at(-1);
  if (inputs.length < 2 || !last || inputs.some((value) => parameterBehind(flow, value))) return undefined;
  // Each is made of the one before it.
  const grows = inputs.every((value, i) => {
    const before = inputs[i - 1];
    return before === undefined || ((flow.between(before, value) ?? []).some(isWeighted) && !isSliced(flow, value));
  });
  if (!grows) return undefined;
  const [first] = inputs;
  const works = (first && flow.between(first, join.output)) ?? [join];
  return [
    found('dense', commonParent(flow, works), works, join.output, [[join, inputs.length > 2 ? 'join' : 'append']]),
  ];
};

const isSliced = (flow: Flow, value: Parameters<Flow['origin']>[0]): boolean => {
  const made = flow.maker(value);
  return made !== undefined && isMove(made);
};
