import type { Argument } from '../syntax';
import { type Scope, unknown, type Value } from '../values';
import { resolve } from './branch';
import { iterate } from './iteration';
import type { Args, Machine } from './machine';
import { asPlain } from './mappings';

/** Evaluates the arguments of a call; stars are unpacked. */
export const argumentsOf = (m: Machine, given: readonly Argument[], scope: Scope): Args => {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let open = false;
  let rest: Args['rest'];
  for (const arg of given) {
    const value = m.evaluate(arg.value, scope);
    if (arg.star === 1) {
      const spread = resolve(m, value);
      const { items, count, parts } =
        spread.kind === 'either'
          ? { items: [], count: m.context.unknownSize('arguments'), parts: undefined }
          : iterate(m, spread, arg);
      if (count === null) positional.push(...items);
      else {
        const element = items[0] ?? unknown('an argument that is not known');
        rest = { element, count, at: positional.length, sequence: { items: [element], count, parts } };
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
  return { positional, keywords, ...(open && { open }), ...(rest && { rest }) };
};
