import type { LayerEvent, OpEvent, Trace } from '../interp';
import type { Arg } from '../ops';
import type { Node } from '../syntax';
import type { Value } from '../values';
import { layerOf } from './values';

/** One thing that ran: a module or an op. */
export type Step = LayerEvent | OpEvent;

export const isOp = (step: Step): step is OpEvent => 'args' in step;

/** Everything that ran, in order: an op stands behind the modules that had begun before it. What library layers do inside is left out. */
export const timeline = ({ events, ops }: Trace): readonly Step[] => {
  const steps: Step[] = [];
  let next = 0;
  for (const [i, event] of events.entries()) {
    for (let op = ops[next]; op && op.at <= i; op = ops[++next]) steps.push(op);
    steps.push(event);
  }
  for (const op of ops.slice(next)) steps.push(op);
  return steps.filter(({ parent }) => !layerOf(events[parent]?.layer));
};

/** The tensors and other values that a step was given; lists and tuples are looked into. */
export const given = (step: Step): readonly (Value | Arg)[] =>
  isOp(step)
    ? [...step.args.positional, ...step.args.keywords.values()].flatMap(flat)
    : [...step.inputs, ...step.keywords.values()].flatMap(flat);

const flat = (value: Value | Arg): readonly (Value | Arg)[] =>
  value.kind === 'tuple' || value.kind === 'list' || value.kind === 'sequence'
    ? value.items.flatMap((item: Value | Arg) => flat(item))
    : [value];

/** The call in the class's own code in which a step ran: its own, or that of a module around it. */
export const ownPlace = (trace: Trace, step: Step, own: ReadonlyMap<Node, unknown>): Node | undefined => {
  for (let at: Step | undefined = step; at; at = trace.events[at.parent])
    if (at.node && own.has(at.node)) return at.node;
  return undefined;
};

/** The module that gave a value. */
export const makerOf = ({ events }: Trace, value: Value | Arg | undefined): LayerEvent | undefined =>
  value && events.findLast(({ output }) => output === value);
