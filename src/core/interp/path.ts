import type { Choice } from '../values';
import type { Exits, Path } from './machine';

/** Whether the path that runs has decided this choice. */
export const decided = (path: Path | null, key: string): boolean | undefined => {
  for (let at = path; at; at = at.outer) {
    if (!at.when) {
      if (at.choice.key === key) return at.holds;
    } else if (at.choice.key === key) {
      if (taken(path, at.when.key) === at.when.holds) return at.holds;
    } else if (at.when.key === key && taken(path, at.choice.key) === !at.holds) return !at.when.holds;
  }
  return undefined;
};

const taken = (path: Path | null, key: string): boolean | undefined => {
  for (let at = path; at; at = at.outer) if (!at.when && at.choice.key === key) return at.holds;
  return undefined;
};

/** What was decided on a path after it was `start`. */
export const since = (path: Path | null, start: Path): readonly Path[] => {
  const found: Path[] = [];
  for (let at = path; at && at !== start; at = at.outer) if (!at.when) found.push(at);
  return found;
};

/**
 * A path on which both sides of a choice go on: what either has ruled out is so where the choice is that. What it has
 * ruled out by leaving the function ends with that, and is kept with the function's exits only.
 */
export const withRuledOut = (
  path: Path | null,
  { key }: Choice,
  [yes, no]: readonly [readonly Path[], readonly Path[]],
  until?: Exits,
): Path | null => {
  let made = path;
  for (const [found, holds] of [
    [yes, true],
    [no, false],
  ] as const)
    for (const { choice, holds: held, assumed } of found)
      if (assumed) made = { choice, holds: held, assumed, when: { key, holds }, outer: made };
      else if (until) made = { choice, holds: held, assumed: true, when: { key, holds }, until, outer: made };
  return made;
};

/** A path without what was ruled out by leaving a block that has ended. */
export const withoutLeft = (path: Path | null, exits: Exits): Path | null => {
  const all: Path[] = [];
  for (let at = path; at; at = at.outer) all.push(at);
  const last = all.findLastIndex(({ until }) => until === exits);
  if (last < 0) return path;
  return all
    .slice(0, last)
    .reduceRight<Path | null>((outer, at) => (at.until === exits ? outer : { ...at, outer }), all[last]?.outer ?? null);
};

/** Whether code on the path runs whenever the class is used. */
export const unconditional = (path: Path | null): boolean => {
  for (let at = path; at; at = at.outer) if (!at.assumed) return false;
  return true;
};
