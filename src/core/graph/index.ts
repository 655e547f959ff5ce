export { layerGraph } from './build';
export { countAll, countParameters, elements, ownParameters, type ParameterCount } from './cost';
export { detailOf } from './detail';
export type { Point, Size } from './flat';
export type { Case, GraphEdge, GraphNode, LayerFamily, LayerGraph, Place, Role } from './graph';
export { type Box, type Layout, type LayoutOptions, layout, type Measures, type PlacedLink } from './layout';
export { placeOf } from './places';
export { type Item, type Link, type View, viewOf } from './view';
