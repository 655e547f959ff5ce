import { candidatesOf } from '../fuse';
import type { ClassRun } from '../interp';
import { oncePer } from '../once';
import type { ClassUnit } from './analysis';

/**
 * The run of a class in which to look for what folds: the ordinary one; where it misses a branch, or nothing folds
 * in it, and more does with arguments that may be something else than their defaults, the one in which these are open.
 */
export const foldingRun = oncePer(({ run, explored }: ClassUnit): ClassRun => {
  const [open] = explored;
  const steps = stepsOf(run);
  if (!open || (steps > 0 && !isBroken(run))) return run;
  const { trace, facts, entries, self = run.self } = open;
  const other = { ...run, self, trace, facts, entries, output: undefined };
  return stepsOf(other) > steps ? other : run;
});

const stepsOf = (run: ClassRun): number =>
  candidatesOf(run).candidates.reduce((n, { plan }) => n + plan.steps.length, 0);

/** Whether something is called that is not there: a branch that only an argument brings. */
const isBroken = ({ trace }: ClassRun): boolean => trace.ops.some((op) => op.name === '?');
