import type { Dim } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp } from '../call';
import { integerOf } from '../convert';
import { buildRight, matchLeft } from './einops';
import { anonymousSize, ELLIPSIS, namesOf, type Place, parseSide } from './pattern';

/** One expression of a description: its axes, and which of them stand in brackets. */
interface Side {
  readonly places: readonly Place[];
  readonly bracketed: ReadonlySet<string>;
}

/** What an operation gives where the description has no arrow. */
export type Implicit = 'widest' | 'same' | 'reduced' | 'none';

/** The shape that `b n, b -> b n` gives for tensors; einx works out all axes together, so here whatever is not plain is given up. */
export const einxShape = (call: Call, text: string, given: readonly Arg[], implicit: Implicit): Shape | undefined => {
  const [before = '', after, more] = text.split('->');
  const inputs = before.split(',').map(sideOf);
  if (more !== undefined || after?.includes(',') || inputs.length !== given.length || inputs.includes(undefined))
    return giveUp(call, 'a description');
  const sides = inputs as readonly Side[];
  const output = after === undefined ? implied(sides, implicit) : sideOf(after)?.places;
  if (!output) return giveUp(call, 'a description');
  const sizes = new Map<string, Dim>();
  for (const [name, arg] of call.extra) {
    const size = integerOf(arg, call);
    if (size !== undefined) sizes.set(name, size);
  }
  for (const name of [...sides.flatMap(({ places }) => namesOf(places)), ...namesOf(output)]) {
    const size = anonymousSize(name);
    if (size !== undefined) sizes.set(name, size);
  }
  const spread = settleAll(call, sides, given, sizes, text);
  if (!spread || namesOf(output).some((name) => !sizes.has(name))) return giveUp(call, 'an axis that is not known');
  return buildRight(output, sizes, spread);
};

/** Settles the axes of all tensors, those first that leave nothing to be worked out; gives those of the ellipsis. */
const settleAll = (
  call: Call,
  sides: readonly Side[],
  given: readonly Arg[],
  sizes: Map<string, Dim>,
  text: string,
): Shape | undefined => {
  let spread: Shape = { dims: [] };
  const left = sides.flatMap(({ places }, i) => {
    const tensor = given[i];
    return tensor?.kind === 'tensor' ? [{ places, tensor }] : places.length === 0 ? [] : [undefined];
  });
  const waiting = new Set(left);
  while (waiting.size > 0) {
    const next = [...waiting].find((one) => one?.places.every((place) => isPlain(place, sizes)));
    if (!next) return undefined;
    waiting.delete(next);
    const found = matchLeft(call, next.tensor, next.places, sizes, text);
    if (!found) return undefined;
    if (next.places.some((place) => place.includes(ELLIPSIS))) spread = found;
  }
  return spread;
};

/** At most one axis of a place is open, and an ellipsis stands by itself. */
const isPlain = (place: Place, sizes: ReadonlyMap<string, Dim>): boolean =>
  place.includes(ELLIPSIS) ? place.length === 1 : place.filter((name) => !sizes.has(name)).length <= 1;

const implied = (sides: readonly Side[], implicit: Implicit): readonly Place[] | undefined => {
  const [first] = sides;
  if (implicit === 'none' || !first) return undefined;
  if (implicit === 'same') return first.places;
  if (implicit === 'reduced')
    return first.bracketed.size === 0
      ? undefined
      : first.places.filter((place) => !place.every((name) => first.bracketed.has(name)));
  const widest = sides.filter(({ places }) =>
    sides.every((other) => other.places.flat().every((name) => places.flat().includes(name))),
  );
  const texts = new Set(widest.map(({ places }) => JSON.stringify(places)));
  return texts.size === 1 ? widest[0]?.places : undefined;
};

/** `b [n] d`, without its brackets. */
const sideOf = (text: string): Side | undefined => {
  const places = parseSide(text.replace(/[[\]]/g, ' '));
  const inner = [...text.matchAll(/\[([^\]]*)\]/g)].flatMap(([, names = '']) => parseSide(names)?.flat() ?? []);
  return places && { places, bracketed: new Set(inner) };
};

/** The element type of tensors that share one. */
export const sharedType = (given: readonly Arg[]): Pick<TensorArg, 'dtype'> => {
  const [first, ...others] = given.filter((arg) => arg.kind === 'tensor').map(({ dtype }) => dtype);
  return first !== undefined && others.every((dtype) => dtype === first) ? { dtype: first } : {};
};
