import { same } from '../dims';
import { commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import {
  dimsOf,
  isActivation,
  isConv,
  isDepthwise,
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
    .flatMap((join) => branched(flow, join) ?? skip(flow, join) ?? cheap(flow, join) ?? dense(flow, join) ?? []);

/** Joined along the second axis of a map. */
const isAlongChannels = (flow: Flow, join: Work): boolean => {
  const whole = dimsOf(flow, join.output);
  const part = join.inputs.map((input) => dimsOf(flow, input)).find((dims) => dims !== undefined);
  if (!part || !whole || whole.length < 4 || part.length !== whole.length) return false;
  return whole.every((size, axis) => axis < 2 || same(part[axis] ?? 0, size)) && !same(part[1] ?? 0, whole[1] ?? 0);
};

/** Parallel branches of one value: of windows of different reach, or of kernels of different sizes. */
const branched = (flow: Flow, join: Work): readonly Idiom[] | undefined => {
  const ways = join.inputs.map((value) => walkBack(flow, value, isOnBranch));
  const [first] = ways;
  if (ways.length < 3 || !first || !ways.every(({ value }) => value === first.value)) return undefined;
  // Steps of one chain see further one after the other.
  const isChain = join.inputs.some((input, i) => {
    const made = flow.maker(flow.origin(input));
    return made && ways.some(({ passed }, j) => j !== i && passed.includes(made));
  });
  const kind = isChain ? undefined : branchedKind(ways);
  if (!kind) return undefined;
  const works = [...ways.flatMap(({ passed }) => passed), join];
  return [found(kind, commonParent(flow, works), works, join.output, [[join, 'join']])];
};

const isOnBranch = (work: Work): boolean => isBranch(work) || isUpsample(work) || isPool(work);

const isPool = ({ name }: Work): boolean => /pool$/.test(name);

const branchedKind = (
  ways: readonly { readonly passed: readonly Work[] }[],
): 'multi-scale' | 'parallel' | undefined => {
  const windows = (name: 'dilation' | 'kernel_size') =>
    ways.map(({ passed }) => passed.filter(isConv).map((conv) => JSON.stringify(windowField(conv, name) ?? 1)));
  const pools = ways.filter(({ passed }) => passed.some(isPool) && passed.some(isUpsample));
  if (new Set(windows('dilation').flat()).size >= 3 || pools.length >= 3) return 'multi-scale';
  const isWhole = ways.every(({ passed }) => passed.some((work) => isConv(work) || isPool(work)));
  const isUp = ways.some(({ passed }) => passed.some(isUpsample));
  // A branch that only pools in front of its 1×1 convolution is one of its own.
  const kernels = new Set(
    windows('kernel_size').map((sizes, i) => `${ways[i]?.passed.some(isPool) ? 'pool ' : ''}${sizes.join()}`),
  );
  return isWhole && !isUp && kernels.size >= 3 ? 'parallel' : undefined;
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

/** What a convolution made, with what a depthwise one makes of that at little cost. */
const cheap = (flow: Flow, join: Work): readonly Idiom[] | undefined => {
  const [a, b, more] = join.inputs;
  if (!a || !b || more) return undefined;
  const [own, other] = [walkBack(flow, a, isBranch), walkBack(flow, b, isBranch)];
  const made = other.passed.slice(0, other.passed.length - own.passed.length);
  const [conv, second] = made.filter(isConv);
  const isOfIt = own.passed.length > 0 && own.passed.every((work) => other.passed.includes(work));
  if (
    !conv ||
    second ||
    !isDepthwise(conv) ||
    !isOfIt ||
    !own.passed.some((work) => isConv(work) && !isDepthwise(work))
  )
    return undefined;
  const works = [...other.passed, join];
  return [found('cheap-features', commonParent(flow, works), works, join.output, [[join, 'join']])];
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
