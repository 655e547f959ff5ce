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
import type { Chunk, ClassDef, FunctionDef } from '../syntax';
import type { ClassValue, FunctionValue, ModuleValue } from '../values';
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

/** Whether a statement of the module may be one that is run by itself. */
export const isUnit = ({ stmt }: Chunk): boolean =>
  stmt.kind === 'ClassDef' || (stmt.kind === 'FunctionDef' && takesTensors(stmt));

/**
 * What a statement of a module is by itself, by what the module holds under its name. `instead` is asked before it runs:
 * where the module has been executed otherwise since then, it gives the same unit after a new execution.
 */
export const aloneOf = (
  m: Machine,
  module: ModuleValue,
  { stmt: node }: Chunk,
  given: Given | undefined,
  instead: () => Alone | undefined,
): Alone | undefined => {
  if (node.kind === 'ClassDef') {
    if (!classOf(module, node)) return undefined;
    const result = pending(() => {
      const other = instead();
      return other?.kind === 'class' ? other.result.get() : runAlone(m, module, node, given);
    });
    return { kind: 'class', node, result };
  }
  if (node.kind !== 'FunctionDef' || !functionOf(module, node)) return undefined;
  const result = pending(() => {
    const other = instead();
    return other?.kind === 'function' ? other.result.get() : { run: callFunction(m, module, node) };
  });
  return { kind: 'function', node, result };
};

/** The model class that a definition has made; undefined where its name stands for something else. */
const classOf = ({ scope }: ModuleValue, node: ClassDef): ClassValue | undefined => {
  const value = scope.vars.get(node.name);
  return value?.kind === 'class' && value.site?.node === node && isModuleClass(value) ? value : undefined;
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

const runAlone = (m: Machine, module: ModuleValue, node: ClassDef, given: Given = {}): ClassResult => {
  const cls = classOf(module, node);
  if (!cls) throw new Error(`${node.name} is not what the module holds`);
  const ran = runClass(m, cls, given);
  m.budget.steps = FEWER_STEPS;
  const run = { ...ran, trace: { ...ran.trace, problems: confirmed(m, ran, given) } };
  m.budget.steps = FEWER_STEPS;
  const explored = exploreClass(m, run, node, given);
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
