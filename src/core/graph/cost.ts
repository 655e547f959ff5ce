import { add, type Dim, mul, same } from '../dims';
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
  /** Which of two modules of different size is there is not decided. */
  readonly undecided: boolean;
}

interface Sum {
  trained: Dim;
  fixed: Dim;
  bytes: Dim;
  open: boolean;
  undecided: boolean;
  readonly modules: Set<ObjectValue>;
  readonly tensors: Set<number>;
}

/** Counts the parameters of a module and of all modules below it; shared ones count once. */
export const countParameters = (self: ObjectValue | undefined): ParameterCount => countAll(self ? [self] : []);

/** Counts the parameters of several modules together. */
const countAll = (roots: readonly ObjectValue[]): ParameterCount => {
  const sum = emptySum(new Set(), new Set());
  for (const root of roots) visit(sum, root, 1);
  const { trained, fixed, bytes: size, open, undecided } = sum;
  return { trained, fixed, bytes: size, open, undecided };
};

const emptySum = (modules: Set<ObjectValue>, tensors: Set<number>): Sum => ({
  trained: 0,
  fixed: 0,
  bytes: 0,
  open: false,
  undecided: false,
  modules,
  tensors,
});

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
    case 'either': {
      const ends = endsOf(value);
      if (!ends.some((v) => v.kind === 'object' || isParameter(v))) {
        if (ends.some((v) => v.kind === 'unknown')) sum.open = true;
        return;
      }
      // Which of the two is there decides the count, unless either has as many.
      if (isSame(held(sum, name, value.yes, times), held(sum, name, value.no, times)))
        hold(sum, name, value.yes, times);
      else Object.assign(sum, { open: true, undecided: true });
      return;
    }
    case 'unknown':
      sum.open = true;
      return;
    default:
      return;
  }
};

/** What a value may be, whichever way undecided conditions go. */
const endsOf = (value: Value): readonly Value[] =>
  value.kind === 'either' ? [...endsOf(value.yes), ...endsOf(value.no)] : [value];

const isParameter = (value: Value): boolean => value.kind === 'tensor' && value.parameter !== undefined;

/** What one value would add to a count. */
const held = (sum: Sum, name: string, value: Value, times: Dim): Sum => {
  const one = emptySum(new Set(sum.modules), new Set(sum.tensors));
  hold(one, name, value, times);
  return one;
};

const isSame = (a: Sum, b: Sum): boolean =>
  a.open === b.open &&
  !a.undecided &&
  !b.undecided &&
  same(a.trained, b.trained) &&
  same(a.fixed, b.fixed) &&
  same(a.bytes, b.bytes);

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
