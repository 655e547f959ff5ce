export {
  insertAxis,
  joinShapes,
  prefix,
  suffix,
  withAxis,
  withoutAxis,
} from './axes';
export { broadcast } from './broadcast';
export { printShape } from './print';
export {
  axis,
  isKnown,
  lead,
  numel,
  rank,
  type Shape,
  sameShape,
  shapeKey,
  shapeOf,
  simplifyShape,
  substituteShape,
  tail,
  unknownShape,
} from './shape';
export { unify } from './unify';
