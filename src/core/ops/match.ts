import { type Dim, same } from '../dims';
import type { Shape } from '../shapes';
import type { TensorArg } from './arg';
import { broadcastAll, type Call, fresh, need, refuse } from './call';
import { type AxisCode, fault } from './codes';
import type { AxisPattern } from './grammar';
import type { Demand } from './outcome';

/** What the letters of a signature stand for in one call. */
export interface Bindings {
  readonly sizes: Map<string, Dim | null>;
  readonly groups: Map<string, Shape>;
  /** Letters whose size is a stand-in, because the tensor's rank is unknown: another source may settle them. */
  readonly soft: Set<string>;
}

/** A tensor with the pattern that its parameter has. */
export interface Matched {
  readonly name: string;
  readonly tensor: TensorArg;
  readonly axes: readonly AxisPattern[];
}

type AxisFaults = Readonly<Record<string, AxisCode>>;

/**
 * Matches tensors with their patterns. Tensors of known rank come first, so that one of unknown rank finds the letters
 * that it shares with them settled.
 */
export const matchAll = (call: Call, tensors: readonly Matched[], codes: AxisFaults): Bindings => {
  const bindings: Bindings = { sizes: new Map(), groups: new Map(), soft: new Set() };
  const known = (m: Matched): boolean => m.tensor.shape.rest === undefined;
  for (const m of tensors) if (known(m)) matchKnown(call, m, bindings, codes);
  for (const m of tensors) if (!known(m)) matchOpen(call, m, bindings, codes);
  return bindings;
};

/** The number of axes that a pattern takes: at least, and at most. */
export const ranksOf = (axes: readonly AxisPattern[]): { readonly least: number; readonly most: number } => {
  const maybes = axes.filter((a) => a.form === 'maybe').length;
  const open = axes.some((a) => a.form === 'many');
  const least = axes.filter((a) => a.form === 'one' || a.form === 'exact').length;
  return { least, most: open ? Number.POSITIVE_INFINITY : least + maybes };
};

/** `3 or 4`, `at least 2`: the ranks that a pattern takes, for a text. */
export const rankWords = (axes: readonly AxisPattern[]): string => {
  const { least, most } = ranksOf(axes);
  if (most === Number.POSITIVE_INFINITY) return `${least}+`;
  return least === most ? `${least}` : `${least}/${most}`;
};

/** False when the tensor's rank is proved not to fit. */
export const rankFits = (shape: Shape, axes: readonly AxisPattern[]): boolean => {
  const { least, most } = ranksOf(axes);
  const { length } = shape.dims;
  return shape.rest ? length <= most : least <= length && length <= most;
};

const refuseRank = (call: Call, { name, tensor, axes }: Matched): void => {
  const data = { op: call.op, argument: name, expected: rankWords(axes), found: tensor.shape.dims.length };
  refuse(call, fault('rank-mismatch', { ...data, shape: tensor.shape }, name));
};

const matchKnown = (call: Call, m: Matched, bindings: Bindings, codes: AxisFaults): void => {
  const { dims } = m.tensor.shape;
  if (!rankFits(m.tensor.shape, m.axes)) refuseRank(call, m);
  const { least, most } = ranksOf(m.axes);
  let spare = Math.max(0, Math.min(dims.length, most) - least);
  let at = 0;
  for (const axis of m.axes) {
    if (axis.form === 'many') {
      joinGroup(call, bindings, axis.name, { dims: dims.slice(at, at + spare) }, m.tensor.shape);
      at += spare;
    } else if (axis.form === 'maybe') {
      const present = spare > 0;
      if (present) spare--;
      bindMaybe(call, bindings, axis.name, present ? (dims[at++] ?? null) : null, m, codes);
    } else bindAxis(call, bindings, axis, dims[at++] ?? fresh(call, 'axis missing'), m, codes);
  }
};

/**
 * Matches a shape whose rank is unknown: what stands before and after the unknown axes is settled, the others get
 * stand-ins, and the op states its demand. An axis that may be missing is taken to be there.
 */
const matchOpen = (call: Call, m: Matched, bindings: Bindings, codes: AxisFaults): void => {
  const { dims, rest } = m.tensor.shape;
  if (!rest) return;
  const last = m.axes.length - 1;
  // `[b, c, l?]` of an unknown rank: whether the last axis is there is left open, and the result is as the input is.
  const many = m.axes.findIndex((a, i) => a.form === 'many' || (a.form === 'maybe' && i === last));
  if (many >= 0) {
    matchOpenTail(call, m, bindings, codes, many);
    return;
  }
  if (!rankFits(m.tensor.shape, m.axes)) {
    refuseRank(call, m);
    return;
  }
  const missing = m.axes.length - dims.length;
  const names: string[] = [];
  m.axes.forEach((axis, i) => {
    const known = i < rest.at ? dims[i] : i >= rest.at + missing ? dims[i - missing] : undefined;
    names.push(axis.name);
    if (known !== undefined) bindAxis(call, bindings, axis, known, m, codes);
    else soften(call, bindings, axis);
  });
  demand(call, m.tensor, m.axes, bindings, false);
};

const matchOpenTail = (call: Call, m: Matched, bindings: Bindings, codes: AxisFaults, many: number): void => {
  const { dims, rest } = m.tensor.shape;
  const group = m.axes[many];
  if (!rest || !group || group.form === 'exact') return;
  const head = m.axes.slice(0, many);
  const tail = m.axes.slice(many + 1);
  const after = dims.length - rest.at;
  const enough = rest.at >= head.length && after >= tail.length;
  head.forEach((axis, i) => {
    const known = i < rest.at ? dims[i] : undefined;
    if (known === undefined) soften(call, bindings, axis);
    else bindAxis(call, bindings, axis, known, m, codes);
  });
  tail.forEach((axis, i) => {
    const fromEnd = tail.length - i;
    const known = fromEnd <= after ? dims[dims.length - fromEnd] : undefined;
    if (known === undefined) soften(call, bindings, axis);
    else bindAxis(call, bindings, axis, known, m, codes);
  });
  const inner: Shape = enough
    ? { dims: dims.slice(head.length, dims.length - tail.length), rest: { at: rest.at - head.length, id: rest.id } }
    : { dims: [], rest: { at: 0, id: call.cx.unknownRest('leading axes') } };
  joinGroup(call, bindings, group.name, inner, m.tensor.shape);
  if (enough) return;
  if (head.length === 0) demand(call, m.tensor, tail, bindings, 'front');
  else if (tail.length === 0) demand(call, m.tensor, head, bindings, 'back');
};

/** States what the tensor must be; sizes that are stand-ins are left out. Read when all letters are settled. */
const demand = (
  call: Call,
  tensor: TensorArg,
  axes: readonly AxisPattern[],
  bindings: Bindings,
  open: Demand['open'],
): void => {
  if (call.doubts.length > 0) return;
  call.demands.push({
    tensor,
    open,
    get axes() {
      return axes.map((axis) => {
        if (axis.form === 'exact') return { name: axis.name, size: axis.size };
        const size = bindings.soft.has(axis.name) ? undefined : bindings.sizes.get(axis.name);
        return size === undefined || size === null ? { name: axis.name } : { name: axis.name, size };
      });
    },
  });
};

const soften = (call: Call, bindings: Bindings, axis: AxisPattern): void => {
  if (axis.form === 'exact' || bindings.sizes.get(axis.name) != null) return;
  bindings.sizes.set(axis.name, fresh(call, `axis ${axis.name}`));
  bindings.soft.add(axis.name);
};

const bindAxis = (
  call: Call,
  bindings: Bindings,
  axis: AxisPattern,
  size: Dim,
  m: Matched,
  codes: AxisFaults,
): void => {
  if (axis.form === 'exact') {
    needEqual(call, axis.name, axis.size, size, codes, m.name);
    return;
  }
  const before = bindings.sizes.get(axis.name);
  if (before == null || bindings.soft.has(axis.name)) {
    bindings.sizes.set(axis.name, size);
    bindings.soft.delete(axis.name);
    return;
  }
  // A weight says what the input has to be, not the reverse.
  const [expected, found] = m.name === 'weight' ? [size, before] : [before, size];
  needEqual(call, axis.name, expected, found, codes, m.name);
};

const bindMaybe = (
  call: Call,
  bindings: Bindings,
  name: string,
  size: Dim | null,
  m: Matched,
  codes: AxisFaults,
): void => {
  const before = bindings.sizes.get(name);
  if (before === undefined) bindings.sizes.set(name, size);
  else if ((before === null) !== (size === null)) refuseRank(call, m);
  else if (before !== null && size !== null) bindAxis(call, bindings, { form: 'one', name }, size, m, codes);
};

/** Two sizes that the op needs equal. */
export const needEqual = (
  call: Call,
  axis: string,
  expected: Dim,
  found: Dim,
  codes: AxisFaults,
  ...names: readonly string[]
): void => {
  if (same(expected, found)) return;
  const code = codes[axis] ?? 'size-mismatch';
  const data = { op: call.op, axis, expected, found };
  need(call, { kind: 'eq', left: expected, right: found }, fault(code, data, ...names));
};

const joinGroup = (call: Call, bindings: Bindings, name: string, group: Shape, whole: Shape): void => {
  const before = bindings.groups.get(name);
  if (!before) {
    bindings.groups.set(name, group);
    return;
  }
  const joined = broadcastAll(call, [before, group], (left, right) =>
    fault('broadcast-mismatch', { op: call.op, left, right: right === group ? whole : right }),
  );
  bindings.groups.set(name, joined ?? before);
};

/** The shape that a pattern stands for once its letters are settled. */
export const build = (
  axes: readonly AxisPattern[],
  size: (name: string) => Dim | null | undefined,
  group: (name: string) => Shape | undefined,
): Shape | undefined => {
  const dims: Dim[] = [];
  let rest: Shape['rest'];
  for (const axis of axes) {
    const inner = axis.form === 'exact' ? undefined : group(axis.name);
    if (axis.form === 'exact') dims.push(axis.size);
    else if (inner) {
      if (inner.rest) rest = { at: dims.length + inner.rest.at, id: inner.rest.id };
      dims.push(...inner.dims);
    } else {
      const one = axis.form === 'many' ? undefined : size(axis.name);
      if (one === undefined) return undefined;
      if (one !== null) dims.push(one);
    }
  }
  return rest ? { dims, rest } : { dims };
};
