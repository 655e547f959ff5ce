import { hasInit } from '../interp';
import type { Call, Expr, FunctionDef, Stmt, SyntaxNode } from '../syntax';
import { distance, type TextEdit } from '../text';
import { allStores, callsIn, isSuper, methodOf, methodsOf, ownAttribute, statementBefore } from './code';
import { type Finder, problem, type Subject, type Trap } from './trap';
import { isModule, valueAt } from './values';

/** Web pages take two underscores for bold type and eat them. */
const EATEN = new Set(['init', 'delattr', 'setattr', 'getattr', 'getattribute', 'call', 'class', 'dict', 'name']);

/** `def init(self)`, `super().init()`: Python finds no constructor, so no layer is ever made. */
export const lostUnderscores: Finder = (subject) => {
  const { node, run } = subject;
  const init = methodOf(node, 'init');
  if (!init || methodOf(node, '__init__') || !isConstructor(init)) return [];
  // `init` of a base is a method like any other.
  if (run.cls.open || run.cls.mro.slice(1).some(hasInit)) return [];
  const written = `def ${init.name}`;
  const edits = [
    restored(init.nameStart, init.name),
    ...methodsOf(node).flatMap((method) => lostCalls(subject, method)),
  ];
  return [problem('lost-underscores', nameOf(init), { written, meant: 'def __init__' }, { edits })];
};

/** Only a constructor calls the one above it. */
const isConstructor = (init: FunctionDef): boolean =>
  callsIn(init).some((call) => /^(init|__init__)$/.test(superMethod(call) ?? ''));

/** `name` of `super().name(…)`. */
const superMethod = ({ func }: Call): string | undefined =>
  func.kind === 'Attribute' && isSuper(func.value) ? func.attr : undefined;

const lostCalls = ({ run }: Subject, method: FunctionDef): readonly TextEdit[] =>
  callsIn(method).flatMap(({ func }) =>
    func.kind === 'Attribute' && EATEN.has(func.attr) && isInstance(method, func.value) && !hasMember(run, func.attr)
      ? [restored(func.attrStart, func.attr)]
      : [],
  );

const isInstance = (method: FunctionDef, expr: Expr): boolean =>
  isSuper(expr) || (expr.kind === 'Name' && expr.id === method.params[0]?.name);

const hasMember = ({ cls }: Subject['run'], name: string): boolean =>
  name !== 'init' && cls.mro.some((one) => one.attrs.has(name));

const restored = (start: number, name: string): TextEdit => ({
  start,
  end: start + name.length,
  newText: `__${name}__`,
});

const nameOf = ({ nameStart, name }: FunctionDef): { readonly start: number; readonly end: number } => ({
  start: nameStart,
  end: nameStart + name.length,
});

/** A near miss of a name that the library calls: `Forward`, `forword`, `__int__`. */
export const misspeltMethod: Finder = (subject) => [
  ...misspelt(subject, 'forward', isForwardLike),
  ...misspelt(subject, '__init__', (method) => isInitLike(subject, method)),
];

const misspelt = (
  { run, node, file }: Subject,
  meant: string,
  isLike: (method: FunctionDef) => boolean,
): readonly Trap[] => {
  if (run.cls.open || run.cls.attrs.has(meant) || (meant === 'forward' && inherits(run, meant))) return [];
  const [near, more] = methodsOf(node).filter((method) => method.name !== meant && isLike(method));
  // One that is called by its own name is a method like others.
  const isCalled = meant === 'forward' && !!near && new RegExp(`\\.${near.name}\\b`).test(file);
  if (!near || more || isCalled) return [];
  const at = nameOf(near);
  const edits = [{ ...at, newText: meant }, ...(meant === '__init__' ? callsIn(near).flatMap(mendedSuper) : [])];
  return [problem('misspelt-method', at, { written: near.name, meant }, { edits })];
};

/** A base in Python or a layer of the library has a `forward` of its own, or the instance is given one. */
const inherits = ({ cls, self }: Subject['run'], name: string): boolean =>
  self?.attrs.has(name) ||
  cls.mro
    .slice(1)
    .some((one) => one.attrs.has(name) || one.layer !== undefined || /\.Sequential$/.test(one.path ?? ''));

const isForwardLike = ({ name, params }: FunctionDef): boolean =>
  params.length > 1 && distance(name.toLowerCase().replaceAll('_', ''), 'forward') <= (/^forward/i.test(name) ? 0 : 2);

/** Whether a method looks like the constructor, and nothing else is known to call it by its name. */
const isInitLike = ({ run, node }: Subject, method: FunctionDef): boolean => {
  const { name } = method;
  if (!isNearInit(name) || run.cls.mro.slice(1).some(({ attrs }) => attrs.has(name))) return false;
  const calls = callsIn(method);
  if (calls.some((call) => isNearInit(superMethod(call) ?? ''))) return true;
  const isCalled = callsIn(node).some(({ func }) => func.kind === 'Attribute' && func.attr === name);
  return /^_+in?i?t?_+$/.test(name) && allStores(method).length > 0 && !isCalled;
};

/** `__int__`, `_init_`, `__inti__`, `__init`: `__init__` with a letter or underscore wrong; `init` alone is a word. */
const isNearInit = (name: string): boolean =>
  name === '__init__' || (name.includes('_') && distance(name.replace(/^_+|_+$/g, ''), 'init') <= 1);

/** `super()._init_()` calls the constructor of the library only by its exact name. */
const mendedSuper = (call: Call): readonly TextEdit[] => {
  const { func } = call;
  const written = superMethod(call);
  if (func.kind !== 'Attribute' || written === undefined || written === '__init__') return [];
  return isNearInit(written) || written === 'init'
    ? [{ start: func.attrStart, end: func.end, newText: '__init__' }]
    : [];
};

/** Layers are assigned before the library's own constructor has run: it refuses them. */
export const missingSuperInit: Finder = (subject) => {
  const { run, node } = subject;
  const init = methodOf(node, '__init__');
  if (!init || run.cls.open || isMixedIn(subject)) return [];
  const calling = init.body.findIndex((stmt) => callsConstructor(subject, init, stmt));
  const before = calling < 0 ? init.body : init.body.slice(0, calling);
  const stores = before.flatMap((stmt) => (stmt.kind === 'Assign' ? allStores({ ...init, body: [stmt] }) : []));
  const layer = stores.find(({ value }) => isRegistered(subject, value));
  const first = init.body.find((stmt) => stmt.kind !== 'Pass' && !isDocstring(stmt));
  if (!layer || !first) return [];
  const misspelt = callsIn(init).flatMap(mendedSuper);
  const added = misspelt.length > 0 ? misspelt : [statementBefore(subject, first, 'super().__init__()')];
  // Where it is called too late, a second call would forget the layers.
  const edits = calling < 0 ? added : [];
  return [problem('missing-super-init', layer.target, { name: layer.name }, { edits })];
};

/** Whether a class of the file derives from this one and others: one of those has run the library's constructor. */
const isMixedIn = ({ node, file }: Subject): boolean =>
  [...file.matchAll(/^[ \t]*class\s+\w+\s*\(([^)]*)\)/gm)].some(([, bases = '']) => {
    const names = bases.split(',').map((base) => base.trim());
    return names.length > 1 && names.includes(node.name);
  });

const isDocstring = (stmt: Stmt): boolean => stmt.kind === 'ExprStmt' && stmt.value.kind === 'Str';

/** Whether a statement calls the constructor of a base, itself or through a method of the instance. */
const callsConstructor = ({ run }: Subject, init: FunctionDef, stmt: Stmt): boolean =>
  callsIn(stmt).some(({ func }) => {
    if (func.kind !== 'Attribute') return false;
    if (/^(__init__|__attrs_init__)$/.test(func.attr)) return true;
    const isOwn = isSuper(func.value) || ownAttribute(init, func) !== undefined;
    const called = isOwn
      ? run.cls.mro.map(({ attrs }) => attrs.get(func.attr)).find((one) => one?.kind === 'function')
      : undefined;
    return called?.kind === 'function' && isConstructing(called.node);
  });

const isConstructing = (node: SyntaxNode): boolean =>
  callsIn(node).some(({ func }) => func.kind === 'Attribute' && func.attr === '__init__');

/** What `Module.__setattr__` keeps in a table that only `Module.__init__` makes: a module or a parameter. */
const isRegistered = (subject: Subject, expr: Expr): boolean => {
  const value = valueAt(subject, expr);
  return isModule(value) || (value?.kind === 'tensor' && value.parameter !== undefined);
};
