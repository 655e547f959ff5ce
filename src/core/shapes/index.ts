export {
  axisIndex,
  insertAxis,
  joinShapes,
  leastRank,
  prefix,
  type Split,
  suffix,
  withAxis,
  withoutAxis,
} from './axes';
export { type Broadcast, type BroadcastFault, broadcast } from './broadcast';
export { printShape } from './print';
export {
  axis,
  isKnown,
  lead,
  mapShape,
  numel,
  type Rest,
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
export { type Unified, unify } from './unify';
