import { noFacts, symbol } from '../../../src/core/dims';
import type { Arg, DType, Library, OpContext } from '../../../src/core/ops';

/** A context that hands out numbered unknown sizes. */
export const context = (training?: boolean): OpContext => {
  let count = 0;
  return {
    facts: noFacts,
    ...(training === undefined ? {} : { training }),
    unknownSize: (why) => symbol(`u${count++}`, `?${why}`, 'unknown'),
    unknownRest: () => `r${count++}`,
  };
};

/** A tensor that lies row by row. */
export const tensor = (dims: readonly number[], dtype: DType = 'float32', lib: Library = 'torch'): Arg => ({
  kind: 'tensor',
  lib,
  shape: { dims },
  dtype,
  layout: 'contiguous',
});
