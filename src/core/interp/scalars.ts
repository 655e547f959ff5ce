import type { Value } from '../values';

/** The number that a value is, when it is known. */
export const numberOf = (value: Value): number | undefined => {
  if (value.kind === 'float') return value.value;
  if (value.kind === 'bool') return value.value ? 1 : 0;
  return value.kind === 'int' && typeof value.value === 'number' ? value.value : undefined;
};
