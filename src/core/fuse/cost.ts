import { atMost, type Dim, floorDiv, mul, product, sum } from '../dims';
import { type Check, check, type Judge } from './check';
import type { Operator } from './operator';

/** Multiply–adds of an operator for one position of its output. */
const perPosition = (operator: Operator): Dim => {
  switch (operator.op) {
    case 'conv':
      return product([operator.out, floorDiv(operator.in, operator.groups), ...operator.axes.map((a) => a.kernel)]);
    case 'transposed':
      return product([operator.out, floorDiv(operator.in, operator.groups), ...operator.axes.map((a) => a.kernel)]);
    case 'linear':
      return mul(operator.in, operator.out);
    case 'average':
    case 'diagonal':
      return 0;
  }
};

/** Whether one operator costs no more than two in a row. */
export const isCheaper = (judge: Judge, [a, b]: readonly [Operator, Operator], joined: Operator): Check => {
  const steps = b.op === 'conv' ? product(b.axes.map((axis) => axis.stride)) : 1;
  const apart = sum([mul(perPosition(a), steps), perPosition(b)]);
  const answer = check(judge, 'cheaper', [atMost(perPosition(joined), apart)]);
  return answer.verdict === 'depends' ? { ...answer, verdict: 'violated' } : answer;
};
