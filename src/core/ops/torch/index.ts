import type { Table } from '../rows';
import {
  activationLayers,
  activations,
  dropoutLayers,
  functionalActivations,
  layerOps,
  nativeActivations,
  tensorActivations,
} from './activation';
import { arithmetic, choiceMethods, choices, oldOrder, pairs } from './arithmetic';
import { attentionFunctions, attentionLayers, attentionMasks, attentionOps, headFunctions } from './attention';
import { casts, fillings, overwritings, scalars, typeQueries } from './cast';
import { convFunctions, convLayerOps, convLayers } from './conv';
import { datas, fills, likes, news, oldConstructors, ranges, windows } from './create';
import { distributionMethods, distributions } from './distributions';
import { embeddingFunctions, embeddingLayers, oneHot, pretrained } from './embedding';
import { shifts, shortTime, transforms } from './fft';
import { gathers, joins, pythonSplits, searches, splitMethods, splits, uniques } from './join';
import { lazyLayers } from './lazy';
import { integrals, linalg, oldLinalg } from './linalg';
import { linearFunctions, linearLayers } from './linear';
import { adaptiveLayers, adaptiveOps, distanceLayers, lossFunctions, lossLayers } from './loss';
import { copies, elementMath, keepers, specialMath } from './math';
import { distances, equations, groupedProducts, products, sparseProducts } from './matmul';
import { batchNormLayers, normFunctions, normLayerOps, normLayers } from './norm';
import { padFunctions, padLayers } from './pad';
import { complexParts, shapeFunctions, tuples } from './parts';
import { averagePools, poolFunctions, poolLayers } from './pool';
import { observedArithmetic, quantStubs } from './quantized';
import { counts, rearrangers, sequenceFunctions, sizes, viewMethods } from './rearrange';
import { cumulative, extremes, moments, norms, ranks, spreads, sums } from './reduce';
import { resizeFunctions, resizeLayers, shuffles } from './resize';
import { packing, recurrentLayers, recurrentOps } from './rnn';
import { boxFunctions, visionFunctions, visionKeepers, visionLayerOps, visionLayers } from './vision';
import { nativeVision } from './vision-native';

/** PyTorch's ops and layers. */
export const torchTables: readonly Table[] = [
  boxFunctions,
  nativeVision,
  visionFunctions,
  visionKeepers,
  visionLayerOps,
  visionLayers,
  adaptiveLayers,
  adaptiveOps,
  activationLayers,
  activations,
  arithmetic,
  attentionFunctions,
  attentionLayers,
  attentionMasks,
  attentionOps,
  averagePools,
  batchNormLayers,
  casts,
  choiceMethods,
  choices,
  complexParts,
  convFunctions,
  convLayerOps,
  convLayers,
  copies,
  counts,
  cumulative,
  datas,
  distanceLayers,
  distances,
  distributionMethods,
  distributions,
  dropoutLayers,
  elementMath,
  embeddingFunctions,
  embeddingLayers,
  equations,
  extremes,
  fillings,
  fills,
  functionalActivations,
  gathers,
  headFunctions,
  integrals,
  joins,
  keepers,
  layerOps,
  likes,
  linalg,
  lazyLayers,
  linearFunctions,
  linearLayers,
  lossFunctions,
  lossLayers,
  moments,
  nativeActivations,
  news,
  normFunctions,
  normLayerOps,
  normLayers,
  norms,
  observedArithmetic,
  oldConstructors,
  oldLinalg,
  oneHot,
  overwritings,
  packing,
  padFunctions,
  padLayers,
  pairs,
  oldOrder,
  poolFunctions,
  poolLayers,
  pretrained,
  products,
  groupedProducts,
  ...sparseProducts,
  pythonSplits,
  quantStubs,
  ranges,
  ranks,
  rearrangers,
  recurrentLayers,
  recurrentOps,
  resizeFunctions,
  resizeLayers,
  scalars,
  searches,
  sequenceFunctions,
  shapeFunctions,
  shifts,
  shortTime,
  shuffles,
  sizes,
  specialMath,
  splitMethods,
  splits,
  spreads,
  sums,
  tensorActivations,
  transforms,
  tuples,
  typeQueries,
  uniques,
  viewMethods,
  windows,
];
