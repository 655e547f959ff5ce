import { constantOf, type Dim, termsOf } from './dim';
import { gcd } from './integers';

/**
 * Whether no integers satisfy all of `sizes >= 0`, with every product of factors taken as a variable of its own:
 * Fourier–Motzkin elimination with coefficients divided by their greatest common divisor. `false` means not shown,
 * also when the bound on the number of inequalities is reached.
 */
export const areInfeasible = (sizes: readonly Dim[]): boolean => {
  // What is unbounded goes first: of many rows it leaves few to be compared with each other.
  let rows = distinct(withoutUnbounded(rowsOf(sizes)));
  for (;;) {
    if (rows === undefined) return true;
    rows = withoutUnbounded(rows);
    const column = cheapest(rows);
    if (column === undefined) return false;
    rows = distinct(eliminate(rows, column));
    if (rows && rows.length > limit) return false;
  }
};

/** `Σ row[i]·variable_i + row.at(-1) >= 0`. */
type Row = Float64Array;

const limit = 160;
const tooLarge = 2 ** 40;

const rowsOf = (sizes: readonly Dim[]): readonly Row[] => {
  const columns = new Map<string, number>();
  for (const d of sizes)
    for (const { monomial } of termsOf(d)) if (!columns.has(monomial.key)) columns.set(monomial.key, columns.size);
  return sizes.map((d) => {
    const row = new Float64Array(columns.size + 1);
    for (const { coefficient, monomial } of termsOf(d)) row[columns.get(monomial.key) ?? 0] = coefficient;
    row[columns.size] = constantOf(d);
    return row;
  });
};

/** The strictest row for each left side; `undefined` when one without variables is violated. */
const distinct = (rows: readonly Row[]): readonly Row[] | undefined => {
  const byHash = new Map<number, Row[]>();
  const kept: Row[] = [];
  for (const row of rows) {
    if (!tighten(row)) continue;
    const last = row.length - 1;
    const constant = row[last] ?? 0;
    const hash = leftHash(row);
    if (hash === 0 && !row.subarray(0, last).some((c) => c !== 0)) {
      if (constant < 0) return undefined;
      continue;
    }
    const bucket = byHash.get(hash);
    const same = bucket?.find((other) => haveSameLeft(row, other));
    if (same) same[last] = Math.min(constant, same[last] ?? 0);
    else {
      kept.push(row);
      if (bucket) bucket.push(row);
      else byHash.set(hash, [row]);
    }
  }
  return kept;
};

const leftHash = (row: Row): number => {
  let hash = 0;
  for (let i = 0; i < row.length - 1; i++) {
    const c = row[i] ?? 0;
    if (c !== 0) hash = Math.imul(hash ^ (c * (i + 1)), 0x01000193) ^ i;
  }
  return hash;
};

const haveSameLeft = (a: Row, b: Row): boolean => {
  for (let i = 0; i < a.length - 1; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** Divides by the common divisor and rounds the constant down; whether all numbers are small enough to be exact. */
const tighten = (row: Row): boolean => {
  const last = row.length - 1;
  let divisor = 0;
  for (let i = 0; i < row.length; i++) {
    const c = row[i] ?? 0;
    // Also what is no number is too large.
    if (!(Math.abs(c) <= tooLarge)) return false;
    if (i < last && divisor !== 1) divisor = gcd(divisor, c);
  }
  if (divisor > 1) for (let i = 0; i <= last; i++) row[i] = Math.floor((row[i] ?? 0) / divisor);
  return true;
};

/** Leaves out the rows with a variable that has one sign everywhere: it can be chosen so that they hold. */
const withoutUnbounded = (rows: readonly Row[]): readonly Row[] => {
  let kept = rows;
  for (;;) {
    const { plus, minus } = signsOf(kept);
    const next = kept.filter((row) => {
      for (let i = 0; i < plus.length; i++) if (row[i] !== 0 && !(plus[i] && minus[i])) return false;
      return true;
    });
    if (next.length === kept.length) return next;
    kept = next;
  }
};

/** How many rows have a positive and how many a negative number in a column. */
interface Signs {
  readonly plus: Uint32Array;
  readonly minus: Uint32Array;
}

const signsOf = (rows: readonly Row[]): Signs => {
  const columns = Math.max(0, (rows[0]?.length ?? 0) - 1);
  const signs = { plus: new Uint32Array(columns), minus: new Uint32Array(columns) };
  for (const row of rows) {
    for (let i = 0; i < columns; i++) {
      const c = row[i] ?? 0;
      if (c === 0) continue;
      const side = c > 0 ? signs.plus : signs.minus;
      side[i] = (side[i] ?? 0) + 1;
    }
  }
  return signs;
};

/** The variable whose elimination leaves the fewest rows. */
const cheapest = (rows: readonly Row[]): number | undefined => {
  let best: { readonly column: number; readonly cost: number } | undefined;
  const { plus, minus } = signsOf(rows);
  for (const [column, above] of plus.entries()) {
    const below = minus[column] ?? 0;
    const cost = above * below - above - below;
    if (above > 0 && (!best || cost < best.cost)) best = { column, cost };
  }
  return best?.column;
};

const eliminate = (rows: readonly Row[], column: number): readonly Row[] => {
  const next = rows.filter((row) => row[column] === 0);
  for (const lower of rows) {
    const p = lower[column] ?? 0;
    if (p <= 0) continue;
    for (const upper of rows) {
      const q = -(upper[column] ?? 0);
      if (q > 0) next.push(lower.map((c, i) => c * q + (upper[i] ?? 0) * p));
    }
  }
  return next;
};
