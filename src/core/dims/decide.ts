import { type Condition, gap, isInexact } from './condition';
import { constantOf, type Dim, same } from './dim';
import { rawMod } from './division';
import { type Facts, knownBy } from './facts';
import { content, exactly } from './long-division';
import { rangeOf } from './range';
import { reduce } from './reduce';
import { neg, rawAdd } from './sum';

/** Whether the condition holds under the facts: proved, refuted or, as `undefined`, not known. */
export const decide = (facts: Facts, c: Condition): boolean | undefined => {
  switch (c.kind) {
    case 'eq':
      return isZero(facts, reduce(facts, gap(c)));
    case 'ne':
      return not(decide(facts, { ...c, kind: 'eq' }));
    case 'le':
      return isNatural(facts, reduce(facts, gap(c)));
    case 'lt':
      return not(decide(facts, { kind: 'le', left: c.right, right: c.left }));
    case 'divides':
      return isMultiple(facts, reduce(facts, c.dividend), reduce(facts, c.divisor));
    case 'not-divides':
      return not(decide(facts, { ...c, kind: 'divides' }));
  }
};

const not = (b: boolean | undefined): boolean | undefined => (b === undefined ? undefined : !b);

const isZero = (facts: Facts, d: Dim): boolean | undefined => {
  if (isInexact(d)) return undefined;
  if (typeof d === 'number') return d === 0;
  const withoutConstant = rawAdd(d, -constantOf(d));
  if (constantOf(d) % content(withoutConstant).factor !== 0) return false;
  const [low, high] = rangeOf(d, knownBy(facts));
  if (low > 0 || high < 0) return false;
  return states(facts, 'ne', d) ? false : undefined;
};

const isNatural = (facts: Facts, d: Dim): boolean | undefined => {
  const [low, high] = rangeOf(d, knownBy(facts));
  if (low >= 0) return true;
  return high < 0 ? false : undefined;
};

const isMultiple = (facts: Facts, dividend: Dim, divisor: Dim): boolean | undefined => {
  if (divisor === 0 || isInexact(dividend) || isInexact(divisor)) return undefined;
  const rest = rawMod(dividend, divisor, knownBy(facts));
  if (rest === 0 || exactly(dividend, divisor) !== undefined) return true;
  if (typeof rest === 'number') return typeof divisor === 'number' ? false : undefined;
  const [low, high] = rangeOf(rest, knownBy(facts));
  if (low > 0 || high < 0) return false;
  return undefined;
};

const states = (facts: Facts, kind: 'ne', d: Dim): boolean =>
  facts.others.some((c) => {
    if (c.kind !== kind) return false;
    const other = reduce(facts, gap(c));
    return same(other, d) || same(other, neg(d));
  });
