import { chainOf, commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import { isProduct, isSigmoid, isSum, parameterBehind } from './works';

/** `x · rsqrt(mean(x²) + ε) · weight`, or the same with a root and a quotient: RMSNorm. */
export const rmsNorms = (flow: Flow): readonly Idiom[] =>
  flow.works.flatMap((scaled) => {
    const root = scaled.inputs.map((value) => flow.maker(value)).find((work) => work && isRootFor(scaled, work));
    const [x] = scaled.inputs.filter((value) => flow.maker(value) !== root || !root);
    const summed = root?.inputs[0] && flow.maker(root.inputs[0]);
    const mean = summed && isSum(summed) && summed.inputs[0] ? flow.maker(summed.inputs[0]) : summed;
    const square = mean?.name === 'mean' && mean.inputs[0] ? flow.maker(mean.inputs[0]) : undefined;
    const source = square && isSquare(flow, square) ? square.inputs[0] : undefined;
    if (!root || !summed || !mean || !square || !source || !x || flow.origin(x) !== flow.origin(source)) return [];
    const weighted = flow
      .users(scaled)
      .find((user) => isProduct(user) && user.inputs.some((v) => parameterBehind(flow, v)));
    const works = [square, mean, ...(summed === mean ? [] : [summed]), root, scaled, ...(weighted ? [weighted] : [])];
    return [found('rms-norm', commonParent(flow, works), works, (weighted ?? scaled).output, [])];
  });

const isRootFor = (scaled: Work, { name }: Work): boolean =>
  isProduct(scaled) ? name === 'rsqrt' : /^(\/|div|divide)$/.test(scaled.name) && name === 'sqrt';

const isSquare = (flow: Flow, work: Work): boolean => {
  if (work.name === 'square') return true;
  const [a, b] = work.inputs;
  if (isProduct(work)) return a !== undefined && b !== undefined && flow.origin(a) === flow.origin(b);
  const [, power] = work.op.args.positional;
  return /^(pow|\*\*)$/.test(work.name) && power?.kind === 'int' && power.value === 2;
};

/**
 * `(1 − z)·h + z·q` of a gate z, where another gate weights h on its way to q: a gated recurrent unit. Without the second
 * gate it is a highway.
 */
export const gatedUnits = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isSum).flatMap((sum) => {
    const [a, b, more] = sum.inputs.map((value) => flow.maker(value));
    if (!a || !b || more || !isProduct(a) || !isProduct(b)) return [];
    const unit = [
      [a, b],
      [b, a],
    ].some(([kept, taken]) => kept && taken && isBlend(flow, sum, kept, taken));
    if (!unit) return [];
    const { events } = flow.run.trace;
    const works = flow.works.filter(({ id, parent }) => id <= sum.id && chainOf(events, parent).includes(sum.parent));
    return [found('gated-unit', sum.parent, works, sum.output, [])];
  });

/** Whether one product is of a gate and the other of what is left of it, in whatever order. */
const isBlend = (flow: Flow, sum: Work, rest: Work, own: Work): boolean => {
  const gateOf = (product: Work): Work | undefined =>
    product.inputs.map((value) => flow.maker(value)).find((work) => work && isSigmoid(work));
  const left = rest.inputs
    .map((value) => flow.maker(value))
    .find((work) => work && /^(-|sub|rsub|subtract)$/.test(work.name));
  const gate = gateOf(own);
  if (!gate || !left || left.inputs.length !== 1 || !left.inputs[0] || flow.maker(left.inputs[0]) !== gate)
    return false;
  const [mixed] = [rest, own].flatMap(({ inputs }) =>
    inputs
      .filter((value) => flow.maker(value) !== gate && flow.maker(value) !== left)
      .map((value) => flow.origin(value)),
  );
  return flow.works.some(
    (work) =>
      work.id < sum.id &&
      isProduct(work) &&
      work !== rest &&
      work !== own &&
      [rest, own].some(({ inputs }) =>
        inputs.some((value) => work.inputs.some((one) => flow.origin(one) === flow.origin(value))),
      ) &&
      mixed !== undefined &&
      gateOf(work) !== undefined &&
      gateOf(work) !== gate &&
      flow.between(work.output, sum.output) !== undefined,
  );
};
