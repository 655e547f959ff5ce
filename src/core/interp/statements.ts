import type { Expr, If, Stmt, Try, With } from '../syntax';
import { type FunctionValue, NONE, type Scope, unknown, type Value } from '../values';
import { assertHolds } from './assertion';
import { assign, assignSpread } from './assignment';
import { getAttribute } from './attributes';
import { augment } from './augment';
import { attempt, distribute, forkFlow } from './branch';
import { defineClass } from './classes';
import { importFrom, importNames } from './imports';
import { within } from './limits';
import { executeFor, executeWhile } from './loops';
import type { Exits, Flow, Machine, Raised } from './machine';
import { leavesItself, leaving } from './managers';
import { executeMatch } from './matching';
import { assignName, closureOf, deleteName, enclosing, moduleOf, moduleScope } from './names';
import { deleteAttribute } from './stores';
import { deleteItem } from './subscripts';
import { truth } from './truth';
import { isInstance } from './types';

/** Runs statements until one leaves the block. */
export const executeBody = (m: Machine, body: readonly Stmt[], scope: Scope, exits: Exits): Flow => {
  for (const stmt of body) {
    const flow = execute(m, stmt, scope, exits);
    if (flow) return flow;
  }
  return undefined;
};

const execute = (m: Machine, stmt: Stmt, scope: Scope, exits: Exits): Flow => {
  switch (stmt.kind) {
    case 'ExprStmt':
      m.evaluate(stmt.value, scope);
      return undefined;
    case 'Assign': {
      if (assignSpread(m, stmt, scope)) return undefined;
      const value = m.evaluate(stmt.value, scope);
      for (const target of stmt.targets) assign(m, target, value, scope);
      return undefined;
    }
    case 'AnnAssign':
      if (stmt.value) assign(m, stmt.target, m.evaluate(stmt.value, scope), scope);
      return undefined;
    case 'AugAssign':
      augment(m, stmt, scope);
      return undefined;
    case 'Return':
      return { kind: 'return', value: stmt.value ? m.evaluate(stmt.value, scope) : NONE };
    case 'If':
      return executeIf(m, stmt, m.evaluate(stmt.test, scope), scope, exits);
    case 'For':
      return executeFor(m, stmt, scope, exits);
    case 'While':
      return executeWhile(m, stmt, scope, exits);
    case 'FunctionDef':
      assignName(m, stmt.name, decorate(m, defineFunction(m, stmt, scope), stmt.decorators, scope), scope);
      return undefined;
    case 'ClassDef':
      assignName(m, stmt.name, decorate(m, defineClass(m, stmt, scope), stmt.decorators, scope), scope);
      return undefined;
    case 'With':
      return executeWith(m, stmt, scope, exits);
    case 'Try':
      return executeTry(m, stmt, scope, exits);
    case 'Raise':
      return throwException(m, stmt.exception ? m.evaluate(stmt.exception, scope) : undefined, stmt);
    case 'Assert':
      assertHolds(m, stmt.test, m.evaluate(stmt.test, scope));
      return undefined;
    case 'Import':
      importNames(m, stmt, scope);
      return undefined;
    case 'ImportFrom':
      importFrom(m, stmt, scope);
      return undefined;
    case 'Delete':
      for (const target of stmt.targets) remove(m, target, scope);
      return undefined;
    case 'Global':
      for (const name of stmt.names) scope.outer.set(name, moduleScope(scope));
      return undefined;
    case 'Nonlocal':
      for (const name of stmt.names) {
        const at = enclosing(name, scope);
        if (at) scope.outer.set(name, at);
      }
      return undefined;
    case 'Match':
      return executeMatch(m, m.evaluate(stmt.subject, scope), stmt.cases, scope, exits, (body) =>
        executeBody(m, body, scope, exits),
      );
    case 'ErrorStmt':
      return executeBody(m, stmt.body, scope, exits);
    case 'Pass':
      return undefined;
    case 'Break':
      return { kind: 'break' };
    case 'Continue':
      return { kind: 'continue' };
  }
};

const executeIf = (m: Machine, stmt: If, condition: Value, scope: Scope, exits: Exits): Flow => {
  const test = truth(m, condition);
  const side = (holds: boolean): Flow => executeBody(m, holds ? stmt.body : stmt.orelse, scope, exits);
  const seen = m.trace.decisions;
  const outcome = test.kind === 'known' ? test.value : undefined;
  seen.set(stmt, seen.has(stmt) && seen.get(stmt) !== outcome ? undefined : outcome);
  if (test.kind === 'known') return side(test.value);
  if (test.direct)
    return forkFlow(
      m,
      exits,
      test.choice,
      () => side(test.holds),
      () => side(!test.holds),
    );
  const again = () => executeIf(m, stmt, condition, scope, exits);
  return forkFlow(m, exits, test.choice, again, again);
};

const defineFunction = (m: Machine, node: Extract<Stmt, { kind: 'FunctionDef' }>, scope: Scope): FunctionValue => {
  const defaults = new Map<string, Value>();
  for (const param of node.params) if (param.default) defaults.set(param.name, m.evaluate(param.default, scope));
  const owner = m.classBodies.get(scope);
  return {
    kind: 'function',
    name: node.name,
    node,
    defaults,
    scope: closureOf(scope),
    module: moduleOf(m, scope),
    ...(owner && { owner }),
    attrs: new Map(),
  };
};

/** What following a decorator may cost. The dear ones write documentation or compile. */
const DECORATOR = 3_000;

/** Applies decorators, innermost first. One that nobody knows, or that takes long, is taken to keep what it decorates. */
const decorate = (m: Machine, value: Value, decorators: readonly Expr[], scope: Scope): Value => {
  let result = value;
  for (const decorator of [...decorators].reverse()) {
    const given = result;
    const wrapped = within(m, DECORATOR, () =>
      m.call(m.evaluate(decorator, scope), { positional: [given], keywords: new Map() }, decorator),
    )?.value;
    if (wrapped && wrapped.kind !== 'unknown' && wrapped.kind !== 'opaque' && wrapped.kind !== 'none') result = wrapped;
    else if (result.kind === 'function') result = { ...result, loose: true };
  }
  return result;
};

/** What `as` names: what `__enter__` returns, or what a function of `contextlib` yields. */
const entering = (m: Machine, manager: Value, context: Expr): Value => {
  if (manager.kind === 'object')
    return m.call(getAttribute(m, manager, '__enter__', context), { positional: [], keywords: new Map() }, context);
  const only =
    manager.kind === 'iterator' && manager.count === null && manager.items.length === 1 ? manager.items[0] : undefined;
  return only ?? unknown('what a context manager gives');
};

const executeWith = (m: Machine, stmt: With, scope: Scope, exits: Exits, at = 0): Flow => {
  const item = stmt.items[at];
  if (!item) return executeBody(m, stmt.body, scope, exits);
  const { context, target } = item;
  const { frame, path, entering: outer } = m;
  let ended: { readonly flow: Flow } | undefined;
  /** The body of the `with` runs where a generator yields: what stands behind that comes after it. */
  const inside = (value: Value): void => {
    if (ended || m.path !== path) return;
    const generator = m.frame;
    [m.frame, m.entering] = [frame, null];
    // What the body raises comes up where the generator yields, which may catch it.
    ended = { flow: undefined };
    try {
      if (target) assign(m, target, value, scope);
      ended = { flow: executeWith(m, stmt, scope, exits, at + 1) };
    } finally {
      m.frame = generator;
    }
  };
  m.entering = { context, inside };
  let manager: Value;
  try {
    manager = m.evaluate(context, scope);
  } finally {
    m.entering = outer;
  }
  if (ended) return ended.flow;
  const swallowed = swallowedBy(context);
  if (swallowed) return executeTry(m, withoutSwallowed(stmt, at, swallowed), scope, exits);
  const isOwn = leavesItself(m, manager);
  const entered = target || isOwn ? distribute(m, manager, (one) => entering(m, one, context)) : manager;
  if (target) assign(m, target, entered, scope);
  const rest = (): Flow => executeWith(m, stmt, scope, exits, at + 1);
  return isOwn ? leaving(m, manager, rest) : rest();
};

/** What `with suppress(KeyError):` and the tests' `with pytest.raises(ValueError):` do not let through. */
const swallowedBy = (context: Expr): readonly Expr[] | undefined => {
  if (context.kind !== 'Call') return undefined;
  const { func, args } = context;
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '';
  if (!/^(?:suppress|raises|assertRaises(?:Regex)?)$/.test(name)) return undefined;
  const types = args.flatMap((arg) => (arg.name === undefined ? [arg.value] : []));
  return name === 'suppress' ? types : types.slice(0, 1);
};

/** The rest of a `with` as the `try` that it is by one of its managers. */
const withoutSwallowed = (stmt: With, at: number, types: readonly Expr[]): Try => {
  const { start, end, items } = stmt;
  const type: Expr = { kind: 'Tuple', items: types, start, end };
  const body = at + 1 < items.length ? [{ ...stmt, items: items.slice(at + 1) }] : stmt.body;
  return { kind: 'Try', body, handlers: [{ type, body: [], start, end }], orelse: [], finalbody: [], start, end };
};

const executeTry = (m: Machine, stmt: Try, scope: Scope, exits: Exits): Flow => {
  const frame = m.frame;
  const result = attempt(() => {
    if (stmt.handlers.length > 0) m.tries++;
    try {
      return executeBody(m, stmt.body, scope, exits);
    } finally {
      if (stmt.handlers.length > 0) m.tries--;
    }
  });
  let flow: Flow;
  if ('value' in result) flow = result.value ?? executeBody(m, stmt.orelse, scope, exits);
  else {
    m.frame = frame;
    const caught = attempt(() => handle(m, stmt, result.raised, scope, exits));
    if ('raised' in caught) {
      executeBody(m, stmt.finalbody, scope, exits);
      throw caught.raised;
    }
    flow = caught.value;
  }
  return executeBody(m, stmt.finalbody, scope, exits) ?? flow;
};

const handle = (m: Machine, stmt: Try, raised: Raised, scope: Scope, exits: Exits): Flow => {
  for (const handler of stmt.handlers) {
    if (handler.type && !catches(m, m.evaluate(handler.type, scope), raised.exception)) continue;
    if (handler.name) assignName(m, handler.name, raised.exception, scope);
    m.raising.push(raised);
    try {
      return executeBody(m, handler.body, scope, exits);
    } finally {
      m.raising.pop();
    }
  }
  throw raised;
};

const catches = (m: Machine, type: Value, exception: Value): boolean => {
  if (type.kind === 'unknown') return true;
  return isInstance(m, exception, type) !== false;
};

const throwException = (m: Machine, given: Value | undefined, node: Stmt): Flow => {
  const last = m.raising[m.raising.length - 1];
  if (!given && last) throw last;
  const exception = given?.kind === 'class' ? m.call(given, { positional: [], keywords: new Map() }, node) : given;
  const raised: Raised = { kind: 'raised', exception: exception ?? unknown('an exception'), node };
  throw raised;
};

const remove = (m: Machine, target: Expr, scope: Scope): void => {
  switch (target.kind) {
    case 'Name':
      deleteName(m, target.id, scope);
      return;
    case 'Attribute':
      deleteAttribute(m, m.evaluate(target.value, scope), target.attr);
      return;
    case 'Subscript':
      deleteItem(m, m.evaluate(target.value, scope), m.evaluate(target.index, scope));
      return;
    case 'Tuple':
    case 'List':
      for (const item of target.items) remove(m, item, scope);
      return;
    default:
      return;
  }
};
