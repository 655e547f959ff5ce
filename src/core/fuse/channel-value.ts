import type { OpEvent } from '../interp';
import type { Arg } from '../ops';
import type { Value } from '../values';
import { BINARY } from './follow/elementwise';
import { uniform } from './random';

/** What a value that is made of parameters is for one channel, with numbers in the place of the parameters. */
export type ChannelValue = (value: Value | Arg) => number | undefined;

/** How vectors of the channels are read in a run. */
export interface ChannelReader {
  /** What a value that is made of parameters is for one channel; each seed stands for other parameters. */
  readonly channelValue: (value: Value | Arg, seed: number) => number | undefined;
  /** A value before it was expanded. */
  readonly narrow: (value: Value | Arg) => Value | Arg;
}

/** Reads vectors of the channels by the ops of a run. */
export const channelReader = (ops: readonly OpEvent[]): ChannelReader => {
  const makers = makersOf(ops);
  const bySeed = new Map<number, ChannelValue>();
  return {
    channelValue: (value, seed) => {
      const reader = bySeed.get(seed) ?? channelValues(makers, seed);
      bySeed.set(seed, reader);
      return reader(value);
    },
    narrow: (value) => {
      let at = value;
      for (let op = makers.get(at); op && /(^|\.)expand$/.test(op.name); op = makers.get(at))
        at = op.args.positional[0] ?? at;
      return at;
    },
  };
};

type Makers = ReadonlyMap<Value | Arg, OpEvent>;

/** By which op each value was made. */
const makersOf = (ops: readonly OpEvent[]): Makers => {
  const makers = new Map<Value | Arg, OpEvent>();
  const changed = new Set<Value | Arg>();
  for (const op of ops) {
    const [target] = op.args.positional;
    // What is changed in place is not what made it any more.
    const isSame = op.output === target && !SAME.test(op.name);
    if (target && (op.name === '[]=' || isSame || op.name.endsWith('_'))) changed.add(target);
    if (op.output !== target) makers.set(op.output, op);
  }
  for (const value of changed) makers.delete(value);
  return makers;
};

/**
 * Follows arithmetic on vectors of the channels. Every parameter is a number that is its own: two expressions that agree on
 * them for several seeds are the same.
 */
const channelValues = (makers: Makers, seed: number): ChannelValue => {
  const known = new Map<Value | Arg, number | undefined>();
  const numberFor: ChannelValue = (value) => {
    if (known.has(value)) return known.get(value);
    known.set(value, undefined);
    const found = numberOf(value) ?? parameterOf(value, seed) ?? computed(makers.get(value), numberFor);
    known.set(value, found);
    return found;
  };
  return numberFor;
};

const numberOf = (value: Value | Arg): number | undefined =>
  (value.kind === 'int' || value.kind === 'float') && typeof value.value === 'number' ? value.value : undefined;

/** Positive, as variances are. */
const parameterOf = (value: Value | Arg, seed: number): number | undefined =>
  value.kind === 'tensor' && 'parameter' in value && value.parameter && isVector(value)
    ? 0.5 + uniform(seed * 65_537 + value.parameter.id)()
    : undefined;

/** All numbers stand along one axis. */
const isVector = ({ shape }: Extract<Value | Arg, { kind: 'tensor' }>): boolean =>
  !shape.rest && shape.dims.filter((size) => size !== 1).length < 2;

const SAME =
  /(^|[._])(view|reshape|view_as|detach|clone|contiguous|to|float|double|type_as|unsqueeze|flatten|expand|data)_?$/;

const UNARY: Readonly<Record<string, (x: number) => number>> = {
  '-x': (x) => -x,
  neg: (x) => -x,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  square: (x) => x * x,
  reciprocal: (x) => 1 / x,
};

const OPERATORS: Readonly<Record<string, (x: number, y: number) => number>> = {
  ...BINARY,
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
  '**': (x, y) => x ** y,
};

const computed = (op: OpEvent | undefined, numberFor: ChannelValue): number | undefined => {
  const [first, second, more] = op?.args.positional ?? [];
  if (!op || !first || op.fault) return undefined;
  const name = op.name.split('.').at(-1) ?? '';
  const x = numberFor(first);
  if (SAME.test(op.name)) return x;
  if (op.args.keywords.size > 0 || x === undefined) return undefined;
  if (second === undefined) return UNARY[name]?.(x);
  const y = more === undefined ? numberFor(second) : undefined;
  return y === undefined ? undefined : OPERATORS[name]?.(x, y);
};
