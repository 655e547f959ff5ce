import { assume, type Condition, symbolOf, symbolsOf } from '../dims';
import { type Arg, type Fault, isFreeInput, type Outcome } from '../ops';
import type { Node } from '../syntax';
import { dict, fromArg, str, unknown, type Value } from '../values';
import { demandAxes } from './demands';
import { fail } from './faults';
import type { Machine } from './machine';
import { nativeClass } from './natives';
import { newObject } from './objects';
import { unconditional } from './path';
import { linkRanks } from './ranks';
import type { OpCall } from './trace';

/** Arguments that cannot be bound are a `TypeError`, whatever is called. */
const UNBOUND: ReadonlySet<string> = new Set([
  'missing-argument',
  'too-many-arguments',
  'unexpected-keyword',
  'repeated-argument',
  'wrong-type',
]);

/** Takes over what an op has said: demands on entries, conditions that must hold, a fault; gives its value. */
export const settleOutcome = (
  m: Machine,
  outcome: Outcome,
  node: Node | undefined,
  op: OpCall,
  exception = 'RuntimeError',
): Value => {
  if (outcome.fault && isUndescribed(outcome.fault, op))
    return noteOp(m, op, node, unknown('of what type an argument is'));
  const output = noteOp(m, op, node, linkRanks(m, op.name, op.args, madeValue(m, outcome.value)), outcome.fault);
  for (const demand of outcome.demands) demandAxes(m, demand, node);
  if (outcome.fault) {
    const failed = fail(m, UNBOUND.has(outcome.fault.code) ? 'TypeError' : exception, outcome.fault, node);
    m.trace.sources.set(failed, { values: [output] });
    return failed;
  }
  sizesExist(m, output);
  for (const condition of outcome.granted)
    if (!concernsUnknown(m, condition)) m.facts = assume(m.facts, condition) ?? m.facts;
  for (const { condition, fault } of outcome.requires) {
    if (concernsUnknown(m, condition)) continue;
    m.trace.requirements.push({ condition, node, path: m.path, fault });
    m.facts = assume(m.facts, condition) ?? m.facts;
  }
  for (const condition of outcome.assumes) {
    if (concernsUnknown(m, condition)) continue;
    m.trace.assumptions.push({ condition, node, path: m.path });
    m.facts = assume(m.facts, condition) ?? m.facts;
  }
  return output;
};

/**
 * Whether what is refused as a number is an argument, or a part of one, and what is refused as a tensor an input of
 * which nothing is known: they may be something else.
 */
const isUndescribed = ({ code, data }: Fault, { args }: OpCall): boolean => {
  if (code !== 'wrong-type' || !('found' in data)) return false;
  const is = data.found === 'int' ? isGivenNumber : data.found === 'Tensor' ? isFreeInput : undefined;
  return !!is && [...args.positional, ...args.keywords.values()].some((arg) => holds(arg, is));
};

const holds = (arg: Arg, is: (arg: Arg) => boolean): boolean =>
  arg.kind === 'tuple' || arg.kind === 'sequence' ? arg.items.some((item) => holds(item, is)) : is(arg);

const isGivenNumber = (arg: Arg): boolean => arg.kind === 'int' && GIVEN.test(symbolOf(arg.value)?.id ?? '');

/** The symbol of an argument, or of a part of one; that of an axis has its number too. */
const GIVEN = /^[ip]:[^:]*$/;

/** An object with fields is made on the heap: `torch.finfo(dtype)`, or a dict. */
const madeValue = (m: Machine, arg: Arg): Value => {
  if (arg.kind === 'tuple') return { ...arg, items: arg.items.map((item) => madeValue(m, item)) };
  if (arg.kind !== 'other' || !arg.fields) return fromArg(arg);
  if (arg.name === 'dict') {
    const table = dict();
    for (const [key, value] of arg.fields) table.entries.set(`s${key}`, { key: str(key), value: fromArg(value) });
    return table;
  }
  const object = newObject(m, nativeClass(m, arg.name), undefined);
  for (const [key, value] of arg.fields) object.attrs.set(key, fromArg(value));
  object.open = true;
  return object;
};

/**
 * An inequality on a size that nobody can know says nothing to a reader, and costs whoever reasons with it. An equality
 * tells what the size is, but for the turns of a loop, in which one size stands for others.
 */
const concernsUnknown = ({ trace }: Machine, c: Condition): boolean =>
  (c.kind !== 'eq' || trace.repeat !== null) &&
  ('left' in c ? [c.left, c.right] : [c.divisor, c.dividend]).some((d) =>
    symbolsOf(d).some((s) => s.role === 'unknown'),
  );

/** A parameter that is the size of an axis is at least 1. */
export const sizesExist = (m: Machine, value: Value): void => {
  if (value.kind === 'tuple' || value.kind === 'list') for (const item of value.items) sizesExist(m, item);
  if (value.kind !== 'tensor') return;
  for (const size of value.shape.dims) {
    if (typeof size === 'number' || symbolOf(size)?.role !== 'rigid' || m.positive.get(size.key) === m.facts) continue;
    m.facts = assume(m.facts, { kind: 'le', left: 1, right: size }) ?? m.facts;
    m.positive.set(size.key, m.facts);
    if (unconditional(m.path)) m.trace.sizes.set(size.key, size);
  }
};

/** Writes down that an op ran, for those who follow the flow of data; gives its output, with numbers where they are asked for. */
export const noteOp = (
  m: Machine,
  op: OpCall,
  node: Node | undefined,
  made: Value,
  fault?: Outcome['fault'],
): Value => {
  const { trace } = m;
  const output = m.arithmetic ? m.arithmetic.ran(op, made, trace.events[trace.running]?.layer) : made;
  if (trace.repeat !== null) m.arithmetic?.lose({ kind: 'loop' });
  trace.ops.push({
    ...op,
    output,
    fault,
    node,
    module: m.frame?.module,
    parent: trace.running,
    at: trace.events.length,
    path: m.path,
    repeat: trace.repeat,
  });
  return output;
};
