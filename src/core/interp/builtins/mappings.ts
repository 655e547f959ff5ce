import { FALSE, NONE, type ObjectValue, TRUE, unknown, type Value } from '../../values';
import { attempt } from '../branch';
import type { Machine } from '../machine';
import { derives } from '../natives';
import { callMethodIfAny } from '../protocols';
import type { Native, NativeTable } from './native';

// What `collections.abc` adds to a class that says how its entries are looked up.

/** The entry under a key, or undefined where the class raises a `KeyError`. */
const entryOf = (m: Machine, self: ObjectValue, key: Value): Value | undefined => {
  m.tries++;
  try {
    const found = attempt(() => callMethodIfAny(m, self, '__getitem__', key));
    if ('value' in found) return found.value ?? unknown('an entry');
    const { exception } = found.raised;
    if (exception.kind !== 'object' || !derives(exception.cls, 'builtins.LookupError')) throw found.raised;
    return undefined;
  } finally {
    m.tries--;
  }
};

const get: Native = ({ m, self, at }) =>
  self?.kind === 'object' ? (entryOf(m, self, at(0, 'key') ?? NONE) ?? at(1, 'default') ?? NONE) : unknown('get()');

const contains: Native = ({ m, self, at }) => {
  const found = self?.kind === 'object' ? entryOf(m, self, at(0) ?? NONE) : unknown('a mapping');
  if (found?.kind === 'unknown') return unknown('whether there is such an entry');
  return found ? TRUE : FALSE;
};

export const mappingMixins: NativeTable = Object.fromEntries(
  ['collections.abc', 'typing'].flatMap((home) =>
    ['Mapping', 'MutableMapping'].flatMap((name) => [
      [`${home}.${name}.get`, get],
      [`${home}.${name}.__contains__`, contains],
    ]),
  ),
);
