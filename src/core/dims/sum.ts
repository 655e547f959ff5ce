import { constantOf, type Dim, dimOf, type Monomial, type Poly, type Term, termsOf } from './dim';
import { monomialOf, times } from './monomial';

/** `a + b` without looking for floors and remainders that complete each other. */
export const rawAdd = (a: Dim, b: Dim): Dim => {
  if (typeof a === 'number') {
    if (typeof b === 'number') return a + b;
    return a === 0 ? b : dimOf(b.terms, a + b.constant);
  }
  if (typeof b === 'number') return b === 0 ? a : dimOf(a.terms, a.constant + b);
  return dimOf(merge(a.terms, b.terms), a.constant + b.constant);
};

/** `k · d` for an integer. */
export const scale = (d: Dim, k: number): Dim => {
  if (typeof d === 'number') return d * k + 0;
  if (k === 0) return 0;
  if (k === 1) return d;
  const terms = d.terms.map(({ coefficient, monomial }) => ({ coefficient: coefficient * k, monomial }));
  return dimOf(terms, d.constant * k + 0);
};

/** `-d`. */
export const neg = (d: Dim): Dim => scale(d, -1);

/** `c · m · d` for an integer and a product of factors. */
export const scaleBy = (d: Dim, coefficient: number, monomial: Monomial): Dim => {
  if (monomial.powers.length === 0) return scale(d, coefficient);
  if (coefficient === 0) return 0;
  const terms: Term[] = termsOf(d).map((term) => ({
    coefficient: term.coefficient * coefficient,
    monomial: times(monomial, term.monomial),
  }));
  const constant = constantOf(d);
  if (constant !== 0) terms.push({ coefficient: constant * coefficient, monomial });
  return collect(terms);
};

/** A size from terms in any order, with repetitions; a term without factors counts as constant. */
export const collect = (terms: readonly Term[]): Dim => {
  const byKey = new Map<string, Term>();
  let constant = 0;
  for (const term of terms) {
    const { key, powers } = term.monomial;
    if (powers.length === 0) {
      constant += term.coefficient;
      continue;
    }
    const seen = byKey.get(key);
    byKey.set(key, seen ? { coefficient: seen.coefficient + term.coefficient, monomial: seen.monomial } : term);
  }
  const kept = [...byKey.values()].filter(({ coefficient }) => coefficient !== 0);
  return dimOf(kept.sort(byTermKey), constant);
};

/** `a · b`, multiplied out, or with the sums in brackets where that would be too long. */
export const rawMul = (a: Dim, b: Dim): Dim => {
  if (typeof a === 'number') return typeof b === 'number' ? a * b + 0 : scale(b, a);
  if (typeof b === 'number') return scale(a, b);
  const [x, y] = isTooLong(a, b) ? [bracketed(a), bracketed(b)] : [a, b];
  return collect(
    withConstant(x).flatMap((s) =>
      withConstant(y).map((t) => ({
        coefficient: s.coefficient * t.coefficient,
        monomial: times(s.monomial, t.monomial),
      })),
    ),
  );
};

/** Whether a product has too many terms, or would spread brackets over the terms of a sum again. */
const isTooLong = (a: Poly, b: Poly): boolean => {
  if (a.terms.length * b.terms.length > 64) return true;
  return (hasBracket(a) && withConstant(b).length > 1) || (hasBracket(b) && withConstant(a).length > 1);
};

const hasBracket = (d: Poly): boolean =>
  d.terms.some(({ monomial }) =>
    monomial.powers.some(({ factor }) => factor.kind === 'max' && factor.args.length === 1),
  );

const bracketed = (d: Poly): Dim => {
  if (withConstant(d).length === 1) return d;
  const factor = { kind: 'max', key: `max(${d.key})`, args: [d] } as const;
  return dimOf([{ coefficient: 1, monomial: monomialOf([{ factor, exponent: 1 }]) }], 0);
};

const unit = monomialOf([]);

const withConstant = (d: Dim): readonly Term[] => {
  const constant = constantOf(d);
  return constant === 0 ? termsOf(d) : [...termsOf(d), { coefficient: constant, monomial: unit }];
};

const byTermKey = (a: Term, b: Term): number => (a.monomial.key < b.monomial.key ? -1 : 1);

const merge = (a: readonly Term[], b: readonly Term[]): readonly Term[] => {
  const result: Term[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [x, y] = [a[i], b[j]];
    if (!x) return result.concat(b.slice(j));
    if (!y) return result.concat(a.slice(i));
    if (x.monomial.key < y.monomial.key) {
      result.push(x);
      i++;
    } else if (x.monomial.key > y.monomial.key) {
      result.push(y);
      j++;
    } else {
      const coefficient = x.coefficient + y.coefficient;
      if (coefficient !== 0) result.push({ coefficient, monomial: x.monomial });
      i++;
      j++;
    }
  }
};
