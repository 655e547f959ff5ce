import { commit, open, rollback } from '../values';
import { exhaustionOf } from './exhaustion';
import type { Machine } from './machine';

/**
 * Runs `body` with at most so many steps of the budget. Undefined when it needs more, or more depth than there is: what
 * it had changed until then is taken back.
 */
export const within = <T>(m: Machine, steps: number, body: () => T): { readonly value: T } | undefined => {
  const before = m.budget.steps;
  const allowed = Math.min(before, steps);
  const saved = { frame: m.frame, path: m.path, facts: m.facts, tries: m.tries };
  const depth = m.journal.levels.length;
  m.budget.steps = allowed;
  open(m.journal);
  try {
    const value = body();
    commit(m.journal);
    return { value };
  } catch (thrown) {
    if (exhaustionOf(thrown)) {
      while (m.journal.levels.length > depth) rollback(m.journal);
      Object.assign(m, saved);
      if (allowed === before) throw thrown;
      return undefined;
    }
    while (m.journal.levels.length > depth) commit(m.journal);
    throw thrown;
  } finally {
    m.budget.steps += before - allowed;
  }
};
