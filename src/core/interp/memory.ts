import type { NumberArg } from '../ops';
import type { TensorValue, Value } from '../values';

type Numbers = readonly NumberArg[];

/** The numbers that lie in the same memory: a tensor's, those of its views, and what an op in place made of them. */
const groups = new WeakMap<Numbers, Set<Numbers>>();

/** What is known of the numbers of a tensor, by which those of its views are found. */
export const memoryOf = (value: Value): Numbers | undefined =>
  value.kind === 'tensor' ? (value.elements ?? value.fill) : undefined;

/** The numbers of a view, which change with those of the whole. */
export const shareNumbers = (whole: Numbers, part: Numbers): Numbers => {
  const group = groups.get(whole) ?? new Set([whole]);
  for (const other of groups.get(part) ?? [part]) {
    groups.set(other, group);
    group.add(other);
  }
  groups.set(whole, group);
  return part;
};

/** A tensor whose numbers are a copy. */
export const ownNumbers = (value: TensorValue): TensorValue => ({ ...value, elements: [...(value.elements ?? [])] });

/** What stands where a number was that is another one by now, or that nobody knows in memory of which more is known. */
const FORGOTTEN: NumberArg = { kind: 'float', announced: true };

/** Whether what the source said of the numbers still holds. */
export const areRemembered = (numbers: Numbers): boolean => numbers[0] !== FORGOTTEN;

let changes = 0;

/** Counts how often something that was known of numbers has been forgotten. */
export const forgettings = (): number => changes;

/** A tensor is changed where it lies: what the source said of its numbers is no longer so, under whatever name it is read. */
export const forgetNumbers = (value: Value | undefined): void => {
  const memory = value && memoryOf(value);
  if (!memory) return;
  for (const numbers of groups.get(memory) ?? [memory]) {
    if (!areRemembered(numbers)) continue;
    changes++;
    (numbers as NumberArg[]).fill(FORGOTTEN);
  }
};

/** Somebody whom nobody knows is given values: the tensors in them may be others afterwards. */
export const mayChange = (values: Iterable<Value>): void => {
  for (const value of values) {
    if (value.kind === 'tensor') forgetNumbers(value);
    else if (value.kind === 'tuple' || value.kind === 'list') mayChange(value.items);
    else if (value.kind === 'dict') mayChange([...value.entries.values()].map((entry) => entry.value));
    else if (value.kind === 'either') mayChange([value.yes, value.no]);
  }
};

/** A tensor that lies, or may lie, in the memory of others, with the number that all its elements are where that is known. */
export const inMemoryOf = (result: TensorValue, wholes: readonly Value[], number?: NumberArg): TensorValue => {
  const [memory, ...others] = wholes.flatMap((whole) => {
    const numbers = memoryOf(whole);
    return numbers ? [numbers] : [];
  });
  if (!memory || result.elements) return result;
  for (const other of others) shareNumbers(memory, other);
  const isSame = number !== undefined && wholes.every((w) => w.kind === 'tensor' && w.fill?.[0] === number);
  return { ...result, fill: isSame ? memory : shareNumbers(memory, [number ?? FORGOTTEN]) };
};

/** What an op in place answers is the tensor that it changed, with its new numbers where they are known. */
export const changedNumbers = (target: Value | undefined, result: Value): Value => {
  const memory = target && memoryOf(target);
  if (!memory) return result;
  const numbers = [...(memoryOf(result) ?? [])];
  forgetNumbers(target);
  if (result.kind !== 'tensor' || numbers.length === 0) return result;
  const shared = shareNumbers(memory, numbers);
  const { elements, fill: _, ...rest } = result;
  return elements ? { ...rest, elements: shared } : { ...rest, fill: shared };
};

/** Whether the same is known of the numbers of two tensors. */
export const sameNumbers = (a: TensorValue, b: TensorValue): boolean => {
  const [x, y] = [a, b].map((value) => {
    const numbers = memoryOf(value);
    return numbers && areRemembered(numbers) ? numbers : undefined;
  });
  if (x === y) return true;
  return x !== undefined && y !== undefined && x.length === y.length && x.every((one, i) => isSame(one, y[i] ?? one));
};

/** Whether two numbers are known to be one, whatever type they have. */
export const isSame = (a: NumberArg, b: NumberArg): boolean => {
  if (a === b) return true;
  const [x, y] = [a, b].map(({ value }) => (typeof value === 'boolean' ? Number(value) : value));
  return x !== undefined && x === y;
};
