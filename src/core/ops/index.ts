export type { Arg, CallArgs, DType, Library, TensorArg } from './arg';
export { bytes, tensorAttribute, tensorAttributeFault } from './attributes';
export { type BinaryOp, binary } from './binary';
export { type FaultCode, type FaultData, fault } from './codes';
export { findConstant } from './constants';
export {
  type CallPage,
  describe,
  describeCall,
  describeLayerCall,
  describeMaking,
  describeParams,
  type OpPage,
  type ParamPage,
} from './describe';
export { callOp } from './door';
export { promote } from './dtypes';
export { allPaths, type Family, findFamily, isNamespace, type OpRow } from './family';
export { index, setIndex } from './indexing';
export { callLayer, type LayerParam, type LayerState, makeLayer } from './layer';
export type { Demand, Fault, OpContext, Outcome, Requirement } from './outcome';
export type { Words } from './rows';
