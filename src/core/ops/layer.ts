import type { Dim } from '../dims';
import { type Shape, shapeOf } from '../shapes';
import type { Arg, CallArgs, DType } from './arg';
import { bind } from './bind';
import { newCall, outcome } from './call';
import { fault } from './codes';
import { convert } from './convert';
import { type Family, findFamily, type OpRow } from './family';
import { type Param, parseSignature, type Signature, splitTop } from './grammar';
import type { Fault, OpContext, Outcome, Requirement } from './outcome';
import type { LayerEntry, ParamShapes } from './rows';
import { runRows } from './run';

/** A tensor that a layer owns. `trained` tells a parameter from a buffer; a buffer may stay out of the saved file. */
export interface LayerParam {
  readonly name: string;
  readonly shape: Shape;
  /** Absent where the constructor was given one that nobody knows. */
  readonly dtype?: DType;
  readonly trained: boolean;
  readonly persistent?: boolean;
}

/** A layer as its constructor leaves it. */
export interface LayerState {
  readonly family: Family;
  readonly row: OpRow;
  /** Attributes as the real library keeps them. */
  readonly fields: ReadonlyMap<string, Arg>;
  /** In the order of registration; an absent bias is left out, and its field is `none`. */
  readonly params: readonly LayerParam[];
  /** How many parameters there are is not known: an LSTM of `n_layers` layers. */
  readonly open?: boolean;
  readonly requires: readonly Requirement[];
}

/**
 * Builds a layer. `layer` and `fault` may both be there: Python's constructors seldom look at their arguments, so
 * the object exists although no call of it can succeed.
 */
export const makeLayer = (
  family: Family,
  args: CallArgs,
  cx: OpContext,
): { readonly layer?: LayerState; readonly fault?: Fault } => {
  let first: Fault | undefined;
  for (const row of family.rows) {
    if (row.kind !== 'layer') continue;
    const made = makeRow(family, row, args, cx);
    if (made.layer) return made;
    first ??= made.fault;
  }
  return first ? { fault: first } : {};
};

type LayerOpRow = Extract<OpRow, { kind: 'layer' }>;

const makeRow = (
  family: Family,
  row: LayerOpRow,
  args: CallArgs,
  cx: OpContext,
): { readonly layer?: LayerState; readonly fault?: Fault } => {
  const { entry, signature } = row;
  const bound = bind(signature, args, { names: 'own', op: signature.name });
  if ('code' in bound) return { fault: bound };
  const call = newCall(cx, family.lib, signature.name, bound);
  const env: Record<string, unknown> = {};
  let late: Fault | undefined;
  const fields = new Map<string, Arg>();
  const doubted = new Map<string, Arg>();
  for (const param of signature.params) {
    const arg = bound.args.get(param.name);
    if (!arg) continue;
    fields.set(param.name, arg);
    const value = convert(arg, param, call);
    if ('fault' in value) late ??= value.fault;
    else env[param.name] = value.value;
    if ('doubt' in value) doubted.set(param.name, arg);
  }
  if (late) return { layer: { family, row, fields, params: [], requires: [] }, fault: late };
  const { lazy } = entry;
  if (lazy) env[lazy.size] = 0;
  entry.check?.(env, call);
  const refused = call.faults[0];
  if (refused) return { fault: refused };
  for (const [name, value] of Object.entries(entry.fields?.(env, call) ?? {}))
    fields.set(name, doubted.get(name) ?? doubted.get(name.replace(/^_/, '')) ?? value);
  if (lazy) return { layer: { family, row, fields: fields.set(lazy.size, zero), params: [], requires: [] } };
  // Sizes that nobody knows were read as none at all.
  const anyShape = doubted.size > 0 ? { dims: [], rest: { at: 0, id: cx.unknownRest('sizes not known') } } : undefined;
  const shapes = entry.params?.(env, call);
  const params = [
    ...tensorsOf(shapes, true, fields, anyShape),
    ...tensorsOf(entry.buffers?.(env, call), false, fields, anyShape),
  ];
  const negative = negativeSize(signature.name, params);
  const unmade = call.faults[0] ?? negative;
  if (unmade) return { fault: unmade };
  const made = entry.makes === undefined ? family : (findFamily(entry.makes) ?? family);
  const open = entry.params !== undefined && shapes === undefined;
  return { layer: { family: made, row, fields, params, open, requires: call.requires } };
};

const zero: Arg = { kind: 'int', value: 0 };

/**
 * What a lazy layer is from its first call on: the input tells the size that its constructor left out. `undefined` where
 * the layer is not lazy, or has its parameters already.
 */
export const settleLazy = (
  family: Family,
  field: (name: string) => Arg | undefined,
  { positional, keywords }: CallArgs,
  cx: OpContext,
): { readonly layer?: LayerState; readonly fault?: Fault } | undefined => {
  const row = family.rows[0];
  const lazy = row?.kind === 'layer' && row.entry.lazy;
  if (!lazy) return undefined;
  const size = field(lazy.size);
  if (size?.kind !== 'int' || size.value !== 0) return undefined;
  const eager = findFamily(family.path.replace(/\.Lazy(?=\w+$)/, '.'));
  if (!eager) return undefined;
  const given = row.signature.params.flatMap(({ name }): readonly (readonly [string, Arg])[] => {
    const value = field(name);
    return value ? [[name, value]] : [];
  });
  const found = sizeAlong(positional[0] ?? keywords.values().next().value, lazy.axis);
  return makeLayer(eager, { positional: [], keywords: new Map([[lazy.size, found], ...given]) }, cx);
};

const sizeAlong = (input: Arg | undefined, axis: number): Arg => {
  const size = input?.kind === 'tensor' && !input.shape.rest ? input.shape.dims.at(axis) : undefined;
  return size === undefined ? { kind: 'unknown', why: 'the input tells it' } : { kind: 'int', value: size };
};

/** No tensor has fewer than 0 elements along an axis. */
const negativeSize = (op: string, params: readonly LayerParam[]): Fault | undefined => {
  for (const { name, shape } of params) {
    const found = shape.dims.find((d) => typeof d === 'number' && d < 0);
    if (found !== undefined) return fault('negative', { op, argument: name, found });
  }
  return undefined;
};

const tensorsOf = (
  shapes: ParamShapes | undefined,
  trained: boolean,
  fields: Map<string, Arg>,
  anyShape: Shape | undefined,
): readonly LayerParam[] => {
  const found: LayerParam[] = [];
  for (const [name, shape] of Object.entries(shapes ?? {})) {
    if (!shape) {
      fields.set(name, { kind: 'none' });
      continue;
    }
    fields.delete(name);
    const dtype = name.endsWith('num_batches_tracked') ? 'int64' : givenType(fields.get('dtype'));
    const whole = isDims(shape) ? (shape.length === 0 && anyShape ? anyShape : shapeOf(...shape)) : shape;
    found.push({ name, shape: whole, trained, ...(dtype ? { dtype } : {}) });
  }
  return found;
};

/** The element type that a constructor was given; single precision where it was not. */
const givenType = (dtype: Arg | undefined): DType | undefined => {
  if (dtype === undefined || dtype.kind === 'none') return 'float32';
  return dtype.kind === 'dtype' ? dtype.name : undefined;
};

const isDims = (shape: readonly Dim[] | Shape): shape is readonly Dim[] => Array.isArray(shape);

/**
 * Calls a layer. `field` reads the instance's attributes, parameters included, as they are now: user code may have
 * changed them or subclassed the layer.
 */
export const callLayer = (
  family: Family,
  field: (name: string) => Arg | undefined,
  args: CallArgs,
  cx: OpContext,
): Outcome => {
  const name = family.rows[0]?.signature.name ?? family.path;
  const behind = layerCall(family, field, args);
  if (!behind || 'code' in behind) {
    const call = newCall(cx, family.lib, name);
    if (behind) call.faults.push(behind);
    return outcome(call, undefined);
  }
  const training = trainingOf(field) ?? cx.training;
  return runRows(behind.family.functions, behind.args, training === undefined ? cx : { ...cx, training }, {
    op: name,
    lib: family.lib,
    python: behind.family.python,
  });
};

/** The path of the op that a call of a layer comes down to. */
export const layerTarget = (family: Family): string | undefined => {
  const row = family.rows[0];
  return row?.kind === 'layer' ? planOf(row, family).target : undefined;
};

/** The function that a call of a layer comes down to, with the layer's own tensors as arguments; or why it cannot be. */
export const layerCall = (
  family: Family,
  field: (name: string) => Arg | undefined,
  args: CallArgs,
): { readonly family: Family; readonly args: CallArgs } | Fault | undefined => {
  const row = family.rows[0];
  if (row?.kind !== 'layer') return undefined;
  const plan = planOf(row, family);
  const inputs = bind(plan.forward, args, { names: 'own', op: row.signature.name });
  if ('code' in inputs) return inputs;
  const read = ({ text, literal }: Value): Arg =>
    literal ?? inputs.args.get(text) ?? field(text) ?? { kind: 'unknown', why: `${text} is not known` };
  const target = findFamily(plan.target);
  if (!target) return undefined;
  const keywords = new Map(plan.keywords.map(([name, value]) => [name, read(value)]));
  return { family: target, args: { positional: plan.positional.map(read), keywords } };
};

const trainingOf = (field: (name: string) => Arg | undefined): boolean | undefined => {
  const training = field('training');
  return training?.kind === 'bool' ? training.value : undefined;
};

/** An argument of the call behind a layer: a name, or a literal. */
interface Value {
  readonly text: string;
  readonly literal?: Arg;
}

/** What a call of the layer does: the `call` and `forward` texts of its row, read once. */
interface Plan {
  readonly target: string;
  readonly forward: Signature;
  readonly positional: readonly Value[];
  readonly keywords: readonly (readonly [string, Value])[];
}

const plans = new WeakMap<LayerEntry, Plan>();

const planOf = (row: LayerOpRow, family: Family): Plan => {
  const known = plans.get(row.entry);
  if (known) return known;
  const plan = readPlan(row.entry, row.signature, family);
  plans.set(row.entry, plan);
  return plan;
};

const readPlan = (entry: LayerEntry, signature: Signature, family: Family): Plan => {
  const open = entry.call.indexOf('(');
  const name = entry.call.slice(0, open);
  const positional: Value[] = [];
  const keywords: (readonly [string, Value])[] = [];
  for (const part of splitTop(entry.call.slice(open + 1, -1))) {
    const equals = /^(\w+)=(.*)$/.exec(part);
    if (equals) keywords.push([equals[1] ?? '', literalValue(equals[2] ?? '')]);
    else positional.push(literalValue(part));
  }
  const forward = entry.forward ?? inputNames(entry, signature, positional, keywords);
  return { target: resolve(name, family), forward: forwardSignature(signature.name, forward), positional, keywords };
};

/** Where the op of a `call` lives: beside the layer's functionals, or under its full path. */
const resolve = (name: string, family: Family): string => {
  const places =
    family.lib === 'torch'
      ? ['torch.nn.functional', 'torch', 'torch._nn']
      : ['paddle.nn.functional', 'paddle', 'paddle._nn'];
  const place = places.find((p) => findFamily(`${p}.${name}`));
  return place === undefined ? name : `${place}.${name}`;
};

const literalValue = (text: string): Value => {
  const parsed = parseSignature(`f(x: any = ${text})`);
  const literal = typeof parsed === 'string' ? undefined : parsed.params[0]?.fallback;
  return literal ? { text, literal } : { text };
};

/** The names in `call` that are neither constructor arguments nor parameters are the inputs, in order. */
const inputNames = (
  entry: LayerEntry,
  signature: Signature,
  positional: readonly Value[],
  keywords: readonly (readonly [string, Value])[],
): string => {
  const own = new Set([
    ...signature.params.map((p) => p.name),
    ...Object.keys(entry.init ?? {}),
    ...(entry.owns ?? []),
    'training',
  ]);
  const names = [...positional, ...keywords.map(([, value]) => value)].filter((v) => !v.literal).map((v) => v.text);
  return names.filter((name) => !own.has(name)).join(', ');
};

const forwardSignature = (name: string, inputs: string): Signature => {
  const params: Param[] = [];
  for (const part of splitTop(inputs)) {
    const [own = part, value] = part.split('=');
    const literal = value === undefined ? undefined : literalValue(value).literal;
    const [name = '', ...also] = own.split('/');
    const param = { name, also, kind: 'any', nullable: true, keywordOnly: false };
    params.push(literal ? { ...param, fallback: literal } : param);
  }
  return { name, params, open: 'no', result: { form: 'any' }, text: `${name}(${inputs})` };
};
