import { type Dim, termsOf } from './dim';
import { rawFloor } from './division';
import { type Alias, type Facts, knownBy, noFacts, type Quotient } from './facts';
import { cancel, content } from './long-division';
import { monomialOf, over } from './monomial';
import { type Interval, rangeOf } from './range';
import { recombine } from './recombine';
import { rebuild, reduce, remake } from './reduce';
import { collect, neg, rawAdd, rawMul, scaleBy } from './sum';

/** The size in its shortest form under the facts: bound symbols replaced, exact divisions taken out of floors. */
export const simplify = (facts: Facts, d: Dim): Dim => {
  if (typeof d === 'number' || facts === noFacts) return d;
  return present(facts, reduce(facts, d));
};

/** The least and the greatest value of a size under the facts, infinite where nothing is known. */
export const bounds = (facts: Facts, d: Dim): Interval => {
  if (typeof d === 'number') return [d, d];
  return rangeOf(reduce(facts, d), knownBy(facts));
};

/** A reduced size for a reader: quotient symbols are written as divisions, products by the name that they have. */
export const present = (facts: Facts, d: Dim): Dim => {
  let result = d;
  // The newest quotient comes first: it may be a quotient of an older one.
  for (const quotient of facts.quotients.toReversed()) result = unfold(facts, result, (part) => divide(quotient, part));
  for (const alias of facts.aliases.toReversed()) result = unfold(facts, result, (part) => rename(alias, part));
  return result;
};

/** Repeats a rewrite of one term on a size and on everything inside its factors. */
const unfold = (facts: Facts, d: Dim, once: (d: Dim) => Dim | undefined): Dim => {
  let result = rebuild(d, (factor) => remake(factor, (part) => unfold(facts, part, once), knownBy(facts)));
  for (let steps = 0; steps < 24; steps++) {
    const next = once(result);
    if (next === undefined) break;
    result = next;
  }
  return recombine(result);
};

/** `c·m·q` with `q = dividend/divisor` is `(c·m/g) · dividend/(divisor/g)` for what `c·m` and the divisor share. */
const divide = ({ id, dividend, divisor }: Quotient, d: Dim): Dim | undefined => {
  for (const term of termsOf(d)) {
    const power = term.monomial.powers.find(({ factor }) => factor.kind === 'symbol' && factor.sym.id === id);
    const others = power && over(term.monomial, monomialOf([{ ...power, exponent: 1 }]));
    if (!others) continue;
    const cofactor = collect([{ coefficient: term.coefficient, monomial: others }]);
    const shared = content(divisor, cofactor);
    const value = rawMul(cancel(cofactor, shared), rawFloor(dividend, cancel(divisor, shared)));
    return rawAdd(rawAdd(d, neg(collect([term]))), value);
  }
  return undefined;
};

/** A multiple of a product that has a name, written with the name. */
const rename = ({ term: known, name }: Alias, d: Dim): Dim | undefined => {
  for (const term of termsOf(d)) {
    const others = over(term.monomial, known.monomial);
    if (!others || term.coefficient % known.coefficient !== 0) continue;
    return rawAdd(rawAdd(d, neg(collect([term]))), scaleBy(name, term.coefficient / known.coefficient, others));
  }
  return undefined;
};
