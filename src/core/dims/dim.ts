/** An integer that may be symbolic: a plain number when it is known, else a polynomial in normal form. */
export type Dim = number | Poly;

/**
 * A symbolic integer. Two symbols are the same when their `id` is; `name` is only the default for printing.
 * - `rigid`: a constructor parameter. It stands for every value and nothing is known about it before a fact says so.
 * - `free`: the size of an axis of an input. At least 1, and an equality may bind it.
 * - `unknown`: a size that nobody can know, such as the count of true values in a mask. At least 0, bound before
 *   the others: they have names.
 */
export interface Sym {
  readonly id: string;
  readonly name: string;
  readonly role: 'rigid' | 'free' | 'unknown';
}

/**
 * What terms are made of. `floor` and `mod` follow Python for negative numbers. The key is the canonical text, so
 * that equality is comparing strings. A `max` of one argument is a bracket that was too large to multiply out.
 * `down`, `up` and `near` are the whole number by a size whose symbols may stand for fractions: see `whole.ts`.
 */
export type Factor =
  | { readonly kind: 'symbol'; readonly key: string; readonly sym: Sym }
  | { readonly kind: 'floor' | 'mod'; readonly key: string; readonly dividend: Dim; readonly divisor: Dim }
  | { readonly kind: 'max' | 'min'; readonly key: string; readonly args: readonly Dim[] }
  | { readonly kind: Rounding; readonly key: string; readonly args: readonly [Dim] };

/** To which whole number a fraction goes: Python's `int`, `math.ceil` or `round`. */
export type Rounding = 'down' | 'up' | 'near';

/** A factor with its exponent, which is at least 1. */
export interface Power {
  readonly factor: Factor;
  readonly exponent: number;
}

/** A product of factors, in the order in which they were written; the key has them sorted. The empty product is 1. */
export interface Monomial {
  readonly powers: readonly Power[];
  readonly key: string;
}

/** A product of factors times an integer that is not 0. */
export interface Term {
  readonly coefficient: number;
  readonly monomial: Monomial;
}

/** A sum of terms, sorted by key, and a constant. It has at least one term: without one it is a plain number. */
export interface Poly {
  readonly kind: 'poly';
  readonly terms: readonly Term[];
  readonly constant: number;
  readonly key: string;
}

/** The size named by one symbol. */
export const symbol = (id: string, name: string, role: Sym['role']): Dim => symbolDim({ id, name, role });

/**
 * A size in which several things differ, of whichever is meant. An equation that one of them has to meet says nothing of
 * the others, so it does not settle the symbol.
 */
export const sizeOfSeveral = (id: string, why: string): Dim => symbol(`${id}${SEVERAL}`, why, 'unknown');

/** Whether a symbol is such a size. */
export const isOfSeveral = ({ id }: Sym): boolean => id.endsWith(SEVERAL);

const SEVERAL = '∀';

/** The size named by an existing symbol. */
export const symbolDim = (sym: Sym): Dim => factorDim(symbolFactor(sym));

/** A symbol as a factor. */
export const symbolFactor = (sym: Sym): Factor => ({ kind: 'symbol', key: symbolKey(sym), sym });

/** The size that consists of a single factor. */
export const factorDim = (factor: Factor): Poly => {
  const monomial = { powers: [{ factor, exponent: 1 }], key: factor.key };
  return polyOf([{ coefficient: 1, monomial }], 0);
};

/**
 * A polynomial from terms that are sorted, distinct and not zero. One that is too long to be read becomes a symbol of
 * its own, `…`: a loop over `x - x // 3` doubles it in every round.
 */
const polyOf = (terms: readonly Term[], constant: number): Poly => {
  let key = '';
  for (const term of terms) key += `${term.coefficient}*${term.monomial.key}+`;
  key += constant;
  if (key.length <= longest) return { kind: 'poly', terms, constant, key };
  return factorDim(symbolFactor({ id: `…${fingerprint(key)}`, name: '…', role: 'rigid' }));
};

/** A size from terms that are sorted, distinct and not zero: a number when there is none. */
export const dimOf = (terms: readonly Term[], constant: number): Dim =>
  terms.length === 0 ? constant : polyOf(terms, constant);

/** The canonical text of a size. */
export const keyOf = (d: Dim): string => (typeof d === 'number' ? `${d}` : d.key);

/** Structural equality of the normal form. `false` does not mean that the sizes differ: ask `decide` for that. */
export const same = (a: Dim, b: Dim): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && a.key === b.key);

/** Whether two sizes with the same key also have the same names in the same order. */
export const isWrittenAlike = (a: Dim, b: Dim): boolean => {
  if (a === b || typeof a === 'number' || typeof b === 'number') return a === b;
  return a.terms.every(({ monomial }, i) => {
    const powers = b.terms[i]?.monomial.powers;
    return (
      powers === monomial.powers || monomial.powers.every((p, j) => areWrittenAlike(p.factor, powers?.[j]?.factor))
    );
  });
};

const areWrittenAlike = (a: Factor, b: Factor | undefined): boolean => {
  if (a === b) return true;
  if (a.key !== b?.key) return false;
  if ('sym' in a) return 'sym' in b && a.sym.name === b.sym.name && a.sym.role === b.sym.role;
  if ('args' in a) return 'args' in b && a.args.every((arg, i) => isWrittenAlike(arg, b.args[i] ?? 0));
  return 'divisor' in b && isWrittenAlike(a.dividend, b.dividend) && isWrittenAlike(a.divisor, b.divisor);
};

/** The terms of a size; a number has none. */
export const termsOf = (d: Dim): readonly Term[] => (typeof d === 'number' ? [] : d.terms);

/** The constant part of a size. */
export const constantOf = (d: Dim): number => (typeof d === 'number' ? d : d.constant);

/** The factor that a size consists of: `undefined` for a number, a sum, a product or a multiple. */
export const soleFactor = (d: Dim): Factor | undefined => {
  if (typeof d === 'number' || d.constant !== 0 || d.terms.length !== 1) return undefined;
  const term = d.terms[0];
  const power = term?.monomial.powers[0];
  if (term?.coefficient !== 1 || term.monomial.powers.length !== 1 || power?.exponent !== 1) return undefined;
  return power.factor;
};

/** What is proved of a symbol rests on its role, so that two of one id and of different roles have different keys. */
const symbolKey = ({ id, role }: Sym): string => (/^[\w.[\]]+$/.test(id) ? id : JSON.stringify(id)) + roleMark[role];

const roleMark = { rigid: '', free: "'", unknown: '?' };

const longest = 3000;

/** Two Fowler–Noll–Vo hashes of a text and its length, so that the same long size is the same symbol. */
const fingerprint = (text: string): string => {
  let [a, b] = [0x811c9dc5, text.length];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - i), 0x01000193);
  }
  return `${text.length}-${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
};
