export { applyTree } from './apply';
export type { Check, CheckCode, Verdict } from './check';
export { evaluateSteps, fold, type Plan } from './fold';
export { IDENTITY, type Numbers, type Operator } from './operator';
export type { RuleId } from './rule';
export { largestDifference, type Tensor } from './tensor';
export type { Ref, Refusal, Step, Tree } from './tree';
