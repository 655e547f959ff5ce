export { layerGraph } from './build';
export { countParameters, elements, ownParameters, type ParameterCount } from './cost';
export { detailOf } from './detail';
export type { Point, Size } from './flat';
export type { Case, GraphNode, LayerFamily, LayerGraph, Place } from './graph';
export { type Box, type Layout, layout, type Measures } from './layout';
export { type Item, type Link, viewOf } from './view';
