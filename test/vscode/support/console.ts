// The bundle puts this in the place of the global `console` of all tests.
import { OUTPUT_MARK } from '../host/bridge/protocol';
import { told } from './told';

const mark = told.bridge === '' ? [] : [OUTPUT_MARK];

/** Prints where the run is watched: VS Code logs much of its own, so the stand-in shows what has the mark. */
export const console = {
  log: (...parts: readonly unknown[]): void => globalThis.console.log(...mark, ...parts),
  error: (...parts: readonly unknown[]): void => globalThis.console.log(...mark, ...parts),
};
