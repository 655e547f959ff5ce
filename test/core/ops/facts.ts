import type { Dim } from '../../../src/core/dims';
import {
  type Arg,
  callLayer,
  callOp,
  type DType,
  describeCall,
  describeLayerCall,
  findFamily,
  index,
  type LayerState,
  makeLayer,
  type Outcome,
  settleLazy,
} from '../../../src/core/ops';
import { context, tensor } from './context';

/** A value as `scripts/record/draw.py` writes it. */
export type Plain = null | boolean | number | string | readonly Plain[];

/** What the real library did with one call. */
export interface Fact {
  readonly op: string;
  readonly args: readonly Plain[];
  readonly kw?: Readonly<Record<string, Plain>>;
  readonly call?: readonly [readonly Plain[], Readonly<Record<string, Plain>>];
  readonly params?: readonly (readonly [string, readonly number[]])[];
  readonly buffers?: readonly (readonly [string, readonly number[]])[];
  readonly out?: Plain;
  readonly error?: string;
  /** Floating-point operations, as `scripts/record-flops.py` writes them. */
  readonly flops?: number;
}

export type Verdict = 'exact' | 'unknown' | 'wrong' | 'alarm' | 'proved' | 'silent' | 'missed' | 'absent';

/** What we say of the same call, held against the fact. */
export const judge = (fact: Fact): { readonly verdict: Verdict; readonly why: string } => {
  const said = replay(fact);
  if (!said) return { verdict: 'absent', why: fact.op };
  const { outcome, layer } = said;
  const got = outcome.fault ? undefined : write(outcome.value);
  if (fact.error !== undefined) {
    if (outcome.fault) return { verdict: 'proved', why: outcome.fault.code };
    return {
      verdict: got === undefined || JSON.stringify(got).includes('null') ? 'silent' : 'missed',
      why: JSON.stringify(got),
    };
  }
  if (outcome.fault) return { verdict: 'alarm', why: `${outcome.fault.code} ${JSON.stringify(outcome.fault.data)}` };
  const owned = layer && ownedClash(layer, fact);
  if (owned !== undefined) return { verdict: 'wrong', why: owned };
  const clash = clashes(got, fact.out ?? null);
  if (clash === 'unknown')
    return { verdict: 'unknown', why: outcome.value.kind === 'unknown' ? outcome.value.why : '' };
  return clash === undefined ? { verdict: 'exact', why: '' } : { verdict: 'wrong', why: clash };
};

/** The same call on our side; `disguise` may change what the function or the layer's input is given. */
export const replay = (
  fact: Fact,
  disguise: (arg: Arg) => Arg = (arg) => arg,
): { readonly outcome: Outcome; readonly layer?: LayerState } | undefined => {
  const cx = context(false);
  if (fact.op === 'index') return subscripted(fact, disguise);
  if (fact.op === 'chain') return chained(fact, disguise);
  const family = findFamily(fact.op);
  if (!family) return undefined;
  const given = (value: Plain): Arg => disguise(read(value));
  if (family.kind === 'function')
    return { outcome: callOp(family, { positional: fact.args.map(given), keywords: keywords(fact.kw, given) }, cx) };
  const args = { positional: fact.args.map(given), keywords: keywords(fact.kw, given) };
  const { layer, fault } = makeLayer(family, args, cx);
  if (fault || !layer) return { outcome: { ...nothing, ...(fault ? { fault } : {}) } };
  const [positional, named] = fact.call ?? [[], {}];
  const inputs = { positional: positional.map(given), keywords: keywords(named, given) };
  const settling = settleLazy(layer.family, fieldOf(layer, false), inputs, cx);
  if (settling?.fault) return { outcome: { ...nothing, fault: settling.fault } };
  const ready = settling?.layer ?? layer;
  return { outcome: callLayer(ready.family, fieldOf(ready, false), inputs, cx), layer: ready };
};

/** What an instance has under a name: its tensors, its fields, and whether it is trained. */
const fieldOf = (layer: LayerState, training: boolean): ((name: string) => Arg | undefined) => {
  const { lib } = layer.family;
  const owned = new Map<string, Arg>(
    layer.params.map((p) => [
      p.name,
      { kind: 'tensor', lib, shape: p.shape, ...(p.dtype && { dtype: p.dtype }), layout: 'contiguous' },
    ]),
  );
  return (name) =>
    owned.get(name) ?? layer.fields.get(name) ?? (name === 'training' ? { kind: 'bool', value: training } : undefined);
};

/** The cost that we tell of the same call in train mode; `undefined` where we tell none. */
export const costOf = (fact: Fact): Dim | undefined => {
  const cx = context(true);
  const family = findFamily(fact.op);
  if (!family) return undefined;
  const args = { positional: fact.args.map(read), keywords: keywords(fact.kw, read) };
  if (family.kind === 'function') return describeCall(family, args, cx).flops;
  const { layer } = makeLayer(family, args, cx);
  if (!layer) return undefined;
  const [positional, named] = fact.call ?? [[], {}];
  const inputs = { positional: positional.map(read), keywords: keywords(named, read) };
  return describeLayerCall(layer.family, fieldOf(layer, true), inputs, cx).flops;
};

const nothing: Outcome = { value: { kind: 'unknown', why: '' }, requires: [], assumes: [], granted: [], demands: [] };

const keywords = (
  kw: Readonly<Record<string, Plain>> | undefined,
  read: (value: Plain) => Arg,
): ReadonlyMap<string, Arg> => new Map(Object.entries(kw ?? {}).map(([name, value]) => [name, read(value)]));

const subscripted = ({ args }: Fact, disguise: (arg: Arg) => Arg): { readonly outcome: Outcome } | undefined => {
  const [first, ...items] = args;
  const t = disguise(read(first ?? null));
  return t.kind === 'tensor' ? { outcome: index(t, items.map(readItem), context(false)) } : undefined;
};

/** Methods one after the other, each on what the one before gave. */
const chained = ({ args }: Fact, disguise: (arg: Arg) => Arg): { readonly outcome: Outcome } | undefined => {
  let last: Outcome | undefined;
  for (const step of args) {
    if (!isList(step)) return undefined;
    const [, name, first, ...rest] = step;
    const family = findFamily(`torch.Tensor.${name}`);
    if (!family || last?.fault) return last && { outcome: last };
    const positional = [last?.value ?? disguise(read(first ?? null)), ...rest.map(read)];
    last = callOp(family, { positional, keywords: new Map() }, context(false));
  }
  return last && { outcome: last };
};

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);

const read = (value: Plain): Arg => {
  if (value === null) return { kind: 'none' };
  if (typeof value === 'boolean') return { kind: 'bool', value };
  if (typeof value === 'number') return Number.isInteger(value) ? { kind: 'int', value } : { kind: 'float', value };
  if (typeof value === 'string')
    return /^F:/.test(value) ? { kind: 'float', value: Number(value.slice(2)) } : { kind: 'str', value };
  const [tag, ...items] = value;
  if (tag === 'T') return tensor(sizesIn(items[0]), dtypeOf(items[1]));
  if (tag === 'F') return { kind: 'float', value: Number(items[0]) };
  if (tag === 'D') return { kind: 'dtype', name: dtypeOf(items[0]) };
  return { kind: tag === 'L' ? 'sequence' : 'tuple', items: items.map(read) };
};

const readItem = (value: Plain): Arg => {
  if (value === '...') return { kind: 'ellipsis' };
  if (!isList(value)) return read(value);
  if (value[0] === 'T') return read(value);
  if (value[0] === 'L' && value[1] === 'S') {
    const [, , lower = null, upper = null, step = null] = value;
    return { kind: 'slice', lower: read(lower), upper: read(upper), step: read(step) };
  }
  return read(value);
};

const sizesIn = (value: Plain | undefined): readonly number[] =>
  value !== undefined && isList(value) ? value.filter((d) => typeof d === 'number') : [];

const names: readonly DType[] = [
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'complex64',
  'complex128',
  'uint8',
  'int8',
  'int16',
  'int32',
  'int64',
  'bool',
];
const dtypeOf = (value: Plain | undefined): DType => names.find((name) => name === value) ?? 'float32';

/** A value of ours as the recorder writes it; sizes that nobody knows are `null`. */
const write = (arg: Arg): Plain | undefined => {
  switch (arg.kind) {
    case 'none':
      return null;
    case 'bool':
      return arg.value;
    case 'int':
      return typeof arg.value === 'number' ? arg.value : undefined;
    case 'tensor': {
      if (arg.shape.rest) return undefined;
      const dims = arg.shape.dims.map((d) => (typeof d === 'number' ? d : null));
      return ['T', dims, arg.dtype ?? '?', arg.layout === undefined ? '?' : arg.layout === 'contiguous' ? 1 : 0];
    }
    case 'tuple':
    case 'sequence': {
      const items = arg.items.map(write);
      return items.includes(undefined) ? undefined : ['U', ...items.map((item) => item ?? null)];
    }
    default:
      return undefined;
  }
};

/** Where what we say and the fact differ; `?` on our side says nothing. */
const clashes = (got: Plain | undefined, want: Plain): string | undefined => {
  if (got === undefined) return 'unknown';
  if (got === '?') return undefined;
  if (!isList(got) || !isList(want))
    return got === want
      ? undefined
      : got === null && want !== null && typeof want === 'number'
        ? 'unknown'
        : `${got} for ${want}`;
  if (got.length !== want.length) return `${JSON.stringify(got)} for ${JSON.stringify(want)}`;
  for (const [i, item] of got.entries()) {
    const clash = clashes(item, want[i] ?? null);
    if (clash !== undefined) return clash === 'unknown' ? clash : `${JSON.stringify(got)} for ${JSON.stringify(want)}`;
  }
  return undefined;
};

/** Parameters and buffers by name, in order. */
const ownedClash = (layer: LayerState, { params = [], buffers = [] }: Fact): string | undefined => {
  const ours = (trained: boolean): string =>
    JSON.stringify(layer.params.filter((p) => p.trained === trained).map((p) => [p.name, p.shape.dims]));
  if (ours(true) !== JSON.stringify(params)) return `parameters ${ours(true)} for ${JSON.stringify(params)}`;
  return ours(false) === JSON.stringify(buffers) ? undefined : `buffers ${ours(false)} for ${JSON.stringify(buffers)}`;
};
