import type { CallArgs, TensorArg } from '../ops';
import { tensorsIn, type Value } from '../values';
import type { Machine } from './machine';

/** Ops whose result has as many axes as their tensors, whatever the sizes become. */
const KEEPING = new Set([
  'cat',
  'concat',
  'concatenate',
  'chunk',
  'split',
  'tensor_split',
  'narrow',
  'roll',
  'flip',
  'pad',
  'interpolate',
  'upsample',
  'clone',
  'contiguous',
]);

/** Reductions: they keep the rank with `keepdim`. */
const REDUCING = new Set([
  'mean',
  'sum',
  'amax',
  'amin',
  'max',
  'min',
  'std',
  'var',
  'norm',
  'prod',
  'logsumexp',
  'median',
]);

/** Ops that give several tensors. */
const PARTING = new Set(['chunk', 'split', 'tensor_split']);

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

const keepsRank = (name: string, { positional, keywords }: CallArgs): boolean => {
  const op = lastPart(name);
  if (KEEPING.has(op)) return true;
  if (!REDUCING.has(op)) return false;
  const flag = keywords.get('keepdim') ?? positional.find((arg) => arg.kind === 'bool');
  return flag?.kind === 'bool' && flag.value;
};

/**
 * Remembers that a result of unknown rank has the rank of entries, so that an op that needs its rank says what the rank
 * of the entries is. A reduction over an axis that may not be there still gives a tensor.
 */
export const linkRanks = (m: Machine, name: string, args: CallArgs, output: Value): Value => {
  if (!keepsRank(name, args)) return output;
  const given = [...args.positional, ...args.keywords.values()].flatMap(tensorsIn);
  const entries = [...new Set(given.flatMap((t) => entriesOf(m, t)))];
  const [first] = given;
  if (entries.length === 0 || !first) return output;
  const result: Value =
    output.kind === 'unknown' && !PARTING.has(lastPart(name))
      ? { kind: 'tensor', lib: first.lib, shape: { dims: [], rest: { at: 0, id: m.context.unknownRest(output.why) } } }
      : output;
  for (const { shape, origin } of tensorsIn(result)) {
    if (shape.rest && origin === undefined) m.trace.ranks.set(shape.rest.id, entries);
  }
  return result;
};

/** The entries whose rank a tensor of unknown rank has. */
export const entriesOf = (m: Machine, { origin, shape }: TensorArg): readonly string[] => {
  if (!shape.rest) return [];
  if (origin !== undefined && shape.rest.id === `i:${origin}`) return [origin];
  return m.trace.ranks.get(shape.rest.id) ?? [];
};
