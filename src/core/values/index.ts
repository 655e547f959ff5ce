export { fromArg, listArg, opaqueLength, opaquePart, opaqueSize, toArg } from './convert';
export { keptItems, pushItem } from './growth';
export {
  type Content,
  close,
  commit,
  contentOf,
  isShared,
  type Journal,
  journal,
  open,
  restore,
  rollback,
  touch,
} from './journal';
export { identity, keyOf, memberValue, ofMember } from './keys';
export { tensorsIn } from './tensors';
export * from './value';
export { HEAVIEST, LONGEST_TEXT, weightOf } from './weight';
