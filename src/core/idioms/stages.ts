import { carriers } from '../graph';
import type { LayerEvent } from '../interp';
import type { Value } from '../values';
import { chainOf, type Flow, type Work } from './flow';
import { isJoin, isWeighted, parameterBehind } from './works';

/** One step of the straight way through a module: a module that it calls, or work of its own. */
export type Stage =
  | { readonly kind: 'module'; readonly event: LayerEvent }
  | { readonly kind: 'work'; readonly work: Work };

/** The straight way from what a module gets to what it gives; undefined where ways part and meet on its own level. */
export const stagesOf = (flow: Flow, event: number): readonly Stage[] | undefined => {
  const { events } = flow.run.trace;
  const whole = events[event];
  const entries = new Set(whole ? inputsOf(whole).map((value) => flow.origin(value)) : []);
  if (!whole || entries.size === 0) return undefined;
  const joined = new Set<Value>();
  const stages: Stage[] = [];
  let at = flow.origin(soleTensor(whole.output));
  while (!entries.has(at)) {
    const work = flow.maker(at);
    const chain = work ? chainOf(events, work.parent) : [];
    const level = chain.indexOf(event);
    if (!work || level < 0 || stages.length > LONGEST) return undefined;
    const inner = events[chain[level - 1] ?? -1];
    const given = (inner ? inputsOf(inner) : work.inputs).map((value) => flow.origin(value));
    const leading = [...new Set(given)].filter((value) => [...entries].some((entry) => leads(flow, entry, value)));
    const only =
      inner || !isJoin(work) || leading.length === 1 ? sole(leading) : mainOf(flow, leading, entries, joined);
    if (!only || only === at) return undefined;
    stages.unshift(inner ? { kind: 'module', event: inner } : { kind: 'work', work });
    at = only;
  }
  // An input that is not joined on the way takes part somewhere all the same.
  if (entries.size !== joined.size + 1 || joined.has(at)) return undefined;
  // Where the way is lost on a side of a sum, what is left of it is not all that is done.
  const told = new Set(stages.map((stage) => (stage.kind === 'work' ? stage.work : undefined)));
  return flow.works.every((work) => work.parent !== event || !isWeighted(work) || told.has(work)) ? stages : undefined;
};

const LONGEST = 400;

const sole = ([only, more]: readonly Value[]): Value | undefined => (more ? undefined : only);

/**
 * The way on from a join: of `cat([skip, x])` that of `x` where `skip` is an input as it came; of parts that are picked
 * from what one step gave (`cat([h[-2], h[-1]])`), that step.
 */
const mainOf = (
  flow: Flow,
  leading: readonly Value[],
  entries: ReadonlySet<Value>,
  joined: Set<Value>,
): Value | undefined => {
  const ways = leading.filter((value) => !entries.has(value));
  if (ways.length === 1) {
    for (const value of leading) if (entries.has(value)) joined.add(value);
    return ways[0];
  }
  const sources = leading.map((value) => flow.maker(unpicked(flow, value)));
  const [first] = sources;
  const parts = leading.map((value) => unpicked(flow, value));
  return first && sources.every((source) => source === first) ? parts[0] : undefined;
};

/** What an element, a slice or a part is of. */
const unpicked = (flow: Flow, value: Value): Value => {
  const work = flow.maker(value);
  const [only, more] = work?.inputs ?? [];
  return work?.name === '[]' && only && !more ? unpicked(flow, flow.origin(only)) : value;
};

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
