import { type Dim, type Sym, symbolDim, symbolFactor, termsOf } from './dim';
import { lcm } from './integers';
import { factorRange, type Interval, type Known } from './range';
import { replaceFactor } from './reduce';
import { rawAdd, scale } from './sum';

/** A symbol of which a size depends on the rest by a number, because floors and remainders of it occur. */
export interface Period {
  readonly sym: Sym;
  readonly modulus: number;
}

/** The answers for `sym = modulus·q + 0, 1, …`; `undefined` where a rest is not decided. */
export type Answers = readonly (boolean | undefined)[];

/** The symbols that stand linearly in floors and remainders by numbers, with the modulus that makes these whole. */
export const periodsOf = (d: Dim): readonly Period[] => {
  const found = new Map<string, Period>();
  collectPeriods(d, 1, found);
  return [...found.values()];
};

/**
 * The size for one rest of a symbol: with `H = 2·q + r` the floors by 2 are polynomials in `q`. The bounds that then
 * hold come with it.
 */
export const atResidue = (known: Known, d: Dim, { sym, modulus }: Period, r: number): readonly [Dim, Known] => {
  const own = symbolFactor(sym);
  const [low, high] = factorRange(own, known);
  const q: Sym = { id: `${sym.id}≡${modulus}`, name: 'q', role: 'rigid' };
  const range: Interval = [Math.ceil((low - r) / modulus), Math.floor((high - r) / modulus)];
  const inner: Known = (factor) => (factor.kind === 'symbol' && factor.sym.id === q.id ? range : known(factor));
  return [replaceFactor(d, own.key, rawAdd(scale(symbolDim(q), modulus), r), inner), inner];
};

/** The greatest number of rests that are looked at one by one. */
export const mostResidues = 64;

/** `[m, r]` when the answers are `true` exactly for the rests `r` by a divisor `m` of the number of answers. */
export const residueClass = (answers: Answers): readonly [number, number] | undefined => {
  const first = answers.indexOf(true);
  if (first < 0 || answers.includes(undefined)) return undefined;
  for (let m = 2; m <= answers.length; m++) {
    if (answers.length % m === 0 && answers.every((answer, r) => answer === (r % m === first % m)))
      return [m, first % m];
  }
  return undefined;
};

const collectPeriods = (d: Dim, scaleSoFar: number, found: Map<string, Period>): void => {
  for (const { factor } of termsOf(d).flatMap(({ monomial }) => monomial.powers)) {
    if (factor.kind === 'symbol') continue;
    if ('args' in factor) {
      for (const arg of factor.args) collectPeriods(arg, scaleSoFar, found);
      continue;
    }
    if (typeof factor.divisor !== 'number') continue;
    const modulus = scaleSoFar * factor.divisor;
    for (const power of termsOf(factor.dividend).flatMap(({ monomial }) => monomial.powers)) {
      if (power.factor.kind !== 'symbol') continue;
      const { sym } = power.factor;
      found.set(sym.id, { sym, modulus: lcm(found.get(sym.id)?.modulus ?? 1, modulus) });
    }
    collectPeriods(factor.dividend, modulus, found);
  }
};
