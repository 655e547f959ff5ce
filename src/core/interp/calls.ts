import { callOp, type Arg } from '../ops';
import type { Argument, Call, Node } from '../syntax';
import { type FunctionValue, iterator, NONE, scope as newScope, type Scope, toArg, unknown, type Value } from '../values';
import { abandon, distribute, type Exits, fork, resolve, settle, undecided } from './branch';
import { callNative } from './builtins';
import { bindParameters } from './binding';
import { instantiate } from './classes';
import { evaluate } from './expressions';
import { fail } from './faults';
import { iterate } from './iteration';
import { joinValues } from './join';
import type { Args, Exhausted, Frame, Machine } from './machine';
import { callModule } from './layers';
import { isModuleClass } from './natives';
import { settleOutcome } from './outcomes';
import { classMember } from './protocols';
import { executeBody } from './statements';
import { record } from './trace';

export const callExpression = (m: Machine, expr: Call, scope: Scope): Value => {
  if (expr.func.kind === 'Name' && expr.func.id === 'super') return superObject(m, expr, scope);
  const callee = evaluate(m, expr.func, scope);
  const args = argumentsOf(m, expr.args, scope);
  if (callee.kind === 'builtin' && SCOPED.has(callee.name)) return scoped(m, callee.name, scope);
  return call(m, callee, args, expr);
};

const SCOPED = new Set(['locals', 'globals', 'vars']);

const scoped = (m: Machine, name: string, scope: Scope): Value => {
  let at = scope;
  if (name === 'globals') while (at.parent) at = at.parent;
  const result = m.call({ kind: 'builtin', name: 'dict' }, { positional: [], keywords: at.vars }, undefined);
  if (result.kind === 'dict') result.open = true;
  return result;
};

/** Evaluates the arguments of a call; stars are unpacked. */
export const argumentsOf = (m: Machine, given: readonly Argument[], scope: Scope): Args => {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let open = false;
  let rest: Args['rest'];
  for (const arg of given) {
    const value = evaluate(m, arg.value, scope);
    if (arg.star === 1) {
      const spread = resolve(m, value);
      const { items, count } = spread.kind === 'either' ? { items: [], count: m.context.unknownSize('arguments') } : iterate(m, spread, arg);
      if (count === null) positional.push(...items);
      else rest = { element: items[0] ?? unknown('an argument that is not known'), count };
    } else if (arg.star === 2) {
      const spread = resolve(m, value);
      if (spread.kind !== 'dict') {
        open = true;
        continue;
      }
      open ||= spread.open;
      for (const entry of spread.entries.values()) {
        if (entry.key.kind === 'str' && entry.value.kind !== 'unbound') keywords.set(entry.key.value, entry.value);
        else open = true;
      }
    } else if (arg.name !== undefined) keywords.set(arg.name, value);
    else positional.push(value);
  }
  return { positional, keywords, ...(open && { open }), ...(rest && { rest }) };
};

export const call = (m: Machine, callee: Value, args: Args, node: Node | undefined): Value => {
  switch (callee.kind) {
    case 'function':
      return callFunction(m, callee, args, node);
    case 'method':
      return call(m, callee.func, { ...args, positional: [callee.self, ...args.positional] }, node);
    case 'builtin':
      return callNative(m, callee, args, node);
    case 'op':
      return callFamily(m, callee, args, node);
    case 'class':
      return instantiate(m, callee, args, node);
    case 'object':
      return callObject(m, callee, args, node);
    case 'partial':
      return call(m, callee.func, { ...args, positional: [...callee.args, ...args.positional], keywords: new Map([...callee.keywords, ...args.keywords]) }, node);
    case 'either':
      return distribute(m, callee, (c) => call(m, c, args, node));
    case 'opaque':
      return unknown(`what ${callee.path} gives`);
    case 'unknown':
      return callee;
    case 'descriptor':
      return call(m, callee.func, args, node);
    case 'none':
    case 'int':
    case 'str':
    case 'list':
    case 'tuple':
    case 'bool':
    case 'float':
    case 'dict':
    case 'tensor':
      return fail(m, 'TypeError', { code: 'not-callable', data: { type: callee.kind }, names: [] }, node);
    default:
      return unknown(`calling a ${callee.kind}`);
  }
};

/** An instance is called: a module runs its `forward`, anything else its `__call__`. */
const callObject = (m: Machine, self: Extract<Value, { kind: 'object' }>, args: Args, node: Node | undefined): Value => {
  const own = classMember(self.cls, '__call__');
  if (own) return call(m, { kind: 'method', func: own.value, self }, args, node);
  if (isModuleClass(self.cls)) return callModule(m, self, args, node);
  return unknown(`calling ${self.cls.name}`);
};

/** An op, with each alternative that its arguments may be. */
const callFamily = (m: Machine, callee: Extract<Value, { kind: 'op' }>, args: Args, node: Node | undefined): Value =>
  eachAlternative(m, args, (plain) => {
    if (plain.open || plain.rest) return unknown('arguments come from an unpacking that is not known');
    return settleOutcome(m, callOp(callee.family, opArguments(m, plain), m.context), node);
  });

/** Runs `use` with arguments that hold no alternatives, once for each combination, and joins the results. */
export const eachAlternative = (m: Machine, args: Args, use: (args: Args) => Value): Value => {
  const open = undecided(m, [...args.positional, ...args.keywords.values()]);
  if (!open) return use(args);
  const again = () => eachAlternative(m, args, use);
  return fork(m, open.condition, again, again, (a, b, sides) => joinValues(m, open.condition, a, b, sides));
};

/** The arguments as an op sees them. */
export const opArguments = (m: Machine, args: Args) => ({
  positional: args.positional.map((v) => settled(m, v)),
  keywords: new Map([...args.keywords].map(([name, v]) => [name, settled(m, v)] as const)),
});

/** A value as an op sees it, with what the path that runs has decided. */
export const settled = (m: Machine, given: Value): Arg => {
  const value = resolve(m, given);
  if (value.kind === 'tuple') return { kind: 'tuple', items: value.items.map((item) => settled(m, item)) };
  if (value.kind === 'list' && value.count === null) return { kind: 'sequence', items: value.items.map((item) => settled(m, item)) };
  if (value.kind === 'slice') return { kind: 'slice', lower: settled(m, value.lower), upper: settled(m, value.upper), step: settled(m, value.step) };
  return toArg(value);
};

const deep: Exhausted = { kind: 'exhausted', what: 'depth' };

/** Runs a Python function on its arguments. */
export const callFunction = (m: Machine, fn: FunctionValue, args: Args, node: Node | undefined): Value => {
  const bound = bindParameters(fn, args);
  if ('fault' in bound) {
    return fail(m, 'TypeError', bound.fault, node);
  }
  const caller = m.frame;
  const depth = (caller?.depth ?? 0) + 1;
  if (depth > m.budget.depth) throw deep;
  const scope = newScope(fn.scope, 'function', null);
  for (const param of fn.node.params) {
    const value = bound.values.get(param.name) ?? unknown(param.name);
    scope.vars.set(param.name, value);
    record(m.trace, param, value);
  }
  const generator = fn.node.kind === 'FunctionDef' && fn.node.generator;
  const frame: Frame = {
    name: fn.name,
    caller,
    depth,
    self: fn.node.params[0] && bound.values.get(fn.node.params[0].name),
    owner: fn.owner?.cls ?? null,
    yields: generator ? [] : null,
    site: node,
    module: fn.module,
  };
  const tries = m.tries;
  m.frame = frame;
  try {
    const result = fn.node.kind === 'Lambda' ? evaluate(m, fn.node.body, scope) : run(m, fn, scope);
    if (frame.yields) return iterator(frame.yields);
    return result;
  } finally {
    m.frame = caller;
    m.tries = tries;
  }
};

const run = (m: Machine, fn: FunctionValue, scope: Scope): Value => {
  if (fn.node.kind === 'Lambda') return NONE;
  const exits: Exits = { pending: [] };
  try {
    const flow = settle(m, exits, 'return', executeBody(m, fn.node.body, scope, exits));
    return flow?.kind === 'return' ? flow.value : NONE;
  } finally {
    abandon(m, exits);
  }
};

/** `super()` and `super(Class, self)`. */
const superObject = (m: Machine, expr: Call, scope: Scope): Value => {
  const frame = m.frame;
  if (expr.args.length >= 2) {
    const [cls, self] = expr.args.map((a) => resolve(m, evaluate(m, a.value, scope)));
    if (cls?.kind === 'class' && self) return { kind: 'super', after: cls, self };
    return unknown('super()');
  }
  // Inside a comprehension or a nested function the frame of the method is further out.
  for (let at = frame; at; at = at.caller) if (at.owner && at.self) return { kind: 'super', after: at.owner, self: at.self };
  return unknown('super() outside of a class');
};

