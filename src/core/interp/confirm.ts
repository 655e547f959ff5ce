import { type FunctionValue, unknown, type Value } from '../values';
import { type ClassRun, type Given, pass } from './alone';
import { conditional } from './faults';
import type { Args, Machine } from './machine';
import { classMember } from './protocols';
import type { Problem } from './trace';

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
]);

/**
 * The faults of a class that do not rest on what it was not given. A default such as `None` or `()` may only stand for
 * an argument that every call has: what is wrong with that value is wrong with the class only when it stays so with
 * any other. Such faults are looked for again in a run where those arguments are not known.
 */
export const confirmed = (m: Machine, run: ClassRun, given: Given): Problem[] => {
  const { problems } = run.trace;
  if (!problems.some(isOfValues)) return problems;
  const init = functionOf(classMember(run.cls, '__init__')?.value);
  const args = new Map([...absent(init), ...(given.args ?? [])]);
  const inputs = [...absent(run.method)].filter(([name]) => !run.entries.some((entry) => entry.name === name));
  const isOpen = [init, run.method].some((fn) => fn?.node.params.some(({ form }) => form.startsWith('var-')));
  const certain = problems.filter((problem) => !isOfValues(problem) || !rests(problem));
  if (args.size === (given.args?.size ?? 0) && inputs.length === 0 && !isOpen) return certain;
  const entries = [...run.entries, ...inputs.map(([name, value]) => ({ name, value }))];
  const again = pass(m, run.cls, run.method, entries, { ...given, args }, { more: isOpen ? anyMore(m) : {} });
  return certain.filter((one) => {
    if (!isOfValues(one)) return true;
    return again.trace.problems.some(({ node, fault }) => node === one.node && fault.code === one.fault.code);
  });
};

const isOfValues = ({ fault }: Problem): boolean => OF_VALUES.has(fault.code);

/** Whether something is `None` under a condition that nobody has decided. */
const rests = ({ fault, path }: Problem): boolean =>
  conditional(path) &&
  (fault.code === 'none-size' || ('found' in fault.data && fault.data.found === 'None') || 'type' in fault.data);

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
