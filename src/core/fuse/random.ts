import { filled, type Tensor } from './tensor';

/** A source of numbers that gives the same row for the same seed. */
export type Random = () => number;

/** Uniform numbers in [0, 1): the generator mulberry32. */
export const uniform = (seed: number): Random => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

/** A tensor of uniform numbers between two bounds. */
export const randomTensor = (random: Random, shape: readonly number[], low: number, high: number): Tensor =>
  filled(shape, () => low + (high - low) * random());
