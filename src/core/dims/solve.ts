import { assume } from './assume';
import { type Condition, conditionKey, mapCondition, type Reduced } from './condition';
import { decide } from './decide';
import { constantOf, type Dim, dimOf, soleFactor, type Term, termsOf } from './dim';
import { type Facts, knownBy } from './facts';
import { isolate } from './isolate';
import { cancel, content } from './long-division';
import { monomialOf, over } from './monomial';
import { present, withDivision } from './present';
import { rangeOf } from './range';
import { simplify } from './simplify';
import { collect, neg, rawMul } from './sum';
import { tiles } from './tiles';

/**
 * The condition in the terms of a reader: `2·(H//2) = H` is `H % 2 == 0`, `(H-7)//2 + 1 >= 1` is `7 <= H`,
 * `C//heads·heads = C` is `C % heads == 0`. What is decided, cannot be solved or takes several conditions comes back
 * simplified. The result holds exactly where the condition does, as long as the facts hold.
 */
export const solve = (c: Condition, facts: Facts): Condition => {
  const [solved, more] = solveAll(c, facts);
  return solved && !more ? solved : mapCondition(c, (d) => simplify(facts, d));
};

/** As `solve`, for a condition that takes several: `w·w·(H//w)·(W//w) = H·W` is `H % w == 0` and `W % w == 0`. */
export const solveAll = (c: Condition, facts: Facts): readonly Condition[] => {
  if (decide(facts, c) !== undefined) return [mapCondition(c, (d) => simplify(facts, d))];
  const isolated = isolate(facts, c);
  const parts = isolated.kind === 'eq' ? tiles(isolated.right, knownBy(facts)) : undefined;
  return parts ? parts.map((part) => solve(part, facts)) : [expressed(facts, isolated)];
};

/**
 * The conditions without those that the facts and the remaining ones imply; of two equivalent ones the first stays.
 * An equality that is a divisibility once the others hold is given as such: `H//2 = 8·(H//16)` beside `H % 2 == 0`
 * is `H % 16 == 0`, which then implies the other. Conditions that contradict each other all stay.
 */
export const strongest = (conditions: readonly Condition[], facts: Facts): readonly Condition[] => {
  let kept: readonly Condition[] = [...new Map(conditions.map((c) => [conditionKey(c), c])).values()];
  for (const [i, c] of kept.entries()) {
    const known = c.kind === 'eq' ? assumeAll(facts, kept.toSpliced(i, 1)) : null;
    const solved = known && solve(c, known);
    if (solved?.kind === 'divides') kept = kept.with(i, solved);
  }
  for (const c of kept.toReversed()) {
    const others = kept.filter((other) => other !== c);
    const known = assumeAll(facts, others);
    if (known && decide(known, c)) kept = others;
  }
  return kept;
};

const assumeAll = (facts: Facts, conditions: readonly Condition[]): Facts | null =>
  conditions.reduce<Facts | null>((known, c) => known && assume(known, c), facts);

/** A reduced condition in the symbols of the reader, without negative terms. */
const expressed = (facts: Facts, isolated: Reduced): Condition => {
  if ('divisor' in isolated) {
    const [divisor = 1, dividend = 0] = withoutQuotients(facts, isolated.divisor, isolated.dividend);
    return { kind: isolated.kind, divisor: present(facts, divisor), dividend: present(facts, dividend) };
  }
  const [gap = 0] = withoutQuotients(facts, isolated.right);
  const { left, right } = sides(present(facts, gap));
  const isTurned = typeof left === 'number' || (soleFactor(right) !== undefined && soleFactor(left) === undefined);
  if (isolated.kind === 'le' || !isTurned) return { kind: isolated.kind, left, right };
  return { kind: isolated.kind, left: right, right: left };
};

/** `left = right` from `right - left = 0`, without negative terms. */
const sides = (gap: Dim): { readonly left: Dim; readonly right: Dim } => {
  const constant = constantOf(gap);
  const part = (d: Dim, sign: number): Dim =>
    dimOf(
      termsOf(d).filter((t) => t.coefficient > 0),
      Math.max(0, sign * constant),
    );
  return { left: part(neg(gap), -1), right: part(gap, 1) };
};

/** The sizes times what makes every `H/32` in their terms an `H` again, where that factor is positive. */
const withoutQuotients = (facts: Facts, ...dims: readonly Dim[]): readonly Dim[] => {
  let result = dims;
  for (const quotient of facts.quotients.toReversed()) {
    const cofactors = result.flatMap(termsOf).flatMap((term) => cofactorOf(term, quotient.id));
    if (cofactors.length === 0) continue;
    const by = cancel(quotient.divisor, content(quotient.divisor, ...cofactors));
    const factor = rangeOf(by, knownBy(facts))[0] >= 1 ? by : 1;
    result = result.map((d) => withDivision(facts, quotient, rawMul(d, factor)));
  }
  return result;
};

const cofactorOf = (term: Term, id: string): readonly Dim[] => {
  const power = term.monomial.powers.find(({ factor }) => factor.kind === 'symbol' && factor.sym.id === id);
  const others = power && over(term.monomial, monomialOf([{ ...power, exponent: 1 }]));
  return others ? [collect([{ coefficient: term.coefficient, monomial: others }])] : [];
};
