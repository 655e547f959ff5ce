import { builtin, type Value } from '../values';
import { type Machine, NO_ARGS } from './machine';

const TYPES: Readonly<Record<string, string>> = { none: 'NoneType', iterator: 'generator' };

/** Methods of Python's own types, carried out by the interpreter. */
export const plainMember = (m: Machine, value: Value, name: string): Value | undefined => {
  if (name === '__class__') return m.call(builtin('type'), { ...NO_ARGS, positional: [value] }, undefined);
  const full = `${value.kind === 'builtin' ? value.name : (TYPES[value.kind] ?? value.kind)}.${name}`;
  return m.native.has(full) ? builtin(full, value) : undefined;
};

/** The methods and attributes of Python's own types, whether the interpreter carries them out or not. */
const NAMES: Partial<Readonly<Record<Value['kind'], string>>> = {
  str: `capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii
    isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans
    partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith
    strip swapcase title translate upper zfill`,
  int: 'as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag is_integer numerator real to_bytes',
  float: 'as_integer_ratio conjugate fromhex hex imag is_integer real',
  list: 'append clear copy count extend index insert pop remove reverse sort',
  tuple: 'count index',
  dict: 'clear copy fromkeys get items keys move_to_end pop popitem setdefault update values',
  set: `add clear copy difference difference_update discard intersection intersection_update isdisjoint issubset
    issuperset pop remove symmetric_difference symmetric_difference_update union update`,
  range: 'count index start step stop',
  slice: 'indices start step stop',
  iterator: 'close send throw',
};

const words = new Map(Object.entries(NAMES).map(([kind, names]) => [kind, new Set(names.split(/\s+/))]));

/** Whether a value of this kind has the attribute in Python, so that only its meaning is not known here. */
export const isUnmodelled = (kind: Value['kind'], name: string): boolean =>
  (words.get(kind)?.has(name) ?? false) || (words.has(kind) && /^__\w+__$/.test(name));
