import { add, type Dim, mul, same } from '../dims';
import { type Part, unknown, type Value } from '../values';
import { alike } from './alike';

/** The elements of a sequence, as lists and iterations hold them. */
export interface Sequence {
  readonly items: readonly Value[];
  readonly count: Dim | null;
  readonly parts?: readonly Part[] | undefined;
  /** The elements one by one, where some of them may be unbound. */
  readonly optional?: readonly Value[] | undefined;
}

/** A sequence as parts, in order; undefined where not even one element is known. */
export const partsOf = ({ items, count, parts }: Sequence): readonly Part[] | undefined => {
  if (parts) return parts;
  if (count === null) return items.length > 0 ? [{ items, count: 1 }] : [];
  const [element] = items;
  return element && [{ items: [element], count }];
};

/** One value that stands for every element: the first, where they are all alike. */
export const representative = (values: readonly Value[]): Value => {
  const [first, ...others] = values;
  if (!first) return unknown('an element of a sequence that is not known');
  return others.every((v) => alike(first, v)) ? first : unknown('the elements of a sequence of unknown length differ');
};

/** The sequence that parts make: its elements, where there are so many as are known. */
export const sequenceOf = (given: readonly Part[]): Sequence => {
  const parts = merged(given);
  const [only, ...others] = parts;
  if (!only) return { items: [], count: null };
  if (others.length === 0 && only.count === 1) return { items: only.items, count: null };
  const count = parts.reduce<Dim>((n, part) => add(n, mul(part.items.length, part.count)), 0);
  const items = [representative(parts.flatMap((part) => part.items))];
  return others.length === 0 && only.items.length === 1 ? { items, count } : { items, count, parts };
};

/** Neighbours that stand once are one part; what stands before a part and is like a turn of it joins it. */
const merged = (parts: readonly Part[]): readonly Part[] => {
  const result: Part[] = [];
  for (const part of parts) {
    if (part.items.length === 0 || part.count === 0) continue;
    const last = result[result.length - 1];
    if (last?.count === 1 && part.count === 1)
      result[result.length - 1] = { items: [...last.items, ...part.items], count: 1 };
    else if (last?.count === 1 && repeats(last.items, part.items)) {
      result.pop();
      const before = last.items.slice(0, last.items.length - part.items.length);
      if (before.length > 0) result.push({ items: before, count: 1 });
      result.push({ items: part.items, count: add(part.count, 1) });
    } else if (last && alikeItems(last.items, part.items)) {
      result[result.length - 1] = { items: last.items, count: add(last.count, part.count) };
    } else result.push(part);
  }
  return result;
};

const repeats = (before: readonly Value[], turn: readonly Value[]): boolean =>
  before.length >= turn.length && alikeItems(before.slice(before.length - turn.length), turn);

export const alikeItems = (a: readonly Value[], b: readonly Value[]): boolean =>
  a.length === b.length && a.every((item, i) => alike(item, b[i] ?? unknown('')));

/** One sequence after the other. */
export const concatenated = (a: Sequence, b: Sequence): Sequence => {
  const [x, y] = [partsOf(a), partsOf(b)];
  const whole = x && y ? sequenceOf([...x, ...y]) : undefined;
  const optional = optionalOf([a, b]);
  return {
    ...(whole ?? {
      items: [unknown('an element of a list of unknown length')],
      count: add(a.count ?? a.items.length, b.count ?? b.items.length),
    }),
    ...(optional && { optional }),
  };
};

/** The elements of sequences one after the other, where they are told apart although some may be missing. */
export const optionalOf = (sequences: readonly Sequence[]): readonly Value[] | undefined => {
  if (!sequences.some(({ optional }) => optional)) return undefined;
  const each = sequences.map(({ items, count, optional }) => optional ?? (count === null ? items : undefined));
  return each.every((items) => items !== undefined) ? each.flat() : undefined;
};

/** The element at a place, counted from the end when negative; undefined where that is not known. */
export const elementAt = (sequence: Sequence, place: number): Value | undefined => {
  const parts = partsOf(sequence) ?? [];
  let left = place < 0 ? -place - 1 : place;
  for (const part of place < 0 ? [...parts].reverse() : parts) {
    const items = place < 0 ? [...part.items].reverse() : part.items;
    const length = mul(items.length, part.count);
    if (left < items.length || (typeof length === 'number' && left < length)) return items[left % items.length];
    if (typeof length !== 'number') return undefined;
    left -= length;
  }
  return undefined;
};

export const sameParts = (a: readonly Part[] | undefined, b: readonly Part[] | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.length === b.length &&
    a.every((part, i) => {
      const other = b[i];
      return other !== undefined && same(part.count, other.count) && alikeItems(part.items, other.items);
    }));
