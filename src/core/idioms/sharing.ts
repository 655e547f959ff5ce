import { isSyntax } from '../syntax';
import type { ObjectValue, Value } from '../values';
import type { Flow } from './flow';
import { found, type Idiom } from './idiom';

/** `self.head.weight = self.embed.weight`: a tensor that two layers hold. */
export const tyings = ({ run: { trace } }: Flow): readonly Idiom[] =>
  [...trace.stores].flatMap(([node, value]) => {
    if (!isSyntax(node) || node.kind !== 'Attribute' || value.kind !== 'tensor' || !value.parameter?.trained) return [];
    const owner = trace.values.get(node.value)?.[0];
    const isElsewhere = holders(
      trace.events.map(({ layer }) => layer),
      value,
    ).some((layer) => layer !== owner);
    if (owner?.kind !== 'object' || !isElsewhere) return [];
    return [{ ...found('weight-tying', -1, [], value, []), steps: [{ node, role: 'tie' as const }] }];
  });

const holders = (layers: readonly ObjectValue[], value: Value): readonly ObjectValue[] =>
  layers.filter((layer) => [...layer.attrs.values()].includes(value));
