import { builtin, type ClassValue, type ObjectValue, str, type Value } from '../values';
import { type Machine, NO_ARGS } from './machine';

/** An attribute as the classes of an instance define it, in method resolution order. */
export const classMember = (
  cls: ClassValue,
  name: string,
): { readonly value: Value; readonly owner: ClassValue } | undefined => {
  for (const owner of cls.mro) {
    const value = owner.attrs.get(name);
    if (value !== undefined && value.kind !== 'unbound') return { value, owner };
  }
  return undefined;
};

/** The constructor that a dataclass gets from its decorator, as its class holds it. */
export const FIELDS_INIT = 'dataclass.made.__init__';

/** Calls a special method that the classes of an instance define; undefined where none does. */
export const callMethodIfAny = (
  m: Machine,
  self: ObjectValue,
  name: string,
  ...positional: readonly Value[]
): Value | undefined => {
  const member = classMember(self.cls, name);
  if (!member) {
    const home = self.cls.mro.find((cls) => cls.path && m.native.has(`${cls.path}.${name}`));
    return home && m.call(builtin(`${home.path}.${name}`, self), { ...NO_ARGS, positional }, undefined);
  }
  if (isUnbound(member.value))
    return m.call(member.value, { ...NO_ARGS, positional: [self, ...positional] }, undefined);
  if (member.value.kind !== 'function') return undefined;
  return m.call({ kind: 'method', func: member.value, self }, { ...NO_ARGS, positional }, undefined);
};

/** A method of a type of Python's own or of a library's layer that is not one of an instance: `dict.__getitem__`. */
export const UNBOUND_METHOD = 'a method of a type';

export const unboundMethod = (m: Machine, { path = '', layer }: ClassValue, name: string): Value | undefined => {
  const [, own] = /^builtins\.(\w+)$/.exec(path) ?? [];
  const full = layer ? `${path}.${name}` : own ? `${own}.${name}` : '';
  if (!m.native.has(full)) return undefined;
  return { kind: 'partial', func: builtin(UNBOUND_METHOD), args: [str(full)], keywords: new Map() };
};

export const isUnbound = (value: Value): boolean =>
  value.kind === 'partial' && value.func.kind === 'builtin' && value.func.name === UNBOUND_METHOD;

/** Whether `__getattr__` of an instance is running: what it does not find then may come from a base that is not known. */
export const isAsked = (m: Machine, self: ObjectValue): boolean => {
  for (let frame = m.frame; frame; frame = frame.caller)
    if (frame.name === '__getattr__' && frame.self === self) return self.open || self.cls.mro.some((c) => c.open);
  return false;
};

/** Whether what is not known comes next in the method resolution order: a base of the class itself could not be found. */
export const isLoose = (cls: ClassValue): boolean => cls.open && cls.bases.some((base) => base.kind !== 'class');
