import { findFamily } from '../ops';
import type { ClassDef, Node } from '../syntax';
import {
  builtin,
  type ClassValue,
  scope as newScope,
  type ObjectValue,
  type Scope,
  tuple,
  unknown,
  type Value,
} from '../values';
import { argumentsOf } from './arguments';
import { resolve } from './branch';
import { fallback, fieldsOf, isDataclass, setFields } from './dataclasses';
import { enumMember, isEnumeration, makeMembers, settleAutos } from './enums';
import { initLayer } from './layers';
import type { Args, Machine } from './machine';
import { finished, linearise, madeByCall } from './making-classes';
import { entriesOf, startMapping } from './mappings';
import { moduleOf } from './names';
import { derives, isModuleClass, layerOf, nativeClass } from './natives';
import { newObject } from './objects';
import { restoreConstructor } from './pasted';
import { classMember, FIELDS_INIT } from './protocols';

/** Makes a class: bases, method resolution order, body. */
export const defineClass = (m: Machine, node: ClassDef, outer: Scope): ClassValue => {
  const given = argumentsOf(m, node.bases, outer);
  const bases = given.positional.map((b) => resolve(m, b));
  const parents = bases.filter((b): b is ClassValue => b.kind === 'class');
  const root = nativeClass(m, 'builtins.object');
  const mro = linearise(parents.length > 0 ? parents : [root]);
  const meta = metaclassOf(given, parents);
  const owner: { cls: ClassValue | null } = { cls: null };
  const body = newScope(outer, 'class', null);
  m.classBodies.set(body, owner);
  executeBody(m, node, parents, body);
  const cls: ClassValue = {
    kind: 'class',
    name: node.name,
    id: m.nextId++,
    bases: given.open ? [...bases, unknown('further bases')] : bases,
    mro: [],
    attrs: body.vars,
    module: moduleOf(m, outer),
    site: { module: moduleOf(m, outer), node },
    open:
      bases.some((b) => b.kind !== 'class') ||
      given.open === true ||
      parents.some((p) => p.open) ||
      isUnclear(given.keywords.get('metaclass')),
    ...(meta && { meta }),
    ...kindOf(m, node, parents),
  };
  Object.assign(cls, { mro: [cls, ...mro] });
  owner.cls = cls;
  m.defined?.set(node, cls);
  restoreConstructor(cls);
  if (!cls.fieldsKind && isModuleClass(cls))
    for (const [name, value] of body.vars) if (value.kind === 'none') body.vars.set(name, { ...value, declared: true });
  if (cls.fieldsKind) cls.fields = fieldsOf(node, cls, parents);
  // The constructor that the decorator makes comes before those of the bases.
  if (isDataclass(node) && !body.vars.has('__init__') && classMember(cls, '__init__'))
    body.vars.set('__init__', builtin(FIELDS_INIT));
  if (cls.fieldsKind === 'enum') makeMembers(m, cls, body);
  return finished(m, cls, optionsOf(given));
};

const executeBody = (m: Machine, node: ClassDef, parents: readonly ClassValue[], body: Scope): void => {
  if (!isEnumeration(parents)) {
    m.execute(node.body, body, { pending: [] });
    return;
  }
  // A statement may read the members above it: `BOTH = NORM | ACT`.
  for (const stmt of node.body) {
    m.execute([stmt], body, { pending: [] });
    settleAutos(parents, body);
  }
};

const optionsOf = ({ keywords }: Args): Args['keywords'] =>
  new Map([...keywords].filter(([name]) => name !== 'metaclass'));

/** The class of a class that code defines: `class Model(metaclass=Registered)`, or that of a base. */
const metaclassOf = (given: Args, parents: readonly ClassValue[]): ClassValue | undefined => {
  const own = given.keywords.get('metaclass');
  return own?.kind === 'class' && own.site ? own : parents.find((p) => p.meta)?.meta;
};

/** A metaclass that nobody knows may give the class anything. */
const isUnclear = (meta: Value | undefined): boolean => meta !== undefined && meta.kind !== 'class';

const kindOf = (m: Machine, node: ClassDef, parents: readonly ClassValue[]): Pick<ClassValue, 'fieldsKind'> => {
  if (parents.some((p) => p.path === 'typing.NamedTuple' || p.fieldsKind === 'namedtuple'))
    return { fieldsKind: 'namedtuple' };
  if (isEnumeration(parents)) return { fieldsKind: 'enum' };
  return isDataclass(node) || (m && parents.some((p) => p.fieldsKind === 'dataclass'))
    ? { fieldsKind: 'dataclass' }
    : {};
};

/** Calls a class, as its metaclass says where code defines one. */
export const callClass = (m: Machine, cls: ClassValue, args: Args, node: Node | undefined): Value => {
  const own = cls.meta && classMember(cls.meta, '__call__');
  return own
    ? m.call(own.value, { ...args, positional: [cls, ...args.positional] }, node)
    : instantiate(m, cls, args, node);
};

/** Makes an instance of a class. */
export const instantiate = (m: Machine, cls: ClassValue, args: Args, node: Node | undefined): Value => {
  if (cls.path && m.native.has(`${cls.path}()`)) return m.call({ kind: 'builtin', name: `${cls.path}()` }, args, node);
  // `torch.Tensor(2, 3)` is a class that is called like the function of its row.
  const family = cls.path ? findFamily(cls.path) : undefined;
  if (family?.kind === 'function') return m.call({ kind: 'op', family }, args, node);
  if (cls.fieldsKind === 'namedtuple') {
    const own = classMember(cls, '__new__')?.value;
    const func = own?.kind === 'descriptor' ? own.func : own;
    return func ? m.call(func, { ...args, positional: [cls, ...args.positional] }, node) : namedTuple(m, cls, args);
  }
  if (cls.fieldsKind === 'enum') return enumMember(m, cls, args);
  const inherited = cls.mro.find((c) => c.path && m.native.has(`${c.path}()`) && !c.path.startsWith('builtins.object'));
  const isMapping = cls.path === undefined && derives(cls, 'builtins.dict');
  if (inherited?.path && !isMapping && !classMember(cls, '__init__') && !classMember(cls, '__new__')) {
    return m.call({ kind: 'builtin', name: `${inherited.path}()` }, args, node);
  }
  if (derives(cls, 'builtins.type')) return madeByCall(m, cls, args);
  const self = newObject(m, cls, node);
  if (isMapping) startMapping(self);
  const made = classMember(cls, '__new__');
  if (made) {
    const func = made.value.kind === 'descriptor' ? made.value.func : made.value;
    const value = m.call(func, { ...args, positional: [cls, ...args.positional] }, node);
    if (value.kind !== 'object' || value.cls !== cls)
      return value.kind === 'unknown' ? unknown(`what ${cls.name}.__new__ gives`) : value;
    initialise(m, value, args, node);
    return value;
  }
  initialise(m, self, args, node);
  return self;
};

const initialise = (m: Machine, self: ObjectValue, args: Args, node: Node | undefined): void => {
  const { cls } = self;
  const own = classMember(cls, '__init__');
  const layer = layerOf(cls);
  if (own && (!layer || cls.mro.indexOf(own.owner) <= cls.mro.findIndex((c) => c.layer))) {
    whileBuilt(m, cls, () => m.call({ kind: 'method', func: own.value, self }, args, node));
    return;
  }
  const entries = entriesOf(self);
  if (entries) m.call({ kind: 'builtin', name: 'dict.__init__', self: entries }, args, node);
  for (const c of cls.mro) {
    if (c.path && m.native.has(`${c.path}.__init__`)) {
      m.call({ kind: 'builtin', name: `${c.path}.__init__`, self }, args, node);
      break;
    }
    if (c.layer) {
      initLayer(m, self, c.layer, args, node);
      break;
    }
    if (c.open) self.open = true;
  }
  if (cls.fieldsKind === 'dataclass') setFields(m, self, cls, args);
  if (derives(cls, 'builtins.BaseException')) self.attrs.set('args', tuple(args.positional));
  if (cls.path && !cls.layer && !derives(cls, 'torch.nn.Module') && !derives(cls, 'paddle.nn.Layer'))
    keepArguments(self, args);
};

/** Runs the constructor of a module: what is called in it is in training, as nothing has called `eval()` yet. */
const whileBuilt = (m: Machine, cls: ClassValue, run: () => Value): void => {
  const before = m.training;
  if (isModuleClass(cls)) m.training = true;
  try {
    run();
  } finally {
    m.training = before;
  }
};

/** An object of a library class without rules keeps what it was made with, for whoever reads it (`ParamAttr`, `field`). */
const keepArguments = (self: ObjectValue, args: Args): void => {
  for (const [name, value] of args.keywords) self.attrs.set(name, value);
  self.open = true;
};

/** An instance of a `namedtuple`, as its own `__new__` makes it. */
export const namedTuple = (m: Machine, cls: ClassValue, args: Args): Value => {
  const items = (cls.fields ?? []).map(
    (field, i) => args.positional[i] ?? args.keywords.get(field.name) ?? fallback(m, field),
  );
  return { kind: 'tuple', items, named: cls };
};
