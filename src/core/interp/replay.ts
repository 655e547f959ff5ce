import type { Arg, CallArgs } from '../ops';
import type { Node } from '../syntax';
import { births, commit, type HeapValue, isShared, type ObjectValue, open, type Value } from '../values';
import { type Description, describe } from './describe';
import type { Args, Machine } from './machine';
import { fingerprint, type LayerEvent, type OpEvent, record, type Trace } from './trace';

/** What a call of a module has noticed, and under which circumstances: one that is alike notices the same. */
interface Recording {
  readonly circumstances: readonly unknown[];
  readonly depth: number;
  readonly given: Description;
  readonly output: Value;
  readonly event: number;
  readonly events: readonly LayerEvent[];
  readonly ops: readonly OpEvent[];
  readonly seen: readonly (readonly [Node, Value])[];
  readonly requirements: Trace['requirements'];
  readonly assumptions: Trace['assumptions'];
  /** What it costs to notice all that again, in steps of the budget: far less than to find it out. */
  readonly steps: number;
}

interface Calls {
  /** How often a class was called with inputs of these shapes. */
  readonly counts: Map<string, number>;
  /** By what was given to a call. */
  readonly recordings: Map<string, Recording>;
}

const calls = new WeakMap<Trace, Calls>();

/**
 * Runs the `forward` of a module, or answers it from a call of an instance that holds the same, with inputs that are the
 * same: the twelfth block of a network notices what the second one did. A call is only kept that read nothing but its
 * instance and its arguments and has changed nothing but its own values; `run` is what it does.
 */
export const replayed = (m: Machine, self: ObjectValue, args: Args, run: () => Value): Value => {
  if (!m.recorder.isOn || m.exploring || m.arithmetic || m.trace.repeat !== null || args.open || args.rest)
    return run();
  if (!self.cls.site || self.cls.attrs.get('forward')?.kind !== 'function') return run();
  const known = calls.get(m.trace) ?? { counts: new Map(), recordings: new Map() };
  calls.set(m.trace, known);
  const inputs = [...args.positional, ...args.keywords.values()].map(fingerprint).join();
  const call = `${self.cls.id} ${inputs}`;
  const count = (known.counts.get(call) ?? 0) + 1;
  known.counts.set(call, count);
  // Most modules are called once. The first call of several is the one in which conditions are met that later ones know.
  const given = count > 1 ? describe(m, [self, ...args.positional], args.keywords) : undefined;
  if (!given) return run();
  const before = known.recordings.get(given.key);
  if (before && isSame(m, before)) return replay(m, before, given);
  const { value, recording } = recorded(m, given, run);
  if (recording) known.recordings.set(given.key, recording);
  return value;
};

/** What a call may read beside what it is given, as long as that is immutable. */
const circumstancesOf = (m: Machine): readonly unknown[] => [
  m.facts,
  m.path,
  m.tries,
  m.recorder.shared(),
  m.trace.assumed.size,
  m.trace.kept.size,
  m.training,
];

const isSame = (m: Machine, { circumstances, depth, steps }: Recording): boolean =>
  (m.frame?.depth ?? 0) <= depth &&
  steps < m.budget.steps &&
  circumstancesOf(m).every((one, i) => one === circumstances[i]);

const recorded = (
  m: Machine,
  given: Description,
  run: () => Value,
): { readonly value: Value; readonly recording?: Recording } => {
  const { trace, recorder, journal } = m;
  const marks = marksOf(m);
  const start = { events: trace.events.length, ops: trace.ops.length, seen: recorder.seen.length };
  const conditions = { requirements: trace.requirements.length, assumptions: trace.assumptions.length };
  const level = journal.levels.length;
  open(journal);
  recorder.active++;
  try {
    const value = run();
    const changed = [...(journal.levels[level]?.keys() ?? [])];
    if (!changed.some((one) => isOutside(one, given)) && marksOf(m).every((mark, i) => mark === marks[i])) {
      const noticed = {
        events: trace.events.slice(start.events),
        ops: trace.ops.slice(start.ops),
        seen: recorder.seen.slice(start.seen),
      };
      const recording: Recording = {
        ...noticed,
        circumstances: circumstancesOf(m),
        depth: m.frame?.depth ?? 0,
        given,
        output: value,
        event: trace.running,
        requirements: trace.requirements.slice(conditions.requirements),
        assumptions: trace.assumptions.slice(conditions.assumptions),
        steps: noticed.events.length + noticed.ops.length + noticed.seen.length,
      };
      return recording.ops.some(({ output }) => hasUnknownRank(output)) ? { value } : { value, recording };
    }
    return { value };
  } finally {
    while (journal.levels.length > level) commit(journal);
    if (--recorder.active === 0) recorder.seen.length = 0;
  }
};

/** What stays as it is when a call has no effect beyond its own values and needs nothing that is new each time. */
const marksOf = (m: Machine): readonly unknown[] => [
  ...circumstancesOf(m),
  m.trace,
  m.nextId,
  m.recorder.outside,
  m.recorder.unknowns,
  m.inner.size,
  m.trace.problems.length,
  m.trace.demands.length,
  m.raising.length,
];

/** Whether something was there before the call: the variables of its functions and what they hold are its own. */
const isOutside = (value: HeapValue, { values }: Description): boolean =>
  isShared(value) || (value.kind !== 'scope' && values.has(value));

/** A tensor of unknown rank has a shape that is told by who it is. */
const hasUnknownRank = (value: Value): boolean =>
  value.kind === 'tensor'
    ? value.shape.rest !== undefined
    : value.kind === 'tuple' || value.kind === 'list'
      ? value.items.some(hasUnknownRank)
      : value.kind === 'either' && (hasUnknownRank(value.yes) || hasUnknownRank(value.no));

/** Notices what a call has noticed that is alike, about its own values. */
const replay = (m: Machine, recording: Recording, given: Description): Value => {
  const { trace } = m;
  const copy = copier(m, recording.given, given);
  const by = trace.running - recording.event;
  for (const event of recording.events)
    trace.events.push({
      ...event,
      layer: copy.layer(event.layer),
      inputs: event.inputs.map(copy.value),
      keywords: mapped(event.keywords, copy.value),
      output: copy.value(event.output),
      parent: event.parent + by,
    });
  for (const op of recording.ops)
    trace.ops.push({
      ...op,
      args: copy.args(op.args),
      output: copy.value(op.output),
      parent: op.parent + by,
      at: op.at + by,
    });
  for (const [node, value] of recording.seen) record(m, node, copy.value(value));
  trace.requirements.push(...recording.requirements);
  trace.assumptions.push(...recording.assumptions);
  m.budget.steps -= recording.steps;
  return copy.value(recording.output);
};

const mapped = <K, V>(map: ReadonlyMap<K, V>, change: (value: V) => V): ReadonlyMap<K, V> =>
  map.size === 0 ? map : new Map([...map].map(([key, value]) => [key, change(value)]));

/** Turns the values of one call into those of another: what was given into what is given now, what it made into copies. */
const copier = ({ trace, absent }: Machine, from: Description, to: Description) => {
  const known = new Map<object, Value>();
  const targets = [...to.values];
  let i = 0;
  for (const value of from.values) known.set(value, targets[i++] ?? value);
  const made = (value: Value): Value => {
    switch (value.kind) {
      case 'tensor':
        return { ...value };
      case 'tuple':
        return { ...value, items: value.items.map(copied) };
      case 'list':
        return { ...value, items: value.items.map(copied), born: births.next++, optional: undefined };
      case 'dict':
        return {
          ...value,
          entries: new Map([...value.entries].map(([k, e]) => [k, { key: copied(e.key), value: copied(e.value) }])),
          born: births.next++,
        };
      case 'set':
        return {
          ...value,
          entries: new Map([...value.entries].map(([k, one]) => [k, copied(one)])),
          born: births.next++,
        };
      case 'iterator':
        return { ...value, items: value.items.map(copied), born: births.next++ };
      case 'either':
        return { ...value, yes: copied(value.yes), no: copied(value.no) };
      case 'method':
        return { ...value, func: copied(value.func), self: copied(value.self) };
      case 'builtin':
        return value.self ? { ...value, self: copied(value.self) } : value;
      case 'partial':
        return {
          ...value,
          func: copied(value.func),
          args: value.args.map(copied),
          keywords: mapped(value.keywords, copied),
        };
      case 'slice':
        return { ...value, lower: copied(value.lower), upper: copied(value.upper), step: copied(value.step) };
      case 'super':
        return { ...value, self: copied(value.self) };
      case 'unknown':
        return absent.has(value) ? value : { ...value };
      default:
        return value;
    }
  };
  const copied = (value: Value): Value => {
    const before = known.get(value);
    if (before) return before;
    const copy = made(value);
    known.set(value, copy);
    const source = copy === value ? undefined : trace.sources.get(value);
    if (source) trace.sources.set(copy, { ...source, values: source.values.map(copied) });
    return copy;
  };
  const layer = (value: ObjectValue): ObjectValue => {
    const copy = copied(value);
    return copy.kind === 'object' ? copy : value;
  };
  const arg = (given: Arg): Arg => {
    switch (given.kind) {
      case 'tensor':
      case 'unknown': {
        const copy = copied(given);
        return copy.kind === 'tensor' || copy.kind === 'unknown' ? copy : given;
      }
      case 'tuple':
      case 'sequence':
        return { ...given, items: given.items.map(arg) };
      case 'slice':
        return { ...given, lower: arg(given.lower), upper: arg(given.upper), step: arg(given.step) };
      default:
        return given;
    }
  };
  const args = ({ positional, keywords }: CallArgs): CallArgs => ({
    positional: positional.map(arg),
    keywords: mapped(keywords, arg),
  });
  return { value: copied, layer, args };
};
