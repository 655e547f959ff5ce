import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assume,
  bounds,
  type Condition,
  decide,
  type Facts,
  negate,
  noFacts,
  parse,
  print,
  printCondition,
  simplify,
  solveAll,
  strongest,
} from '../../../src/core/dims';
import {
  build,
  conditions,
  holds,
  roundSamples,
  type Sample,
  samples,
  symbols,
  trees,
  truths,
  valueAt,
} from './expressions';

/** Values for the symbols, conditions that hold for them, and one more condition of which nothing is known. */
interface Case {
  readonly sample: Sample;
  readonly told: readonly Condition[];
  readonly asked: Condition;
}

const turned = (c: Condition, sample: Sample): readonly Condition[] => {
  const truth = holds(c, sample);
  return truth === undefined ? [] : [truth ? c : negate(c)];
};

const anyCases: fc.Arbitrary<Case> = fc
  .tuple(samples, fc.array(conditions, { maxLength: 4 }), conditions)
  .map(([sample, wanted, asked]) => ({ sample, asked, told: wanted.flatMap((c) => turned(c, sample)) }));

/** Equalities and divisibilities between small sizes, as models give them. */
const modelCases: fc.Arbitrary<Case> = roundSamples.chain((sample) =>
  fc.record({
    sample: fc.constant(sample),
    told: fc.array(truths(sample), { maxLength: 6 }),
    asked: fc.oneof(conditions, truths(sample)),
  }),
);

const cases = fc.oneof({ weight: 1, arbitrary: anyCases }, { weight: 3, arbitrary: modelCases });

const texts = (told: readonly Condition[]) => told.map((c) => printCondition(c)).join(', ');

const learn = (told: readonly Condition[]): Facts => {
  let facts: Facts = noFacts;
  for (const c of told) {
    const next = assume(facts, c);
    expect(next, `${texts(told)} at ${printCondition(c)}`).not.toBeNull();
    facts = next ?? facts;
  }
  return facts;
};

// The longest of these takes about two seconds on an idle machine.
const options = { timeout: 60_000 };

describe('facts that hold for a sample', () => {
  const check = (numRuns: number, property: (facts: Facts, c: Case, truth: boolean) => void) =>
    fc.assert(
      fc.property(cases, (c) => {
        const truth = holds(c.asked, c.sample);
        const facts = learn(c.told);
        if (truth !== undefined) property(facts, c, truth);
      }),
      { numRuns },
    );

  it('never prove or refute what is otherwise for it', options, () => {
    check(400, (facts, { told, asked }, truth) => {
      expect(decide(facts, asked) ?? truth, `${texts(told)} |- ${printCondition(asked)}`).toBe(truth);
    });
  });

  it('give conditions that are equivalent when solved', options, () => {
    check(400, (facts, { sample, told, asked }, truth) => {
      const solved = solveAll(asked, facts);
      const all = solved.every((c) => holds(c, sample) ?? true);
      const known = solved.every((c) => holds(c, sample) !== undefined);
      if (known) expect(all, `${texts(told)} |- ${printCondition(asked)} is ${texts(solved)}`).toBe(truth);
    });
  });

  it('imply each other with the strongest of them', options, () => {
    fc.assert(
      fc.property(modelCases, ({ sample, told }) => {
        const kept = strongest(told, noFacts);
        for (const c of kept) expect(holds(c, sample) ?? true, `${printCondition(c)} of ${texts(told)}`).toBe(true);
        const facts = learn(kept);
        for (const c of told) expect(decide(facts, c), `${texts(kept)} |- ${printCondition(c)}`).not.toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a size under facts that hold for a sample', () => {
  it('keeps its value when simplified and printed, and lies within its bounds', options, () => {
    fc.assert(
      fc.property(cases, trees, ({ sample, told }, tree) => {
        const [d, facts] = [build(tree), learn(told)];
        const value = d === undefined ? undefined : valueAt(d, sample);
        fc.pre(d !== undefined && value !== undefined && Number.isSafeInteger(value));
        const context = `${texts(told)} |- ${print(d)}`;
        expect(valueAt(simplify(facts, d), sample), context).toBe(value);
        const [low, high] = bounds(facts, d);
        expect(low <= value && value <= high, `${context} in ${low} to ${high}`).toBe(true);
        for (const style of ['math', 'code'] as const) {
          const text = print(d, { style, facts });
          const read = parse(text, (name) => Object.entries(symbols).find(([own]) => own === name)?.[1]);
          expect(read === undefined ? undefined : valueAt(read, sample), `${context} as ${text}`).toBe(value);
        }
      }),
      { numRuns: 500 },
    );
  });
});
