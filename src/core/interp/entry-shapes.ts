import { type Dim, same, symbol } from '../dims';
import type { Shape } from '../shapes';
import { conditional } from './faults';
import type { EntryDemand } from './machine';
import { restOfEntry } from './ranks';

/** What the demands say of an entry of unknown rank beyond what is known of it; undefined when nothing. */
export const demandedShape = (entry: string, known: Shape, demands: readonly EntryDemand[]): Shape | undefined => {
  const own = demands.filter((d) => d.entry === entry);
  const whole = agreed(own.filter((d) => d.open === false));
  if (whole) return whole.isRest ? filled(entry, known, whole) : axesOf(entry, whole);
  return longest(entry, known, own, 'front') ?? longest(entry, known, own, 'back') ?? meeting(entry, known, own);
};

/** What holds on every way: a demand of all ways, else the sizes in which those of single ways agree with the first. */
const agreed = (demands: readonly EntryDemand[]): EntryDemand | undefined => {
  const [first, ...others] = demands;
  const everywhere = demands.find(({ path }) => !conditional(path));
  if (!first || everywhere) return everywhere;
  const alike = others.filter(({ axes }) => axes.length === first.axes.length);
  // Ways that ask for different ranks leave it open.
  if (alike.length < others.length) return undefined;
  const axes = first.axes.map(({ name, size }, i) => {
    const sizes = alike.flatMap((demand) => demand.axes[i]?.size ?? []);
    return size !== undefined && sizes.every((other) => same(other, size)) ? { name, size } : { name };
  });
  return { ...first, axes };
};

/** What is known of an entry, with axes in place of the unknown ones. */
const filled = (entry: string, { dims, rest }: Shape, { axes }: Pick<EntryDemand, 'axes'>): Shape => {
  const at = rest?.at ?? 0;
  const found = axes.map(({ name }, i) => freshAxis(entry, name, at + i));
  return { dims: [...dims.slice(0, at), ...found, ...dims.slice(at)] };
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
    if (demand.open === open && demand.axes.length > Math.max(here, best?.axes.length ?? 0)) best = demand;
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

export const freshAxis = (entry: string, name: string, index: number): Dim =>
  symbol(`i:${entry}:${index}`, axisName(name), 'free');

const axisName = (letter: string): string => (letter.length === 1 ? letter.toUpperCase() : letter);
