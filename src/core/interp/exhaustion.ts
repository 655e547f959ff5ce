import type { Exhausted, Machine } from './machine';

const spent: Exhausted = { kind: 'exhausted', what: 'steps' };

/** Takes steps of the budget; a run that has none left is given up. */
export const spend = ({ budget }: Pick<Machine, 'budget'>, steps: number): void => {
  budget.steps -= steps;
  if (budget.steps < 0) throw spent;
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
