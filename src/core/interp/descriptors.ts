import type { Node } from '../syntax';
import { type DescriptorValue, type FunctionValue, type ObjectValue, touch, type Value } from '../values';
import { type Machine, NO_ARGS } from './machine';
import { classMember } from './protocols';

/** What a class of the code does when an instance of it stands in another class: `__get__`, `__set__`. */
const method = (value: Value, name: '__get__' | '__set__'): FunctionValue | undefined => {
  const own = value.kind === 'object' ? classMember(value.cls, name)?.value : undefined;
  return own?.kind === 'function' ? own : undefined;
};

/** Whether what stands in a class is asked also where the instance holds something under that name. */
export const isSetByItself = (value: Value): value is ObjectValue => method(value, '__set__') !== undefined;

/** What an attribute of an instance, or of the class where `self` is `None`, is by the descriptor in the class. */
export const givenByItself = (m: Machine, value: Value, self: Value, cls: Value): Value | undefined => {
  const get = method(value, '__get__');
  return (
    get &&
    m.call({ kind: 'method', func: get, self: value }, { positional: [self, cls], keywords: new Map() }, undefined)
  );
};

/** `owner.name = held` where the class says what becomes of it. */
export const setByItself = (m: Machine, value: ObjectValue, self: Value, held: Value): void => {
  const set = method(value, '__set__');
  if (set)
    m.call({ kind: 'method', func: set, self: value }, { positional: [self, held], keywords: new Map() }, undefined);
};

type PropertyValue = DescriptorValue & { readonly type: 'property' | 'cached' };

export const isProperty = (value: Value): value is PropertyValue =>
  value.kind === 'descriptor' && (value.type === 'property' || value.type === 'cached');

/** What a property gives; `cached_property` keeps what it gave the first time. */
export const propertyOf = (
  m: Machine,
  self: ObjectValue,
  name: string,
  property: PropertyValue,
  node: Node | undefined,
): Value => {
  const kept = property.type === 'cached' ? self.attrs.get(name) : undefined;
  if (kept && kept.kind !== 'unbound') return kept;
  const value = m.call({ kind: 'method', func: property.func, self }, NO_ARGS, node);
  if (property.type === 'cached') {
    touch(m.journal, self);
    self.attrs.set(name, value);
  }
  return value;
};
