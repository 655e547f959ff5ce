import { type Dim, same } from '../dims';
import type { Arg } from '../ops';
import type { Shape } from '../shapes';
import { isAboutRank, toldRank } from './asked-ranks';
import { conditional } from './faults';
import type { EntryDemand, Path } from './machine';
import { entrySize, restOfEntry } from './ranks';
import type { Trace } from './trace';

/** What the demands say of an entry of unknown rank beyond what is known of it; undefined when nothing. */
export const demandedShape = (
  entry: string,
  known: Shape,
  trace: Pick<Trace, 'demands' | 'ops' | 'requirements'>,
): Shape | undefined => {
  const all = trace.demands.filter((d) => d.entry === entry);
  const own = all.filter(({ usual }) => !usual);
  const whole = wholeOf(entry, known, own, trace);
  if (whole) return whole;
  const rank = toldRank(entry, trace);
  if (rank !== undefined && rank >= known.dims.length)
    return filled(entry, known, { axes: Array.from({ length: rank - known.dims.length }, () => ({ name: '_' })) });
  return (
    longest(entry, known, own, 'front') ??
    longest(entry, known, own, 'back') ??
    meeting(entry, known, own) ??
    wholeOf(entry, known, all, trace)
  );
};

/** What demands that leave no axis open agree on. */
const wholeOf = (
  entry: string,
  known: Shape,
  demands: readonly EntryDemand[],
  { ops }: Pick<Trace, 'ops'>,
): Shape | undefined => {
  const whole = agreed(
    demands.filter((d) => d.open === false),
    ops,
  );
  return whole && (whole.isRest ? filled(entry, known, whole) : axesOf(entry, whole));
};

/**
 * What holds on every way: a demand of all ways, else the sizes in which those of single ways agree with the first. How
 * many axes there are, the first says for all; of an input that is used on its ways alone, nothing else is known on the
 * others.
 */
const agreed = (demands: readonly EntryDemand[], ops: Trace['ops']): EntryDemand | undefined => {
  const [first, ...others] = demands;
  const everywhere = demands.find(({ path }) => !conditional(path));
  if (!first || everywhere) return everywhere;
  // Ways that ask for different ranks leave it open.
  if (others.some(({ axes }) => axes.length !== first.axes.length)) return undefined;
  const ways = demands.map(({ path }) => decisions(path));
  const isOnlyThere = !areAllWays(ways) && !isUsedBeside(first.entry, ways, ops);
  const axes = first.axes.map(({ name, size }, i) => {
    const sizes = others.flatMap((demand) => demand.axes[i]?.size ?? []);
    return size !== undefined && !isOnlyThere && sizes.every((other) => same(other, size)) ? { name, size } : { name };
  });
  return { ...first, axes };
};

/** Whether an op takes an input on other ways than these. */
const isUsedBeside = (entry: string, ways: readonly Decisions[], ops: Trace['ops']): boolean =>
  ops.some(({ args, path }) => {
    const takes = [...args.positional, ...args.keywords.values()].some((arg) => isOrHolds(arg, entry));
    const made = takes && decisions(path);
    return made && !ways.some((way) => [...way].every(([key, holds]) => made.get(key) === holds));
  });

const isOrHolds = (arg: Arg, entry: string): boolean =>
  arg.kind === 'tensor'
    ? arg.origin === entry
    : (arg.kind === 'tuple' || arg.kind === 'sequence') && arg.items.some((item) => isOrHolds(item, entry));

/** The undecided choices of a way, and what they are on it. */
type Decisions = ReadonlyMap<string, boolean>;

const decisions = (path: Path | null): Decisions => {
  const made = new Map<string, boolean>();
  for (let at = path; at; at = at.outer) if (!at.assumed) made.set(at.choice.key, at.holds);
  return made;
};

/** Whether one of these ways is taken, whatever the choices are. */
const areAllWays = (ways: readonly Decisions[]): boolean => {
  if (ways.some((way) => way.size === 0)) return true;
  const [key] = ways[0]?.keys() ?? [];
  if (key === undefined) return false;
  return [true, false].every((holds) =>
    areAllWays(
      ways.filter((way) => way.get(key) !== !holds).map((way) => new Map([...way].filter(([k]) => k !== key))),
    ),
  );
};

/** What is known of an entry, with axes in place of the unknown ones. */
export const filled = (entry: string, { dims, rest }: Shape, { axes }: Pick<EntryDemand, 'axes'>): Shape => {
  const at = rest?.at ?? 0;
  const found = axes.map(({ name }, i) => freshAxis(entry, name, at + i));
  return { dims: [...dims.slice(0, at), ...found, ...dims.slice(at)] };
};

/** Whether a way rests on how many axes an entry has: what is demanded there, the entry need not have otherwise. */
const asksRank = (path: Path | null, entry: string): boolean => {
  for (let at = path; at; at = at.outer) if (!at.assumed && isAboutRank(at.choice.relation, entry)) return true;
  return false;
};

/** The demand that names most axes on that side of the unknown ones, when nothing is known on the other side. */
const longest = (
  entry: string,
  { dims, rest }: Shape,
  demands: readonly EntryDemand[],
  open: 'front' | 'back',
): Shape | undefined => {
  const at = rest?.at ?? 0;
  const [here, there] = open === 'front' ? [dims.length - at, at] : [at, dims.length - at];
  if (there > 0) return undefined;
  let best: EntryDemand | undefined;
  for (const demand of demands)
    if (
      demand.open === open &&
      !asksRank(demand.path, entry) &&
      demand.axes.length > Math.max(here, best?.axes.length ?? 0)
    )
      best = demand;
  return best && axesOf(entry, best);
};

/**
 * `[B, C, *]` whose last axis must be `C` as well is `[B, C]`: the reading without any further axes is the one that
 * needs no two of them to be equal by chance.
 */
const meeting = (entry: string, { dims, rest }: Shape, demands: readonly EntryDemand[]): Shape | undefined => {
  const last = dims[dims.length - 1];
  if (!rest || rest.at < dims.length || last === undefined) return undefined;
  const met = demands.some(({ open, axes: [only, ...others] }) => {
    return open === 'front' && others.length === 0 && only?.size !== undefined && same(only.size, last);
  });
  return met ? axesOf(entry, { open: false, axes: dims.map((size) => ({ name: '', size })) }) : undefined;
};

/** The shape that a demand describes: sizes that the call itself says, fresh symbols for the others. */
const axesOf = (entry: string, { axes, open }: Pick<EntryDemand, 'axes' | 'open'>): Shape => {
  const dims = axes.map(({ name, size }, i) => size ?? freshAxis(entry, name, open === 'front' ? i - axes.length : i));
  return open === false ? { dims } : { dims, rest: { at: open === 'front' ? 0 : dims.length, id: restOfEntry(entry) } };
};

export const freshAxis = (entry: string, name: string, index: number): Dim => entrySize(entry, index, axisName(name));

const axisName = (letter: string): string => (letter.length === 1 ? letter.toUpperCase() : letter);
