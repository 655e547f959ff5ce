import {
  type ClassValue,
  int,
  keyOf,
  memberValue,
  type ObjectValue,
  type Scope,
  str,
  unknown,
  type Value,
} from '../values';
import { raise } from './faults';
import type { Args, Machine } from './machine';
import { derives, nativeClass } from './natives';
import { newObject } from './objects';
import { callMethodIfAny, classMember } from './protocols';

/** Whether a class with these bases is an enumeration. */
export const isEnumeration = (parents: readonly ClassValue[]): boolean =>
  parents.some((p) => /^enum\./.test(p.path ?? '') || p.fieldsKind === 'enum');

const AUTO = 'enum.auto.value';

/** What `auto()` stands for until the name is known that it is given to. */
export const autoValue = (m: Machine): Value => newObject(m, nativeClass(m, AUTO), undefined);

/** Gives every `auto()` in the body of an enumeration its value, which depends on those before it. */
export const settleAutos = (parents: readonly ClassValue[], body: Scope): void => {
  const before: Value[] = [];
  for (const [name, value] of body.vars) {
    if (!isMember(name, value)) continue;
    const isAuto = value.kind === 'object' && value.cls.path === AUTO;
    const settled = isAuto ? nextValue(parents, body, name, before) : value;
    if (isAuto) body.vars.set(name, settled);
    before.push(settled);
  }
};

const nextValue = (parents: readonly ClassValue[], body: Scope, name: string, before: readonly Value[]): Value => {
  const inherited = parents.map((p) => classMember(p, '_generate_next_value_')?.value);
  const own = body.vars.get('_generate_next_value_') ?? inherited.find((value) => value !== undefined);
  if (own) return unknown('what auto() gives');
  if (parents.some((p) => derives(p, 'enum.StrEnum'))) return str(name.toLowerCase());
  const numbers = before.flatMap((value) =>
    value.kind === 'int' && typeof value.value === 'number' ? value.value : [],
  );
  if (numbers.length < before.length || parents.some((p) => derives(p, 'builtins.str'))) return unknown('auto()');
  if (parents.some(isFlag)) return int(2 ** (numbers.length > 0 ? Math.floor(Math.log2(Math.max(...numbers))) + 1 : 0));
  return int((numbers.at(-1) ?? 0) + 1);
};

const isFlag = (cls: ClassValue): boolean => derives(cls, 'enum.Flag') || derives(cls, 'enum.IntFlag');

const isMember = (name: string, value: Value): boolean =>
  !name.startsWith('_') && value.kind !== 'function' && value.kind !== 'descriptor';

/** Makes the names in the body of an enumeration its members. */
export const makeMembers = (m: Machine, cls: ClassValue, body: Scope): void => {
  for (const [name, value] of body.vars) {
    if (!isMember(name, value)) continue;
    const member = madeMember(m, cls, str(name), value);
    cls.attrs.set(name, member);
    const positional = value.kind === 'tuple' ? value.items : [value];
    callMethodIfAny(m, member, '__init__', ...positional);
  }
};

const madeMember = (m: Machine, cls: ClassValue, name: Value, value: Value): ObjectValue => {
  const member = newObject(m, cls, undefined);
  member.attrs.set('name', name);
  member.attrs.set('value', value);
  return member;
};

/** `Mode('mean')`: the member of that value, or the member itself. */
export const enumMember = (m: Machine, cls: ClassValue, args: Args): Value => {
  const [value] = args.positional;
  for (const member of cls.attrs.values()) {
    if (member.kind !== 'object' || member.cls !== cls) continue;
    const held = member.attrs.get('value');
    if (
      member === value ||
      (held && value && held.kind === value.kind && 'value' in held && 'value' in value && held.value === value.value)
    )
      return member;
  }
  const isAsked =
    m.tries > 0 && (value?.kind === 'str' || value?.kind === 'int') && keyOf(value)?.startsWith('d') === false;
  return isAsked && !isFlag(cls) && !classMember(cls, '_missing_')
    ? raise(m, 'ValueError', `a member of ${cls.name}`, undefined)
    : unknown(`a member of ${cls.name}`);
};

/** What an operator made of the numbers of two flags is a flag again. */
export const asFlag = (m: Machine, left: Value, right: Value, result: Value): Value => {
  if (left.kind !== 'object' || right.kind !== 'object' || left.cls !== right.cls || !isFlag(left.cls)) return result;
  if (result.kind !== 'int') return result;
  const named = enumMember(m, left.cls, { positional: [result], keywords: new Map() });
  return named.kind === 'object' ? named : madeMember(m, left.cls, unknown('the name of several flags'), result);
};

/** Whether a flag is among others; undefined where these are no known flags. */
export const hasFlag = (all: ObjectValue, one: Value): boolean | undefined => {
  const [a, b] = [memberValue(all), one.kind === 'object' ? memberValue(one) : undefined];
  if (!isFlag(all.cls) || a?.kind !== 'int' || b?.kind !== 'int') return undefined;
  if (typeof a.value !== 'number' || typeof b.value !== 'number') return undefined;
  return (a.value & b.value) === b.value;
};

/** What `str()` makes of a member; undefined where versions of Python differ. */
export const textOfMember = ({ cls, attrs }: ObjectValue): Value | undefined => {
  if (cls.fieldsKind !== 'enum') return undefined;
  const [name, value] = [attrs.get('name'), attrs.get('value')];
  if (derives(cls, 'enum.StrEnum')) return value;
  if (derives(cls, 'builtins.str') || derives(cls, 'builtins.int') || derives(cls, 'enum.IntEnum') || isFlag(cls))
    return undefined;
  return name?.kind === 'str' ? str(`${cls.name}.${name.value}`) : undefined;
};
