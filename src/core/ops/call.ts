import { type Condition, type Dim, decide, mul, same } from '../dims';
import { broadcast, type Shape, unknownShape } from '../shapes';
import type { Arg, Home, TensorArg } from './arg';
import type { Fault, OpContext, Outcome } from './outcome';

/** One call while its rule runs. Rules add to the lists and go on; the engine reads them afterwards. */
export interface Call {
  readonly cx: OpContext;
  readonly lib: Home;
  /** The C++ parser binds: `bool` takes nothing but a bool. */
  readonly strict: boolean;
  /** Name of the op as the reader knows it: `conv2d`, `MaxPool2d`. */
  readonly op: string;
  /** Parameters that the caller gave, as opposed to defaults. */
  readonly given: ReadonlySet<string>;
  /** The tensors among the arguments, as far as they have been read. */
  readonly tensors: TensorArg[];
  /** Keywords that an open signature took. */
  readonly extra: ReadonlyMap<string, Arg>;
  readonly requires: Outcome['requires'][number][];
  readonly assumes: Condition[];
  /** What holds once the call has succeeded and is not worth telling: a stride is at least 1. */
  readonly granted: Condition[];
  readonly demands: Outcome['demands'][number][];
  readonly faults: Fault[];
  /** Why the result cannot be known, once something needed was not. */
  readonly doubts: string[];
}

/** A call with nothing found yet. */
export const newCall = (
  cx: OpContext,
  lib: Home,
  op: string,
  how: Partial<Pick<Call, 'given' | 'strict' | 'extra'>> = {},
): Call => ({
  cx,
  lib,
  op,
  given: how.given ?? new Set(),
  strict: how.strict ?? false,
  tensors: [],
  extra: how.extra ?? new Map(),
  requires: [],
  assumes: [],
  granted: [],
  demands: [],
  faults: [],
  doubts: [],
});

/**
 * States that `condition` must hold for the call to succeed. Refuted, it is the call's fault; open, a requirement.
 * Nothing is recorded after a doubt: the rule then runs on stand-ins.
 */
export const need = (call: Call, condition: Condition, fault: Fault): void => {
  if (call.doubts.length > 0) return;
  const known = decide(call.cx.facts, condition);
  if (known === false) call.faults.push(fault);
  else if (known === undefined) call.requires.push({ condition, fault });
};

/** True where proved, false where refuted, `undefined` where open. */
export const holds = (call: Call, condition: Condition): boolean | undefined => decide(call.cx.facts, condition);

/** The call cannot succeed. Gives `undefined`, so that a rule can `return refuse(…)`. */
export const refuse = (call: Call, fault: Fault): undefined => {
  if (call.doubts.length === 0) call.faults.push(fault);
  return undefined;
};

/** The result cannot be known. */
export const giveUp = (call: Call, why: string): undefined => {
  call.doubts.push(why);
  return undefined;
};

/** A size that nobody can know. */
export const fresh = (call: Call, why: string, name?: string): Dim => call.cx.unknownSize(why, name);

/** How long tensors of a size are one after the other. */
export const severalTimes = (size: Dim, times: Dim = 1): Dim => mul(times, size);

/** A shape of which nothing is known. */
export const freshShape = (call: Call, why: string): Shape => unknownShape(call.cx.unknownRest(why));

/** The shape that all broadcast to; a proved clash is the call's fault. */
export const broadcastAll = (
  call: Call,
  shapes: readonly Shape[],
  clash: (a: Shape, b: Shape) => Fault,
): Shape | undefined => {
  let all = shapes[0];
  if (all === undefined) return undefined;
  for (const next of shapes.slice(1)) {
    const met = broadcast(call.cx.facts, [all, next]);
    const fault = clash(all, next);
    if (met.fault) return refuse(call, fault);
    if (call.doubts.length === 0) {
      for (const condition of met.requires) call.requires.push({ condition, fault });
      call.assumes.push(...met.assumes);
    }
    all = met.shape;
  }
  return all;
};

/**
 * States that a shape broadcasts into another without making it larger, as `x[…] = y` and `copy_` need it. A size that
 * may be 1 as well is only assumed to be the other's.
 */
export const needFits = (call: Call, source: Shape, target: Shape, clash: Fault): void => {
  if (source.rest || target.rest) return;
  const extra = target.dims.length - source.dims.length;
  source.dims.forEach((d, i) => {
    const at = i + extra;
    const size = at < 0 ? 1 : (target.dims[at] ?? d);
    if (same(d, size) || d === 1) return;
    const equal: Condition = { kind: 'eq', left: d, right: size };
    const one = at < 0 ? false : holds(call, { kind: 'eq', left: d, right: 1 });
    if (one === true) return;
    if (one === false || holds(call, equal) === true) need(call, equal, clash);
    else if (call.doubts.length === 0) call.assumes.push(equal);
  });
};

/** What the engine answers for a finished call. */
export const outcome = (call: Call, value: Arg | undefined): Outcome => {
  const fault = call.faults[0];
  // The axes of a demand are read only now that every letter is settled.
  const demands = call.demands.map(({ axes, ...demand }) => ({ ...demand, axes }));
  const base = { requires: call.requires, assumes: call.assumes, granted: call.granted, demands };
  if (fault) return { ...base, value: { kind: 'unknown', why: `${call.op} fails` }, fault };
  const doubt = call.doubts[0];
  if (doubt !== undefined || value === undefined)
    return { ...base, value: { kind: 'unknown', why: doubt ?? `${call.op} cannot be followed` } };
  return { ...base, value };
};

/** A new tensor with nothing but its shape known. */
export const tensor = (lib: Home, shape: Shape, more: Partial<TensorArg> = {}): TensorArg => ({
  kind: 'tensor',
  lib,
  shape,
  ...more,
});
