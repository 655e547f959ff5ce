import type { ClassRun } from '../interp';
import type { Words } from '../ops';
import type { Expr, FunctionDef, SyntaxNode } from '../syntax';
import type { DictValue, TensorValue, Value } from '../values';
import { opCall } from './arguments';
import { bracketed, chain, stepCount } from './chains';
import { reasonWords, requirementsOf } from './conditions';
import type { Context } from './context';
import { parameterCount, parameterWords } from './counts';
import { defaultsNote } from './defaults';
import { stepsOf, told } from './expressions';
import { operandsOf, tensorOf } from './flow';
import { isWholeAlone } from './idioms';
import { layerWords } from './layers';
import { isModule, kindOf, moduleSteps } from './modules';
import { arithmetic } from './operators';
import { isCreation, opStep } from './ops';
import { overview } from './overview';
import { expressionsIn, expressionsOf, statementsIn } from './walk';
import { join, plain, text, words } from './words';

/** What a class is: `convolution block = (3×3 convolution → batch norm → ReLU) × 2`; undefined where nobody can tell. */
export const classWords = (cx: Context, run: ClassRun, forward: FunctionDef | undefined): Words | undefined => {
  const meaning = classMeaning(cx, run, forward);
  return meaning && text`${run.cls.name}${words(': ', '：')}${meaning}${kernelBasis(cx, run, meaning)}`;
};

/** The defaults that the kernels which a class line names rest on: `1×1 convolution … (k=1)`. */
const kernelBasis = (cx: Context, run: ClassRun, meaning: Words): Words => {
  const init = run.cls.attrs.get('__init__');
  if (init?.kind !== 'function' || init.node.kind !== 'FunctionDef' || !/\d×\d/.test(meaning.en)) return plain('');
  const inside = { ...cx, fn: init.node };
  for (const expr of statementsIn(init.node.body).flatMap(expressionsOf).flatMap(expressionsIn)) {
    const layer = expr.kind === 'Call' ? cx.r.value(expr) : undefined;
    const family = layer && isModule(layer) ? layer.cls.layer : undefined;
    if (!family || !layer || !isModule(layer) || expr.kind !== 'Call') continue;
    const name = layerWords(cx.r, layer)?.name.en;
    if (name === undefined || !meaning.en.includes(name)) continue;
    const note = defaultsNote(inside, family, expr, ['kernel_size']);
    if (note.en !== '') return note;
  }
  return plain('');
};

/** The same without the name of the class. */
export const classMeaning = (cx: Context, run: ClassRun, forward: FunctionDef | undefined): Words | undefined => {
  const kind = run.self && kindOf(cx.r, run.self);
  const steps = forward && (wayTo(cx, run) ?? overview(cx, run));
  const path = steps && steps.length > 0 && stepCount(steps) <= LONGEST ? chain(steps) : undefined;
  if (!path && !kind) return lossWords(cx, run, forward) ?? (forward && soleWords(cx, forward));
  if (!path || (run.self && isWholeAlone(cx.r, run.self))) return kind;
  if (!kind || kind.zh.replaceAll(' + ', ' → ') === path.zh) return path;
  // A name that lists its parts: the chain would say them again.
  if (steps?.every(({ zh, en }) => kind.zh.includes(zh) && kind.en.includes(en))) return kind;
  const gap = words(' ', path.zh.startsWith('（') ? '' : ' ');
  return text`${kind} =${gap}${path}`;
};

/** Losses that have a name of their own. */
const LOSSES =
  /^(cross_entropy|nll_loss|kl_div|mse_loss|l1_loss|smooth_l1_loss|huber_loss|binary_cross_entropy(_with_logits)?)$/;

/** One number out of several inputs, without anything to learn: a loss, if it is called one or uses one. */
const lossWords = (cx: Context, run: ClassRun, forward: FunctionDef | undefined): Words | undefined => {
  const { output } = run;
  const isNumber = output?.kind === 'tensor' && !output.shape.rest && output.shape.dims.length === 0;
  if (!isNumber || !forward || forward.params.length < 3) return undefined;
  if (!run.self || parameterCount(run.self)?.trained !== 0) return undefined;
  const calls = statementsIn(forward.body).flatMap(expressionsOf).flatMap(expressionsIn);
  const used = calls.flatMap((expr) => {
    const call = expr.kind === 'Call' ? opCall(cx.r, expr) : undefined;
    const own = call && LOSSES.test(call.name) ? opStep(cx.r, call)?.text : undefined;
    const layer = expr.kind === 'Call' ? cx.r.value(expr.func) : undefined;
    const made = layer && isModule(layer) && /Loss$/.test(layer.cls.name) ? plain(layer.cls.name) : undefined;
    return own ?? made ?? [];
  });
  if (used.length === 0 && !/(loss|criterion)\d*$/i.test(run.cls.name)) return undefined;
  const read = new Set(calls.flatMap((expr) => (expr.kind === 'Name' ? [expr.id] : [])));
  const inputs = forward.params.slice(1).flatMap(({ name }) => (read.has(name) ? [name] : []));
  if (used.length === 0)
    return words(`loss, one number from ${inputs.join(', ')}`, `损失函数，由 ${inputs.join('、')} 求得一个数`);
  return text`${words('loss built on ', '损失函数，用到')}${join(used, ' and ', '与')}`;
};

/** A `forward` that is one call: what that does, though no shape is known. */
const soleWords = (cx: Context, forward: FunctionDef): Words | undefined => {
  const [only, more] = forward.body.filter((stmt) => stmt.kind !== 'ExprStmt' || stmt.value.kind !== 'Str');
  const value = only?.kind === 'Return' && !more ? only.value : undefined;
  const steps = value?.kind === 'Call' ? stepsOf({ ...cx, full: true }, value) : [];
  return steps.length > 1 && steps.length <= LONGEST ? told(steps) : undefined;
};

const LONGEST = 12;
/** A condition that takes more than this is for the hover. */
const LONGEST_DEMAND = 44;
const MOST_DEMANDS = 4;

/** `[B, ch_in, H, W] → [B, ch_out, H, W]; 9·ch_in·ch_out parameters`. */
export const sizesLine = (cx: Context, run: ClassRun): Words | undefined => {
  const shapes = wholeShapes(cx, run);
  const count = run.self && run.partial === undefined ? parameterCount(run.self) : undefined;
  const parameters = count === undefined ? undefined : parameterWords(cx, count);
  const parts = [shapes, parameters].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const line = join(parts, '; ', '；');
  return shapes || count?.all !== 0 ? text`${line}${suppositions(run)}` : line;
};

/** What a run of a class rests on: classes that parameters stand for, and defaults. Other arguments may give other shapes. */
export const suppositions = (run: ClassRun): Words => {
  const chosen = [...run.chosen].map(([name, [first, ...others]]) => {
    const taken = `${name} = ${first?.name}`;
    const more = others.map((cls) => cls.name);
    if (more.length === 0) return plain(taken);
    return words(`${taken} rather than ${more.join(' or ')}`, `${taken}（而非 ${more.join('、')}）`);
  });
  const usual = hasDefaults(run);
  if (chosen.length === 0) return usual ? words(' (with the defaults)', '（按默认参数）') : plain('');
  const { en, zh } = join(chosen, ' and ', '、');
  const gap = zh.endsWith('）') ? '' : ' ';
  return usual
    ? words(` (with ${en} and the defaults)`, `，按 ${zh}${gap}与默认参数`)
    : words(` (with ${en})`, `，按 ${zh}`);
};

/** What goes into `forward` and what comes out. */
export const wholeShapes = ({ r }: Pick<Context, 'r'>, run: ClassRun): Words | undefined => {
  const inputs = run.entries.flatMap(({ name, value }) => {
    const shape = value.kind === 'tensor' ? r.shape(value.shape) : undefined;
    return shape === undefined ? [] : [run.entries.length > 1 ? `${name} ${shape}` : shape];
  });
  const output = run.output && outputText({ r }, run.output);
  if (output === undefined) return undefined;
  // What goes in may be of any rank, as in front of `view(-1, 784)`.
  if (inputs.length === 0) return words(`output ${output}`, `输出 ${output}`);
  return words(`input ${inputs.join(', ')} → output ${output}`, `输入 ${inputs.join('、')} → 输出 ${output}`);
};

/** Parameters that nobody must give were taken as their defaults: other values may give other shapes. */
const hasDefaults = ({ cls }: ClassRun): boolean => {
  const init = cls.attrs.get('__init__');
  return init?.kind === 'function' && init.node.params.some((param) => param.default !== undefined);
};

/** The shape of a value that leaves `forward`; of a tuple or dictionary, those of its parts. */
export const outputText = (cx: Pick<Context, 'r'>, value: Value): string | undefined => {
  if (value.kind === 'tensor') return cx.r.shape(value.shape);
  if (value.kind === 'dict') return keyedText(cx, value);
  if (value.kind === 'either') {
    const [yes, no] = [outputText(cx, value.yes), outputText(cx, value.no)];
    return yes === no ? yes : undefined;
  }
  if (value.kind !== 'tuple' && value.kind !== 'list') return undefined;
  if (value.items.every(({ kind }) => kind === 'none')) return undefined;
  const parts = value.items.map((item) => (item.kind === 'none' ? 'None' : outputText(cx, item)));
  if (parts.length === 0 || parts.length > MOST_PARTS || parts.some((p) => p === undefined)) return undefined;
  return value.kind === 'list' && value.count !== null ? `${parts[0]} × ${cx.r.dim(value.count)}` : parts.join(', ');
};

const MOST_PARTS = 4;

/** `logits: [B, 10], features: [B, 512]`. */
const keyedText = (cx: Pick<Context, 'r'>, { entries, open }: DictValue): string | undefined => {
  const parts = [...entries.values()].map(({ key, value }) => {
    const shape = key.kind === 'str' && value.kind === 'tensor' ? outputText(cx, value) : undefined;
    return key.kind === 'str' && shape !== undefined ? `${key.value}: ${shape}` : undefined;
  });
  const isKnown = !open && parts.length > 0 && parts.length <= MOST_PARTS && !parts.includes(undefined);
  return isKnown ? parts.join(', ') : undefined;
};

/** `x: [B, ch_in, H, W], H and W must be even`. */
export const entryWords = (
  cx: Context,
  run: ClassRun,
  others: readonly Pick<ClassRun, 'trace'>[] = [],
): Words | undefined => {
  const { r } = cx;
  const inputs = run.entries.flatMap(({ name, value }) => {
    const shape = value.kind === 'tensor' ? r.shape(value.shape) : undefined;
    return shape === undefined ? [] : [plain(`${name}: ${shape}`)];
  });
  const demands = requirementsOf(run, r)
    .filter(({ en }) => en.length <= LONGEST_DEMAND && !en.includes('?'))
    .slice(0, MOST_DEMANDS);
  const always = others.map((other) => new Set(requirementsOf(other, r).map(({ en }) => en)));
  const multiples = demands.filter(({ en }) => /must be (even|a multiple)/.test(en));
  const why = multiples.length === 1 ? reasonWords(run) : undefined;
  const told = demands.map((demand) => {
    const isUsual = always.some((one) => !one.has(demand.en));
    return text`${demand}${isUsual ? words(' (with the defaults)', '（按默认参数）') : ''}${(demand === multiples[0] && why) || ''}`;
  });
  return inputs.length === 0 ? undefined : join([join(inputs, ', ', '，'), ...told], '; ', '，');
};

/** The way of a tensor from an input on: the values passed, each with what was done to get there. */
interface Stop {
  readonly value: Value;
  readonly steps: readonly Words[];
}

const wayTo = (cx: Context, run: ClassRun): readonly Words[] | undefined => {
  const tensors = run.entries.map(({ value }) => value).filter((v): v is TensorValue => v.kind === 'tensor');
  const way = run.output && back(cx, run.output, new Set(tensors), 0);
  return way?.flatMap((stop) => stop.steps);
};

const DEEPEST = 40;

const back = (cx: Context, value: Value, entries: ReadonlySet<Value>, depth: number): readonly Stop[] | undefined => {
  if (entries.has(value)) return [{ value, steps: [] }];
  const made = depth < DEEPEST ? cx.flow.producer(value) : undefined;
  const inputs = made && [...new Set(cx.flow.inputs(made))];
  if (!made || !inputs) return undefined;
  // Of a way that may be one of several nobody can say here what it did.
  const isSplit = operandsOf(made).some(
    (one) => !tensorOf(cx.r, one) && cx.r.values(one).some(({ kind }) => kind === 'tensor'),
  );
  if (isSplit || operandsOf(made).some((one) => isLost(cx, one))) return undefined;
  const [first, second, more] = inputs;
  const main = second && made.kind === 'Call' && isModule(cx.r.value(made.func)) ? mainOf(inputs, entries) : undefined;
  if (main) {
    const way = back(cx, main, entries, depth + 1);
    const steps = way && stepsAt(cx, made);
    return way && steps && [...way, { value, steps }];
  }
  if (!first || more) return undefined;
  const before = back(cx, first, entries, depth + 1);
  if (second) {
    const other = back(cx, second, entries, depth + 1);
    const joined = before && other && made.kind === 'BinOp' ? meet(before, other, made.op) : undefined;
    return joined && [...joined.common, { value, steps: [joined.step] }];
  }
  const steps = stepsAt(cx, made);
  return before && steps && [...before, { value, steps }];
};

/** Whether a name of the function stands for what nobody knows: the way that led there is lost. */
const isLost = (cx: Context, expr: Expr): boolean => {
  const isParam = expr.kind === 'Name' && cx.fn?.params.some(({ name }) => name === expr.id) === true;
  const isRun = expr.kind === 'Call' && cx.r.values(expr.func).some(isModule);
  if ((expr.kind !== 'Name' && !isRun) || isParam) return false;
  const values = cx.r.values(expr);
  return values.length > 0 && values.every(({ kind }) => kind === 'unknown');
};

/** Of what a module is given that of which the way goes on: what comes from outside as it is stands beside it. */
const mainOf = (inputs: readonly TensorValue[], entries: ReadonlySet<Value>): TensorValue | undefined => {
  const [way, more] = inputs.filter((one) => !entries.has(one));
  return way ? (more ? undefined : way) : inputs[0];
};

/** Two ways from one tensor that are added or multiplied: `(A → B) + (C → D)`, or a residual. */
const meet = (
  left: readonly Stop[],
  right: readonly Stop[],
  op: string,
): { readonly common: readonly Stop[]; readonly step: Words } | undefined => {
  const sign = { '+': '+', '*': '×' }[op];
  const fork = left.findLastIndex((stop) => right.some((other) => other.value === stop.value));
  const at = right.findIndex((stop) => stop.value === left[fork]?.value);
  if (sign === undefined || fork < 0 || at < 0) return undefined;
  const sides = [left.slice(fork + 1), right.slice(at + 1)].map((stops) => stops.flatMap((stop) => stop.steps));
  if (sides.some(isNested)) return undefined;
  const branches = sides.filter((steps) => steps.length > 0).map((steps) => bracketed(chain(steps)));
  const [only, more] = branches;
  if (!only) return undefined;
  const own = sign === '+' ? words('residual', '残差') : words('its input', '自身输入');
  const step = join(more ? branches : [only, own], ` ${sign} `, ` ${sign} `);
  return { common: left.slice(0, fork + 1), step };
};

/** Branches within branches are no longer read: the diagram shows them. */
const isNested = (steps: readonly Words[]): boolean => steps.some(({ en }) => / [+×] .*→|→.* [+×] /.test(en));

/** What one expression does, modules opened as far as their class line would. */
const stepsAt = (cx: Context, made: SyntaxNode): readonly Words[] | undefined => {
  if (made.kind === 'Call') {
    const callee = cx.r.value(made.func);
    if (isModule(callee)) return moduleSteps(cx, callee);
    const call = opCall(cx.r, made);
    // What is drawn or filled begins anew, whatever it has its shape from.
    if (!call || isCreation(call.name)) return undefined;
    const own = opStep(cx.r, call);
    return own ? [own.text] : [];
  }
  const own = made.kind === 'BinOp' ? arithmetic(cx, made) : undefined;
  return own && [own.text];
};
