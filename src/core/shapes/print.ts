import { type PrintOptions, print } from '../dims';
import { lead, type Shape, tail } from './shape';

/** A shape as text: `[B, 64, H/2, W/2]`, `[*, dim]`, `[B, *, C]`; in Python style for `code`. */
export const printShape = (shape: Shape, options: PrintOptions = {}): string => {
  const text = (dims: Shape['dims']) => dims.map((d) => print(d, options));
  return `[${[...text(lead(shape)), ...(shape.rest ? ['*'] : []), ...text(tail(shape))].join(', ')}]`;
};
