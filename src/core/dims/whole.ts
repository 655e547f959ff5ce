import { type Dim, factorDim, keyOf, type Rounding, termsOf } from './dim';
import { type Known, nothingKnown } from './range';

/**
 * The whole number by `d`, for code that asks for it: `int(dim * mlp_ratio)` says that a parameter of which nobody has
 * told the type may be a fraction. What is known to be the size of an axis is none.
 */
export const wholeNumber = (rounding: Rounding, d: Dim, known: Known = nothingKnown): Dim =>
  isWhole(d, known) ? d : factorDim({ kind: rounding, key: `${rounding}(${keyOf(d)})`, args: [d] });

const isWhole = (d: Dim, known: Known): boolean =>
  termsOf(d).every(({ monomial }) =>
    monomial.powers.every(
      ({ factor }) => factor.kind !== 'symbol' || factor.sym.role !== 'rigid' || (known(factor)?.[0] ?? 0) >= 1,
    ),
  );
