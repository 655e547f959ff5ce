import { allPaths, describe, findFamily, type OpPage } from '../ops';

/** Every op and layer that the tables know, under the name that is shown, sorted. */
export const opList = (): readonly OpPage[] => {
  const families = new Set(
    allPaths()
      .map((path) => findFamily(path))
      .filter((family) => family !== undefined),
  );
  return [...families].map(describe).sort((a, b) => (a.path < b.path ? -1 : 1));
};
