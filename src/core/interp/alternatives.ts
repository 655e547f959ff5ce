import type { Arg } from '../ops';
import { listArg, toArg, type Value } from '../values';
import { fork, resolve, undecided } from './branch';
import { joinValues } from './join';
import type { Args, Machine } from './machine';

/** Runs `use` with arguments that hold no alternatives, once for each combination, and joins the results. */
export const eachAlternative = (m: Machine, args: Args, use: (args: Args) => Value): Value => {
  // Where a tensor is to live changes nothing that is known of it.
  const sizes = [...args.keywords].filter(([name]) => name !== 'device').map(([, value]) => value);
  const open = undecided(m, [...args.positional, ...sizes]);
  if (!open) return use(args);
  const again = () => eachAlternative(m, args, use);
  return fork(m, open.condition, again, again, (a, b, sides) => joinValues(m, open.condition, a, b, sides));
};

/** The arguments as an op sees them. */
export const opArguments = (m: Machine, args: Args) => ({
  positional: args.positional.map((v) => settled(m, v)),
  keywords: new Map([...args.keywords].map(([name, v]) => [name, settled(m, v)] as const)),
});

/** A value as an op sees it, with what the path that runs has decided. */
export const settled = (m: Machine, given: Value): Arg => {
  const value = resolve(m, given);
  if (value.kind === 'tuple') return { kind: 'tuple', items: value.items.map((item) => settled(m, item)) };
  if (value.kind === 'list') return listArg(value, (item) => settled(m, item));
  if (value.kind === 'slice')
    return {
      kind: 'slice',
      lower: boundIn(settled(m, value.lower)),
      upper: boundIn(settled(m, value.upper)),
      step: boundIn(settled(m, value.step)),
    };
  const likely = value.kind === 'unknown' ? m.likely.get(value) : undefined;
  if (value.kind === 'unknown' && likely?.origin !== undefined) return { kind: 'unknown', why: value.why, likely };
  return toArg(value);
};

/** A bound of a slice: a tensor of one whole number (`x[:paddle.shape(y)[0]]`) is that number. */
const boundIn = (arg: Arg): Arg => {
  const [element, more] = arg.kind === 'tensor' ? (arg.elements ?? []) : [];
  return element?.kind === 'int' && !more ? element : arg;
};
