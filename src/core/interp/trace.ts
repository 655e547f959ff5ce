import type { Dim } from '../dims';
import type { CallArgs, Family, Fault } from '../ops';
import { printShape } from '../shapes';
import type { Node } from '../syntax';
import { type Choice, identity, keptItems, type ModuleValue, type ObjectValue, type Value } from '../values';
import { asUsual, noteCases } from './exploring';
import type { EntryDemand, Machine, Path, Requirement } from './machine';
import type { Link } from './ranks';

/** One proved fault, where it happened and under which undecided conditions. */
export interface Problem {
  readonly fault: Fault;
  readonly module: ModuleValue | undefined;
  readonly node: Node | undefined;
  readonly path: Path | null;
  /** The calls that led there, innermost first. */
  readonly calls: readonly Node[];
  /** Whether it happens whatever the conditions that nobody has decided. */
  readonly certain: boolean;
}

/** A module ran: which one, on what, with which result. `parent` is the event in which it was called, or -1. */
export interface LayerEvent {
  readonly layer: ObjectValue;
  readonly node: Node | undefined;
  readonly module: ModuleValue | undefined;
  readonly inputs: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  output: Value;
  readonly parent: number;
  readonly path: Path | null;
  /** How often it happens where the loop around it was followed once for all turns; null outside of such a loop. */
  readonly repeat: Dim | null;
}

/** What a call of an op is: its path (`torch.cat`), an operator (`+`), `[]` for an index, `?` where nobody knows. */
export interface OpCall {
  readonly name: string;
  readonly family?: Family;
  readonly args: CallArgs;
}

/**
 * An op ran: a function, a method, an operator, an index, or what a library layer does. `parent` is the module event in
 * which it ran, or -1; it came after the first `at` module events and before the others.
 */
export interface OpEvent extends OpCall {
  readonly output: Value;
  readonly fault: Fault | undefined;
  readonly node: Node | undefined;
  readonly module: ModuleValue | undefined;
  readonly parent: number;
  readonly at: number;
  readonly path: Path | null;
  readonly repeat: Dim | null;
}

/** What a value was made of without an op: the ways that met in it, or the value that it is a copy of. */
export interface Source {
  readonly choice?: Choice;
  readonly values: readonly Value[];
}

/** Everything that a run has noticed. Features read this and nothing else. */
export interface Trace {
  /** Distinct values per expression, in the order of their first appearance, at most `LIMIT`. */
  readonly values: Map<Node, Value[]>;
  readonly problems: Problem[];
  readonly events: LayerEvent[];
  readonly ops: OpEvent[];
  /** Values that stand for others, so that the flow of data can be followed through them. */
  readonly sources: WeakMap<Value, Source>;
  /** The names of unknown axes of which a way has learnt how many they are; entries are not among them. */
  readonly ranked: Set<string>;
  /** The event that is running, or -1. */
  running: number;
  /** How often the turn of a loop that runs now stands for, or null. */
  repeat: Dim | null;
  readonly requirements: Requirement[];
  /** Taken to hold although the code could run without it: two sizes that meet in broadcasting are equal. */
  readonly assumptions: Requirement[];
  /** Parameters that are sizes of axes whenever the code runs, by key: they are at least 1. */
  readonly sizes: Map<string, Dim>;
  readonly demands: EntryDemand[];
  /** The entries whose rank follows from that of a tensor, by its unknown axes and the number of its known ones. */
  readonly ranks: Map<string, readonly Link[]>;
  /** What an attribute was last set to, by the target. */
  readonly stores: Map<Node, Value>;
  readonly decisions: Map<Node, boolean | undefined>;
  /** How often the body of a loop ran; undefined where the count is not known. */
  readonly loops: Map<Node, number | undefined>;
  /** Names that the code gives to sizes of entries (`B, N, C = x.shape`), by symbol. */
  readonly names: Map<string, string>;
  /** Helpers whose meaning was assumed by convention and that were used, by name. */
  readonly assumed: Set<string>;
  /** Parameters of which it is assumed that what they make keeps the shape (`norm_layer`). */
  readonly kept: Set<string>;
  /** Expressions that were seen after such a helper was first used: what they held may rest on the assumption. */
  readonly unsure: Set<Node>;
  /** Paths of containers that are inputs and were changed: what is in them now is not known. */
  readonly changed: Set<string>;
  /** The calls that gave something nobody knows, with the entry that it is. */
  readonly results: Map<Node, string>;
}

const LIMIT = 64;
/** A list with more elements is told by its identity. */
const LONG = 256;

export const newTrace = (assumed: ReadonlySet<string> = new Set()): Trace => ({
  values: new Map(),
  problems: [],
  events: [],
  ops: [],
  sources: new WeakMap(),
  ranked: new Set(),
  running: -1,
  repeat: null,
  requirements: [],
  assumptions: [],
  sizes: new Map(),
  demands: [],
  ranks: new Map(),
  stores: new Map(),
  decisions: new Map(),
  loops: new Map(),
  names: new Map(),
  assumed: new Set(assumed),
  kept: new Set(),
  unsure: new Set(),
  changed: new Set(),
  results: new Map(),
});

/** A point to go back to: what ran since then is forgotten, because it is run again with better knowledge. */
export const eventsMark = (trace: Trace): (() => void) => {
  const [events, ops] = [trace.events.length, trace.ops.length];
  return () => {
    trace.events.length = events;
    trace.ops.length = ops;
  };
};

/** Notes what an expression held. */
export const record = (m: Machine, node: Node, given: Value): void => {
  const { trace, exploring } = m;
  const value = exploring ? asUsual(exploring, given) : given;
  if (exploring) noteCases(exploring, node, m.path);
  if (m.recorder.active > 0) m.recorder.seen.push([node, snapshot(value)]);
  if (trace.assumed.size > 0) trace.unsure.add(node);
  const seen = trace.values.get(node);
  if (!seen) {
    trace.values.set(node, [snapshot(value)]);
    return;
  }
  if (seen.length >= LIMIT) return;
  for (let i = seen.length - 1; i >= 0; i--) {
    const other = seen[i];
    if (other && isAlike(other, value)) return;
  }
  seen.push(snapshot(value));
};

/**
 * A list changes after it was seen, also one that a tuple or a list holds: what is kept is a copy of it, some levels
 * deep, for a list may hold itself.
 */
const snapshot = (value: Value, depth = LEVELS): Value => {
  if ((value.kind !== 'list' && value.kind !== 'tuple') || depth === 0) return value;
  const items = value.kind === 'list' ? keptItems(value) : value.items;
  const isNested = items.length <= LONG && items.some(holdsList);
  const inner = isNested ? items.map((item) => snapshot(item, depth - 1)) : items;
  return value.kind === 'list' || inner !== items ? { ...value, items: inner } : value;
};

const LEVELS = 8;

const holdsList = (value: Value): boolean =>
  value.kind === 'list' || (value.kind === 'tuple' && value.items.some(holdsList));

/** Whether two values have one fingerprint, told without making them. */
const isAlike = (a: Value, b: Value): boolean => {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'unknown':
      return true;
    case 'int':
      return b.kind === 'int' && sizeKey(a.value) === sizeKey(b.value);
    case 'tensor':
      return b.kind === 'tensor' && (a.shape === b.shape || fingerprint(a) === fingerprint(b));
    case 'tuple':
      return b.kind === 'tuple' && areAlike(a.items, b.items);
    case 'list':
      return b.kind === 'list' && (a.items === b.items || (a.items.length <= LONG && areAlike(a.items, b.items)));
    default:
      return fingerprint(a) === fingerprint(b);
  }
};

const areAlike = (a: readonly Value[], b: readonly Value[]): boolean =>
  a.length === b.length &&
  a.every((item, i) => {
    const other = b[i];
    return other !== undefined && isAlike(item, other);
  });

const sizeKey = (size: Dim): number | string => (typeof size === 'number' ? size : size.key);

const prints = new WeakMap<object, string>();

/** Equal for values that a reader would see as the same. */
export const fingerprint = (value: Value): string => {
  switch (value.kind) {
    case 'tensor': {
      const known = prints.get(value.shape);
      if (known !== undefined) return known;
      const text = `t${printShape(value.shape, { style: 'code', name: (s) => s.id })}`;
      prints.set(value.shape, text);
      return text;
    }
    case 'tuple':
      return `(${value.items.map(fingerprint).join()})`;
    case 'list': {
      const { items } = value;
      // Of a long list only who it is counts: it is asked after each element that is appended.
      return items.length > LONG ? `[${identity(items)}:${items.length}]` : `[${items.map(fingerprint).join()}]`;
    }
    case 'none':
    case 'unbound':
    case 'ellipsis':
    case 'device':
      return value.kind;
    case 'bool':
    case 'str':
      return `${value.kind}:${value.value}`;
    case 'int':
      return typeof value.value === 'number' ? `i${value.value}` : `i${value.value.key}`;
    case 'float':
      return `f${value.value ?? ''}`;
    case 'either':
      return `?${value.condition.key}?${fingerprint(value.yes)}:${fingerprint(value.no)}`;
    case 'unknown':
      return 'unknown';
    default:
      return `#${identity(value)}`;
  }
};
