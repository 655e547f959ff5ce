export { createMachine, type Surroundings } from './create';
export { attempt } from './branch';
export { loadModule, newModule, runModule } from './imports';
export type { Args, Machine, Sources } from './machine';
export { parametersOf } from './builtins/modules';
export { type LayerEvent, newTrace, type Problem, type Trace } from './trace';
