import { add, type Dim, mul } from '../dims';
import { bytes } from '../ops';
import { numel, type Shape } from '../shapes';
import type { ObjectValue, TensorValue, Value } from '../values';

/** The tensors that a module keeps, each counted once however often it is reached. */
export interface ParameterCount {
  /** Numbers that are learnt. */
  readonly trained: Dim;
  /** Paddle counts the running statistics of normalisation among the parameters; PyTorch has none here. */
  readonly fixed: Dim;
  /** In bytes, both together, as the library lays them out. */
  readonly bytes: Dim;
  /** Something below is not known: there may be more. */
  readonly open: boolean;
}

interface Sum {
  trained: Dim;
  fixed: Dim;
  bytes: Dim;
  open: boolean;
  readonly modules: Set<ObjectValue>;
  readonly tensors: Set<number>;
}

/** Counts the parameters of a module and of all modules below it; shared ones count once. */
export const countParameters = (self: ObjectValue | undefined): ParameterCount => countAll(self ? [self] : []);

/** Counts the parameters of several modules together. */
const countAll = (roots: readonly ObjectValue[]): ParameterCount => {
  const sum: Sum = { trained: 0, fixed: 0, bytes: 0, open: false, modules: new Set(), tensors: new Set() };
  for (const root of roots) visit(sum, root, 1);
  const { trained, fixed, bytes: size, open } = sum;
  return { trained, fixed, bytes: size, open };
};

/** The parameters that a module itself has, with their names; statistics of Paddle's normalisation too. */
export const ownParameters = (self: ObjectValue): readonly (readonly [string, TensorValue])[] =>
  [...self.attrs].flatMap(([name, value]): readonly (readonly [string, TensorValue])[] =>
    value.kind === 'tensor' && isCounted(name, value) ? [[name, value]] : [],
  );

const isCounted = (name: string, tensor: TensorValue): boolean =>
  tensor.parameter !== undefined &&
  (tensor.parameter.trained || (tensor.lib === 'paddle' && /^_(mean|variance)$/.test(name)));

const visit = (sum: Sum, self: ObjectValue, times: Dim): void => {
  if (sum.modules.has(self)) return;
  sum.modules.add(self);
  if (self.open) sum.open = true;
  const inner = self.count === null ? times : mul(times, self.count);
  for (const [name, value] of self.attrs) hold(sum, name, value, inner);
};

const hold = (sum: Sum, name: string, value: Value, times: Dim): void => {
  switch (value.kind) {
    case 'object':
      visit(sum, value, times);
      return;
    case 'tensor':
      if (isCounted(name, value)) count(sum, value, times);
      return;
    case 'either':
      // Which of the two is there decides the count.
      if ([value.yes, value.no].some((v) => v.kind === 'object' || (v.kind === 'tensor' && v.parameter)))
        sum.open = true;
      return;
    case 'unknown':
      sum.open = true;
      return;
    default:
      return;
  }
};

const count = (sum: Sum, tensor: TensorValue, times: Dim): void => {
  const { parameter } = tensor;
  if (!parameter || sum.tensors.has(parameter.id)) return;
  sum.tensors.add(parameter.id);
  const size = numel(tensor.shape);
  if (size === undefined) {
    sum.open = true;
    return;
  }
  const all = mul(times, size);
  if (parameter.trained) sum.trained = add(sum.trained, all);
  else sum.fixed = add(sum.fixed, all);
  sum.bytes = add(sum.bytes, mul(bytes[tensor.dtype ?? 'float32'], all));
};

/** How many numbers some tensors hold; undefined where that is not known. */
export const elements = (shapes: readonly Shape[]): Dim | undefined => {
  let all: Dim = 0;
  for (const shape of shapes) {
    const size = numel(shape);
    if (size === undefined) return undefined;
    all = add(all, size);
  }
  return all;
};
