import type { Value } from '../values';
import type { Flow, Work } from './flow';
import { found, type Idiom } from './idiom';
import { dimsOf, isMove, isProduct, isSum } from './works';

/** A mask with one random number for each sample, multiplied onto a branch: the branch is skipped at times. */
export const dropPaths = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isProduct).flatMap((product) => {
    const isMasked = product.inputs.length === 2 && product.inputs.some((value) => isMask(flow, value));
    if (!isMasked) return [];
    const { trace } = flow.run;
    const whole = trace.events[product.parent];
    const isAll = whole !== undefined && flow.alternatives(whole.output).includes(flow.origin(product.output));
    const works = isAll ? flow.works.filter(({ parent }) => parent === product.parent) : [product];
    return [found('drop-path', product.parent, works, product.output, [[product, 'drop']])];
  });

/** `[B, 1, 1, 1]`, made of random numbers. */
const isMask = (flow: Flow, value: Value): boolean => {
  const [batch, ...others] = dimsOf(flow, value) ?? [];
  const isPerSample = batch !== undefined && batch !== 1 && others.length > 0 && others.every((size) => size === 1);
  return isPerSample && isRandom(flow, value, 0);
};

const isRandom = (flow: Flow, value: Value, depth: number): boolean => {
  const work = flow.maker(value);
  if (!work || depth > DEEPEST) return false;
  if (/^(rand|bernoulli)$/.test(work.name)) return true;
  return isArithmetic(work) && work.inputs.some((input) => isRandom(flow, input, depth + 1));
};

const DEEPEST = 6;

const isArithmetic = (work: Work): boolean =>
  isSum(work) || isProduct(work) || isMove(work) || /^(floor|\/|div|<|>|<=|>=|lt|gt)$/.test(work.name);
