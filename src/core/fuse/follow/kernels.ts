import type { ClassRun } from '../../interp';
import type { Node } from '../../syntax';
import type { ModuleValue, ObjectValue } from '../../values';
import { type Interpolation, interpolationOf, type NamedKernel, namedKernel } from '../known';
import { num, type Operator } from '../operator';
import { callOf, operatorOf } from '../read';
import { filled, type Tensor } from '../tensor';
import { following } from './arithmetic';
import { held } from './call';
import { type Again, argumentsFor, inputOf, SIZES } from './written';

/** A convolution whose kernel the code itself says. */
export interface KnownKernel {
  /** The layer; undefined where a function is called. */
  readonly layer: ObjectValue | undefined;
  readonly node: Node | undefined;
  readonly module: ModuleValue | undefined;
  readonly operator: Operator;
  readonly weight: Tensor;
  /** The different kernels of single pairs of channels, zeros left out. */
  readonly kernels: readonly Tensor[];
  readonly names: readonly (NamedKernel | undefined)[];
  readonly interpolation?: Interpolation | undefined;
  /** Whether each channel is by itself. */
  readonly isDiagonal: boolean;
}

/** The weight that the code gives a layer, for as many channels as an example has; undefined where it says none. */
export const saidWeight = (
  { weight, kernels, isDiagonal, operator }: KnownKernel,
  shape: readonly number[],
): Tensor | undefined => {
  if (weight.shape.join() === shape.join()) return weight;
  const [only, more] = kernels;
  const [rows = 0, columns = 0, ...window] = shape;
  const isDense = (operator.op === 'conv' || operator.op === 'transposed') && num(operator.groups) === 1;
  if (!only || more || !isDiagonal || !isDense || rows !== columns || only.shape.join() !== window.join())
    return undefined;
  const area = only.data.length;
  return filled(shape, (i) => (Math.floor(i / area) % (columns + 1) === 0 ? (only.data[i % area] ?? 0) : 0));
};

const found = new WeakMap<ClassRun, readonly KnownKernel[]>();

/** The convolutions of a class whose weights follow from the code: bilinear upsampling, filters written as numbers. */
export const knownKernels = (run: ClassRun, again: Again): readonly KnownKernel[] => {
  const known = found.get(run) ?? search(run, again);
  found.set(run, known);
  return known;
};

const search = (run: ClassRun, again: Again): readonly KnownKernel[] => {
  if (!hasConvolution(run)) return [];
  for (const sizes of SIZES) {
    let kernels: readonly KnownKernel[] | undefined;
    again(undefined, {
      arithmetic: following(),
      args: argumentsFor(run),
      input: (wanted) => inputOf(wanted, sizes),
      made: () => undefined,
      ran: (ran) => {
        kernels = kernelsIn(ran);
      },
      ranAgain: () => undefined,
    });
    if (kernels) return kernels;
  }
  return [];
};

const hasConvolution = ({ trace }: ClassRun): boolean => trace.ops.some((op) => /conv/i.test(op.name));

const kernelsIn = ({ trace }: ClassRun): readonly KnownKernel[] =>
  trace.ops.flatMap((op): readonly KnownKernel[] => {
    if (!/conv/i.test(op.name) || !op.family) return [];
    const isLayer = op.family.kind === 'layer';
    const layer = isLayer ? trace.events[op.parent]?.layer : undefined;
    const inputs = op.args.positional.flatMap((a) => (a.kind === 'tensor' ? [a.shape] : []));
    const read = { ran: op, module: layer, role: isLayer ? 'layer' : 'op', inputs } as const;
    const operator = operatorOf(read, []);
    const weight = operator && held(callOf(read, [])?.arg('weight'));
    if (!operator || !weight || weight.data.some(Number.isNaN)) return [];
    const parts = slices(operator, weight);
    const kernels = distinct(parts.filter(({ kernel }) => kernel.data.some((v) => v !== 0)).map((p) => p.kernel));
    if (kernels.length === 0 || kernels.length > 4) return [];
    const isDiagonal = parts.every((p) => p.isOwn || p.kernel.data.every((v) => v === 0));
    const [only, more] = kernels;
    const node = layer ? trace.events[op.parent]?.node : op.node;
    const interpolation = only && !more && isDiagonal ? interpolating(operator, only) : undefined;
    return [
      {
        layer,
        node,
        module: op.module,
        operator,
        weight,
        kernels,
        names: kernels.map(namedKernel),
        interpolation,
        isDiagonal,
      },
    ];
  });

const interpolating = (operator: Operator, kernel: Tensor): Interpolation | undefined => {
  if (operator.op !== 'transposed') return undefined;
  const [y, x] = operator.axes;
  if (!y || !x || num(y.dilation) !== 1 || num(x.dilation) !== 1) return undefined;
  const same = num(y.stride) === num(x.stride) && num(y.padding) === num(x.padding) && num(y.extra) === num(x.extra);
  return same
    ? interpolationOf(kernel, { stride: num(y.stride), padding: num(y.padding), extra: num(y.extra) })
    : undefined;
};

/** The kernel of each pair of channels, and whether both are the same channel. */
const slices = (operator: Operator, { shape, data }: Tensor): readonly { kernel: Tensor; isOwn: boolean }[] => {
  if (operator.op !== 'conv' && operator.op !== 'transposed') return [];
  const [rows = 1, columns = 1, ...kernel] = shape;
  const area = kernel.reduce((n, k) => n * k, 1);
  const groups = num(operator.groups);
  return Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const other = Math.floor((row * groups) / rows) * columns + column;
    return { kernel: { shape: kernel, data: data.slice(i * area, (i + 1) * area) }, isOwn: row === other };
  });
};

const distinct = (kernels: readonly Tensor[]): readonly Tensor[] => [
  ...new Map(kernels.map((k) => [k.data.join(), k])).values(),
];
