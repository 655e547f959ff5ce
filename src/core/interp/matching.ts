import type { MatchCase, Pattern } from '../syntax';
import { type Choice, dict, identity, keyOf, list, type Scope, unknown, type Value } from '../values';
import { forkFlow, resolve } from './branch';
import { compare } from './comparisons';
import type { Exits, Flow, Machine } from './machine';
import { asPlain } from './mappings';
import { assignName } from './names';
import { classMember } from './protocols';
import { truth } from './truth';
import { isInstance } from './types';

/** Whether a pattern fits: yes, no, or under a condition. */
type Answer = boolean | { readonly choice: Choice; readonly holds: boolean };

/** A `match` statement; `run` executes the body of a case. A case of which nobody knows whether it fits is a condition. */
export const executeMatch = (
  m: Machine,
  subject: Value,
  cases: readonly MatchCase[],
  scope: Scope,
  exits: Exits,
  run: (body: MatchCase['body']) => Flow,
): Flow => {
  const [one, ...others] = cases;
  if (!one) return undefined;
  const rest = (): Flow => executeMatch(m, subject, others, scope, exits, run);
  const guarded = (): Flow => {
    const answer = one.guard ? asAnswer(m, m.evaluate(one.guard, scope), one) : true;
    return follow(m, exits, answer, () => run(one.body), rest);
  };
  return follow(m, exits, fits(m, one.pattern, resolve(m, subject), scope), guarded, rest);
};

const follow = (m: Machine, exits: Exits, answer: Answer, yes: () => Flow, no: () => Flow): Flow => {
  if (typeof answer === 'boolean') return answer ? yes() : no();
  const { choice, holds } = answer;
  return forkFlow(m, exits, choice, holds ? yes : no, holds ? no : yes);
};

const asAnswer = (m: Machine, value: Value, about: object): Answer => {
  const test = truth(m, value);
  if (test.kind === 'known') return test.value;
  return test.direct ? { choice: test.choice, holds: test.holds } : open(about, value);
};

const open = (about: object, value: Value): Answer => ({
  choice: { key: `match:${identity(about)}:${identity(value)}`, text: '' },
  holds: true,
});

/** Whether a pattern fits, binding its names. */
const fits = (m: Machine, pattern: Pattern, value: Value, scope: Scope): Answer => {
  switch (pattern.kind) {
    case 'value':
      return asAnswer(m, compare(m, '==', value, m.evaluate(pattern.value, scope), pattern.value), pattern);
    case 'capture': {
      const inner = pattern.pattern ? fits(m, pattern.pattern, value, scope) : true;
      if (inner && pattern.name) assignName(m, pattern.name, value, scope);
      return inner;
    }
    case 'or': {
      for (const one of pattern.patterns) {
        const answer = fits(m, one, value, scope);
        if (answer !== false) return answer === true ? true : open(pattern, value);
      }
      return false;
    }
    case 'sequence':
      return fitsSequence(m, pattern, value, scope);
    case 'mapping':
      return fitsMapping(m, pattern, value, scope);
    case 'class':
      return fitsClass(m, pattern, value, scope);
    default:
      return unclear(m, pattern, value, scope);
  }
};

/** What fits only where all parts do. */
const all = (parts: readonly Answer[], pattern: Pattern, value: Value): Answer => {
  if (parts.includes(false)) return false;
  return parts.every((part) => part === true) || open(pattern, value);
};

/** Nobody knows whether a pattern fits: its names are not known then. */
const unclear = (m: Machine, pattern: Pattern, value: Value, scope: Scope): Answer => {
  for (const name of namesOf(pattern)) assignName(m, name, unknown(`${name} of a pattern`), scope);
  return open(pattern, value);
};

const namesOf = (pattern: Pattern): readonly string[] => {
  switch (pattern.kind) {
    case 'capture':
      return [...(pattern.name ? [pattern.name] : []), ...(pattern.pattern ? namesOf(pattern.pattern) : [])];
    case 'or':
      return pattern.patterns.flatMap(namesOf);
    case 'sequence':
      return [...pattern.patterns.flatMap(namesOf), ...(pattern.rest ? [pattern.rest] : [])];
    case 'mapping':
      return [...pattern.entries.flatMap((entry) => namesOf(entry.pattern)), ...(pattern.rest ? [pattern.rest] : [])];
    case 'class':
      return [...pattern.patterns, ...pattern.named.map((named) => named.pattern)].flatMap(namesOf);
    default:
      return [];
  }
};

/** Whether a value of which nobody knows, or an instance of a class of some library, may be a sequence or a mapping. */
const mayBeCollection = (value: Value): boolean =>
  value.kind === 'object'
    ? value.cls.mro.some(({ open, path = '' }) => open || /^(?:builtins\.(?!object$)|collections|typing)/.test(path))
    : ['unknown', 'opaque', 'either'].includes(value.kind);

type Of<K extends Pattern['kind']> = Extract<Pattern, { readonly kind: K }>;

const fitsSequence = (m: Machine, pattern: Of<'sequence'>, value: Value, scope: Scope): Answer => {
  if (value.kind !== 'tuple' && value.kind !== 'list')
    return mayBeCollection(value) ? unclear(m, pattern, value, scope) : false;
  if (value.kind === 'list' && value.count !== null) return unclear(m, pattern, value, scope);
  const { items } = value;
  const { star } = pattern;
  // The star may stand among the patterns or not be one of them.
  const fixed = pattern.patterns.length;
  if (star === undefined ? items.length !== fixed : items.length < fixed) return false;
  const behind = star === undefined ? 0 : fixed - star;
  const given = star === undefined ? items : [...items.slice(0, star), ...items.slice(items.length - behind)];
  if (star !== undefined && pattern.rest)
    assignName(m, pattern.rest, list(items.slice(star, items.length - behind)), scope);
  const parts = pattern.patterns.map((one, i) => fits(m, one, resolve(m, given[i] ?? unknown('an item')), scope));
  return all(parts, pattern, value);
};

const fitsMapping = (m: Machine, pattern: Of<'mapping'>, given: Value, scope: Scope): Answer => {
  const value = asPlain(given);
  if (value.kind !== 'dict') return mayBeCollection(value) ? unclear(m, pattern, value, scope) : false;
  const keys = pattern.entries.map(({ key }) => keyOf(m.evaluate(key, scope)));
  if (value.open || keys.includes(undefined)) return unclear(m, pattern, value, scope);
  const parts = pattern.entries.map(({ pattern: one }, i) => {
    const held = value.entries.get(keys[i] ?? '');
    return held ? fits(m, one, resolve(m, held.value), scope) : false;
  });
  if (pattern.rest) {
    const rest = dict();
    for (const [key, entry] of value.entries) if (!keys.includes(key)) rest.entries.set(key, entry);
    assignName(m, pattern.rest, rest, scope);
  }
  return all(parts, pattern, value);
};

/** Types whose one positional pattern is the value itself: `str(name)`. */
const THEMSELVES = /^builtins\.(bool|bytearray|bytes|dict|float|frozenset|int|list|set|str|tuple)$/;

const fitsClass = (m: Machine, pattern: Of<'class'>, value: Value, scope: Scope): Answer => {
  const cls = resolve(m, m.evaluate(pattern.cls, scope));
  const is = isInstance(m, value, cls);
  if (is === false) return false;
  if (is !== true || cls.kind !== 'class') return unclear(m, pattern, value, scope);
  const [first] = pattern.patterns;
  if (first && THEMSELVES.test(cls.path ?? '')) return fits(m, first, value, scope);
  const said = classMember(cls, '__match_args__')?.value;
  const names =
    said?.kind === 'tuple'
      ? said.items.map((item) => (item.kind === 'str' ? item.value : undefined))
      : cls.fields?.map(({ name }) => name);
  const positional = pattern.patterns.map((one, i) => ({ name: names?.[i], pattern: one }));
  const parts = [...positional, ...pattern.named].map(({ name, pattern: one }): Answer => {
    if (name === undefined) return unclear(m, one, value, scope);
    return fits(m, one, resolve(m, m.getAttribute(value, name, undefined)), scope);
  });
  return all(parts, pattern, value);
};
