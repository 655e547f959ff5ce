import { ceilDiv, type Dim, floorDiv, mod } from '../../dims';

// A divisor of 0 is refused by the rules before; these keep a refused call from throwing on its way out.

/** `⌊a/b⌋`. */
export const floorBy = (a: Dim, b: Dim): Dim => (b === 0 ? 0 : floorDiv(a, b));
/** `⌈a/b⌉`. */
export const ceilBy = (a: Dim, b: Dim): Dim => (b === 0 ? 0 : ceilDiv(a, b));
/** `a mod b`. */
export const modBy = (a: Dim, b: Dim): Dim => (b === 0 ? 0 : mod(a, b));
