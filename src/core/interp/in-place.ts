import type { Family } from '../ops';
import type { Value } from '../values';
import type { Args } from './machine';
import { mayChange, memoryOf } from './memory';

/** Whether an op changes its first argument: its name says so, or `F.relu(x, True)`. */
export const isInPlace = ({ functions }: Family, name: string, { positional, keywords }: Args): boolean => {
  if (name.endsWith('_')) return true;
  const place = functions[0]?.signature.params.findIndex((param) => param.name === 'inplace') ?? -1;
  const given = keywords.get('inplace') ?? positional[place];
  return given !== undefined && !(given.kind === 'bool' && !given.value);
};

/** What was read of a tensor without anybody knowing what it is: called, it may change the tensor. */
const owners = new WeakMap<Value, Value>();

export const memberOf = (whole: Value, member: Value): Value => {
  if (memoryOf(whole)) owners.set(member, whole);
  return member;
};

/** What nobody knows may change what it is given. */
export const changeAll = (callee: Value, { positional, keywords }: Args): void => {
  mayChange([owners.get(callee) ?? callee, ...positional]);
  mayChange(keywords.values());
};
