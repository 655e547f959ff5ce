import { assume, type Facts } from '../dims';
import {
  type Choice,
  type Content,
  close,
  commit,
  contentOf,
  type EitherValue,
  type HeapValue,
  open,
  restore,
  rollback,
  touch,
  type Value,
} from '../values';
import { asRanked } from './asked-ranks';
import { birth, isNew } from './birth';
import { spend } from './exhaustion';
import { implied } from './implied';
import { joinContents, joinValues } from './join';
import type { Exit, Exits, Flow, Machine, Path, Raised, Sides } from './machine';
import { decided, since, withoutLeft, withRuledOut } from './path';

/** A value as the path that runs sees it: alternatives that it has ruled out are gone, and an entry has the rank that it asked for. */
export const resolve = (m: Machine, value: Value): Value => {
  let at = value;
  while (at.kind === 'either') {
    const holds = holdsNow(m, at.condition);
    if (holds === undefined) return at;
    at = holds ? at.yes : at.no;
  }
  return asRanked(m, at);
};

const holdsNow = (m: Machine, choice: Choice): boolean | undefined => decided(m.path, choice.key);

const isRaised = (thrown: unknown): thrown is Raised =>
  typeof thrown === 'object' && thrown !== null && 'kind' in thrown && thrown.kind === 'raised';

/** Runs `body`; what Python would raise is given back instead of thrown. */
export const attempt = <T>(body: () => T): { readonly value: T } | { readonly raised: Raised } => {
  try {
    return { value: body() };
  } catch (thrown) {
    if (isRaised(thrown)) return { raised: thrown };
    throw thrown;
  }
};

interface Side<T> {
  readonly result: { readonly value: T } | { readonly raised: Raised };
  readonly after: Map<HeapValue, Content>;
  readonly facts: Facts;
  /** What the side has decided besides on the way that goes on. */
  readonly decided: readonly Path[];
}

/** Facts under which a choice holds or does not; null when they contradict what is known. */
const factsWith = (facts: Facts, choice: Choice, holds: boolean): Facts | null => {
  if (!choice.relation) return facts;
  return assume(facts, implied(facts, choice.relation, holds));
};

/** What a fork costs, in steps: undoing and joining the heap is dear, and forks in forks multiply. */
const FORK = 100;

const runSide = <T>(
  m: Machine,
  choice: Choice,
  holds: boolean,
  facts: Facts,
  body: () => T,
  waiting?: Waiting,
): Side<T> => {
  const saved = { facts: m.facts, path: m.path };
  spend(m, FORK);
  const depth = m.journal.levels.length;
  const first = waiting?.exits.pending.length ?? 0;
  m.facts = facts;
  const at: Path = { choice, holds, outer: saved.path };
  m.path = at;
  open(m.journal);
  try {
    const result = attempt(body);
    for (const exit of waiting?.exits.pending.slice(first) ?? []) {
      detach(m, exit);
      exit.conditions.unshift({
        choice,
        holds,
        sides: waiting?.sides ?? exit.conditions[0]?.sides ?? { yes: facts, no: facts },
      });
    }
    return { result, facts: m.facts, after: rollback(m.journal), decided: since(m.path, at) };
  } catch (exhausted) {
    // What this side did stays undone, so that the caller sees a heap that it knows.
    while (m.journal.levels.length > depth) rollback(m.journal);
    throw exhausted;
  } finally {
    m.facts = saved.facts;
    m.path = saved.path;
  }
};

/** Runs `body` and takes back what it changes; what it has made itself stays as it was made, for those who read it. */
export const undone = <T>(m: Machine, body: () => T): T => {
  const depth = m.journal.levels.length;
  const start = birth(m);
  open(m.journal);
  try {
    return body();
  } finally {
    while (m.journal.levels.length > depth) rollback(m.journal, (value) => isNew(value, start));
  }
};

/** The exits that a side may add to, with the facts on either side of its choice. */
interface Waiting {
  readonly exits: Exits;
  readonly sides: Sides;
}

const apply = (m: Machine, after: ReadonlyMap<HeapValue, Content>): void => {
  for (const [value, content] of after) {
    touch(m.journal, value);
    restore(value, content);
  }
};

/** The side that raises drops out: the other one is what happens, and its condition is required. */
const require = (m: Machine, choice: Choice, holds: boolean, raised: Raised): void => {
  const relation = choice.relation;
  if (!relation) return;
  m.trace.requirements.push({
    condition: implied(m.facts, relation, holds),
    node: raised.node,
    path: m.path,
    ...(raised.fault && { fault: raised.fault }),
  });
};

/** Runs the only side that is possible, so that whatever hangs on the choice is decided in it. */
const under = <T>(m: Machine, choice: Choice, holds: boolean, body: () => T): T => {
  const outer = m.path;
  m.path = { choice, holds, assumed: true, outer };
  try {
    return body();
  } finally {
    m.path = outer;
  }
};

/**
 * Runs both sides of an undecided choice from the same heap and joins what they leave behind. A side that raises
 * drops out and its negation is assumed; when both raise, the first is raised.
 */
export const fork = <T>(
  m: Machine,
  choice: Choice,
  yes: () => T,
  no: () => T,
  join: (a: T, b: T, sides: Sides) => T,
): T => {
  const known = holdsNow(m, choice);
  if (known !== undefined) return known ? yes() : no();
  const yesFacts = factsWith(m.facts, choice, true);
  const noFacts = factsWith(m.facts, choice, false);
  if (!yesFacts) return under(m, choice, false, no);
  if (!noFacts) return under(m, choice, true, yes);
  m.arithmetic?.lose({ kind: 'choice', text: choice.text });
  const start = birth(m);
  const a = runSide(m, choice, true, yesFacts, yes);
  const b = runSide(m, choice, false, noFacts, no);
  if ('raised' in a.result && 'raised' in b.result) throw a.result.raised;
  if ('raised' in a.result || 'raised' in b.result) {
    const survivor = 'raised' in a.result ? b : a;
    const raised = 'raised' in a.result ? a.result.raised : 'raised' in b.result ? b.result.raised : undefined;
    if (raised) require(m, choice, survivor === a, raised);
    apply(m, survivor.after);
    m.facts = survivor.facts;
    m.path = { choice, holds: survivor === a, assumed: true, outer: m.path };
    if ('value' in survivor.result) return survivor.result.value;
  }
  const sides = { yes: yesFacts, no: noFacts };
  joinContents(m, choice, a.after, b.after, sides, start);
  m.path = withRuledOut(m.path, choice, [a.decided, b.decided]);
  if ('value' in a.result && 'value' in b.result) return join(a.result.value, b.result.value, sides);
  throw new Error('unreachable: both sides of a fork ended');
};

/** Runs `use` on each alternative that a value may be, and joins the results. */
export const distribute = (m: Machine, value: Value, use: (value: Value) => Value): Value => {
  const now = resolve(m, value);
  if (now.kind !== 'either') return use(now);
  return fork(
    m,
    now.condition,
    () => distribute(m, now.yes, use),
    () => distribute(m, now.no, use),
    (a, b, sides) => joinValues(m, now.condition, a, b, sides),
  );
};

/** The first undecided alternative among values, tuples looked into. */
export const undecided = (m: Machine, values: Iterable<Value>): EitherValue | undefined => {
  for (const value of values) {
    const now = resolve(m, value);
    if (now.kind === 'either') return now;
    if (now.kind === 'tuple' || now.kind === 'list') {
      const inner = undecided(m, now.items);
      if (inner) return inner;
    }
  }
  return undefined;
};

/**
 * An undecided `if`. When one side leaves the block and the other goes on, the rest of the block runs under the
 * condition of the other; what the leaving side did waits in `exits` until the block ends.
 */
export const forkFlow = (m: Machine, exits: Exits, choice: Choice, yes: () => Flow, no: () => Flow): Flow => {
  const known = holdsNow(m, choice);
  if (known !== undefined) return known ? yes() : no();
  const yesFacts = factsWith(m.facts, choice, true);
  const noFacts = factsWith(m.facts, choice, false);
  if (!yesFacts) return under(m, choice, false, no);
  if (!noFacts) return under(m, choice, true, yes);
  m.arithmetic?.lose({ kind: 'choice', text: choice.text });
  const sides = { yes: yesFacts, no: noFacts };
  const start = birth(m);
  const waiting = exits.pending.length;
  const a = runSide(m, choice, true, yesFacts, yes, { exits, sides });
  const b = runSide(m, choice, false, noFacts, no, { exits, sides });
  if ('raised' in a.result && 'raised' in b.result) throw a.result.raised;
  const saved = { facts: m.facts, path: m.path };
  const continueWith = (side: Side<Flow>, holds: boolean, assumed: boolean): void => {
    m.facts = side.facts;
    m.path = { choice, holds, assumed, outer: m.path };
    apply(m, side.after);
  };
  if ('raised' in a.result) {
    require(m, choice, false, a.result.raised);
    continueWith(b, false, true);
    return 'value' in b.result ? b.result.value : undefined;
  }
  if ('raised' in b.result) {
    require(m, choice, true, b.result.raised);
    continueWith(a, true, true);
    return a.result.value;
  }
  const first = a.result.value;
  const second = b.result.value;
  if (!first && !second) {
    const isLeft = exits.pending.slice(waiting).every(({ flow }) => flow.kind === 'return');
    joinContents(m, choice, a.after, b.after, sides, start);
    m.path = withRuledOut(m.path, choice, [a.decided, b.decided], isLeft ? exits : undefined);
    return undefined;
  }
  if (first && second && first.kind === second.kind) {
    joinContents(m, choice, a.after, b.after, sides, start);
    return joinFlows(m, choice, first, second, sides);
  }
  const leaves = first && second?.kind !== 'return' ? { side: a, flow: first, holds: true } : undefined;
  const leaving = leaves ?? (second ? { side: b, flow: second, holds: false } : undefined);
  if (!leaving) return undefined;
  exits.pending.push({
    flow: leaving.flow,
    conditions: [{ choice, holds: leaving.holds, sides }],
    after: leaving.side.after,
    saved,
    leveled: true,
  });
  open(m.journal);
  const going = leaving.side === a ? b : a;
  continueWith(going, !leaving.holds, false);
  return leaving.side === a ? second : first;
};

const joinFlows = (m: Machine, choice: Choice, a: NonNullable<Flow>, b: NonNullable<Flow>, sides: Sides): Flow =>
  a.kind === 'return' && b.kind === 'return'
    ? { kind: 'return', value: joinValues(m, choice, a.value, b.value, sides) }
    : a;

/**
 * Ends a block of one kind: an iteration ends the `continue` exits that wait, a loop the `break` exits, a function the
 * `return` exits. They are joined with the way that went on, last first; exits of other kinds go on waiting.
 */
export const settle = (m: Machine, exits: Exits, kind: NonNullable<Flow>['kind'], flow: Flow): Flow => {
  let now = flow;
  if (kind === 'return') m.path = withoutLeft(m.path, exits);
  for (let at = exits.pending.length - 1; at >= 0; at--) {
    const exit = exits.pending[at];
    if (exit?.flow.kind !== kind) continue;
    for (const above of exits.pending.slice(at + 1)) detach(m, above);
    exits.pending.splice(at, 1);
    if (exit.leveled) joinExit(m, exit);
    now = settleFlow(m, exit, now);
  }
  return now;
};

/** An exit above one that ends earlier keeps the value it carries and forgets what it had changed. */
export const detach = (m: Machine, exit: Exit): void => {
  if (exit.leveled) commit(m.journal);
  exit.leveled = false;
};

/**
 * The way that went on after an exit raises: it drops out, and the exit that waits last is what happens: one that
 * leaves the function, or of a turn of a loop one that was taken in it (from the place `turn` on). Where none waits, what was raised is.
 */
export const exitInstead = (m: Machine, exits: Exits, raised: Raised, turn?: number): Flow => {
  const at = exits.pending.findLastIndex((exit, i) => (turn === undefined ? exit.flow.kind === 'return' : i >= turn));
  const exit = exits.pending[at];
  if (!exit) throw raised;
  for (const above of exits.pending.splice(at).slice(1)) detach(m, above);
  if (exit.leveled) {
    rollback(m.journal);
    apply(m, exit.after);
  }
  m.facts = exit.saved.facts;
  m.path = exit.saved.path;
  const [condition, ...more] = exit.conditions;
  if (condition && more.length === 0 && !exits.pending.some((other) => isBeside(other, condition))) {
    const { choice, holds, sides } = condition;
    require(m, choice, holds, raised);
    m.facts = holds ? sides.yes : sides.no;
    m.path = { choice, holds, assumed: true, outer: m.path };
  }
  return exit.flow;
};

/** Whether an exit waits on the other side of a choice: `if a: return x`, `elif b: return y`, and else an error. */
const isBeside = ({ conditions: [first] }: Exit, { choice, holds }: Exit['conditions'][number]): boolean =>
  first?.choice.key === choice.key && first.holds !== holds;

const joinExit = (m: Machine, exit: Exit): void => {
  const before = close(m.journal);
  const going = new Map<HeapValue, Content>();
  const leaving = new Map<HeapValue, Content>();
  for (const value of new Set([...before.keys(), ...exit.after.keys()])) {
    const content = contentOf(value);
    going.set(value, content);
    leaving.set(value, exit.after.get(value) ?? before.get(value) ?? content);
  }
  // What lies below must be able to undo to the content before the exit was taken.
  const below = m.journal.levels[m.journal.levels.length - 1];
  if (below) for (const [value, content] of before) if (!below.has(value)) below.set(value, content);
  m.facts = exit.saved.facts;
  m.path = exit.saved.path;
  const [condition] = exit.conditions;
  if (!condition) return;
  const [yes, no] = condition.holds ? [leaving, going] : [going, leaving];
  joinContents(m, condition.choice, yes, no, condition.sides);
};

const settleFlow = (m: Machine, exit: Exit, now: Flow): Flow => {
  if (exit.flow.kind !== 'return') return now;
  const other: Value = now?.kind === 'return' ? now.value : { kind: 'none' };
  let value = exit.flow.value;
  for (const { choice, holds, sides } of [...exit.conditions].reverse()) {
    const [yes, no] = holds ? [value, other] : [other, value];
    value = joinValues(m, choice, yes, no, sides);
  }
  return { kind: 'return', value };
};

/** Gives up the exits that wait when the block is left by an exception. */
export const abandon = (m: Machine, exits: Exits): void => {
  m.path = withoutLeft(m.path, exits);
  for (let exit = exits.pending.pop(); exit; exit = exits.pending.pop()) detach(m, exit);
};
