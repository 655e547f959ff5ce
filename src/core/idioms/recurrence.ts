import { carriers } from '../graph';
import type { LayerEvent } from '../interp';
import type { Node } from '../syntax';
import type { Flow, Work } from './flow';
import { found, type Idiom } from './idiom';

/** A layer that a loop calls again with what it gave the time before, beside something new. */
export const recurrences = (flow: Flow): readonly Idiom[] => {
  const calls = new Map<Node, Map<string, LayerEvent[]>>();
  for (const event of flow.run.trace.events) {
    if (!event.node) continue;
    const byPlace = calls.get(event.node) ?? new Map<string, LayerEvent[]>();
    // What runs the whole model again, a training loop, makes none of its calls a recurrence.
    const place = `${event.layer.id} in ${event.parent}`;
    calls.set(event.node, byPlace.set(place, [...(byPlace.get(place)?.slice(0, 1) ?? []), event]));
  }
  return [...calls].flatMap(([node, byPlace]) => {
    const [first, again] = [...byPlace.values()].find(([, later]) => later !== undefined) ?? [];
    if (!first || !again || !feeds(flow, first, again)) return [];
    return [{ ...found('recurrence', first.parent, [], again.output, []), steps: [{ node, role: 'recur' as const }] }];
  });
};

/** Whether a later call gets what an earlier one gave, and a value that does not come from it. */
const feeds = (flow: Flow, earlier: LayerEvent, later: LayerEvent): boolean => {
  const given = carriers(earlier.output).map((value) => flow.origin(value));
  const isFed = (value: Parameters<Flow['origin']>[0]): boolean =>
    given.some((one) => flow.alternatives(value).includes(one) || flow.between(one, value) !== undefined);
  const inputs = [...later.inputs, ...later.keywords.values()].flatMap((value) => carriers(value));
  const fed = inputs.filter(isFed);
  if (fed.length === 0) return false;
  const fresh = inputs.some((value) => !isFed(value));
  return fresh || fed.some((value) => joinsNew(flow, flow.maker(value), isFed));
};

/** `cat([x[:, t], h])`: the new one is joined to the old one. */
const joinsNew = (flow: Flow, work: Work | undefined, isFed: (value: Work['output']) => boolean): boolean =>
  work !== undefined &&
  work.inputs.length > 1 &&
  work.inputs.some((value) => !isFed(value) && flow.maker(value) !== undefined);
