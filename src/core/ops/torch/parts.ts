import { broadcast } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp, refuse } from '../call';
import { fault } from '../codes';
import { ops } from '../rows';
import { sizesIn, tuple, tupleOf } from '../rules/values';

const realPart = (input: TensorArg): Arg => {
  const { dtype, layout: _, ...rest } = input;
  const real = dtype === 'complex64' ? 'float32' : dtype === 'complex128' ? 'float64' : dtype;
  return { ...rest, ...(real ? { dtype: real } : {}) };
};

/** Real and imaginary parts. */
export const complexParts = ops('torch', {
  'real(input: Tensor) -> any': {
    en: 'Real part of complex numbers.',
    zh: '复数的实部。',
    value: ({ input }) => realPart(input),
    eg: '(2, 3) -> (2, 3)',
  },
  'imag(input: Tensor) -> any': {
    en: 'Imaginary part of complex numbers.',
    zh: '复数的虚部。',
    value: ({ input }, call) => {
      if (input.dtype !== undefined && !input.dtype.startsWith('complex')) {
        const data = { op: call.op, argument: 'input', expected: 'complex', found: input.dtype };
        return refuse(call, fault('dtype-refused', data, 'input'));
      }
      return realPart(input);
    },
    eg: ['(2, 3):complex64 -> (2, 3)', '(2, 3) -> !dtype-refused'],
  },
});

/** Shapes as values. */
export const shapeFunctions = ops(
  'torch',
  {
    'broadcast_shapes(shapes: any*) -> any': {
      en: 'The shape that several shapes broadcast to.',
      zh: '多个形状广播后的形状。',
      value: ({ shapes }, call) => joinShapes(call, shapes),
      eg: '5, 1 -> (5)',
    },
  },
  { python: true },
);

const joinShapes = (call: Call, shapes: Arg): Arg | undefined => {
  if (shapes.kind !== 'tuple') return undefined;
  const known = shapes.items.map((s) => (s.kind === 'int' ? [s.value] : sizesIn(s)));
  const dims = known.filter((s) => s !== undefined).map((d) => ({ dims: d }));
  if (dims.length < known.length || dims.length === 0) return giveUp(call, 'a shape is not known');
  const met = broadcast(call.cx.facts, dims);
  const [left, right] = dims;
  if (met.fault && left && right)
    return refuse(call, fault('broadcast-mismatch', { op: call.op, left, right }, 'shapes'));
  return tupleOf(met.shape.dims);
};

/** One number as a tuple of several, as the layers keep their sizes. */
const repeated = (count: number) => ({
  en: 'One value as a tuple of several; sequences stay.',
  zh: '把单个值变成定长元组，序列保持不变。',
  value: ({ x }: { readonly x: Arg }): Arg | undefined => {
    if (x.kind === 'tuple' || x.kind === 'sequence') return tuple(x.items);
    return x.kind === 'unknown' || x.kind === 'other' ? undefined : tuple(Array.from({ length: count }, () => x));
  },
  eg: `3 -> (${Array.from({ length: count }, () => 3).join(', ')})`,
});

/** What `torch.nn` makes its tuples with. */
export const tuples = ops(
  'torch.nn.modules.utils',
  {
    '_single(x: any) -> any': repeated(1),
    '_pair(x: any) -> any': repeated(2),
    '_triple(x: any) -> any': repeated(3),
    '_quadruple(x: any) -> any': repeated(4),
  },
  { python: true },
);
