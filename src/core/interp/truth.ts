import { decide, print } from '../dims';
import { type Choice, identity, memberValue, opaqueSize, type Value } from '../values';
import { fork, resolve } from './branch';
import { onlyNumber } from './fills';
import { joinValues } from './join';
import type { Machine } from './machine';
import { entriesOf } from './mappings';
import { decided } from './path';
import { callMethodIfAny } from './protocols';

/**
 * Whether a value counts as true. An undecided one names the choice that it hangs on: `holds` is the outcome of the
 * choice under which the value is true. With `direct` false the choice is only a first step (an alternative of an
 * alternative), and the question has to be asked again on either side.
 */
export type Truth =
  | { readonly kind: 'known'; readonly value: boolean }
  | { readonly kind: 'open'; readonly choice: Choice; readonly holds: boolean; readonly direct: boolean };

const known = (value: boolean): Truth => ({ kind: 'known', value });
const open = (choice: Choice, holds = true, direct = true): Truth => ({ kind: 'open', choice, holds, direct });

export const truth = (m: Machine, given: Value): Truth => {
  const value = resolve(m, given);
  switch (value.kind) {
    case 'none':
    case 'unbound':
      return known(false);
    case 'bool':
      return known(value.value);
    case 'int':
      return sizeTruth(m, value.value);
    case 'float':
      return value.value === undefined ? unclear(m, value) : known(value.value !== 0);
    case 'str':
      return known(value.value !== '');
    case 'tuple':
      return known(value.items.length > 0);
    case 'list':
      return value.count === null ? known(value.items.length > 0) : sizeTruth(m, value.count);
    case 'dict':
    case 'set':
      return value.entries.size > 0 ? known(true) : value.open ? unclear(m, value) : known(false);
    case 'range':
      return known(true);
    case 'either': {
      const yes = truth(m, value.yes);
      const no = truth(m, value.no);
      if (yes.kind === 'known' && no.kind === 'known') {
        return yes.value === no.value ? yes : open(value.condition, yes.value);
      }
      return open(value.condition, true, false);
    }
    case 'object':
      return objectTruth(m, value);
    case 'opaque':
      return value.type === 'int' ? sizeTruth(m, opaqueSize(value)) : named(m, `truth:${value.path}`, value.path);
    case 'tensor': {
      const held = m.arithmetic?.item(value);
      if (held !== undefined) return known(held !== 0);
      const element = onlyNumber(value);
      // What a module keeps may have been loaded; what was computed of sizes just now is what it is.
      return element && !value.parameter ? truth(m, element) : unclear(m, value);
    }
    case 'unknown':
      return value.truth ? truth(m, value.truth) : unclear(m, value);
    default:
      return known(true);
  }
};

const objectTruth = (m: Machine, value: Extract<Value, { kind: 'object' }>): Truth => {
  const plain = memberValue(value);
  if (plain) return truth(m, plain);
  const length = callMethodIfAny(m, value, '__bool__') ?? callMethodIfAny(m, value, '__len__');
  if (length) return truth(m, length);
  const entries = entriesOf(value);
  return entries ? truth(m, entries) : known(true);
};

const sizeTruth = (m: Machine, size: import('../dims').Dim): Truth => {
  if (typeof size === 'number') return known(size !== 0);
  const relation = { kind: 'ne', left: size, right: 0 } as const;
  const answer = decide(m.facts, relation);
  if (answer !== undefined) return known(answer);
  const text = `${print(size, { style: 'code' })} != 0`;
  return atom(m, { key: `ne:${size.key}:0`, text, relation });
};

const named = (m: Machine, key: string, text: string): Truth => atom(m, { key, text });

/** A condition that nobody can decide; the same value asked twice is the same condition. */
const unclear = (m: Machine, value: Value): Truth => atom(m, { key: `value:${identity(value)}`, text: '' });

const atom = (m: Machine, choice: Choice): Truth => {
  const holds = decided(m.path, choice.key);
  return holds === undefined ? open(choice) : known(holds);
};

/** Runs `yes` or `no` by the truth of a value; both, joined, where it is not decided. */
export const branchValue = (m: Machine, condition: Value, yes: () => Value, no: () => Value): Value => {
  const test = truth(m, condition);
  if (test.kind === 'known') return test.value ? yes() : no();
  const again = () => branchValue(m, condition, yes, no);
  const [first, second] = test.direct ? (test.holds ? [yes, no] : [no, yes]) : [again, again];
  return fork(m, test.choice, first, second, (a, b, sides) => joinValues(m, test.choice, a, b, sides));
};

/** `and` and `or`: the right side is looked at only when the left one does not decide. */
export const shortCircuit = (m: Machine, op: 'and' | 'or', left: Value, right: () => Value): Value => {
  const keep = () => resolve(m, left);
  return op === 'and' ? branchValue(m, left, right, keep) : branchValue(m, left, keep, right);
};
