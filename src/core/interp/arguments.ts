import type { Argument } from '../syntax';
import { type Scope, unknown, type Value } from '../values';
import { distribute, resolve } from './branch';
import { iterate } from './iteration';
import type { Args, Machine } from './machine';
import { asPlain } from './mappings';
import { sizesTogether } from './open-sizes';

interface Evaluated {
  readonly arg: Argument;
  readonly value: Value;
}

/** Evaluates the arguments of a call; stars are unpacked. */
export const argumentsOf = (m: Machine, given: readonly Argument[], scope: Scope): Args =>
  collected(m, evaluated(m, given, scope));

/** Evaluates the arguments of a call and makes it, once for each sequence that `*layers` may be. */
export const withArguments = (
  m: Machine,
  given: readonly Argument[],
  scope: Scope,
  use: (args: Args) => Value,
): Value => eachSpread(m, evaluated(m, given, scope), use);

const evaluated = (m: Machine, given: readonly Argument[], scope: Scope): readonly Evaluated[] =>
  given.map((arg) => ({ arg, value: m.evaluate(arg.value, scope) }));

const eachSpread = (m: Machine, given: readonly Evaluated[], use: (args: Args) => Value): Value => {
  const open = given.find(({ arg, value }) => arg.star === 1 && resolve(m, value).kind === 'either');
  if (!open) return use(collected(m, given));
  return distribute(m, open.value, (value) => {
    const decided = given.map((one) => (one === open ? { ...one, value } : one));
    return eachSpread(m, decided, use);
  });
};

const collected = (m: Machine, given: readonly Evaluated[]): Args => {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let open = false;
  let rest: Args['rest'];
  for (const { arg, value } of given) {
    if (arg.star === 1) {
      const spread = resolve(m, value);
      const { items, count, parts, optional } =
        spread.kind === 'either'
          ? { items: [], count: m.context.unknownSize('arguments'), parts: undefined, optional: undefined }
          : iterate(m, spread, arg);
      if (count === null) positional.push(...items);
      else {
        const element = items[0] ?? unknown('an argument that is not known');
        rest = { element, count, at: positional.length, sequence: { items: [element], count, parts, optional } };
      }
    } else if (arg.star === 2) {
      const spread = asPlain(resolve(m, value));
      if (spread.kind !== 'dict') {
        open = true;
        continue;
      }
      open ||= spread.open;
      for (const entry of spread.entries.values()) {
        if (entry.key.kind === 'str' && entry.value.kind !== 'unbound') keywords.set(entry.key.value, entry.value);
        else open = true;
      }
    } else if (arg.name !== undefined) keywords.set(arg.name, value);
    else positional.push(value);
  }
  if (rest) {
    const sizes = sizesTogether(
      m,
      given.flatMap(({ arg, value }) =>
        arg.star === 2 || arg.name !== undefined ? [] : { value, star: arg.star === 1 },
      ),
    );
    if (sizes) rest = { ...rest, sizes };
  }
  return { positional, keywords, ...(open && { open }), ...(rest && { rest }) };
};
