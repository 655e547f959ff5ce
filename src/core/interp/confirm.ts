import { isSyntax, type SyntaxNode, walk } from '../syntax';
import { type FunctionValue, int, type ObjectValue, opaqueSize, unknown, type Value } from '../values';
import { type ClassRun, type Entry, type Given, pass, settled } from './alone';
import { waysToChoose } from './class-parameters';
import { entryTensor } from './entries';
import { givenChoice } from './exploring';
import { conditional } from './faults';
import { isJudged } from './judged';
import type { Args, Machine } from './machine';
import { classMember } from './protocols';
import { isResult } from './ranks';
import { openSetLater } from './set-later';
import { libraryOf, startingEntries } from './starting';
import type { Problem } from './trace';
import { givenInFile } from './uses';

/** Faults that say what a call was given, or what something holds; sizes have no part in them. */
const OF_VALUES = new Set([
  'unexpected-keyword',
  'repeated-argument',
  'missing-argument',
  'too-many-arguments',
  'wrong-type',
  'wrong-length',
  'none-size',
  'value-range',
  'value-choice',
  'conflicting-arguments',
  'one-of-missing',
  'value-unsupported',
  'empty-list',
  'index-range',
  'index-type',
  'pattern-axis',
  'pattern-count',
  'sequence-ragged',
  'item-count',
  'not-iterable',
  'not-callable',
  'not-subscriptable',
  'no-forward',
  'missing-key',
  'missing-attribute',
  'unpack-arity',
  'view-two-unknown',
]);

/**
 * The faults of a class that do not rest on what it was not given. A default such as `None` or `()` may only stand for
 * an argument that every call has: what is wrong with that value is wrong with the class only when it stays so with
 * any other. Faults are looked for again in a run where those arguments are not known; those of sizes in one where
 * only inputs that may be left out may be there.
 */
export const confirmed = (m: Machine, run: ClassRun, given: Given): Problem[] => {
  m.strict = run.trace.kept.size > 0 || run.supposed.size > 0 || [...m.inner.keys()].some(isResult);
  try {
    return confirmedNow(m, run, given);
  } finally {
    m.strict = false;
  }
};

const confirmedNow = (m: Machine, run: ClassRun, given: Given): Problem[] => {
  // What is wrong is wrong without anything that was taken for granted.
  const problems = m.strict ? strictly(m, run, given) : run.trace.problems;
  const [ofValues, ofSizes] = [problems.some(isOfValues), problems.some((problem) => !isOfValues(problem))];
  const values = ofValues ? withoutDefaults(m, run, given) : undefined;
  const sizes = ofSizes ? withInputs(m, run, given) : undefined;
  const used = problems.length > 0 ? asUsed(m, run, given) : undefined;
  const positive = problems.some(isOfSign) ? withoutNegatives(m, run, given) : undefined;
  const isAsked = problems.length > 0 && run.entries.some(({ name }) => m.asked.has(name));
  const unbatched = (isAsked || problems.some(isOfAxes)) && runsUnbatched(m, run, given);
  const later = problems.length > 0 ? afterOthers(m, run, given) : undefined;
  const instead = problems.length > 0 ? withOtherClasses(m, run, given) : [];
  return problems.filter((problem) => {
    if ((isOfValues(problem) && isNone(problem)) || isUnfilled(problem)) return false;
    if (unbatched && (isAsked || isOfAxes(problem))) return false;
    const runs = [
      isOfValues(problem) ? values : sizes,
      isOfSign(problem) ? positive : undefined,
      used,
      later,
      ...instead,
    ];
    return runs.every((others) => !others || others.some((other) => isSame(problem, other)));
  });
};

/** The faults that are left when nothing is supposed of the inputs either. */
const strictly = (m: Machine, run: ClassRun, given: Given): Problem[] => {
  if (run.supposed.size === 0) return again(m, run, given, new Map(), {});
  const { cls, method } = run;
  const free = startingEntries(m, cls, method, given);
  const needed = run.entries.filter(({ name }) => free.every((entry) => entry.name !== name));
  return settled(m, cls, method, [...free, ...needed], given).trace.problems;
};

/**
 * The faults that are left when arguments may have other values than their defaults, of those that the file itself
 * gives where it makes such an instance: defaults that nobody uses need not fit together.
 */
const asUsed = (m: Machine, run: ClassRun, given: Given): readonly Problem[] | undefined => {
  const init = classMember(run.cls, '__init__')?.value;
  const { module, site } = run.cls;
  const node = site?.node;
  if (init?.kind !== 'function' || !module || !node || !isSyntax(node) || node.kind !== 'ClassDef') return undefined;
  const args = new Map<string, Value>();
  for (const { name } of givenInFile(module.syntax, node, init.node.params.slice(1))) {
    const fallback = init.defaults.get(name);
    if (fallback) args.set(name, otherThan(name, fallback));
  }
  if (args.size === 0) return undefined;
  return again(m, run, { ...given, args: new Map([...args, ...(given.args ?? [])]) }, new Map(), {});
};

/** Whether nothing fails where the inputs have no batch: of layers that take both nobody has said which it is. */
const runsUnbatched = (m: Machine, run: ClassRun, given: Given): boolean => {
  const entries = run.entries.map((entry) => {
    const { name, value } = entry;
    if (value.kind !== 'tensor' || value.shape.rest || value.shape.dims.length < 2) return entry;
    if ((m.described.has(name) && !m.asked.has(name)) || given.inputs?.has(name)) return entry;
    return { name, value: { ...value, shape: { dims: value.shape.dims.slice(1) } } };
  });
  if (entries.every((entry, i) => entry === run.entries[i])) return false;
  const { output, trace } = pass(m, run.cls, run.method, entries, given, { more: {} });
  return output !== undefined && trace.problems.length === 0;
};

/** The faults that are left when the methods may have been called before that the run has not called. */
const afterOthers = (m: Machine, run: ClassRun, given: Given): readonly Problem[] => {
  const prepare = (self: ObjectValue): void => openSetLater(m, self, run.trace);
  return pass(m, run.cls, run.method, run.entries, given, { prepare }).trace.problems;
};

/** The faults that are left with each of the other classes that a parameter may stand for. */
const withOtherClasses = (m: Machine, run: ClassRun, given: Given): readonly (readonly Problem[])[] =>
  waysToChoose(run.chosen)
    .slice(1)
    .map((way) =>
      again(m, run, { ...given, args: new Map<string, Value>([...way, ...(given.args ?? [])]) }, new Map(), {}),
    );

/** Any value of the kind that a default has. */
const otherThan = (path: string, fallback: Value): Value => {
  const { kind } = fallback;
  if (kind === 'int') return int(opaqueSize({ kind: 'opaque', path }));
  if (kind === 'bool' || kind === 'str' || kind === 'float' || kind === 'list')
    return { kind: 'opaque', path, type: kind };
  return kind === 'tuple' ? { kind: 'opaque', path, type: 'list' } : unknown(`${path} may be anything`);
};

const isSame = (a: Problem, b: Problem): boolean =>
  a.node === b.node && a.fault.code === b.fault.code && (b.certain || !a.certain) && isJudged(b);

/** The faults that are left when nobody knows what has such a default; undefined where nothing has. */
const withoutDefaults = (m: Machine, run: ClassRun, given: Given): readonly Problem[] | undefined => {
  const init = functionOf(classMember(run.cls, '__init__')?.value);
  const open = absent(init);
  const inputs = new Map([...absent(run.method), ...asked(run)]);
  const isOpen = [init, run.method].some((fn) => fn?.node.params.some(({ form }) => form.startsWith('var-')));
  if (open.size === 0 && inputs.size === 0 && !isOpen) return undefined;
  const args = new Map([...open, ...(given.args ?? [])]);
  return again(m, run, { ...given, args }, inputs, isOpen ? anyMore(m) : {});
};

/** The faults that are left when nobody knows what has a negative number as its default: no size is one. */
const withoutNegatives = (m: Machine, run: ClassRun, given: Given): readonly Problem[] | undefined => {
  const args = new Map<string, Value>();
  for (const [name, fallback] of functionOf(classMember(run.cls, '__init__')?.value)?.defaults ?? [])
    if (fallback.kind === 'int' && typeof fallback.value === 'number' && fallback.value < 0)
      args.set(name, otherThan(name, fallback));
  if (args.size === 0) return undefined;
  return again(m, run, { ...given, args: new Map([...args, ...(given.args ?? [])]) }, new Map(), {});
};

/** The faults that are left when inputs that may be left out may be there; undefined where there are none. */
const withInputs = (m: Machine, run: ClassRun, given: Given): readonly Problem[] | undefined => {
  const inputs = new Map<string, Value>(asked(run));
  for (const [name, fallback] of run.method?.defaults ?? [])
    if (fallback.kind === 'none') {
      const yes = entryTensor(libraryOf(run.cls), name, [], 0);
      inputs.set(name, { kind: 'either', condition: givenChoice(name), yes, no: fallback });
    }
  return inputs.size === 0 ? undefined : again(m, run, given, inputs, {});
};

const again = (
  m: Machine,
  run: ClassRun,
  given: Given,
  inputs: ReadonlyMap<string, Value>,
  more: Pick<Args, 'open' | 'rest'>,
): Problem[] => {
  const names = new Set(given.inputs?.keys());
  const entries = new Map<string, Entry>(run.entries.map((entry) => [entry.name, entry]));
  for (const [name, value] of inputs) if (!names.has(name)) entries.set(name, { name, value });
  return pass(m, run.cls, run.method, [...entries.values()], given, { more }).trace.problems;
};

/** The inputs whose type the code asks for: it expects others than tensors. */
const asked = ({ method, entries }: ClassRun): ReadonlyMap<string, Value> => {
  const found = new Map<string, Value>();
  const visit = (node: SyntaxNode): undefined => {
    if (node.kind !== 'Call' || node.func.kind !== 'Name' || node.func.id !== 'isinstance') return undefined;
    const [first] = node.args;
    const name = first?.value.kind === 'Name' ? first.value.id : undefined;
    if (name !== undefined && entries.some((entry) => entry.name === name)) found.set(name, unknown(name));
    return undefined;
  };
  if (method?.node.kind === 'FunctionDef') walk(method.node, visit);
  return found;
};

const isOfValues = ({ fault }: Problem): boolean =>
  OF_VALUES.has(fault.code) || (fault.code === 'pattern-divide' && 'by' in fault.data && fault.data.by === 0);

/** One number for each axis is asked for: `x.repeat(1, n)`. */
const isOfAxes = ({ fault }: Problem): boolean => fault.code === 'wrong-length';

/** Whether something is `None` under a condition that nobody has decided. */
const isNone = ({ fault, path }: Problem): boolean =>
  conditional(path) &&
  (fault.code === 'none-size' || ('found' in fault.data && fault.data.found === 'None') || 'type' in fault.data);

const isOfSign = ({ fault }: Problem): boolean => fault.code === 'negative';

/** Whether something is asked of a collection of the instance in which nothing is yet: others fill it before. */
const isUnfilled = ({ fault, node }: Problem): boolean => {
  if (fault.code !== 'index-range' || !('length' in fault.data) || fault.data.length !== 0) return false;
  return !!node && isSyntax(node) && node.kind === 'Subscript' && node.value.kind === 'Attribute';
};

const functionOf = (value: Value | undefined): FunctionValue | undefined =>
  value?.kind === 'function' ? value : undefined;

/** The arguments whose default may stand for one that is always given. */
const absent = (fn: FunctionValue | undefined): ReadonlyMap<string, Value> => {
  const found = new Map<string, Value>();
  for (const [name, fallback] of fn?.defaults ?? [])
    if (isAbsence(fallback)) found.set(name, unknown(`${name} may be anything`));
  return found;
};

const isAbsence = (value: Value): boolean => {
  switch (value.kind) {
    case 'none':
    case 'object':
    case 'unknown':
      return true;
    case 'str':
      return value.value === '';
    case 'tuple':
    case 'list':
      return value.items.length === 0;
    case 'dict':
    case 'set':
      return value.entries.size === 0;
    default:
      return false;
  }
};

/** More arguments than are known, by position and by name. */
const anyMore = (m: Machine): Pick<Args, 'open' | 'rest'> => {
  const element = unknown('an argument');
  const count = m.context.unknownSize('arguments');
  return { open: true, rest: { element, count, at: 0, sequence: { items: [element], count } } };
};
