import { symbolOf } from '../dims';
import { grows } from '../ops';
import type { BinaryOperator, Expr, Stmt } from '../syntax';
import { builtin, type Scope, type TensorValue, type Value } from '../values';
import { assign } from './assignment';
import { getAttribute } from './attributes';
import { distribute, resolve } from './branch';
import { fail } from './faults';
import type { Machine } from './machine';
import { changedNumbers, ownNumbers } from './memory';
import { binaryOperation, METHODS } from './operators';
import { callMethodIfAny } from './protocols';
import { setAttribute } from './stores';
import { subscript } from './subscripts';
import { record } from './trace';

type Augmented = Extract<Stmt, { kind: 'AugAssign' }>;

/** `target op= value`. */
export const augment = (m: Machine, stmt: Augmented, scope: Scope): void => {
  const { target, op } = stmt;
  const combine = (left: Value): Value => combined(m, op, left, m.evaluate(stmt.value, scope), target);
  if (target.kind === 'Attribute') {
    const self = m.evaluate(target.value, scope);
    const held = getAttribute(m, self, target.attr, target);
    const value = changed(m, held, combine(held));
    setAttribute(m, self, target.attr, value, target);
    record(m, target, value);
    return;
  }
  if (target.kind === 'Subscript') {
    const held = m.evaluate(target.value, scope);
    const key = m.evaluate(target.index, scope);
    const part = distribute(m, held, (v) => subscript(m, v, key, target));
    // What is stored writes the numbers of the whole over, once it is known what they become.
    assign(m, target, combine(part.kind === 'tensor' && part.elements ? ownNumbers(part) : part), scope);
    return;
  }
  const held = m.evaluate(target, scope);
  assign(m, target, changed(m, held, combine(held)), scope);
};

/** Methods that change the left side in place, where Python has them. */
const IN_PLACE: Readonly<Record<string, string>> = {
  'list +': 'list.extend',
  'dict |': 'dict.update',
  'set |': 'set.update',
};

/** What `left op= right` leaves in the target: the left side itself where it was changed in place. */
const combined = (m: Machine, op: BinaryOperator, left: Value, right: Value, node: Expr): Value => {
  const now = resolve(m, left);
  const method = IN_PLACE[`${now.kind} ${op}`];
  if (method) {
    m.call(builtin(method, now), { positional: [right], keywords: new Map() }, node);
    return now;
  }
  const own = now.kind === 'object' ? callMethodIfAny(m, now, `__i${METHODS[op]}__`, right) : undefined;
  if (own) return own;
  const made = binaryOperation(m, op, left, right, node);
  // Paddle makes a new tensor, as Python does of numbers.
  const result = now.kind === 'tensor' && now.lib !== 'paddle' ? changedNumbers(now, made) : made;
  if (
    now.kind === 'tensor' &&
    now.lib === 'torch' &&
    result.kind === 'tensor' &&
    op !== '@' &&
    grows(now, result, m.context)
  ) {
    const data = { op: `${op}=`, target: now.shape, result: result.shape };
    return fail(m, 'RuntimeError', { code: 'inplace-shape', data, names: [] }, node);
  }
  if (now.kind !== 'tensor') return result;
  if (now.lib === 'torch' && op !== '@' && !now.shape.rest) return inPlace(m, now, result);
  return result.kind === 'tensor' && now.parameter ? { ...result, parameter: now.parameter } : result;
};

/** A tensor that is changed where it lies keeps its shape, whatever is brought to it. */
const inPlace = (m: Machine, target: TensorValue, result: Value): Value => {
  const { shape, parameter, lib } = target;
  const found = result.kind === 'tensor' && !result.shape.rest ? result.shape.dims : [];
  const dims = shape.dims.map((d, i) => (symbolOf(d)?.role === 'unknown' ? (found[i] ?? d) : d));
  const same = found.length === dims.length && found.every((d, i) => d === dims[i]);
  const known = result.kind === 'tensor' ? result : ({ kind: 'tensor', lib } as const);
  const changed: TensorValue = same && result.kind === 'tensor' ? result : { ...known, shape: { dims } };
  if (changed !== result) m.trace.sources.set(changed, { values: [result] });
  return parameter ? { ...changed, parameter } : changed;
};

/** What a tensor holds is changed where it lies, so that others that share its memory see it; not so in Paddle. */
const changed = (m: Machine, target: Value, result: Value): Value => {
  if (!m.arithmetic || target.kind !== 'tensor' || result.kind !== 'tensor') return result;
  if (!target.store || target.lib === 'paddle') return result;
  m.arithmetic.assigned(target, result);
  const shared: Value = { ...result, store: target.store };
  m.trace.sources.set(shared, { values: [result] });
  return shared;
};
