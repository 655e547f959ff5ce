import { assume, atMost, type Dim, type Facts, noFacts } from '../dims';
import { simplifyShape } from '../shapes';
import type { Node, Parameter } from '../syntax';
import {
  type Choice,
  type ClassValue,
  type FunctionValue,
  type ModuleValue,
  NONE,
  type ObjectValue,
  type TensorValue,
  tensorsIn,
  type Value,
} from '../values';
import { annotatedValue, readAnnotation } from './annotations';
import { attempt } from './branch';
import { classChoices } from './class-parameters';
import { callClass } from './classes';
import { entryTensor } from './entries';
import { demandedShape } from './entry-shapes';
import { exhaustionOf } from './exhaustion';
import { classesIn } from './instances';

import { callModule } from './layers';
import type { Args, Exhausted, Frame, Machine } from './machine';
import { elementsOf, isMapping, isSequence } from './modules';
import { setFromOutside } from './outside';
import { unconditional } from './path';
import { isFactory } from './prelude/kept';
import { classMember } from './protocols';
import { isResult } from './ranks';
import { nameAxes, toldShapes, withRank } from './told';
import type { Trace } from './trace';

/** What is supposed about one input of `forward`. */
export interface Entry {
  readonly name: string;
  readonly value: Value;
  /** Set where the input may be left out: whether it is given. */
  readonly optional?: Choice;
}

/** Inputs on whose absence an expression rests, and what it is whether they are there or not. */
export interface LeftOut {
  readonly inputs: readonly string[];
  readonly values: readonly Value[];
}

/** A class that was run with nothing known: its parameters symbols, its inputs free. */
export interface ClassRun {
  readonly cls: ClassValue;
  readonly self: ObjectValue | undefined;
  readonly trace: Trace;
  readonly facts: Facts;
  readonly entries: readonly Entry[];
  readonly output: Value | undefined;
  /** The classes that parameters may stand for, of which the first was taken: `block` of a ResNet. */
  readonly chosen: ReadonlyMap<string, readonly ClassValue[]>;
  /** The method that was run: `forward`. */
  readonly method: FunctionValue | undefined;
  /** Expressions that are something else where inputs are given that this run takes to be left out. */
  readonly leftOut?: ReadonlyMap<Node, LeftOut>;
  /** The run where inputs may be there that this one takes to be left out. */
  readonly open?: ClassRun;
  /** The inputs of whose rank something is supposed that the code does not need. */
  readonly supposed: ReadonlySet<string>;
  /** How many steps the run took. */
  readonly steps: number;
  /** Why the run is only a part, if it is. */
  readonly partial: Exhausted['what'] | 'raised' | undefined;
}

/** How often the entries are refined; two or three passes reach a fixed point. */
const PASSES = 6;

/** What the caller already knows: arguments of the constructor and shapes of inputs, by name. */
export interface Given {
  readonly args?: ReadonlyMap<string, Value>;
  readonly inputs?: ReadonlyMap<string, Value>;
}

/** Runs a class until its inputs are settled. */
export const settled = (
  m: Machine,
  cls: ClassValue,
  method: FunctionValue | undefined,
  starting: readonly Entry[],
  given: Given,
): ClassRun => {
  let entries = starting;
  let repeated = m.repeated?.size;
  let run = pass(m, cls, method, entries, given);
  for (let i = 1; i < PASSES; i++) {
    const refined = refine(entries, run);
    if (!refineInner(m, run) && !refined && m.repeated?.size === repeated) break;
    entries = refined ?? entries;
    repeated = m.repeated?.size;
    run = pass(m, cls, method, entries, given);
  }
  return run;
};

/**
 * What the author says of the inputs: their ranks, where the code leaves them open and nothing goes wrong with them, and
 * names for the sizes that the code gives none.
 */
export const asTold = (m: Machine, run: ClassRun, method: FunctionValue, given: Given): ClassRun => {
  const told = toldShapes(method);
  if (told.size === 0) return run;
  const ranked = run.entries.map((entry) => {
    const shape = told.get(entry.name);
    const { name, value } = entry;
    if (!shape || given.inputs?.has(name) || value.kind !== 'tensor') return entry;
    const ranked = withRank(name, value, shape);
    return ranked === value ? entry : { ...entry, value: ranked };
  });
  const isNew = ranked.some((entry, i) => entry !== run.entries[i]);
  const other = isNew ? settled(m, run.cls, method, ranked, given) : run;
  const fits = other.trace.problems.length <= run.trace.problems.length && (!other.partial || run.partial);
  const best = fits ? other : run;
  const taken = new Set(parameterNames(run.cls));
  for (const { name, value } of best.entries)
    if (value.kind === 'tensor') nameAxes(best.trace.names, value.shape, told.get(name), taken);
  return best;
};

const parameterNames = (cls: ClassValue): readonly string[] => {
  const init = classMember(cls, '__init__')?.value;
  return init?.kind === 'function' ? init.node.params.map(({ name }) => name) : [];
};

/** What a run of a class may have beside its arguments. */
interface Circumstances {
  /** What happens between its constructor and its `forward`. */
  readonly prepare?: (self: ObjectValue) => void;
  /** Arguments that nobody knows, of the constructor and of `forward`. */
  readonly more?: Pick<Args, 'open' | 'rest'>;
}

/** Runs a class once. */
export const pass = (
  m: Machine,
  cls: ClassValue,
  method: FunctionValue | undefined,
  entries: readonly Entry[],
  given: Given,
  { prepare, more = {} }: Circumstances = {},
): ClassRun => {
  m.restart();
  noteKnownAxes(m, entries);
  const budget = m.budget.steps;
  let self: ObjectValue | undefined;
  let output: Value | undefined;
  let partial: ClassRun['partial'];
  const site: Node | undefined = cls.site?.node;
  if (cls.module) m.frame = moduleFrame(cls.module);
  try {
    const ended = attempt(() => {
      const made = callClass(m, cls, { positional: [], keywords: constructorArguments(m, cls, given), ...more }, site);
      self = made.kind === 'object' ? made : undefined;
      if (self) openForeign(m, self);
      if (self) prepare?.(self);
      if (self && (method || entries.length > 0))
        output = callModule(m, self, { ...entryArguments(method, entries), ...more }, site);
    });
    if ('raised' in ended) partial = 'raised';
  } catch (thrown) {
    partial = exhaustionOf(thrown);
    if (!partial) throw thrown;
    m.journal.levels.splice(0);
  }
  const chosen = new Map([...classChoices(m, cls)].filter(([name]) => !given.args?.has(name)));
  const [steps, facts] = [budget - m.budget.steps, finalFacts(m.trace)];
  // What the code needs is not supposed any more.
  for (const { entry, open, usual } of m.trace.demands) if (open === false && !usual) m.supposed.delete(entry);
  const results = new Set(m.trace.results.values());
  const supposed = new Set([...m.supposed].filter((entry) => !isResult(entry) || results.has(entry)));
  return { cls, self, trace: m.trace, facts, entries, output, chosen, method, supposed, steps, partial };
};

const noteKnownAxes = (m: Machine, entries: readonly Entry[]): void => {
  m.knownAxes.clear();
  for (const { origin, shape } of [...entries.flatMap(({ value }) => tensorsIn(value)), ...m.inner.values()])
    if (origin !== undefined && shape.rest) m.knownAxes.set(origin, shape.dims.length);
};

/** The place outside of all functions of a module. */
export const moduleFrame = (module: ModuleValue): Frame => ({
  name: '<module>',
  caller: null,
  depth: 0,
  self: undefined,
  owner: null,
  yields: null,
  site: undefined,
  module,
});

/**
 * Attributes that begin as `None` and that other objects of the module set (`block.H = H`) may be anything; a container
 * that its constructor leaves empty is filled by whoever made it.
 */
const openForeign = (m: Machine, self: ObjectValue): void => {
  if ((isSequence(self) || isMapping(self)) && elementsOf(m, self).length === 0) self.open = true;
  const module = self.cls.module;
  if (!module) return;
  for (const name of setFromOutside(module.syntax))
    if (self.attrs.get(name)?.kind === 'none') self.attrs.set(name, { kind: 'opaque', path: name });
};

/** Inputs go by name to a `forward` in Python, by position to a library's own. */
const entryArguments = (method: FunctionValue | undefined, entries: readonly Entry[]): Args => {
  if (!method) return { positional: entries.map(argumentOf), keywords: new Map() };
  const star = method.node.params.find(({ form }) => form === 'var-positional')?.name;
  const starred = entries.find(({ name }) => name === star)?.value;
  const others = entries.filter(({ name }) => name !== star);
  const keywords = new Map(others.map((e) => [e.name, argumentOf(e)]));
  return { positional: [], keywords, ...(starred && { starred }) };
};

/** An input as it is handed over: one that may be left out is there or not. */
export const argumentOf = ({ value, optional }: Entry): Value =>
  optional ? { kind: 'either', condition: optional, yes: value, no: NONE } : value;

const GIVEN = { given: true } as const;

/** Required parameters become symbols of their names; optional ones keep their defaults. */
const constructorArguments = (m: Machine, cls: ClassValue, given: Given): ReadonlyMap<string, Value> => {
  const args = new Map<string, Value>();
  const init = classMember(cls, '__init__');
  const params = init?.value.kind === 'function' ? init.value.node.params.slice(1) : [];
  const scope = init?.value.kind === 'function' ? init.value.scope : undefined;
  const injected = injectedInto(cls);
  const choices = classChoices(m, cls);
  for (const param of params) {
    const known = given.args?.get(param.name);
    const handed = known ?? choices.get(param.name)?.[0];
    if (handed) args.set(param.name, handed);
    else if ((!param.default || injected(param)) && param.form !== 'var-positional' && param.form !== 'var-keyword') {
      const told = readAnnotation(param.annotation, scope && classesIn(m, scope));
      args.set(
        param.name,
        annotatedValue(told, { kind: 'opaque', path: param.name, ...(isFactory(param.name) && GIVEN) }),
      );
    }
  }
  if (init) return args;
  // A dataclass has fields, a library layer the parameters of its row.
  const layer = cls.mro.find((c) => c.layer)?.layer;
  const required = layer
    ? (layer.rows[0]?.signature.params ?? []).filter((p) => p.fallback === undefined).map((p) => p.name)
    : (cls.fields ?? []).filter((f) => !f.default && !f.factory).map((f) => f.name);
  for (const name of required) args.set(name, given.args?.get(name) ?? { kind: 'opaque', path: name });
  return args;
};

/**
 * PaddleDetection makes parts of a registered class from the configuration: those that `__inject__` names and those that
 * `from_config` makes. Their default is only the name of a class.
 */
const injectedInto = (cls: ClassValue): ((param: Parameter) => boolean) => {
  const listed = classMember(cls, '__inject__')?.value;
  if (!listed && !classMember(cls, 'from_config') && !classMember(cls, '__category__')) return () => false;
  const items = listed?.kind === 'list' || listed?.kind === 'tuple' ? listed.items : [];
  const names = new Set(items.flatMap((item) => (item.kind === 'str' ? [item.value] : [])));
  return ({ name, default: usual }) =>
    usual?.kind === 'Str' ? names.has(name) || /^[A-Z]\w*$/.test(usual.value) : false;
};

/** What holds whenever the code runs: the conditions that were met outside of undecided branches. */
export const finalFacts = (
  { requirements, assumptions, sizes }: Pick<Trace, 'requirements' | 'assumptions' | 'sizes'>,
  known: Facts = noFacts,
): Facts => {
  let facts = known;
  for (const { condition, path } of [...requirements, ...assumptions]) {
    if (unconditional(path)) facts = assume(facts, condition) ?? facts;
  }
  for (const size of sizes.values()) facts = assume(facts, atMost(1, size)) ?? facts;
  return facts;
};

/** What the run has demanded of the entries; undefined when nothing new. */
export const refine = (
  entries: readonly Entry[],
  run: Pick<ClassRun, 'trace' | 'facts'>,
): readonly Entry[] | undefined => {
  let changed = false;
  const refined = entries.map((entry) => {
    const next = refineEntry(entry, run);
    if (next !== entry) changed = true;
    return next;
  });
  return changed ? refined : undefined;
};

const refineEntry = (entry: Entry, run: Pick<ClassRun, 'trace' | 'facts'>): Entry => {
  const value = refineValue(entry.value, run);
  return value === entry.value ? entry : { ...entry, value };
};

/** The inputs that stand in a value, refined; the same value where there is nothing to refine. */
const refineValue = (value: Value, run: Pick<ClassRun, 'trace' | 'facts'>): Value => {
  if (value.kind === 'tuple') {
    const items = value.items.map((item) => refineValue(item, run));
    return items.every((item, i) => item === value.items[i]) ? value : { ...value, items };
  }
  return value.kind === 'tensor' && value.origin !== undefined ? refineTensor(value, value.origin, run) : value;
};

const refineTensor = (value: TensorValue, name: string, run: Pick<ClassRun, 'trace' | 'facts'>): TensorValue => {
  const { rest } = value.shape;
  const demanded = rest && demandedShape(name, value.shape, run.trace);
  if (demanded) return entryTensor(value.lib, name, demanded.dims, demanded.rest?.at);
  const shape = simplifyShape(run.facts, value.shape);
  if (shape.dims.every((d, i) => d === value.shape.dims[i] || simplifiesToItself(d, value.shape.dims[i]))) return value;
  return entryTensor(value.lib, name, shape.dims, rest?.at);
};

/** Refines the tensors in containers that are inputs; whether there was anything new. */
const refineInner = (m: Machine, run: ClassRun): boolean => {
  let changed = false;
  for (const [path, tensor] of m.inner) {
    const next = refineTensor(tensor, path, run);
    if (next === tensor) continue;
    m.inner.set(path, next);
    changed = true;
  }
  return changed;
};

const simplifiesToItself = (a: Dim, b: Dim | undefined): boolean =>
  typeof a !== 'number' && typeof b === 'object' && a.key === b.key;
