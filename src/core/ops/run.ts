import type { Dim } from '../dims';
import { rank, type Shape, sameShape } from '../shapes';
import type { Arg, CallArgs, DType, Home, TensorArg } from './arg';
import { type Bound, bind } from './bind';
import { type Call, giveUp, newCall, outcome, refuse, tensor } from './call';
import { fault } from './codes';
import { convert } from './convert';
import { isComplex, isFloat, promoteAll, realType } from './dtypes';
import type { AxisPattern, Signature } from './grammar';
import { type Bindings, build, type Matched, matchAll, needEqual, rankFits } from './match';
import type { Fault, OpContext, Outcome } from './outcome';
import { inOwnNames } from './own-names';
import { withoutElements } from './paddle/empty';
import type { Need, OpEntry } from './rows';
import { needAlike } from './rules/checks';

/** A row ready to run. */
export interface FunctionRow {
  readonly signature: Signature;
  readonly entry: OpEntry;
}

/** How a family's rows are bound. */
export interface Style {
  readonly op: string;
  readonly lib: Home;
  readonly python: boolean;
  readonly method?: boolean;
}

/** Which other words for its parameters a function understands. */
export const namesOf = ({ lib, python }: Pick<Style, 'lib' | 'python'>): 'own' | 'numpy' | 'paddle' =>
  lib === 'paddle' ? 'paddle' : python ? 'own' : 'numpy';

/** The arguments of one row, converted; `loose` names the kinds that unknown ones were taken for. */
export interface Attempt {
  readonly call: Call;
  readonly env: Record<string, unknown>;
  readonly tensors: readonly Matched[];
  /** Every tensor among the arguments, in order. */
  readonly inputs: readonly TensorArg[];
  readonly bound: Bound;
  readonly loose: ReadonlyMap<Arg, string>;
}

/**
 * Runs the first row that takes the arguments. When an unknown argument leaves several rows open, the result is
 * unknown; when none takes them, the fault is that of the row that came furthest.
 */
export const runRows = (rows: readonly FunctionRow[], args: CallArgs, cx: OpContext, style: Style): Outcome => {
  const done = runFirst(rows, args, cx, style);
  return style.lib === 'paddle' ? withoutElements(done, args) : done;
};

const runFirst = (rows: readonly FunctionRow[], args: CallArgs, cx: OpContext, style: Style): Outcome => {
  const { found, open, fault } = choose(rows, args, cx, style);
  const blank = newCall(cx, style.lib, style.op);
  if (fault && !isTaken(fault, style)) {
    refuse(blank, fault);
    return outcome(blank, undefined);
  }
  if (!found || open) return outcome(blank, giveUp(blank, 'an argument is not known'));
  return run(found.row, found.attempt);
};

/** Paddle takes anything for the name of an op, which stands behind its parameters. */
const isTaken = ({ code, data }: Fault, { lib }: Style): boolean =>
  lib === 'paddle' && code === 'too-many-arguments' && data.given === Number(data.most) + 1;

interface Choice {
  readonly found?: { readonly row: FunctionRow; readonly attempt: Attempt };
  readonly open?: boolean;
  readonly fault?: Fault;
}

const choose = (rows: readonly FunctionRow[], args: CallArgs, cx: OpContext, style: Style): Choice => {
  let fault: Fault | undefined;
  const open: NonNullable<Choice['found']>[] = [];
  for (const row of rows) {
    const attempt = attemptRow(row, args, cx, style);
    const refused = 'code' in attempt ? attempt : rows.length > 1 ? rankFault(attempt) : undefined;
    if ('code' in attempt || refused) {
      fault = further(fault, refused);
      continue;
    }
    open.push({ row, attempt });
    if (attempt.loose.size === 0) break;
  }
  const [found, ...others] = open;
  if (!found) return fault ? { fault } : { open: true };
  return others.every((o) => takesAlike(found.attempt, o.attempt)) ? { found } : { open: true };
};

/** Whether two rows take what is not known for the same: then the first of them is the one for any rank. */
const takesAlike = (a: Attempt, b: Attempt): boolean =>
  a.loose.size === b.loose.size &&
  [...a.loose].every(([arg, kind]) => (kind === 'Tensor' || kind === 'dtype') && b.loose.get(arg) === kind);

const binding: ReadonlySet<string> = new Set(['unexpected-keyword', 'missing-argument', 'too-many-arguments']);

/** The fault that tells most: one about values before one about the arguments' names and number. */
const further = (before: Fault | undefined, next: Fault | undefined): Fault | undefined => {
  if (!before || !next) return before ?? next;
  return binding.has(before.code) && !binding.has(next.code) ? next : before;
};

const rankFault = ({ tensors, call }: Attempt): Fault | undefined => {
  const bad = tensors.find((m) => !rankFits(m.tensor.shape, m.axes));
  if (!bad) return undefined;
  matchAll(call, [bad], {});
  return call.faults[0];
};

/** Binds and converts the arguments of one row. */
export const attemptRow = (
  { signature }: { readonly signature: Signature },
  args: CallArgs,
  cx: OpContext,
  style: Style,
): Attempt | Fault => {
  const bound = bind(signature, args, { names: namesOf(style), op: style.op, method: style.method ?? false });
  if ('code' in bound) return bound;
  const call = newCall(cx, style.lib, style.op, { ...bound, strict: !style.python });
  const env: Record<string, unknown> = {};
  const tensors: Matched[] = [];
  const loose = new Map<Arg, string>();
  for (const param of signature.params) {
    const arg = bound.args.get(param.name);
    if (!arg) continue;
    const made = convert(arg, param, call);
    if ('fault' in made) return made.fault;
    if (made.loose) loose.set(arg, param.kind);
    if (made.doubt === undefined) env[param.name] = made.value;
    else doubtOn(env, param.name, made.value, made.doubt, call);
    if (isTensor(made.value)) call.tensors.push(made.value);
    else if (Array.isArray(made.value)) call.tensors.push(...made.value.filter(isTensor));
    if (param.axes && isTensor(made.value)) tensors.push({ name: param.name, tensor: made.value, axes: param.axes });
    else if (param.axes && tensors.length >= 0) noteAbsent(env, param.axes);
  }
  return { call, env, tensors, inputs: call.tensors, bound, loose };
};

/** Whoever reads this value makes the result unknown. */
const doubtOn = (env: Record<string, unknown>, name: string, value: unknown, why: string, call: Call): void => {
  Object.defineProperty(env, name, {
    enumerable: true,
    get: () => {
      giveUp(call, why);
      return value;
    },
  });
};

const isTensor = (value: unknown): value is TensorArg =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'tensor';

/** The letters of an optional tensor that was not given. */
const noteAbsent = (env: Record<string, unknown>, axes: readonly AxisPattern[]): void => {
  for (const axis of axes) if (!(axis.name in env)) env[axis.name] = null;
};

/** Runs a row's rule on converted arguments. */
export const run = (row: FunctionRow, attempt: Attempt): Outcome =>
  attempt.call.lib === 'paddle' ? inOwnNames(follow(row, attempt), row.signature) : follow(row, attempt);

const follow = (row: FunctionRow, attempt: Attempt): Outcome => {
  const { call, env, tensors } = attempt;
  const { entry, signature } = row;
  const bindings = matchAll(call, tensors, entry.faults ?? {});
  if (call.faults.length > 0) return outcome(call, undefined);
  fill(env, bindings);
  for (const m of tensors) if (m.tensor.shape.rest) env[m.name] = withRank(m, bindings);
  examine(row, attempt);
  return outcome(call, writtenTo(call.extra.get('out'), resultOf(row, attempt, bindings, signature)));
};

/** What is written into a tensor takes its element type: `torch.arange(n, out=self.freq)`. */
const writtenTo = (out: Arg | undefined, made: Arg | undefined): Arg | undefined => {
  if (!out || out.kind === 'none' || made?.kind !== 'tensor') return made;
  const { dtype: _, ...rest } = made;
  return out.kind === 'tensor' && out.dtype ? { ...rest, dtype: out.dtype } : rest;
};

/** A tensor of unknown rank whose pattern says how many axes it has. */
const withRank = ({ tensor, axes }: Matched, bindings: Bindings): TensorArg => {
  const shape = build(
    axes,
    (name) => bindings.sizes.get(name),
    (name) => bindings.groups.get(name),
  );
  return shape && !shape.rest ? { ...tensor, shape } : tensor;
};

/** Runs the row's checks. What they cannot know is not a reason to doubt the result. */
const examine = ({ entry }: FunctionRow, { call, env, inputs }: Attempt): void => {
  entry.check?.(env, call);
  call.doubts.length = 0;
  checkTypes(entry, call, inputs);
  if (entry.alike !== undefined) needAlike(call, namedTensors(entry.alike, env));
};

const holdsType: Readonly<Record<Need, (t: DType) => boolean>> = {
  float: (t) => isFloat(t) || isComplex(t),
  'real float': (t) => isFloat(t),
  pixel: (t) => isFloat(t) || t === 'uint8',
  whole: (t) => !isFloat(t) && !isComplex(t),
  number: (t) => t !== 'bool',
  real: (t) => !isComplex(t),
  'real number': (t) => t !== 'bool' && !isComplex(t),
};

const checkTypes = ({ needs }: OpEntry, call: Call, inputs: readonly TensorArg[]): void => {
  const complex = inputs.find(({ dtype }) => dtype && isComplex(dtype));
  const found = needs?.startsWith('real') && complex ? complex.dtype : inputs[0]?.dtype;
  if (needs === undefined || found === undefined || holdsType[needs](found) || mayBePromoted(call, inputs)) return;
  const data = { op: call.op, argument: 'input', expected: asked(needs, found), found };
  refuse(call, fault('dtype-refused', data, 'input'));
};

/** Paddle promotes whole numbers before it looks, where they meet a single number or complex ones. */
const mayBePromoted = ({ lib }: Call, [first, ...others]: readonly TensorArg[]): boolean =>
  lib === 'paddle' &&
  others.length > 0 &&
  [first, ...others].some(
    (t) => t && ((!t.shape.rest && t.shape.dims.length === 0) || (t.dtype && isComplex(t.dtype))),
  );

/** The nearest type that would do. */
const asked = (needs: Need, found: DType): string => {
  if (needs === 'whole') return 'int';
  if (needs === 'number' || needs === 'real number') return isComplex(found) ? 'float' : 'number';
  return 'float';
};

const namedTensors = (names: string, env: Readonly<Record<string, unknown>>): Record<string, TensorArg> => {
  const found: Record<string, TensorArg> = {};
  for (const name of names.split(' ')) {
    const value = env[name];
    if (isTensor(value)) found[name] = value;
  }
  return found;
};

/** Puts the letters among the parameters. */
export const fill = (env: Record<string, unknown>, bindings: Bindings): void => {
  for (const [name, size] of bindings.sizes) env[name] = size;
  for (const [name, group] of bindings.groups) env[name] = group;
};

const resultOf = (
  { entry }: FunctionRow,
  attempt: Attempt,
  bindings: Bindings,
  { result }: Signature,
): Arg | undefined => {
  const { call, env } = attempt;
  if (result.form === 'any') return entry.value?.(env, call);
  if (result.form === 'shape') {
    const shape = entry.shape?.(env, call);
    return shape && finish(shape, entry, attempt);
  }
  if (result.form !== 'pattern') return undefined;
  const solved = solve(entry, attempt, bindings);
  const made: TensorArg[] = [];
  for (const axes of result.items) {
    const shape = build(
      axes,
      (name) => solved.sizes.get(name),
      (name) => solved.groups.get(name),
    );
    if (!shape) return giveUp(call, 'the shape is not known');
    made.push(finish(shape, entry, attempt, axes));
  }
  return result.single ? made[0] : { kind: 'tuple', items: made };
};

/** Lets `where` compute axes: those of the inputs must then agree. */
const solve = (entry: OpEntry, { call, env }: Attempt, bindings: Bindings): Bindings => {
  const found = entry.where?.(env, call);
  if (!found) return bindings;
  for (const [name, value] of Object.entries(found)) {
    if (isShape(value)) bindings.groups.set(name, value);
    else if (isDim(value)) settle(call, bindings, name, value, entry);
    else if (value === null) bindings.sizes.set(name, null);
  }
  return bindings;
};

const settle = (call: Call, bindings: Bindings, name: string, value: Dim, entry: OpEntry): void => {
  const before = bindings.sizes.get(name);
  if (before === undefined || before === null || bindings.soft.has(name)) {
    bindings.sizes.set(name, value);
    bindings.soft.delete(name);
  } else needEqual(call, name, value, before, entry.faults ?? {});
};

const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null && 'dims' in value;
const isDim = (value: unknown): value is Dim =>
  typeof value === 'number' || (typeof value === 'object' && value !== null && 'terms' in value);

/** The result of a shape: its element type, its layout, and its origin where the op keeps the shape. */
const finish = (shape: Shape, entry: OpEntry, attempt: Attempt, axes?: readonly AxisPattern[]): TensorArg => {
  const { inputs } = attempt;
  const dtype = dtypeOf(entry, inputs);
  const laid = typeof entry.layout === 'function' ? entry.layout(inputs) : entry.layout;
  const contiguous = laid === 'contiguous' || (!laid && inputs.every((t) => t.layout === 'contiguous'));
  const origin = axes && keptOrigin(shape, axes, attempt.tensors);
  return tensor(attempt.call.lib, shape, {
    ...(dtype ? { dtype } : {}),
    ...(contiguous ? { layout: 'contiguous' } : {}),
    ...(origin === undefined ? {} : { origin }),
  });
};

/** A result with the very pattern of one input, all others of that pattern being single numbers, is that entry still. */
const keptOrigin = (shape: Shape, axes: readonly AxisPattern[], tensors: readonly Matched[]): string | undefined => {
  const alike = tensors.filter((m) => samePattern(m.axes, axes) && rank(m.tensor.shape) !== 0);
  const only = alike.length === 1 ? alike[0]?.tensor : undefined;
  return only?.origin !== undefined && sameShape(only.shape, shape) ? only.origin : undefined;
};

const samePattern = (a: readonly AxisPattern[], b: readonly AxisPattern[]): boolean =>
  a.length === b.length && a.every((axis, i) => axis.form === b[i]?.form && axis.name === b[i]?.name);

const dtypeOf = (entry: OpEntry, inputs: readonly TensorArg[]): DType | undefined => {
  const types = inputs.map((t) => t.dtype);
  switch (entry.dtype) {
    case 'unknown':
      return undefined;
    case 'same':
      return types[0];
    case 'real':
      return types[0] && realType(types[0]);
    case 'promote':
      return promoteAll(types);
    case 'float': {
      const all = promoteAll(types);
      return all === undefined || isFloat(all) || isComplex(all) ? all : 'float32';
    }
    case undefined:
      return types.every((t) => t !== undefined && (isFloat(t) || isComplex(t)) && t === types[0])
        ? types[0]
        : undefined;
    default:
      return entry.dtype;
  }
};
