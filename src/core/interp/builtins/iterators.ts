import { add, mul } from '../../dims';
import { findFamily } from '../../ops';
import { HEAVIEST, int, iterator, keyOf, NONE, tuple, unknown, type Value } from '../../values';
import { resolve } from '../branch';
import { allItems, isStepwise, iterate, take } from '../iteration';
import { binaryOperation } from '../operators';
import { numberOf } from '../scalars';
import type { Native, NativeTable } from './native';

const NODE = { start: 0, end: 0 };
const EXPR = { kind: 'ErrorExpr', start: 0, end: 0 } as const;

const pairwise: Native = ({ m, at, node }) => {
  const items = allItems(m, resolve(m, at(0) ?? NONE), node ?? NODE);
  return items ? iterator(items.slice(1).map((item, i) => tuple([items[i] ?? NONE, item]))) : unknown('pairwise()');
};

const chain: Native = ({ m, args, node }) => {
  const all = args.positional.map((v) => iterate(m, resolve(m, v), node ?? NODE));
  if (all.some((i) => i.count !== null) || args.rest) return unknown('chain() of sequences of unknown length');
  return iterator(all.flatMap((i) => [...i.items]));
};

const product: Native = ({ m, args, node }) => {
  const once = args.positional.map((v) => allItems(m, resolve(m, v), node ?? NODE));
  const times = args.keywords.get('repeat');
  const count = times ? numberOf(resolve(m, times)) : 1;
  if (count === undefined || count > HEAVIEST || args.rest)
    return unknown('product() so often, nobody knows how often');
  const all = Array.from({ length: count }, () => once).flat();
  let rows: Value[][] = [[]];
  for (const items of all) {
    if (!items) return unknown('product() of sequences of unknown length');
    if (rows.length * items.length > HEAVIEST) return unknown('product() of too many elements');
    rows = rows.flatMap((row) => items.map((item) => [...row, item]));
  }
  return iterator(rows.map((row) => tuple(row)));
};

const accumulate: Native = ({ m, at, node }) => {
  const items = allItems(m, resolve(m, at(0) ?? NONE), node ?? NODE);
  if (!items) return unknown('accumulate()');
  const initial = at(2, 'initial');
  const combine = at(1, 'func');
  const totals: Value[] = initial && initial.kind !== 'none' ? [initial] : [];
  for (const item of items) {
    const before = totals.at(-1);
    if (!before) totals.push(item);
    else if (!combine || combine.kind === 'none') totals.push(binaryOperation(m, '+', before, item, EXPR));
    else totals.push(m.call(combine, { positional: [before, item], keywords: new Map() }, node));
  }
  return iterator(totals);
};

const zipLongest: Native = ({ m, args, node }) => {
  const lists = args.positional.map((given) => allItems(m, resolve(m, given), node ?? NODE));
  if (args.rest || lists.some((items) => items === undefined)) return unknown('zip_longest()');
  const fill = args.keywords.get('fillvalue') ?? NONE;
  const longest = Math.max(0, ...lists.map((items) => items?.length ?? 0));
  return iterator(Array.from({ length: longest }, (_, i) => tuple(lists.map((items) => items?.[i] ?? fill))));
};

/** Neighbours with one key stand together. */
const groupBy: Native = ({ m, at, node }) => {
  const items = allItems(m, resolve(m, at(0) ?? NONE), node ?? NODE);
  const key = at(1, 'key');
  if (!items) return unknown('groupby()');
  const groups: { readonly id: string; readonly key: Value; readonly items: Value[] }[] = [];
  for (const item of items) {
    const made = !key || key.kind === 'none' ? item : m.call(key, { positional: [item], keywords: new Map() }, node);
    const id = keyOf(made);
    if (id === undefined) return unknown('groupby()');
    const last = groups.at(-1);
    if (last && last.id === id) last.items.push(item);
    else groups.push({ id, key: made, items: [item] });
  }
  return iterator(groups.map((group) => tuple([group.key, iterator(group.items)])));
};

/** A slice, by the arguments of `slice` behind the first: an iterator gives no more than it is asked for. */
const islice: Native = ({ m, args, node }) => {
  const [given = NONE, ...places] = args.positional.map((v) => resolve(m, v));
  const [start, stop, step] = (places.length === 1 ? [NONE, ...places] : places).map((place) =>
    place.kind === 'none' ? null : numberOf(place),
  );
  if (start === undefined || (stop === undefined && places.length > 0) || (places.length > 2 && step === undefined))
    return unknown('islice()');
  const isPicked = (i: number): boolean => i >= (start ?? 0) && (i - (start ?? 0)) % (step ?? 1) === 0;
  if (!isStepwise(given) || typeof stop !== 'number') {
    const items = allItems(m, given, node ?? NODE);
    return items ? iterator(items.slice(0, stop ?? undefined).filter((_, i) => isPicked(i))) : unknown('islice()');
  }
  const taken = Array.from({ length: stop }, () => take(m, given)).filter((item) => item !== undefined);
  if (taken.length < stop && given.endless) return unknown('islice()');
  return iterator(taken.filter((_, i) => isPicked(i)));
};

const repeat: Native = ({ m, at }) => {
  const times = at(1, 'times');
  const item = at(0) ?? NONE;
  if (times?.kind === 'int' && typeof times.value === 'number') {
    return times.value > HEAVIEST
      ? iterator([item], times.value)
      : iterator(Array.from({ length: Math.max(0, times.value) }, () => item));
  }
  return iterator([item], m.context.unknownSize('repeat()'));
};

/** Rows of `length` elements in order of their places; `next` says which place may follow those that were taken. */
const picked = (
  items: readonly Value[],
  length: number,
  next: (place: number, taken: readonly number[]) => boolean,
): readonly Value[] | undefined => {
  let rows: readonly (readonly number[])[] = [[]];
  for (let i = 0; i < length; i++) {
    rows = rows.flatMap((row) => items.flatMap((_, place) => (next(place, row) ? [[...row, place]] : [])));
    if (rows.length > HEAVIEST) return undefined;
  }
  return rows.map((row) => tuple(row.map((place) => items[place] ?? NONE)));
};

const picks =
  (next: (place: number, taken: readonly number[]) => boolean): Native =>
  ({ m, at, node }) => {
    const items = allItems(m, resolve(m, at(0, 'iterable') ?? NONE), node ?? NODE);
    const given = resolve(m, at(1, 'r') ?? NONE);
    const length = given.kind === 'none' ? items?.length : numberOf(given);
    const rows = items && length !== undefined && length <= HEAVIEST ? picked(items, length, next) : undefined;
    return rows ? iterator(rows) : unknown('how many ways there are to pick');
  };

/** How many elements of `cycle` and `count` are held: more than any loop that is unrolled over layers has. */
const TURNS = 1024;

/** `itertools`. */
export const iterators: NativeTable = {
  'itertools.chain': chain,
  'itertools.chain.from_iterable': ({ m, at, node }) => {
    const outer = allItems(m, resolve(m, at(0) ?? NONE), node ?? NODE);
    return outer
      ? chain({ m, args: { positional: outer, keywords: new Map() }, node, self: undefined, at: (i) => outer[i] })
      : unknown('chain()');
  },
  'itertools.product': product,
  'itertools.combinations': picks((place, taken) => place > (taken.at(-1) ?? -1)),
  'itertools.combinations_with_replacement': picks((place, taken) => place >= (taken.at(-1) ?? 0)),
  'itertools.permutations': picks((place, taken) => !taken.includes(place)),
  'itertools.accumulate': accumulate,
  'itertools.zip_longest': zipLongest,
  'itertools.groupby': groupBy,
  'itertools.repeat': repeat,
  'itertools.pairwise': pairwise,
  'itertools.count': ({ m, at }) => {
    const [start, step] = [at(0, 'start') ?? int(0), at(1, 'step') ?? int(1)].map((given) => resolve(m, given));
    if (start?.kind !== 'int' || step?.kind !== 'int')
      return iterator([int(m.context.unknownSize('a counter'))], m.context.unknownSize('count()'));
    const numbers = Array.from({ length: TURNS }, (_, i) => int(add(start.value, mul(step.value, i))));
    return { ...iterator(numbers), endless: true };
  },
  'itertools.cycle': ({ m, at, node }) => {
    const items = allItems(m, resolve(m, at(0) ?? NONE), node ?? NODE);
    if (!items || items.length === 0 || items.length > TURNS) return unknown('cycle()');
    return { ...iterator(Array.from({ length: TURNS }, (_, i) => items[i % items.length] ?? NONE)), endless: true };
  },
  'itertools.islice': islice,
  // `_ntuple(2)` is `_pair`.
  'torch.nn.modules.utils._ntuple': ({ at }) => {
    const name = ['_single', '_pair', '_triple', '_quadruple'][(numberOf(at(0) ?? NONE) ?? 0) - 1];
    const family = name && findFamily(`torch.nn.modules.utils.${name}`);
    return family ? { kind: 'op', family } : unknown('_ntuple()');
  },
};
