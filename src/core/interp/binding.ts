import type { Fault } from '../ops';
import type { Parameters } from '../syntax';
import { dict, type FunctionValue, list, str, tuple, unknown, type Value } from '../values';
import type { Args } from './machine';

/** The names that a call binds, or why it cannot. Python's rules: positions, keywords, defaults, the two stars. */
export type Bound = { readonly values: ReadonlyMap<string, Value> } | { readonly fault: Fault };

export const bindParameters = (fn: FunctionValue, args: Args): Bound => {
  const params: Parameters = fn.node.params;
  const values = new Map<string, Value>();
  const positional = [...args.positional];
  const keywords = new Map(args.keywords);
  for (const param of params) {
    switch (param.form) {
      case 'positional-only':
      case 'ordinary': {
        const given = positional.shift();
        if (given !== undefined) {
          if (keywords.has(param.name) && param.form === 'ordinary') return { fault: repeated(fn, param.name) };
          values.set(param.name, given);
        } else if (param.form === 'ordinary' && keywords.has(param.name)) take(values, keywords, param.name);
        else fallback(fn, param.name, values, args);
        break;
      }
      case 'keyword-only':
        if (keywords.has(param.name)) take(values, keywords, param.name);
        else fallback(fn, param.name, values, args);
        break;
      case 'var-positional':
        values.set(
          param.name,
          args.starred ?? (args.rest ? list([args.rest.element], args.rest.count) : tuple(positional.splice(0))),
        );
        break;
      case 'var-keyword': {
        const all = dict();
        for (const [name, value] of keywords) all.entries.set(`s${name}`, { key: str(name), value });
        all.open = args.open === true;
        keywords.clear();
        values.set(param.name, all);
        break;
      }
    }
  }
  const absent = params.find((p) => isPlain(p.form) && !values.has(p.name));
  if (absent)
    return {
      fault: { code: 'missing-argument', data: { callable: fn.name, name: absent.name }, names: [absent.name] },
    };
  if (positional.length > 0) {
    return {
      fault: {
        code: 'too-many-arguments',
        data: { callable: fn.name, given: args.positional.length, wanted: args.positional.length - positional.length },
        names: [],
      },
    };
  }
  const [extra] = keywords.keys();
  if (extra !== undefined)
    return { fault: { code: 'unexpected-keyword', data: { callable: fn.name, name: extra }, names: [extra] } };
  return { values };
};

const isPlain = (form: Parameters[number]['form']): boolean => form !== 'var-positional' && form !== 'var-keyword';

const take = (values: Map<string, Value>, keywords: Map<string, Value>, name: string): void => {
  const value = keywords.get(name);
  if (value) values.set(name, value);
  keywords.delete(name);
};

const fallback = (fn: FunctionValue, name: string, values: Map<string, Value>, args: Args): void => {
  const value = fn.defaults.get(name);
  // After a `*` or `**` that nobody knows, any argument may have been given, one with a default too.
  if (args.open || args.rest)
    values.set(name, unknown(`the argument ${name} comes from an unpacking that is not known`));
  else if (value !== undefined) values.set(name, value);
};

const repeated = (fn: FunctionValue, name: string): Fault => ({
  code: 'repeated-argument',
  data: { callable: fn.name, name },
  names: [name],
});
