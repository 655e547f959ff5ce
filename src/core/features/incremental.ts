import { noFacts } from '../dims';
import {
  callAlone,
  clearModule,
  confirmed,
  createMachine,
  exhaustionOf,
  exploreClass,
  type Given,
  isModuleClass,
  libraryOfModule,
  type Machine,
  mergeTraces,
  newModule,
  newTrace,
  rehearse,
  runClass,
  runModule,
  runStatement,
  type Sources,
  type Trace,
  takesTensors,
} from '../interp';
import type { Chunk, ParsedModule, PlacedChunk } from '../syntax';
import { type ModuleValue, str, type Value } from '../values';
import type { ClassUnit, FunctionUnit, GivenByClass } from './analysis';
import { type Dependencies, dependenciesOf } from './dependencies';
import { namesOf } from './names';
import { type WatchedSources, watchSources } from './watched-sources';

/** A result with what it rests on; it holds as long as that is the same. */
interface Kept<T> {
  readonly on: readonly Chunk[];
  readonly result: T;
}

/** What executing one statement of the module has shown. */
interface Execution {
  readonly trace: Trace;
  readonly steps: number;
}

/** A class or function that was run by itself, without its place. */
type Alone = Omit<ClassUnit, 'start'> | Omit<FunctionUnit, 'start'> | undefined;

/** What is kept of a document between two analyses: imported modules that were run, and results by what they rest on. */
export interface Memory {
  readonly m: Machine;
  readonly module: ModuleValue;
  readonly watched: WatchedSources;
  readonly imports: string;
  /** The text that was run before the document, and the names that it has left. */
  readonly before: string | undefined;
  readonly earlier: ReadonlyMap<string, Value>;
  readonly executions: WeakMap<Chunk, Kept<Execution>>;
  readonly units: WeakMap<Chunk, Kept<Alone>>;
  /** Where values came from, for all executions. */
  readonly sources: Trace['sources'];
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
}

export interface Results {
  readonly memory: Memory;
  readonly script: Trace;
  readonly units: readonly (ClassUnit | FunctionUnit)[];
}

/** Steps for one class and for the statements of the module: an editor must never freeze. */
const STEPS = 400_000;
/** Steps for what a class did not run, for a function, and for a definition. */
const FEWER_STEPS = 100_000;

/** Runs what has to be run since the last time. The results are those of a run without `last`. */
export const runDocument = (last: Memory | undefined, task: Task): Results => {
  const { chunks } = task.syntax;
  const named = dependenciesOf(chunks);
  const dependencies = named ?? onEverything(chunks);
  const imports = chunks.map(({ chunk }) => namesOf(chunk.stmt).imports).join('\n');
  const isSame = last && last.imports === imports && last.before === task.before;
  const kept = isSame && !last.m.entangled && last.watched.follow(task.sources) ? last : undefined;
  const plan = kept && planOf(kept, task, dependencies);
  const isPossible = plan && (plan.executed.length === 0 || (named && !plan.executed.some((c) => isForeign(kept, c))));
  const memory = isPossible ? kept : newMemory(task, imports);
  return carryOut(memory, task, dependencies, isPossible ? plan : planOf(memory, task, dependencies));
};

const onEverything = (placed: readonly PlacedChunk[]): Dependencies => {
  const all = placed.map(({ chunk }) => chunk);
  return { ofUnit: () => all, ofExecution: () => all };
};

const newMemory = ({ name, path, syntax, sources, parse, before }: Task, imports: string): Memory => {
  const watched = watchSources(sources);
  const m = createMachine({ sources: watched.sources, parse, steps: STEPS });
  const module = newModule(m, name, path, syntax.text, path.endsWith('/__init__.py'));
  m.modules.set(name, module);
  m.main = module;
  const earlier = before === undefined ? new Map() : namesLeftBy(m, `${path}#before`, before);
  const results = { executions: new WeakMap(), units: new WeakMap(), sources: new WeakMap() };
  return { m, module, watched, imports, before, earlier, ...results };
};

/** Runs what came before; the names that it leaves behind. */
const namesLeftBy = (m: Machine, path: string, text: string): ReadonlyMap<string, Value> => {
  const module = newModule(m, '__main__', path, text, false);
  within(() => runModule(m, module));
  return new Map(module.scope.vars);
};

/** What has to be run: statements whose trace is asked for, units, and the statements that either needs. */
interface Plan {
  readonly executed: readonly Chunk[];
  readonly asked: ReadonlySet<Chunk>;
  readonly units: ReadonlySet<Chunk>;
}

const planOf = (memory: Memory, { syntax, given }: Task, dependencies: Dependencies): Plan => {
  const asked = new Set<Chunk>();
  const units = new Set<Chunk>();
  const needed = new Set<Chunk>();
  for (const { chunk } of syntax.chunks) {
    const execution = dependencies.ofExecution(chunk);
    if (!holds(memory.executions.get(chunk), execution)) {
      asked.add(chunk);
      for (const other of execution) needed.add(other);
    }
    if (!isUnit(chunk)) continue;
    const on = dependencies.ofUnit(chunk);
    if (holds(memory.units.get(chunk), on) && !givenFor(chunk, given)) continue;
    units.add(chunk);
    for (const other of on) needed.add(other);
  }
  const all = syntax.chunks.map(({ chunk }) => chunk);
  const executed = needed.size === 0 ? [] : all.filter((chunk) => needed.has(chunk) || isCheap(chunk));
  return { executed, asked, units };
};

/** Definitions are always there: what a reader types may name them. */
const isCheap = ({ stmt }: Chunk): boolean => namesOf(stmt).kind !== 'statement' && namesOf(stmt).calls.size === 0;

const holds = (kept: Kept<unknown> | undefined, on: readonly Chunk[]): boolean =>
  kept !== undefined && kept.on.length === on.length && kept.on.every((chunk, i) => chunk === on[i]);

const isUnit = ({ stmt }: Chunk): boolean =>
  stmt.kind === 'ClassDef' || (stmt.kind === 'FunctionDef' && takesTensors(stmt));

const givenFor = ({ stmt }: Chunk, given: GivenByClass): Given | undefined =>
  stmt.kind === 'ClassDef' ? given.get(stmt.name) : undefined;

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
  Object.assign(module, { syntax: task.syntax });
  if (plan.executed.length > 0) execute(memory, chunks, dependencies, plan);
  const units = chunks.flatMap(({ start, chunk }): Results['units'] => {
    if (!isUnit(chunk)) return [];
    const known = memory.units.get(chunk)?.result;
    const given = givenFor(chunk, task.given);
    const unit = plan.units.has(chunk) ? runUnit(m, module, chunk, given) : known;
    if (plan.units.has(chunk) && !given) memory.units.set(chunk, { on: dependencies.ofUnit(chunk), result: unit });
    return unit ? [{ ...unit, start }] : [];
  });
  const traces = chunks.flatMap(({ chunk }) => memory.executions.get(chunk)?.result.trace ?? []);
  return { memory, script: mergeTraces(traces, memory.sources), units };
};

/** Runs statements of the module in a scope without anything of before. */
const execute = (memory: Memory, chunks: readonly PlacedChunk[], dependencies: Dependencies, plan: Plan): void => {
  const { m, module, executions, sources, earlier } = memory;
  clearModule(m, module);
  for (const [name, value] of earlier) module.scope.vars.set(name, value);
  // What a reader has open is what is run: `if __name__ == '__main__'` holds.
  module.scope.vars.set('__name__', str('__main__'));
  m.restart();
  const executed = new Set(plan.executed);
  let left = STEPS;
  for (const { chunk } of chunks) {
    const isStatement = namesOf(chunk.stmt).kind === 'statement';
    const known = executions.get(chunk)?.result;
    if (executed.has(chunk)) {
      const allowed = isStatement ? left : FEWER_STEPS;
      m.trace = { ...newTrace(assumedIn(executions, dependencies.ofExecution(chunk))), sources };
      m.budget.steps = allowed;
      within(() => runStatement(m, module, chunk.stmt));
      const result = { trace: m.trace, steps: allowed - Math.max(0, m.budget.steps) };
      if (plan.asked.has(chunk)) executions.set(chunk, { on: dependencies.ofExecution(chunk), result });
    }
    if (isStatement) left -= (known ?? executions.get(chunk)?.result)?.steps ?? 0;
  }
};

/** The helpers that were assumed where the statements ran that another one rests on. */
const assumedIn = (executions: Memory['executions'], on: readonly Chunk[]): Set<string> =>
  new Set(on.flatMap((chunk) => [...(executions.get(chunk)?.result.trace.assumed ?? [])]));

/** A spent budget leaves what was found until then. */
const within = (body: () => void): void => {
  try {
    body();
  } catch (thrown) {
    if (!exhaustionOf(thrown)) throw thrown;
  }
};

const runUnit = (m: Machine, module: ModuleValue, { stmt: node }: Chunk, given: Given = {}): Alone => {
  const value = 'name' in node ? module.scope.vars.get(node.name) : undefined;
  if (node.kind === 'ClassDef') {
    if (value?.kind !== 'class' || value.site?.node !== node || !isModuleClass(value)) return undefined;
    const ran = runClass(m, value, given);
    m.budget.steps = FEWER_STEPS;
    const run = { ...ran, trace: { ...ran.trace, problems: confirmed(m, ran, given) } };
    m.budget.steps = FEWER_STEPS;
    const explored = exploreClass(m, run, node, given);
    const again: ClassUnit['again'] = (method, rehearsing) => {
      m.budget.steps = FEWER_STEPS;
      const args = new Map([...(rehearsing.args ?? []), ...(given.args ?? [])]);
      return rehearse(m, value, method, { ...rehearsing, args });
    };
    return { kind: 'class', name: node.name, node, run, explored, again };
  }
  if (node.kind !== 'FunctionDef' || value?.kind !== 'function' || value.node !== node) return undefined;
  m.budget.steps = FEWER_STEPS;
  const run = callAlone(m, { fn: value, node, module, library: libraryOfModule(module), facts: noFacts });
  return { kind: 'function', name: node.name, node, run };
};
