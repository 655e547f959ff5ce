import type { NumberArg } from '../ops';
import type { TensorValue, Value } from '../values';

type Numbers = readonly NumberArg[];

/** The numbers that lie in the same memory: a tensor's, those of its views, and what an op in place made of them. */
const groups = new WeakMap<Numbers, Set<Numbers>>();

/** The numbers of a view, which change with those of the whole. */
export const shareNumbers = (whole: Numbers, part: Numbers): Numbers => {
  const group = groups.get(whole) ?? new Set([whole]);
  for (const one of [whole, part]) groups.set(one, group.add(one));
  return part;
};

/** A tensor whose numbers are a copy. */
export const ownNumbers = (value: TensorValue): TensorValue => ({ ...value, elements: [...(value.elements ?? [])] });

/** What stands where a number was that is another one by now. */
const FORGOTTEN: NumberArg = { kind: 'float', announced: true };

/** A tensor is changed where it lies: what the source said of its numbers is no longer so, under whatever name it is read. */
export const forgetNumbers = (value: Value | undefined): void => {
  if (value?.kind !== 'tensor' || !value.elements) return;
  for (const numbers of groups.get(value.elements) ?? [value.elements]) (numbers as NumberArg[]).fill(FORGOTTEN);
};

/** What an op in place answers is the tensor that it changed, with its new numbers where they are known. */
export const changedNumbers = (target: Value | undefined, result: Value): Value => {
  if (target?.kind !== 'tensor' || !target.elements) return result;
  const numbers = result.kind === 'tensor' ? [...(result.elements ?? [])] : [];
  forgetNumbers(target);
  if (result.kind !== 'tensor' || !result.elements) return result;
  return { ...result, elements: shareNumbers(target.elements, numbers) };
};

/** Whether what the source said of the numbers still holds. */
export const areRemembered = (numbers: Numbers): boolean => numbers[0] !== FORGOTTEN;
