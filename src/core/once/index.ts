/** A function that finds out something of an object once, and remembers it for as long as the object is there. */
export const oncePer = <K extends object, V>(find: (key: K) => V): ((key: K) => V) => {
  const known = new WeakMap<K, { readonly found: V }>();
  return (key) => {
    const before = known.get(key);
    if (before) return before.found;
    const found = find(key);
    known.set(key, { found });
    return found;
  };
};
