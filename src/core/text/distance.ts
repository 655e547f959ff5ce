/** How many letters must be changed, added, taken out or swapped with their neighbour (optimal string alignment). */
export const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const ways = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + changed];
      next.push(Math.min(...ways, ...(swapped ? [(before[j - 2] ?? 0) + 1] : [])));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The name that was most likely meant by a misspelt one: at most two letters off, and a third of its length. */
export const nearest = (written: string, names: Iterable<string>): string | undefined => {
  let best: { readonly name: string; readonly far: number } | undefined;
  for (const name of names) {
    const far = distance(written, name);
    if (far > 0 && far <= Math.min(2, name.length / 3) && far < (best?.far ?? 3)) best = { name, far };
  }
  return best?.name;
};
