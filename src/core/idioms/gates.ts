import { same } from '../dims';
import { commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import { dimsOf, isActivation, isConv, isLinear, isMove, isProduct, isSum, walkBack } from './works';

/** Two halves or projections of one value, one of them through an activation, multiplied. */
export const gates = (flow: Flow, idioms: readonly Idiom[]): readonly Idiom[] => {
  const taken = new Set(idioms.flatMap(({ works }) => works.filter(isProduct)));
  return flow.works
    .filter((work) => (isProduct(work) && !taken.has(work)) || work.name === 'glu' || work.name === 'swiglu')
    .flatMap((work) =>
      isProduct(work) ? gate(flow, work) : [found('gate', work.parent, [work], work.output, [[work, 'gate']])],
    );
};

const gate = (flow: Flow, product: Work): readonly Idiom[] => {
  const sides = product.inputs.map((value) =>
    walkBack(flow, value, (work) => isLinear(work) || isConv(work) || isMove(work) || isActivation(work)),
  );
  const [a, b, more] = sides;
  if (!a || !b || more || a.value !== b.value) return [];
  const active = sides.map(({ passed }) => passed[0] !== undefined && isActivation(passed[0]));
  if (active[0] === active[1]) return [];
  const weighted = sides.map(({ passed }) => passed.some((work) => isLinear(work) || isConv(work)));
  if (!weighted[0] || !weighted[1]) return [];
  // `x·sigmoid(x)` is an activation, and a summary of the map a channel attention.
  const [p, q] = product.inputs.map((value) => dimsOf(flow, value));
  if (!p || !q || p.length !== q.length || p.some((size, i) => !same(size, q[i] ?? 0))) return [];
  const works = [...new Set([...a.passed, ...b.passed, product])];
  return [found('gate', commonParent(flow, works), works, product.output, [[product, 'gate']])];
};

/** `mu + std * randn_like(std)`: the noise stands outside, so that gradients pass to both. */
export const samplings = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isSum).flatMap((sum) => {
    const product = sum.inputs.map((value) => flow.maker(value)).find((work) => work && isProduct(work));
    const [noise, spread] = [/^(randnlike|randn|normal)$/, /^(exp|softplus)$/].map((pattern) =>
      product?.inputs.map((value) => flow.maker(value)).find((work) => work && pattern.test(work.name)),
    );
    if (!product || !noise || !spread) return [];
    return [
      found('sampling', commonParent(flow, [product, sum]), [spread, noise, product, sum], sum.output, [
        [sum, 'noise'],
      ]),
    ];
  });
