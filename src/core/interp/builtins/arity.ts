import type { Fault } from '../../ops';
import type { Args } from '../machine';

/** How many positional arguments a function of Python's own takes, and which keywords. */
type Arity = readonly [most: number, keywords?: readonly string[]];

const ARITIES: Readonly<Record<string, Arity>> = {
  abs: [1],
  all: [1],
  any: [1],
  callable: [1],
  divmod: [2],
  enumerate: [2, ['start', 'iterable']],
  filter: [2],
  getattr: [3],
  hasattr: [2],
  id: [1],
  isinstance: [2],
  issubclass: [2],
  iter: [2],
  len: [1],
  next: [2],
  range: [3],
  reversed: [1],
  setattr: [3],
  sorted: [1, ['key', 'reverse']],
  sum: [2, ['start']],
  zip: [Number.POSITIVE_INFINITY, ['strict']],
};

/** Why a call of one of Python's own functions cannot be, whatever its arguments are. */
export const arityFault = (name: string, args: Args): Fault | undefined => {
  const callable = name.replace(/^builtins\.(\w+)\(\)$/, '$1');
  return ARITIES[callable] && misfit(callable, ARITIES[callable], args);
};

const misfit = (
  callable: string,
  [most, named = []]: Arity,
  { positional, keywords, rest, open }: Args,
): Fault | undefined => {
  if (rest || open) return undefined;
  const name = [...keywords.keys()].find((keyword) => !named.includes(keyword));
  if (name !== undefined) return { code: 'unexpected-keyword', data: { callable, name }, names: [name] };
  if (positional.length <= most) return undefined;
  const data = { callable, given: positional.length, wanted: most };
  return { code: 'too-many-arguments', data, names: [] };
};
