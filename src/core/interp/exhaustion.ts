import type { Exhausted, Machine } from './machine';

const spent: Exhausted = { kind: 'exhausted', what: 'steps' };

/** Thrown out of all of a run that nobody wants any more. */
export class Unwanted extends Error {}

/** After how many expressions it is asked whether a run is still wanted. */
const OFTEN = 100;

/** Takes steps of the budget. A run that has none left is given up, and one that nobody wants any more. */
export const spend = (m: Pick<Machine, 'budget' | 'isWanted' | 'spoilt'>, steps: number): void => {
  const { budget } = m;
  budget.steps -= steps;
  if (budget.steps < 0) throw spent;
  budget.unasked++;
  if (budget.unasked < OFTEN) return;
  budget.unasked = 0;
  if (m.isWanted()) return;
  m.spoilt = true;
  throw new Unwanted();
};

/**
 * Why a run was given up, where that is what was thrown: the budget of steps, or depth. Code that nests deeper than
 * our own stack reaches is given up like code that recurses.
 */
export const exhaustionOf = (thrown: unknown): Exhausted['what'] | undefined => {
  if (typeof thrown === 'object' && thrown !== null && 'kind' in thrown && thrown.kind === 'exhausted') {
    return 'what' in thrown && thrown.what === 'depth' ? 'depth' : 'steps';
  }
  if (!(thrown instanceof RangeError)) return undefined;
  // A text or a list that our own runtime cannot hold is given up like code that runs too long.
  return /call stack/.test(thrown.message) ? 'depth' : 'steps';
};
