import { type Dim, symbol } from '../dims';
import type { Arg, CallArgs, TensorArg } from '../ops';
import type { Shape } from '../shapes';
import { type TensorValue, tensorsIn, tuple, type Value } from '../values';
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
  'transpose',
  'swapaxes',
]);

/** Reductions: they keep the rank with `keepdim`, and take an axis away without. */
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
  'any',
  'all',
  'argmax',
  'argmin',
]);

/** Reductions of PyTorch that give where they found it, too. */
const FINDING = new Set(['max', 'min', 'median']);

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
  return (first ?? []).filter((link) =>
    others.every((links) => links.some((other) => other.entry === link.entry && more(other) === more(link))),
  );
};

/** How many axes more than the unknown ones of its entry a tensor has. */
export const more = ({ before, after, lost }: Link): number => before + after - lost;

/** Each link once: what is joined with itself in a loop would have twice as many each time. */
const distinct = (links: readonly Link[]): readonly Link[] => [
  ...new Map(links.map((link) => [`${link.entry} ${link.before} ${link.after} ${link.lost}`, link])).values(),
];

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** How many axes an op takes away from its tensor, less than none where it gives it more; undefined where that is open. */
const axesLost = (name: string, args: CallArgs): number | undefined => {
  const op = lastPart(name);
  if (name === '[]') return listedEntry(args) !== undefined ? undefined : axesIndexed(args.positional.slice(1));
  const axes = args.keywords.get('dim') ?? args.keywords.get('axis');
  if (op === 'unsqueeze') {
    const added = countOf(axes ?? args.positional[1]);
    return added === undefined ? undefined : -added;
  }
  if (KEEPING.has(op)) return 0;
  if (!REDUCING.has(op)) return undefined;
  const flag = args.keywords.get('keepdim') ?? args.positional.find((arg) => arg.kind === 'bool');
  if (flag) return flag.kind === 'bool' && flag.value ? 0 : undefined;
  // The first number of a norm is none of an axis.
  return countOf(axes ?? (op === 'norm' ? undefined : args.positional[1]));
};

/** Of how many axes an argument tells. */
const countOf = (arg: Arg | undefined): number | undefined => {
  if (arg?.kind === 'int') return 1;
  const items = arg?.kind === 'tuple' || arg?.kind === 'sequence' ? arg.items : undefined;
  return items?.every(({ kind }) => kind === 'int') && items.length > 0 ? items.length : undefined;
};

/** The input of which a subscript takes one element: it may be a list of tensors as well. */
export const listedEntry = ({ positional: [tensor, key, more] }: CallArgs): string | undefined =>
  tensor?.kind === 'tensor' && key?.kind === 'int' && !more ? tensor.origin : undefined;

const LOST_BY_INDEX: Partial<Record<Arg['kind'], number>> = { int: 1, slice: 0, ellipsis: 0, none: -1 };

const axesIndexed = (keys: readonly Arg[]): number | undefined =>
  keys.reduce<number | undefined>((all, { kind }) => {
    const lost = LOST_BY_INDEX[kind];
    return all === undefined || lost === undefined ? undefined : all + lost;
  }, 0);

/**
 * The unknown axes of an entry, and how many known ones a tensor has before and behind them; how many of the entry have
 * been lost on the way, less than none where axes have come to them.
 */
export interface Link {
  readonly entry: string;
  readonly before: number;
  readonly after: number;
  readonly lost: number;
}

/** What the name of an entry has that is no input but what a call has given: `self.stem()@120`. */
export const RESULT = '()@';

export const isResult = (entry: string): boolean => entry.includes(RESULT);

/** An entry as a reader knows it: `self.stem()` of what that has given, else the name of the input. */
export const entryName = (entry: string): string => entry.replace(/@\d+$/, '');

/** A size of an entry that is called by a letter. What a call has given may have other sizes than the inputs: no name. */
export const entrySize = (entry: string, index: number, name: string): Dim =>
  symbol(`${restOfEntry(entry)}:${index}`, name, isResult(entry) ? 'unknown' : 'free');

/** The name of the unknown axes of an entry. */
export const restOfEntry = (entry: string): string => `i:${entry}`;

/**
 * Remembers that a result of unknown rank has the rank of entries, so that an op that needs its rank says what the rank
 * of the entries is. A reduction over an axis that may not be there still gives a tensor.
 */
export const linkRanks = (m: Machine, name: string, args: CallArgs, output: Value): Value => {
  const isSum = OPERATORS.has(lastPart(name));
  const lost = isSum ? 0 : axesLost(name, args);
  if (lost === undefined) return output;
  const given = [...args.positional, ...args.keywords.values()].flatMap(tensorsIn);
  const [first] = given;
  const found = distinct(isSum ? linksOfSum(m, given) : given.flatMap((t) => linksOf(m, t)));
  const links = found.map((link) => ({ ...link, lost: link.lost + lost }));
  if (links.length === 0 || !first) return output;
  const made = (): TensorValue => {
    const id = m.context.unknownRest(output.kind === 'unknown' ? output.why : '');
    const tensor: TensorValue = { kind: 'tensor', lib: first.lib, shape: { dims: [], rest: { at: 0, id } } };
    m.trace.ranks.set(rankKey(tensor.shape) ?? '', links);
    return tensor;
  };
  if (output.kind === 'unknown') {
    const op = lastPart(name);
    if (PARTING.has(op)) {
      m.pieces.set(output, made);
      return output;
    }
    return FINDING.has(op) && first.lib === 'torch' ? tuple([made(), made()]) : made();
  }
  for (const { shape, origin } of tensorsIn(output)) {
    const key = rankKey(shape);
    if (key !== undefined && origin === undefined) m.trace.ranks.set(key, links);
  }
  return output;
};

/** One of the pieces of a tensor of unknown rank, which has as many axes: `a, b = x.chunk(2, dim=1)`. */
export const pieceOf = (m: Machine, value: Value): TensorValue | undefined =>
  value.kind === 'unknown' ? m.pieces.get(value)?.() : undefined;

/** Two shapes with the same unknown axes have the same rank when as many others stand beside them. */
const rankKey = ({ dims, rest }: Shape): string | undefined => rest && `${rest.id}+${dims.length}`;

/** The entries whose rank follows from that of a tensor of unknown rank. */
export const linksOf = (m: Machine, { shape }: Pick<TensorArg, 'shape'>): readonly Link[] => {
  const { dims, rest } = shape;
  if (!rest) return [];
  // Unknown axes of several tensors that have met are joined with `&`.
  const [, entry] = /^i:([^&]*)$/.exec(rest.id) ?? [];
  if (entry !== undefined) return [{ entry, before: rest.at, after: dims.length - rest.at, lost: 0 }];
  return m.trace.ranks.get(rankKey(shape) ?? '') ?? [];
};

/** The names of the unknown axes of the entry behind a tensor that must have these axes; undefined where they are too few. */
export const between = ({ before, after, lost }: Link, axes: readonly string[]): readonly string[] | undefined => {
  const own = axes.slice(before, axes.length - after);
  if (axes.length < before + after || own.length + lost < 0) return undefined;
  return lost < 0 ? own.slice(0, lost) : [...own, ...Array.from({ length: lost }, () => '_')];
};
