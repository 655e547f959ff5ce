/** A place of an einops pattern: axes that stand together, none for a `1`, or the ellipsis. */
export type Place = readonly string[];

export const ELLIPSIS = '…';
const UNIT = '1#';

/** Both sides of `b (h d) -> b h d`. */
export interface Pattern {
  readonly left: readonly Place[];
  readonly right: readonly Place[];
}

/** Reads a pattern; `undefined` where einops would refuse its text. Anonymous axes are named `2#3`: size, then place. */
export const parsePattern = (text: string): Pattern | undefined => {
  const sides = text.split('->');
  if (sides.length !== 2) return undefined;
  const left = parseSide(sides[0] ?? '', 'l');
  const right = parseSide(sides[1] ?? '', 'r');
  return left && right ? { left, right } : undefined;
};

/** One side of a pattern, or a pattern without an arrow. */
export const parseSide = (text: string, mark = ''): readonly Place[] | undefined => {
  const tokens = text.replaceAll('...', ELLIPSIS).match(/[()]|[^\s()]+/g) ?? [];
  const places: string[][] = [];
  const seen = new Set<string>();
  let open: string[] | undefined;
  let count = 0;
  // A bracket around the ellipsis merges its axes: a unit beside it tells it from a bare one.
  for (const token of tokens) {
    if (token === '(') {
      if (open) return undefined;
      open = [];
      places.push(open);
    } else if (token === ')') {
      if (!open) return undefined;
      open = undefined;
    } else {
      const name = /^\d+$/.test(token) ? `${Number(token)}#${mark}${count++}` : token;
      if (!isAxis(name) || seen.has(name)) return undefined;
      seen.add(name);
      const unit = name.startsWith('1#');
      if (open) {
        if (!unit) open.push(name);
        if (name === ELLIPSIS) open.push(UNIT);
      } else places.push(unit ? [] : [name]);
    }
  }
  return open ? undefined : places;
};

const isAxis = (name: string): boolean =>
  name === ELLIPSIS || /^\d+#/.test(name) || /^[A-Za-z](\w*[A-Za-z0-9])?$/.test(name);

/** The size of an anonymous axis, `undefined` for a named one. */
export const anonymousSize = (name: string): number | undefined => {
  const size = /^(\d+)#/.exec(name)?.[1];
  return size === undefined ? undefined : Number(size);
};

/** The names of a side, ellipsis apart. */
export const namesOf = (side: readonly Place[]): readonly string[] =>
  side.flat().filter((n) => n !== ELLIPSIS && n !== UNIT);
