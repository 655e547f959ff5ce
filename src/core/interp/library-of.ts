import type { Library } from '../ops';
import type { ModuleValue } from '../values';

/** The library that a module imports. */
export const libraryOfModule = ({ scope }: ModuleValue): Library =>
  [...scope.vars.values()].some((value) => value.kind === 'namespace' && /^paddle\b/.test(value.path))
    ? 'paddle'
    : 'torch';
