import { type Dim, mul } from '../dims';
import type { For, Stmt, While } from '../syntax';
import {
  type Content,
  close,
  contentOf,
  type DictEntry,
  type HeapValue,
  open,
  restore,
  type Scope,
  touch,
  UNBOUND,
  unknown,
  type Value,
} from '../values';
import { assign } from './assignment';
import { detach, resolve, settle } from './branch';
import { iterate } from './iteration';
import { generalise } from './join';
import type { Exits, Flow, Machine } from './machine';
import { eventsMark, fingerprint } from './trace';
import { truth } from './truth';

/** A `while` whose condition stays true for longer is not followed further. */
const TURNS = 2048;

export const executeFor = (m: Machine, stmt: For, scope: Scope, exits: Exits): Flow => {
  const given = resolve(m, m.evaluate(stmt.iter, scope));
  const { items, count } =
    given.kind === 'either'
      ? { items: [], count: m.context.unknownSize('how often is not known') }
      : iterate(m, given, stmt.iter);
  if (count !== null) {
    note(m, stmt, undefined);
    settleLoop(m, exits, count, () => {
      assign(m, stmt.target, items[0] ?? unknown('an element of a sequence that is not known'), scope);
      return turn(m, stmt.body, scope, exits);
    });
    return settle(m, exits, 'break', undefined);
  }
  note(m, stmt, items.length);
  for (const item of items) {
    assign(m, stmt.target, item, scope);
    const flow = turn(m, stmt.body, scope, exits);
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

const note = (m: Machine, stmt: Stmt, count: number | undefined): void => {
  const { loops } = m.trace;
  loops.set(stmt, loops.has(stmt) && loops.get(stmt) !== count ? undefined : count);
};

/** One run of the body. A `continue` ends here; `break` and `return` are for the loop and the function. */
const turn = (m: Machine, body: readonly Stmt[], scope: Scope, exits: Exits): Flow => {
  const flow = settle(m, exits, 'continue', m.execute(body, scope, exits));
  return flow?.kind === 'continue' ? undefined : flow;
};

/** How often a body is run again before what it still changes is given up. */
const ROUNDS = 3;

/**
 * A loop with an unknown count: the body runs until what it changes is stable; what is not by then is widened. Zero
 * turns are possible too, so the state before takes part in the join.
 */
const settleLoop = (m: Machine, exits: Exits, count: Dim, body: () => Flow): void => {
  const { trace } = m;
  const outer = trace.repeat;
  trace.repeat = outer === null ? count : mul(outer, count);
  const rewind = eventsMark(trace);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      rewind();
      if (runRound(m, exits, round, body)) break;
    }
  } finally {
    trace.repeat = outer;
  }
};

/** Runs the body once and joins what it changed with what was before; true when nothing is different any more. */
const runRound = (m: Machine, exits: Exits, round: number, body: () => Flow): boolean => {
  const first = exits.pending.length;
  open(m.journal);
  body();
  // Exits that were taken in the body have opened levels of their own.
  for (const exit of exits.pending.slice(first)) detach(m, exit);
  const before = close(m.journal);
  const below = m.journal.levels[m.journal.levels.length - 1];
  if (below) for (const [value, content] of before) if (!below.has(value)) below.set(value, content);
  return widenAll(m, before, round);
};

/** Joins what a turn changed with what was before it; true when nothing is different any more. */
const widenAll = (m: Machine, before: ReadonlyMap<HeapValue, Content>, round: number): boolean => {
  let stable = true;
  for (const [value, old] of before) {
    const now = contentOf(value);
    const joined = widenContent(m, value, old, now, round);
    if (!equalContent(old, joined)) stable = false;
    touch(m.journal, value);
    restore(value, joined);
  }
  return stable;
};

const widenContent = (m: Machine, value: HeapValue, old: Content, now: Content, round: number): Content => {
  if (value.kind === 'list' && old.items && now.items) return widenList(m, old, now);
  if (!old.map || !now.map) return now;
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

/** A list that grew in the body has an unknown number of elements like those that were added. */
const widenList = (m: Machine, old: Content, now: Content): Content => {
  const items = now.items ?? [];
  const length = old.items?.length ?? 0;
  if (items === old.items) return now;
  if (items.length === length && old.count === now.count)
    return { ...now, items: items.map((item, i) => generaliseItem(m, old.items?.[i], item)) };
  // A list that has become one of unknown length holds one element for all.
  const grown = now.count === null ? items.slice(length) : items;
  const added = old.count === null && length === 0 ? items : [...(old.items ?? []), ...grown];
  const [first, ...others] = added;
  const element = first ? others.reduce((a, b) => generaliseItem(m, a, b), first) : UNBOUND;
  return {
    items: element === UNBOUND ? [] : [element],
    count: now.count ?? m.context.unknownSize('the length of a list that grows in a loop'),
  };
};

/** Two instances of one class that differ only in who they are stand for each other. */
const generaliseItem = (m: Machine, a: Value | undefined, b: Value): Value => {
  if (!a || a === b) return b;
  if (a.kind === 'object' && b.kind === 'object' && a.cls === b.cls && a.site?.node === b.site?.node && a.site)
    return a;
  return generalise(m, a, b);
};

const equalContent = (a: Content, b: Content): boolean => {
  if (a.items && b.items)
    return (
      a.items.length === b.items.length &&
      a.items.every((v, i) => fingerprint(v) === fingerprint(b.items?.[i] ?? UNBOUND))
    );
  if (!a.map || !b.map) return true;
  if (a.map.size !== b.map.size) return false;
  for (const [key, slot] of a.map) {
    const other = b.map.get(key);
    if (other === slot) continue;
    if (!other) return false;
    if (fingerprint('kind' in slot ? slot : slot.value) !== fingerprint('kind' in other ? other : other.value))
      return false;
  }
  return true;
};
