import { type Condition, keyOf, printCondition } from '../dims';
import type { Node } from '../syntax';
import type { ClassValue, FunctionValue, Value } from '../values';
import { asTold, type ClassRun, type Entry, finalFacts, type Given, type LeftOut, settled } from './alone';
import { byElimination } from './elimination';
import { entryTensor } from './entries';
import { freshAxis } from './entry-shapes';
import { givenChoice } from './exploring';
import { innermost } from './functions';
import type { Machine, Path } from './machine';
import { unconditional } from './path';
import { classMember } from './protocols';
import { libraryOf, startingEntries } from './starting';
import { toldShapes } from './told';

/** Runs a class with nothing known but what is given: constructor, then `forward`, until the inputs are settled. */
export const runClass = (m: Machine, cls: ClassValue, given: Given = {}): ClassRun => {
  const method = forwardOf(cls);
  m.described = new Set(method && toldShapes(method).keys());
  const run = withLooseMasks(m, runOnce(m, cls, method, given), given);
  if (run.supposed.size === 0 || faultsOf(run) === 0) return run;
  // What is supposed of inputs must not lead into faults.
  m.supposes = false;
  try {
    const plain = runOnce(m, cls, method, given);
    return faultsOf(plain) < faultsOf(run) ? plain : run;
  } finally {
    m.supposes = true;
  }
};

/** The `forward` of a class; of one that a decorator has wrapped, what it wraps: that says what the inputs are. */
const forwardOf = (cls: ClassValue): FunctionValue | undefined => {
  const member = classMember(cls, 'forward')?.value;
  if (member?.kind !== 'function') return undefined;
  const passesOn = member.node.params.some(({ form }) => form === 'var-keyword');
  return passesOn ? innermost(member) : member;
};

/**
 * A mask that meets the scores of two inputs would make these as long as each other if it had their sizes: where that is
 * so, its axes are 1 somewhere, and it tells nothing of what it meets. So it is of one that has the channels of a layer
 * here and meets one channel there.
 */
const withLooseMasks = (m: Machine, run: ClassRun, given: Given): ClassRun => {
  if (m.lined.size + m.stretched.size === 0) return run;
  const isStretched = m.stretched.size > 0;
  m.loose = new Set([...m.lined, ...m.stretched]);
  try {
    const loose = runOnce(m, run.cls, run.method, given);
    return isStretched || pattern(loose, m.loose) !== pattern(run, m.loose) ? loose : run;
  } finally {
    m.loose = new Set();
  }
};

/** Which sizes of the other inputs are the same. */
const pattern = ({ entries }: ClassRun, masks: ReadonlySet<string>): string => {
  const seen: string[] = [];
  const place = (key: string): number => {
    if (!seen.includes(key)) seen.push(key);
    return seen.indexOf(key);
  };
  return entries
    .flatMap(({ name, value }) => (value.kind !== 'tensor' || masks.has(name) ? [] : [value.shape.dims]))
    .map((dims) => dims.map((d) => place(String(keyOf(d)))).join())
    .join(' ');
};

const runOnce = (m: Machine, cls: ClassValue, method: FunctionValue | undefined, given: Given): ClassRun => {
  m.inner.clear();
  m.asked.clear();
  m.supposed.clear();
  m.lined.clear();
  m.met.clear();
  m.stretched.clear();
  m.repeated = new Set();
  try {
    return runWhole(m, cls, method, given);
  } finally {
    m.repeated = null;
  }
};

const runWhole = (m: Machine, cls: ClassValue, method: FunctionValue | undefined, given: Given): ClassRun => {
  const first = settled(m, cls, method, startingEntries(m, cls, method, given), given);
  const run = withOtherRanks(m, withNeeded(m, first, given), given);
  const told = method ? asTold(m, run, method, given) : run;
  return withAbsence(m, byElimination(m, told, given), given);
};

/**
 * Where inputs that the code takes with several ranks run into faults with the one that was found, and with another one
 * that the code asks for into fewer, they have that one: one of them, or all.
 */
const withOtherRanks = (m: Machine, run: ClassRun, given: Given): ClassRun => {
  let best = run;
  for (const [names, rank] of otherRanks(m)) {
    if (faultsOf(best) === 0) return best;
    const entries = run.entries.map((entry) => (names.includes(entry.name) ? ofRank(entry, rank) : entry));
    if (entries.every((entry, i) => entry === run.entries[i])) continue;
    const other = settled(m, run.cls, run.method, entries, given);
    if (faultsOf(other) < faultsOf(best)) best = other;
  }
  return best;
};

const otherRanks = ({ asked }: Machine): readonly (readonly [readonly string[], number])[] => {
  const single = [...asked].flatMap(([name, ranks]) => [...ranks].map((rank) => [[name], rank] as const));
  if (asked.size < 2) return single;
  const all = new Set([...asked.values()].flatMap((ranks) => [...ranks]));
  return [...single, ...[...all].map((rank) => [[...asked.keys()], rank] as const)];
};

const faultsOf = ({ trace, partial }: ClassRun): number => trace.problems.length + (partial ? 1 : 0);

const ofRank = (entry: Entry, rank: number): Entry => {
  const { name, value } = entry;
  if (value.kind !== 'tensor' || value.shape.rest || value.shape.dims.length === rank) return entry;
  const dims = Array.from({ length: rank }, (_, i) => freshAxis(name, '_', i));
  return { ...entry, value: entryTensor(value.lib, name, dims) };
};

/** What takes more steps is not done again for each input that may be left out. */
const CHEAP = 20_000;

/** What a run may have taken that raises and so shows nothing, for it to be done again with the first such input. */
const AFFORDABLE = 250_000;

/** An input that is `None` by default, but without which the code cannot run, is one that has to be given. */
const withNeeded = (m: Machine, run: ClassRun, given: Given): ClassRun => {
  const isCheap = run.steps <= CHEAP;
  if (faultsOf(run) === 0 || !(isCheap || (run.partial === 'raised' && run.steps <= AFFORDABLE))) return run;
  for (const { name, value } of optionalEntries(run).slice(0, isCheap ? undefined : 1)) {
    const other = settled(m, run.cls, run.method, [...run.entries, { name, value }], given);
    if (isCheap ? faultsOf(other) === 0 : !other.partial && !other.trace.problems.some(({ certain }) => certain))
      return other;
  }
  return run;
};

/** The inputs that are `None` where a call leaves them out: there or not. */
const optionalEntries = ({ cls, method, entries }: ClassRun): readonly Entry[] =>
  [...(method?.defaults ?? [])].flatMap(([name, fallback]) =>
    fallback.kind !== 'none' || entries.some((entry) => entry.name === name)
      ? []
      : [{ name, value: entryTensor(libraryOf(cls), name, [], 0), optional: givenChoice(name) }],
  );

/**
 * What only holds because an input is left out is so in the calls that leave it out. A run where the inputs may be there
 * that `None` may stand for tells which conditions hold for every call, and which expressions are something else then.
 */
const withAbsence = (m: Machine, run: ClassRun, given: Given): ClassRun => {
  const optional = optionalEntries(run);
  const [first] = optional;
  if (!first?.optional) return run;
  const open = settled(m, run.cls, run.method, [...run.entries, ...optional], given);
  if (open.partial) return run;
  const choice = first.optional;
  const always = new Set<string>();
  for (const { condition, path } of [...open.trace.requirements, ...open.trace.assumptions])
    if (unconditional(path)) always.add(printCondition(condition));
  const marked = <T extends { readonly condition: Condition; readonly path: Path | null }>(one: T): T =>
    always.has(printCondition(one.condition)) || !unconditional(one.path)
      ? one
      : { ...one, path: { choice, holds: false, outer: one.path } };
  const requirements = run.trace.requirements.map(marked);
  const assumptions = run.trace.assumptions.map(marked);
  const trace = { ...run.trace, requirements, assumptions };
  return { ...run, trace, facts: finalFacts(trace), leftOut: restingOn(optional, run, open), open };
};

/** What expressions are where inputs may be there of which `run` takes that they are left out. */
const restingOn = (optional: readonly Entry[], run: ClassRun, open: ClassRun): ReadonlyMap<Node, LeftOut> => {
  const names = new Map(optional.flatMap(({ name, optional: one }) => (one ? [[one.key, name] as const] : [])));
  const found = new Map<Node, LeftOut>();
  for (const [node, values] of open.trace.values) {
    if (!run.trace.values.has(node)) continue;
    const keys = new Set(values.flatMap((value) => [...choicesIn(value)]));
    const inputs = [...names].flatMap(([key, name]) => (keys.has(key) ? [name] : []));
    if (inputs.length > 0) found.set(node, { inputs, values });
  }
  return found;
};

/** The choices on which it rests what a value is. */
const choicesIn = (value: Value): ReadonlySet<string> => {
  switch (value.kind) {
    case 'either':
      return new Set([value.condition.key, ...choicesIn(value.yes), ...choicesIn(value.no)]);
    case 'tuple':
    case 'list':
      return new Set(value.items.flatMap((item) => [...choicesIn(item)]));
    default:
      return new Set();
  }
};
