/** A result that is computed when it is first asked for. */
export interface Pending<T> {
  readonly get: () => T;
  readonly isDone: () => boolean;
}

/** What `make` needs is let go of once it has run. */
export const pending = <T>(make: () => T): Pending<T> => {
  let state: { readonly make: () => T } | { readonly made: T } = { make };
  return {
    get: () => {
      if ('made' in state) return state.made;
      const made = state.make();
      state = { made };
      return made;
    },
    isDone: () => 'made' in state,
  };
};
