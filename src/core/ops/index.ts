export type { Arg, CallArgs, DType, Home, Library, NumberArg, Store, TensorArg } from './arg';
export { bytes, tensorAttribute } from './attributes';
export { namedCall } from './behind';
export { binary } from './binary';
export type { FaultCode, FaultData } from './codes';
export { dtypeNamed, findConstant } from './constants';
export { isFreeInput } from './convert';
export {
  describe,
  describeCall,
  describeLayerCall,
  describeParams,
  type OpPage,
  type ParamPage,
} from './describe';
export { callOp, grows } from './door';
export { allPaths, type Family, findFamily, isNamespace, type OpRow } from './family';
export { index, setIndex } from './indexing';
export { callLayer, type LayerState, makeLayer, settleLazy } from './layer';
export { batchFirst, type Demand, type Fault, type OpContext, type Outcome } from './outcome';
export type { Twin, Words } from './rows';
