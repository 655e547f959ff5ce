import { assume } from '../dims';
import type { Node } from '../syntax';
import type { Value } from '../values';
import { fork, resolve } from './branch';
import { raise } from './faults';
import { implied } from './implied';
import type { Machine } from './machine';
import { truth } from './truth';

/** An assertion is taken to hold: what it says is a fact from then on. One that is proved wrong raises. */
export const assertHolds = (m: Machine, node: Node, condition: Value): void => {
  const test = truth(m, condition);
  if (test.kind === 'known') {
    if (!test.value) raise(m, 'AssertionError', '', node, { code: 'assertion', data: {}, names: [] });
    return;
  }
  const { choice } = test;
  if (!test.direct) {
    // The alternative under which the assertion fails is not taken.
    const value = resolve(m, condition);
    if (value.kind !== 'either') return;
    const again = (): void => assertHolds(m, node, condition);
    fork(m, value.condition, again, again, () => undefined);
    return;
  }
  m.path = { choice, holds: test.holds, assumed: true, outer: m.path };
  const { relation } = choice;
  if (!relation) return;
  const fact = implied(m.facts, relation, test.holds);
  m.facts = assume(m.facts, fact) ?? m.facts;
  m.trace.requirements.push({ condition: fact, node, path: m.path });
};
