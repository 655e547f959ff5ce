import fc from 'fast-check';
import {
  add,
  type Condition,
  type Dim,
  evaluate,
  floorDiv,
  max,
  min,
  mod,
  mul,
  negate,
  sub,
  symbol,
} from '../../../src/core/dims';

/** An expression over four symbols, as a tree that can be built and computed independently of each other. */
export type Tree =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'symbol'; readonly name: SymbolName }
  | { readonly op: Operator; readonly left: Tree; readonly right: Tree };

type Operator = '+' | '-' | '*' | '//' | '%' | 'max' | 'min';

export type SymbolName = 'H' | 'W' | 'C' | 'g' | 'u';

export type Sample = Readonly<Record<SymbolName, number>>;

export const symbols: Readonly<Record<SymbolName, Dim>> = {
  H: symbol('H', 'H', 'free'),
  W: symbol('W', 'W', 'free'),
  C: symbol('C', 'C', 'rigid'),
  g: symbol('g', 'g', 'rigid'),
  u: symbol('u', 'u', 'unknown'),
};

const names: readonly SymbolName[] = ['H', 'W', 'C', 'g', 'u'];

/** Values that the roles of the symbols allow. */
export const samples: fc.Arbitrary<Sample> = fc.record({
  H: fc.integer({ min: 1, max: 40 }),
  W: fc.integer({ min: 1, max: 40 }),
  C: fc.integer({ min: -12, max: 40 }),
  g: fc.integer({ min: -6, max: 12 }),
  u: fc.integer({ min: 0, max: 20 }),
});

const symbolTrees: fc.Arbitrary<Tree> = fc.constantFrom(...names).map((name) => ({ op: 'symbol', name }));

const numberTrees = (min: number, max: number): fc.Arbitrary<Tree> =>
  fc.integer({ min, max }).map((value) => ({ op: 'number', value }));

const pairs = (op: fc.Arbitrary<Operator>, left: fc.Arbitrary<Tree>, right: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> =>
  fc.record({ op, left, right });

/** Expressions as they occur: mostly sums, products and divisions by small numbers, sometimes anything. */
export const trees: fc.Arbitrary<Tree> = fc.letrec<{ readonly tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'large', maxDepth: 6, withCrossShrink: true },
    symbolTrees,
    numberTrees(-9, 33),
    pairs(fc.constantFrom<Operator>('+', '-', '*', '+', '-'), tie('tree'), tie('tree')),
    pairs(fc.constantFrom<Operator>('//', '//', '%'), tie('tree'), numberTrees(-4, 16)),
    pairs(fc.constantFrom<Operator>('//', '%', 'max', 'min'), tie('tree'), tie('tree')),
  ),
})).tree;

/** The tree as a size; `undefined` when it divides by the number 0. */
export const build = (tree: Tree): Dim | undefined => {
  if (tree.op === 'number') return tree.value;
  if (tree.op === 'symbol') return symbols[tree.name];
  const [left, right] = [build(tree.left), build(tree.right)];
  if (left === undefined || right === undefined) return undefined;
  switch (tree.op) {
    case '+':
      return add(left, right);
    case '-':
      return sub(left, right);
    case '*':
      return mul(left, right);
    case '//':
      return right === 0 ? undefined : floorDiv(left, right);
    case '%':
      return right === 0 ? undefined : mod(left, right);
    case 'max':
      return max(left, right);
    case 'min':
      return min(left, right);
  }
};

/** The tree as Python computes it, on exact integers; `undefined` for a division by 0. */
export const compute = (tree: Tree, sample: Sample): bigint | undefined => {
  if (tree.op === 'number') return BigInt(tree.value);
  if (tree.op === 'symbol') return BigInt(sample[tree.name]);
  const [a, b] = [compute(tree.left, sample), compute(tree.right, sample)];
  if (a === undefined || b === undefined) return undefined;
  switch (tree.op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return b === 0n ? undefined : floorDivide(a, b);
    case '%':
      return b === 0n ? undefined : a - b * floorDivide(a, b);
    case 'max':
      return a - b > 0n ? a : b;
    case 'min':
      return a - b < 0n ? a : b;
  }
};

const floorDivide = (a: bigint, b: bigint): bigint => {
  const towardsZero = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? towardsZero - 1n : towardsZero;
};

/** Whether a value is known and small enough to be exact in every step. */
export const isSafe = (value: bigint | undefined): boolean =>
  value !== undefined && value < 2n ** 50n && value > -(2n ** 50n);

/** The value of a size for a sample. */
export const valueAt = (d: Dim, sample: Sample): number | undefined =>
  evaluate(d, (s) => (isName(s.name) ? sample[s.name] : undefined));

/** Whether a condition holds for a sample; `undefined` when it divides by 0. */
export const holds = (c: Condition, sample: Sample): boolean | undefined => {
  if ('left' in c) {
    const [left, right] = [valueAt(c.left, sample), valueAt(c.right, sample)];
    if (left === undefined || right === undefined) return undefined;
    return { eq: left === right, ne: left !== right, le: left <= right, lt: left < right }[c.kind];
  }
  const [divisor, dividend] = [valueAt(c.divisor, sample), valueAt(c.dividend, sample)];
  if (divisor === undefined || dividend === undefined || divisor === 0) return undefined;
  return (dividend % divisor === 0) === (c.kind === 'divides');
};

/** Conditions between two random sizes. */
export const conditions: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom('eq', 'ne', 'le', 'lt', 'divides', 'not-divides'), trees, trees)
  .map(([kind, left, right]) => ({ kind, left: build(left), right: build(right) }))
  .filter(({ left, right }) => left !== undefined && right !== undefined)
  .map(({ kind, left = 0, right = 0 }) =>
    kind === 'divides' || kind === 'not-divides' ? { kind, divisor: left, dividend: right } : { kind, left, right },
  );

/** Values with many divisors, as sizes in models have. */
export const roundSamples: fc.Arbitrary<Sample> = fc.record({
  H: fc.constantFrom(1, 2, 4, 6, 7, 8, 12, 16, 24, 32),
  W: fc.constantFrom(1, 2, 3, 4, 8, 14, 16, 32, 48),
  C: fc.constantFrom(-4, 0, 1, 3, 6, 8, 12, 24, 64),
  g: fc.constantFrom(-2, 1, 2, 3, 4, 6, 8),
  u: fc.constantFrom(0, 1, 2, 3, 8),
});

const smallTrees: fc.Arbitrary<Tree> = fc.oneof(
  symbolTrees,
  pairs(
    fc.constantFrom<Operator>('+', '-', '*', '*', '//', '%', 'max', 'min'),
    symbolTrees,
    fc.oneof(
      symbolTrees,
      fc.constantFrom(2, 3, 4, 8).map((value): Tree => ({ op: 'number', value })),
    ),
  ),
);

/** Small conditions that hold for the sample; equalities and divisibility are made to hold by adding a number. */
export const truths = (sample: Sample): fc.Arbitrary<Condition> =>
  fc
    .tuple(fc.constantFrom('eq', 'eq', 'le', 'divides', 'divides', 'lt', 'ne', 'not-divides'), smallTrees, smallTrees)
    .chain(([kind, a, b]) => {
      const [left, right] = [build(a), build(b)];
      const [x, y] = [compute(a, sample), compute(b, sample)];
      if (left === undefined || right === undefined || x === undefined || y === undefined)
        return fc.constant(undefined);
      if (kind === 'eq') return fc.constant({ kind, left, right: add(right, Number(x - y)) } as const);
      if (kind === 'divides' && x !== 0n) {
        return fc.constant({ kind, divisor: left, dividend: sub(right, Number(y - x * floorDivide(y, x))) } as const);
      }
      const c: Condition =
        kind === 'divides' || kind === 'not-divides'
          ? { kind: 'not-divides', divisor: left, dividend: right }
          : { kind, left, right };
      const truth = holds(c, sample);
      return fc.constant(truth === undefined ? undefined : truth ? c : negate(c));
    })
    .filter((c) => c !== undefined);

const isName = (name: string): name is SymbolName => name in symbols;
