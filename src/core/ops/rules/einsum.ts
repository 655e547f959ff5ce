import { add, type Dim, mul, product, same, symbolsOf } from '../../dims';
import type { Shape } from '../../shapes';
import type { TensorArg } from '../arg';
import { broadcastAll, type Call, freshShape, holds, need, refuse } from '../call';
import { fault } from '../codes';

/** An equation taken apart: the letters of each operand and of the result, `…` standing for the ellipsis. */
interface Equation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

const ellipsis = '…';

/**
 * Reads `bij,bjk->bik`; spaces are allowed. Without an arrow the result has the letters that occur once, sorted, behind
 * the axes of the ellipsis (docs.pytorch.org, `torch.einsum`). `undefined` where the text is no equation.
 */
export const parseEinsum = (text: string): Equation | undefined => {
  const [left = '', right, more] = text.replaceAll(/\s+/g, '').split('->');
  if (more !== undefined) return undefined;
  const inputs = left.split(',').map(letters);
  const known: (readonly string[])[] = [];
  for (const one of inputs) {
    if (!one) return undefined;
    known.push(one);
  }
  const output = right === undefined ? implied(known) : letters(right);
  if (!output) return undefined;
  if (right !== undefined && new Set(output).size < output.length) return undefined;
  return { inputs: known, output };
};

/** A tensor of PyTorch has no more axes. */
const MOST_AXES = 64;

const letters = (text: string): readonly string[] | undefined => {
  const parts = text.replaceAll('...', ellipsis);
  const found = [...parts];
  const good = found.every((ch) => ch === ellipsis || /[A-Za-z]/.test(ch));
  return good && found.length <= MOST_AXES && found.filter((ch) => ch === ellipsis).length <= 1 ? found : undefined;
};

const implied = (inputs: readonly (readonly string[])[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const one of inputs) for (const ch of one) counts.set(ch, (counts.get(ch) ?? 0) + 1);
  const single = [...counts].filter(([ch, count]) => ch !== ellipsis && count === 1).map(([ch]) => ch);
  return [...(counts.has(ellipsis) ? [ellipsis] : []), ...single.sort()];
};

/** The shape of an einsum. Sizes of one letter must be equal or 1. */
export const einsum = (call: Call, text: string, tensors: readonly TensorArg[]): Shape | undefined => {
  const equation = parseEinsum(text);
  if (!equation) return refuse(call, fault('pattern-syntax', { op: call.op, pattern: text }, 'equation'));
  const { inputs, output } = equation;
  if (inputs.length !== tensors.length) {
    const data = { op: call.op, pattern: text, expected: inputs.length, found: tensors.length };
    return refuse(call, fault('pattern-count', data, 'equation', 'operands'));
  }
  if (sums(equation, tensors)) needOneType(call, tensors);
  return contract(call, text, inputs, output, tensors);
};

/** Whether letters of two operands are surely summed over: only then matrices are multiplied, and not for a size of 1. */
const sums = ({ inputs, output }: Equation, tensors: readonly TensorArg[]): boolean =>
  inputs.some((letters, i) => {
    const sizes = tensors[i] && lettersOf(tensors[i], letters);
    return letters.some(
      (name) =>
        !output.includes(name) &&
        inputs.filter((one) => one.includes(name)).length > 1 &&
        typeof sizes?.get(name) === 'number' &&
        sizes.get(name) !== 1,
    );
  });

/** Operands of a product of matrices share an element type; half and single precision may meet under autocast. */
const needOneType = (call: Call, tensors: readonly TensorArg[]): void => {
  const types = tensors.map((t) => t.dtype).filter((t) => t !== undefined);
  const [left] = types;
  const right = types.find((t) => t !== left && !(castable(t) && left !== undefined && castable(left)));
  if (left === undefined || right === undefined || call.lib !== 'torch') return;
  refuse(call, fault('dtype-mismatch', { op: call.op, left, right }, 'operands'));
};

const castable = (t: string): boolean => t === 'float16' || t === 'bfloat16' || t === 'float32';

/** Sizes by letter, the axes of the ellipsis apart. */
interface Sizes {
  readonly byLetter: Map<string, Dim>;
  readonly spread: Shape[];
}

/** The shape of a contraction whose axes are named. */
export const contract = (
  call: Call,
  text: string,
  inputs: readonly (readonly string[])[],
  output: readonly string[],
  tensors: readonly TensorArg[],
): Shape | undefined => {
  const sizes: Sizes = { byLetter: new Map(), spread: [] };
  const ordered = tensors.map((t, i) => ({ t, names: inputs[i] ?? [] }));
  for (const { t, names } of ordered) if (!t.shape.rest) bindKnown(call, text, t, names, sizes);
  for (const { t, names } of ordered) if (t.shape.rest) bindOpen(call, t, names, sizes);
  if (call.faults.length > 0) return undefined;
  const lead =
    sizes.spread.length === 0
      ? { dims: [] }
      : broadcastAll(call, sizes.spread, (left, right) =>
          fault('broadcast-mismatch', { op: call.op, left, right }, 'operands'),
        );
  if (!lead) return undefined;
  return result(call, text, output, sizes, lead);
};

const result = (call: Call, text: string, output: readonly string[], sizes: Sizes, lead: Shape): Shape | undefined => {
  const dims: Dim[] = [];
  let rest: Shape['rest'];
  for (const name of output) {
    if (name === ellipsis) {
      if (lead.rest) rest = { at: dims.length + lead.rest.at, id: lead.rest.id };
      dims.push(...lead.dims);
      continue;
    }
    const size = sizes.byLetter.get(name);
    if (size === undefined)
      return refuse(call, fault('pattern-axis', { op: call.op, pattern: text, axis: name }, 'equation'));
    dims.push(size);
  }
  return rest ? { dims, rest } : { dims };
};

const bindKnown = (call: Call, text: string, t: TensorArg, names: readonly string[], sizes: Sizes): void => {
  const { dims } = t.shape;
  const plain = names.filter((n) => n !== ellipsis).length;
  const open = names.includes(ellipsis);
  if (open ? dims.length < plain : dims.length !== plain) {
    const data = { op: call.op, pattern: text, expected: plain, shape: t.shape };
    refuse(call, fault('pattern-rank', data, 'operands'));
    return;
  }
  let at = 0;
  const own = new Map<string, Dim>();
  for (const name of names) {
    if (name !== ellipsis) needDiagonal(call, text, name, dims[at] ?? 1, own);
    if (name === ellipsis) {
      const spare = dims.length - plain;
      sizes.spread.push({ dims: dims.slice(at, at + spare) });
      at += spare;
    } else bindLetter(call, text, name, dims[at++] ?? 1, sizes);
  }
};

/** A letter that stands twice in one operand takes its diagonal: the sizes must be equal, 1 is no exception. */
const needDiagonal = (call: Call, text: string, name: string, found: Dim, own: Map<string, Dim>): void => {
  const before = own.get(name) ?? found;
  own.set(name, found);
  const data = { op: call.op, pattern: text, axis: name, expected: before, found };
  if (!same(before, found))
    need(call, { kind: 'eq', left: before, right: found }, fault('pattern-size', data, 'operands'));
};

const bindLetter = (call: Call, text: string, name: string, found: Dim, sizes: Sizes): void => {
  const before = sizes.byLetter.get(name);
  if (before === undefined) {
    sizes.byLetter.set(name, found);
    return;
  }
  if (same(before, found) || found === 1) return;
  if (before === 1) {
    sizes.byLetter.set(name, found);
    return;
  }
  const clash = fault('pattern-size', { op: call.op, pattern: text, axis: name, expected: before, found }, 'operands');
  const equal = { kind: 'eq', left: before, right: found } as const;
  const mayBeOne = [before, found].some((d) => holds(call, { kind: 'eq', left: d, right: 1 }) !== false);
  if (!mayBeOne) need(call, equal, clash);
  else if (call.doubts.length === 0) call.assumes.push(equal);
};

/** A tensor of unknown rank: the letters are demanded of it. */
const bindOpen = (call: Call, t: TensorArg, names: readonly string[], sizes: Sizes): void => {
  const { dims, rest } = t.shape;
  if (!rest) return;
  if (names.includes(ellipsis)) {
    for (const name of names)
      if (name !== ellipsis && !sizes.byLetter.has(name)) sizes.byLetter.set(name, call.cx.unknownSize(`axis ${name}`));
    sizes.spread.push(freshShape(call, 'axes of an ellipsis'));
    return;
  }
  const missing = names.length - dims.length;
  names.forEach((name, i) => {
    const known = i < rest.at ? dims[i] : i >= rest.at + missing ? dims[i - missing] : undefined;
    if (!sizes.byLetter.has(name)) sizes.byLetter.set(name, known ?? call.cx.unknownSize(`axis ${name}`));
  });
  if (call.doubts.length > 0 || missing < 0) return;
  const axes = names.map((name) => {
    const size = sizes.byLetter.get(name);
    // A letter of size 1 says nothing of this tensor: it may be broadcast.
    return size === undefined || size === 1 || isUnknown(size) ? { name } : { name, size };
  });
  call.demands.push({ tensor: t, axes, open: false });
};

/** Whether a size is one that nobody knows, which a demand leaves out. */
const isUnknown = (size: Dim): boolean => symbolsOf(size).some((s) => s.role === 'unknown');

/**
 * Multiply–adds × 2 of an einsum, whose operands are multiplied from left to right, two at a time. A letter that neither
 * the result nor a later operand needs is summed over; where nothing is summed over a pair is multiplied element by
 * element, which is not counted.
 */
export const einsumFlops = (text: string, tensors: readonly TensorArg[]): Dim | undefined => {
  const equation = parseEinsum(text);
  const [first, ...others] = tensors;
  if (!equation || !first || equation.inputs.length !== tensors.length) return undefined;
  const shapes = tensors.map((t, i) => lettersOf(t, equation.inputs[i] ?? []));
  const known = shapes.filter((s) => s !== undefined);
  if (known.length < shapes.length) return undefined;
  let [all = new Map<string, Dim>()] = known;
  let total: Dim | undefined;
  others.forEach((_, i) => {
    const right = known[i + 1] ?? new Map<string, Dim>();
    const after = new Set([...equation.output, ...known.slice(i + 2).flatMap((s) => [...s.keys()])]);
    const later = { has: (name: string): boolean => after.has(name) || after.has(name.charAt(0)) };
    const kept = (own: ReadonlyMap<string, Dim>, other: ReadonlyMap<string, Dim>) =>
      new Map([...own].filter(([name]) => later.has(name) || other.has(name)));
    const joined = new Map(kept(all, right));
    // A size of 1 is broadcast to the other's.
    for (const [name, size] of kept(right, all)) if (size !== 1 || !joined.has(name)) joined.set(name, size);
    const summed = [...joined.keys()].some((name) => !later.has(name));
    if (summed) total = add(total ?? 0, mul(2, product([...joined.values()])));
    all = new Map([...joined].filter(([name]) => later.has(name)));
  });
  return total;
};

/** Sizes by letter, an axis of an ellipsis by its place from the end; `undefined` where broadcasting may change them. */
const lettersOf = ({ shape }: TensorArg, names: readonly string[]): ReadonlyMap<string, Dim> | undefined => {
  const { dims, rest } = shape;
  const spare = dims.length - names.filter((name) => name !== ellipsis).length;
  if (rest || spare < 0 || (spare > 0 && !names.includes(ellipsis))) return undefined;
  const all = names.flatMap((name) =>
    name === ellipsis ? Array.from({ length: spare }, (_, i) => `${ellipsis}${spare - i}`) : [name],
  );
  return new Map(all.map((name, i) => [name, dims[i] ?? 1]));
};
