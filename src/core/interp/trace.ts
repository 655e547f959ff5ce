import type { Fault } from '../ops';
import { printShape } from '../shapes';
import type { Node } from '../syntax';
import { identity, type ModuleValue, type ObjectValue, type Value } from '../values';
import type { EntryDemand, Path, Requirement } from './machine';

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
}

/** Everything that a run has noticed. Features read this and nothing else. */
export interface Trace {
  /** Distinct values per expression, in the order of their first appearance, at most `LIMIT`. */
  readonly values: Map<Node, Value[]>;
  readonly problems: Problem[];
  readonly events: LayerEvent[];
  /** The event that is running, or -1. */
  running: number;
  readonly requirements: Requirement[];
  /** Taken to hold although the code could run without it: two sizes that meet in broadcasting are equal. */
  readonly assumptions: Requirement[];
  readonly demands: EntryDemand[];
  /** What an attribute was last set to, by the target. */
  readonly stores: Map<Node, Value>;
  readonly decisions: Map<Node, boolean | undefined>;
  /** How often the body of a loop ran; undefined where the count is not known. */
  readonly loops: Map<Node, number | undefined>;
  /** Names that the code gives to sizes of entries (`B, N, C = x.shape`), by symbol. */
  readonly names: Map<string, string>;
  /** Assumptions by convention that were used, by the name of the helper. */
  readonly assumed: Set<string>;
}

export const LIMIT = 64;

export const newTrace = (): Trace => ({
  values: new Map(),
  problems: [],
  events: [],
  running: -1,
  requirements: [],
  assumptions: [],
  demands: [],
  stores: new Map(),
  decisions: new Map(),
  loops: new Map(),
  names: new Map(),
  assumed: new Set(),
});

export const record = (trace: Trace, node: Node, value: Value): void => {
  const seen = trace.values.get(node);
  if (!seen) {
    trace.values.set(node, [snapshot(value)]);
    return;
  }
  if (seen.length >= LIMIT) return;
  const key = fingerprint(value);
  for (let i = seen.length - 1; i >= 0; i--) {
    const other = seen[i];
    if (other && (other === value || fingerprint(other) === key)) return;
  }
  seen.push(snapshot(value));
};

/** A list changes after it was seen: what is kept is a tuple-like copy of it. */
const snapshot = (value: Value): Value => (value.kind === 'list' ? { ...value } : value);

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
    case 'list':
      return `[${value.items.map(fingerprint).join()}]`;
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
