import {
  clearModule,
  createMachine,
  exhaustionOf,
  type Given,
  type Machine,
  mergeTraces,
  newModule,
  newTrace,
  runModule,
  runStatement,
  type Sources,
  saidOfClass,
  type Trace,
} from '../interp';
import type { Chunk, ParsedModule, PlacedChunk } from '../syntax';
import { type ModuleValue, str, type Value } from '../values';
import type { ClassUnit, FunctionUnit, GivenByClass } from './analysis';
import { type Dependencies, dependenciesOf } from './dependencies';
import { namesOf } from './names';
import { type Pending, pending } from './pending';
import { type Alone, aloneOf, classNames, FEWER_STEPS, isUnit, placed } from './units';
import { type WatchedSources, watchSources } from './watched-sources';

/** A result with what it rests on; it holds as long as that is the same. */
interface Kept<T> {
  readonly on: readonly Chunk[];
  readonly result: T;
}

/** The results of a class or function and of the classes in it, with what the rest of the file says of it. */
interface KeptUnit extends Kept<readonly Alone[]> {
  readonly said: string;
}

/** What executing one statement of the module has shown. */
interface Execution {
  readonly trace: Trace;
  readonly steps: number;
}

type Executions = WeakMap<Chunk, Kept<Execution>>;

/** What is kept of a document between two analyses: imported modules that were run, and results by what they rest on. */
export interface Memory {
  readonly m: Machine;
  readonly module: ModuleValue;
  readonly watched: WatchedSources;
  readonly imports: string;
  /** The text that was run before the document, and the names that it has left. */
  readonly before: string | undefined;
  readonly earlier: ReadonlyMap<string, Value>;
  /** Statements executed for what the features ask of the module itself, and for classes and functions that need them. */
  readonly executions: Executions;
  readonly preparations: Executions;
  readonly units: WeakMap<Chunk, KeptUnit>;
  /** Where values came from, for all executions. */
  readonly sources: Trace['sources'];
  merged: { readonly parts: readonly Trace[]; readonly whole: Trace } | undefined;
  /** Of which results the names are that the module holds now. */
  holder: object | undefined;
}

/** One document to be analysed. */
export interface Task {
  readonly name: string;
  readonly path: string;
  readonly syntax: ParsedModule;
  readonly sources: Sources;
  readonly given: GivenByClass;
  readonly parse: (path: string, text: string) => ParsedModule;
  /** What was run before in the same session: the earlier cells of a notebook. */
  readonly before?: string | undefined;
  /** Whether classes are only run, and not explored. */
  readonly unexplored?: boolean | undefined;
  readonly isWanted?: (() => boolean) | undefined;
}

/** What is known of a document. Each class and function, and the statements of the module, run when somebody asks. */
export interface Results {
  readonly memory: Memory;
  readonly script: Pending<Trace>;
  readonly units: readonly (ClassUnit | FunctionUnit)[];
  readonly alone: ReadonlyMap<Chunk, readonly Alone[]>;
  /** What has not run yet, in the order of the file. */
  readonly left: () => readonly Pending<unknown>[];
}

/** Steps for one class and for the statements of the module: an editor must never freeze. */
const STEPS = 400_000;

/**
 * Finds out what has to be run since the last time, and executes what that needs of the module. The results are those of
 * a run without `last`, whenever they are asked for: also after a later text of the document has been run.
 */
export const runDocument = (last: Memory | undefined, task: Task): Results => {
  const { chunks } = task.syntax;
  const named = dependenciesOf(chunks);
  const dependencies = named ?? onEverything(chunks);
  const imports = chunks.map(({ chunk }) => namesOf(chunk.stmt).imports).join('\n');
  const isSame =
    last && last.imports === imports && last.before === task.before && last.m.explores === !task.unexplored;
  const kept = isSame && !last.m.entangled && !last.m.spoilt && last.watched.follow(task.sources) ? last : undefined;
  const plan = kept && planOf(kept, task, dependencies);
  const isPossible = plan && (plan.executed.length === 0 || (named && !plan.executed.some((c) => isForeign(kept, c))));
  const memory = isPossible ? kept : newMemory(task, imports);
  return carryOut(memory, task, dependencies, isPossible ? plan : planOf(memory, task, dependencies));
};

const onEverything = (placed: readonly PlacedChunk[]): Dependencies => {
  const all = placed.map(({ chunk }) => chunk);
  return { ofUnit: () => all, ofExecution: () => all };
};

const newMemory = (task: Task, imports: string): Memory => {
  const { name, path, syntax, sources, parse, before, unexplored, isWanted } = task;
  const watched = watchSources(sources);
  const m = createMachine({
    ...{ sources: watched.sources, parse, steps: STEPS, explores: !unexplored },
    ...(isWanted && { isWanted }),
  });
  const module = newModule(m, name, path, syntax.text, path.endsWith('/__init__.py'));
  m.modules.set(name, module);
  m.main = module;
  const earlier = before === undefined ? new Map() : namesLeftBy(m, `${path}#before`, before);
  return {
    ...{ m, module, watched, imports, before, earlier },
    ...{ executions: new WeakMap(), preparations: new WeakMap(), units: new WeakMap(), sources: new WeakMap() },
    ...{ merged: undefined, holder: undefined },
  };
};

/** Runs what came before; the names that it leaves behind. */
const namesLeftBy = (m: Machine, path: string, text: string): ReadonlyMap<string, Value> => {
  const module = newModule(m, '__main__', path, text, false);
  within(() => runModule(m, module));
  return new Map(module.scope.vars);
};

/** What has to be run: statements whose trace is asked for, units, and the statements that they need. */
interface Plan {
  readonly asked: ReadonlySet<Chunk>;
  readonly units: ReadonlySet<Chunk>;
  /** What all units rest on. */
  readonly needed: ReadonlySet<Chunk>;
  /** What is executed for the units, and for the statements as well, in the order of the file. */
  readonly prepared: readonly Chunk[];
  readonly executed: readonly Chunk[];
}

const planOf = (memory: Memory, { syntax, given }: Task, dependencies: Dependencies): Plan => {
  const asked = new Set<Chunk>();
  const units = new Set<Chunk>();
  const needed = new Set<Chunk>();
  const byUnits = new Set<Chunk>();
  const byScript = new Set<Chunk>();
  for (const { chunk } of syntax.chunks) {
    const execution = dependencies.ofExecution(chunk);
    if (!holds(memory.executions.get(chunk), execution)) {
      asked.add(chunk);
      for (const other of execution) byScript.add(other);
    }
    if (!isUnit(chunk)) continue;
    const on = dependencies.ofUnit(chunk);
    for (const other of on) needed.add(other);
    const kept = memory.units.get(chunk);
    const isSame = holds(kept, on) && kept?.said === saidOf(syntax, chunk);
    const isDone = kept?.result.every(({ result }) => result.isDone()) === true;
    if (isSame && isDone && !isGiven(chunk, given)) continue;
    units.add(chunk);
    for (const other of on) byUnits.add(other);
  }
  const all = syntax.chunks.map(({ chunk }) => chunk);
  const having = (some: ReadonlySet<Chunk>) => all.filter((chunk) => some.has(chunk) || isCheap(chunk));
  const prepared = units.size === 0 ? [] : having(byUnits);
  const executed = asked.size === 0 ? prepared : having(new Set([...byUnits, ...byScript]));
  return { asked, units, needed, prepared, executed };
};

/** Definitions are always there: what a reader types may name them. */
const isCheap = ({ stmt }: Chunk): boolean => namesOf(stmt).kind !== 'statement' && namesOf(stmt).calls.size === 0;

const holds = (kept: Kept<unknown> | undefined, on: readonly Chunk[]): boolean =>
  kept !== undefined && kept.on.length === on.length && kept.on.every((chunk, i) => chunk === on[i]);

const saidOf = (syntax: ParsedModule, { stmt }: Chunk): string =>
  stmt.kind === 'ClassDef' ? saidOfClass(syntax, stmt) : '';

const isGiven = (chunk: Chunk, given: GivenByClass): boolean =>
  given.size > 0 && classNames(chunk).some((name) => given.has(name));

/** Whether executing a statement again may change what an imported module holds: a class that registers itself. */
const isForeign = ({ module }: Memory, { stmt }: Chunk): boolean =>
  [...namesOf(stmt).calls].some((name) => {
    const value = module.scope.vars.get(name);
    if (value?.kind === 'module' || value?.kind === 'object') return true;
    return (
      (value?.kind === 'function' || value?.kind === 'class') && value.module !== undefined && value.module !== module
    );
  });

const carryOut = (memory: Memory, task: Task, dependencies: Dependencies, plan: Plan): Results => {
  const { m, module } = memory;
  const { chunks } = task.syntax;
  const holder = {};
  memory.holder = holder;
  Object.assign(module, { syntax: task.syntax });
  if (plan.prepared.length > 0) execute(memory, memory.preparations, task, dependencies, plan.prepared, plan.needed);
  const again = pending(() => runDocument(memory, task));
  const isHeld = (): boolean => memory.holder === holder && !m.spoilt;
  const alone = new Map<Chunk, readonly Alone[]>();
  const given = (name: string): Given | undefined => task.given.get(name);
  for (const { chunk } of chunks) {
    if (!isUnit(chunk)) continue;
    const instead = () => (isHeld() ? undefined : again.get().alone.get(chunk));
    const isPlanned = plan.units.has(chunk);
    const on = dependencies.ofUnit(chunk);
    const units = isPlanned ? aloneOf(m, module, chunk, given, instead, on) : (memory.units.get(chunk)?.result ?? []);
    if (isPlanned && !isGiven(chunk, task.given))
      memory.units.set(chunk, { on, said: saidOf(task.syntax, chunk), result: units });
    alone.set(chunk, units);
  }
  const known = new Map(chunks.map(({ chunk }) => [chunk, memory.executions.get(chunk)] as const));
  const script = pending((): Trace => {
    if (!isHeld()) return again.get().script.get();
    if (plan.asked.size > 0) execute(memory, memory.executions, task, dependencies, plan.executed, plan.asked);
    const traces = chunks.flatMap(({ chunk }) => {
      const kept = plan.asked.has(chunk) ? memory.executions.get(chunk) : known.get(chunk);
      return kept?.result.trace ?? [];
    });
    return merged(memory, traces);
  });
  const units = chunks.flatMap(({ start, chunk }) => (alone.get(chunk) ?? []).map((unit) => placed(unit, start)));
  const left = () => [...[...alone.values()].flat().map(({ result }) => result), script].filter((one) => !one.isDone());
  return { memory, script, units, alone, left };
};

/** What statements have shown together; the same as the last time where they are the same. */
const merged = (memory: Memory, parts: readonly Trace[]): Trace => {
  const last = memory.merged;
  if (last?.parts.length === parts.length && last.parts.every((part, i) => part === parts[i])) return last.whole;
  const whole = mergeTraces(parts, memory.sources);
  memory.merged = { parts, whole };
  return whole;
};

/**
 * Executes statements of the module in a scope without anything of before. Those that are asked for are kept; they share
 * the steps of those that were kept before.
 */
const execute = (
  memory: Memory,
  executions: Executions,
  task: Task,
  dependencies: Dependencies,
  statements: readonly Chunk[],
  asked: ReadonlySet<Chunk>,
): void => {
  const { m, module, sources, earlier } = memory;
  const before = new Map(module.scope.vars);
  clearModule(m, module);
  for (const [name, value] of earlier) module.scope.vars.set(name, value);
  // What a reader has open is what is run: `if __name__ == '__main__'` holds.
  module.scope.vars.set('__name__', str('__main__'));
  m.restart();
  const executed = new Set(statements);
  let left = STEPS;
  for (const { chunk } of task.syntax.chunks) {
    const isStatement = namesOf(chunk.stmt).kind === 'statement';
    if (executed.has(chunk)) {
      const allowed = isStatement ? left : FEWER_STEPS;
      m.trace = { ...newTrace(assumedIn(executions, dependencies.ofExecution(chunk))), sources };
      m.budget.steps = allowed;
      // A model that a script makes is in training mode until the script says otherwise.
      m.training = isStatement;
      within(() => runStatement(m, module, chunk.stmt));
      m.training = false;
      keepDefined(module, chunk, before);
      const result = { trace: m.trace, steps: allowed - Math.max(0, m.budget.steps) };
      if (asked.has(chunk)) executions.set(chunk, { on: dependencies.ofExecution(chunk), result });
    }
    if (isStatement) left -= executions.get(chunk)?.result.steps ?? 0;
  }
};

/**
 * A definition that does not come about a second time, because a registry of another module has it already, stays what it
 * was the first time.
 */
const keepDefined = ({ scope }: ModuleValue, { stmt }: Chunk, before: ReadonlyMap<string, Value>): void => {
  if ((stmt.kind !== 'ClassDef' && stmt.kind !== 'FunctionDef') || scope.vars.has(stmt.name)) return;
  const held = before.get(stmt.name);
  const node = held?.kind === 'class' ? held.site?.node : held?.kind === 'function' ? held.node : undefined;
  if (held && node === stmt) scope.vars.set(stmt.name, held);
};

/** The helpers that were assumed where the statements ran that another one rests on. */
const assumedIn = (executions: Executions, on: readonly Chunk[]): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const chunk of on) for (const name of executions.get(chunk)?.result.trace.assumed ?? []) found.add(name);
  return found;
};

/** A spent budget leaves what was found until then. */
const within = (body: () => void): void => {
  try {
    body();
  } catch (thrown) {
    if (!exhaustionOf(thrown)) throw thrown;
  }
};
