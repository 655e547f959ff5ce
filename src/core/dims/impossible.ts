import { constraints } from './constraints';
import { type Dim, type Factor, termsOf } from './dim';
import { areInfeasible } from './elimination';
import { type Facts, knownBy } from './facts';
import { replaceFactor } from './reduce';
import { neg, rawAdd } from './sum';

/**
 * Whether the sizes cannot all be 0 or more under the facts. Shown by elimination, with a case for each argument of a
 * maximum or minimum; `false` means not shown. `about` is what `constraints` says of the factors of the sizes.
 */
export const isImpossible = (
  facts: Facts,
  sizes: readonly Dim[],
  about: readonly Dim[] = constraints(facts, sizes),
  cases = 3,
): boolean => {
  if (areInfeasible([...sizes, ...about])) return true;
  const split = cases > 0 ? extremumIn(sizes) : undefined;
  if (!split) return false;
  return split.args.every((arg) => isImpossible(facts, inCase(facts, sizes, split, arg), undefined, cases - 1));
};

type Extremum = Extract<Factor, { readonly kind: 'max' | 'min' }>;

const extremumIn = (sizes: readonly Dim[]): Extremum | undefined => {
  for (const { factor } of sizes.flatMap(termsOf).flatMap(({ monomial }) => monomial.powers)) {
    if (factor.kind === 'max' || factor.kind === 'min') return factor;
  }
  return undefined;
};

const inCase = (facts: Facts, sizes: readonly Dim[], { kind, key, args }: Extremum, arg: Dim): readonly Dim[] => {
  const others = args.filter((other) => other !== arg);
  const beats = (other: Dim) => (kind === 'max' ? rawAdd(arg, neg(other)) : rawAdd(other, neg(arg)));
  return [...sizes.map((d) => replaceFactor(d, key, arg, knownBy(facts))), ...others.map(beats)];
};
