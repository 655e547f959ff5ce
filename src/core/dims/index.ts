export { add, ceilDiv, floorDiv, max, min, mod, mul, neg, pow, product, sub, sum } from './arithmetic';
export { assume } from './assume';
export { atMost, type Condition, divides, equal, negate } from './condition';
export { decide } from './decide';
export { type Dim, keyOf, type Rounding, type Sym, same, sizeOfSeveral, symbol } from './dim';
export { type Facts, noFacts } from './facts';
export { parse } from './parse';
export { type PrintOptions, print, printCondition } from './print';
export { productForm } from './product-form';
export {
  addRatio,
  ceilRatio,
  divRatio,
  floorRatio,
  fromNumber,
  mulRatio,
  type Ratio,
  ratio,
  roundRatio,
  truncRatio,
} from './ratio';
export { bounds, simplify } from './simplify';
export { solve, solveAll, strongest } from './solve';
export { evaluate, substitute, symbolsOf } from './substitute';
export { symbolOf } from './symbol-of';
export { wholeNumber } from './whole';
