import { callOp } from '../ops';
import { sameShape } from '../shapes';
import { type Attribute, type Call, type Node, type Stmt, type SyntaxNode, walk } from '../syntax';
import {
  type FunctionValue,
  iterator,
  keptItems,
  list,
  type MethodValue,
  NONE,
  scope as newScope,
  type Scope,
  unknown,
  type Value,
} from '../values';
import { eachAlternative, opArguments } from './alternatives';
import { withArguments } from './arguments';
import { bindParameters } from './binding';
import { abandon, attempt, distribute, exitInstead, resolve, settle } from './branch';
import { callClass } from './classes';
import { noteChange } from './entries';
import { fail, raise } from './faults';
import { isFilling } from './fills';
import { extendWhileGrowing } from './growing';
import { changeAll, isInPlace } from './in-place';
import { callModule } from './layers';
import { noteLikely } from './likely';
import { within } from './limits';
import type { Args, Exhausted, Exits, Frame, Machine } from './machine';
import { changedNumbers, forgetNumbers } from './memory';
import { assignName } from './names';
import { isModuleClass, layerOf } from './natives';
import { bringsNumbers, folded } from './numbers';
import { noteMeeting, ofOpenSizes } from './open-sizes';
import { noteOp, settleOutcome } from './outcomes';
import { isAssumed } from './prelude/assumed';
import { isKept } from './prelude/kept';
import { classMember } from './protocols';
import { isEndless } from './recursion';
import { setAttribute } from './stores';
import { subscript } from './subscripts';
import { record } from './trace';

export const callExpression = (m: Machine, expr: Call, scope: Scope): Value => {
  if (expr.func.kind === 'Name' && expr.func.id === 'super') return superObject(m, expr, scope);
  const callee = m.evaluate(expr.func, scope);
  const grown = callee.kind === 'builtin' && callee.name === 'list.extend' && extendWhileGrowing(m, expr, scope);
  if (grown) return grown;
  const result = withArguments(
    m,
    expr.args,
    scope,
    (args) =>
      calledSize(m, expr, callee, args, scope) ??
      (callee.kind === 'builtin' && isScoped(callee.name, args)
        ? scoped(m, callee.name, args, scope)
        : call(m, callee, args, expr)),
  );
  if (expr.func.kind === 'Attribute' && callee.kind === 'method') reshapeInPlace(m, expr.func, callee, result, scope);
  return result;
};

/** Paddle's `x.size` is the number of elements, and `x.size()` the shape, `x.size(1)` one axis of it. */
const calledSize = (m: Machine, expr: Call, callee: Value, args: Args, scope: Scope): Value | undefined => {
  const { func } = expr;
  if (func.kind !== 'Attribute' || func.attr !== 'size' || !(callee.kind === 'int' || callee.kind === 'unknown'))
    return undefined;
  const of = resolve(m, m.evaluate(func.value, scope));
  if (of.kind !== 'tensor' || of.lib !== 'paddle') return undefined;
  const axis = args.positional[0] ?? args.keywords.get('dim');
  const shape = m.getAttribute(of, 'shape', func);
  return axis === undefined || axis.kind === 'none' ? shape : subscript(m, shape, axis, expr);
};

/** `x.unsqueeze_(0)`: the name holds a tensor of another shape from here on. */
const reshapeInPlace = (
  m: Machine,
  func: Attribute,
  { func: op, self }: MethodValue,
  result: Value,
  scope: Scope,
): void => {
  if (op.kind !== 'op' || !func.attr.endsWith('_') || self.kind !== 'tensor' || result.kind !== 'tensor') return;
  if (sameShape(self.shape, result.shape)) return;
  if (func.value.kind === 'Name') assignName(m, func.value.id, result, scope);
  else if (func.value.kind === 'Attribute')
    setAttribute(m, m.evaluate(func.value.value, scope), func.value.attr, result, func);
};

/** What a call of these means depends on where it stands; `vars(x)` is about `x` alone. */
const isScoped = (name: string, { positional }: Args): boolean =>
  name === 'locals' ||
  name === 'globals' ||
  name === 'eval' ||
  name === 'ast.literal_eval' ||
  name === 'exec' ||
  (name === 'vars' && positional.length === 0);

const scoped = (m: Machine, name: string, args: Args, scope: Scope): Value => {
  if (name === 'eval') return evaluated(m, args, scope);
  if (name === 'ast.literal_eval') return literal(m, args, scope);
  if (name === 'exec') return executed(m, args, scope);
  m.recorder.outside++;
  let at = scope;
  if (name === 'globals') while (at.parent) at = at.parent;
  const cls = m.frame?.owner;
  const keywords = new Map(cls && at.role === 'function' ? [...at.vars, ['__class__', cls]] : at.vars);
  const result = m.call({ kind: 'builtin', name: 'dict' }, { positional: [], keywords }, undefined);
  if (result.kind === 'dict') result.open = !isWhole(at);
  return result;
};

/** Whether a scope has the names that it shows and no others: those of the functions around it belong to it too. */
const isWhole = ({ role, parent, vars }: Scope): boolean =>
  role === 'function' && parent?.role === 'module' && [...vars.values()].every((value) => value.kind !== 'either');

/** `eval('nn.LayerNorm')`: a known text of one expression is read where it stands. */
const evaluated = (m: Machine, args: Args, scope: Scope): Value => {
  const [stmt, ...more] = statementsIn(m, args) ?? [];
  return stmt?.kind === 'ExprStmt' && more.length === 0 ? m.evaluate(stmt.value, scope) : unknown('eval()');
};

/** `ast.literal_eval('(3, 1)')`: a text that is no literal is refused, which is what code asks it for. */
const literal = (m: Machine, args: Args, scope: Scope): Value => {
  const [stmt, ...more] = statementsIn(m, args) ?? [];
  if (!stmt) return unknown('literal_eval()');
  let isLiteral = stmt.kind === 'ExprStmt' && more.length === 0;
  walk(stmt, ({ kind }) => {
    isLiteral &&= LITERAL.has(kind);
    return undefined;
  });
  if (isLiteral && stmt.kind === 'ExprStmt') return m.evaluate(stmt.value, scope);
  return m.tries > 0 ? raise(m, 'ValueError', 'malformed node or string', undefined) : unknown('literal_eval()');
};

const LITERAL: ReadonlySet<SyntaxNode['kind']> = new Set([
  'ExprStmt',
  'Constant',
  'Num',
  'Str',
  'Tuple',
  'List',
  'Set',
  'Dict',
  'UnaryOp',
]);

/** `exec(f'self.scale_{i} = scale')`: a known text runs where it stands; the names that it sets are its own. */
const executed = (m: Machine, args: Args, scope: Scope): Value => {
  const body = statementsIn(m, args);
  if (!body) return unknown('exec()');
  m.execute(body, newScope(scope, 'function', null), { pending: [] });
  return NONE;
};

/** The code that a known text is, when it runs where it stands. */
const statementsIn = (m: Machine, { positional: [given, ...names] }: Args): readonly Stmt[] | undefined => {
  const code = given && resolve(m, given);
  if (code?.kind !== 'str' || names.length > 0) return undefined;
  return m.parse(`<code of ${code.value}>`, code.value).chunks.map(({ chunk }) => chunk.stmt);
};

export const call = (m: Machine, callee: Value, args: Args, node: Node | undefined): Value => {
  switch (callee.kind) {
    case 'function':
      return callFunction(m, callee, args, node);
    case 'method':
      return call(m, callee.func, { ...args, positional: [callee.self, ...args.positional] }, node);
    case 'builtin':
      return m.native.call(m, callee, args, node);
    case 'op':
      return callFamily(m, callee, args, node);
    case 'class':
      return callClass(m, callee, args, node);
    case 'object':
      return callObject(m, callee, args, node);
    case 'partial':
      return call(
        m,
        callee.func,
        {
          ...args,
          positional: [...callee.args, ...args.positional],
          keywords: new Map([...callee.keywords, ...args.keywords]),
        },
        node,
      );
    case 'either':
      return distribute(m, callee, (c) => call(m, c, args, node));
    case 'opaque':
      noteChange(m, callee);
      changeAll(callee, args);
      return m.callKept(callee, args, node) ?? noteLikely(m, unknown(`what ${callee.path} gives`), args, node);
    case 'unknown':
      return callUnknown(m, callee, args, node);
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
      // What is taken for a tensor of which not even the rank is known may be anything.
      if (callee.kind === 'tensor' && callee.shape.rest) return unknown('the result of an input that is called');
      if (callee.kind === 'none' && callee.declared) return unknown('the result of what is set from outside');
      return fail(m, 'TypeError', { code: 'not-callable', data: { type: callee.kind }, names: [] }, node);
    default:
      return unknown(`calling a ${callee.kind}`);
  }
};

/** An instance is called: a module runs its `forward`, anything else its `__call__`. */
const callObject = (
  m: Machine,
  self: Extract<Value, { kind: 'object' }>,
  args: Args,
  node: Node | undefined,
): Value => {
  const own = classMember(self.cls, '__call__');
  if (own) return call(m, { kind: 'method', func: own.value, self }, args, node);
  if (isModuleClass(self.cls)) {
    const before = m.trace.problems.length;
    const output = callModule(m, self, args, node);
    // What goes wrong gives nothing; nor does a library's layer that was made wrong and meets a tensor of known rank.
    const isRanked = args.positional.some((v) => v.kind === 'tensor' && !v.shape.rest);
    const isAtFault = m.trace.problems.length > before || (layerOf(self.cls) && isRanked);
    return noteLikely(m, output, args, isAtFault ? undefined : node);
  }
  changeAll(self, args);
  return unknown(`calling ${self.cls.name}`);
};

/** Something that nobody knows gives something that nobody knows; that data went through it is still worth noting. */
const callUnknown = (
  m: Machine,
  callee: Extract<Value, { kind: 'unknown' }>,
  args: Args,
  node: Node | undefined,
): Value => {
  changeAll(callee, args);
  if (m.trace.running < 0) return callee;
  const output = unknown(callee.why);
  const { positional, keywords } = opArguments(m, args);
  const source = m.trace.sources.has(callee) ? [callee] : [];
  noteOp(m, { name: '?', args: { positional: [...source, ...positional], keywords } }, node, output);
  return noteLikely(m, output, args, node);
};

/** An op, with each alternative that its arguments may be. */
const callFamily = (m: Machine, callee: Extract<Value, { kind: 'op' }>, args: Args, node: Node | undefined): Value =>
  eachAlternative(m, args, (plain) => {
    const { family } = callee;
    const name = lastPart(family.path);
    const open = ofOpenSizes(m, name, family.path.startsWith('paddle') ? 'paddle' : 'torch', plain);
    if ((plain.open || plain.rest) && !open) return unknown('arguments come from an unpacking that is not known');
    const given = opArguments(m, plain);
    if (open) return settleOutcome(m, open, node, { name: family.path, family, args: given });
    noteMeeting(m, name, plain);
    const result = settleOutcome(m, callOp(family, given, m.context), node, { name: family.path, family, args: given });
    noteLikely(m, result, plain, undefined);
    forgetNumbers(plain.keywords.get('out'));
    if (!isFilling(name) && !plain.positional.some(bringsNumbers)) return result;
    const made = folded(m, name, plain, result);
    return isInPlace(family, name, plain) ? changedNumbers(plain.positional[0], made) : made;
  });

const lastPart = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const deep: Exhausted = { kind: 'exhausted', what: 'depth' };

/** Whether a subclass says what a method takes. */
const isAbstract = ({ node }: FunctionValue): boolean =>
  node.kind === 'FunctionDef' &&
  node.decorators.some((d) => (d.kind === 'Name' ? d.id : d.kind === 'Attribute' ? d.attr : '') === 'abstractmethod');

/** Whether a function does nothing: `...`, `pass` or a docstring. */
const isBlank = ({ node }: FunctionValue): boolean =>
  node.kind === 'FunctionDef' &&
  node.body.every(
    (stmt) =>
      stmt.kind === 'Pass' ||
      (stmt.kind === 'ExprStmt' && (stmt.value.kind === 'Constant' || stmt.value.kind === 'Str')),
  );

/** Runs a Python function on its arguments. */
const callFunction = (m: Machine, fn: FunctionValue, args: Args, node: Node | undefined): Value => {
  const bound = bindParameters(fn, args);
  if ('fault' in bound) {
    // A helper that is assumed by its name may be another one.
    if (isAssumed(fn.module)) return unknown(`what ${fn.name} gives`);
    if (fn.loose) return unknown(`what a decorator has made of ${fn.name}`);
    if (isAbstract(fn)) return unknown('a method that is left to others');
    return fail(m, 'TypeError', bound.fault, node);
  }
  if (isAbstract(fn) && isBlank(fn)) return unknown('a method that is left to others');
  const caller = m.frame;
  if (isAssumed(fn.module) && !(caller && isAssumed(caller.module)))
    m.trace.assumed.add(fn.owner?.cls?.name ?? fn.name);
  if (fn.owner?.cls && isKept(fn.owner.cls)) m.trace.kept.add(fn.owner.cls.name);
  const first = fn.node.params[0] && bound.values.get(fn.node.params[0].name);
  if (isEndless(m, fn, first)) return unknown(`what ${fn.name} gives, which calls itself`);
  const depth = (caller?.depth ?? 0) + 1;
  if (depth > m.budget.depth) throw deep;
  const scope = newScope(fn.scope, 'function', null);
  for (const param of fn.node.params) {
    const value = bound.values.get(param.name) ?? unknown(param.name);
    scope.vars.set(param.name, value);
    record(m, param, value);
  }
  const generator = fn.node.kind === 'FunctionDef' && fn.node.generator;
  const inside = generator && m.entering && m.entering.context === node ? m.entering.inside : undefined;
  const frame: Frame = {
    name: fn.name,
    caller,
    depth,
    self: first,
    owner: fn.owner?.cls ?? null,
    yields: generator ? list([]) : null,
    ...(inside && { inside }),
    site: node,
    module: fn.module,
    code: fn.node,
    path: m.path,
  };
  const tries = m.tries;
  m.frame = frame;
  try {
    const result = fn.node.kind === 'Lambda' ? m.evaluate(fn.node.body, scope) : runLimited(m, fn, scope);
    if (frame.yields) return iterator(keptItems(frame.yields), frame.yields.count, frame.yields.parts);
    // Who decorates what makes functions may have changed how they are called.
    if (fn.loose && result.kind === 'function') return unknown(`what a decorator has made of ${fn.name}`);
    return result;
  } finally {
    m.frame = caller;
    m.tries = tries;
  }
};

/** Methods that by convention only fill the weights of modules. */
const FILLING = /^_*init(ial)?(ize|ise)?_weights$|^post_init$/;

/** Steps that what fills weights leaves for the code behind it, where so many are left: no shape rests on it. */
const REST = 350_000;

/** Runs a function; one that fills weights, with a part of the steps that are left. */
const runLimited = (m: Machine, fn: FunctionValue, scope: Scope): Value => {
  if (!FILLING.test(fn.name)) return run(m, fn, scope);
  const { steps } = m.budget;
  return within(m, Math.max(Math.floor(steps / 10), steps - REST), () => run(m, fn, scope))?.value ?? NONE;
};

const run = (m: Machine, fn: FunctionValue, scope: Scope): Value => {
  if (fn.node.kind === 'Lambda') return NONE;
  const exits: Exits = { pending: [] };
  try {
    const { body } = fn.node;
    const ended = attempt(() => m.execute(body, scope, exits));
    const last = 'value' in ended ? ended.value : exitInstead(m, exits, ended.raised);
    const flow = settle(m, exits, 'return', last);
    return flow?.kind === 'return' ? flow.value : NONE;
  } finally {
    abandon(m, exits);
  }
};

/** `super()` and `super(Class, self)`. */
const superObject = (m: Machine, expr: Call, scope: Scope): Value => {
  const frame = m.frame;
  if (expr.args.length >= 2) {
    const [cls, self] = expr.args.map((a) => resolve(m, m.evaluate(a.value, scope)));
    if (cls?.kind === 'class' && self) return { kind: 'super', after: cls, self };
    return unknown('super()');
  }
  // Inside a comprehension or a nested function the frame of the method is further out.
  for (let at = frame; at; at = at.caller)
    if (at.owner && at.self) return { kind: 'super', after: at.owner, self: at.self };
  return unknown('super() outside of a class');
};
