import { type Dim, same } from '../dims';
import type { Value } from '../values';
import { commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import {
  dimsOf,
  isConv,
  isJoin,
  isMatmul,
  isMove,
  isNorm,
  isProduct,
  isSum,
  parameterBehind,
  walkBack,
  walkOn,
  windowField,
} from './works';

/** An image cut into patches that become vectors: the kernel is as wide as its step. */
export const patches = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isConv).flatMap((conv) => {
    const [kernel, stride] = [windowField(conv, 'kernel_size'), windowField(conv, 'stride')];
    const [side] = kernel ?? [];
    if (!kernel || !stride || side === undefined || side === 1) return [];
    if (!kernel.every((k, i) => same(k, stride[i] ?? stride[0] ?? 0))) return [];
    const { passed } = walkOn(flow, conv, (work) => isMove(work));
    const tokens = passed.find(({ output }) => dimsOf(flow, output)?.length === 3);
    if (!tokens) return [];
    return [
      found(
        'patch-embedding',
        commonParent(flow, [conv, ...passed]),
        [conv, ...passed],
        passed.at(-1)?.output ?? tokens.output,
        [
          [conv, 'patches'],
          [tokens, 'tokens'],
        ],
        { side },
      ),
    ];
  });

/** A learnt token in front of the sequence. */
export const classTokens = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isJoin).flatMap((join) => {
    const [token] = join.inputs;
    const parameter = token && parameterBehind(flow, token);
    const [sequence] = [dimsOf(flow, join.output)];
    const dims = parameter && dimsOf(flow, parameter);
    if (!parameter?.parameter?.trained || !dims || sequence?.length !== 3 || dims.at(-2) !== 1) return [];
    return [found('class-token', join.parent, [join], join.output, [[join, 'token']])];
  });

/** A table that differs from place to place, added to the sequence or map. */
export const positions = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isSum).flatMap((sum) => {
    const tables = sum.inputs.filter((value) => parameterBehind(flow, value) || isByPlace(flow, value));
    const [table] = tables;
    if (!table || sum.inputs.length !== 2 || tables.length > 1) return [];
    const [dims, whole] = [dimsOf(flow, table), dimsOf(flow, sum.output)];
    if (!dims || !whole || dims.length < 2 || whole.length < 3) return [];
    const varying = dims.filter((size) => size !== 1).length;
    const isScores = flow.works.some(
      (work) =>
        work.name === 'softmax' && walkBack(flow, work.inputs[0] ?? work.output, isSumOrMove).passed.includes(sum),
    );
    const made = flow.maker(sum.inputs.find((value) => value !== table) ?? table);
    if (varying < 2) return [];
    if (isScores || (made && isMatmul(made)))
      return [found('position-bias', sum.parent, [sum], sum.output, [[sum, 'bias']])];
    return dims.length >= 2 && agree(dims.at(-1), whole.at(-1))
      ? [found('positional-encoding', sum.parent, [sum], sum.output, [[sum, 'position']])]
      : [];
  });

/** Vectors looked up by the number of the place: `embedding(arange(t))`. */
const isByPlace = (flow: Flow, value: Value): boolean => {
  const table = flow.maker(walkBack(flow, value, isMove).value);
  const [index] = table?.name === 'embedding' ? table.inputs.slice(0, 1) : [];
  return index !== undefined && flow.maker(walkBack(flow, index, isMove).value)?.name === 'arange';
};

const isSumOrMove = (work: Work): boolean => isSum(work) || isMove(work);

const agree = (a: Dim | undefined, b: Dim | undefined): boolean => a !== undefined && b !== undefined && same(a, b);

/** A learnt factor for each channel of a residual branch. */
export const layerScales = (flow: Flow, idioms: readonly Idiom[]): readonly Idiom[] =>
  idioms
    .filter(({ kind }) => kind === 'residual')
    .flatMap(({ works }) =>
      works.filter(isProduct).flatMap((product) => {
        const scale = product.inputs.map((value) => parameterBehind(flow, value)).find((p) => p?.parameter?.trained);
        const dims = scale && dimsOf(flow, scale);
        const next = walkOn(flow, product, isMove).next;
        if (dims?.filter((size) => size !== 1).length !== 1 || !next || !isSum(next)) return [];
        return [found('layer-scale', product.parent, [product], product.output, [[product, 'scaled']])];
      }),
    );

/** Pairs of features turned by an angle that grows with the position: `x·cos + rotate(x)·sin`. */
export const rotations = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isSum).flatMap((sum) => {
    const parts = turningParts(flow, sum);
    if (!parts) return [];
    const works = [...parts, sum];
    return [found('rotary', commonParent(flow, works), works, sum.output, [[sum, 'rotate']])];
  });

/** The two products of a rotation, that with the cosine first. */
const turningParts = (flow: Flow, sum: Work): readonly [Work, Work] | undefined => {
  const products = sum.inputs.map((value) => flow.maker(value));
  const [a, b, more] = products;
  if (!a || !b || more || !isProduct(a) || !isProduct(b)) return undefined;
  const [first, second] = [a, b].map((work) =>
    work.inputs.map((value) => tableOf(flow, value)).find((name) => name !== undefined),
  );
  if (!isOfOne(flow, a, b)) return undefined;
  if (first === 'cos' && second === 'sin') return [a, b];
  return first === 'sin' && second === 'cos' ? [b, a] : undefined;
};

/** Whether two products with tables are of one value or of parts of it. */
const isOfOne = (flow: Flow, a: Work, b: Work): boolean => {
  const [first, second] = [a, b].map((work) => work.inputs.find((value) => tableOf(flow, value) === undefined));
  if (!first || !second) return false;
  const [one, other] = [first, second].map((value) => walkBack(flow, value, isMove).value);
  return (
    one === other || [flow.between(first, b.output), flow.between(second, a.output)].some((way) => way !== undefined)
  );
};

/** What was turned to give a value; undefined where it was not. */
export const turnedValue = (flow: Flow, value: Value): Value | undefined => {
  const sum = flow.maker(value);
  const parts = sum && isSum(sum) ? turningParts(flow, sum) : undefined;
  const turned = parts?.[0].inputs.find((input) => tableOf(flow, input) === undefined);
  return turned && flow.between(turned, parts?.[1].output ?? turned) ? turned : undefined;
};

/** Whether a value was made by a cosine or a sine, behind moves. */
const tableOf = (flow: Flow, value: Value, depth = 0): string | undefined => {
  const { value: end } = walkBack(flow, value, (work) => isMove(work) || isNorm(work));
  const made = flow.maker(end);
  if (made) return /^(sin|cos)$/.test(made.name) ? made.name : undefined;
  // A table that was made once, and kept.
  const held = flow.run.trace.sources.get(end)?.values ?? [];
  return depth > DEEPEST
    ? undefined
    : held.map((one) => tableOf(flow, one, depth + 1)).find((name) => name !== undefined);
};

const DEEPEST = 4;
