import { same } from '../dims';
import { commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import { dimsOf, isActivation, isConv, isNorm, isProduct, isSum, isUpsample, walkBack } from './works';

/** A branch that is pooled, convolved and raised again weights what other convolutions make of the same map. */
export const pooledAttention = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isProduct).flatMap((product) => {
    const sides = product.inputs.map((value) => walkBack(flow, value, isOnWay));
    const [pooled, ...others] = sides.filter(({ passed }) => isRaised(passed));
    const main = sides.find((side) => side !== pooled);
    if (sides.length !== 2 || !pooled || !main || others.length > 0) return [];
    if (pooled.value !== main.value || !main.passed.some(isConv) || !isWholeMap(flow, product)) return [];
    const [next, more] = flow.users(product);
    const [raised] = pooled.passed;
    const isAdded = next && !more && raised && isSum(next) && next.inputs.some((v) => flow.maker(v) === raised);
    const last = isAdded ? next : product;
    const works = [...new Set([...main.passed, ...pooled.passed, product, last])];
    return [
      found('pooled-attention', commonParent(flow, works), works, last.output, [
        [product, 'apply'],
        ...(isAdded ? [[next, 'append'] as const] : []),
      ]),
    ];
  });

const isOnWay = (work: Work): boolean =>
  isConv(work) || isNorm(work) || isActivation(work) || isUpsample(work) || isPool(work);

const isPool = ({ name }: Work): boolean => /pool$/.test(name);

/** Pooled first, raised last, with a convolution between. */
const isRaised = (passed: readonly Work[]): boolean => {
  const [up, conv, pool] = [isUpsample, isConv, isPool].map((is) => passed.findIndex(is));
  return up !== undefined && conv !== undefined && pool !== undefined && 0 <= up && up < conv && conv < pool;
};

/** Both sides are maps of the same size: weights of a channel or a place alone are other attentions. */
const isWholeMap = (flow: Flow, { inputs: [a, b] }: Work): boolean => {
  const [left, right] = [dimsOf(flow, a), dimsOf(flow, b)];
  return left?.length === 4 && left.every((size, i) => size !== 1 && same(size, right?.[i] ?? 0));
};
