import type { Value } from '../values';
import { commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import { isJoin, isMove, isProduct, walkBack } from './works';

/**
 * A number (a time step, a place) as sines and cosines of many frequencies: both of the same angles side by side, the
 * angles being the number times powers of one base.
 */
export const sinusoids = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isJoin).flatMap((join) => {
    const parts = join.inputs.map((value) => flow.maker(value));
    const waves = parts.filter((part) => part !== undefined && /^(sin|cos)$/.test(part.name));
    const [first, second] = waves;
    if (!first || !second || first.name === second.name || waves.length !== 2 || join.inputs.length > 2) return [];
    const [angles, same] = [first, second].map(({ inputs: [angle] }) => angle && flow.origin(angle));
    if (!angles || angles !== same) return [];
    const product = flow.maker(walkBack(flow, angles, isMove).value);
    const rates = product && isAngle(product) ? product.inputs.map((value) => frequencies(flow, value)) : [];
    const rate = rates.find((work) => work !== undefined);
    if (!product || !rate) return [];
    const works = [...behind(flow, rate), rate, product, first, second, join];
    return [
      found('sinusoidal-embedding', commonParent(flow, works), works, join.output, [
        [join, 'waves'],
        [product, 'angles'],
        [rate, 'frequencies'],
      ]),
    ];
  });

/** All work that a table of frequencies is made by. */
const behind = (flow: Flow, rate: Work): readonly Work[] => {
  const all = new Set<Work>();
  const visit = (work: Work): void => {
    for (const value of work.inputs) {
      const made = flow.maker(value);
      if (made && !all.has(made)) {
        all.add(made);
        visit(made);
      }
    }
  };
  visit(rate);
  return [...all].sort((a, b) => a.id - b.id);
};

/** A product of a column with a row. */
const isAngle = (work: Work): boolean => isProduct(work) || /^(outer|einsum|matmul|@)$/.test(work.name);

/** What made a table of frequencies: powers of a base, behind moves and factors. */
const frequencies = (flow: Flow, value: Value): Work | undefined => {
  const made = flow.maker(walkBack(flow, value, (work) => isMove(work) || isScaling(work)).value);
  return made && /^(exp|pow|\*\*)$/.test(made.name) && isCounted(flow, made) ? made : undefined;
};

/** `1 / base ** i`, `2 * pi * f`: one number for all. */
const isScaling = ({ name, inputs }: Work): boolean =>
  /^(\*|\/|mul|div|reciprocal|to|float|double|half|type|astype|cast)$/.test(name) && inputs.length === 1;

/** Whether the exponents are counted: `arange(half) / half`. */
const isCounted = (flow: Flow, power: Work): boolean =>
  power.inputs.some((value) => {
    const { value: end } = walkBack(flow, value, (work) => isMove(work) || isScaling(work) || work.name === '-x');
    const made = flow.maker(end);
    // What is counted from known numbers is told by them.
    return made ? /^(arange|linspace)$/.test(made.name) : end.kind === 'tensor' && end.elements !== undefined;
  });
