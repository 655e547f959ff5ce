import type { ObjectValue } from '../values';
import { chainOf, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import { isLinear, isMove, isProduct, walkBack } from './works';

/** Scores choose for each token some of several modules of one class; what these give is weighted and added: a mixture. */
export const mixtures = (flow: Flow): readonly Idiom[] =>
  flow.works
    .filter(({ name }) => name === 'topk')
    .flatMap((choice) => {
      const { events } = flow.run.trace;
      for (const parent of chainOf(events, choice.parent)) {
        const inside = flow.works.filter((work) => chainOf(events, work.parent).includes(parent));
        const experts = expertsIn(flow, parent, choice, inside);
        const last = inside.at(-1);
        if (experts.length < 2 || !last) continue;
        const count = choice.op.args.positional[1] ?? choice.op.args.keywords.get('k');
        const chosen = count?.kind === 'int' ? count.value : undefined;
        const sizes = { experts: experts.length, ...(chosen !== undefined && { chosen }) };
        return [found('mixture', parent, inside, last.output, [], sizes)];
      }
      return [];
    });

/** The modules of one class that run on a choice of the tokens, and of which the result is weighted by the scores. */
const expertsIn = (flow: Flow, parent: number, choice: Work, inside: readonly Work[]): readonly ObjectValue[] => {
  const { events } = flow.run.trace;
  const scored = choice.inputs[0];
  if (!scored || !inside.some((work) => isLinear(work) && flow.between(work.output, scored))) return [];
  const weighted = inside.filter(
    (work) =>
      isProduct(work) &&
      work.inputs.some((value) => flow.between(choice.output, value) || isChosen(flow, choice, value)),
  );
  const run = events.flatMap((event) => {
    const [input] = event.inputs;
    const isPart = event.parent === parent && input !== undefined && flow.maker(input)?.name === '[]';
    const isWeighted = weighted.some((work) =>
      work.inputs.some((value) => flow.origin(value) === flow.origin(event.output)),
    );
    return isPart && isWeighted ? [event.layer] : [];
  });
  const [first] = run;
  return [...new Set(run.filter((layer) => layer.cls === first?.cls))];
};

/** Whether a value is a part of what was made of the scores after the choice. */
const isChosen = (flow: Flow, { output }: Work, value: Parameters<Flow['origin']>[0]): boolean => {
  const { value: end } = walkBack(flow, value, (work) => isMove(work) || work.name === 'softmax');
  const parts = output.kind === 'tuple' ? output.items : [output];
  return parts.some((part) => flow.between(part, end) !== undefined);
};
