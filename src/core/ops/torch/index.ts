import type { Table } from '../rows';
import { activationFunctions, activationLayers } from './activation';
import { arithmetic } from './arithmetic';
import { convFunctions, convLayers } from './conv';
import { linearFunctions, linearLayers } from './linear';
import { normFixed, normFunctions, normLayers } from './norm';
import { poolFunctions, poolLayers } from './pool';
import { joins, rearrangers, sizes, viewMethods } from './rearrange';

/** PyTorch's ops and layers. */
export const torchTables: readonly Table[] = [
  activationFunctions,
  activationLayers,
  arithmetic,
  convFunctions,
  convLayers,
  joins,
  linearFunctions,
  linearLayers,
  normFixed,
  normFunctions,
  normLayers,
  poolFunctions,
  poolLayers,
  rearrangers,
  sizes,
  viewMethods,
];
