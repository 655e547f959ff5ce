import type { CallArgs, TensorArg } from '../ops';
import type { Shape } from '../shapes';
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

/** Operators whose result has as many axes as the tensor that has most. */
const OPERATORS = new Set([
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  'add',
  'sub',
  'mul',
  'div',
  'subtract',
  'multiply',
  'divide',
]);

/** The entries that have as many axes as a sum: all its tensors have them, but for those of one axis at most. */
const linksOfSum = (m: Machine, given: readonly TensorArg[]): readonly Link[] => {
  const wide = given.filter(({ shape }) => shape.rest || shape.dims.length > 1);
  const [first, ...others] = wide.map((t) => linksOf(m, t));
  const axes = ({ before, after }: Link): number => before + after;
  return (first ?? []).filter((link) =>
    others.every((links) => links.some((other) => other.entry === link.entry && axes(other) === axes(link))),
  );
};

/** Each link once: what is joined with itself in a loop would have twice as many each time. */
const distinct = (links: readonly Link[]): readonly Link[] => [
  ...new Map(links.map((link) => [`${link.entry} ${link.before} ${link.after}`, link])).values(),
];

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

const keepsRank = (name: string, { positional, keywords }: CallArgs): boolean => {
  const op = lastPart(name);
  if (KEEPING.has(op)) return true;
  if (!REDUCING.has(op)) return false;
  const flag = keywords.get('keepdim') ?? positional.find((arg) => arg.kind === 'bool');
  return flag?.kind === 'bool' && flag.value;
};

/** The unknown axes of an entry, and how many known ones a tensor has before and behind them. */
export interface Link {
  readonly entry: string;
  readonly before: number;
  readonly after: number;
}

/** The name of the unknown axes of an entry. */
export const restOfEntry = (entry: string): string => `i:${entry}`;

/**
 * Remembers that a result of unknown rank has the rank of entries, so that an op that needs its rank says what the rank
 * of the entries is. A reduction over an axis that may not be there still gives a tensor.
 */
export const linkRanks = (m: Machine, name: string, args: CallArgs, output: Value): Value => {
  const isSum = OPERATORS.has(lastPart(name));
  if (!isSum && !keepsRank(name, args)) return output;
  const given = [...args.positional, ...args.keywords.values()].flatMap(tensorsIn);
  const links = distinct(isSum ? linksOfSum(m, given) : given.flatMap((t) => linksOf(m, t)));
  const [first] = given;
  if (links.length === 0 || !first) return output;
  const result: Value =
    output.kind === 'unknown' && !PARTING.has(lastPart(name))
      ? { kind: 'tensor', lib: first.lib, shape: { dims: [], rest: { at: 0, id: m.context.unknownRest(output.why) } } }
      : output;
  for (const { shape, origin } of tensorsIn(result)) {
    const key = rankKey(shape);
    if (key !== undefined && origin === undefined) m.trace.ranks.set(key, links);
  }
  return result;
};

/** Two shapes with the same unknown axes have the same rank when as many others stand beside them. */
const rankKey = ({ dims, rest }: Shape): string | undefined => rest && `${rest.id}+${dims.length}`;

/** The entries whose rank follows from that of a tensor of unknown rank. */
export const linksOf = (m: Machine, { shape }: Pick<TensorArg, 'shape'>): readonly Link[] => {
  const { dims, rest } = shape;
  if (!rest) return [];
  // Unknown axes of several tensors that have met are joined with `&`.
  const [, entry] = /^i:([^&]*)$/.exec(rest.id) ?? [];
  if (entry !== undefined) return [{ entry, before: rest.at, after: dims.length - rest.at }];
  return m.trace.ranks.get(rankKey(shape) ?? '') ?? [];
};

/** What axes that a tensor must have say of the unknown ones of the entry behind it; undefined where they are too few. */
export const between = <T>({ before, after }: Link, axes: readonly T[]): readonly T[] | undefined =>
  axes.length < before + after ? undefined : axes.slice(before, axes.length - after);
