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
import { arithmetic, choiceMethods, choices, pairs } from './arithmetic';
import { convFunctions, convLayerOps, convLayers } from './conv';
import { datas, fills, likes, news, oldConstructors, ranges, windows } from './create';
import { gathers, joins, pythonSplits, searches, splits, uniques } from './join';
import { linearFunctions, linearLayers } from './linear';
import { copies, elementMath, keepers, specialMath } from './math';
import { distances, equations, products } from './matmul';
import { batchNormLayers, normFunctions, normLayerOps, normLayers } from './norm';
import { padFunctions, padLayers } from './pad';
import { averagePools, poolFunctions, poolLayers } from './pool';
import { counts, rearrangers, sizes, viewMethods } from './rearrange';
import { cumulative, extremes, moments, norms, ranks, spreads, sums } from './reduce';

/** PyTorch's ops and layers. */
export const torchTables: readonly Table[] = [
  activationLayers,
  activations,
  arithmetic,
  averagePools,
  batchNormLayers,
  choiceMethods,
  choices,
  convFunctions,
  convLayerOps,
  convLayers,
  copies,
  counts,
  cumulative,
  datas,
  distances,
  dropoutLayers,
  elementMath,
  equations,
  extremes,
  fills,
  functionalActivations,
  gathers,
  joins,
  keepers,
  layerOps,
  likes,
  linearFunctions,
  linearLayers,
  moments,
  nativeActivations,
  news,
  normFunctions,
  normLayerOps,
  normLayers,
  norms,
  oldConstructors,
  padFunctions,
  padLayers,
  pairs,
  poolFunctions,
  poolLayers,
  products,
  pythonSplits,
  ranges,
  ranks,
  rearrangers,
  searches,
  sizes,
  specialMath,
  splits,
  spreads,
  sums,
  tensorActivations,
  uniques,
  viewMethods,
  windows,
];
