import { noFacts } from '../dims';
import {
  callAlone,
  confirmed,
  exploreClass,
  type Given,
  isModuleClass,
  libraryOfModule,
  type Machine,
  rehearse,
  runClass,
  takesTensors,
} from '../interp';
import { oncePer } from '../once';
import { type Chunk, type ClassDef, type FunctionDef, type Stmt, walk } from '../syntax';
import type { ClassValue, FunctionValue, ModuleValue, Value } from '../values';
import type { ClassUnit, FunctionUnit } from './analysis';
import { type Pending, pending } from './pending';

/** Steps for what a class did not run, for a function, and for a definition. */
export const FEWER_STEPS = 100_000;

/** What running a class or a function by itself has shown. */
type ClassResult = Pick<ClassUnit, 'run' | 'explored' | 'again'>;
type FunctionResult = Pick<FunctionUnit, 'run'>;

/** A class or function that can be run by itself, without its place. It runs when its result is first asked for. */
export type Alone =
  | { readonly kind: 'class'; readonly node: ClassDef; readonly result: Pending<ClassResult> }
  | { readonly kind: 'function'; readonly node: FunctionDef; readonly result: Pending<FunctionResult> };

/** Whether a statement of the module may be one that is run by itself, or holds such a class. */
export const isUnit = (chunk: Chunk): boolean =>
  chunk.stmt.kind === 'ClassDef' ||
  (chunk.stmt.kind === 'FunctionDef' && takesTensors(chunk.stmt)) ||
  innerClasses(chunk).length > 0;

/** The classes that are defined inside of a statement: in a class, a function, under a condition. */
const innerClasses = oncePer((chunk: Chunk): readonly ClassDef[] => {
  const found: ClassDef[] = [];
  if (/\bclass\b/.test(chunk.text.slice(1)))
    walk(chunk.stmt, (node) => {
      if (node.kind === 'ClassDef' && node !== chunk.stmt) found.push(node);
      return undefined;
    });
  return found;
});

/** The names of the classes of a statement that may be run by themselves. */
export const classNames = (chunk: Chunk): readonly string[] =>
  [...(chunk.stmt.kind === 'ClassDef' ? [chunk.stmt] : []), ...innerClasses(chunk)].map(({ name }) => name);

/**
 * What a statement of a module and the classes in it are by themselves, by what the module holds under their names.
 * `instead` is asked before one runs: where the module has been executed otherwise since then, it gives the same unit
 * after a new execution. `on` is what all of it rests on.
 */
export const aloneOf = (
  m: Machine,
  module: ModuleValue,
  chunk: Chunk,
  given: (name: string) => Given | undefined,
  instead: () => readonly Alone[] | undefined,
  on: readonly Chunk[],
): readonly Alone[] => {
  const { stmt: node } = chunk;
  const other = (own: ClassDef | FunctionDef) => instead()?.find((one) => one.node === own);
  const classUnit = (own: ClassDef, cls: ClassValue | undefined): readonly Alone[] => {
    if (!cls || !isModuleClass(cls)) return [];
    const result = pending(() => {
      const known = other(own);
      if (known?.kind === 'class') return known.result.get();
      // Where the module was executed again meanwhile, its names stand for other values: `super(Net, self)` too.
      const now = own === node ? classOf(module, own) : classesMadeBy(m, module, node).get(own);
      return runAlone(m, now ?? cls, own, given(own.name));
    });
    return [{ kind: 'class', node: own, result }];
  };
  const within = innerClasses(chunk);
  const made = within.length > 0 ? knownClasses(m, module, chunk, on) : new Map<ClassDef, ClassValue>();
  const nested = within.flatMap((own) => classUnit(own, made.get(own)));
  if (node.kind === 'ClassDef') return [...classUnit(node, classOf(module, node)), ...nested];
  if (node.kind !== 'FunctionDef' || !takesTensors(node) || !functionOf(module, node)) return nested;
  const result = pending(() => {
    const known = other(node);
    return known?.kind === 'function' ? known.result.get() : { run: callFunction(m, module, node) };
  });
  return [{ kind: 'function', node, result }, ...nested];
};

/** What was made the last time, and what that rested on. */
interface Made {
  readonly m: Machine;
  readonly on: readonly Chunk[];
  readonly classes: ReadonlyMap<ClassDef, ClassValue>;
}

const lastMade = new WeakMap<Chunk, Made>();

/** Which classes there are inside of a statement: a function is not called anew where it rests on the same. */
const knownClasses = (m: Machine, module: ModuleValue, chunk: Chunk, on: readonly Chunk[]): Made['classes'] => {
  const last = lastMade.get(chunk);
  if (last?.m === m && last.on.length === on.length && last.on.every((one, i) => one === on[i])) return last.classes;
  const classes = classesMadeBy(m, module, chunk.stmt);
  lastMade.set(chunk, { m, on, classes });
  return classes;
};

/** The classes inside of a statement as it makes them: those of a function by calling it with nothing known. */
const classesMadeBy = (m: Machine, module: ModuleValue, node: Stmt): ReadonlyMap<ClassDef, ClassValue> => {
  const made = new Map<ClassDef, ClassValue>();
  const add = (value: Value | undefined): void => {
    const own = value?.kind === 'class' ? value.site?.node : undefined;
    if (value?.kind !== 'class' || !own || !isClassDef(own) || made.has(own)) return;
    made.set(own, value);
    for (const held of value.attrs.values()) add(held);
  };
  if (node.kind === 'FunctionDef') {
    if (functionOf(module, node)) {
      m.defined = new Map();
      callFunction(m, module, node);
      for (const cls of m.defined.values()) add(cls);
      m.defined = null;
    }
    return made;
  }
  for (const value of node.kind === 'ClassDef' ? [classOf(module, node)] : module.scope.vars.values()) add(value);
  return made;
};

const isClassDef = (node: object): node is ClassDef => 'kind' in node && node.kind === 'ClassDef';

/** The class that a definition has made; undefined where its name stands for something else. */
const classOf = ({ scope }: ModuleValue, node: ClassDef): ClassValue | undefined => {
  const value = scope.vars.get(node.name);
  return value?.kind === 'class' && value.site?.node === node ? value : undefined;
};

const functionOf = ({ scope }: ModuleValue, node: FunctionDef): FunctionValue | undefined => {
  const value = scope.vars.get(node.name);
  return value?.kind === 'function' && value.node === node ? value : undefined;
};

/** A unit in its place. */
export const placed = (alone: Alone, start: number): ClassUnit | FunctionUnit => {
  const { name } = alone.node;
  if (alone.kind === 'function') {
    const { node, result } = alone;
    return {
      kind: 'function',
      name,
      node,
      start,
      get run() {
        return result.get().run;
      },
    };
  }
  const { node, result } = alone;
  return {
    kind: 'class',
    name,
    node,
    start,
    get run() {
      return result.get().run;
    },
    get explored() {
      return result.get().explored;
    },
    again: (method, rehearsing) => result.get().again(method, rehearsing),
  };
};

const runAlone = (m: Machine, cls: ClassValue, node: ClassDef, given: Given = {}): ClassResult => {
  const ran = runClass(m, cls, given);
  m.budget.steps = FEWER_STEPS;
  const run = { ...ran, trace: { ...ran.trace, problems: confirmed(m, ran, given) } };
  m.budget.steps = FEWER_STEPS;
  const explored = m.explores ? exploreClass(m, run, node, given) : [];
  const again: ClassUnit['again'] = (method, rehearsing) => {
    m.budget.steps = FEWER_STEPS;
    const args = new Map([...(rehearsing.args ?? []), ...(given.args ?? [])]);
    return rehearse(m, cls, method, { ...rehearsing, args });
  };
  return { run, explored, again };
};

const callFunction = (m: Machine, module: ModuleValue, node: FunctionDef): FunctionUnit['run'] => {
  const fn = functionOf(module, node);
  if (!fn) throw new Error(`${node.name} is not what the module holds`);
  m.budget.steps = FEWER_STEPS;
  m.inner.clear();
  return callAlone(m, { fn, node, module, library: libraryOfModule(module), facts: noFacts });
};
