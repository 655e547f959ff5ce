import { type Condition, type Dim, decide, equal, type Facts } from '../dims';

/** `depends`: on a size or setting that is a parameter. */
export type Verdict = 'holds' | 'violated' | 'depends';

/** A condition of a rule, with what came of it. */
export interface Check {
  readonly code: CheckCode;
  readonly verdict: Verdict;
  /** What decides: refuted where it is violated, open where it depends. */
  readonly conditions: readonly Condition[];
}

/** What a rule needs; the texts are in `explain/fuse.ts`. */
export type CheckCode =
  | 'eval'
  | 'tracked'
  | 'norm-channels'
  | 'norm-axis'
  | 'constant-at-border'
  | 'constant-spread'
  | 'second-padding'
  | 'pointwise-bias-padding'
  | 'border-pointwise'
  | 'border-value'
  | 'one-stride'
  | 'one-size'
  | 'aligned'
  | 'one-mode'
  | 'one-output'
  | 'identity-stride'
  | 'identity-channels'
  | 'counts-padding'
  | 'no-ceil'
  | 'crop'
  | 'one-consumer'
  | 'one-call'
  | 'linear-between'
  | 'fixed-statistics'
  | 'cheaper'
  | 'cheaper-by-size';

/** Decides conditions in the light of what is known of the class. */
export interface Judge {
  readonly facts: Facts;
}

const all = (
  judge: Judge,
  conditions: readonly Condition[],
): { verdict: Verdict; conditions: readonly Condition[] } => {
  const open: Condition[] = [];
  for (const condition of conditions) {
    const answer = decide(judge.facts, condition);
    if (answer === false) return { verdict: 'violated', conditions: [condition] };
    if (answer === undefined) open.push(condition);
  }
  return { verdict: open.length === 0 ? 'holds' : 'depends', conditions: open };
};

/** A check whose conditions must all hold. */
export const check = (judge: Judge, code: CheckCode, conditions: readonly Condition[]): Check => ({
  code,
  ...all(judge, conditions),
});

/** A check that is known to hold or not. */
export const known = (code: CheckCode, holds: boolean): Check => ({
  code,
  verdict: holds ? 'holds' : 'violated',
  conditions: [],
});

/** A check that holds where one of several sets of conditions does; the best of them is told. */
export const oneOf = (judge: Judge, code: CheckCode, ways: readonly (readonly Condition[])[]): Check => {
  const answers = ways.map((conditions) => all(judge, conditions));
  const best =
    answers.find((a) => a.verdict === 'holds') ?? answers.find((a) => a.verdict === 'depends') ?? answers.at(0);
  return { code, ...(best ?? { verdict: 'violated', conditions: [] }) };
};

/** What holds in eval mode only, whatever the sizes. */
export const inEval: Check = { code: 'eval', verdict: 'depends', conditions: [] };

/** `d = 0` for each. */
export const none = (sizes: readonly Dim[]): readonly Condition[] => sizes.map((d) => equal(d, 0));

/** Whether nothing of a step is violated. */
export const isLegal = (checks: readonly Check[]): boolean => checks.every((c) => c.verdict !== 'violated');
