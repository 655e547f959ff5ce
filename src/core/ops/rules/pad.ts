import { add, type Dim } from '../../dims';
import type { Shape } from '../../shapes';
import { type Call, giveUp, holds, need, refuse } from '../call';
import { fault } from '../codes';

/** The modes of `F.pad` besides `constant`, which need the rank to fit the number of sides. */
const inner: ReadonlySet<string> = new Set(['reflect', 'replicate', 'circular']);

/**
 * The shape after padding: two numbers an axis, the last axis first (docs.pytorch.org, `torch.nn.functional.pad`).
 * Negative padding cuts.
 */
export const padded = (call: Call, shape: Shape, sides: readonly Dim[], mode: string): Shape | undefined => {
  const axes = sides.length / 2;
  if (!Number.isInteger(axes)) {
    const data = { op: call.op, argument: 'pad', expected: '2·n', found: sides.length };
    return refuse(call, fault('wrong-length', data, 'pad', 'padding'));
  }
  const { dims, rest } = shape;
  const known = rest ? dims.length - rest.at : dims.length;
  if (!rest && axes > dims.length)
    return refuse(call, fault('pad-length', { op: call.op, found: sides.length, rank: dims.length }, 'pad', 'input'));
  if (!rest && inner.has(mode)) needRank(call, shape, axes);
  if (axes > known) return giveUp(call, 'the rank is not known');
  const out = dims.map((d, i) => {
    const k = dims.length - 1 - i;
    const [before = 0, after = 0] = [sides[2 * k], sides[2 * k + 1]];
    if (k >= axes) return d;
    checkSide(call, d, before, after, mode);
    return add(d, add(before, after));
  });
  if (mode === 'reflect' || mode === 'replicate') needSomeLeft(call, out.slice(out.length - axes));
  return { ...shape, dims: out };
};

/** The padded axes may not all be empty. */
const needSomeLeft = (call: Call, padded: readonly Dim[]): void => {
  const [found] = padded;
  if (found === undefined || padded.some((d) => holds(call, { kind: 'lt', left: 0, right: d }) !== false)) return;
  refuse(call, fault('negative', { op: call.op, argument: 'pad', found }, 'pad', 'padding'));
};

/** Padding of the inner modes: 2 numbers want rank 2 or 3, 4 want 3 or 4, 6 want 4 or 5. */
const needRank = (call: Call, shape: Shape, axes: number): void => {
  const { length } = shape.dims;
  if (axes >= 1 && axes <= 3 && (length === axes + 1 || length === axes + 2)) return;
  refuse(call, fault('pad-length', { op: call.op, found: 2 * axes, rank: length }, 'pad', 'input'));
};

const checkSide = (call: Call, size: Dim, before: Dim, after: Dim, mode: string): void => {
  const out = add(size, add(before, after));
  const empty = { op: call.op, argument: 'pad', found: out };
  if (holds(call, { kind: 'le', left: 0, right: out }) === false)
    refuse(call, fault('negative', empty, 'pad', 'padding'));
  if (mode !== 'reflect' && mode !== 'circular') return;
  for (const side of [before, after]) {
    const clash = fault('reflect-padding', { op: call.op, padding: side, size }, 'pad', 'padding');
    need(call, { kind: mode === 'reflect' ? 'lt' : 'le', left: side, right: size }, clash);
  }
};
