import { type Dim, mul, same, sub } from '../dims';
import type { For, Stmt, While } from '../syntax';
import {
  type Content,
  close,
  commit,
  contentOf,
  type DictEntry,
  type HeapValue,
  open,
  type Part,
  restore,
  type Scope,
  touch,
  UNBOUND,
  unknown,
  type Value,
} from '../values';
import { alike } from './alike';
import { assign } from './assignment';
import { birth, isNew } from './birth';
import { attempt, detach, exitInstead, resolve, settle } from './branch';
import { nextOf } from './entries';
import { type Iteration, iterate } from './iteration';
import { generalise } from './join';
import type { Exit, Exits, Flow, Machine } from './machine';
import { elementsFrom, isSequence, modulesIn } from './modules';
import { alikeItems, partsOf, type Sequence, sameParts, sequenceOf } from './parts';
import { eventsMark, fingerprint } from './trace';
import { truth } from './truth';

/** A `while` whose condition stays true for longer is not followed further. */
const TURNS = 2048;

/**
 * A loop of no more turns is followed turn by turn. A longer one only where its first turns tell that most of the steps
 * that are left will do, for something has to be left for what comes after it; in a loop of unknown length it is not.
 */
const FOLLOWED = 16;
const FIRST = 4;
const MOST = 3 / 4;

export const executeFor = (m: Machine, stmt: For, scope: Scope, exits: Exits): Flow => {
  const given = resolve(m, m.evaluate(stmt.iter, scope));
  const { items, count, parts, first, later }: Iteration =
    given.kind === 'either'
      ? { items: [], count: m.context.unknownSize('how often is not known') }
      : iterate(m, given, stmt.iter);
  const turnOn = (item: Value | undefined): Flow => {
    assign(m, stmt.target, item ? nextOf(m, item) : unknown('an element of a sequence that is not known'), scope);
    return turn(m, stmt.body, scope, exits);
  };
  if (count !== null) {
    note(m, stmt, undefined);
    const flow = parts
      ? followParts(m, exits, parts, turnOn)
      : followTurns(m, exits, { items, count, first, later }, turnOn);
    return settle(m, exits, 'break', flow?.kind === 'break' ? undefined : flow);
  }
  note(m, stmt, items.length);
  const { steps } = m.budget;
  const comesToEnd = (turns: number): boolean => {
    if (items.length <= FOLLOWED) return true;
    if (m.trace.repeat !== null) return false;
    return turns < FIRST || ((steps - m.budget.steps) / turns) * items.length <= steps * MOST;
  };
  for (const [turns, item] of items.entries()) {
    if (!comesToEnd(turns)) {
      settleLoop(m, exits, items.length - turns, () => turnOn(undefined));
      break;
    }
    const flow = turnOn(item);
    if (flow) return settle(m, exits, 'break', flow.kind === 'break' ? undefined : flow);
  }
  return settle(m, exits, 'break', m.execute(stmt.orelse, scope, exits));
};

export const executeWhile = (m: Machine, stmt: While, scope: Scope, exits: Exits): Flow => {
  for (let turns = 0; turns < TURNS; turns++) {
    const test = truth(m, m.evaluate(stmt.test, scope));
    if (test.kind !== 'known') {
      note(m, stmt, undefined);
      settleLoop(m, exits, m.context.unknownSize('how often a loop runs'), () => {
        m.evaluate(stmt.test, scope);
        return turn(m, stmt.body, scope, exits);
      });
      break;
    }
    if (!test.value) {
      note(m, stmt, turns);
      return settle(m, exits, 'break', m.execute(stmt.orelse, scope, exits));
    }
    const flow = turn(m, stmt.body, scope, exits);
    if (flow) return settle(m, exits, 'break', flow.kind === 'break' ? undefined : flow);
  }
  return settle(m, exits, 'break', undefined);
};

/** A sequence in parts: what stands once is followed once, what stands `count` times as a loop of its own. */
const followParts = (
  m: Machine,
  exits: Exits,
  parts: readonly Part[],
  turnOn: (item: Value | undefined) => Flow,
): Flow => {
  for (const { items, count } of parts) {
    const round = (): Flow => {
      for (const item of items) {
        const flow = turnOn(item);
        if (flow) return flow;
      }
      return undefined;
    };
    if (count !== 1) settleLoop(m, exits, count, round);
    else {
      const flow = round();
      if (flow) return flow;
    }
  }
  return undefined;
};

/**
 * An unknown number of turns. Where the first one sees something of its own it is followed by itself, as a loop over a
 * sequence that is given runs at least once; when the others do what it does, all are one loop to a reader.
 */
const followTurns = (
  m: Machine,
  exits: Exits,
  { items, count, first, later }: Iteration,
  turnOn: (item: Value | undefined) => Flow,
): Flow => {
  const others = count ?? 1;
  if (!first) {
    settleLoop(m, exits, others, () => turnOn(items[0]));
    return undefined;
  }
  const { trace } = m;
  const start = trace.events.length;
  const startOps = trace.ops.length;
  const flow = turnOn(first);
  if (flow) return flow;
  const rewind = eventsMark(trace);
  const uniform = settleLoop(m, exits, sub(others, 1), () => turnOn(later ?? items[0]));
  if (!uniform) return undefined;
  rewind();
  repeatEvents(m, start, startOps, others);
  return undefined;
};

/** Says of what has run since then that it stands for `count` turns. */
const repeatEvents = ({ trace }: Machine, event: number, op: number, count: Dim): void => {
  const repeat = (before: Dim | null): Dim => (before === null ? count : mul(before, count));
  for (let i = event; i < trace.events.length; i++) {
    const one = trace.events[i];
    if (one) trace.events[i] = { ...one, repeat: repeat(one.repeat) };
  }
  for (let i = op; i < trace.ops.length; i++) {
    const one = trace.ops[i];
    if (one) trace.ops[i] = { ...one, repeat: repeat(one.repeat) };
  }
};

const note = (m: Machine, stmt: Stmt, count: number | undefined): void => {
  const { loops } = m.trace;
  loops.set(stmt, loops.has(stmt) && loops.get(stmt) !== count ? undefined : count);
};

/** One run of the body. A `continue` ends here; `break` and `return` are for the loop and the function. */
const turn = (m: Machine, body: readonly Stmt[], scope: Scope, exits: Exits): Flow => {
  const first = exits.pending.length;
  const ended = attempt(() => m.execute(body, scope, exits));
  const last = 'value' in ended ? ended.value : exitInstead(m, exits, ended.raised, first);
  const flow = settle(m, exits, 'continue', last);
  return flow?.kind === 'continue' ? undefined : flow;
};

/** How often a body is run again before what it still changes is given up. */
const ROUNDS = 3;

/**
 * A loop with an unknown count: the body runs until what it changes is stable; what is not by then is widened. Zero
 * turns are possible too, so the state before takes part in the join. True when the turns do what was done before: they
 * change nothing, but for sequences that grow by what they have grown by already.
 */
const settleLoop = (m: Machine, exits: Exits, count: Dim, body: () => Flow): boolean => {
  const { trace } = m;
  const outer = trace.repeat;
  trace.repeat = outer === null ? count : mul(outer, count);
  const rewind = eventsMark(trace);
  let uniform = true;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      rewind();
      const change = runRound(m, exits, round, count, body);
      if (change === 'other') uniform = false;
      if (change === 'none') break;
    }
  } finally {
    trace.repeat = outer;
  }
  return uniform;
};

/** What a turn has done to something: nothing new, made a sequence longer by more of the same, or something else. */
type Change = 'none' | 'growth' | 'other';

/** Runs the body once and joins what it changed with what was before. */
const runRound = (m: Machine, exits: Exits, round: number, count: Dim, body: () => Flow): Change => {
  const first = exits.pending.length;
  const start = birth(m);
  open(m.journal);
  const depth = m.journal.levels.length;
  try {
    const flow = body();
    // Nobody knows whether there is a turn: what leaves the function in one may leave it or not.
    if (flow?.kind === 'return') exits.pending.push(maybe(m, flow));
  } catch (thrown) {
    for (const exit of exits.pending.slice(first)) detach(m, exit);
    while (m.journal.levels.length >= depth) commit(m.journal);
    throw thrown;
  }
  // Exits that were taken in the body have opened levels of their own.
  for (const exit of exits.pending.slice(first)) detach(m, exit);
  const before = close(m.journal);
  const below = m.journal.levels[m.journal.levels.length - 1];
  if (below) for (const [value, content] of before) if (!below.has(value)) below.set(value, content);
  // What a turn has made itself was not there before it: nothing of that is widened.
  for (const value of [...before.keys()]) if (isNew(value, start)) before.delete(value);
  return widenAll(m, before, round, count);
};

const maybe = (m: Machine, flow: NonNullable<Flow>): Exit => {
  const choice = { key: `turn:${m.nextId++}`, text: 'the loop runs' };
  const { facts, path } = m;
  return {
    flow,
    conditions: [{ choice, holds: true, sides: { yes: facts, no: facts } }],
    after: new Map(),
    saved: { facts, path },
    leveled: false,
  };
};

/** Joins what a turn changed with what was before it. */
const widenAll = (m: Machine, before: ReadonlyMap<HeapValue, Content>, round: number, count: Dim): Change => {
  let change: Change = 'none';
  for (const [value, old] of before) {
    const now = contentOf(value);
    const joined = widenContent(m, value, old, now, round, count);
    touch(m.journal, value);
    restore(value, joined);
    if (equalContent(old, joined)) continue;
    if (!hasGrown(value, old, joined)) change = 'other';
    else if (change === 'none') change = 'growth';
  }
  return change;
};

/** Whether all that a sequence has become is longer, by what stood at its end already. */
const hasGrown = (value: HeapValue, old: Content, now: Content): boolean => {
  const [before, after] = [sequenceIn(value, old), sequenceIn(value, now)];
  const last = after && partsOf(after)?.at(-1);
  return before?.count === null && last !== undefined && alikeItems(before.items.slice(-last.items.length), last.items);
};

const widenContent = (m: Machine, value: HeapValue, old: Content, now: Content, round: number, count: Dim): Content => {
  if (value.kind === 'list' && old.items && now.items) return widenList(m, old, now, count);
  if (!old.map || !now.map) return now;
  if (value.kind === 'object' && isSequence(value)) {
    const grown = widenModules(m, old, now, count);
    if (grown) return grown;
  }
  const map = new Map<string, Value | DictEntry>();
  for (const [key, slot] of now.map) {
    const was = old.map.get(key);
    map.set(key, was === slot ? slot : widenSlot(m, was, slot, round));
  }
  return { ...now, map, ...(value.kind === 'dict' && map.size > old.map.size && { open: true }) };
};

const widenSlot = (
  m: Machine,
  was: Value | DictEntry | undefined,
  now: Value | DictEntry,
  round: number,
): Value | DictEntry => {
  if (was === undefined) return now;
  const a = 'kind' in was ? was : was.value;
  const b = 'kind' in now ? now : now.value;
  if (fingerprint(a) === fingerprint(b)) {
    // If the body runs again, what it gave before stands for what went into it.
    if (a !== b && !m.trace.sources.has(b)) m.trace.sources.set(b, { values: [a] });
    return now;
  }
  const joined = round === 0 && a.kind === 'none' ? b : generalise(m, a, b);
  return 'kind' in now ? joined : { key: now.key, value: joined };
};

/** A list that grew in the body has grown by what one turn adds, as often as there are turns. */
const widenList = (m: Machine, old: Content, now: Content, count: Dim): Content => {
  if (now.items === old.items && now.parts === old.parts) return now;
  const [before, after] = [sequenceOfContent(old), sequenceOfContent(now)];
  if (before.count === null && after.count === null && before.items.length === after.items.length)
    return { ...now, items: after.items.map((item, i) => generaliseItem(m, before.items[i], item)) };
  const grown = grownSequence(before, after, count) ?? grownByOthers(m, before, after);
  return grown ? { ...grown, parts: grown.parts } : unknownList(m, before, after);
};

/** A list that has its turns' elements already, to which this turn has added as many that are not quite alike. */
const grownByOthers = (m: Machine, before: Sequence, after: Sequence): Sequence | undefined => {
  const [old, now] = [partsOf(before), partsOf(after)];
  const [last, added] = [old?.at(-1), now?.at(-1)];
  if (before.count === null || !old || !now || !last || added?.count !== 1) return undefined;
  if (added.items.length !== last.items.length || !sameParts(old, now.slice(0, -1))) return undefined;
  const items = last.items.map((item, i) => generaliseItem(m, item, added.items[i] ?? item));
  return sequenceOf([...old.slice(0, -1), { items, count: last.count }]);
};

const unknownList = (m: Machine, before: Sequence, after: Sequence): Content => {
  const [first = UNBOUND, ...others] = [...before.items, ...after.items];
  const element = others.reduce((a, b) => generaliseItem(m, a, b), first);
  return {
    items: element === UNBOUND ? [] : [element],
    count: isAsLong(before, after) ? after.count : m.context.unknownSize('the length of a list that grows in a loop'),
    parts: undefined,
  };
};

/** Whether a turn has left the length of a sequence as it was. */
const isAsLong = (before: Sequence, after: Sequence): boolean =>
  before.count !== null && after.count !== null && same(before.count, after.count);

/**
 * What a sequence is after all turns, when one of them has added elements at its end. A sequence that has its turns'
 * elements already (from the round before) stays, when this turn has added the same.
 */
const grownSequence = (before: Sequence, after: Sequence, count: Dim): Sequence | undefined => {
  const [old, now] = [partsOf(before), partsOf(after)];
  if (!old || !now) return undefined;
  if (before.count === null) {
    const added = after.count === null ? after.items.slice(before.items.length) : [];
    if (!added.length || !alikeItems(after.items.slice(0, before.items.length), before.items)) return undefined;
    return sequenceOf([...old, { items: added, count }]);
  }
  const last = old[old.length - 1];
  return last && sameParts(sequencePartsOf([...old, { items: last.items, count: 1 }]), now) ? before : undefined;
};

const sequencePartsOf = (parts: readonly Part[]): readonly Part[] | undefined => partsOf(sequenceOf(parts));

const sequenceOfContent = ({ items = [], count = null, parts }: Content): Sequence => ({ items, count, parts });

/** The sequence that the content of a list or of a container of modules is. */
const sequenceIn = (value: HeapValue, content: Content): Sequence | undefined => {
  if (value.kind === 'list') return sequenceOfContent(content);
  return value.kind === 'object' && isSequence(value) ? modulesIn(content) : undefined;
};

/** A container of modules that grew in the body. */
const widenModules = (m: Machine, old: Content, now: Content, count: Dim): Content | undefined => {
  const [before, after] = [modulesIn(old), modulesIn(now)];
  if (before.count === null && after.count === null && before.items.length === after.items.length) return undefined;
  const grown = grownSequence(before, after, count) ?? grownByOthers(m, before, after);
  // Something else was added in each turn: nobody knows what and how many there are.
  if (!grown) return { ...now, open: true };
  if (grown === before) return old;
  const map = new Map<string, Value | DictEntry>();
  for (const [key, slot] of now.map ?? []) if (!/^\d+$/.test(key)) map.set(key, slot);
  const elements = grown.parts ? elementsFrom(m, grown) : grown.items;
  for (const [i, element] of elements.entries()) map.set(String(i), element);
  return { ...now, map, count: grown.parts ? null : grown.count };
};

/** Two instances of one class that differ only in who they are stand for each other. */
const generaliseItem = (m: Machine, a: Value | undefined, b: Value): Value => {
  if (!a || alike(a, b)) return b;
  return generalise(m, a, b);
};

const equalContent = (a: Content, b: Content): boolean => {
  if (a.items && b.items)
    return (
      a.items.length === b.items.length &&
      (a.count === b.count || (a.count != null && b.count != null)) &&
      sameParts(a.parts, b.parts) &&
      a.items.every((v, i) => equal(v, b.items?.[i] ?? UNBOUND))
    );
  if (!a.map || !b.map) return true;
  if (a.map.size !== b.map.size) return false;
  for (const [key, slot] of a.map) {
    const other = b.map.get(key);
    if (other === slot) continue;
    if (!other) return false;
    if (!equal('kind' in slot ? slot : slot.value, 'kind' in other ? other : other.value)) return false;
  }
  return true;
};

/** What nobody knows and has become something else that nobody knows is as stable as can be. */
const equal = (a: Value, b: Value): boolean => (a.kind === 'unknown' && b.kind === 'unknown') || alike(a, b);
