import type { FunctionDef } from '../syntax';
import type { Flow } from './flow';
import type { Reader } from './reader';

/** What the steps of an expression are told with. */
export interface Context {
  readonly r: Reader;
  readonly flow: Flow;
  /** The function that holds the line. */
  readonly fn?: FunctionDef | undefined;
  /** Every statement is to have its say: shapes that did not change too, formulas besides words. */
  readonly full?: boolean;
  /** Told for all calls at once, each of which was given something else: only what they share may be said. */
  readonly general?: boolean;
  /** The source of a node. */
  readonly source: (node: { readonly start: number; readonly end: number }) => string;
}
