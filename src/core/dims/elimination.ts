import { constantOf, type Dim, termsOf } from './dim';
import { gcd } from './integers';

/**
 * Whether no integers satisfy all of `sizes >= 0`, with every product of factors taken as a variable of its own:
 * Fourier–Motzkin elimination with coefficients divided by their greatest common divisor. `false` means not shown,
 * also when the bound on the number of inequalities is reached.
 */
export const areInfeasible = (sizes: readonly Dim[]): boolean => {
  let rows = distinct(rowsOf(sizes));
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
type Row = readonly number[];

const limit = 160;

const rowsOf = (sizes: readonly Dim[]): readonly Row[] => {
  const columns = new Map<string, number>();
  for (const { monomial } of sizes.flatMap(termsOf)) {
    if (!columns.has(monomial.key)) columns.set(monomial.key, columns.size);
  }
  return sizes.map((d) => {
    const row = new Array<number>(columns.size + 1).fill(0);
    for (const { coefficient, monomial } of termsOf(d)) row[columns.get(monomial.key) ?? 0] = coefficient;
    row[columns.size] = constantOf(d);
    return row;
  });
};

/** The strictest row for each left side; `undefined` when one without variables is violated. */
const distinct = (rows: readonly Row[]): readonly Row[] | undefined => {
  const strictest = new Map<string, Row>();
  for (const row of rows) {
    const tight = tighten(row);
    if (!tight) continue;
    const constant = tight.at(-1) ?? 0;
    const key = tight.slice(0, -1).join();
    if (/[1-9]/.test(key)) {
      const seen = strictest.get(key)?.at(-1);
      if (seen === undefined || constant < seen) strictest.set(key, tight);
    } else if (constant < 0) return undefined;
  }
  return [...strictest.values()];
};

/** Divided by the common divisor, the constant rounded down; `undefined` when a number is too large to be exact. */
const tighten = (row: Row): Row | undefined => {
  let divisor = 0;
  for (let i = 0; i < row.length - 1; i++) divisor = gcd(divisor, row[i] ?? 0);
  if (row.some((c) => Math.abs(c) > 2 ** 40)) return undefined;
  if (divisor <= 1) return row;
  return row.map((c, i) => (i < row.length - 1 ? c / divisor : Math.floor(c / divisor)));
};

/** Leaves out the rows with a variable that has one sign everywhere: it can be chosen so that they hold. */
const withoutUnbounded = (rows: readonly Row[]): readonly Row[] => {
  let kept = rows;
  for (;;) {
    const signs = signsOf(kept);
    const next = kept.filter((row) => signs.every(({ plus, minus }, i) => row[i] === 0 || (plus > 0 && minus > 0)));
    if (next.length === kept.length) return next;
    kept = next;
  }
};

const signsOf = (rows: readonly Row[]): readonly { plus: number; minus: number }[] => {
  const signs = Array.from({ length: Math.max(0, (rows[0]?.length ?? 0) - 1) }, () => ({ plus: 0, minus: 0 }));
  for (const row of rows) {
    for (const [i, sign] of signs.entries()) {
      const c = row[i] ?? 0;
      if (c > 0) sign.plus++;
      else if (c < 0) sign.minus++;
    }
  }
  return signs;
};

/** The variable whose elimination leaves the fewest rows. */
const cheapest = (rows: readonly Row[]): number | undefined => {
  let best: { readonly column: number; readonly cost: number } | undefined;
  for (const [column, { plus, minus }] of signsOf(rows).entries()) {
    const cost = plus * minus - plus - minus;
    if (plus > 0 && (!best || cost < best.cost)) best = { column, cost };
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
