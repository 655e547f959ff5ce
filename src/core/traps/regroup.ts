import { type Dim, keyOf } from '../dims';

/** A size as a product: an integer, and its factors with names, each as often as it occurs. */
interface Product {
  coefficient: number;
  atoms: string[];
}

/**
 * Whether a reshape of a tensor of sizes `from` into sizes `to` gives axes with names the contents of other axes. A
 * reshape only splits and merges neighbours, so walking along both lists, one axis must be used up before the next one
 * begins. False where it is not certain, and where only numbers would show it: a number may be a part of an axis with a name,
 * but for one that was an axis before.
 */
export const scrambles = (from: readonly Dim[], to: readonly Dim[]): boolean => {
  const quotients = quotientsIn(to);
  const parts = from.map((size) => productOf(size, quotients));
  const groups = to.map((size) => productOf(size, quotients));
  if (fingerprint(parts) !== fingerprint(groups)) return false;
  let at = 0;
  for (const [i, group] of groups.entries()) {
    for (let part = parts[at]; part && !isUsed(group); part = parts[at]) {
      take(part, group);
      if (isUsed(group)) break;
      if (!isUsed(part)) return group.atoms.length > 0 || (part.atoms.length > 0 && from.includes(to[i] ?? 1));
      at++;
    }
  }
  return false;
};

interface Quotient {
  readonly divisor: Dim;
  readonly key: string;
}

/** The quotients among some sizes, by what is divided: `C // heads` says that `C` is `heads` times that. */
const quotientsIn = (sizes: readonly Dim[]): ReadonlyMap<string, Quotient> => {
  const found = new Map<string, Quotient>();
  for (const size of sizes)
    for (const { monomial } of typeof size === 'number' ? [] : size.terms)
      for (const { factor } of monomial.powers)
        if (factor.kind === 'floor') found.set(keyOf(factor.dividend), { divisor: factor.divisor, key: factor.key });
  return found;
};

/** A sum is one factor: nothing is known of how it divides. */
const productOf = (size: Dim, quotients: ReadonlyMap<string, Quotient>): Product => {
  if (typeof size === 'number') return { coefficient: size, atoms: [] };
  const split = quotients.get(size.key);
  if (split) {
    const divisor = productOf(split.divisor, new Map());
    return { ...divisor, atoms: [...divisor.atoms, split.key] };
  }
  const [term, more] = size.terms;
  if (!term || more || size.constant !== 0) return { coefficient: 1, atoms: [size.key] };
  const atoms = term.monomial.powers.flatMap(({ factor, exponent }) => Array(exponent).fill(factor.key));
  // A size rounded up is written as minus a floor: sizes are no less than 0 whatever the sign.
  return { coefficient: Math.abs(term.coefficient), atoms };
};

/** All factors of some sizes together. */
const fingerprint = (sizes: readonly Product[]): string =>
  JSON.stringify([
    sizes.reduce((product, { coefficient }) => product * coefficient, 1),
    sizes.flatMap(({ atoms }) => atoms).sort(),
  ]);

/** Takes out of both what they have in common. */
const take = (part: Product, group: Product): void => {
  const shared = gcd(part.coefficient, group.coefficient);
  part.coefficient /= shared;
  group.coefficient /= shared;
  for (const atom of [...group.atoms]) {
    const i = part.atoms.indexOf(atom);
    if (i < 0) continue;
    part.atoms.splice(i, 1);
    group.atoms.splice(group.atoms.indexOf(atom), 1);
  }
};

const isUsed = ({ coefficient, atoms }: Product): boolean => coefficient === 1 && atoms.length === 0;

const gcd = (a: number, b: number): number => (b === 0 ? Math.max(1, a) : gcd(b, a % b));
