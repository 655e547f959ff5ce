import { inplaceReused } from './inplace';
import { catJoinsBatch } from './joining';
import { softmaxBeforeLoss } from './loss';
import { dropoutAlways, rnnDropout, softmaxDim, tensorTruth } from './mode';
import { biasBeforeNorm, oneValueNorm, sharedBatchNorm } from './norm';
import { lostUnderscores, missingSuperInit, misspeltMethod } from './pasted';
import {
  forwardReturnsNone,
  hiddenLayer,
  layerInForward,
  layerReplaced,
  unregisteredLayers,
  unregisteredTensor,
  unusedLayer,
} from './registration';
import { batchInView, evenKernelGrows, reshapeScrambles, squeezeAll, viewOfMoved } from './reshaping';
import { attentionAxis, batchFirst, timeFirst } from './sequence';
import type { Finder, Subject, Trap } from './trap';

export { statementBehind } from './code';
export { fileTraps } from './file';
export type { Related, Subject, Trap, TrapCode, TrapData } from './trap';

const FINDERS: readonly Finder[] = [
  lostUnderscores,
  misspeltMethod,
  missingSuperInit,
  unregisteredLayers,
  unregisteredTensor,
  layerInForward,
  hiddenLayer,
  layerReplaced,
  unusedLayer,
  forwardReturnsNone,
  sharedBatchNorm,
  oneValueNorm,
  biasBeforeNorm,
  dropoutAlways,
  softmaxDim,
  attentionAxis,
  tensorTruth,
  rnnDropout,
  batchFirst,
  timeFirst,
  softmaxBeforeLoss,
  inplaceReused,
  reshapeScrambles,
  viewOfMoved,
  batchInView,
  squeezeAll,
  evenKernelGrows,
  catJoinsBatch,
];

/** Everything in a class that fails for a reason of its own, or runs and is hardly what was meant. */
export const trapsOf = (subject: Subject): readonly Trap[] => {
  const found = FINDERS.flatMap((find) => find(subject));
  // A line that runs in every turn of a loop is one line.
  return found.filter((trap, i) => found.findIndex(({ code, node }) => code === trap.code && node === trap.node) === i);
};
