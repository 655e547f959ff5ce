export { layerGraph } from './build';
export { countAll, countParameters, elements, ownParameters, type ParameterCount } from './cost';
export type { Case, GraphEdge, GraphNode, LayerFamily, LayerGraph, Place, Role } from './graph';
export { placeOf } from './places';
