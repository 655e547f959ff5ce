import type { Arithmetic, Loss, OpCall } from '../../interp';
import { type Arg, namedCall, type Store, type TensorArg } from '../../ops';
import { type ObjectValue, toArg, type Value } from '../../values';
import { count, type Tensor } from '../tensor';
import { held, type Numeric, type NumericCall, sizesOf } from './call';
import { CREATE } from './create';
import { ELEMENTWISE } from './elementwise';
import { put, taken } from './indexing';
import { layer, POOLS } from './layers';
import { REARRANGE, SHARING } from './rearrange';
import { REDUCE } from './reduce';

const OPS: Readonly<Record<string, Numeric>> = { ...ELEMENTWISE, ...REARRANGE, ...REDUCE, ...CREATE, ...POOLS };

/** The largest tensor that is computed. */
const LARGEST = 1_000_000;

/** Why a computation ended: what the run met, or a weight that is changed in a way that is not followed. */
type Lost = Loss | { readonly kind: 'view' | 'resized' };

/** Computes in float64 beside a run, as far as every op can be followed; `lost` tells whether the run could not be. */
export interface Following extends Arithmetic {
  readonly lost: () => Lost | undefined;
  /** The first op whose result could not be computed. */
  readonly missed: () => string | undefined;
}

/** A new computation. What cannot be computed is NaN, and stays so in everything that is made of it. */
export const following = (): Following => {
  let lost: Lost | undefined;
  let missed: string | undefined;
  /** Memory of results that share memory with another tensor in truth, but not here. */
  const copies = new WeakSet<Store>();
  const lose = (why: Lost): void => {
    lost ??= why;
  };
  const inPlace = (call: NumericCall, target: Arg | undefined, output: Value): Value => {
    const to = held(target);
    if (!to || target?.kind !== 'tensor' || !target.store) return bare(output);
    if (copies.has(target.store)) lose({ kind: 'view' });
    const from =
      call.name === 'copy_' || call.name === 'set_value' ? held(call.arg('src', 'value', 'other')) : undefined;
    const made =
      from ??
      { zero_: filledLike(to, 0), fill_: filledLike(to, held(call.arg('value'))?.data[0]) }[call.name] ??
      one(OPS[call.name.replace(/_$/, '')]?.({ ...call, name: call.name.replace(/_$/, '') }));
    if (made?.data.length === to.data.length) to.data.set(made.data);
    else to.data.fill(Number.NaN);
    return output.kind === 'tensor' ? { ...output, store: target.store } : output;
  };
  const ran: Arithmetic['ran'] = (op, output, self) => {
    const result = inFloat64(lost === undefined ? computed(op, output, self) : bare(output));
    if (result.kind === 'tensor' && !result.store && op.name !== '[]=') missed ??= op.name;
    return result;
  };
  const computed: Arithmetic['ran'] = (op, output, self) => {
    const [first, ...others] = op.args.positional;
    if (op.name === '[]=') {
      const target = held(first);
      const value = others.pop();
      if (first?.kind === 'tensor' && first.store && copies.has(first.store)) lose({ kind: 'view' });
      if (target && value && !put(target, others, held(value))) {
        target.data.fill(Number.NaN);
        missed ??= op.name;
      }
      return bare(output);
    }
    if (op.name === '[]') {
      const t = held(first);
      return attached(output, t && taken(t, others), copies);
    }
    const call = numericCall(op, output, self);
    if (!call) return bare(output);
    if (/[a-z]_$/.test(call.name) && !SHARING.has(call.name)) return inPlace(call, call.subject, output);
    if (call.name === 'set_value') return inPlace(call, call.subject, output);
    const t = held(call.subject);
    if (SHARING.has(call.name) && t && call.subject?.kind === 'tensor' && output.kind === 'tensor') {
      const shape = sizesOf(output);
      return shape && count(shape) === t.data.length ? { ...output, store: { data: t.data } } : bare(output);
    }
    return attached(output, (OPS[call.name] ?? layer)(call), VIEWS.has(call.name) ? copies : undefined);
  };
  return {
    ran,
    lose,
    lost: () => lost,
    missed: () => missed,
    made: (tensor) => {
      const shape = sizesOf(tensor);
      if (tensor.store || !shape || count(shape) > LARGEST) return tensor;
      return { ...tensor, dtype: 'float64', store: { data: new Float64Array(count(shape)).fill(Number.NaN) } };
    },
    assigned: (target, value) => {
      const from = held(toArg(value));
      if (!target.store) return;
      if (copies.has(target.store)) lose({ kind: 'view' });
      if (from?.data.length === target.store.data.length) target.store.data.set(from.data);
      else lose({ kind: 'resized' });
    },
    item: (tensor) => {
      const number = tensor.store?.data.length === 1 ? tensor.store.data[0] : undefined;
      return number === undefined || Number.isNaN(number) ? undefined : number;
    },
  };
};

/** Ops whose results are views in the libraries. */
const VIEWS: ReadonlySet<string> = new Set([
  'permute',
  'transpose',
  't',
  '.T',
  '.mT',
  'swapaxes',
  'expand',
  'expand_as',
  'broadcast_to',
  'split',
  'chunk',
]);

/** As if the model stood in float64: which types meet is no question of the arithmetic. */
const inFloat64 = (value: Value): Value => {
  if (value.kind === 'tuple') return { ...value, items: value.items.map(inFloat64) };
  const isReal = value.kind === 'tensor' && /^b?float(16|32)$/.test(value.dtype ?? '');
  return isReal ? { ...value, dtype: 'float64' } : value;
};

const filledLike = ({ shape, data }: Tensor, value: number | undefined): Tensor | undefined =>
  value === undefined ? undefined : { shape, data: new Float64Array(data.length).fill(value) };

const one = (made: ReturnType<Numeric>): Tensor | undefined => (made && 'data' in made ? made : undefined);

/** A value without numbers that it may have from the one it was made of. */
const bare = (value: Value): Value => {
  if (value.kind === 'tuple') return { ...value, items: value.items.map(bare) };
  if (value.kind !== 'tensor' || !value.store) return value;
  const { store: _, ...rest } = value;
  return rest;
};

/** A value with the numbers that were computed, where they have its shape. */
const attached = (output: Value, made: ReturnType<Numeric>, copies: WeakSet<Store> | undefined): Value => {
  if (output.kind === 'tuple' && made && !('data' in made) && made.length === output.items.length)
    return { ...output, items: output.items.map((item, i) => attached(item, made[i], copies)) };
  const numbers = one(made);
  const plain = bare(output);
  if (plain.kind !== 'tensor' || !numbers || sizesOf(plain)?.join() !== numbers.shape.join()) return plain;
  const store: Store = { data: numbers.data };
  copies?.add(store);
  return { ...plain, store };
};

const numericCall = (op: OpCall, output: Value, self: ObjectValue | undefined): NumericCall | undefined => {
  const shape = output.kind === 'tensor' ? sizesOf(output) : undefined;
  if (shape && count(shape) > LARGEST) return undefined;
  const { positional } = op.args;
  if (!op.family) {
    const arg: NumericCall['arg'] = (name) => positional[Number(name)];
    const lib = positional.find((a): a is TensorArg => a.kind === 'tensor')?.lib ?? 'torch';
    return { name: op.name, lib, arg, subject: positional[0], shape, read: readOf(op, undefined, positional) };
  }
  const isLayer = op.family.kind === 'layer';
  const field = (name: string): Arg | undefined => {
    const value = self?.attrs.get(name) ?? self?.attrs.get(`_${name}`);
    return value && toArg(value);
  };
  const named = namedCall(op.family, op.args, isLayer ? field : () => undefined);
  if (!named) return undefined;
  const arg: NumericCall['arg'] = (...names) => {
    for (const name of names) {
      const found = named.args.get(name);
      if (found) return found;
    }
    return undefined;
  };
  const [subject] = named.args.values();
  return {
    name: named.name.replace(/^_/, ''),
    lib: op.family.lib,
    arg,
    subject,
    shape,
    read: readOf(op, isLayer ? self : undefined, subject ? [subject] : []),
  };
};

const readOf = (op: OpCall, module: ObjectValue | undefined, inputs: readonly Arg[]): NumericCall['read'] => ({
  ran: op,
  module,
  role: module ? 'layer' : 'op',
  inputs: inputs.flatMap((a) => (a.kind === 'tensor' ? [a.shape] : [])),
});
