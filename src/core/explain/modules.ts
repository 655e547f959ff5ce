import { add, type Dim, mul } from '../dims';
import { isModuleClass } from '../interp';
import type { Words } from '../ops';
import type { ObjectValue, Value } from '../values';
import { chain, stepCount } from './chains';
import { wholeWords } from './idioms';
import { familyOf, layerWords, roleOf, stepOf } from './layers';
import { present, type Reader } from './reader';
import { join, plain, text, words } from './words';

/** The modules that a module holds, in the order of registration; undefined where not all of them are known. */
export const partsOf = (module: ObjectValue): readonly ObjectValue[] | undefined => {
  if (module.open || isEndless(module)) return undefined;
  const parts: ObjectValue[] = [];
  for (const [name, held] of module.attrs) {
    const value = present(held);
    // An element of a container that is no module as far as anybody knows is one all the same.
    if (/^\d+$/.test(name) && !isModule(value)) return undefined;
    if (value.kind === 'unknown' || value.kind === 'either' || (value.kind === 'object' && value.run)) return undefined;
    if (isModule(value)) parts.push(value);
  }
  return parts;
};

const endless = new WeakMap<ObjectValue, boolean>();

/** Whether somewhere below a module one holds itself: Python runs until its stack ends. */
const isEndless = (module: ObjectValue, above: ReadonlySet<ObjectValue> = new Set()): boolean => {
  if (above.has(module)) return true;
  const known = endless.get(module);
  if (known !== undefined) return known;
  const inner = new Set([...above, module]);
  const found = [...module.attrs.values()].some((value) => {
    const held = present(value);
    return isModule(held) && isEndless(held, inner);
  });
  endless.set(module, found);
  return found;
};

export const isModule = (value: Value | undefined): value is ObjectValue =>
  value?.kind === 'object' && isModuleClass(value.cls);

/** What a container of the library is called, and whether it runs its parts one after the other. */
const CONTAINERS: Readonly<Record<string, 'chain' | 'list' | 'dict'>> = {
  Sequential: 'chain',
  ModuleList: 'list',
  LayerList: 'list',
  ModuleDict: 'dict',
  LayerDict: 'dict',
};

export const containerOf = (module: ObjectValue): 'chain' | 'list' | 'dict' | undefined => {
  const own = module.cls.mro.find((c) => c.path !== undefined);
  return own && module.cls.path !== undefined ? CONTAINERS[own.name] : undefined;
};

/** How many elements a container has of which some stand for many; undefined where none does. */
const lengthOf = ({ count, attrs }: ObjectValue): Dim | undefined => {
  if (count !== null) return count;
  const elements = [...attrs].filter(([name]) => /^\d+$/.test(name)).map(([, value]) => present(value));
  const counts = elements.map(
    (one): Dim => (one.kind === 'object' && one.run ? mul(one.count ?? 1, one.attrs.size) : 1),
  );
  return counts.every((one) => one === 1) ? undefined : counts.reduce(add, 0);
};

/** The sentence of a module where it is made; `inline` where its parts have no lines of their own. */
export const moduleRole = (r: Reader, module: ObjectValue, inline = false): Words | undefined => {
  const layer = layerWords(r, module);
  if (layer) return roleOf(layer);
  const container = containerOf(module);
  const length = module.open ? undefined : lengthOf(module);
  const count = length === undefined ? undefined : r.dim(length);
  const parts = partsOf(module);
  const found = count === '?' ? undefined : (count ?? (parts ? `${parts.length}` : undefined));
  // What holds nothing yet, or nothing by default, is filled by somebody.
  const size = found === '0' ? undefined : found;
  switch (container) {
    case 'chain':
      if (isIdle(module)) return words('empty: passes its input on', '空容器：原样输出');
      if (inline) {
        const steps = shortChain(r, module);
        if (steps) return text`${words('in order: ', '顺序容器：')}${steps}`;
      }
      return size === undefined
        ? words('container: runs its layers in order', '顺序容器，依次执行各层')
        : words(`container: runs its ${size} layers in order`, `顺序容器，依次执行 ${size} 层`);
    case 'list':
      return size === undefined
        ? words('list of registered layers', '层列表（逐个登记）')
        : words(`list of ${size} registered layers${nameOf(module)}`, `层列表，共 ${size} 个${nameOf(module, ' ')}`);
    case 'dict':
      return words('dictionary of registered layers', '层字典（按名取用）');
    default:
      return undefined;
  }
};

/** What the call of a module is, in a few words; undefined where its name in the code says as much. */
export const moduleStep = (r: Reader, module: ObjectValue): Words | undefined => {
  if (isIdle(module)) return undefined;
  const layer = layerWords(r, module);
  if (layer) return stepOf(layer);
  if (containerOf(module) === 'chain') return shortChain(r, module);
  const kind = kindOf(r, module, true);
  return kind ?? (module.cls.path === undefined ? plain(module.cls.name) : undefined);
};

/** Whether a module gives what it takes, always. */
export const isIdle = (module: ObjectValue): boolean =>
  familyOf(module)?.path.endsWith('.Identity') === true ||
  (containerOf(module) === 'chain' && partsOf(module)?.length === 0);

const LONGEST = 5;

const shortChain = (r: Reader, module: ObjectValue): Words | undefined => {
  const many = repeatedPart(module);
  if (many) {
    const [step, times] = [moduleStep(r, many.part), r.dim(many.count)];
    return step && times !== '?' && !/ [→+×] /.test(step.en) ? text`${step} × ${times}` : undefined;
  }
  const parts = module.count === null ? partsOf(module) : undefined;
  if (!parts || parts.length === 0) return undefined;
  const steps = parts.filter((part) => !isIdle(part)).map((part) => moduleStep(r, part));
  const known = steps.filter((step) => step !== undefined);
  return known.length > 0 && known.length === steps.length && stepCount(known) <= LONGEST ? chain(known) : undefined;
};

/** The class of the layers in a list, where all are of one class: ` (Block)`. */
const nameOf = (list: ObjectValue, before?: string): string => {
  const held = [...list.attrs.values()].flatMap((value) => {
    if (!isModule(value)) return [value];
    return value.run ? [...value.attrs.values()] : [value];
  });
  const [first] = held;
  const isOne = isModule(first) && held.every((value) => isModule(value) && value.cls === first.cls);
  if (!isOne || !isModule(first)) return '';
  return before === undefined ? ` (${first.cls.name})` : `${before}${first.cls.name}`;
};

/** A container whose one part stands in it as often as a parameter says. */
const repeatedPart = (module: ObjectValue): { readonly part: ObjectValue; readonly count: Dim } | undefined => {
  const held = [...module.attrs.values()].filter(isModule);
  const [only, more] = held;
  if (!only || more || module.open) return undefined;
  if (module.count !== null) return { part: only, count: module.count };
  const [part, other] = only.run ? [...only.attrs.values()] : [];
  return only.run && only.count !== null && isModule(part) && !other ? { part, count: only.count } : undefined;
};

type Part = 'conv' | 'norm' | 'act' | 'linear' | 'drop' | 'other';

const PARTS: readonly (readonly [RegExp, Part])[] = [
  [/^conv/, 'conv'],
  [/norm/, 'norm'],
  [/^linear$/, 'linear'],
  [/^dropout/, 'drop'],
  [/^(relu6?|leakyrelu|prelu|elu|selu|celu|gelu|silu|swish|mish|hardswish|hardsigmoid|sigmoid|tanh|softplus)$/, 'act'],
];

const partOf = (module: ObjectValue): Part => {
  const family = familyOf(module);
  const name = family?.path.slice(family.path.lastIndexOf('.') + 1).toLowerCase() ?? '';
  return PARTS.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
};

/** What a module does step by step, containers of the library opened. */
export const moduleSteps = ({ r }: { readonly r: Reader }, module: ObjectValue): readonly Words[] | undefined => {
  if (isIdle(module)) return [];
  const layer = layerWords(r, module);
  if (layer) return [layer.name];
  if (containerOf(module) !== 'chain') return [kindOf(r, module, true) ?? plain(module.cls.name)];
  const parts = module.count === null ? partsOf(module) : undefined;
  const steps = parts?.map((part) => moduleSteps({ r }, part));
  return steps?.every((s) => s !== undefined) ? steps.flat() : undefined;
};

/** All layers of a module, containers opened; undefined where not all are known. */
const leavesOf = (module: ObjectValue): readonly ObjectValue[] | undefined => {
  if (familyOf(module)) return [module];
  const parts = partsOf(module);
  const leaves = parts?.map(leavesOf);
  return leaves?.every((l) => l !== undefined) ? leaves.flat() : undefined;
};

/** What a class of the user is, where it runs known layers one after the other: a convolution block, a perceptron. */
export const kindOf = (r: Reader, module: ObjectValue, isShort = false): Words | undefined => {
  const whole = wholeWords(r, module, isShort);
  if (whole) return whole;
  // A layer that is only run when a flag says so is no part of a module where it did not run.
  const ran = new Set(r.trace.events.map(({ layer }) => layer));
  const leaves = leavesOf(module)?.filter((leaf) => !isIdle(leaf) && ran.has(leaf));
  if (!leaves || leaves.length === 0 || !runsInOrder(r, module)) return undefined;
  // A part that does more than run its layers, attention for one, makes the whole more than a block of them.
  if (classesIn(module).some((part) => wholeWords(r, part) || !runsInOrder(r, part))) return undefined;
  const kinds = new Set(leaves.map(partOf));
  if (kinds.has('other')) return undefined;
  if (kinds.has('conv') && !kinds.has('linear')) return convolutionKind(r, leaves);
  if (kinds.has('linear') && !kinds.has('conv') && leaves.length > 1) return words('perceptron', '多层感知机');
  return undefined;
};

/** The modules of the user's own classes inside of a module. */
const classesIn = (module: ObjectValue): readonly ObjectValue[] =>
  (partsOf(module) ?? []).flatMap((part) => {
    if (familyOf(part)) return [];
    return containerOf(part) ? classesIn(part) : [part, ...classesIn(part)];
  });

/** One convolution with what follows it is told as such: `3×3 convolution + batch norm`. */
const convolutionKind = (r: Reader, leaves: readonly ObjectValue[]): Words => {
  const [first, ...behind] = leaves.map((leaf) => layerWords(r, leaf)?.name);
  const single = leaves.filter((leaf) => partOf(leaf) === 'conv').length === 1;
  const known = behind.filter((name) => name !== undefined);
  const [head] = leaves;
  if (!single || !first || !head || partOf(head) !== 'conv' || known.length < behind.length)
    return words('convolution block', '卷积块');
  return join([first, ...known], ' + ', ' + ');
};

/** Whether every call in a module's `forward` is of a module that takes what the one before it gave. */
const runsInOrder = ({ trace }: Reader, module: ObjectValue): boolean => {
  const at = trace.events.findIndex((event) => event.layer === module);
  const event = trace.events[at];
  if (!event) return false;
  const input = event.inputs[0] ?? [...event.keywords.values()][0];
  let value = input;
  for (const inner of trace.events.filter(({ parent }) => parent === at)) {
    if (inner.inputs.length !== 1 || inner.inputs[0] !== value) return false;
    value = inner.output;
  }
  return value === event.output && value !== input;
};
