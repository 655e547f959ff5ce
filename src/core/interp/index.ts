export { type ClassRun, type Entry, type Given, runClass, unconditional } from './alone';
export { attempt } from './branch';
export { parametersOf } from './builtins/modules';
export { createMachine, type Surroundings } from './create';
export { exhaustionOf } from './exhaustion';
export { loadModule, newModule, runModule } from './imports';
export type { Args, Exhausted, Machine, Path, Requirement, Sources } from './machine';
export { isModuleClass } from './natives';
export { type LayerEvent, newTrace, type OpCall, type OpEvent, type Problem, type Source, type Trace } from './trace';
