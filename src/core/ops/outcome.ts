import type { Condition, Dim, Facts } from '../dims';
import type { Shape } from '../shapes';
import type { Arg, TensorArg } from './arg';

/** What an op may ask while it runs. */
export interface OpContext {
  readonly facts: Facts;
  /** `module.training`; absent where nobody knows. */
  readonly training?: boolean;
  /** Whether inputs of unknown rank are read as such code usually means them; absent where not. */
  readonly supposes?: boolean;
  /** Whether the axes of an input may be 1 wherever they meet others: they tell nothing of those then. */
  readonly isLoose?: (entry: string) => boolean;
  /** Says what an axis of an input, counted from the last one, meets in a tensor that is no parameter. */
  readonly meets?: (entry: string, axis: number, size: 1 | 'given') => void;
  /** A new size that nobody can know; each call gives another one. `why` is a short English reason, `name` what it is called. */
  readonly unknownSize: (why: string, name?: string) => Dim;
  /** A new identity for axes that nobody knows. */
  readonly unknownRest: (why: string) => string;
}

/**
 * A proved fault: with these arguments no call can succeed. The words are in `explain`, by code; `data` fills them.
 * `names` are the parameters at fault, so that the place in the source can be shown.
 */
export interface Fault {
  readonly code: string;
  readonly data: Readonly<Record<string, string | number | Dim | Shape>>;
  readonly names: readonly string[];
}

/** A condition that is neither proved nor refuted, and the fault that its negation would be. */
export interface Requirement {
  readonly condition: Condition;
  readonly fault: Fault;
}

/**
 * A tensor of unknown rank met a pattern: this is what the op needs it to be. `axes` are the names of the pattern's
 * letters (`b`, `c`, `h`, `w`) with their sizes where the call says them; `open` when further axes may stand before.
 */
export interface Demand {
  readonly tensor: TensorArg;
  readonly axes: readonly { readonly name: string; readonly size?: Dim }[];
  /** Where further axes may stand that the op says nothing of. */
  readonly open: false | 'front' | 'back';
  /**
   * Set where the call would run with other axes as well, and these are only the usual ones: what the author says of the
   * tensor counts more. `widened`: said of a tensor into which the code has put axes, to line it up with another one;
   * `most`: it has no more axes than these.
   */
  readonly usual?: 'always' | 'widened' | 'most';
}

/** So many axes of which nothing is known but that the first one is the batch, as a rule. */
export const batchFirst = (count: number): Demand['axes'] =>
  Array.from({ length: count }, (_, i) => ({ name: i === 0 ? 'B' : '_' }));

/** What a call gives: always a value (perhaps an unknown one), never an exception. */
export interface Outcome {
  readonly value: Arg;
  /** Must hold for the call to succeed; the interpreter binds free symbols with them or shows them. */
  readonly requires: readonly Requirement[];
  /** Was taken to hold although the call could succeed without it (broadcasting of two symbols). */
  readonly assumes: readonly Condition[];
  /** What holds once the call has succeeded and is not worth telling. */
  readonly granted: readonly Condition[];
  readonly demands: readonly Demand[];
  readonly fault?: Fault;
}
