import { bounds, type Condition, type Facts, negate, symbolOf } from '../dims';

/**
 * What follows for sizes from a condition that code asks. `0 < ratio` and `ratio < 1` are asked of fractions too: of a
 * parameter that need not be whole no more than `0 <= ratio` and `ratio <= 1` is taken from them.
 */
export const implied = (facts: Facts, asked: Condition, holds: boolean): Condition => {
  const condition = holds ? asked : negate(asked);
  if (condition.kind !== 'lt') return condition;
  const { left, right } = condition;
  const other = left === 0 ? right : right === 1 ? left : undefined;
  const isOpen = other !== undefined && symbolOf(other)?.role === 'rigid' && bounds(facts, other)[0] < 1;
  return isOpen ? { kind: 'le', left, right } : condition;
};
