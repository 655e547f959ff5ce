import type { Table } from '../rows';
import { activationLayers, activations, checkedActivations, dropoutLayers, dropouts, layerOps } from './activation';
import { convFunctions, convLayerOps, convLayers } from './conv';
import { embeddingFunctions, embeddingLayers } from './embedding';
import { linearFunctions, linearLayers } from './linear';
import { normFunctions, normLayerOps, normLayers } from './norm';
import { poolFunctions, poolLayers } from './pool';

/** Paddle's ops and layers: shape functions are PyTorch's, names, defaults and refusals are Paddle's own. */
export const paddleTables: readonly Table[] = [
  activationLayers,
  activations,
  checkedActivations,
  convFunctions,
  convLayerOps,
  convLayers,
  dropoutLayers,
  dropouts,
  embeddingFunctions,
  embeddingLayers,
  layerOps,
  linearFunctions,
  linearLayers,
  normFunctions,
  normLayerOps,
  normLayers,
  poolFunctions,
  poolLayers,
];
