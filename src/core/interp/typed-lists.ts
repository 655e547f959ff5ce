import { type Dim, sub } from '../dims';
import { int, type ListValue, list, type OpaqueValue, opaqueLength, unknown, type Value } from '../values';
import type { Machine } from './machine';

/** Any element of a list of which an annotation says what its elements are. */
const anyElementOf = (m: Machine, { path, element }: OpaqueValue): Value => {
  if (element === 'int') return int(m.context.unknownSize(`an element of ${path}`));
  return element === 'float' ? { kind: 'float' } : unknown(`an element of ${path}`);
};

/** A list of its own that has the elements of `levels: list[int]`, or all but so many of them. */
export const copyOf = (m: Machine, value: OpaqueValue, without: Dim = 0): ListValue | undefined =>
  value.element && list([anyElementOf(m, value)], sub(opaqueLength(value), without));

/** `levels[1:]`, `levels[:-1]`. */
export const withoutOne = (
  m: Machine,
  value: OpaqueValue,
  { lower, upper, step }: Extract<Value, { kind: 'slice' }>,
): ListValue | undefined => {
  const [from, to] = [lower, upper].map((end) =>
    end.kind === 'int' ? end.value : end.kind === 'none' ? 0 : undefined,
  );
  const isOne = (from === 1 && to === 0) || (from === 0 && to === -1);
  return isOne && step.kind === 'none' ? copyOf(m, value, 1) : undefined;
};
