import {
  type Condition,
  type Dim,
  type Facts,
  keyOf,
  print,
  printCondition,
  type Sym,
  simplify,
  symbolOf,
  symbolsOf,
} from '../dims';
import { type Idioms, idiomsOf } from '../idioms';
import { finalFacts, type Trace } from '../interp';
import { oncePer } from '../once';
import { lead, type Shape, simplifyShape, tail } from '../shapes';
import type { Node } from '../syntax';
import type { TensorValue, Value } from '../values';

/** How shapes are written: `[B, C]` or `(B, C)`. */
export type ShapeStyle = '[]' | '()';

/** What a run says, in the names that its reader knows. */
export interface Reader {
  readonly trace: Trace;
  readonly facts: Facts;
  /** The idioms that it shows; found when somebody asks. */
  readonly idioms: () => Idioms;
  /** A size as mathematics: `⌊H/2⌋`; `?` where nobody can know it. */
  readonly dim: (d: Dim) => string;
  /** The same without the names that the code gives to sizes: what `mip` itself is. */
  readonly spelt: (d: Dim) => string;
  /** The same, as it stands: a condition must not be simplified by itself. */
  readonly bare: (d: Dim) => string;
  /** A size as Python: `H // 2`. */
  readonly code: (d: Dim) => string;
  /** A shape; undefined where not one axis is known. */
  readonly shape: (shape: Shape) => string | undefined;
  /** The same with each size by the name that the code gives it, which in every turn of a loop may be another one. */
  readonly named: (shape: Shape) => string | undefined;
  /** A condition as Python. */
  readonly condition: (c: Condition) => string;
  /** The values seen at a node, alternatives told apart. */
  readonly values: (node: Node) => readonly Value[];
  /** The one value of a node, where there is but one. */
  readonly value: (node: Node) => Value | undefined;
}

/** Names for whole sizes, by their canonical text: a long formula reads better as `mip`. */
export type SizeNames = ReadonlyMap<string, string>;

/** What of a run a reader needs. */
export interface Readable {
  readonly trace: Trace;
  readonly facts: Facts;
  readonly entries: readonly { readonly value: Value }[];
  readonly output?: Value | undefined;
}

/** Reads a run: symbols get the names that the code gives them, two symbols never one name. */
export const reader = (run: Readable, style: ShapeStyle = '[]', names: SizeNames = new Map()): Reader => {
  const { trace } = run;
  const facts = apart(run);
  const name = namer(run);
  const spelt = (d: Dim): string => (isNameless(simplify(facts, d), trace) ? '?' : print(d, { facts, name }));
  const dim = (d: Dim): string => names.get(keyOf(simplify(facts, d))) ?? spelt(d);
  const plain = (s: Sym): string => (s.role === 'unknown' ? trace.names.get(s.id) : undefined) ?? name(s);
  const named = (d: Dim): string => (isNameless(simplify(facts, d), trace) ? '?' : print(d, { facts, name: plain }));
  const values = (node: Node): readonly Value[] => (trace.values.get(node) ?? []).flatMap((v) => alternatives(v));
  return {
    trace,
    facts: run.facts,
    idioms: () => idiomsOf(run),
    dim,
    spelt,
    code: (d) => print(d, { facts, name, style: 'code' }),
    bare: (d) => (isNameless(d, trace) ? '?' : print(d, { name })),
    shape: (shape) => shapeText(simplifyShape(facts, shape), dim, style),
    named: (shape) => shapeText(simplifyShape(facts, shape), named, style),
    condition: (c) => printCondition(c, { name }),
    values,
    value: (node) => {
      const [only, more] = values(node);
      return more ? undefined : only;
    },
  };
};

const separate = new WeakMap<Trace, Facts>();

/**
 * The facts without those that two parameters are equal: `nn.Conv2d(a, b, 3)` has `b` kernels, also where `a` must equal
 * `b`, which is said by itself.
 */
const apart = ({ trace, facts }: Readable): Facts => {
  const { requirements, assumptions, sizes } = trace;
  if (!requirements.some(isAlias) && !assumptions.some(isAlias)) return facts;
  const found =
    separate.get(trace) ??
    finalFacts({
      requirements: requirements.filter((one) => !isAlias(one)),
      assumptions: assumptions.filter((one) => !isAlias(one)),
      sizes,
    });
  separate.set(trace, found);
  return found;
};

const isAlias = ({ condition }: Trace['requirements'][number]): boolean =>
  condition.kind === 'eq' && [condition.left, condition.right].every((side) => symbolOf(side)?.role === 'rigid');

/** The plain values that a value may be. */
const alternatives = (value: Value): readonly Value[] => {
  const there = present(value);
  return there.kind === 'either' ? [...alternatives(there.yes), ...alternatives(there.no)] : [there];
};

/** What was made on one side of a condition is what it is there; on the other side it is not at all. */
export const present = (value: Value): Value => {
  if (value.kind !== 'either') return value;
  if (value.no.kind === 'unbound') return present(value.yes);
  return value.yes.kind === 'unbound' ? present(value.no) : value;
};

/** The shapes of a node that holds one tensor, each once: turns of a loop that give sizes the same names give one shape. */
export const shapesOf = (r: Reader, node: Node): readonly string[] => {
  const tensors = r.values(node).filter((v): v is TensorValue => v.kind === 'tensor');
  const texts = new Map<string | undefined, string | undefined>();
  for (const { shape } of tensors) {
    const key = r.named(shape);
    if (!texts.has(key)) texts.set(key, r.shape(shape));
  }
  const each = [...texts.values()].filter((text) => text !== undefined);
  return each.length < texts.size ? [] : [...new Set(each)];
};

/** Whether a size is made of one that nobody knows and that has no name either. */
const isNameless = (d: Dim, { names }: Trace): boolean =>
  [...symbolsOf(d)].some((s) => s.role === 'unknown' && !names.has(s.id));

const shapeText = (shape: Shape, dim: (d: Dim) => string, style: ShapeStyle): string | undefined => {
  if (shape.rest && shape.dims.length === 0) return undefined;
  const parts = [...lead(shape).map(dim), ...(shape.rest ? ['*'] : []), ...tail(shape).map(dim)];
  const unknown = parts.filter((part) => part === '?').length;
  const known = parts.filter((part) => part !== '?' && part !== '*').length;
  if (parts.length > 0 && (known === 0 || unknown > known)) return undefined;
  if (style === '[]') return `[${parts.join(', ')}]`;
  return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(', ')})`;
};

const namer = (run: Readable): ((s: Sym) => string) => {
  const { trace, facts, entries } = run;
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const give = (s: Sym): string => {
    const known = names.get(s.id);
    if (known !== undefined) return known;
    const wanted = trace.names.get(s.id) ?? letterOf(s.name, s.id, run);
    let free = wanted;
    const isTaken = (text: string): boolean => taken.has(text) || isAnother(trace, text, s);
    for (let i = 2; s.role !== 'rigid' && isTaken(free); i++) free = `${wanted}${i}`;
    names.set(s.id, free);
    taken.add(free);
    return free;
  };
  const sizes = entries.flatMap(({ value }) => (value.kind === 'tensor' ? simplifyShape(facts, value.shape).dims : []));
  const symbols = sizes.flatMap((d) => [...symbolsOf(d)]);
  for (const s of symbols.filter(({ role }) => role === 'rigid')) give(s);
  for (const s of symbols) give(s);
  return give;
};

/** Whether the code gives a name to other sizes than this one. */
const isAnother = (trace: Trace, name: string, s: Sym): boolean => {
  const sizes = sizesByName(trace).get(name);
  return sizes !== undefined && !sizes.has(s.id);
};

/** The sizes that stand behind each name of the code that ran. */
const sizesByName = oncePer((trace: Trace): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const [node, values] of trace.values) {
    if (!('kind' in node) || node.kind !== 'Name' || !('id' in node) || typeof node.id !== 'string') continue;
    for (const value of values) {
      if (value.kind !== 'int') continue;
      const sizes = found.get(node.id) ?? new Set();
      found.set(node.id, sizes.add(print(value.value, { name: (one) => one.id })));
    }
  }
  return found;
});

/** The usual letters of an axis by the number of axes, for one that the code calls `_`. */
const LETTERS: Readonly<Record<number, string>> = { 2: 'BC', 3: 'BNC', 4: 'BCHW', 5: 'BCDHW' };
/** Of three axes the batch or the time may be first, so that those that the code only counts stay numbers. */
const COUNTED: Readonly<Record<number, string | undefined>> = { 4: LETTERS[4], 5: LETTERS[5] };

const IDS: Readonly<Record<number, string>> = { 2: 'BL', 3: 'BNL' };

/** Numbers of words: what a table of vectors is looked up by. */
const isIndex = ({ dtype, origin }: TensorValue, trace: Trace): boolean =>
  dtype?.startsWith('int') === true || (origin !== undefined && lookedUp(trace).has(origin));

const lookedUp = oncePer(
  ({ ops }: Trace): ReadonlySet<string> =>
    new Set(
      ops.flatMap(({ name, args: { positional } }) => {
        const [index] = /(^|\.)embedding$/i.test(name) ? positional : [];
        return index?.kind === 'tensor' && index.origin !== undefined ? [index.origin] : [];
      }),
    ),
);

/** What an op calls channels is how many vectors or numbers of words there are: `[B, ·, dim]`, ids `[B, ·]`. */
const countLetter = (id: string, { trace, entries, facts }: Readable): string | undefined => {
  for (const { value } of entries) {
    if (value.kind !== 'tensor' || value.shape.rest) continue;
    const { dims } = simplifyShape(facts, value.shape);
    const [, middle, next] = dims;
    if (middle === undefined || typeof middle === 'number' || !isOnly(middle, id)) continue;
    if (next === undefined) return isIndex(value, trace) ? 'L' : undefined;
    // Three axes with the features behind, or a sequence of maps with their channels.
    const isFeatures = typeof next === 'number' || symbolsOf(next).every(({ role }) => role === 'rigid');
    if ((dims.length === 3 || dims.length === 5) && isFeatures) return 'N';
  }
  return undefined;
};

const isOnly = (d: Dim, id: string): boolean => {
  const [only, more] = symbolsOf(d);
  return only?.id === id && !more;
};

/** The input that has a size for one of its axes. */
const ownerOf = (id: string, entries: Readable['entries']): TensorValue | undefined =>
  entries
    .map(({ value }) => value)
    .filter((value) => value.kind === 'tensor')
    .find(({ shape }) => shape.dims.some((d) => isOnly(d, id)));

/** Names of the code for the axis of the batch. */
const BATCH = /^(n|b|bs|bsz|nb|batch|batch_?size)$/i;

/** Whether the code calls the second axis of an input the batch: then the first one is the time. */
const isBatchSecond = (id: string, { trace, entries }: Readable): boolean => {
  const [first, second] = ownerOf(id, entries)?.shape.dims ?? [];
  const sym = second === undefined ? undefined : symbolOf(second);
  return first !== undefined && isOnly(first, id) && sym !== undefined && BATCH.test(trace.names.get(sym.id) ?? '');
};

const letterOf = (name: string, id: string, run: Readable): string => {
  const isCounted = /^d\d+$/.test(name);
  if (name === 'B' && isBatchSecond(id, run)) return 'L';
  if (name === 'C') return countLetter(id, run) ?? name;
  if (!isCounted && !/^_+\d*$/.test(name)) return name;
  const index = Number(/:(\d+)$/.exec(id)?.[1] ?? Number.NaN);
  const entry = run.entries.find(
    ({ value }) => value.kind === 'tensor' && value.shape.dims.some((d) => symbolsOf(d).some((s) => s.id === id)),
  );
  if (entry?.value.kind !== 'tensor') return isCounted ? name : 'n';
  const { shape } = entry.value;
  const at = shape.rest ? -1 : shape.dims.findIndex((d) => keyOf(d) === id || (typeof d !== 'number' && isOnly(d, id)));
  // Numbers of words have no channels.
  const letters = isIndex(entry.value, run.trace) ? IDS : isCounted ? COUNTED : LETTERS;
  return letters[shape.dims.length]?.[at < 0 ? index : at] ?? (isCounted ? name : 'n');
};
