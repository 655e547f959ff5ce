import type { Words } from '../ops';
import type { Call, Expr } from '../syntax';
import type { ObjectValue, Value } from '../values';
import type { Context } from './context';
import { parameterCount, parameterWords } from './counts';
import { defaultsNote, lengthNote } from './defaults';
import { familyOf, layerWords, roleOf } from './layers';
import { containerOf, isIdle, isModule, kindOf, moduleRole, moduleStep } from './modules';
import { withoutSelf } from './own-names';
import { expressionsIn, expressionsOf, statementsIn } from './walk';
import { join, plain, text, words } from './words';

/** What an expression makes, where it makes a layer or a parameter; `inline` where its parts have no lines of their own. */
export const makingWords = (cx: Context, expr: Expr, inline: boolean): Words | undefined => {
  // Of a choice nobody can say here which side it is.
  if (expr.kind !== 'Call' || isCopy(cx, expr)) return undefined;
  if (cx.general) return oneOfWords(cx, expr);
  const told = cx.r.values(expr).map((value) => makingOf(cx, value, inline));
  const [first] = told;
  if (first && told.every((t) => t?.zh === first.zh))
    return (
      rateWords(cx, expr) ??
      text`${classNote(cx, expr, first)}${namedWidths(cx, expr) ?? first}${basisOf(cx, expr)}${windowNote(cx, expr)}${frozenNote(expr)}${initialWords(cx, expr)}${assumedNote(cx, expr)}`
    );
  return told.length > 1 ? oneOfWords(cx, expr) : undefined;
};

/** `copy.deepcopy(net)` makes nothing new to tell of. */
const isCopy = ({ r }: Context, { func }: Call): boolean => {
  const callee = r.value(func);
  return callee?.kind === 'builtin' && /(^|\.)(deep)?copy$/.test(callee.name);
};

/** A module of a class of the user, of which nothing but its class is known: `makes GPT; 10,788,929 parameters`. */
export const madeWords = (cx: Context, expr: Expr): Words | undefined => {
  if (expr.kind !== 'Call' || cx.general) return undefined;
  const [made, more] = cx.r.values(expr);
  if (!isModule(made) || more || made.cls.path !== undefined || cx.r.value(expr.func)?.kind !== 'class')
    return undefined;
  const count = parameterCount(made);
  const size = typeof count?.all === 'number' && count.all > 0 ? parameterWords(cx, count) : undefined;
  const given = expr.args.flatMap(({ value }) => (value.kind === 'Call' ? [cx.source(value.func)] : []));
  const parts = given.filter((name) => /^([\w.]*\.)?[A-Z]\w*$/.test(name)).join(', ');
  const said = words(
    `makes ${made.cls.name}${parts === '' ? '' : ` of ${parts}`}`,
    `建立 ${made.cls.name}${parts === '' ? '' : `，传入 ${parts}`}`,
  );
  return size ? text`${said}${words('; ', '；')}${size}` : said;
};

/** `nn.Parameter(torch.zeros(n, d))` of a size that nobody knows. */
export const parameterOf = (cx: Context, expr: Expr): Words | undefined => {
  if (expr.kind !== 'Call' || !/(^|\.)(nn|torch)\.Parameter$|^Parameter$/.test(cx.source(expr.func))) return undefined;
  const first = expr.args.find(({ name }) => name === undefined || name === 'data')?.value;
  const start = first && startOf(cx, first);
  const said = words('learnable parameter', '可学习参数');
  return start ? text`${said}${words(', initially ', '，初值')}${start}` : said;
};

/** The defaults of the constructor on which it rests what a layer that is made here does to the sizes. */
export const basisOf = (cx: Context, expr: Call): Words => {
  const [layer] = cx.r.values(expr).filter(isModule);
  const family = layer?.cls.layer;
  if (layer && containerOf(layer)) {
    const said = moduleRole(cx.r, layer)?.en ?? '';
    return /\d/.test(said) ? lengthNote(cx, expr) : plain('');
  }
  if (!family) return plain('');
  // What a window does to the sizes rests on all of its numbers, its name on the kernel alone.
  return layerWords(cx.r, layer)?.effect
    ? defaultsNote(cx, family, expr)
    : defaultsNote(cx, family, expr, ['kernel_size']);
};

/** Dropout with a rate that whoever builds the module decides: a default of 0 is not for ever. */
const rateWords = (cx: Context, expr: Call): Words | undefined => {
  const [layer] = cx.r.values(expr);
  const rate = expr.args.find(({ name, star }) => star === 0 && (name === undefined || name === 'p'))?.value;
  if (!rate || rate.kind === 'Num' || !isModule(layer) || !/\.Dropout$/.test(familyOf(layer)?.path ?? ''))
    return undefined;
  const [code, p] = [withoutSelf(cx, cx.source(rate)), layer.attrs.get('p')];
  const now = p?.kind === 'float' || p?.kind === 'int' ? p.value : undefined;
  if (!/^[\w.]+(\[-?\d\])?$/.test(code) || typeof now !== 'number') return undefined;
  if (code === 'p')
    return words(
      `dropout, probability p (here ${now}), while training only`,
      `随机失活，概率 p（此处为 ${now}），仅训练时`,
    );
  return words(
    `dropout, p = ${code} (here ${now}), while training only`,
    `随机失活，p = ${code}（此处为 ${now}），仅训练时`,
  );
};

/** `nn.Conv2d(channels, hidden, 1)` with a size that nobody knows: the channels as the code names them. */
const namedWidths = (cx: Context, expr: Call): Words | undefined => {
  const [layer] = cx.r.values(expr).filter(isModule);
  const isConv = layer?.cls.layer !== undefined && /\.Conv\d[dD]$/.test(layer.cls.layer.path);
  const isOwn = cx.r.value(expr.func)?.kind === 'class';
  const said = layer && layerWords(cx.r, layer);
  if (!isConv || !isOwn || !said || expr.args.some(({ star }) => star === 1)) return undefined;
  const widths = ['in_channels', 'out_channels'] as const;
  const isKnown = widths.every((name) => {
    const value = layer.attrs.get(name) ?? layer.attrs.get(`_${name}`);
    return value?.kind === 'int' && cx.r.dim(value.value) !== '?';
  });
  const [from, to] = widths.map((name, place) => {
    const named = expr.args.find((arg) => arg.name === name);
    const { value } = named ?? expr.args.filter((arg) => arg.name === undefined)[place] ?? {};
    return value && withoutSelf(cx, cx.source(value));
  });
  const isShort = [from, to].every((code) => code !== undefined && /^\w+$/.test(code));
  if (isKnown || !isShort) return undefined;
  const channels = words(`${from}→${to} channels`, `通道 ${from}→${to}`);
  return roleOf({ ...said, detail: said.detail ? join([channels, said.detail], ', ', '，') : channels });
};

/** `nn.MaxPool2d((1, None))`: `None` is for adaptive pooling; this one is made, and its call fails. */
const windowNote = (cx: Context, expr: Call): Words => {
  const [layer] = cx.r.values(expr);
  const window = expr.args.find(({ name }) => name === undefined || name === 'kernel_size')?.value;
  const isPool = isModule(layer) && /\.(Max|Avg|LP)Pool\d[dD]$/.test(familyOf(layer)?.path ?? '');
  const hasNone =
    (window?.kind === 'Tuple' || window?.kind === 'List') &&
    window.items.some((item) => item.kind === 'Constant' && item.value === null);
  return isPool && hasNone
    ? words(', None is no kernel size: the call fails', '：窗口大小不能为 None，调用时会报错')
    : plain('');
};

/** The class of what is made, where only its shapes are told and the call has another name for it: `conv_block(…)` of `BasicConv2d`. */
const classNote = (cx: Context, expr: Call, said: Words): Words => {
  const [made] = cx.r.values(expr);
  if (!isModule(made) || made.cls.path !== undefined || !/^\[|^keeps the shape/.test(said.en)) return plain('');
  const { name } = made.cls;
  return cx.source(expr.func).endsWith(name) ? plain('') : words(`${name}: `, `${name}：`);
};

/** `nn.Conv2d(…).requires_grad_(False)`. */
const frozenNote = ({ func, args: [first, more] }: Call): Words => {
  const isFrozen =
    func.kind === 'Attribute' &&
    func.attr === 'requires_grad_' &&
    first?.value.kind === 'Constant' &&
    first.value.value === false &&
    !more;
  return isFrozen ? words('; frozen: not trained', '；参数冻结，不训练') : plain('');
};

/** What a parameter holds before training: `, initially 0`. */
const initialWords = (cx: Context, expr: Call): Words => {
  const isParameter = cx.r.values(expr).every((value) => value.kind === 'tensor' && value.parameter?.trained);
  const constant = isParameter ? constantIn(cx, expr) : undefined;
  if (constant !== undefined) return words(`, initially ${constant}`, `，初值 ${constant}`);
  const first = expr.args.find(({ name }) => name === undefined || name === 'data')?.value;
  const value = isParameter && first ? startOf(cx, first) : undefined;
  return value ? text`${words(', initially ', '，初值')}${value}` : plain('');
};

/** `Constant(1.)` that Paddle's `create_parameter` is told to fill a parameter with. */
const constantIn = (cx: Context, { args }: Call): string | undefined => {
  const given = args.find(({ name }) => name === 'default_initializer') ?? args.find(({ name }) => name === 'attr');
  const found = (given ? expressionsIn(given.value) : []).find(
    (inner) => inner.kind === 'Call' && /(^|\.)Constant$/.test(cx.source(inner.func)),
  );
  const value =
    found?.kind === 'Call' ? found.args.find(({ name }) => name === undefined || name === 'value') : undefined;
  return value?.value.kind === 'Num' ? `${value.value.value}` : undefined;
};

const startOf = (cx: Context, expr: Expr): Words | undefined => {
  if (expr.kind === 'BinOp' && expr.op === '*') {
    const [made, factor] = expr.left.kind === 'Call' ? [expr.left, expr.right] : [expr.right, expr.left];
    const name = made.kind === 'Call' ? fillerOf(made) : undefined;
    const by = cx.source(factor);
    if (by.length > 24 || by.includes('\n')) return undefined;
    if (name === 'ones') return words(by, ` ${by}`);
    return name === 'randn' ? words(`normal × ${by}`, `为正态分布随机数 × ${by}`) : undefined;
  }
  const filler = expr.kind === 'Call' ? fillerOf(expr) : undefined;
  return filler === undefined ? undefined : STARTS[filler];
};

const fillerOf = ({ func }: Call): string | undefined =>
  func.kind === 'Attribute' && func.value.kind === 'Name' && /^(torch|paddle)$/.test(func.value.id)
    ? func.attr
    : undefined;

const STARTS: Readonly<Record<string, Words>> = {
  zeros: words('0', ' 0'),
  ones: words('1', ' 1'),
  randn: words('normally distributed', '服从标准正态分布'),
  rand: words('uniform in [0, 1)', '在 [0, 1) 内均匀分布'),
};

/** A helper that is defined nowhere was taken to be what its name means by convention: said where it is first called. */
const assumedNote = (cx: Context, { func, start }: Call): Words => {
  if (func.kind !== 'Name' || !cx.r.trace.assumed.has(func.id)) return keptNote(cx.r, func);
  const { id } = func;
  const isAgain = statementsIn(cx.fn?.body ?? [])
    .flatMap(expressionsOf)
    .flatMap(expressionsIn)
    .some((one) => one.kind === 'Call' && one.func.kind === 'Name' && one.func.id === id && one.start < start);
  return isAgain
    ? plain('')
    : words(` (${id} is not in this file: assumed by convention)`, `（${id} 不在本文件，按惯例假定）`);
};

/** A parameter was taken to make a layer that keeps the shape, as its name says. */
const keptNote = ({ trace }: Context['r'], func: Expr): Words => {
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '';
  return trace.kept.has(name)
    ? words(` (assumed, as ${name} is only a parameter)`, `（${name} 由参数传入，此为假定）`)
    : plain('');
};

const MOST = 3;

/** Layers of several kinds that one line makes, told by their names: a helper is called with other numbers each time. */
const oneOfWords = ({ r }: Context, expr: Expr): Words | undefined => {
  const names = r.values(expr).map((value) => (isModule(value) ? layerWords(r, value)?.name : undefined));
  const distinct = [...new Map(names.map((name) => [name?.zh, name])).values()];
  const named = distinct.filter((name) => name !== undefined);
  // `3×3 convolution` or just `convolution`: the one that leaves the size open holds for both.
  const known = named.filter((one) => !named.some((other) => other !== one && one.en.endsWith(` ${other.en}`)));
  if (known.length === 0 || named.length < distinct.length) return undefined;
  if (known.length > MOST) {
    const [first, ...others] = known.map(({ en, zh }) => words(en.replace(WINDOW, ''), zh.replace(WINDOW, '')));
    return first && others.every(({ en }) => en === first.en)
      ? text`${first}${words(', its size depending on the arguments', '（大小随参数而定）')}`
      : undefined;
  }
  const [only, more] = known;
  if (only && !more) return only;
  return text`${join(known, ' or ', ' 或 ')}${words(', depending on the arguments', '（随参数而定）')}`;
};

/** `3×3 ` in front of the name of a layer. */
const WINDOW = /^\d+(×\d+)* /;

const makingOf = (cx: Context, value: Value, inline: boolean): Words | undefined => {
  if (isModule(value)) {
    if (isIdle(value) && containerOf(value)) return moduleRole(cx.r, value, inline);
    const way = familyOf(value) || (containerOf(value) && !inline) ? undefined : wayOf(cx, value);
    const told = moduleRole(cx.r, value, inline) ?? kindOf(cx.r, value);
    const said = way && containerOf(value) ? moduleStep(cx.r, value) : told;
    return said && way ? text`${said}${words(': ', '：')}${way}` : (said ?? way);
  }
  if (value.kind !== 'tensor' || !value.parameter) return undefined;
  const shape = cx.r.shape(value.shape);
  if (shape === undefined) return undefined;
  return value.parameter.trained
    ? words(`learnable ${shape}`, `可学习参数 ${shape}`)
    : words(`buffer ${shape}`, `缓冲区 ${shape}`);
};

/** Longer ones are for the hover. */
const LONGEST_WAY = 100;

/** What a module was seen to do: the shapes of its one call, or of all of them where they agree. */
const wayOf = ({ r }: Context, module: ObjectValue): Words | undefined => {
  const events = r.trace.events.filter((event) => event.layer === module);
  const ways = events.map(({ inputs, output }) => {
    const [from, to] = [inputs[0], output].map((v) => (v?.kind === 'tensor' ? r.shape(v.shape) : undefined));
    if (from === undefined || to === undefined || from.length + to.length > LONGEST_WAY) return undefined;
    return from === to ? words(`keeps the shape ${to}`, `形状不变 ${to}`) : plain(`${from} → ${to}`);
  });
  const [first] = ways;
  return first && ways.every((way) => way?.zh === first.zh) ? first : undefined;
};

/** The arguments of a call, those of lists and calls inside it too: what may stand on lines of its own. */
export const elementsOf = (expr: Expr): readonly Expr[] => {
  switch (expr.kind) {
    case 'Call':
      return expr.args.flatMap(({ value }) => [value, ...elementsOf(value)]);
    case 'List':
    case 'Tuple':
      return expr.items.flatMap((item) => [item, ...elementsOf(item)]);
    case 'Comprehension':
      return [expr.element, ...elementsOf(expr.element)];
    case 'IfExp':
      return [expr.body, expr.orelse].flatMap((side) => [side, ...elementsOf(side)]);
    default:
      return [];
  }
};
