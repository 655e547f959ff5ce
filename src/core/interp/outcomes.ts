import { assume } from '../dims';
import type { Outcome } from '../ops';
import type { Node } from '../syntax';
import { fromArg, type Value } from '../values';
import { fail } from './faults';
import type { Machine } from './machine';

/** Takes over what an op has said: demands on entries, conditions that must hold, a fault; gives its value. */
export const settleOutcome = (
  m: Machine,
  outcome: Outcome,
  node: Node | undefined,
  exception = 'RuntimeError',
): Value => {
  for (const demand of outcome.demands) m.trace.demands.push({ ...demand, node });
  if (outcome.fault) return fail(m, exception, outcome.fault, node);
  for (const { condition, fault } of outcome.requires) {
    m.trace.requirements.push({ condition, node, path: m.path, fault });
    m.facts = assume(m.facts, condition) ?? m.facts;
  }
  for (const condition of outcome.assumes) {
    m.trace.assumptions.push({ condition, node, path: m.path });
    m.facts = assume(m.facts, condition) ?? m.facts;
  }
  return fromArg(outcome.value);
};
