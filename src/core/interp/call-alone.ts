import type { Facts } from '../dims';
import { findFamily, type Library } from '../ops';
import { type Expr, type FunctionDef, type Node, type Parameter, type SyntaxNode, walk } from '../syntax';
import { FALSE, type FunctionValue, type ModuleValue, type ObjectValue, unknown, type Value } from '../values';
import { argumentOf, type Entry, finalFacts, moduleFrame, refine } from './alone';
import { annotated } from './annotations';
import { attempt, undone } from './branch';
import { entryTensor } from './entries';
import { exhaustionOf } from './exhaustion';
import { type Case, type Exploring, givenChoice } from './exploring';
import type { Args, Exhausted, Machine } from './machine';
import { toldShapes } from './told';
import { newTrace, type Trace } from './trace';

/** What was learnt of code that the ordinary run of its class does not reach. */
export interface Explored {
  readonly trace: Trace;
  readonly facts: Facts;
  readonly entries: readonly Entry[];
  /** The instance that was made anew for it. */
  readonly self?: ObjectValue | undefined;
  /** Under which conditions each node was reached; without any where it always is. */
  readonly cases: ReadonlyMap<Node, readonly Case[]>;
}

/** A function or method that was run by itself, its tensors free. */
export interface FunctionRun extends Explored {
  readonly node: FunctionDef;
  readonly output: Value | undefined;
  /** Why the run is only a part, if it is. */
  readonly partial: Exhausted['what'] | 'raised' | undefined;
}

/** What is called: a function, and what comes before its parameters where it is a method. */
export interface Callee {
  readonly fn: FunctionValue;
  readonly node: FunctionDef;
  readonly module: ModuleValue;
  readonly library: Library;
  /** What holds when it is called. */
  readonly facts: Facts;
  /** The instance or class that the method belongs to; absent for functions and static methods. */
  readonly self?: Value;
  /** Helpers whose meaning was assumed when the instance was made. */
  readonly assumed?: ReadonlySet<string>;
}

const PASSES = 4;

/**
 * Calls a function with nothing known of its arguments, until its tensors are settled. What it changes is undone.
 * `usual` says how the choices that were opened before turn out as a rule.
 */
export const callAlone = (m: Machine, callee: Callee, usual: Exploring['usual'] = new Map()): FunctionRun => {
  let entries = entriesOf(callee);
  m.described = new Set([...toldShapes(callee.fn).keys()].map((name) => entryName(callee, { name })));
  for (const { optional } of entries) if (optional) usual.set(optional.key, false);
  let run = pass(m, callee, entries, usual);
  for (let i = 1; i < PASSES && run.partial === undefined; i++) {
    const refined = refine(entries, run);
    if (!refined) break;
    entries = refined;
    run = pass(m, callee, entries, usual);
  }
  return run;
};

/** The parameters of a function without those that a method is called with by itself. */
const parametersOf = ({ node, self }: Callee): readonly Parameter[] => (self ? node.params.slice(1) : node.params);

/** The parameters that have to be given, and the tensors that may be. */
const entriesOf = (callee: Callee): readonly Entry[] =>
  freeParameters(callee).map((param) => ({
    ...{ name: entryName(callee, param), axes: [], open: true, value: freeArgument(callee, param) },
    ...(param.default && { optional: givenChoice(param.name) }),
  }));

const freeParameters = (callee: Callee): readonly Parameter[] =>
  parametersOf(callee).filter(
    (param) =>
      !param.form.startsWith('var-') && (!param.default || (isNone(param.default) && isTensor(callee.node, param))),
  );

const isNone = (expr: Expr): boolean => expr.kind === 'Constant' && expr.value === null;

/** Inputs of `forward` have the bare names; those of other methods must not be taken for them. */
const entryName = ({ node, self }: Callee, { name }: Pick<Parameter, 'name'>): string =>
  self ? `${node.name}.${name}` : name;

const freeArgument = (callee: Callee, param: Parameter): Value => {
  if (isTensor(callee.node, param)) return entryTensor(callee.library, entryName(callee, param), [], 0);
  const type = annotated(param.annotation);
  return { kind: 'opaque', path: param.name, ...(type && { type }) };
};

/** Whether a function has a parameter that is a tensor. */
export const takesTensors = (node: FunctionDef): boolean => node.params.some((param) => isTensor(node, param));

/** Whether a parameter is a tensor: by its annotation, else by what the function does with it. */
const isTensor = (node: FunctionDef, { annotation, name }: Parameter): boolean => {
  if (annotation) return /^(Tensor|.*Variable)$/.test(lastName(annotation) ?? '');
  let used = false;
  for (const stmt of node.body)
    walk(stmt, (inner) => {
      used ||= usesAsTensor(inner, name);
      return !used;
    });
  return used;
};

const lastName = (expr: Expr): string | undefined =>
  expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : undefined;

/** What strings and lists have too. */
const AMBIGUOUS = new Set(['split', 'type', 'index_select', 'copy', 'format', 'add', 'index', 'count', 'pop']);
const ATTRIBUTES = new Set(['shape', 'device', 'dtype', 'ndim', 'T', 'requires_grad']);

const usesAsTensor = (node: SyntaxNode, name: string): boolean => {
  if (node.kind === 'Attribute') return isName(node.value, name) && isTensorMember(node.attr);
  if (node.kind !== 'Call') return false;
  const isLayer = node.func.kind === 'Attribute' && isName(node.func.value, 'self');
  return (isLayer || isLibrary(node.func)) && node.args.slice(0, 1).some((arg) => isName(arg.value, name));
};

const isName = (expr: Expr, name: string): boolean => expr.kind === 'Name' && expr.id === name;

const isTensorMember = (attr: string): boolean =>
  ATTRIBUTES.has(attr) || (!AMBIGUOUS.has(attr) && findFamily(`torch.Tensor.${attr}`) !== undefined);

const isLibrary = (func: Expr): boolean => {
  if (func.kind !== 'Attribute') return false;
  const { value } = func;
  return (value.kind === 'Name' && /^(torch|paddle|F)$/.test(value.id)) || lastName(value) === 'functional';
};

const pass = (m: Machine, callee: Callee, entries: readonly Entry[], usual: Exploring['usual']): FunctionRun => {
  const cases = new Map<Node, readonly Case[]>();
  m.trace = newTrace(callee.assumed);
  m.exploring = { usual, training: FALSE, preparing: null, cases };
  Object.assign(m, { facts: callee.facts, path: null, tries: 0, frame: moduleFrame(callee.module) });
  let output: Value | undefined;
  let partial: FunctionRun['partial'];
  try {
    const ended = attempt(() => undone(m, () => m.call(callee.fn, argumentsOf(callee, entries), undefined)));
    if ('raised' in ended) partial = 'raised';
    else output = ended.value;
  } catch (thrown) {
    partial = exhaustionOf(thrown);
    if (!partial) throw thrown;
  } finally {
    m.exploring = null;
  }
  return {
    node: callee.node,
    trace: m.trace,
    facts: finalFacts(m.trace, callee.facts),
    entries,
    cases,
    output,
    partial,
  };
};

const argumentsOf = (callee: Callee, entries: readonly Entry[]): Args => ({
  positional: callee.self ? [callee.self] : [],
  keywords: new Map(
    freeParameters(callee).map(({ name }, i) => {
      const entry = entries[i];
      return [name, entry ? argumentOf(entry) : unknown(name)] as const;
    }),
  ),
});
