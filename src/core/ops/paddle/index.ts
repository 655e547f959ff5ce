import type { Table } from '../rows';
import { activations } from './activation';
import { convFunctions, convLayerOps, convLayers } from './conv';
import { poolFunctions, poolLayers } from './pool';

/** Paddle's ops and layers: shape functions are PyTorch's, names, defaults and refusals are Paddle's own. */
export const paddleTables: readonly Table[] = [
  activations,
  convFunctions,
  convLayerOps,
  convLayers,
  poolFunctions,
  poolLayers,
];
