import { type Condition, divides } from './condition';
import { type Dim, type Power, termsOf } from './dim';
import { monomialOf, over } from './monomial';
import { type Known, productRange, rangeOf } from './range';
import { rawAdd, rawMul, scaleBy } from './sum';

/**
 * What `d = 0` says when it equates a product with the product of its tiles: `w·w·(H//w)·(W//w) = H·W` holds exactly
 * when `w` divides both, because `w·(x//w) <= x` and all of it is positive. `undefined` for another equation.
 */
export const tiles = (d: Dim, known: Known): readonly Condition[] | undefined => {
  const [first, second, more] = termsOf(d);
  if (!first || !second || more || (typeof d === 'object' && d.constant !== 0)) return undefined;
  for (const [tiled, whole] of [[first, second] as const, [second, first] as const]) {
    const floors = tiled.monomial.powers.filter(({ factor }) => factor.kind === 'floor');
    const rest = over(tiled.monomial, monomialOf(floors));
    if (floors.length < 2 || !rest || productRange([1, 1], rest.powers, known)[0] < 1) continue;
    const left = timesAll(scaleBy(tiled.coefficient, 1, rest), floors, 'dividend');
    const right = timesAll(scaleBy(whole.coefficient, 1, whole.monomial), floors, 'divisor');
    if (rawAdd(left, right) !== 0) continue;
    const conditions = floors.flatMap(({ factor }) => tileOf(factor, known));
    if (conditions.length === floors.length) return conditions;
  }
  return undefined;
};

/** `d` times a part of each floor. */
const timesAll = (d: Dim, floors: readonly Power[], part: 'dividend' | 'divisor'): Dim => {
  let result = d;
  for (const { factor, exponent } of floors) {
    if (factor.kind !== 'floor') continue;
    for (let i = 0; i < exponent; i++) result = rawMul(result, factor[part]);
  }
  return result;
};

const tileOf = (factor: Power['factor'], known: Known): readonly Condition[] => {
  if (factor.kind !== 'floor') return [];
  const { dividend, divisor } = factor;
  const arePositive = rangeOf(dividend, known)[0] >= 1 && rangeOf(divisor, known)[0] >= 1;
  return arePositive ? [divides(divisor, dividend)] : [];
};
