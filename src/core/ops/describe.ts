import type { Dim } from '../dims';
import type { Shape } from '../shapes';
import type { Arg, CallArgs } from './arg';
import { callOp } from './door';
import type { Family, OpRow } from './family';
import { formsOf, formWords } from './forms';
import { type LayerParam, type LayerState, layerCall } from './layer';
import { matchAll } from './match';
import { noteOf } from './notes';
import type { OpContext } from './outcome';
import type { Init, Twin, Words } from './rows';
import { attemptRow, fill } from './run';

/** What a hover says of an op whatever it is given. */
export interface OpPage {
  readonly path: string;
  readonly kind: 'function' | 'layer';
  /** One signature an overload, as the tables write it. */
  readonly signatures: readonly string[];
  readonly meaning: Words;
  readonly formula?: string;
  readonly remarks: readonly Words[];
  /** Calls with their results, as the tables write them. */
  readonly examples: readonly string[];
  readonly twin?: Twin;
  /** For a layer the function that does the same, for a function the layers: full paths. */
  readonly forms: readonly string[];
}

/** What a comment or hover says of one call. */
export interface CallPage {
  /** The sentence of this very call; absent where nothing is worth saying beyond the meaning. */
  readonly note?: Words;
  /** Multiply–adds × 2; absent where they are not counted or not known. */
  readonly flops?: Dim;
  /** The axes that the caller names, with what they are here. */
  readonly axes?: ReadonlyMap<string, Dim>;
}

/** A parameter with how it is filled. */
export interface ParamPage extends LayerParam {
  readonly init?: Words;
}

/** Meaning, signatures and formula of an op. */
export const describe = (family: Family): OpPage => {
  const first = family.rows[0];
  const entry = first?.entry;
  return {
    path: family.path,
    kind: family.kind,
    signatures: family.rows.map((row) => row.signature.text),
    meaning: { en: entry?.en ?? '', zh: entry?.zh ?? '' },
    ...(entry?.formula === undefined ? {} : { formula: entry.formula }),
    remarks: [...(entry?.remarks ?? []), ...formWords(family)],
    forms: formsOf(family),
    examples: family.rows.flatMap(({ entry: { eg } }) => eg),
    ...(entry?.twin ? { twin: entry.twin } : {}),
  };
};

/** The sentence and the cost of one call of a function. */
export const describeCall = (family: Family, args: CallArgs, cx: OpContext): CallPage => {
  const done = callOp(family, args, cx);
  if (done.fault) return {};
  for (const row of family.rows) {
    const page = pageOf(row, family, args, cx, shapeIn(done.value));
    if (page) return page;
  }
  return {};
};

/** The sentence and the cost of one call of a layer. `field` reads the instance's attributes, parameters included. */
export const describeLayerCall = (
  family: Family,
  field: (name: string) => Arg | undefined,
  args: CallArgs,
  cx: OpContext,
): CallPage => {
  const behind = layerCall(family, field, args);
  return behind && 'family' in behind ? describeCall(behind.family, behind.args, cx) : {};
};

const pageOf = (
  row: OpRow,
  family: Family,
  args: CallArgs,
  cx: OpContext,
  result: Shape | undefined,
): CallPage | undefined => {
  const attempt = attemptRow(row, args, cx, { op: row.signature.name, lib: family.lib, python: family.python });
  if ('code' in attempt) return undefined;
  const codes = row.entry.faults ?? {};
  const bindings = matchAll(attempt.call, attempt.tensors, codes);
  if (attempt.call.faults.length > 0) return undefined;
  fill(attempt.env, bindings);
  const flops = result && row.entry.flops?.(attempt.env, result);
  // What needed a value that nobody knows would be a guess.
  const cost = flops === undefined || attempt.call.doubts.length > 0 ? {} : { flops };
  attempt.call.doubts.length = 0;
  const own = row.kind === 'function' ? row.entry.note?.(attempt.env) : undefined;
  const note = own ?? noteOf(row.signature.name)?.(attempt.env);
  const known = attempt.call.doubts.length === 0;
  const axes = row.entry.axes?.(attempt.env, attempt.call);
  return { ...(note && known ? { note } : {}), ...cost, ...(axes && known ? { axes } : {}) };
};

const shapeIn = (value: Arg): Shape | undefined => {
  if (value.kind === 'tensor') return value.shape;
  const first = value.kind === 'tuple' ? value.items[0] : undefined;
  return first?.kind === 'tensor' ? first.shape : undefined;
};

/** The parameters of a layer with how each is filled. */
export const describeParams = (layer: LayerState): readonly ParamPage[] => {
  const init = layer.row.kind === 'layer' ? (layer.row.entry.init ?? {}) : {};
  return layer.params.map((param) => {
    const how = init[param.name] ?? init['*'];
    return how ? { ...param, init: initWords[how] } : param;
  });
};

const initWords: Readonly<Record<Init, Words>> = {
  'fan-in': { en: 'uniform in ±1/√fan_in', zh: '在 ±1/√fan_in 内均匀取值' },
  'transposed-fan-in': {
    en: 'uniform in ±1/√fan_in; fan_in counts the outputs here: out/groups · kernel size',
    zh: '在 ±1/√fan_in 内均匀取值；此处 fan_in 按输出计：out/groups·核大小',
  },
  'bias-fan-in': { en: 'uniform in ±1/√fan_in, like the weight', zh: '与权重一样，在 ±1/√fan_in 内均匀取值' },
  ones: { en: 'ones', zh: '全 1' },
  zeros: { en: 'zeros', zh: '全 0' },
  normal: { en: 'standard normal', zh: '标准正态分布' },
  hidden: { en: 'uniform in ±1/√hidden_size', zh: '在 ±1/√hidden_size 内均匀取值' },
  'xavier-uniform': { en: 'Xavier uniform', zh: 'Xavier 均匀分布' },
  'xavier-normal': { en: 'Xavier normal', zh: 'Xavier 正态分布' },
  'kaiming-normal': {
    en: 'normal with deviation √(2/fan_in) (Kaiming)',
    zh: '标准差 √(2/fan_in) 的正态分布（Kaiming）',
  },
  quarter: { en: '0.25', zh: '0.25' },
  'last-axis': { en: 'uniform in ±1/√in1_features', zh: '在 ±1/√in1_features 内均匀取值' },
  given: { en: 'as given', zh: '由参数给出' },
};
