/** Python's `a % b`: the sign of the divisor. Exact, unlike `a - b * Math.floor(a / b)`. Throws `RangeError` for 0. */
export const modulo = (a: number, b: number): number => {
  if (b === 0) throw new RangeError('division by zero');
  const rest = a % b;
  // The sum turns the -0 of JavaScript into 0.
  return (rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest) + 0;
};

/** Python's `a // b`. Throws `RangeError` for a divisor of 0. */
export const quotient = (a: number, b: number): number => (a - modulo(a, b)) / b + 0;

/** The greatest common divisor, not negative; `gcd(0, a) = |a|`. */
export const gcd = (a: number, b: number): number => {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  // What is no number (a size that ran over) ends the loop too.
  while (y > 0) [x, y] = [y, x % y];
  return x;
};

/** The least common multiple of two positive integers. */
export const lcm = (a: number, b: number): number => (a / gcd(a, b)) * b;

/** The number `x` with `a·x % k = 1`, or `undefined` when `a` and `k` have a common divisor. */
export const inverse = (a: number, k: number): number | undefined => {
  let [r0, r1, x0, x1] = [modulo(a, k), k, 1, 0];
  while (r1 > 0) {
    const q = Math.floor(r0 / r1);
    [r0, r1, x0, x1] = [r1, r0 - q * r1, x1, x0 - q * x1];
  }
  return r0 === 1 ? modulo(x0, k) : undefined;
};
