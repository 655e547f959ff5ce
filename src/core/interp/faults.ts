import type { Fault } from '../ops';
import type { Node } from '../syntax';
import { type ObjectValue, unknown, type Value } from '../values';
import type { Frame, Machine, Path, Raised } from './machine';
import { nativeClass } from './natives';

/** Whether what happens now happens only under a condition that nobody has decided. */
export const conditional = (path: Path | null): boolean => {
  for (let at = path; at; at = at.outer) if (!at.assumed) return true;
  return false;
};

const callsOf = (frame: Frame | null): readonly Node[] => {
  const calls: Node[] = [];
  for (let at = frame; at; at = at.caller) if (at.site) calls.push(at.site);
  return calls;
};

const exceptionOf = (m: Machine, name: string, message: string): ObjectValue => ({
  kind: 'object',
  cls: nativeClass(m, `builtins.${name}`),
  id: m.nextId++,
  // The words of a message differ from version to version.
  attrs: new Map([['args', unknown(message)]]),
  open: true,
  count: null,
});

/** Raises as Python would. */
export const raise = (m: Machine, name: string, message: string, node: Node | undefined, fault?: Fault): never => {
  const raised: Raised = { kind: 'raised', exception: exceptionOf(m, name, message), node, ...(fault && { fault }) };
  throw raised;
};

export const report = (m: Machine, fault: Fault, node: Node | undefined): void => {
  // Nothing is proved where the meaning of a helper or of a parameter was assumed.
  if (m.trace.assumed.size > 0 || m.trace.kept.size > 0) return;
  m.trace.problems.push({
    fault,
    module: m.frame?.module,
    node,
    path: m.path,
    calls: callsOf(m.frame),
    certain: !conditional(m.path),
  });
};

/**
 * A proved fault. Inside `try` the handler runs, as in Python; under an undecided condition the side drops out;
 * otherwise it is reported, and the analysis goes on with an unknown value.
 */
export const fail = (m: Machine, exception: string, fault: Fault, node: Node | undefined): Value => {
  if (m.tries === 0) report(m, fault, node);
  if (m.tries > 0 || conditional(m.path)) raise(m, exception, fault.code, node, fault);
  return unknown(fault.code);
};
