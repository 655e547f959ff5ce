import { print } from '../dims';
import type { ObjectValue, Value } from './value';

/**
 * The identity of a value as a key of a dict or set: equal keys are equal values, as in Python (`1` and `True` are one
 * key). Undefined where the value cannot be told apart from others.
 */
export const keyOf = (value: Value): string | undefined => {
  switch (value.kind) {
    case 'none':
      return 'none';
    case 'bool':
      return `n${value.value ? 1 : 0}`;
    case 'int':
      return typeof value.value === 'number'
        ? `n${value.value}`
        : `d${print(value.value, { style: 'code', name: (s) => s.id })}`;
    case 'float':
      return value.value === undefined ? undefined : `n${value.value}`;
    case 'str':
      return `s${value.value}`;
    case 'ellipsis':
      return '...';
    case 'dtype':
      return `dtype:${value.name}`;
    case 'tuple': {
      const keys = value.items.map(keyOf);
      return keys.includes(undefined) ? undefined : `(${keys.join(',')})`;
    }
    case 'object': {
      const plain = memberValue(value);
      return plain ? keyOf(plain) : hasOwnEquality(value) ? undefined : `o${value.id}`;
    }
    case 'class':
      return value.path ? `c:${value.path}` : `c${value.id}`;
    case 'namespace':
      return `ns:${value.path}`;
    case 'module':
      return `m:${value.name}`;
    case 'op':
      return `op:${value.family.path}`;
    case 'builtin':
      return value.self ? undefined : `b:${value.name}`;
    case 'function':
      return `f${identity(value)}`;
    case 'tensor':
      return value.parameter ? `p${value.parameter.id}` : undefined;
    default:
      return undefined;
  }
};

/** Instances of such classes may be equal although they are not the same. */
const hasOwnEquality = ({ cls }: ObjectValue): boolean =>
  cls.mro.some(({ attrs, fieldsKind }) => attrs.has('__eq__') || fieldsKind === 'dataclass');

const identities = new WeakMap<object, number>();
let next = 0;

/** A number that tells one object from all others of this process. */
export const identity = (value: object): number => {
  const known = identities.get(value);
  if (known !== undefined) return known;
  next++;
  identities.set(value, next);
  return next;
};

const PLAIN = /^(builtins\.(str|int)|enum\.(StrEnum|IntEnum|Flag|IntFlag))$/;

/** A member of an enumeration of texts or numbers as that; anything else as it is. */
export const ofMember = (value: Value): Value => (value.kind === 'object' ? (memberValue(value) ?? value) : value);

/** The text or number that a member of an enumeration is as well: `class Mode(str, Enum)`. */
export const memberValue = ({ cls, attrs }: ObjectValue): Value | undefined =>
  cls.fieldsKind === 'enum' && cls.mro.some((c) => c.path !== undefined && PLAIN.test(c.path))
    ? attrs.get('value')
    : undefined;
