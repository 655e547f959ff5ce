import { assume } from './assume';
import type { Condition } from './condition';
import { decide } from './decide';
import type { Facts } from './facts';
import { noFacts } from './facts';

/** The condition in terms of symbols that a reader knows; the condition itself when it cannot be solved. */
export const solve = (c: Condition, _facts: Facts): Condition => c;

/** The conditions without those that the facts and the others imply. */
export const strongest = (conditions: readonly Condition[], facts: Facts): readonly Condition[] =>
  conditions.filter((c, i) => {
    let rest: Facts | null = facts;
    for (const [j, other] of conditions.entries()) if (j !== i && rest) rest = assume(rest, other);
    return decide(rest ?? noFacts, c) !== true;
  });
