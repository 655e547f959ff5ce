import type { ClassRun } from '../../interp';
import { candidatesOf } from '../candidates';
import { evaluateSteps } from '../fold';
import type { Numbers, Operator } from '../operator';
import type { RegionLayer } from '../regions';
import { filled, zeros } from '../tensor';
import { held } from './call';
import { numbersOfCall } from './layers';

/** The one layer that a region becomes, with its numbers. */
export interface Folded {
  readonly operator: Operator;
  readonly numbers: Numbers;
}

/**
 * What our plan makes of the largest region of a run, from the numbers that its layers hold; undefined where it
 * does not read the input, or other layers do too: then it is a part only of what the class adds up.
 */
export const foldedNumbers = (run: ClassRun): Folded | undefined => {
  const { candidates, wires } = candidatesOf(run);
  const whole = candidates.filter(
    ({ plan: { rest }, region }) =>
      rest.kind === 'one' &&
      rest.ref.kind === 'step' &&
      wires.graph.nodes[region.source]?.role === 'input' &&
      wires.from(region.source).every((edge) => region.nodes.has(edge.to)),
  );
  const [best] = whole.toSorted((a, b) => b.plan.steps.length - a.plan.steps.length);
  if (best?.plan.rest.kind !== 'one') return undefined;
  const layers = best.region.layers.map(layerNumbers);
  if (layers.some((n) => n === undefined)) return undefined;
  const { operator, ref } = best.plan.rest;
  return { operator, numbers: evaluateSteps(best.plan.steps, (id) => layers[id] ?? UNCHANGED)(ref) };
};

const UNCHANGED: Numbers = { weight: filled([1], () => 1), bias: zeros(1) };

const layerNumbers = ({ node, operator, role }: RegionLayer): Numbers | undefined => {
  // A border that fits changes no numbers, another one folds into nothing.
  if (operator.op === 'border') return UNCHANGED;
  if (role === 'sign') return { weight: filled([1], () => -1), bias: zeros(1) };
  if (operator.op !== 'diagonal' || operator.role === 'norm' || operator.role === 'identity')
    return numbersOfCall(operator, { read: node });
  const other = node.ran?.args.positional.find((a) => a.kind !== 'tensor' || 'parameter' in a);
  const value = held(other);
  if (!value) return undefined;
  const row = { shape: [value.data.length], data: value.data };
  return operator.role === 'scale'
    ? { weight: row, bias: zeros(value.data.length) }
    : { weight: filled(row.shape, () => 1), bias: row };
};
