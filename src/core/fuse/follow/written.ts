import { evaluate, negate, type Sym, symbol } from '../../dims';
import type { ClassRun, Rehearsal, Rehearsing } from '../../interp';
import { type FunctionValue, int, type ObjectValue, type TensorValue, toArg, type Value } from '../../values';
import { candidatesOf } from '../candidates';
import { assignment } from '../concrete';
import { uniform } from '../random';
import { callOf, operatorOf } from '../read';
import { largestDifference, type Tensor } from '../tensor';
import { type Following, following } from './arithmetic';
import { held } from './call';
import { type Folded, foldedNumbers } from './numbers';
import { NEUTRAL, type Seeded, seed } from './seeds';
import { type WindowDifference, windowDifferences } from './windows';

/** Runs a class with numbers, and a method of it in between. */
export type Again = (method: string | undefined, rehearsing: Rehearsing) => Rehearsal | undefined;

/** What came of following the author's own folding code on seeded numbers. */
export interface Verdict {
  readonly method: string;
  readonly outcome: 'agrees' | 'differs' | 'unknown';
  /** The largest difference of the outputs before and after, or of its kernel and bias from ours. */
  readonly difference: number;
  readonly where?: 'border' | 'size' | 'kernel' | 'bias' | 'fails' | undefined;
  readonly cause?: Cause | undefined;
  /** The argument of the constructor with which it differs, where it agrees otherwise. */
  readonly when?: { readonly name: string; readonly value: number } | undefined;
  readonly why?: Unfollowed | undefined;
}

/** Why it could not be followed: an op, what ended the computation, or that there is nothing to compare. */
export type Unfollowed =
  | NonNullable<ReturnType<Following['lost']>>
  | { readonly kind: 'op'; readonly name: string }
  | { readonly kind: 'no-example' | 'no-change' | 'part' | 'result' };

/** Why it differs: tensors without whose numbers it would agree, a branch, or how the new layer slides. */
export type Cause =
  | { readonly kind: 'numbers' | 'branch'; readonly names: readonly string[] }
  | { readonly kind: 'window'; readonly differences: readonly WindowDifference[] }
  /** The weight of a transposed convolution is scaled along its input channels. */
  | { readonly kind: 'axis' };

const NAMES = /fuse|fusing|repar|deploy|equivalent|kernel_?bias|merge_?(kernel|branch|conv|bn)|re_?param/i;

const found = new WeakMap<ClassRun, readonly Verdict[]>();

/** Follows each method of a class that folds its layers, and compares. */
export const writtenFusion = (run: ClassRun, again: Again): readonly Verdict[] => {
  const known = found.get(run) ?? foldingMethods(run.cls).map((method) => verdictOn(run, again, method));
  found.set(run, known);
  return known;
};

/** Methods that take nothing and fold, by their names. */
export const foldingMethods = (cls: ClassRun['cls']): readonly string[] => {
  const names = new Set<string>();
  for (const { attrs, path } of cls.mro)
    for (const [name, value] of attrs)
      if (path === undefined && NAMES.test(name) && value.kind === 'function' && takesNothing(value)) names.add(name);
  return [...names];
};

const takesNothing = ({ node }: FunctionValue): boolean =>
  node.kind === 'FunctionDef' &&
  node.params.length > 0 &&
  node.params.slice(1).every((p) => p.default || p.form.startsWith('var-')) &&
  node.params[0]?.name === 'self';

const EXACT = 1e-9;

const verdictOn = (run: ClassRun, again: Again, method: string): Verdict => {
  let args = argumentsFor(run);
  let plain = trial(again, method, args);
  for (const more of plain.outcome === 'unknown' ? fallbacks(run) : []) {
    const others = new Map([...args, ...more]);
    const other = trial(again, method, others);
    if (other.outcome === 'unknown') continue;
    [args, plain] = [others, other];
    break;
  }
  if (plain.outcome === 'differs') return { ...plain, cause: plain.cause ?? causeOf(again, method, args) };
  if (plain.outcome !== 'agrees') return plain;
  for (const [name, value] of variations(run)) {
    const varied = trial(again, method, new Map([...args, [name, int(value)]]));
    if (varied.outcome === 'differs') return { ...varied, when: { name, value } };
  }
  return plain;
};

/** Some blocks assert that they pad, and have no padding by default; others need a branch that is left out by default. */
const fallbacks = (run: ClassRun): readonly ReadonlyMap<string, Value>[] => {
  const left = parametersOf(run).flatMap(({ name, fallback }) => {
    const size = fallback?.kind === 'none' ? usual(name) : undefined;
    return size === undefined ? [] : [[name, int(size)] as const];
  });
  const isPadded = parametersOf(run).some((p) => p.name === 'padding' && p.fallback);
  return [...(isPadded ? [new Map([['padding', int(1)]])] : []), ...(left.length > 0 ? [new Map(left)] : [])];
};

/** What a class is without numbers, by the arguments it was made with. */
const settledRuns = new WeakMap<ReadonlyMap<string, Value>, ClassRun>();

/** Calls `forward`, the method, and `forward`; `prepare` changes the numbers first. */
const trial = (
  again: Again,
  method: string,
  args: ReadonlyMap<string, Value>,
  prepare: (seeded: readonly Seeded[]) => void = () => undefined,
): Verdict => {
  const unknown = (why: Unfollowed): Verdict => ({ method, outcome: 'unknown', difference: Number.NaN, why });
  for (const sizes of SIZES) {
    const arithmetic = following();
    let ours: Folded | undefined;
    let cause: Cause | undefined;
    let children: ReadonlySet<ObjectValue> = new Set();
    const rehearsal = again(method, {
      arithmetic,
      args,
      settled: settledRuns.get(args),
      input: (wanted) => inputOf(wanted, sizes),
      made: (self) => {
        prepare(seed(self));
        children = new Set([...self.attrs.values()].filter((v): v is ObjectValue => v.kind === 'object'));
      },
      ran: (ran) => {
        ours = foldedNumbers(ran);
      },
      ranAgain: (trace) => {
        cause = ours && layerCause(ours, trace);
      },
    });
    if (!rehearsal) continue;
    settledRuns.set(args, rehearsal.settled);
    if (rehearsal.fails) return { method, outcome: 'differs', difference: Number.NaN, where: 'fails', cause };
    const lost = arithmetic.lost();
    if (lost !== undefined) return unknown(lost);
    const { before, answer, after } = rehearsal;
    const op = arithmetic.missed();
    const missed: Unfollowed = op === undefined ? { kind: 'result' } : { kind: 'op', name: op };
    if (answer.kind === 'tuple') {
      if (!ours) return unknown({ kind: 'part' });
      const { weight, bias } = ours.numbers;
      return { ...compared(method, answer.items.map(numbersIn), [weight, bias]), why: missed };
    }
    const isSame = [...children].every((c) => rehearsal.ran[0].has(c) === rehearsal.ran[1].has(c));
    if (isSame && answer.kind !== 'object') return unknown({ kind: 'no-change' });
    const verdict = compared(method, [after && numbersIn(after)], [numbersIn(before)]);
    return verdict.outcome === 'differs' ? { ...verdict, cause } : { ...verdict, why: missed };
  }
  return unknown({ kind: 'no-example' });
};

/** In what the new layer is another than ours; undefined where it is not, or where there are several. */
const layerCause = ({ operator: ours, numbers }: Folded, trace: ClassRun['trace']): Cause | undefined => {
  const layers = trace.ops.flatMap((op) => {
    const module = trace.events[op.parent]?.layer;
    const inputs = op.args.positional.flatMap((a) => (a.kind === 'tensor' ? [a.shape] : []));
    const read = { ran: op, module, role: 'layer', inputs } as const;
    const operator = operatorOf(read, []);
    return operator?.op === ours.op ? [{ operator, weight: held(callOf(read, [])?.arg('weight')) }] : [];
  });
  const [theirs, more] = layers;
  if (!theirs || more) return undefined;
  if (ours.op === 'transposed')
    return theirs.weight && isScaledAcross(numbers.weight, theirs.weight) ? { kind: 'axis' } : undefined;
  if (ours.op !== 'conv' || theirs.operator.op !== 'conv') return undefined;
  const differences = windowDifferences(ours, theirs.operator);
  return differences.length === 0 ? undefined : { kind: 'window', differences };
};

/** Whether a weight is scaled by input channel as it should be by output channel: `W[i, o]·s[i]` for `W[i, o]·s[o]`. */
const isScaledAcross = (ours: Tensor, theirs: Tensor): boolean => {
  const [size = 0, outputs] = ours.shape;
  if (size !== outputs || ours.shape.join() !== theirs.shape.join()) return false;
  const area = ours.data.length / size ** 2;
  const ratio = (i: number, o: number, tap: number): number => {
    const at = (i * size + o) * area + tap;
    return (theirs.data[at] ?? Number.NaN) / (ours.data[at] ?? Number.NaN);
  };
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6 * Math.max(1, Math.abs(b));
  let differs = false;
  for (let i = 0; i < size; i++)
    for (let o = 0; o < size; o++)
      for (let tap = 0; tap < area; tap++) {
        const own = ratio(i, o, tap);
        if (!near(own * ratio(o, i, tap), 1) || (i === o && !near(own, 1))) return false;
        differs ||= !near(own, 1);
      }
  return differs;
};

/** Sizes of the free axes of the input that are tried. */
export const SIZES: readonly (readonly number[])[] = [
  [2, 4, 7, 6, 5],
  [2, 4, 8, 8, 8],
  [2, 4, 16, 16, 16],
];

/** A random tensor of the shape that is wanted, open axes with the sizes given. */
export const inputOf = (wanted: TensorValue, sizes: readonly number[]): TensorValue | undefined => {
  // An input of any rank is tried as rows of a batch.
  const { dims: known, rest } = wanted.shape;
  const open = rest ? Array.from({ length: Math.max(0, 3 - known.length) }, () => undefined) : [];
  const whole = [...known.slice(0, rest?.at), ...open, ...(rest ? known.slice(rest.at) : [])];
  const dims = whole.map((d, i) => (typeof d === 'number' ? d : (sizes[i] ?? 5)));
  const random = uniform(77);
  const data = Float64Array.from({ length: dims.reduce((n, d) => n * d, 1) }, () => 2 * random() - 1);
  return { kind: 'tensor', lib: wanted.lib, shape: { dims }, dtype: 'float64', layout: 'contiguous', store: { data } };
};

const numbersIn = (value: Value): Tensor | undefined => {
  const numbers = value.kind === 'tensor' ? held(toArg(value)) : undefined;
  return numbers?.data.some(Number.isNaN) ? undefined : numbers;
};

const compared = (
  method: string,
  theirs: readonly (Tensor | undefined)[],
  ours: readonly (Tensor | undefined)[],
): Verdict => {
  const gaps: number[] = [];
  for (const [i, own] of ours.entries()) {
    const other = theirs[i];
    if (!own || !other) return { method, outcome: 'unknown', difference: Number.NaN };
    gaps.push(largestDifference(own, other));
  }
  const difference = Math.max(...gaps);
  const scale = Math.max(1, ...ours.flatMap((t) => [...(t?.data ?? [])].map(Math.abs)));
  if (difference < EXACT * scale) return { method, outcome: 'agrees', difference };
  const [a, b] = [ours[0], theirs[0]];
  const where =
    difference === Number.POSITIVE_INFINITY
      ? 'size'
      : ours.length === 2
        ? (gaps[0] ?? 0) < EXACT * scale
          ? 'bias'
          : (gaps[1] ?? 0) < EXACT * scale
            ? 'kernel'
            : undefined
        : a && b && isBorder(a, b)
          ? 'border'
          : undefined;
  return { method, outcome: 'differs', difference, where };
};

/** Whether two maps differ near their edges only. */
const isBorder = (a: Tensor, b: Tensor): boolean => {
  const [, , ...sizes] = a.shape;
  if (sizes.length === 0) return false;
  const area = sizes.reduce((n, s) => n * s, 1);
  const margin = sizes.map((s) => Math.floor((s - 1) / 3));
  return a.data.every((value, i) => {
    let rest = i % area;
    let inside = true;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const size = sizes[axis] ?? 1;
      const at = rest % size;
      rest = Math.floor(rest / size);
      inside &&= at >= (margin[axis] ?? 0) && at < size - (margin[axis] ?? 0);
    }
    return !inside || Math.abs(value - (b.data[i] ?? Number.NaN)) < EXACT;
  });
};

/** Tensors, then branches, without whose numbers the method would agree. */
const causeOf = (again: Again, method: string, args: ReadonlyMap<string, Value>): Verdict['cause'] => {
  let all: readonly Seeded[] = [];
  trial(again, method, args, (seeded) => {
    all = seeded;
  });
  const agreesWithout = (names: ReadonlySet<string>, empty: boolean): boolean =>
    trial(again, method, args, (seeded) => {
      for (const one of seeded)
        if (names.has(one.name)) one.data.fill(empty && one.kind === 'scale' ? 0 : NEUTRAL[one.kind]);
    }).outcome === 'agrees';
  const single: string[] = [];
  for (const { name } of all) if (single.length < 3 && agreesWithout(new Set([name]), false)) single.push(name);
  if (single.length > 0 && single.length <= 2) return { kind: 'numbers', names: single };
  const branches = [...new Set(all.map((s) => s.name.split('.')[0] ?? ''))].filter((branch) =>
    agreesWithout(new Set(all.map((s) => s.name).filter((n) => n.startsWith(`${branch}.`))), true),
  );
  return branches.length === 1 ? { kind: 'branch', names: branches } : undefined;
};

/** Numbers for the arguments that a constructor needs: sizes that go together, so that the layers can be made. */
export const argumentsFor = (run: ClassRun): ReadonlyMap<string, Value> => {
  const { candidates } = candidatesOf(run);
  const operators = candidates.flatMap((c) => c.region.layers.map((l) => l.operator));
  const conditions = candidates.flatMap((c) =>
    c.cases.flatMap(({ relation, holds }) => (relation ? [holds ? relation : negate(relation)] : [])),
  );
  const get = assignment(operators, conditions) ?? (() => undefined);
  const args = new Map<string, Value>();
  for (const { name, fallback } of parametersOf(run)) {
    if (fallback) continue;
    const size = evaluate(symbol(`p:${name}`, name, 'rigid'), get as (s: Sym) => number | undefined) ?? usual(name);
    if (size !== undefined) args.set(name, int(size));
  }
  return args;
};

interface InitParameter {
  readonly name: string;
  /** Its default, where it has one. */
  readonly fallback: Value | undefined;
}

const parametersOf = ({ cls }: ClassRun): readonly InitParameter[] => {
  for (const { attrs } of cls.mro) {
    const init = attrs.get('__init__');
    if (init?.kind !== 'function') continue;
    return init.node.params
      .slice(1)
      .filter((p) => !p.form.startsWith('var-'))
      .map((p) => ({ name: p.name, fallback: init.defaults.get(p.name) }));
  }
  return [];
};

/** A size for a parameter whose name says what it is. */
const usual = (name: string): number | undefined => USUAL.find(([pattern]) => pattern.test(name))?.[1];

const USUAL: readonly (readonly [RegExp, number])[] = [
  [/group_size/, 1],
  [/small/, 1],
  [/kernel|filter_size|ksize|^k$|^ks$/, 3],
  [/stride|dilation|groups|^s$|^g$|^d$/, 1],
  [/pad|^p$/, 1],
  [/chan|chs|dim|feat|filters|planes|width|^c\d*$|^c_?(in|out)$|^(in|out)|_(in|out)$|^ed$|^a$|^b$|^inp$|^oup$/, 4],
];

/** Other values of arguments with a default that decide how a convolution slides. */
const variations = (run: ClassRun): readonly (readonly [string, number])[] =>
  parametersOf(run).flatMap(({ name }) => (/^(stride|dilation|groups)$/.test(name) ? [[name, 2] as const] : []));
