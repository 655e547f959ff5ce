import { type Dim, type Factor, type Monomial, type Power, type Term, termsOf } from './dim';
import { rawFloor } from './division';
import { type Alias, type Facts, knownBy, type Quotient } from './facts';
import { gcd } from './integers';
import { cancel, content } from './long-division';
import { common, monomialOf, one, over } from './monomial';
import { recombine } from './recombine';
import { rebuild, remake } from './reduce';
import { collect, neg, rawAdd, rawMul, scale, scaleBy } from './sum';

/** A reduced size for a reader: quotient symbols are written as divisions, products by the name that they have. */
export const present = (facts: Facts, d: Dim): Dim => {
  let result = d;
  // The newest quotient comes first: it may be a quotient of an older one.
  for (const quotient of facts.quotients.toReversed()) result = withDivision(facts, quotient, result);
  for (const alias of facts.aliases.toReversed()) result = unfold(facts, result, (part) => rename(alias, part));
  return result;
};

/** A reduced size with one quotient symbol written as a division. */
export const withDivision = (facts: Facts, quotient: Quotient, d: Dim): Dim =>
  unfold(facts, d, (part) => divide(quotient, facts.quotients, part));

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
const divide = ({ id, dividend, divisor }: Quotient, quotients: readonly Quotient[], d: Dim): Dim | undefined => {
  for (const term of termsOf(d)) {
    const { powers } = term.monomial;
    const power = powers.find(({ factor }) => isSymbol(factor, id));
    if (!power) continue;
    const q = monomialOf([{ ...power, exponent: 1 }]);
    const others = over(term.monomial, q) ?? q;
    const isLast = !others.powers.some(({ factor }) => quotients.some((other) => isSymbol(factor, other.id)));
    const coefficient = isLast || typeof divisor !== 'number' ? term.coefficient : share(term, quotients, divisor);
    const shared = content(divisor, collect([{ coefficient, monomial: others }]));
    const value = rawFloor(dividend, cancel(divisor, shared));
    const placed = place(term.monomial, q, powers.indexOf(power), shared.monomial, value);
    return rawAdd(without(d, term), scale(placed, term.coefficient / shared.factor));
  }
  return undefined;
};

/** The part of a coefficient for one of several quotients: its root, so that `4·q·r` reads `H/16 · W/16`. */
const share = ({ coefficient, monomial }: Term, quotients: readonly Quotient[], divisor: number): number => {
  const count = monomial.powers.reduce(
    (n, { factor, exponent }) => n + (quotients.some(({ id }) => isSymbol(factor, id)) ? exponent : 0),
    0,
  );
  const root = Math.round(Math.abs(coefficient) ** (1 / count));
  return root ** count === Math.abs(coefficient) && divisor % root === 0 ? root : gcd(coefficient, divisor);
};

/** A multiple of a product that has a name, written with the name. */
const rename = ({ term: known, name }: Alias, d: Dim): Dim | undefined => {
  for (const term of termsOf(d)) {
    if (!over(term.monomial, known.monomial) || term.coefficient % known.coefficient !== 0) continue;
    const at = term.monomial.powers.findIndex(({ factor }) =>
      known.monomial.powers.some((p) => p.factor.key === factor.key),
    );
    const placed = place(term.monomial, known.monomial, at, one, name);
    return rawAdd(without(d, term), scale(placed, term.coefficient / known.coefficient));
  }
  return undefined;
};

/** The product without `replaced` and `cancelled`, and with `value` where the first one stood: reading order stays. */
const place = (product: Monomial, replaced: Monomial, at: number, cancelled: Monomial, value: Dim): Dim => {
  let gone = cancelled;
  const keep = (powers: readonly Power[]): Dim => {
    const part = monomialOf(powers);
    const here = common(part, gone);
    gone = over(gone, here) ?? gone;
    return scaleBy(1, 1, over(part, here) ?? part);
  };
  const rest = product.powers.flatMap((power, i) => {
    const taken = replaced.powers.find(({ factor }) => factor.key === power.factor.key)?.exponent ?? 0;
    return power.exponent > taken ? [{ i, power: { ...power, exponent: power.exponent - taken } }] : [];
  });
  const before = keep(rest.filter(({ i }) => i < at).map(({ power }) => power));
  const after = keep(rest.filter(({ i }) => i >= at).map(({ power }) => power));
  return rawMul(rawMul(before, value), after);
};

const isSymbol = (factor: Factor, id: string): boolean => factor.kind === 'symbol' && factor.sym.id === id;

const without = (d: Dim, term: Term): Dim => rawAdd(d, neg(collect([term])));
