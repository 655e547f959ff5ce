import { add, type Dim, mul, product, same } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, fresh, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import type { ParamShapes } from '../rows';
import { withRank } from './axes';
import { needFractions } from './rnn';
import { none, tuple } from './values';
import { typed } from './view';

/** What multi-head attention is set up with. */
export interface Heads {
  readonly embed_dim: Dim;
  readonly num_heads: Dim;
  readonly kdim: Dim;
  readonly vdim: Dim;
  readonly batch_first: boolean;
  /** Keys that the layer adds of its own. */
  readonly extra: number;
  /** Features of the output, where the last projection changes them. */
  readonly output?: Dim;
}

/** Refuses sizes that the heads do not divide. */
export const needHeads = (call: Call, size: Dim, heads: Dim): void => {
  const clash = fault('heads-divide', { op: call.op, size, heads }, 'embed_dim', 'num_heads');
  if (typeof heads === 'number' && heads <= 0) refuse(call, clash);
  else if (heads !== 1 && !same(size, heads)) need(call, { kind: 'divides', divisor: heads, dividend: size }, clash);
};

interface Inputs {
  readonly query: TensorArg;
  readonly key: TensorArg;
  readonly value: TensorArg;
  readonly mask: TensorArg | null;
  readonly padding: TensorArg | null;
}

/** Lengths and batch of query and key. */
interface Sides {
  readonly batch: Dim | null;
  readonly queries: Dim;
  readonly keys: Dim;
}

/** Output and weights of multi-head attention (docs.pytorch.org, `MultiheadAttention`). */
export const multihead = (
  call: Call,
  inputs: Inputs,
  how: Heads,
  weights: 'mean' | 'each' | 'none',
): Arg | undefined => {
  const sides = sidesOf(call, inputs, how);
  if (!sides) return undefined;
  checkMasks(call, inputs, sides, how);
  const { batch, queries } = sides;
  const order = batch === null ? [queries] : how.batch_first ? [batch, queries] : [queries, batch];
  const output = tensor(call.lib, { dims: [...order, how.output ?? how.embed_dim] }, typed(inputs.query));
  const keys = add(sides.keys, how.extra);
  const lead = batch === null ? [] : [batch];
  const heads = weights === 'each' ? [how.num_heads] : [];
  const seen = tensor(call.lib, { dims: [...lead, ...heads, queries, keys] }, typed(inputs.query));
  return tuple([output, weights === 'none' ? none : seen]);
};

const sidesOf = (call: Call, { query, key, value }: Inputs, how: Heads): Sides | undefined => {
  const rank = [query, key, value].find((t) => !t.shape.rest)?.shape.dims.length ?? 3;
  if (rank !== 2 && rank !== 3) {
    const data = { op: call.op, argument: 'query', expected: '2/3', found: rank, shape: query.shape };
    return refuse(call, fault('rank-mismatch', data, 'query'));
  }
  const shapes: Shape[] = [];
  for (const [name, t] of Object.entries({ query, key, value })) {
    needFractions(call, t, name);
    const shape = withRank(call, t, rank, axisNames(rank, how.batch_first, name === 'query' ? 'l' : 's'));
    if (!shape) return undefined;
    if (shape.dims.length !== rank) {
      const data = { op: call.op, argument: name, expected: `${rank}`, found: shape.dims.length, shape };
      return refuse(call, fault('rank-mismatch', data, name));
    }
    shapes.push(shape);
  }
  const [q, k, v] = shapes;
  if (!q || !k || !v) return undefined;
  needLast(call, q, how.embed_dim, 'query');
  needLast(call, k, how.kdim, 'key');
  needLast(call, v, how.vdim, 'value');
  return alignedSides(call, q, k, v, how);
};

/** What the axes of a sequence are called: its steps, the batch where there is one, the features. */
const axisNames = (rank: number, batchFirst: boolean, steps: 'l' | 's'): readonly string[] => {
  if (rank !== 3) return [steps, 'e'];
  return batchFirst ? ['b', steps, 'e'] : [steps, 'b', 'e'];
};

const alignedSides = (call: Call, q: Shape, k: Shape, v: Shape, how: Heads): Sides => {
  const clash = fault('shape-mismatch', { op: call.op, left: k, right: v }, 'key', 'value');
  k.dims.slice(0, -1).forEach((d, i) => {
    need(call, { kind: 'eq', left: d, right: v.dims[i] ?? d }, clash);
  });
  const [first = 1, second = 1] = q.dims;
  const [kFirst = 1, kSecond = 1] = k.dims;
  if (q.dims.length === 2) return { batch: null, queries: first, keys: kFirst };
  const [batch, queries] = how.batch_first ? [first, second] : [second, first];
  const [kBatch, keys] = how.batch_first ? [kFirst, kSecond] : [kSecond, kFirst];
  const data = { op: call.op, axis: 'b', expected: batch, found: kBatch };
  need(call, { kind: 'eq', left: batch, right: kBatch }, fault('batch-mismatch', data, 'query', 'key'));
  return { batch, queries, keys };
};

const needLast = (call: Call, shape: Shape, expected: Dim, name: string): void => {
  const found = shape.dims.at(-1) ?? fresh(call, 'features');
  const data = { op: call.op, axis: 'e', expected, found };
  need(call, { kind: 'eq', left: expected, right: found }, fault('feature-mismatch', data, name));
};

const checkMasks = (call: Call, { mask, padding }: Inputs, { batch, queries, keys }: Sides, how: Heads): void => {
  if (mask && !mask.shape.rest) {
    const found = mask.shape;
    const heads = batch === null ? how.num_heads : mul(batch, how.num_heads);
    const wanted = found.dims.length === 3 ? [heads, queries, keys] : [queries, keys];
    needMask(call, found, wanted, 'attn_mask');
  }
  if (padding && !padding.shape.rest)
    needMask(call, padding.shape, batch === null ? [keys] : [batch, keys], 'key_padding_mask');
};

const needMask = (call: Call, found: Shape, wanted: readonly Dim[], name: string): void => {
  const clash = fault('mask-mismatch', { op: call.op, expected: { dims: wanted }, found }, name);
  if (found.dims.length !== wanted.length) {
    refuse(call, clash);
    return;
  }
  found.dims.forEach((d, i) => {
    need(call, { kind: 'eq', left: wanted[i] ?? d, right: d }, clash);
  });
};

/** Parameters of multi-head attention below a prefix, in PyTorch's order. */
export const headParams = (
  at: string,
  { embed_dim: e, kdim, vdim }: Pick<Heads, 'embed_dim' | 'kdim' | 'vdim'>,
  bias: boolean,
  biasKv = false,
): ParamShapes => {
  const together = same(kdim, e) && same(vdim, e);
  return {
    ...(together
      ? { [`${at}in_proj_weight`]: [mul(3, e), e] }
      : {
          [`${at}q_proj_weight`]: [e, e],
          [`${at}k_proj_weight`]: [e, kdim],
          [`${at}v_proj_weight`]: [e, vdim],
        }),
    [`${at}in_proj_bias`]: bias && [mul(3, e)],
    [`${at}bias_k`]: biasKv && [1, 1, e],
    [`${at}bias_v`]: biasKv && [1, 1, e],
    [`${at}out_proj.weight`]: [e, e],
    [`${at}out_proj.bias`]: bias && [e],
  };
};

/** Parameters of one block of a transformer: attentions, two linear layers, and a norm for each. */
export const blockParams = (at: string, d: Dim, wide: Dim, bias: boolean, kind: 'encoder' | 'decoder'): ParamShapes => {
  const heads = { embed_dim: d, kdim: d, vdim: d };
  const norms = kind === 'encoder' ? ['norm1', 'norm2'] : ['norm1', 'norm2', 'norm3'];
  return {
    ...headParams(`${at}self_attn.`, heads, bias),
    ...(kind === 'decoder' ? headParams(`${at}multihead_attn.`, heads, bias) : {}),
    [`${at}linear1.weight`]: [wide, d],
    [`${at}linear1.bias`]: bias && [wide],
    [`${at}linear2.weight`]: [d, wide],
    [`${at}linear2.bias`]: bias && [d],
    ...Object.fromEntries(
      norms.flatMap((n) => [
        [`${at}${n}.weight`, [d]],
        [`${at}${n}.bias`, bias && [d]],
      ]),
    ),
  };
};

/** The shape `[l, b, d]`, `[b, l, d]` or `[l, d]` of a sequence, its features checked. */
export const sequence = (
  call: Call,
  t: TensorArg,
  d: Dim,
  name: 'src' | 'tgt' | 'memory',
  batchFirst: boolean,
): Shape | undefined => {
  needFractions(call, t, name);
  const shape = withRank(call, t, 3, axisNames(3, batchFirst, name === 'memory' ? 's' : 'l'));
  if (!shape) return undefined;
  if (shape.dims.length !== 2 && shape.dims.length !== 3) {
    const data = { op: call.op, argument: name, expected: '2/3', found: shape.dims.length, shape };
    return refuse(call, fault('rank-mismatch', data, name));
  }
  needLast(call, shape, d, name);
  return shape;
};

/** The batch of a sequence, `null` for one alone. */
export const batchOf = (shape: Shape, batchFirst: boolean): Dim | null =>
  shape.dims.length === 2 ? null : (shape.dims[batchFirst ? 0 : 1] ?? null);

/** The length of a sequence. */
export const lengthOf = (shape: Shape, batchFirst: boolean): Dim =>
  (shape.dims.length === 2 ? shape.dims[0] : shape.dims[batchFirst ? 1 : 0]) ?? 1;

/** A square or oblong mask of a transformer. */
export const needSequenceMask = (
  call: Call,
  mask: TensorArg | null,
  rows: Dim,
  columns: Dim,
  heads: Dim | null,
  name: string,
): void => {
  if (!mask || mask.shape.rest) return;
  if (mask.shape.dims.length === 3 && heads !== null) needMask(call, mask.shape, [heads, rows, columns], name);
  else needMask(call, mask.shape, [rows, columns], name);
};

/** A mask of padded keys. */
export const needPaddingMask = (
  call: Call,
  mask: TensorArg | null,
  batch: Dim | null,
  length: Dim,
  name: string,
): void => {
  if (mask && !mask.shape.rest) needMask(call, mask.shape, batch === null ? [length] : [batch, length], name);
};

const tokens = (t: TensorArg): Dim | undefined => (t.shape.rest ? undefined : product(t.shape.dims.slice(0, -1)));

/**
 * Multiply–adds × 2 of multi-head attention: projections in and out, scores, and the weighted sum of values
 * (`torch.utils.flop_counter` counts the same).
 */
export const headFlops = (
  query: TensorArg,
  key: TensorArg,
  how: Pick<Heads, 'embed_dim' | 'kdim' | 'vdim' | 'batch_first'> & { readonly extra?: number },
): Dim | undefined => {
  const asked = tokens(query);
  const seen = tokens(key);
  if (asked === undefined || seen === undefined) return undefined;
  const { embed_dim: e, kdim, vdim } = how;
  const inner = product([seen, e, add(kdim, vdim)]);
  const outer = product([2, asked, e, e]);
  const scores = product([2, asked, add(lengthOf(key.shape, how.batch_first), how.extra ?? 0), e]);
  return mul(2, add(add(inner, outer), scores));
};

/** Multiply–adds × 2 of the two linear layers of a transformer's block. */
export const forwardFlops = (t: TensorArg, d: Dim, wide: Dim): Dim | undefined => {
  const all = tokens(t);
  return all === undefined ? undefined : product([4, all, d, wide]);
};
