import type { Value } from '../values';
import { commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import { isMove, isProduct, parameterBehind, walkBack } from './works';

/** The product of two triangles `1 − |i − c|/f`, one along each axis: the kernel of bilinear interpolation. */
export const bilinearKernels = (flow: Flow): readonly Idiom[] =>
  flow.works
    .filter((work) => isProduct(work) || /^(outer|ger|@|matmul|mm)$/.test(work.name))
    .flatMap((product) => {
      const [a, b] = product.inputs;
      if (!a || !isTriangle(flow, a) || !isTriangle(flow, b ?? a)) return [];
      return [
        found('bilinear-kernel', commonParent(flow, [product]), [product], product.output, [[product, 'kernel']]),
      ];
    });

/** `1 − |i − c|/f`. */
const isTriangle = (flow: Flow, value: Value): boolean => {
  const minus = flow.maker(walkBack(flow, value, isMove).value);
  const [slope] = minus?.name === '-' ? minus.inputs : [];
  const made = slope && flow.maker(slope);
  const inner = made && /^(\/|div|\*)$/.test(made.name) ? made.inputs.map((input) => flow.maker(input)) : [made];
  return inner.some((work) => work !== undefined && /^abs/.test(work.name));
};

/** `W·γ/σ` and `β − μ·γ/σ`: a batch norm folded into the convolution before it. */
export const foldings = (flow: Flow): readonly Idiom[] =>
  flow.works.flatMap((work) => {
    if (isProduct(work)) {
      const kernel = work.inputs.find((value) => isKernel(flow, value));
      const factor = work.inputs.find((value) => value !== kernel);
      if (!kernel || !factor || !isScale(flow, factor)) return [];
      return [found('norm-folding', commonParent(flow, [work]), [work], work.output, [[work, 'fold-kernel']])];
    }
    const [shift, rest] = work.name === '-' ? work.inputs : [];
    if (!shift || !rest || !parameterBehind(flow, shift) || !isScale(flow, rest)) return [];
    return [found('norm-folding', commonParent(flow, [work]), [work], work.output, [[work, 'fold-bias']])];
  });

/** A parameter of four axes. */
const isKernel = (flow: Flow, value: Value): boolean => {
  const parameter = parameterBehind(flow, value);
  return parameter?.parameter?.trained === true && !parameter.shape.rest && parameter.shape.dims.length > 2;
};

/** A product or quotient of vectors that divides by the root of a variance. */
const isScale = (flow: Flow, value: Value): boolean => {
  const { value: end } = walkBack(flow, value, isMove);
  const work = flow.maker(end);
  return work !== undefined && /^(\/|\*|div|mul)$/.test(work.name) && work.inputs.some((input) => isRoot(flow, input));
};

const isRoot = (flow: Flow, value: Value): boolean => {
  const work: Work | undefined = flow.maker(value);
  if (!work) return false;
  if (/^r?sqrt$/.test(work.name)) return true;
  return /^(\/|\*|div|mul)$/.test(work.name) && work.inputs.some((input) => isRoot(flow, input));
};
