import { bareName, carriers, isLibraryLayer, isSilent } from '../graph';
import { type ClassRun, isKept, type LayerEvent, type OpEvent } from '../interp';
import type { Arg } from '../ops';
import type { Node } from '../syntax';
import type { ObjectValue, Value } from '../values';

/** One computation that ran: a layer of a library, a function, an operator. Numbers rise in the order of execution. */
export interface Work {
  readonly id: number;
  /** In lower case without underscores and the number of axes: `conv`, `adaptiveavgpool`, `softmax`, `+`, `@`. */
  readonly name: string;
  readonly layer: ObjectValue | undefined;
  readonly op: OpEvent;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly node: Node | undefined;
  /** The event of the module that it stands in. */
  readonly parent: number;
}

/** Whether no run does both: a condition holds for the one and fails for the other. */
export const isApart = (a: Work, b: Work): boolean => {
  const sides = new Map<string, boolean>();
  for (let path = a.op.path; path; path = path.outer) sides.set(path.choice.key, path.holds);
  for (let path = b.op.path; path; path = path.outer) {
    const other = sides.get(path.choice.key);
    if (other !== undefined && other !== path.holds) return true;
  }
  return false;
};

/** What of a run the idioms are read from. */
export interface Run extends Pick<ClassRun, 'trace' | 'facts'> {
  readonly output?: Value | undefined;
}

/** Who made which value out of which, over the whole run of a class. */
export interface Flow {
  readonly run: Run;
  readonly works: readonly Work[];
  /** The value itself, behind copies and what only keeps it differently. */
  readonly origin: (value: Value) => Value;
  /** What made a value; undefined for inputs, parameters, and where two ways meet. */
  readonly maker: (value: Value) => Work | undefined;
  readonly users: (work: Work) => readonly Work[];
  /** The values that may stand behind one where ways meet. */
  readonly alternatives: (value: Value) => readonly Value[];
  /** All work from one value to another, or undefined where no way leads there. */
  readonly between: (from: Value, to: Value) => readonly Work[] | undefined;
  /** Work that only passes its input on while the code is read: dropout, `contiguous`. */
  readonly silent: readonly Work[];
}

export const flowOf = (run: Run): Flow => {
  const all = run.trace.ops.map((op, id) => workOf(run, op, id));
  const makers = new Map<Value, Work>();
  const copies = new Map<Value, Value>();
  const silent: Work[] = [];
  const works: Work[] = [];
  const again = outerCallsAgain(run.trace.events);
  for (const work of all) {
    if (outputsOf(work).length === 0 || again.has(work.parent)) continue;
    const [only, more] = work.inputs;
    if (passesOn(work) && only && !more) {
      silent.push(work);
      for (const value of outputsOf(work)) if (!isAmong(value, only)) copies.set(value, only);
      continue;
    }
    works.push(work);
    for (const value of outputsOf(work)) if (!work.inputs.includes(value)) makers.set(value, work);
  }
  // What a layer gives that is only known to keep the shape is taken for its input.
  for (const { layer, inputs, output } of run.trace.events) {
    const [only] = isKept(layer.cls) ? inputs : [];
    if (only && !isAmong(output, only)) copies.set(output, only);
  }
  const step = (value: Value): readonly Value[] => {
    const copy = copies.get(value);
    if (copy) return [copy];
    if (makers.has(value) || (value.kind === 'tensor' && value.parameter)) return [];
    if (value.kind === 'either') return [value.yes, value.no];
    return run.trace.sources.get(value)?.values.flatMap((v) => carriers(v)) ?? [];
  };
  const alternatives = remembered((value: Value): readonly Value[] => ends(value, step));
  const origin = (value: Value): Value => {
    const [only, more] = alternatives(value);
    return only && !more ? only : value;
  };
  const maker = (value: Value): Work | undefined => makers.get(origin(value));
  const makersOf = remembered((value: Value): readonly Work[] =>
    alternatives(value).flatMap((one) => makers.get(one) ?? []),
  );
  const makersBehind = remembered((work: Work): readonly Work[] => [...new Set(work.inputs.flatMap(makersOf))]);
  const users = usersOf(works, makersBehind);
  return {
    run,
    works,
    origin,
    maker,
    users: (work) => users.get(work) ?? [],
    alternatives,
    between: (from, to) => between(origin(from), to, { makers, alternatives, makersOf, makersBehind }),
    silent,
  };
};

/** Whether a value is another one, or what that one is on one side of a condition. */
const isAmong = (value: Value, whole: Value): boolean =>
  value === whole || (whole.kind === 'either' && (isAmong(value, whole.yes) || isAmong(value, whole.no)));

/**
 * The events in later calls of a module that no other runs. A training script calls its model at many places; what the
 * model is made of the first call tells.
 */
const outerCallsAgain = (events: readonly LayerEvent[]): ReadonlySet<number> => {
  const called = new Set<ObjectValue>();
  const again = new Set<number>();
  for (const [index, { layer, parent }] of events.entries()) {
    if (parent < 0 ? called.has(layer) : again.has(parent)) again.add(index);
    else if (parent < 0) called.add(layer);
  }
  return again;
};

const workOf = ({ trace }: Run, op: OpEvent, id: number): Work => {
  const event = trace.events[op.parent];
  const inner = event && isLibraryLayer(event) && op.family?.kind === 'layer' ? event : undefined;
  const given = inner ? [...inner.inputs, ...inner.keywords.values()] : argumentsOf(op);
  return {
    id,
    name: nameOf(op),
    layer: inner?.layer,
    op,
    inputs: given.flatMap((value) => carriers(value)),
    output: inner ? inner.output : op.output,
    node: inner ? ownNode(inner, trace.events[inner.parent]) : op.node,
    parent: inner ? inner.parent : op.parent,
  };
};

/** The layers of a container all run at the call of the container: none of them has a place of its own. */
const ownNode = ({ node }: LayerEvent, outer: LayerEvent | undefined): Node | undefined =>
  outer?.node === node ? undefined : node;

const argumentsOf = ({ args }: OpEvent): readonly (Value | Arg)[] => [...args.positional, ...args.keywords.values()];

const nameOf = ({ name }: OpEvent): string =>
  bareName(name)
    .toLowerCase()
    .replaceAll('_', '')
    .replace(/(?<=[a-z])\dd/, '');

/** What a work gives: of a layer both what its op made and what the call returned. */
const outputsOf = ({ output, op }: Work): readonly Value[] =>
  [...new Set([output, op.output])].flatMap((v) => carriers(v));

const PASSING = new Set(['dropout', 'alphadropout', 'featuredropout', 'identity']);

const passesOn = ({ name }: Work): boolean => PASSING.has(name) || isSilent(name);

/** The function, its answers kept: a run is over when it is read, so none of them changes. */
const remembered = <K, V extends {}>(answer: (key: K) => V): ((key: K) => V) => {
  const answers = new Map<K, V>();
  return (key) => {
    const kept = answers.get(key) ?? answer(key);
    answers.set(key, kept);
    return kept;
  };
};

const ends = (value: Value, step: (value: Value) => readonly Value[]): readonly Value[] => {
  const found = new Set<Value>();
  const seen = new Set<Value>();
  const visit = (at: Value): void => {
    if (seen.has(at)) return;
    seen.add(at);
    const next = step(at);
    if (next.length === 0) found.add(at);
    for (const inner of next) visit(inner);
  };
  visit(value);
  return [...found];
};

const usersOf = (
  works: readonly Work[],
  makersBehind: (work: Work) => readonly Work[],
): ReadonlyMap<Work, readonly Work[]> => {
  const users = new Map<Work, Work[]>();
  for (const work of works)
    for (const made of makersBehind(work)) {
      const known = users.get(made);
      if (known) known.push(work);
      else users.set(made, [work]);
    }
  return users;
};

/** Who made what is asked again and again for the same values. */
interface Makers {
  readonly makers: ReadonlyMap<Value, Work>;
  readonly alternatives: Flow['alternatives'];
  readonly makersOf: (value: Value) => readonly Work[];
  readonly makersBehind: (work: Work) => readonly Work[];
}

const between = (
  from: Value,
  to: Value,
  { makers, alternatives, makersOf, makersBehind }: Makers,
): readonly Work[] | undefined => {
  const isFrom = (value: Value): boolean => alternatives(value).includes(from);
  const start = makers.get(from)?.id ?? -1;
  const isAfter = ({ id }: Work): boolean => id > start;
  const behind = new Set(makersOf(to).filter(isAfter));
  for (const work of behind) for (const made of makersBehind(work).filter(isAfter)) behind.add(made);
  const leading = new Set<Work>();
  for (const work of [...behind].sort((a, b) => a.id - b.id))
    if (work.inputs.some(isFrom) || makersBehind(work).some((made) => leading.has(made))) leading.add(work);
  return isFrom(to) || makersOf(to).some((work) => leading.has(work)) ? [...leading] : undefined;
};

/** The innermost module event around all of some works. */
export const commonParent = ({ run }: Flow, works: readonly Work[]): number => {
  const chains = works.map(({ parent }) => chainOf(run.trace.events, parent));
  const [first] = chains;
  return first?.find((event) => chains.every((chain) => chain.includes(event))) ?? -1;
};

/** A module event and those around it, innermost first. */
export const chainOf = (events: readonly LayerEvent[], event: number): readonly number[] => {
  const chain: number[] = [];
  for (let at = event; at >= 0; at = events[at]?.parent ?? -1) chain.push(at);
  return chain;
};
