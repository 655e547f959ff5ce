import type { Shape } from '../../../src/core/shapes';
import { size } from '../dims/names';

/** The shape that a text stands for; `*` is the rest called `x`, `*y` the one called `y`. */
export const shape = (text: string): Shape => {
  const inside = text.slice(1, -1).trim();
  const parts = inside === '' ? [] : inside.split(/, (?![^(]*\))/);
  const at = parts.findIndex((part) => part.startsWith('*'));
  const dims = parts.filter((part) => !part.startsWith('*')).map(size);
  return at < 0 ? { dims } : { dims, rest: { at, id: parts[at]?.slice(1) || 'x' } };
};
