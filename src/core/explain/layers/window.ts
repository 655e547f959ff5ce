import { add, type Dim, mul, neg, sub } from '../../dims';
import type { Words } from '../../ops';
import { plain, text, words } from '../words';
import { type Fields, perAxis } from './fields';

/** What a sentence says of a layer: what it is, what this one is made of, what it does to the sizes. */
export interface LayerWords {
  readonly name: Words;
  readonly detail?: Words;
  readonly effect?: Effect;
}

/** What happens to the spatial sizes; `keeps` where nothing does. */
export interface Effect {
  readonly text: Words;
  readonly keeps: boolean;
}

/** `3×3`, `1×7`, `k×k`; for one axis the bare number. */
export const kernelText = (f: Fields, kernel: readonly (Dim | null)[]): string =>
  kernel.map((k) => operand(k === null ? '?' : f.dim(k))).join('×');

const operand = (size: string): string => (/[ ·/]/.test(size) && !size.startsWith('⌊') ? `(${size})` : size);

/** How many spatial axes a layer has, by its name: `Conv2d`, `Conv2D`. */
export const axesOf = (type: string): number => Number(/(\d)[dD]/.exec(type)?.[1] ?? 2);

/** `a→b channels`; nothing where both sides are not known. */
export const channels = (f: Fields, from: Dim | undefined, to: Dim | undefined): Words | undefined => {
  if (from === undefined || to === undefined) return undefined;
  const arrow = `${f.dim(from)}→${f.dim(to)}`;
  if (arrow.includes('?')) return undefined;
  return words(`${arrow} channels`, `通道 ${arrow}`);
};

/** `stride`, `padding` … of a window that slides, one an axis. */
export interface Sliding {
  readonly kernel: readonly Dim[];
  readonly stride: readonly Dim[];
  readonly padding: readonly Dim[] | 'same';
  readonly dilation: readonly Dim[];
}

/** What a sliding window does to the spatial sizes, where all axes fare alike and it follows from the numbers. */
export const slideEffect = (f: Fields, { kernel, stride, padding, dilation }: Sliding): Effect | undefined => {
  const effects = kernel.map((k, i) =>
    padding === 'same' ? sameEffect(stride[i] ?? 1) : axisEffect(k, stride[i] ?? 1, padding[i] ?? 0, dilation[i] ?? 1),
  );
  const [first] = effects;
  if (first === undefined || effects.some((e) => e !== first)) return undefined;
  return effectWords(f, first, kernel.length);
};

type Change = `${'/' | '*' | '+'}${number}`;

/** `/2` halves (rounding either way), `+0` keeps, `+-2` takes two away. */
const axisEffect = (k: Dim, s: Dim, p: Dim, d: Dim): Change | undefined => {
  const rest = sub(sub(mul(2, p), mul(d, sub(k, 1))), 1);
  if (typeof rest !== 'number' || typeof s !== 'number') return undefined;
  if (s === 1) return `+${rest + 1}`;
  return rest < 0 && rest >= -s ? `/${s}` : undefined;
};

/** Padding as much as it takes for `⌈H/s⌉` places. */
const sameEffect = (s: Dim): Change | undefined => {
  if (s === 1) return '+0';
  return typeof s === 'number' ? `/${s}` : undefined;
};

/** What a transposed convolution does: `(H−1)·s − 2p + d·(k−1) + output_padding + 1`. */
export const growEffect = (f: Fields, sliding: Sliding, extra: readonly Dim[]): Effect | undefined => {
  const { kernel, stride, padding, dilation } = sliding;
  if (padding === 'same') return undefined;
  const effects = kernel.map((k, i): Change | undefined => {
    const s = stride[i] ?? 1;
    const grown = add(add(sub(mul(dilation[i] ?? 1, sub(k, 1)), mul(2, padding[i] ?? 0)), extra[i] ?? 0), 1);
    const rest = add(grown, neg(s));
    if (typeof rest !== 'number' || typeof s !== 'number') return undefined;
    if (s === 1) return `+${rest}`;
    return rest === 0 ? `*${s}` : undefined;
  });
  const [first] = effects;
  if (first === undefined || effects.some((e) => e !== first)) return undefined;
  return effectWords(f, first, kernel.length);
};

const effectWords = (f: Fields, change: Change, axes: number): Effect => {
  const amount = Number(change.slice(1));
  const { en, zh } = spatial(axes);
  if (change === '/2') return changing(`halves ${en}`, `${zh}减半`);
  if (change.startsWith('/')) return changing(`divides ${en} by ${amount}`, `${zh}缩为 1/${amount}`);
  if (change.startsWith('*')) return scaled(axes, amount);
  if (amount === 0) return kept(axes);
  const each = axes === 1 ? '' : '各';
  return amount > 0
    ? changing(`adds ${f.dim(amount)} to ${en}`, `${zh}${each}加 ${amount}`)
    : changing(`takes ${-amount} off ${en}`, `${zh}${each}减 ${-amount}`);
};

const changing = (en: string, zh: string): Effect => ({ text: words(en, zh), keeps: false });

/** `H and W`, `L`, `D, H and W`. */
const spatial = (axes: number): Words => {
  if (axes === 1) return words('the length', '长度');
  return axes === 2 ? words('H and W', '高宽') : words('D, H and W', '深高宽');
};

const kept = (axes: number): Effect => ({
  text: words(`keeps ${spatial(axes).en}`, `${spatial(axes).zh}不变`),
  keeps: true,
});

const scaled = (axes: number, by: number): Effect =>
  by === 2
    ? changing(`doubles ${spatial(axes).en}`, `${spatial(axes).zh}加倍`)
    : changing(`multiplies ${spatial(axes).en} by ${by}`, `${spatial(axes).zh}变为 ${by} 倍`);

/** The window of a layer, where every number of it is there. */
export const slidingOf = (f: Fields, axes: number): Sliding | undefined => {
  const kernel = known(perAxis(f.sizes('kernel_size') ?? f.sizes('ksize'), axes));
  const given = f.sizes('stride');
  const stride = given?.[0] === null ? kernel : known(perAxis(given ?? [1], axes));
  const padding = f.text('padding')?.toLowerCase() === 'same' ? 'same' : known(perAxis(f.sizes('padding') ?? [], axes));
  const dilation = known(perAxis(f.sizes('dilation') ?? [1], axes));
  return kernel && stride && padding && dilation && { kernel, stride, padding, dilation };
};

const known = (sizes: readonly (Dim | null)[] | undefined): readonly Dim[] | undefined =>
  sizes?.every((s) => s !== null) ? sizes : undefined;

/** A name with a kernel in front: `3×3 convolution`. */
export const withKernel = (kernel: string | undefined, name: Words): Words =>
  kernel === undefined ? name : text`${plain(kernel)} ${name}`;
