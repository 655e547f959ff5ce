import { add, floorDiv, max, min, mod, mul, pow } from './arithmetic';
import { type Dim, type Factor, factorDim, type Sym, termsOf } from './dim';
import { modulo, quotient } from './integers';
import { wholeNumber } from './whole';

/** The symbols of a size, each once, in reading order. */
export const symbolsOf = (d: Dim): readonly Sym[] => {
  const found = new Map<string, Sym>();
  visit(d, (sym) => {
    if (!found.has(sym.id)) found.set(sym.id, sym);
  });
  return [...found.values()];
};

/**
 * The size with symbols replaced; `undefined` keeps one. The size itself is given back when nothing was replaced.
 * Throws `RangeError` when a divisor becomes the number 0.
 */
export const substitute = (d: Dim, get: (s: Sym) => Dim | undefined): Dim => {
  if (typeof d === 'number') return d;
  let result: Dim = d.constant;
  let changed = false;
  for (const { coefficient, monomial } of d.terms) {
    let term: Dim = coefficient;
    for (const { factor, exponent } of monomial.powers) {
      const value = substituteFactor(factor, get);
      if (value !== undefined) changed = true;
      term = mul(term, pow(value ?? factorDim(factor), exponent));
    }
    result = add(result, term);
  }
  return changed ? result : d;
};

/** The number that a size is when its symbols are the numbers given; `undefined` without one or with a divisor of 0. */
export const evaluate = (d: Dim, get: (s: Sym) => number | undefined): number | undefined => {
  if (typeof d === 'number') return d;
  let result = d.constant;
  for (const { coefficient, monomial } of d.terms) {
    let term = coefficient;
    for (const { factor, exponent } of monomial.powers) {
      const value = evaluateFactor(factor, get);
      if (value === undefined) return undefined;
      term *= value ** exponent;
    }
    result += term;
  }
  return result + 0;
};

const visit = (d: Dim, see: (sym: Sym) => void): void => {
  for (const { monomial } of termsOf(d)) {
    for (const { factor } of monomial.powers) {
      if (factor.kind === 'symbol') see(factor.sym);
      else for (const part of partsOf(factor)) visit(part, see);
    }
  }
};

const partsOf = (factor: Exclude<Factor, { readonly kind: 'symbol' }>): readonly Dim[] =>
  'args' in factor ? factor.args : [factor.dividend, factor.divisor];

const substituteFactor = (factor: Factor, get: (s: Sym) => Dim | undefined): Dim | undefined => {
  if (factor.kind === 'symbol') return get(factor.sym);
  const parts = partsOf(factor);
  const values = parts.map((part) => substitute(part, get));
  if (values.every((value, i) => value === parts[i])) return undefined;
  const [left = 0, right = 0] = values;
  switch (factor.kind) {
    case 'floor':
      return floorDiv(left, right);
    case 'mod':
      return mod(left, right);
    case 'max':
      return max(...values);
    case 'min':
      return min(...values);
    case 'down':
    case 'up':
    case 'near':
      return wholeNumber(factor.kind, left);
  }
};

const evaluateFactor = (factor: Factor, get: (s: Sym) => number | undefined): number | undefined => {
  if (factor.kind === 'symbol') return get(factor.sym);
  const values: number[] = [];
  for (const part of partsOf(factor)) {
    const value = evaluate(part, get);
    if (value === undefined) return undefined;
    values.push(value);
  }
  const [left = 0, right = 0] = values;
  switch (factor.kind) {
    case 'floor':
      return right === 0 ? undefined : quotient(left, right);
    case 'mod':
      return right === 0 ? undefined : modulo(left, right);
    case 'max':
      return Math.max(...values);
    case 'min':
      return Math.min(...values);
    case 'down':
    case 'up':
    case 'near':
      return left;
  }
};
