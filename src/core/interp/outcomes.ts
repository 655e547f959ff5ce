import { assume } from '../dims';
import type { Outcome } from '../ops';
import type { Node } from '../syntax';
import { fromArg, type Value } from '../values';
import { fail } from './faults';
import type { Machine } from './machine';
import type { OpCall } from './trace';

/** Takes over what an op has said: demands on entries, conditions that must hold, a fault; gives its value. */
export const settleOutcome = (
  m: Machine,
  outcome: Outcome,
  node: Node | undefined,
  op: OpCall,
  exception = 'RuntimeError',
): Value => {
  const output = fromArg(outcome.value);
  noteOp(m, op, node, output, outcome.fault);
  for (const demand of outcome.demands) m.trace.demands.push({ ...demand, node });
  if (outcome.fault) {
    const failed = fail(m, exception, outcome.fault, node);
    m.trace.sources.set(failed, { values: [output] });
    return failed;
  }
  for (const { condition, fault } of outcome.requires) {
    m.trace.requirements.push({ condition, node, path: m.path, fault });
    m.facts = assume(m.facts, condition) ?? m.facts;
  }
  for (const condition of outcome.assumes) {
    m.trace.assumptions.push({ condition, node, path: m.path });
    m.facts = assume(m.facts, condition) ?? m.facts;
  }
  return output;
};

/** Writes down that an op ran, for those who follow the flow of data. */
export const noteOp = (
  m: Machine,
  op: OpCall,
  node: Node | undefined,
  output: Value,
  fault?: Outcome['fault'],
): void => {
  const { trace } = m;
  trace.ops.push({
    ...op,
    output,
    fault,
    node,
    module: m.frame?.module,
    parent: trace.running,
    at: trace.events.length,
    path: m.path,
    repeat: trace.repeat,
  });
};
