import type { ClassDef, FunctionDef, Node, Parameter } from '../syntax';
import {
  bool,
  type Choice,
  FALSE,
  type FunctionValue,
  int,
  NONE,
  type ObjectValue,
  type OpaqueValue,
  opaqueSize,
  TRUE,
  type Value,
} from '../values';
import { type ClassRun, type Entry, type Given, pass, refine } from './alone';
import { annotated } from './annotations';
import { attempt, fork } from './branch';
import { type Callee, callAlone, type Explored } from './call-alone';
import { entryTensor } from './entries';
import { exhaustionOf } from './exhaustion';
import { type Case, calledChoice, type Exploring, givenChoice, TRAINING } from './exploring';
import { type Machine, NO_ARGS } from './machine';
import { classMember } from './protocols';
import { libraryOf } from './starting';
import { attributesSet, decidingNames, hasRun, methodsOf } from './unreached';

/**
 * Runs what the run of a class did not reach: the sides that a default, `training` or a method that was not called has
 * ruled out, and the methods that nothing called, in the order of the file. The run itself is left as it is.
 */
export const exploreClass = (m: Machine, run: ClassRun, node: ClassDef, given: Given = {}): readonly Explored[] => {
  try {
    return explore(m, run, node, given);
  } catch (thrown) {
    if (!exhaustionOf(thrown)) throw thrown;
    return [];
  } finally {
    m.exploring = null;
  }
};

const explore = (m: Machine, run: ClassRun, node: ClassDef, given: Given): readonly Explored[] => {
  const names = decidingNames(run.trace, node);
  const idle = methodsOf(node).filter((method) => !/^__\w+__$/.test(method.name) && !hasRun(run.trace, method));
  const preparing = idle.filter((method) => isPreparing(method, names));
  const opened = openArguments(run, names, given);
  const usual: Exploring['usual'] = new Map(opened.choices.map(({ key, usual }) => [key, usual]));
  for (const { name } of preparing) usual.set(calledChoice(name).key, false);
  const other = usual.size > 0 || names.has('training') ? otherwise(m, run, opened, preparing, usual) : undefined;
  const self = other?.self ?? run.self;
  const rest = idle.filter((method) => !other || !hasRun(other.trace, method));
  const methods = self ? rest.flatMap((method) => callMethod(m, run, self, method, usual)) : [];
  return other ? [other, ...methods] : methods;
};

/** A method that can be called as it is and sets what a condition asks for: `convert_to_deploy`. */
const isPreparing = (method: FunctionDef, names: ReadonlySet<string>): boolean => {
  const needed = method.params.slice(1).some((param) => !param.default && !param.form.startsWith('var-'));
  return !needed && [...attributesSet(method)].some((name) => names.has(name));
};

interface OpenedChoice extends Choice {
  /** How it turns out as a rule. */
  readonly usual: boolean;
}

/** Arguments that have a default and may be something else. */
interface Opened {
  readonly choices: readonly OpenedChoice[];
  readonly args: ReadonlyMap<string, Value>;
  readonly entries: readonly Entry[];
}

const openArguments = (run: ClassRun, names: ReadonlySet<string>, given: Given): Opened => {
  const { cls, method } = run;
  const choices: OpenedChoice[] = [];
  const args = new Map(given.args);
  const entries: Entry[] = [];
  const init = classMember(cls, '__init__')?.value;
  for (const [param, fallback] of defaultsOf(init, names)) {
    if (args.has(param.name)) continue;
    const one = openArgument(param, fallback, 'opened:init:');
    if (!one) continue;
    choices.push(one.choice);
    args.set(param.name, { kind: 'either', condition: one.choice, yes: one.yes, no: one.no });
  }
  for (const [param, fallback] of defaultsOf(method, names)) {
    if (run.entries.some(({ name }) => name === param.name)) continue;
    const tensor = fallback.kind === 'none' && !annotated(param.annotation);
    const one = tensor ? undefined : openArgument(param, fallback, 'opened:');
    if (tensor) {
      const optional = givenChoice(param.name);
      choices.push({ ...optional, usual: false });
      const value = entryTensor(libraryOf(cls), param.name, [], 0);
      entries.push({ name: param.name, value, optional });
    } else if (one) {
      choices.push(one.choice);
      const value: Value = { kind: 'either', condition: one.choice, yes: one.yes, no: one.no };
      entries.push({ name: param.name, value });
    }
  }
  return { choices, args, entries };
};

/** The parameters of a function that have a default and one of these names. */
const defaultsOf = (value: Value | undefined, names: ReadonlySet<string>): readonly (readonly [Parameter, Value])[] =>
  value?.kind === 'function'
    ? value.node.params.flatMap((param) => {
        const fallback = value.defaults.get(param.name);
        return fallback && names.has(param.name) ? [[param, fallback] as const] : [];
      })
    : [];

interface OpenedArgument {
  readonly choice: OpenedChoice;
  readonly yes: Value;
  readonly no: Value;
}

/** What an argument may be beside its default; undefined where that tells nothing. */
const openArgument = ({ name, annotation }: Parameter, fallback: Value, prefix: string): OpenedArgument | undefined => {
  const key = `${prefix}${name}`;
  const type = annotated(annotation);
  switch (fallback.kind) {
    case 'bool':
      return { choice: { key, text: name, usual: fallback.value }, yes: TRUE, no: FALSE };
    case 'none': {
      const yes: OpaqueValue = { kind: 'opaque', path: name, given: true, ...(type && { type }) };
      return { choice: { key, text: `${name} is not None`, usual: false }, yes, no: fallback };
    }
    // What is asked of a number or a text is a condition of its own.
    case 'int':
      return {
        choice: { key, text: '', usual: false },
        yes: int(opaqueSize({ kind: 'opaque', path: name })),
        no: fallback,
      };
    case 'str':
      return {
        choice: { key, text: '', usual: false },
        yes: { kind: 'opaque', path: name, type: 'str' },
        no: fallback,
      };
    default:
      return undefined;
  }
};

/** How often inputs that may be left out are refined. */
const PASSES = 3;

/** Runs the class with arguments that may be something else than their defaults. */
const otherwise = (
  m: Machine,
  run: ClassRun,
  opened: Opened,
  preparing: readonly FunctionDef[],
  usual: Map<string, boolean>,
): Explored => {
  const once = (entries: readonly Entry[]) => {
    const cases = new Map<Node, readonly Case[]>();
    m.exploring = { usual, training: trainingOf(usual), preparing: null, cases };
    const prepare = (self: ObjectValue): void => {
      for (const method of preparing) callBefore(m, self, method);
    };
    const { trace, facts, self } = pass(m, run.cls, run.method, entries, { args: opened.args }, { prepare });
    m.exploring = null;
    return { trace, facts, self, entries, cases };
  };
  let result = once([...run.entries, ...opened.entries]);
  for (let i = 1; i < PASSES && opened.entries.length > 0; i++) {
    const refined = refine(result.entries.slice(run.entries.length), result);
    if (!refined) break;
    result = once([...run.entries, ...refined]);
  }
  return result;
};

const trainingOf = (usual: Map<string, boolean>): Value => {
  const condition: Choice = { key: TRAINING, text: 'self.training' };
  usual.set(condition.key, false);
  return { kind: 'either', condition, yes: bool(true), no: bool(false) };
};

/** From here on a method may have been called. */
const callBefore = (m: Machine, self: ObjectValue, method: FunctionDef): void => {
  const member = classMember(self.cls, method.name)?.value;
  const { exploring } = m;
  if (member?.kind !== 'function' || member.node !== method || !exploring) return;
  const call = (): Value => {
    exploring.preparing = method.name;
    try {
      return m.call({ kind: 'method', func: member, self }, NO_ARGS, undefined);
    } finally {
      exploring.preparing = null;
    }
  };
  const none = (): Value => NONE;
  // A method that fails leaves the instance as it was.
  attempt(() => fork(m, calledChoice(method.name), call, none, none));
};

/** Calls a method that nothing called on the finished instance. */
const callMethod = (
  m: Machine,
  { cls, facts, trace: { assumed } }: ClassRun,
  self: ObjectValue,
  method: FunctionDef,
  usual: ReadonlyMap<string, boolean>,
): readonly Explored[] => {
  const callee = calleeOf(self, method);
  const module = cls.module;
  if (!callee || !module) return [];
  return [callAlone(m, { ...callee, module, facts, assumed, node: method, library: libraryOf(cls) }, new Map(usual))];
};

const calleeOf = (self: ObjectValue, method: FunctionDef): Pick<Callee, 'fn' | 'self'> | undefined => {
  const member = classMember(self.cls, method.name)?.value;
  const is = (value: Value): value is FunctionValue => value.kind === 'function' && value.node === method;
  if (!member) return undefined;
  if (is(member)) return { fn: member, self };
  if (member.kind !== 'descriptor' || !is(member.func)) return undefined;
  if (member.type === 'staticmethod') return { fn: member.func };
  return { fn: member.func, self: member.type === 'classmethod' ? self.cls : self };
};
