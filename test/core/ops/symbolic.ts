import { type Condition, type Dim, evaluate, type Sym, symbol } from '../../../src/core/dims';
import type { Arg, Outcome, TensorArg } from '../../../src/core/ops';
import type { Shape } from '../../../src/core/shapes';
import { type Fact, type Plain, replay } from './facts';

/** How the sizes of a recorded call are hidden from the rule. */
export type Disguise = 'symbols' | 'shared' | 'unknown rank' | 'open front' | 'symbols and numbers';

/**
 * Runs a recorded call with its sizes hidden behind symbols, and says where what we answer is not what happened: a fault
 * of a call that runs, a requirement that it does not meet, a size or a demand that is not the real one.
 */
export const contradiction = (fact: Fact, disguise: Disguise): string | undefined => {
  const values = new Map<string, number>();
  const seen: (readonly number[])[] = [];
  const hide = (arg: Arg): Arg => disguised(arg, disguise, values, seen);
  const said = replay(fact, hide);
  if (!said) return undefined;
  const { outcome } = said;
  const at = (s: Sym): number | undefined => values.get(s.id);
  if (outcome.fault) return `fault ${outcome.fault.code} ${JSON.stringify(outcome.fault.data)}`;
  for (const { condition, fault } of outcome.requires) {
    if (holds(condition, at) === false) return `requires ${JSON.stringify(condition)} (${fault.code})`;
  }
  if (outcome.assumes.some((c) => holds(c, at) === false)) return undefined;
  if (unbatched(outcome, seen)) return undefined;
  const clash = demandClash(outcome, seen, at);
  return clash ?? resultClash(outcome.value, fact.out ?? null, at);
};

const disguised = (arg: Arg, disguise: Disguise, values: Map<string, number>, seen: (readonly number[])[]): Arg => {
  if (arg.kind === 'tuple' || arg.kind === 'sequence')
    return { ...arg, items: arg.items.map((item) => disguised(item, disguise, values, seen)) };
  if (arg.kind === 'int' && disguise === 'symbols and numbers' && typeof arg.value === 'number' && arg.value > 0) {
    const id = `n${values.size}`;
    values.set(id, arg.value);
    return { kind: 'int', value: symbol(id, id, 'rigid') };
  }
  if (arg.kind !== 'tensor') return arg;
  const dims = arg.shape.dims.filter((d) => typeof d === 'number');
  if (dims.includes(0)) return arg;
  seen.push(dims);
  return { ...plain(arg), shape: hiddenShape(dims, disguise, values, seen.length), origin: `${seen.length - 1}` };
};

/** Without a layout: nobody knows how a tensor of symbolic size lies. */
const plain = ({ layout: _, ...rest }: TensorArg): TensorArg => rest;

const hiddenShape = (
  dims: readonly number[],
  disguise: Disguise,
  values: Map<string, number>,
  count: number,
): Shape => {
  const name = (d: number, i: number): Dim => {
    const id = disguise === 'shared' ? `s${d}` : `t${count}_${i}`;
    values.set(id, d);
    return symbol(id, id, 'free');
  };
  if (disguise === 'unknown rank') return { dims: [], rest: { at: 0, id: `x${count}` } };
  if (disguise === 'open front')
    return { dims: dims.slice(-1).map((d) => name(d, 0)), rest: { at: 0, id: `x${count}` } };
  return { dims: dims.map(name) };
};

const holds = (c: Condition, at: (s: Sym) => number | undefined): boolean | undefined => {
  if ('divisor' in c) {
    const [by, of] = [evaluate(c.divisor, at), evaluate(c.dividend, at)];
    return by === undefined || of === undefined ? undefined : (of % by === 0) === (c.kind === 'divides');
  }
  const [left, right] = [evaluate(c.left, at), evaluate(c.right, at)];
  if (left === undefined || right === undefined) return undefined;
  return { eq: left === right, ne: left !== right, le: left <= right, lt: left < right }[c.kind];
};

/** A batch is taken to be there where a library takes both: a call without one says nothing against that. */
const unbatched = ({ demands }: Outcome, seen: readonly (readonly number[])[]): boolean =>
  demands.some(({ tensor, axes, open }) => !open && seen[Number(tensor.origin)]?.length !== axes.length);

/** A demand must be what the tensor was: so many axes, with these sizes. */
const demandClash = (
  { demands }: Outcome,
  seen: readonly (readonly number[])[],
  at: (s: Sym) => number | undefined,
): string | undefined => {
  for (const { tensor, axes } of demands) {
    const real = seen[Number(tensor.origin)];
    if (!real) continue;
    for (const [i, { name, size }] of axes.entries()) {
      const found = real[real.length - axes.length + i];
      const wanted = size === undefined ? undefined : evaluate(size, at);
      if (wanted !== undefined && found !== undefined && wanted !== found)
        return `demand ${name} = ${wanted}, it was ${found} of [${real}]`;
    }
  }
  return undefined;
};

const resultClash = (value: Arg, want: Plain, at: (s: Sym) => number | undefined): string | undefined => {
  if (value.kind === 'tuple' || value.kind === 'sequence') {
    if (!Array.isArray(want) || want.length !== value.items.length + 1)
      return `${value.items.length} values for ${JSON.stringify(want)}`;
    for (const [i, item] of value.items.entries()) {
      const clash = resultClash(item, want[i + 1] ?? null, at);
      if (clash !== undefined) return clash;
    }
    return undefined;
  }
  if (value.kind === 'int') {
    const found = evaluate(value.value, at);
    return found === undefined || found === want ? undefined : `${found} for ${want}`;
  }
  if (value.kind !== 'tensor') return undefined;
  const real = Array.isArray(want) && Array.isArray(want[1]) ? want[1] : undefined;
  return real ? shapeClash(value.shape, real, at) : `tensor for ${JSON.stringify(want)}`;
};

const shapeClash = (
  { dims, rest }: Shape,
  real: readonly Plain[],
  at: (s: Sym) => number | undefined,
): string | undefined => {
  const told = `[${dims.map((d) => evaluate(d, at) ?? '?')}]${rest ? ` with a rest at ${rest.at}` : ''} for [${real}]`;
  if (rest ? dims.length > real.length : dims.length !== real.length) return told;
  for (const [i, d] of dims.entries()) {
    const found = evaluate(d, at);
    const want = rest && i >= rest.at ? real[real.length - dims.length + i] : real[i];
    if (found !== undefined && found !== want) return told;
  }
  return undefined;
};
