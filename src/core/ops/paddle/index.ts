import type { Table } from '../rows';
import { activationLayers, activations, checkedActivations, dropoutLayers, dropouts, layerOps } from './activation';
import { arithmetic, choiceMethods, choices, complexPairs, pairs } from './arithmetic';
import { attentionFunctions, attentionLayers, attentionMasks, attentionOps } from './attention';
import { castMethods, casts, fillings, overwritings, queries, settings, shapes, typeLimits } from './cast';
import { convFunctions, convLayerOps, convLayers } from './conv';
import { datas, fills, likes, news, numbers, ranges } from './create';
import { detectionFunctions, detectionLayers } from './detection';
import { embeddingFunctions, embeddingLayers } from './embedding';
import { planeTransforms, shifts, transforms } from './fft';
import { oldOps, oldSpellings } from './fluid';
import { gathers, scatters, searches } from './gather';
import { cuts, diagonalBlocks, joins, raises, sharedJoins, splits } from './join';
import {
  contractions,
  distances,
  equations,
  factors,
  linalg,
  oldLinalg,
  ownLinalg,
  products,
  sharedProducts,
} from './linalg';
import { linearFunctions, linearLayers } from './linear';
import { lossFunctions, lossLayers, vectorDistances } from './loss';
import { complexParts, elementMath, negations, ownMath, triangles, truthMath } from './math';
import { normFunctions, normLayerOps, normLayers } from './norm';
import { olderOrders } from './older';
import { padFunctions, padLayers } from './pad';
import { poolFunctions, poolLayerOps, poolLayers } from './pool';
import {
  diagonals,
  inPlaceRearrangers,
  oldDiagonals,
  rearrangers,
  sharedRearrangers,
  strides,
  swaps,
  viewMethods,
} from './rearrange';
import { cumulative, namedNorms, norms, reductions } from './reduce';
import { resizeFunctions, resizeLayers, visionFunctions } from './resize';
import { recurrentLayers, recurrentOps } from './rnn';

const current: readonly Table[] = [
  activationLayers,
  activations,
  arithmetic,
  attentionFunctions,
  attentionLayers,
  attentionMasks,
  attentionOps,
  castMethods,
  casts,
  checkedActivations,
  choiceMethods,
  choices,
  complexPairs,
  complexParts,
  contractions,
  convFunctions,
  convLayerOps,
  convLayers,
  cumulative,
  cuts,
  datas,
  detectionFunctions,
  detectionLayers,
  diagonalBlocks,
  diagonals,
  distances,
  dropoutLayers,
  dropouts,
  elementMath,
  embeddingFunctions,
  embeddingLayers,
  equations,
  factors,
  fillings,
  fills,
  gathers,
  inPlaceRearrangers,
  joins,
  layerOps,
  likes,
  linalg,
  linearFunctions,
  linearLayers,
  lossFunctions,
  lossLayers,
  namedNorms,
  negations,
  news,
  normFunctions,
  normLayerOps,
  normLayers,
  norms,
  numbers,
  oldLinalg,
  overwritings,
  ownLinalg,
  ownMath,
  oldDiagonals,
  padFunctions,
  padLayers,
  pairs,
  planeTransforms,
  poolFunctions,
  poolLayerOps,
  poolLayers,
  products,
  raises,
  queries,
  ranges,
  rearrangers,
  recurrentLayers,
  recurrentOps,
  reductions,
  resizeFunctions,
  resizeLayers,
  scatters,
  searches,
  settings,
  shapes,
  typeLimits,
  sharedJoins,
  sharedProducts,
  sharedRearrangers,
  strides,
  ...swaps,
  shifts,
  splits,
  transforms,
  triangles,
  truthMath,
  vectorDistances,
  viewMethods,
  visionFunctions,
];

/** Paddle's ops and layers: shape functions are PyTorch's; names, defaults and refusals are Paddle's own. */
export const paddleTables: readonly Table[] = [...current, ...olderOrders(current), oldSpellings(current), oldOps];
