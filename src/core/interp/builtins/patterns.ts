import {
  dict,
  int,
  iterator,
  LONGEST_TEXT,
  list,
  NONE,
  type ObjectValue,
  str,
  tuple,
  unknown,
  type Value,
} from '../../values';
import { resolve } from '../branch';
import type { Machine } from '../machine';
import { nativeClass } from '../natives';
import { newObject } from '../objects';
import type { Native, NativeCall, NativeTable } from './native';

/** Longer texts are no layer specifications. */
const LENGTH = 400;

/** How many steps a match may take. */
const STEPS = 3e8;

/**
 * Whether matching may take longer than anybody waits: a repeated group that holds a repetition or a choice, or so many
 * repetitions that all ways to share out the text among them are too many.
 */
const isExplosive = (pattern: string, length: number): boolean => {
  const bare = pattern.replace(/\\./gs, 'x').replace(/\[\^?\]?[^\]]*\]/g, 'x');
  const groups = [false];
  let [repeats, options] = [0, 0];
  for (const [token] of bare.matchAll(/\(\??|\)(?:[+*]|\{\d*,?\d*\})?|[+*]\??|\{\d*,\d*\}\??|[|?]/g)) {
    const isRepeat = /[+*{]/.test(token);
    if (token.startsWith('(')) groups.push(false);
    else if (token.startsWith(')')) {
      const holds = groups.pop() ?? false;
      if (isRepeat && holds) return true;
      if (holds || isRepeat) groups[groups.length - 1] = true;
    } else if (token === '?') options++;
    else groups[groups.length - 1] = true;
    if (isRepeat) repeats++;
  }
  return length ** repeats * 2 ** options > STEPS;
};

/** The JavaScript expression for one of Python; undefined where it would mean something else, or not come to an end on the text. */
const expressionOf = (pattern: string, flags: string, text: string): RegExp | undefined => {
  if (pattern.length > LENGTH || isExplosive(pattern, text.length) || /\(\?[^:=!P<]|\\[AZ]/.test(pattern))
    return undefined;
  try {
    return new RegExp(pattern.replace(/\(\?P</g, '(?<').replace(/\(\?P=(\w+)\)/g, '\\k<$1>'), flags);
  } catch {
    return undefined;
  }
};

interface Matching {
  readonly pattern: string;
  readonly text: string;
}

/** Pattern and text of a call of `re.f(pattern, text)` or of `compiled.f(text)`, as the `place`-th argument. */
const matchingOf = ({ m, self, at, args }: NativeCall, place = 1): Matching | undefined => {
  const own = self?.kind === 'object' ? self.attrs.get('pattern') : undefined;
  const last = own ? place - 1 : place;
  const pattern = own ?? resolve(m, at(0, 'pattern') ?? NONE);
  const text = resolve(m, at(last, 'string') ?? NONE);
  // Flags and counts are not followed.
  if (args.positional.length > last + 1 || ['flags', 'count', 'maxsplit'].some((name) => args.keywords.has(name)))
    return undefined;
  if (pattern.kind !== 'str' || text.kind !== 'str' || text.value.length > LENGTH) return undefined;
  return { pattern: pattern.value, text: text.value };
};

const textOrNone = (text: string | undefined): Value => (text === undefined ? NONE : str(text));

/** `match`, `search` and `fullmatch` differ in where the expression is held. */
const found =
  (frame: (pattern: string) => string): Native =>
  (call) => {
    const given = matchingOf(call);
    const expression = given && expressionOf(frame(given.pattern), '', given.text);
    if (!given || !expression) return unknown('what an expression finds');
    const result = expression.exec(given.text);
    return result ? matchObject(call.m, result) : NONE;
  };

const matchObject = (m: Machine, result: RegExpExecArray): Value => {
  const self = newObject(m, nativeClass(m, 're.Match'), undefined);
  self.attrs.set('all', tuple([...result].map(textOrNone)));
  const named = dict();
  for (const [name, text] of Object.entries(result.groups ?? {}))
    named.entries.set(`s${name}`, { key: str(name), value: textOrNone(text) });
  self.attrs.set('named', named);
  return self;
};

const groupOf = (self: ObjectValue, key: Value): Value => {
  const [all, named] = [self.attrs.get('all'), self.attrs.get('named')];
  if (key.kind === 'str' && named?.kind === 'dict')
    return named.entries.get(`s${key.value}`)?.value ?? unknown('a group of a match');
  const item =
    key.kind === 'int' && typeof key.value === 'number' && all?.kind === 'tuple' ? all.items[key.value] : undefined;
  return item ?? unknown('a group of a match');
};

const onMatch =
  (use: (self: ObjectValue, call: NativeCall) => Value): Native =>
  (call) =>
    call.self?.kind === 'object' ? use(call.self, call) : unknown('a match');

const split: Native = (call) => {
  const given = matchingOf(call);
  const expression = given && expressionOf(given.pattern, '', given.text);
  // Where nothing is a match as well, Python cuts in other places than JavaScript.
  if (!given || !expression || expression.test('')) return unknown('the parts of a text');
  return list(given.text.split(expression).map(textOrNone));
};

const findAll: Native = (call) => {
  const given = matchingOf(call);
  const expression = given && expressionOf(given.pattern, 'g', given.text);
  if (!given || !expression) return unknown('what an expression finds');
  const rows = [...given.text.matchAll(expression)].map((result) => {
    const [whole = '', ...groups] = result;
    if (groups.length === 0) return str(whole);
    return groups.length === 1 ? str(groups[0] ?? '') : tuple(groups.map((g) => str(g ?? '')));
  });
  return list(rows);
};

const substitute: Native = (call) => {
  const given = matchingOf(call, 2);
  const put = resolve(call.m, call.at(call.self ? 0 : 1, 'repl') ?? NONE);
  const expression = given && expressionOf(given.pattern, 'g', given.text);
  if (!given || !expression || put.kind !== 'str') return unknown('a text with parts replaced');
  const replacement = put.value
    .replace(/\$/g, '$$$$')
    .replace(/\\(\d)/g, '$$$1')
    .replace(/\\g<(\w+)>/g, '$$<$1>');
  if ((given.text.length + 1) * (replacement.length + 1) > LONGEST_TEXT) return unknown('a long text');
  return str(given.text.replace(expression, replacement));
};

const compile: Native = ({ m, at, args }) => {
  const pattern = resolve(m, at(0, 'pattern') ?? NONE);
  if (pattern.kind !== 'str' || args.positional.length > 1 || args.keywords.size > 1) return unknown('an expression');
  const self = newObject(m, nativeClass(m, 're.Pattern'), undefined);
  self.attrs.set('pattern', pattern);
  return self;
};

const FUNCTIONS: NativeTable = {
  match: found((pattern) => `^(?:${pattern})`),
  search: found((pattern) => pattern),
  fullmatch: found((pattern) => `^(?:${pattern})$`),
  split,
  findall: findAll,
  sub: substitute,
};

/** Regular expressions, with which model code reads its block specifications (`ir_r2_k3_s2_e6_c24`). */
export const patterns: NativeTable = {
  ...Object.fromEntries(
    Object.entries(FUNCTIONS).flatMap(([name, native]) => [
      [`re.${name}`, native],
      [`re.Pattern.${name}`, native],
    ]),
  ),
  're.compile': compile,
  're.Match.group': onMatch((self, { args }) => {
    const keys = args.positional.length > 0 ? args.positional : [int(0)];
    const [first = NONE, ...others] = keys.map((key) => groupOf(self, key));
    return others.length > 0 ? tuple([first, ...others]) : first;
  }),
  're.Match.__getitem__': onMatch((self, { at }) => groupOf(self, at(0) ?? NONE)),
  're.Match.groups': onMatch((self) => {
    const all = self.attrs.get('all');
    return all?.kind === 'tuple' ? tuple(all.items.slice(1)) : iterator([]);
  }),
  're.Match.groupdict': onMatch((self) => self.attrs.get('named') ?? dict()),
};
