/** What the run told the tests; its names stand in `host/tests.ts`. */
export interface Told {
  /** Where the counts go. */
  readonly result: string;
  readonly screenshots: string;
  /** Only tests whose title contains this; all when empty. */
  readonly grep: string;
  /** The address of the bridge to the browser; empty on the desktop, which has none. */
  readonly bridge: string;
}

/** Written into the bundle when it is made. */
declare const TOLD: Told;

export const told = TOLD;
