import { type Dim, factorDim, keyOf, soleFactor } from './dim';
import { type Known, nothingKnown, rangeOf } from './range';
import { neg, rawAdd } from './sum';

/** The greatest or least of at least one size: nested ones are flattened, arguments that bounds rule out are dropped. */
export const extremum = (kind: 'max' | 'min', dims: readonly Dim[], known: Known = nothingKnown): Dim => {
  const pick = kind === 'max' ? Math.max : Math.min;
  const numbers = dims.filter((d) => typeof d === 'number');
  if (numbers.length === dims.length) {
    if (numbers.length === 0) throw new RangeError(`${kind} of nothing`);
    return pick(...numbers);
  }
  const flat = dims.flatMap((d) => {
    const factor = soleFactor(d);
    return factor?.kind === kind ? factor.args : [d];
  });
  const distinct = [...new Map(flat.map((d) => [keyOf(d), d])).values()];
  const kept = undominated(kind, distinct, known);
  const [first] = kept;
  if (kept.length === 1 && first !== undefined) return first;
  const keys = kept.map(keyOf).sort();
  return factorDim({ kind, key: `${kind}(${keys.join(',')})`, args: kept });
};

const undominated = (kind: 'max' | 'min', dims: readonly Dim[], known: Known): readonly Dim[] => {
  const sign = kind === 'max' ? 1 : -1;
  return dims.reduce<readonly Dim[]>((kept, d) => {
    const beats = (a: Dim, b: Dim) => rangeOf(rawAdd(a, neg(b)), known)[sign === 1 ? 0 : 1] * sign >= 0;
    if (kept.some((other) => beats(other, d))) return kept;
    return [...kept.filter((other) => !beats(d, other)), d];
  }, []);
};
