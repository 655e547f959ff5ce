import { type Condition, gap, type Reduced } from './condition';
import { primitive, tighten, zeroByRange } from './decide';
import { constantOf, type Dim, type Factor, factorDim, soleFactor, symbolDim, termsOf } from './dim';
import { rawMod } from './division';
import { type Facts, knownBy } from './facts';
import { inverse, modulo } from './integers';
import { cancel, content, exactly, longDivision } from './long-division';
import { monomialOf, one, over } from './monomial';
import { type Known, rangeOf } from './range';
import { reduce } from './reduce';
import { atResidue, mostResidues, periodsOf, residueClass } from './residues';
import { collect, neg, rawAdd, rawMul, scale, scaleBy } from './sum';

/**
 * A condition that holds exactly where the given one does, nearer to the symbols: common factors are divided out,
 * floors are taken off where one stands alone, equalities of a size with a rounded one become divisibility.
 */
export const isolate = (facts: Facts, c: Condition): Reduced => {
  const known = knownBy(facts);
  switch (c.kind) {
    case 'eq':
      return isolateZero(reduce(facts, gap(c)), known);
    case 'ne': {
      const zero = isolateZero(reduce(facts, gap(c)), known);
      return zero.kind === 'divides' ? { ...zero, kind: 'not-divides' } : { ...zero, kind: 'ne' };
    }
    case 'le':
      return { kind: 'le', left: 0, right: isolateNatural(reduce(facts, gap(c)), known) };
    case 'lt':
      return { kind: 'le', left: 0, right: isolateNatural(rawAdd(reduce(facts, gap(c)), -1), known) };
    case 'divides':
    case 'not-divides':
      return { ...isolateMultiple(reduce(facts, c.divisor), reduce(facts, c.dividend), known), kind: c.kind };
  }
};

interface Equality {
  readonly kind: 'eq';
  readonly left: 0;
  readonly right: Dim;
}

interface Multiple {
  readonly kind: 'divides';
  readonly divisor: Dim;
  readonly dividend: Dim;
}

const isolateZero = (d: Dim, known: Known): Equality | Multiple => {
  const core = primitive(d, known);
  const rounded = roundedZero(core);
  if (rounded) return isolateMultiple(rounded.divisor, rounded.dividend, known);
  return classOf(core, known, zeroByRange) ?? { kind: 'eq', left: 0, right: core };
};

/** The remainder that is 0 when `d` is: `d` itself, or `±(k·(e // k) - e)`. */
const roundedZero = (d: Dim): Extract<Factor, { readonly divisor: Dim }> | undefined => {
  const sole = soleFactor(d) ?? soleFactor(neg(d));
  if (sole?.kind === 'mod') return sole;
  for (const { coefficient, monomial } of termsOf(d)) {
    for (const { factor, exponent } of monomial.powers) {
      if (factor.kind !== 'floor' || exponent !== 1) continue;
      const others = over(monomial, monomialOf([{ factor, exponent }])) ?? one;
      const times = exactly(scaleBy(coefficient, 1, others), factor.divisor);
      if (typeof times !== 'number' || times === 0) continue;
      const rest = rawAdd(rawMul(factor.divisor, factorDim(factor)), neg(factor.dividend));
      if (rawAdd(d, scale(rest, -times)) === 0) return factor;
    }
  }
  return undefined;
};

/** `s % m = r`, when the test answers by the rest of one symbol alone and is true for one class of rests. */
const classOf = (d: Dim, known: Known, test: typeof zeroByRange): Multiple | undefined => {
  const [period, more] = periodsOf(d);
  if (!period || more || period.modulus > mostResidues) return undefined;
  const answers: (boolean | undefined)[] = [];
  for (let r = 0; r < period.modulus; r++) {
    const answer = test(...atResidue(known, d, period, r));
    if (answer === undefined) return undefined;
    answers.push(answer);
  }
  const found = residueClass(answers);
  return found && { kind: 'divides', divisor: found[0], dividend: rawAdd(symbolDim(period.sym), -found[1]) };
};

/** A size that is not negative exactly where `d` is not. */
const isolateNatural = (d: Dim, known: Known): Dim => {
  let result = d;
  for (let steps = 0; steps < 8; steps++) {
    const tight = tighten(result, known);
    const next = withoutFloor(tight, known) ?? withoutMaximum(tight, known);
    if (next === undefined) return tight;
    result = next;
  }
  return result;
};

/** `x//k + r >= 0` is `x + k·r >= 0`, `r - x//k >= 0` is `k·r + k-1 - x >= 0`, for a positive `k`. */
const withoutFloor = (d: Dim, known: Known): Dim | undefined => {
  const floors = termsOf(d).filter(({ monomial }) => monomial.powers.some(({ factor }) => factor.kind === 'floor'));
  const [term] = floors;
  if (!term || floors.length > 1 || Math.abs(term.coefficient) !== 1) return undefined;
  const factor = soleFactor(collect([{ ...term, coefficient: 1 }]));
  if (factor?.kind !== 'floor' || rangeOf(factor.divisor, known)[0] < 1) return undefined;
  const rest = rawMul(factor.divisor, rawAdd(d, neg(collect([term]))));
  if (term.coefficient > 0) return rawAdd(factor.dividend, rest);
  return rawAdd(rawAdd(rest, rawAdd(factor.divisor, -1)), neg(factor.dividend));
};

/** `max(a, b) + c >= 0` is `a + c >= 0` when `b + c` is negative. */
const withoutMaximum = (d: Dim, known: Known): Dim | undefined => {
  const constant = constantOf(d);
  const factor = soleFactor(rawAdd(d, -constant));
  if (factor?.kind !== 'max') return undefined;
  const able = factor.args.filter((arg) => rangeOf(arg, known)[1] + constant >= 0);
  const [arg] = able;
  return arg !== undefined && able.length === 1 ? rawAdd(arg, constant) : undefined;
};

const isolateMultiple = (divisor: Dim, dividend: Dim, known: Known): Multiple => {
  if (typeof divisor !== 'number') {
    const rest = longDivision(dividend, divisor)[1];
    const shared = content(divisor, rest);
    return { kind: 'divides', divisor: cancel(divisor, shared), dividend: cancel(rest, shared) };
  }
  const unsolved: Multiple = { kind: 'divides', divisor, dividend };
  if (divisor === 0) return unsolved;
  const sole = remainderIn(rawMod(dividend, divisor, known));
  if (!sole || typeof sole.divisor !== 'number') return unsolved;
  const k = sole.divisor;
  const byRest = classOf(sole.dividend, known, (d, inner) => zeroByRange(rawMod(d, k, inner), inner));
  return byRest ?? { kind: 'divides', divisor: k, dividend: monic(sole.dividend, k) };
};

/** The remainder in `c·(x % k)`. */
const remainderIn = (d: Dim): Extract<Factor, { readonly divisor: Dim }> | undefined => {
  const core = cancel(d, { factor: content(d).factor, monomial: one });
  const factor = soleFactor(core) ?? soleFactor(neg(core));
  return factor?.kind === 'mod' ? factor : undefined;
};

/** `k | c·x + r` as `k | x + r/c`: the first coefficient is made 1 where it has an inverse, the constant least. */
const monic = (d: Dim, k: number): Dim => {
  const [first] = termsOf(d);
  const by = first && inverse(first.coefficient, k);
  if (by === undefined) return d;
  const near = (c: number) => (modulo(c, k) * 2 > k ? modulo(c, k) - k : modulo(c, k));
  const terms = termsOf(d).map(({ coefficient, monomial }) => ({ coefficient: near(coefficient * by), monomial }));
  return rawAdd(collect(terms), -modulo(-constantOf(d) * by, k));
};
