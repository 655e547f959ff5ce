import { describe, expect, test } from 'vitest';
import { noFacts } from '../../../src/core/dims';
import {
  applyTree,
  type CheckCode,
  evaluateSteps,
  fold,
  type Numbers,
  type Ref,
  type Tree,
} from '../../../src/core/fuse';
import { type Case, factsOf, isFixed, type Recorded, tensorOf, treeOf } from './cases';

/** Equal to 1e-12 of the largest number. */
const expectSame = (found: { shape: readonly number[]; data: Float64Array }, expected: Recorded): void => {
  expect(found.shape).toEqual(expected.shape);
  const scale = Math.max(1, ...expected.data.map(Math.abs));
  const gap = Math.max(...expected.data.map((value, i) => Math.abs(value - (found.data[i] ?? Number.NaN))));
  expect(gap / scale).toBeLessThan(1e-12);
};

const layersAlone =
  (numbers: readonly Numbers[]) =>
  (ref: Ref): Numbers =>
    evaluateSteps([], (id) => {
      const own = numbers[id];
      if (!own) throw new RangeError('a layer without numbers');
      return own;
    })(ref);

/** As a branch: two convolutions in a row become one whatever that costs. */
const planOf = ({ tree: recorded }: Case) => {
  const { tree, numbers } = treeOf(recorded);
  const plan = fold({ facts: noFacts }, { kind: 'sum', parts: [tree] });
  return {
    tree,
    plan,
    apart: layersAlone(numbers),
    together: evaluateSteps(plan.steps, (id) => layersAlone(numbers)({ kind: 'layer', id })),
  };
};

/** What the illegal cases of each rule violate. */
const WHY: Readonly<Record<string, readonly CheckCode[]>> = {
  F1: ['tracked'],
  F2: ['norm-channels', 'norm-axis'],
  F3: ['norm-channels', 'norm-axis'],
  F4: ['constant-at-border'],
  F5: ['tracked'],
  F6: ['constant-spread'],
  F7: ['one-mode'],
  F8: ['one-size'],
  F8g: ['one-stride'],
  F9: ['identity-channels'],
  F10: ['tracked'],
  F11: ['one-size'],
  F12: ['pointwise-bias-padding'],
  F13: ['second-padding'],
  F14: ['second-padding'],
  F15: ['counts-padding', 'no-ceil'],
  F16: ['pointwise-bias-padding', 'border-value', 'border-pointwise'],
  F17: ['identity-stride'],
  F18: ['norm-channels'],
  F19: ['constant-at-border'],
  F20: ['identity-stride'],
  F21: ['tracked'],
  F22: ['one-size'],
  F23: ['one-mode'],
  F24: ['constant-spread', 'one-size'],
};

/** The rules whose numbers are recorded from Paddle too. */
const OF_PADDLE = ['F1', 'F5', 'F7', 'F8', 'F9', 'F10', 'F15', 'F16', 'F22'];

describe.each(['torch', 'paddle'] as const)('recorded from %s', (library) => {
  const { cases } = factsOf(library);

  test.each(cases.flatMap((c, i) => (c.output && isFixed(c.tree) ? [[c.rule, i, c, c.output] as const] : [])))(
    '%s (%i): the layers one after the other give what they give there',
    (_rule, _i, one, output) => {
      const { tree, apart } = planOf(one);
      expectSame(applyTree(tree, apart, tensorOf(one.input)), output);
    },
  );

  test.each(cases.flatMap((c, i) => (c.legal && c.output ? [[c.rule, i, c, c.output] as const] : [])))(
    '%s (%i): folds into one layer that gives the same',
    (_rule, _i, one, output) => {
      const { plan, together } = planOf(one);
      expect(plan.refusals).toEqual([]);
      expect(plan.rest.kind).toBe('one');
      expectSame(applyTree(plan.rest, together, tensorOf(one.input)), output);
    },
  );

  test.each(cases.flatMap((c, i) => (c.legal ? [] : [[c.rule, i, c] as const])))(
    '%s (%i): is refused, with what is violated',
    (rule, _i, one) => {
      const { plan } = planOf(one);
      const violated = plan.refusals.flatMap((r) => r.checks.filter((c) => c.verdict === 'violated'));
      expect(violated.length).toBeGreaterThan(0);
      expect(WHY[rule]).toEqual(expect.arrayContaining(violated.map((c) => c.code)));
    },
  );

  test.each(cases.flatMap((c, i) => (!c.legal && c.output ? [[c.rule, i, c, c.output] as const] : [])))(
    '%s (%i): would give something else if it were folded all the same',
    (_rule, _i, one, output) => {
      const { plan, together } = planOf(one);
      const { rest, refusals } = plan;
      const refused = refusals.at(-1);
      // Where one rule is all that is left to do, what it would make is held against what the library gives.
      const isAll =
        refused && (rest.kind === 'chain' ? rest.parts.length === refused.inputs.length : rest.kind === 'one');
      if (!isAll) return;
      const tree: Tree = { kind: 'one', ref: { kind: 'identity' }, operator: refused.result };
      const wrong = applyTree(tree, () => refused.compute(refused.inputs.map(together)), tensorOf(one.input));
      const isSame = wrong.shape.join() === output.shape.join();
      const gap = Math.max(...output.data.map((value, i) => Math.abs(value - (wrong.data[i] ?? 0))));
      expect(isSame ? gap : Number.POSITIVE_INFINITY).toBeGreaterThan(1e-3);
    },
  );

  test('every rule has a case that is legal and one that is not', () => {
    const rules = library === 'torch' ? Object.keys(WHY) : OF_PADDLE;
    const having = (legal: boolean) => new Set(cases.filter((c) => c.legal === legal).map((c) => c.rule));
    expect(rules.filter((rule) => !having(true).has(rule) || !having(false).has(rule))).toEqual([]);
  });
});
