import { sub } from './arithmetic';
import { constantOf, type Dim, isWrittenAlike, keyOf, termsOf } from './dim';

/** A statement about sizes that holds or does not hold in a run. `divides`: the dividend is a multiple of the divisor. */
export type Condition =
  | { readonly kind: 'eq' | 'ne' | 'le' | 'lt'; readonly left: Dim; readonly right: Dim }
  | { readonly kind: 'divides' | 'not-divides'; readonly divisor: Dim; readonly dividend: Dim };

/** A condition as facts keep it: comparisons are against 0 on the left. */
export type Reduced =
  | { readonly kind: 'eq' | 'ne' | 'le'; readonly left: 0; readonly right: Dim }
  | { readonly kind: 'divides' | 'not-divides'; readonly divisor: Dim; readonly dividend: Dim };

/** The condition that holds exactly where this one does not. */
export const negate = (c: Condition): Condition => {
  switch (c.kind) {
    case 'eq':
      return { ...c, kind: 'ne' };
    case 'ne':
      return { ...c, kind: 'eq' };
    case 'le':
      return { kind: 'lt', left: c.right, right: c.left };
    case 'lt':
      return { kind: 'le', left: c.right, right: c.left };
    case 'divides':
      return { ...c, kind: 'not-divides' };
    case 'not-divides':
      return { ...c, kind: 'divides' };
  }
};

/** The condition with other sizes in the same places. */
export const mapCondition = (c: Condition, f: (d: Dim) => Dim): Condition => {
  if ('divisor' in c) {
    return { kind: c.kind, divisor: f(c.divisor), dividend: f(c.dividend) };
  }
  return { kind: c.kind, left: f(c.left), right: f(c.right) };
};

/** The canonical text of a condition. */
export const conditionKey = (c: Condition): string =>
  'left' in c ? `${keyOf(c.left)} ${c.kind} ${keyOf(c.right)}` : `${keyOf(c.divisor)} ${c.kind} ${keyOf(c.dividend)}`;

/** Whether two conditions with the same key also read the same. */
export const readAlike = (a: Condition, b: Condition): boolean => {
  if ('left' in a) return 'left' in b && isWrittenAlike(a.left, b.left) && isWrittenAlike(a.right, b.right);
  return 'divisor' in b && isWrittenAlike(a.divisor, b.divisor) && isWrittenAlike(a.dividend, b.dividend);
};

/** `right - left`: 0 for equal sides, not negative for `le`. */
export const gap = (c: { readonly left: Dim; readonly right: Dim }): Dim => sub(c.right, c.left);

/** Whether a number in the size is too large to be exact, so that nothing may be concluded from it. */
export const isInexact = (d: Dim): boolean =>
  !Number.isSafeInteger(constantOf(d)) || termsOf(d).some(({ coefficient }) => !Number.isSafeInteger(coefficient));

/** `left = right`. */
export const equal = (left: Dim, right: Dim): Condition => ({ kind: 'eq', left, right });

/** `left <= right`. */
export const atMost = (left: Dim, right: Dim): Condition => ({ kind: 'le', left, right });

/** `divisor` divides `dividend`. */
export const divides = (divisor: Dim, dividend: Dim): Condition => ({ kind: 'divides', divisor, dividend });
