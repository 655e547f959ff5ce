import { bool, FALSE, identity, keyOf, TRUE, unknown, type Value } from '../values';
import { resolve } from './branch';
import { hasFlag } from './enums';
import { holdsNumber } from './fills';
import { isStepwise, takenFrom } from './iteration';
import { conditionValue } from './join';
import { mayBeRegistered } from './late-entries';
import type { Machine } from './machine';
import { entriesOf } from './mappings';
import { callMethodIfAny } from './protocols';

/** A condition about values that nobody knows. */
export const unclear = (a: Value, b: Value, op: string): Value =>
  conditionValue({ key: `${op}:${identity(a)}:${identity(b)}`, text: '' });

/** The condition that a comparison is. */
const asCondition = (value: Value): Value => (value.kind === 'unknown' && value.truth ? value.truth : value);

/** How two values compare by `==`. */
type Equal = (a: Value, b: Value) => Value;

/** `item in container`: decided, or a condition. */
export const member = (m: Machine, item: Value, container: Value, equal: Equal): Value => {
  switch (container.kind) {
    case 'dict':
    case 'set': {
      const key = keyOf(item);
      if (key === undefined || item.kind === 'opaque') return anyEqual(item, keysOf(container), equal, container.open);
      const late = !container.entries.has(key) && mayBeRegistered(m, container, item);
      const held = container.entries.get(key);
      if (held) return container.kind === 'dict' && 'value' in held ? present(m, held.value as Value) : TRUE;
      return container.open || late ? unclear(item, container, 'in') : FALSE;
    }
    case 'tuple':
      return anyEqual(item, container.items, equal, false);
    case 'list':
      return anyEqual(item, container.items, equal, container.count !== null);
    case 'str':
      return item.kind === 'str' ? bool(container.value.includes(item.value)) : unclear(item, container, 'in');
    case 'range': {
      const { start, stop, step } = container;
      const at = item.kind === 'int' ? item.value : undefined;
      if (typeof start !== 'number' || typeof stop !== 'number' || typeof step !== 'number' || typeof at !== 'number')
        return unclear(item, container, 'in');
      return bool((at - start) % step === 0 && (step > 0 ? at >= start && at < stop : at <= start && at > stop));
    }
    case 'iterator': {
      // Python goes through it as far as it has to.
      if (!isStepwise(container)) return unclear(item, container, 'in');
      for (const other of takenFrom(m, container)) {
        const same = asCondition(equal(item, other));
        if (same === TRUE) return TRUE;
        if (same !== FALSE) {
          container.items = [];
          container.at = 0;
          container.endless = true;
          return unclear(item, container, 'in');
        }
      }
      return container.endless ? unclear(item, container, 'in') : FALSE;
    }
    case 'object': {
      const flag = hasFlag(container, item);
      if (flag !== undefined) return bool(flag);
      const entries = entriesOf(container);
      return (
        callMethodIfAny(m, container, '__contains__', item) ??
        (entries ? member(m, item, entries, equal) : unclear(item, container, 'in'))
      );
    }
    case 'tensor':
      return holdsNumber(m, container, item) ?? unclear(item, container, 'in');
    case 'namespace':
      return item.kind === 'str' && m.getAttribute(container, item.value, undefined).kind !== 'unknown'
        ? TRUE
        : unclear(item, container, 'in');
    case 'class':
      return bool(item.kind === 'object' && [...container.attrs.values()].includes(item));
    default:
      return unclear(item, container, 'in');
  }
};

const keysOf = (container: Extract<Value, { kind: 'dict' | 'set' }>): readonly Value[] =>
  container.kind === 'dict' ? [...container.entries.values()].map((e) => e.key) : [...container.entries.values()];

/** A key or an attribute that is there on one path only is there under that path's condition. */
export const present = (m: Machine, held: Value): Value => {
  const value = resolve(m, held);
  if (value.kind === 'unbound') return FALSE;
  if (value.kind !== 'either') return TRUE;
  const [yes, no] = [present(m, value.yes), present(m, value.no)];
  return yes === no ? yes : { kind: 'either', condition: value.condition, yes, no };
};

/** Under how many conditions something may be a member before nobody follows each of them. */
const CONDITIONS = 10;

const anyEqual = (item: Value, items: readonly Value[], equal: Equal, more: boolean): Value => {
  let open: Value | undefined;
  let opens = 0;
  for (const other of items) {
    const same = asCondition(equal(item, other));
    if (same === TRUE) return TRUE;
    if (same !== FALSE) {
      open = same;
      opens++;
    }
  }
  if (more || opens > CONDITIONS) return unclear(item, items[0] ?? item, 'in');
  if (!open) return FALSE;
  // Several conditions under which it is a member: each alternative is asked in turn.
  return opens === 1
    ? open
    : items.reduceRight<Value>((rest, other) => orElse(asCondition(equal(item, other)), rest), FALSE);
};

const orElse = (first: Value, rest: Value): Value => {
  if (first === TRUE || rest === FALSE) return first;
  if (first === FALSE) return rest;
  return first.kind === 'either'
    ? { ...first, yes: orElse(first.yes, rest), no: orElse(first.no, rest) }
    : unknown('membership');
};
