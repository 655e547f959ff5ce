import { type Dim, type Sym, same, symbol } from './dim';
import { symbolsOf } from './substitute';

/** The symbol that a size is, when it is nothing but one. */
export const symbolOf = (size: Dim): Sym | undefined => {
  if (typeof size === 'number') return undefined;
  const [only, ...others] = symbolsOf(size);
  return only && others.length === 0 && same(size, symbol(only.id, only.name, only.role)) ? only : undefined;
};
