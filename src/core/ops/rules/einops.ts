import { type Dim, product, same, symbolsOf } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, fresh, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { integerOf, typeName } from '../convert';
import { stack } from './join';
import { anonymousSize, ELLIPSIS, namesOf, type Pattern, type Place, parsePattern } from './pattern';
import { floorBy } from './quotient';
import { typed } from './view';

export type Kind = 'rearrange' | 'reduce' | 'repeat';

/** A tensor, or a list of them stacked along a new first axis, as einops takes both. */
export const operand = (call: Call, input: Arg): TensorArg | undefined => {
  if (input.kind === 'tensor') return input;
  if (input.kind !== 'sequence' && input.kind !== 'tuple') return giveUp(call, 'the input is not known');
  const items: TensorArg[] = [];
  for (const item of input.items) {
    if (item.kind !== 'tensor') return giveUp(call, 'the input is not known');
    items.push(item);
  }
  const shape = stack(call, items, 0);
  const first = items[0];
  return shape && first ? tensor(call.lib, shape, typed(first)) : undefined;
};

/** Sizes that a call gives to axes. */
export const lengthsOf = (call: Call): ReadonlyMap<string, Dim> => {
  const found = new Map<string, Dim>();
  for (const [name, arg] of call.extra) {
    const size = integerOf(arg, call);
    const expected = { op: call.op, argument: name, expected: 'int', found: typeName(arg) };
    if (size === undefined) refuse(call, fault('wrong-type', expected, name));
    // A new axis of −1 is what `expand` takes for "as it is".
    else if (size === -1 && call.op === 'repeat') giveUp(call, 'an axis of −1');
    else if (typeof size === 'number' && size < 0)
      refuse(call, fault('negative', { op: call.op, argument: name, found: size }, name));
    found.set(name, size ?? fresh(call, `axis ${name}`));
  }
  return found;
};

/** Reads a pattern and checks its names against each other; refused where einops would. */
export const checkedPattern = (
  call: Call,
  text: string,
  kind: Kind,
  given: ReadonlyMap<string, Dim>,
): Pattern | undefined => {
  const pattern = parsePattern(text);
  if (!pattern) return refuse(call, fault('pattern-syntax', { op: call.op, pattern: text }, 'pattern'));
  const left = new Set(namesOf(pattern.left));
  const right = new Set(namesOf(pattern.right));
  const axis = misfit(pattern, left, right, kind, given);
  if (axis !== undefined) return refuse(call, fault('pattern-axis', { op: call.op, pattern: text, axis }, 'pattern'));
  return pattern;
};

/** The first axis that stands where it may not. */
const misfit = (
  { left, right }: Pattern,
  lefts: ReadonlySet<string>,
  rights: ReadonlySet<string>,
  kind: Kind,
  given: ReadonlyMap<string, Dim>,
): string | undefined => {
  const spread = (side: readonly Place[]): boolean => side.flat().includes(ELLIPSIS);
  if (spread(right) && !spread(left)) return '...';
  if (kind !== 'reduce' && spread(left) && !spread(right)) return '...';
  if (left.some((place) => place.length > 1 && place.includes(ELLIPSIS))) return '...';
  const named = (n: string): boolean => anonymousSize(n) === undefined;
  const onlyRight = [...rights].filter((n) => !lefts.has(n));
  const onlyLeft = [...lefts].filter((n) => !rights.has(n));
  if (kind === 'rearrange') return [...onlyLeft, ...onlyRight].map(plain)[0] ?? unused(lefts, rights, given);
  if (kind === 'repeat') {
    const missing = onlyLeft[0] ?? onlyRight.find((n) => named(n) && !given.has(n));
    return missing === undefined ? unused(lefts, rights, given) : plain(missing);
  }
  const extra = onlyRight[0];
  return extra === undefined ? unused(lefts, rights, given) : plain(extra);
};

const unused = (
  lefts: ReadonlySet<string>,
  rights: ReadonlySet<string>,
  given: ReadonlyMap<string, Dim>,
): string | undefined => [...given.keys()].find((n) => !lefts.has(n) && !rights.has(n));

const plain = (name: string): string => name.split('#')[0] ?? name;

/** What each axis that a pattern names is in this call, in the order of their first appearance. */
export const namedAxes = (
  call: Call,
  input: TensorArg,
  text: string,
  given: ReadonlyMap<string, Dim>,
): ReadonlyMap<string, Dim> | undefined => {
  const pattern = parsePattern(text);
  if (!pattern) return undefined;
  const sizes = new Map(given);
  if (!matchLeft(call, input, pattern.left, sizes, text)) return undefined;
  const names = [...namesOf(pattern.left), ...namesOf(pattern.right)].filter((n) => anonymousSize(n) === undefined);
  return new Map(names.flatMap((name) => (sizes.has(name) ? [[name, sizes.get(name) ?? 1]] : [])));
};

/** The shape after a pattern. */
export const rearranged = (
  call: Call,
  input: TensorArg,
  text: string,
  kind: Kind,
  given: ReadonlyMap<string, Dim>,
): Shape | undefined => {
  const pattern = checkedPattern(call, text, kind, given);
  if (!pattern) return undefined;
  const sizes = new Map(given);
  for (const name of [...namesOf(pattern.left), ...namesOf(pattern.right)]) {
    const size = anonymousSize(name);
    if (size !== undefined) sizes.set(name, size);
  }
  const spread = matchLeft(call, input, pattern.left, sizes, text);
  return spread && buildRight(pattern.right, sizes, spread);
};

/** Settles the axes of the left side; gives those of the ellipsis. */
export const matchLeft = (
  call: Call,
  input: TensorArg,
  left: readonly Place[],
  sizes: Map<string, Dim>,
  text: string,
): Shape | undefined => {
  const open = left.findIndex((place) => place.includes(ELLIPSIS));
  const fixed = open < 0 ? left.length : left.length - 1;
  if (input.shape.rest) return matchOpen(call, input, left, sizes, text, open);
  const { dims } = input.shape;
  if (open < 0 ? dims.length !== fixed : dims.length < fixed)
    return refuse(
      call,
      fault('pattern-rank', { op: call.op, pattern: text, expected: fixed, shape: input.shape }, 'tensor'),
    );
  const spare = dims.length - fixed;
  let at = 0;
  for (const [i, place] of left.entries()) {
    if (i === open) at += spare;
    else settlePlace(call, place, dims[at++] ?? 1, sizes, text);
  }
  return { dims: open < 0 ? [] : dims.slice(open, open + spare) };
};

/** One place of the left side against the size of its axis: at most one of its names may be open. */
const settlePlace = (call: Call, place: Place, size: Dim, sizes: Map<string, Dim>, text: string): void => {
  const open = place.filter((name) => !sizes.has(name));
  const known = product(place.map((name) => sizes.get(name) ?? 1));
  const group = place.map(plain).join(' ');
  const [first, second] = open;
  if (second !== undefined) {
    refuse(call, fault('pattern-axis', { op: call.op, pattern: text, axis: second }, 'pattern'));
    return;
  }
  if (first === undefined) {
    const data = { op: call.op, pattern: text, axis: group === '' ? '1' : group, expected: known, found: size };
    if (!same(known, size)) need(call, { kind: 'eq', left: known, right: size }, fault('pattern-size', data, 'tensor'));
    return;
  }
  if (known === 1) {
    sizes.set(first, size);
    return;
  }
  const clash = fault('pattern-divide', { op: call.op, pattern: text, group, size, by: known }, 'tensor');
  if (known === 0) refuse(call, clash);
  else need(call, { kind: 'divides', divisor: known, dividend: size }, clash);
  sizes.set(first, floorBy(size, known));
};

/** A tensor of unknown rank: the left side is what it must be. */
const matchOpen = (
  call: Call,
  input: TensorArg,
  left: readonly Place[],
  sizes: Map<string, Dim>,
  text: string,
  open: number,
): Shape | undefined => {
  const { dims, rest } = input.shape;
  if (!rest) return undefined;
  if (open > 0) return giveUp(call, 'the rank is not known');
  const places = open < 0 ? left : left.slice(1);
  const missing = places.length - dims.length;
  const after = dims.length - rest.at;
  places.forEach((place, i) => {
    const fromEnd = places.length - i;
    const known =
      open < 0
        ? i < rest.at
          ? dims[i]
          : i >= rest.at + missing
            ? dims[i - missing]
            : undefined
        : fromEnd <= after
          ? dims[dims.length - fromEnd]
          : undefined;
    if (known !== undefined) settlePlace(call, place, known, sizes, text);
    else for (const name of place) if (!sizes.has(name)) sizes.set(name, fresh(call, `axis ${plain(name)}`));
  });
  const axes = places.map((place) => demanded(place, sizes));
  if (call.doubts.length === 0) call.demands.push({ tensor: input, axes, open: open === 0 && 'front' });
  return open < 0 ? { dims: [] } : { dims: [], rest: { at: 0, id: call.cx.unknownRest('axes of an ellipsis') } };
};

const demanded = (place: Place, sizes: ReadonlyMap<string, Dim>): { readonly name: string; readonly size?: Dim } => {
  const name = place.length === 0 ? 'one' : place.map(plain).join('');
  const size = product(place.map((n) => sizes.get(n) ?? 1));
  return symbolsOf(size).some((s) => s.role === 'unknown') ? { name } : { name, size };
};

export const buildRight = (
  right: readonly Place[],
  sizes: ReadonlyMap<string, Dim>,
  spread: Shape,
): Shape | undefined => {
  const dims: Dim[] = [];
  let rest: Shape['rest'];
  for (const place of right) {
    if (place.length === 1 && place[0] === ELLIPSIS) {
      if (spread.rest) rest = { at: dims.length + spread.rest.at, id: spread.rest.id };
      dims.push(...spread.dims);
      continue;
    }
    if (place.includes(ELLIPSIS) && spread.rest) return undefined;
    dims.push(
      product(
        place.flatMap((name) => (name === ELLIPSIS ? spread.dims : [sizes.get(name) ?? anonymousSize(name) ?? 1])),
      ),
    );
  }
  return rest ? { dims, rest } : { dims };
};
