import { count, filled, indices, stridesOf, type Tensor } from '../tensor';
import { axisAt, held, integers, type Numeric } from './call';
import { broadcastShape, spreadOver } from './elementwise';

/** Adds up along axes; `mean` divides by how many there were. */
const summed =
  (mean: boolean): Numeric =>
  ({ subject, arg }) => {
    const t = held(subject);
    if (!t) return undefined;
    const rank = t.shape.length;
    const given = arg('dim', 'axis');
    const axes = given && given.kind !== 'none' ? integers(given) : t.shape.map((_, i) => i);
    const keep = arg('keepdim', 'keepdims');
    if (!axes) return undefined;
    const gone = new Set(axes.map((a) => axisAt(a, rank)));
    const kept = t.shape.map((size, i) => (gone.has(i) ? 1 : size));
    const result = filled(kept, () => 0);
    const to = stridesOf(kept);
    let at = 0;
    for (const place of indices(t.shape)) {
      const target = place.reduce((sum, p, i) => sum + (gone.has(i) ? 0 : p * (to[i] ?? 0)), 0);
      result.data[target] = (result.data[target] ?? 0) + (t.data[at++] ?? Number.NaN);
    }
    const by = mean ? count(t.shape) / count(kept) : 1;
    const shape = keep?.kind === 'bool' && keep.value ? kept : t.shape.filter((_, i) => !gone.has(i));
    return { shape, data: result.data.map((x) => x / by) };
  };

/** Sums of products, in the letters of `einsum`. */
export const contracted = (equation: string, operands: readonly Tensor[]): Tensor | undefined => {
  const [left = '', right] = equation.replaceAll(' ', '').split('->');
  const inputs = left.split(',');
  if (right === undefined || left.includes('.') || inputs.length !== operands.length) return undefined;
  const sizes = new Map<string, number>();
  for (const [i, letters] of inputs.entries())
    for (const [axis, letter] of [...letters].entries()) sizes.set(letter, operands[i]?.shape[axis] ?? 1);
  const letters = [...right, ...[...sizes.keys()].filter((l) => !right.includes(l))];
  const whole = letters.map((l) => sizes.get(l) ?? 1);
  if (count(whole) > 4_000_000) return undefined;
  const strides = inputs.map((own, i) => {
    const steps = stridesOf(operands[i]?.shape ?? []);
    return letters.map((l) => [...own].reduce((sum, o, axis) => sum + (o === l ? (steps[axis] ?? 0) : 0), 0));
  });
  const shape = [...right].map((l) => sizes.get(l) ?? 1);
  const inner = count(whole) / count(shape);
  const result = filled(shape, () => 0);
  let at = 0;
  for (const place of indices(whole)) {
    const term = strides.reduce(
      (product, steps, i) =>
        product * (operands[i]?.data[steps.reduce((sum, step, axis) => sum + step * (place[axis] ?? 0), 0)] ?? 0),
      1,
    );
    const to = Math.floor(at++ / inner);
    result.data[to] = (result.data[to] ?? 0) + term;
  }
  return result;
};

/** `a @ b` as the libraries multiply: vectors get an axis, leading axes broadcast. */
export const product = (a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined => {
  if (!a || !b || a.shape.length === 0 || b.shape.length === 0) return undefined;
  const x: Tensor = a.shape.length === 1 ? { ...a, shape: [1, ...a.shape] } : a;
  const y: Tensor = b.shape.length === 1 ? { ...b, shape: [...b.shape, 1] } : b;
  const lead = broadcastShape(x.shape.slice(0, -2), y.shape.slice(0, -2));
  if (!lead || x.shape.at(-1) !== y.shape.at(-2)) return undefined;
  const batch = count(lead);
  const [n, k, m] = [x.shape.at(-2) ?? 1, x.shape.at(-1) ?? 1, y.shape.at(-1) ?? 1];
  const wide = (t: Tensor): Tensor => ({
    shape: [batch, ...t.shape.slice(-2)],
    data: spreadOver(t, [...lead, ...t.shape.slice(-2)]).data,
  });
  const made = contracted('bnk,bkm->bnm', [wide(x), wide(y)]);
  const shape = [...lead, ...(a.shape.length === 1 ? [] : [n]), ...(b.shape.length === 1 ? [] : [m])];
  return made && k >= 0 ? { shape, data: made.data } : undefined;
};

const einsum: Numeric = ({ arg }) => {
  const equation = arg('equation', 'subscripts');
  const given = arg('operands');
  const items = given?.kind === 'tuple' || given?.kind === 'sequence' ? given.items : [];
  const [only] = items;
  const listed = only?.kind === 'tuple' || only?.kind === 'sequence' ? only.items : items;
  const operands = listed.map(held).filter((t): t is Tensor => t !== undefined);
  if (equation?.kind !== 'str' || operands.length !== listed.length) return undefined;
  return contracted(equation.value, operands);
};

const matmul: Numeric = ({ subject, arg }) => {
  if ([arg('transpose_x'), arg('transpose_y')].some((a) => a?.kind === 'bool' && a.value)) return undefined;
  return product(held(subject), held(arg('other', 'mat2', 'y', 'vec', 'b')));
};

const outer: Numeric = ({ subject, arg }) => {
  const [a, b] = [held(subject), held(arg('vec2', 'b', 'y', 'other'))];
  return a && b && contracted('a,b->ab', [a, b]);
};

/** Sums, means and products of matrices. */
export const REDUCE: Readonly<Record<string, Numeric>> = {
  sum: summed(false),
  mean: summed(true),
  einsum,
  matmul,
  mm: matmul,
  bmm: matmul,
  mv: matmul,
  dot: matmul,
  outer,
  ger: outer,
  '@': ({ arg }) => product(held(arg('0')), held(arg('1'))),
};
