import { type Dim, symbolsOf } from '../dims';
import { carriers } from '../graph';
import { isSyntax } from '../syntax';
import type { ObjectValue, Value } from '../values';
import { chainOf, commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import {
  dimsOf,
  isActivation,
  isLinear,
  isMove,
  isNorm,
  isProduct,
  isWeighted,
  walkBack,
  walkOn,
  widthsOf,
} from './works';

/** The last linear layer of a run, where it gives a score for each class: `[B, classes]` of maps or sequences. */
export const classifiers = (flow: Flow): readonly Idiom[] => {
  const { events } = flow.run.trace;
  const output = flow.run.output;
  const last = output && flow.maker(walkBack(flow, output, isMove).value);
  const whole = last && events[chainOf(events, last.parent).at(-1) ?? -1];
  const width = last && widthsOf(last)?.[1];
  if (!output || !last || !whole || !isLinear(last) || width === undefined || width === 1) return [];
  const entry = whole.inputs[0] ?? [...whole.keywords.values()][0];
  if (dimsOf(flow, output)?.length !== 2 || !entry || (dimsOf(flow, entry)?.length ?? 2) === 2) return [];
  if (!isNamed(width) && !isCount(whole.layer, width) && !isPlaced(flow, last, width)) return [];
  return [found('classifier', last.parent, [last], last.output, [[last, 'classify']], { classes: width })];
};

const CLASSES = /class|label|categor/i;

/** `num_classes`, as a size. */
const isNamed = (width: Dim): boolean => [...symbolsOf(width)].some(({ name }) => CLASSES.test(name));

/** The default of a parameter that counts classes. */
const isCount = (module: ObjectValue, width: Dim): boolean => {
  const init = module.cls.attrs.get('__init__');
  const params = init?.kind === 'function' ? init.node.params : [];
  return params.some(
    ({ name, default: given }) => CLASSES.test(name) && given?.kind === 'Num' && given.value === width,
  );
};

/** The usual numbers of classes of a layer that the code calls `fc` or `head`. */
const USUAL: ReadonlySet<Dim> = new Set([10, 100, 1000, 21841]);

const isPlaced = ({ run }: Flow, { node, parent }: Work, width: Dim): boolean => {
  const outer = node ?? run.trace.events[parent]?.node;
  const isMethod = outer && isSyntax(outer) && outer.kind === 'Call' && outer.func.kind === 'Attribute';
  const name = isMethod ? outer.func.attr : '';
  return /classif/i.test(name) || (USUAL.has(width) && /^(fc\d*|heads?|cls|linear\d*|out(put)?|logits)$/i.test(name));
};

/** `relu6(x + 3) / 6`: a piecewise linear sigmoid; with `x` times it, a Swish. */
export const hardSigmoids = (flow: Flow): readonly Idiom[] =>
  flow.works.flatMap((last) => {
    const [top] = last.name === '/' || last.name === '*' ? last.inputs : [];
    const clip = top && flow.maker(top);
    if (clip && isProduct(clip) && hasNumber(last, [6, 1 / 6])) return swishBefore(flow, clip, last);
    const [inner] = clip?.name === 'relu6' ? clip.inputs : [];
    const shift = inner && flow.maker(inner);
    if (!clip || !shift || shift.name !== '+' || !hasNumber(last, [6, 1 / 6]) || !hasNumber(shift, [3])) return [];
    const works = [shift, clip, last];
    const { next: product } = walkOn(flow, last, isMove);
    const source = shift.inputs[0] && flow.origin(shift.inputs[0]);
    const isSwish = product && isProduct(product) && product.inputs.some((value) => flow.origin(value) === source);
    return [
      found('hard-sigmoid', commonParent(flow, works), works, last.output, [[last, 'squash']]),
      ...(isSwish ? [hardSwish(flow, [...works, product], product)] : []),
    ];
  });

/** `x * relu6(x + 3) / 6` multiplies first. */
const swishBefore = (flow: Flow, product: Work, last: Work): readonly Idiom[] => {
  const clip = product.inputs.map((value) => flow.maker(value)).find((work) => work?.name === 'relu6');
  const shift = clip?.inputs[0] && flow.maker(clip.inputs[0]);
  const source = shift?.inputs[0] && flow.origin(shift.inputs[0]);
  const isSwish = source !== undefined && product.inputs.some((value) => flow.origin(value) === source);
  if (!clip || shift?.name !== '+' || !hasNumber(shift, [3]) || !isSwish) return [];
  return [hardSwish(flow, [shift, clip, product, last], last)];
};

const hardSwish = (flow: Flow, works: readonly Work[], end: Work): Idiom =>
  found('hard-swish', commonParent(flow, works), works, end.output, [
    [end, end.name === '/' ? 'swish-whole' : 'swish'],
  ]);

const hasNumber = ({ op }: Work, wanted: readonly number[]): boolean =>
  op.args.positional.some((arg) => numbersOf(arg).some((one) => wanted.some((w) => Math.abs(w - one) < 1e-3)));

const numbersOf = (arg: Value | Work['op']['args']['positional'][number]): readonly number[] =>
  (arg.kind === 'int' || arg.kind === 'float') && typeof arg.value === 'number' ? [arg.value] : [];

/** Several results, each by layers of its own out of what the same layers made before: classes and boxes, μ and σ. */
export const sideBySide = (flow: Flow): readonly Idiom[] => {
  const { output, trace } = flow.run;
  const results = output?.kind === 'tuple' ? output.items.map((item) => carriers(item)) : [];
  if (results.length < 2 || results.length > MOST_HEADS || results.some((parts) => parts.length !== 1)) return [];
  const ways = results.map(([result]) => result && walkBack(flow, result, isOnHead));
  const [first] = ways;
  const shared = first?.passed.findIndex((work) => ways.every((way) => way?.passed.includes(work))) ?? -1;
  const fork = first?.passed[shared];
  if (!fork || shared < 1) return [];
  const isOwn = ways.every((way) => way?.passed.slice(0, way.passed.indexOf(fork)).some(isWeighted) === true);
  const layers = ways.map((way) => way?.passed.find((work) => isWeighted(work)));
  if (!isOwn || new Set(layers).size < layers.length) return [];
  const parent = trace.events.findIndex((event) => event.parent < 0);
  const works = flow.works.filter((work) => chainOf(trace.events, work.parent).includes(parent));
  // The layers in front must be all that there is: of a larger model the heads are only the end.
  const trunk = first?.passed.slice(shared) ?? [];
  const isAll = works.every((work) => ways.some((way) => way?.passed.includes(work)));
  if (parent < 0 || !isAll || trunk.filter(isWeighted).length > MOST_SHARED) return [];
  return [found('heads', parent, works, fork.output, [], { heads: results.length })];
};

const MOST_HEADS = 4;
const MOST_SHARED = 4;

const isOnHead = (work: Work): boolean => isWeighted(work) || isNorm(work) || isActivation(work) || isMove(work);
