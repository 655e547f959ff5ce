import type { FunctionValue, ObjectValue, Value } from '../values';
import type { Machine } from './machine';
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
