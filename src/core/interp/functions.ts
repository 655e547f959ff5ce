import { type FunctionValue, NONE, str, tuple, unknown, type Value } from '../values';

/** What a function of the code has as attributes. */
export const functionMember = (value: FunctionValue, name: string): Value | undefined => {
  const own = value.attrs.get(name);
  if (own) return own;
  if (name === '__name__' || name === '__qualname__') return str(value.name);
  if (name === '__module__') return str(value.module.name);
  if (name === '__doc__') return NONE;
  if (name === '__defaults__') return tuple([...value.defaults.values()]);
  return unknown(`${value.name}.${name}`);
};
