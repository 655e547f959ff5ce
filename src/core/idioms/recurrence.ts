import { carriers } from '../graph';
import type { LayerEvent } from '../interp';
import type { Arg } from '../ops';
import type { Node } from '../syntax';
import type { Value } from '../values';
import type { Flow, Work } from './flow';
import { found, type Idiom } from './idiom';
import { fieldOf, isJoin } from './works';

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

/** `cat([h[-2], h[-1]])`: what the last layer of a bidirectional network ends with in either direction. */
export const lastStates = (flow: Flow): readonly Idiom[] =>
  flow.works.flatMap((join) => {
    const picks = isJoin(join) && join.inputs.length === 2 ? join.inputs.map((value) => flow.maker(value)) : [];
    const [states, other] = picks.map((pick) => (pick?.name === '[]' ? pick.inputs[0] : undefined));
    if (!states || !other || flow.origin(states) !== flow.origin(other)) return [];
    const network = flow.maker(states);
    const whole = network && hiddenStates(network);
    const places = picks.flatMap((pick) => pick?.op.args.positional.slice(1, 2) ?? []).map(placeOf);
    const layers = network && fieldOf(network, 'num_layers');
    const isLast = layers?.kind === 'int' && layers.value === 1 ? /^(-1,-2|0,1)$/ : /^-1,-2$/;
    if (!whole || flow.origin(whole) !== flow.origin(states) || !isLast.test(places.toSorted().join())) return [];
    return [found('last-states', join.parent, [join], join.output, [[join, 'join']])];
  });

/** `h` of `output, (h, c)` and of `output, h`, where both directions stand one behind the other. */
const hiddenStates = (network: Work): Value | undefined => {
  const isBoth = ['bidirectional', 'num_directions'].some((name) => {
    const value = fieldOf(network, name);
    return (value?.kind === 'bool' && value.value) || (value?.kind === 'int' && value.value === 2);
  });
  if (!/^(lstm|gru|rnn|simplernn)$/.test(network.name) || !isBoth || network.output.kind !== 'tuple') return undefined;
  const [, last] = network.output.items;
  return last?.kind === 'tuple' ? last.items[0] : last;
};

const placeOf = (index: Arg): number | undefined => {
  const first = index.kind === 'tuple' ? index.items[0] : index;
  return first?.kind === 'int' && typeof first.value === 'number' ? first.value : undefined;
};
