import { carriers } from '../graph';
import type { LayerEvent } from '../interp';
import type { Value } from '../values';
import { chainOf, type Flow, type Work } from './flow';
import { isWeighted, parameterBehind } from './works';

/** One step of the straight way through a module: a module that it calls, or work of its own. */
export type Stage =
  | { readonly kind: 'module'; readonly event: LayerEvent }
  | { readonly kind: 'work'; readonly work: Work };

/** The straight way from what a module gets to what it gives; undefined where ways part and meet on its own level. */
export const stagesOf = (flow: Flow, event: number): readonly Stage[] | undefined => {
  const { events } = flow.run.trace;
  const whole = events[event];
  const entries = new Set(whole ? inputsOf(whole).map((value) => flow.origin(value)) : []);
  if (!whole || entries.size !== 1) return undefined;
  const [entry] = entries;
  const stages: Stage[] = [];
  let at = flow.origin(soleTensor(whole.output));
  while (at !== entry) {
    const work = flow.maker(at);
    const chain = work ? chainOf(events, work.parent) : [];
    const level = chain.indexOf(event);
    if (!work || level < 0 || stages.length > LONGEST) return undefined;
    const inner = events[chain[level - 1] ?? -1];
    const given = (inner ? inputsOf(inner) : work.inputs).map((value) => flow.origin(value));
    const leading = [...new Set(given)].filter((value) => entry && leads(flow, entry, value));
    const [only, more] = leading;
    if (!only || more || only === at) return undefined;
    stages.unshift(inner ? { kind: 'module', event: inner } : { kind: 'work', work });
    at = only;
  }
  // Where the way is lost on a side of a sum, what is left of it is not all that is done.
  const told = new Set(stages.map((stage) => (stage.kind === 'work' ? stage.work : undefined)));
  return flow.works.every((work) => work.parent !== event || !isWeighted(work) || told.has(work)) ? stages : undefined;
};

const LONGEST = 400;

/** The one tensor of what a module gives where the rest of it is `None`: a loss that was not asked for. */
const soleTensor = (output: Value): Value => {
  const parts = output.kind === 'tuple' ? output.items.filter(({ kind }) => kind !== 'none') : [];
  const [only, more] = parts;
  return only && !more ? only : output;
};

const inputsOf = ({ inputs, keywords }: LayerEvent): readonly Value[] =>
  [...inputs, ...keywords.values()].flatMap((value) => carriers(value));

const leads = (flow: Flow, from: Value, to: Value): boolean =>
  from === to || (!parameterBehind(flow, to) && flow.between(from, to) !== undefined);
