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
  solve,
  strongest,
} from '../../../src/core/dims';
import { build, conditions, holds, type Sample, samples, symbols, trees, valueAt } from './expressions';

/** The conditions, each turned so that it holds for the sample, and the facts that they make together. */
const learn = (sample: Sample, wanted: readonly Condition[]): { facts: Facts; told: readonly Condition[] } => {
  let facts: Facts = noFacts;
  const told: Condition[] = [];
  for (const c of wanted) {
    const truth = holds(c, sample);
    if (truth === undefined) continue;
    const turned = truth ? c : negate(c);
    const next = assume(facts, turned);
    expect(next, `${told.map((t) => printCondition(t)).join(', ')} and ${printCondition(turned)}`).not.toBeNull();
    facts = next ?? facts;
    told.push(turned);
  }
  return { facts, told };
};

const lists = fc.array(conditions, { maxLength: 5 });

const check = (
  property: (sample: Sample, facts: Facts, told: readonly Condition[], c: Condition) => void,
  numRuns: number,
) =>
  fc.assert(
    fc.property(samples, lists, conditions, (sample, wanted, c) => {
      const { facts, told } = learn(sample, wanted);
      property(sample, facts, told, c);
    }),
    { numRuns },
  );

describe('facts that a sample satisfies', () => {
  it('never let it be refuted, nor prove what is false for it', () => {
    check((sample, facts, _, c) => {
      const truth = holds(c, sample);
      const decided = decide(facts, c);
      if (truth !== undefined && decided !== undefined) expect(decided, printCondition(c)).toBe(truth);
    }, 2000);
  });

  it('give conditions that are equivalent when solved', () => {
    check((sample, facts, _, c) => {
      const truth = holds(c, sample);
      if (truth === undefined) return;
      const solved = solve(c, facts);
      expect(holds(solved, sample) ?? truth, `${printCondition(c)} became ${printCondition(solved)}`).toBe(truth);
    }, 2000);
  });

  it('are implied by the strongest of the conditions', () => {
    check((sample, _, told) => {
      for (const c of strongest(told, noFacts)) expect(holds(c, sample)).not.toBe(false);
    }, 300);
  });
});

describe('a size under facts that a sample satisfies', () => {
  const checkSize = (
    property: (sample: Sample, facts: Facts, value: number, d: ReturnType<typeof build> & {}) => void,
    numRuns: number,
  ) =>
    fc.assert(
      fc.property(samples, lists, trees, (sample, wanted, tree) => {
        const { facts } = learn(sample, wanted);
        const d = build(tree);
        const value = d === undefined ? undefined : valueAt(d, sample);
        fc.pre(d !== undefined && value !== undefined && Number.isSafeInteger(value));
        property(sample, facts, value, d);
      }),
      { numRuns },
    );

  it('keeps its value when simplified', () => {
    checkSize((sample, facts, value, d) => {
      expect(valueAt(simplify(facts, d), sample), print(d)).toBe(value);
    }, 2000);
  });

  it('lies within its bounds', () => {
    checkSize((_, facts, value, d) => {
      const [low, high] = bounds(facts, d);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }, 1000);
  });

  it.each(['math', 'code'] as const)('is read back from its %s text', (style) => {
    checkSize((sample, facts, value, d) => {
      const text = print(d, { style, facts });
      const read = parse(text, (name) => symbols[name as keyof typeof symbols]);
      expect(read === undefined ? undefined : valueAt(read, sample), text).toBe(value);
    }, 1000);
  });
});
