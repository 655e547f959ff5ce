import type { Place } from '../core';

const touches = (place: Place, cursor: Place): boolean =>
  place.path === cursor.path && place.start <= cursor.end && cursor.start <= place.end;

/** Which of several things the cursor is on, by their places: those whose place around it is the smallest. */
export const litBy = <T>(
  things: readonly T[],
  placesOf: (thing: T) => readonly Place[],
  cursor: Place | null,
): ReadonlySet<T> => {
  if (!cursor) return new Set();
  const sizes = things.map((thing) =>
    Math.min(
      ...placesOf(thing)
        .filter((place) => touches(place, cursor))
        .map(({ start, end }) => end - start),
    ),
  );
  const least = Math.min(...sizes);
  return new Set(things.filter((_, i) => Number.isFinite(least) && sizes[i] === least));
};

/** The places that are known. */
export const known = (...places: readonly (Place | undefined)[]): readonly Place[] =>
  places.filter((place) => place !== undefined);
