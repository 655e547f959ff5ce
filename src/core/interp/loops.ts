import { type Dim, mul, sub } from '../dims';
import type { For, Stmt, While } from '../syntax';
import { close, commit, open, type Part, type Scope, unknown, type Value } from '../values';
import { assign } from './assignment';
import { birth, isNew } from './birth';
import { attempt, detach, exitInstead, resolve, settle } from './branch';
import { nextOf } from './entries';
import { type Iteration, isStepwise, iterate, takenFrom } from './iteration';
import type { Exit, Exits, Flow, Machine } from './machine';
import { forgettings } from './memory';
import { eventsMark } from './trace';
import { truth } from './truth';
import { type Change, widenAll } from './widening';

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
      : isStepwise(given)
        ? { items: given.items.slice(given.at), count: null }
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
  // What the body takes from the iterator itself, the loop does not see; what it leaves by `break` is there afterwards.
  const sources = isStepwise(given) ? takenFrom(m, given) : items;
  let turns = 0;
  for (const item of sources) {
    if (!comesToEnd(turns)) {
      settleLoop(m, exits, items.length - turns, () => turnOn(undefined));
      break;
    }
    const flow = turnOn(item);
    if (flow) return settle(m, exits, 'break', flow.kind === 'break' ? undefined : flow);
    turns++;
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
      const known = forgettings();
      const change = runRound(m, exits, round, count, body);
      if (change === 'other') uniform = false;
      // What a turn has changed of the numbers of a tensor, the turn after it knows.
      if (change === 'none' && forgettings() === known) break;
    }
  } finally {
    trace.repeat = outer;
  }
  return uniform;
};

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
