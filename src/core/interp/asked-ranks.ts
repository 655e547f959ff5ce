import { assume, bounds, type Condition, type Dim, type Facts, noFacts, same, simplify, symbol } from '../dims';
import { type TensorValue, unknown, type Value } from '../values';
import { conditional } from './faults';
import type { Machine, Path } from './machine';
import { entrySize, linksOf, more, restOfEntry } from './ranks';
import type { Trace } from './trace';

/** The entry that a tensor of unknown rank is, or keeps the shape of. */
export const entryOf = ({ origin, shape }: TensorValue): string | undefined =>
  origin !== undefined && shape.rest?.id === restOfEntry(origin) ? origin : undefined;

/** How the name of the tensors of a container ends, where it does not matter which of them it is. */
export const EACH = '[]';

const rankSymbol = (entry: string): Dim => rankOfRest(restOfEntry(entry), entry);

/** How many axes a tensor has of which some are unknown: those that such an `id` stands for. */
const rankOfRest = (id: string, name: string): Dim => symbol(`${id}:rank`, `${name}.dim()`, 'rigid');

/** `x.dim()` of a tensor whose rank nobody knows: a mark that remembers the tensor. */
export const rankMark = (m: Machine, tensor: TensorValue): Value => {
  const mark = unknown('the rank is not known');
  m.ranksOfEntries.set(mark, tensor);
  return mark;
};

/** The rank of the entry that a mark stands for, as a size. */
export const rankSize = (m: Machine, mark: Value): Dim | undefined => {
  const entry = askedEntry(m, mark);
  return entry === undefined ? undefined : rankSymbol(entry);
};

const askedEntry = (m: Machine, mark: Value): string | undefined => {
  const tensor = mark.kind === 'unknown' ? m.ranksOfEntries.get(mark) : undefined;
  return tensor && (entryOf(tensor) ?? equalEntry(m, tensor));
};

/** The entry that has as many axes as a tensor which was made of it: `x * rsqrt(x.pow(2).mean(-1, keepdim=True))`. */
const equalEntry = (m: Machine, tensor: TensorValue): string | undefined => {
  const [link, other] = linksOf(m, tensor);
  return link && !other && more(link) === (m.knownAxes.get(link.entry) ?? 0) ? link.entry : undefined;
};

/** Notes that the code asks whether an entry has so many axes: it is used with as many. */
export const noteAsked = (m: Machine, mark: Value, count: Value): void => {
  const entry = askedEntry(m, mark);
  if (entry === undefined || count.kind !== 'int' || typeof count.value !== 'number') return;
  const ranks = m.asked.get(entry) ?? new Set<number>();
  m.asked.set(entry, ranks.add(count.value));
};

/** What is known, with the axes of the entry behind a mark that are known. */
export const rankFacts = (m: Machine, mark: Value): Facts => {
  const tensor = m.ranksOfEntries.get(mark);
  const size = rankSize(m, mark);
  if (!tensor || size === undefined) return m.facts;
  return assume(m.facts, { kind: 'le', left: tensor.shape.dims.length, right: size }) ?? m.facts;
};

/** What axes are called of which only the place is known, the last ones first to be named: `[m, n]`, `[k, m, n]`. */
const LETTERS = ['i', 'j', 'k', 'm', 'n'];

/** The most axes that an entry has on the way that runs; undefined where nobody has asked. */
export const mostAxes = (m: Machine, entry: string): number | undefined => {
  const [, most] = bounds(m.facts, rankSymbol(entry));
  return Number.isFinite(most) ? most : undefined;
};

/** A tensor of unknown rank as the path that runs sees it: where `x.dim() == 3` holds, three axes of it are there. */
const asAsked = (m: Machine, value: TensorValue): TensorValue => {
  const { dims, rest } = value.shape;
  if (!rest) return value;
  const entry = entryOf(value);
  const equal = entry === undefined ? equalEntry(m, value) : undefined;
  if (entry === undefined && equal === undefined && !m.trace.ranked.has(rest.id)) return value;
  const rank = simplify(m.facts, equal === undefined ? rankOfRest(rest.id, '') : rankSymbol(equal));
  if (typeof rank !== 'number' || rank < dims.length) return value;
  const between = Array.from({ length: rank - dims.length }, (_, i) => {
    const index = rest.at + i - rank;
    if (entry?.endsWith(EACH)) return m.context.unknownSize('it differs between the tensors');
    const letter = LETTERS.at(index) ?? `d${-index}`;
    return entry === undefined ? symbol(`${rest.id}:${index}`, letter, 'unknown') : entrySize(entry, index, letter);
  });
  return { ...value, shape: { dims: [...dims.slice(0, rest.at), ...between, ...dims.slice(rest.at)] } };
};

/** A value as the path that runs sees it, what a layer gives that nobody knows too once its rank is known. */
export const asRanked = (m: Machine, value: Value): Value => {
  if (value.kind === 'tensor') return asAsked(m, value);
  const likely = value.kind === 'unknown' ? m.likely.get(value) : undefined;
  if (!likely) return value;
  const tensor = asAsked(m, likely);
  return tensor.shape.rest ? value : tensor;
};

/** `b, c, h, w = y.shape` of what is no input: from here on it has four axes, and they have these names. */
export const rankFound = (m: Machine, tensor: TensorValue, names: readonly string[]): readonly Dim[] | undefined => {
  const { dims, rest } = tensor.shape;
  if (!rest || names.length < dims.length) return undefined;
  const rank: Condition = { kind: 'eq', left: rankOfRest(rest.id, ''), right: names.length };
  m.facts = assume(m.facts, rank) ?? m.facts;
  m.trace.ranked.add(rest.id);
  for (const [i, name] of names.entries()) if (name !== '_') m.trace.names.set(`${rest.id}:${i - names.length}`, name);
  const found = asAsked(m, tensor).shape;
  return found.rest ? undefined : found.dims;
};

/**
 * The rank that an entry must have for the code to go on: `assert x.dim() == 4`. Where code takes several ranks and
 * nothing else, it is the highest of them: an input without a batch is the exception.
 */
export const toldRank = (entry: string, { requirements }: Pick<Trace, 'requirements'>): number | undefined => {
  const rank = rankSymbol(entry);
  const all = requirements.filter(({ condition, path }) => !conditional(path) && isAbout(condition, rank));
  const facts = all.reduce<Facts>((known, { condition }) => assume(known, condition) ?? known, noFacts);
  const only = simplify(facts, rank);
  if (typeof only === 'number') return only;
  for (const { condition, path } of requirements) {
    const told = equalTo(condition, rank);
    const others = told === undefined ? undefined : deniedRanks(path, rank);
    if (told !== undefined && others) return Math.max(told, ...others);
  }
  return undefined;
};

/** Whether a condition asks how many axes an entry has. */
export const isAboutRank = (condition: Condition | undefined, entry: string): boolean =>
  condition !== undefined && isAbout(condition, rankSymbol(entry));

const isAbout = (condition: Condition, size: Dim): boolean =>
  'left' in condition && (same(condition.left, size) || same(condition.right, size));

const equalTo = (condition: Condition | undefined, size: Dim): number | undefined =>
  condition?.kind === 'eq' && same(condition.left, size) && typeof condition.right === 'number'
    ? condition.right
    : undefined;

/** The ranks that an entry does not have on a way; undefined where the way rests on anything else. */
const deniedRanks = (path: Path | null, rank: Dim): readonly number[] | undefined => {
  const denied: number[] = [];
  for (let at = path; at; at = at.outer) {
    if (at.assumed) continue;
    const other = at.holds ? undefined : equalTo(at.choice.relation, rank);
    if (other === undefined) return undefined;
    denied.push(other);
  }
  return denied;
};
