// What must not compile: each marked line has one mistake, and the compiler fails where it finds none.
import { keepShape, layers, ops } from '../../../../src/core/ops/rows';

const words = { en: 'English.', zh: '中文。', eg: '() -> ()' } as const;

/** Sound rows, so that an error below is the mistake and nothing else. */
export const sound = [
  ops('f', { 'pattern(input: Tensor[a, b]) -> Tensor[b, a]': words }),
  ops('f', { 'solved(input: Tensor[a]) -> Tensor[n]': { ...words, where: ({ a }) => ({ n: a }) } }),
  ops('f', { 'shaped(input: Tensor) -> Tensor': { ...words, shape: ({ input }) => input.shape } }),
  ops('f', { 'free(input: Tensor) -> any': { ...words, value: ({ input }) => input } }),
  ops('f', { 'many(*, size: ints*, dim: int? = None) -> Tensor': { ...words, shape: ({ size }) => ({ dims: size }) } }),
  layers('f', { 'Layer(width: int)': { ...words, call: 'relu(input)', params: ({ width }) => ({ weight: [width] }) } }),
  keepShape('f', { relu: ['English.', '中文。'] }),
];

export const mistakes = [
  // @ts-expect-error a misspelt kind
  ops('f', { 'kind(input: Tensr) -> any': { ...words, value: () => undefined } }),
  // @ts-expect-error a misspelt kind with a default
  ops('f', { 'kind(input: Tensor, size: itn = 1) -> any': { ...words, value: () => undefined } }),
  // @ts-expect-error a misspelt kind that allows None
  ops('f', { 'kind(input: Tensor, size: itn? = None) -> any': { ...words, value: () => undefined } }),
  // @ts-expect-error a misspelt kind of a layer
  layers('f', { 'Layer(width: itn)': { ...words, call: 'relu(input)' } }),

  // @ts-expect-error no Chinese
  ops('f', { 'language(input: Tensor[a]) -> Tensor[a]': { en: 'English.', eg: '() -> ()' } }),
  // @ts-expect-error no English
  ops('f', { 'language(input: Tensor[a]) -> Tensor[a]': { zh: '中文。', eg: '() -> ()' } }),
  // @ts-expect-error no example
  ops('f', { 'example(input: Tensor[a]) -> Tensor[a]': { en: 'English.', zh: '中文。' } }),
  // @ts-expect-error no Chinese of a layer
  layers('f', { 'Layer(width: int)': { en: 'English.', eg: '() -> ()', call: 'relu(input)' } }),
  // @ts-expect-error no Chinese of an elementwise op
  keepShape('f', { relu: ['English.'] }),

  // @ts-expect-error the shape has no rule
  ops('f', { 'rule(input: Tensor) -> Tensor': words }),
  // @ts-expect-error the value has no rule
  ops('f', { 'rule(input: Tensor) -> any': words }),
  // @ts-expect-error an axis of the result comes from nowhere
  ops('f', { 'rule(input: Tensor[a]) -> Tensor[b]': words }),
  // @ts-expect-error a layer calls nothing
  layers('f', { 'Layer(width: int)': words }),

  // @ts-expect-error the axis of the result is left out
  ops('f', { 'axis(input: Tensor[a]) -> Tensor[n]': { ...words, where: () => ({}) } }),
  // @ts-expect-error an axis that no tensor has is read
  ops('f', { 'axis(input: Tensor[a]) -> Tensor[n]': { ...words, where: ({ q }) => ({ n: q }) } }),
  // @ts-expect-error any number of axes are no size
  ops('f', { 'axis(input: Tensor[*a]) -> Tensor[n]': { ...words, where: ({ a }) => ({ n: a }) } }),
  // @ts-expect-error an axis that may be missing is no size
  ops('f', { 'axis(input: Tensor[a?]) -> Tensor[n]': { ...words, where: ({ a }) => ({ n: a }) } }),

  // @ts-expect-error a misspelt parameter
  ops('f', { 'name(input: Tensor) -> Tensor': { ...words, shape: ({ inptu }) => inptu.shape } }),
  // @ts-expect-error a parameter that may be None
  ops('f', { 'name(input: Tensor? = None) -> Tensor': { ...words, shape: ({ input }) => input.shape } }),
  // @ts-expect-error a misspelt parameter of a layer
  layers('f', { 'Layer(width: int)': { ...words, call: 'relu(input)', params: ({ wdith }) => ({ weight: [wdith] }) } }),
  // @ts-expect-error a word where a size belongs
  layers('f', { 'Layer(mode: str)': { ...words, call: 'relu(input)', params: ({ mode }) => ({ weight: [mode] }) } }),
  // @ts-expect-error an element type that does not exist
  ops('f', { 'type(input: Tensor[a]) -> Tensor[a]': { ...words, dtype: 'float23' } }),
  // @ts-expect-error a fault that does not exist
  ops('f', { 'fault(input: Tensor[a]) -> Tensor[a]': { ...words, faults: { a: 'sise-mismatch' } } }),
];
