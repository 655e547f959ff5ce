import type { Expr, FunctionDef } from '../syntax';
import { distance, type TextEdit } from '../text';
import { allStores, callsIn, isSuper, methodOf, methodsOf } from './code';
import { type Finder, problem, type Subject, type Trap } from './trap';
import { isModule, valueAt } from './values';

/** Web pages take two underscores for bold type and eat them. */
const EATEN = new Set(['init', 'delattr', 'setattr', 'getattr', 'getattribute', 'call', 'class', 'dict', 'name']);

/** `def init(self)`, `super().init()`: Python finds no constructor, so no layer is ever made. */
export const lostUnderscores: Finder = (subject) => {
  const { node } = subject;
  const init = methodOf(node, 'init');
  if (!init || methodOf(node, '__init__') || !isConstructor(init)) return [];
  const written = `def ${init.name}`;
  const edits = [
    restored(init.nameStart, init.name),
    ...methodsOf(node).flatMap((method) => lostCalls(subject, method)),
  ];
  return [problem('lost-underscores', nameOf(init), { written, meant: 'def __init__' }, { edits })];
};

/** Only a constructor calls the one above it, or fills the instance with what other methods use. */
const isConstructor = (init: FunctionDef): boolean =>
  callsIn(init).some(({ func }) => func.kind === 'Attribute' && func.attr === 'init' && isSuper(func.value));

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
  ...misspelt(subject, '__init__', isInitLike),
];

const misspelt = ({ run, node }: Subject, meant: string, isLike: (method: FunctionDef) => boolean): readonly Trap[] => {
  if (run.cls.open || methodOf(node, meant) || (meant === 'forward' && inherits(run, meant))) return [];
  const [near, more] = methodsOf(node).filter((method) => method.name !== meant && isLike(method));
  if (!near || more) return [];
  const at = nameOf(near);
  return [problem('misspelt-method', at, { written: near.name, meant }, { edits: [{ ...at, newText: meant }] })];
};

/** A base in Python or a layer of the library has a `forward` of its own. */
const inherits = ({ cls }: Subject['run'], name: string): boolean =>
  cls.mro
    .slice(1)
    .some((one) => one.attrs.has(name) || one.layer !== undefined || /\.Sequential$/.test(one.path ?? ''));

const isForwardLike = ({ name, params }: FunctionDef): boolean =>
  params.length > 1 && distance(name.toLowerCase().replaceAll('_', ''), 'forward') <= (/^forward/i.test(name) ? 0 : 2);

const isInitLike = (method: FunctionDef): boolean =>
  /^_+in?i?t?_+$/.test(method.name) && method.name !== '__init__' && allStores(method).length > 0;

/** Layers are assigned before the library's own constructor has run: it refuses them. */
export const missingSuperInit: Finder = (subject) => {
  const { run, node, source } = subject;
  const init = methodOf(node, '__init__');
  if (!init || run.cls.open || init.body.some((stmt) => callsConstructor(stmt))) return [];
  const first = init.body.flatMap((stmt) => (stmt.kind === 'Assign' ? allStores({ ...init, body: [stmt] }) : []));
  const layer = first.find(({ value }) => isRegistered(subject, value));
  const [body] = init.body.filter(({ kind }) => kind !== 'Pass');
  if (!layer || !body) return [];
  const indent = /[ \t]*$/.exec(source({ start: init.start, end: body.start }))?.[0] ?? '';
  const edits = [{ start: body.start, end: body.start, newText: `super().__init__()\n${indent}` }];
  return [problem('missing-super-init', layer.target, { name: layer.name }, { edits })];
};

const callsConstructor = (stmt: FunctionDef['body'][number]): boolean =>
  callsIn(stmt).some(({ func }) => func.kind === 'Attribute' && /^(__init__|init|__attrs_init__)$/.test(func.attr));

/** What `Module.__setattr__` keeps in a table that only `Module.__init__` makes: a module or a parameter. */
const isRegistered = (subject: Subject, expr: Expr): boolean => {
  const value = valueAt(subject, expr);
  return isModule(value) || (value?.kind === 'tensor' && value.parameter !== undefined);
};
