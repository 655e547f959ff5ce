import type { ModuleValue } from '../../values';

/** The names under which modules of assumed helpers are kept; no import can reach them. */
export const HELPERS = { paddle: '<helpers of paddle>', torch: '<helpers of torch>' } as const;

/** Whether a function or class stands in a module of helpers that are assumed by convention. */
export const isAssumed = ({ name }: ModuleValue): boolean => name === HELPERS.paddle || name === HELPERS.torch;
