export { type ClassRun, type Entry, type Given, runClass, unconditional } from './alone';
export { attempt } from './branch';
export { parametersOf } from './builtins/modules';
export { createMachine, type Surroundings } from './create';
export { exhaustionOf } from './exhaustion';
export { loadModule, newModule, runModule } from './imports';
export type { Machine, Path, Sources } from './machine';
export { isModuleClass } from './natives';
export type { LayerEvent, OpCall, OpEvent, Problem, Source, Trace } from './trace';
