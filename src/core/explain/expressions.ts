import { type Family, findFamily, type Words } from '../ops';
import type { BinOp, Call, Expr } from '../syntax';
import { opCall } from './arguments';
import { bracketed } from './chains';
import type { Context } from './context';
import { creationWords } from './created';
import { divergenceWords } from './divergence';
import { operandsOf, tensorOf } from './flow';
import { formulaOf, looseFormula, mathsOf } from './formula';
import { noteWords, roleWords } from './idioms';
import { entryOf, isSuper } from './lines/code';
import { isIdle, isModule, moduleStep } from './modules';
import { arithmetic } from './operators';
import { axesWords, isSilent, namedAxis, opStep, type Step } from './ops';
import { withoutSelf } from './own-names';
import { straightThrough } from './straight-through';
import { subscriptWords } from './subscripts';
import { expressionsIn } from './walk';
import { join, plain, text, words } from './words';

/** The steps of a computation, innermost first. `[]` where nothing happens (a name) or nothing can be said. */
export const stepsOf = (cx: Context, expr: Expr): readonly Step[] => {
  const divergence = isTensor(cx, expr) ? divergenceWords(cx, expr) : undefined;
  if (divergence) return [{ text: divergence }];
  const passed = straightThrough(cx, expr);
  if (passed) return [{ text: passed }];
  const formula = cx.full && isTensor(cx, expr) && !roleWords(cx.r, expr) ? mathsOf(expr) : undefined;
  if (formula !== undefined) return [{ text: plain(formula) }];
  switch (expr.kind) {
    case 'Call':
      return callSteps(cx, expr);
    case 'BinOp':
      return arithmeticSteps(cx, expr);
    case 'UnaryOp':
      return expr.op === '-' && tensorOf(cx.r, expr)
        ? [...stepsOf(cx, expr.operand), { text: words('negates', '取负') }]
        : [];
    case 'Subscript':
      return subscriptSteps(cx, expr);
    case 'Attribute':
      if (expr.value.kind === 'Call' && isTensor(cx, expr) && /^(values|indices)$/.test(expr.attr))
        return expr.attr === 'values'
          ? stepsOf(cx, expr.value)
          : [...stepsOf(cx, expr.value), { text: words('takes the indices', '取其下标') }];
      return expr.attr === 'T' ? [...stepsOf(cx, expr.value), { text: words('transposes', '转置'), moves: true }] : [];
    case 'NamedExpr':
      return stepsOf(cx, expr.value);
    case 'Compare': {
      const code = withoutSelf(cx, cx.source(expr));
      return cx.full && isTensor(cx, expr) && code.length <= 48 && !code.includes('\n')
        ? [{ text: words(`whether ${code}, element by element`, `逐元素判断 ${code}`) }]
        : [];
    }
    case 'List': {
      const [only, more] = expr.items;
      return only && !more ? stepsOf(cx, only) : [];
    }
    default:
      return [];
  }
};

const callSteps = (cx: Context, expr: Call): readonly Step[] => {
  const [kept, other] = expr.args;
  // `list(x.chunk(2))` only keeps the parts in another way.
  if (expr.func.kind === 'Name' && /^(list|tuple)$/.test(expr.func.id) && kept && !other)
    return stepsOf(cx, kept.value);
  const each = mappedStep(cx, expr);
  if (each) return [...beforeOf(cx, { ...expr, args: expr.args.slice(1) }), each];
  const own =
    withRole(cx, expr, counted(cx, expr) ?? ownStep(cx, expr)) ?? createdStep(cx, expr) ?? summedStep(cx, expr);
  const before = beforeOf(cx, expr);
  if (own) return [...before, own];
  if (before.length > 0 && isForeign(cx, expr))
    return isOfUnknown(cx, expr) ? [] : [...before, ...calledStep(cx, expr)];
  return before;
};

/** `torch.zeros(n, d)`, which is carried out and not looked up: what it makes. */
const createdStep = (cx: Context, { func, args }: Call): Step | undefined => {
  const isLibrary = func.kind === 'Attribute' && func.value.kind === 'Name' && /^(torch|paddle)$/.test(func.value.id);
  const made = isLibrary ? creationWords(func.attr, args, (part) => withoutSelf(cx, cx.source(part))) : undefined;
  return cx.full && made ? { text: made, creates: true } : undefined;
};

/** `torch.arange(n)`, `torch.randint(0, n, size)`: the numbers as the code names their bounds. */
const counted = (cx: Context, expr: Call): Step | undefined => {
  const name = cx.full && expr.func.kind === 'Attribute' ? expr.func.attr : '';
  return /^(arange|randint)$/.test(name) && opCall(cx.r, expr) ? createdStep(cx, expr) : undefined;
};

/** `sum(outputs)` of a list of tensors. */
const summedStep = (cx: Context, expr: Call): Step | undefined => {
  const {
    func,
    args: [only, more],
  } = expr;
  if (!cx.full || func.kind !== 'Name' || func.id !== 'sum' || !only || more) return undefined;
  // Of numbers it is known what they are for.
  if (!isTensor(cx, expr)) return undefined;
  if (only.value.kind === 'Comprehension') {
    const { element, clauses } = only.value;
    const [each, other] = clauses;
    const [code, name] = [element, each?.kind === 'for' ? each.target : undefined].map(
      (part) => part && withoutSelf(cx, cx.source(part)),
    );
    return code === undefined || name === undefined || other || code.length > 40
      ? undefined
      : { text: words(`adds up ${code} for every ${name}`, `把每个 ${name} 的 ${code} 相加`) };
  }
  if (only.value.kind !== 'Name') return undefined;
  const held = cx.r.value(only.value);
  return held?.kind === 'list' || held?.kind === 'tuple'
    ? { text: words(`adds up all of ${only.value.id}`, `把 ${only.value.id} 的各项相加`) }
    : undefined;
};

/** Whether something is called that is neither an op nor a module: what its arguments went through is not all that is done. */
const isForeign = (cx: Context, expr: Call): boolean =>
  opCall(cx.r, expr) === undefined && !cx.r.values(expr.func).some(isModule);

/** `score.masked_fill(mask == 0, −1e9)` of a tensor that nobody knows: what is done to the mask is not what is done. */
const isOfUnknown = (cx: Context, { func }: Call): boolean =>
  func.kind === 'Attribute' &&
  func.value.kind === 'Name' &&
  func.value.id !== 'self' &&
  cx.r.values(func.value).every(({ kind }) => kind === 'unknown' || kind === 'tensor' || kind === 'either') &&
  cx.r.values(func.value).length > 0 &&
  findFamily(`torch.Tensor.${func.attr}`) !== undefined;

const calledStep = (cx: Context, { func }: Call): readonly Step[] => {
  const isParent = func.kind === 'Attribute' && isSuper(func.value);
  const name = withoutSelf(cx, cx.source(func));
  if (/^[\w.]{1,32}$/.test(name)) return [{ text: plain(name) }];
  if (func.kind !== 'Attribute') return [{ text: words('what is called here', '此处的调用') }];
  if (isSilent(func.attr)) return [];
  const turned = entryOf(TURNED, func.attr);
  if (turned) return [{ text: turned }];
  return [{ text: isParent ? words(`${func.attr} of the parent class`, `父类的 ${func.attr}`) : plain(func.attr) }];
};

/** What a tensor leaves the computation as. */
const TURNED: Readonly<Record<string, Words>> = {
  item: words('as a Python number', '取出为 Python 数'),
  tolist: words('as a Python list', '转为 Python 列表'),
  numpy: words('as a NumPy array', '转为 NumPy 数组'),
};

/** `map(lambda t: t.reshape(…).transpose(1, 2), parts)`, `map(self.split, parts)`: what is done to each part. */
const mappedStep = (cx: Context, { func, args: [first] }: Call): Step | undefined => {
  if (func.kind !== 'Name' || func.id !== 'map' || !first) return undefined;
  if (first.value.kind !== 'Lambda') {
    const name = withoutSelf(cx, cx.source(first.value));
    return /^[a-z_]\w{0,31}$/.test(name) ? { text: words(`each through ${name}`, `逐份送入 ${name}`) } : undefined;
  }
  const said = told(stepsOf(cx, first.value.body));
  return said && { text: text`${words('each: ', '逐份')}${said}` };
};

/** A step as its idiom tells it: in words of its own, or with what it is for behind those of the layer. */
const withRole = ({ r }: Context, expr: Expr, own: Step | undefined): Step | undefined => {
  const role = roleWords(r, expr);
  if (role) return { text: role };
  const note = own && noteWords(r, expr);
  return note ? { ...own, text: text`${own.text}${note}` } : own;
};

const ownStep = (cx: Context, expr: Call): Step | undefined => {
  const { r, source } = cx;
  const callees = r.values(expr.func);
  if (callees.length > 0 && callees.every(isModule)) {
    const said = callees.map((callee) => moduleStep(r, callee));
    const [first] = said;
    if (first && said.every((one) => one?.zh === first.zh)) return { text: first };
    const name = withoutSelf(cx, source(expr.func));
    return said.length > 1 && /^[\w.]{1,32}$/.test(name) ? { text: plain(name), isName: true } : undefined;
  }
  const call = opCall(r, expr);
  return call && opStep(r, call);
};

/** The steps before a call: those of its one operand that has any. */
const beforeOf = (cx: Context, expr: Expr, byName = true): readonly Step[] => {
  const operands = operandsOf(expr).flatMap((operand) =>
    operand.kind === 'Tuple' || operand.kind === 'List' ? operand.items : [operand],
  );
  const busy = operands
    .filter((o) => o.kind !== 'Compare' || isWorkedOn(cx, expr, o))
    .filter((o) => (isTensor(cx, o) && !isMeasure(cx, o)) || (byName && isForeignCall(cx, o)))
    .map((o) => [stepsOf(cx, o), byName ? namedStep(cx, o) : []].find((s) => s.length > 0) ?? [])
    .filter((s) => s.length > 0);
  // What is only filled with numbers is on nobody's way.
  const [only, more] = busy.length > 1 ? busy.filter((steps) => !steps.every((step) => step.creates)) : busy;
  return more ? [] : (only ?? []);
};

/** Whether a comparison is what a call works on, and no mask beside that. */
const isWorkedOn = (cx: Context, expr: Expr, test: Expr): boolean => {
  if (expr.kind !== 'Call') return true;
  const { func, args } = expr;
  const isMethod = func.kind === 'Attribute' && cx.r.values(func.value).some(({ kind }) => kind === 'tensor');
  return isMethod ? func.value === test : args.filter(({ value }) => isTensor(cx, value)).length === 1;
};

/** A module whose call has no words of its own is told by its name, so that nothing is passed over on the way. */
const namedStep = (cx: Context, expr: Expr): readonly Step[] => {
  if (expr.kind !== 'Call') return [];
  const callees = cx.r.values(expr.func);
  const name = withoutSelf(cx, cx.source(expr.func));
  const isLost = callees.length > 0 && callees.every((callee) => isModule(callee) && !isIdle(callee));
  return isLost || (isForeignCall(cx, expr) && /^[\w.]{1,32}$/.test(name))
    ? [...beforeOf(cx, expr), { text: plain(name) }]
    : [];
};

/** A call by a plain name that gives something nobody knows, a tensor most likely: it is a step all the same. */
const isForeignCall = (cx: Context, expr: Expr): boolean =>
  cx.full === true &&
  expr.kind === 'Call' &&
  /^(self\.)?[a-z_]\w*$/.test(cx.source(expr.func)) &&
  !/^(len|int|float|max|min|range|list|tuple|str|isinstance|getattr|sum|abs|round)$/.test(cx.source(expr.func)) &&
  cx.r.values(expr).length > 0 &&
  cx.r.values(expr).every(({ kind }) => kind === 'unknown');

/** Sizes that stand in a tensor (`paddle.shape(x)[2:]`): they are measured off the data, and are no step on its way. */
const isMeasure = ({ r }: Context, expr: Expr): boolean =>
  expr.kind !== 'Call' &&
  r.values(expr).every((v) => v.kind === 'tensor' && v.elements?.every(({ kind }) => kind === 'int') === true);

const isTensor = ({ r }: Context, expr: Expr): boolean => r.values(expr).some((v) => v.kind === 'tensor');

/** Nobody reads `[:, None, :, None, 0]` in words; short ones are shown as they are. */
const subscriptSteps = (cx: Context, expr: Extract<Expr, { kind: 'Subscript' }>): readonly Step[] => {
  if (!isTensor(cx, expr.value)) return isTensor(cx, expr) ? pickedSteps(cx, expr) : [];
  const shape = tensorOf(cx.r, expr.value)?.shape;
  const said = subscriptWords(
    expr.index,
    (node) => withoutSelf(cx, cx.source(node)),
    (axis) => namedAxis(cx.r, axis, shape),
  );
  if (said) return [...stepsOf(cx, expr.value), { text: said, moves: true }];
  const index = cx.source(expr.index);
  const by = expr.index.kind === 'Tuple' && expr.index.items.slice(1).every(isWhole) ? expr.index.items[0] : expr.index;
  const place =
    by && (by.kind === 'Name' || by.kind === 'Attribute') && isTensor(cx, by)
      ? withoutSelf(cx, cx.source(by))
      : undefined;
  if (place !== undefined)
    return [...stepsOf(cx, expr.value), { text: words(`picks by ${place}`, `按 ${place} 取元素`), moves: true }];
  if (expr.index.kind === 'Compare' && index.length <= 32 && !index.includes('\n'))
    return [
      ...stepsOf(cx, expr.value),
      { text: words(`keeps those with ${index}`, `只留满足 ${index} 的`), moves: true },
    ];
  if (index.length > 24 || index.includes('\n'))
    return [...stepsOf(cx, expr.value), { text: words('picks elements', '取其中的元素'), moves: true }];
  return [...stepsOf(cx, expr.value), { text: words(`takes [${index}]`, `取 [${index}]`), moves: true }];
};

/** `:` */
const isWhole = (part: Expr): boolean => part.kind === 'Slice' && !part.lower && !part.upper && !part.step;

/** `torch.max(x, 2)[0]`: one of several results; the words of an op are about its first. */
const pickedSteps = (cx: Context, { value, index }: Extract<Expr, { kind: 'Subscript' }>): readonly Step[] => {
  const steps = value.kind === 'Call' && index.kind === 'Num' ? stepsOf(cx, value) : [];
  if (steps.length === 0 || index.kind !== 'Num') return [];
  const isPlaced =
    value.kind === 'Call' && /^(max|min|sort|topk|median|mode|kthvalue)$/.test(opCall(cx.r, value)?.name ?? '');
  if (isPlaced && index.value === 0) return steps;
  const part = isPlaced
    ? words('takes the indices', '取其下标')
    : words(`takes result [${index.value}]`, `取结果的 [${index.value}]`);
  return [...steps, { text: part }];
};

const arithmeticSteps = (cx: Context, expr: BinOp): readonly Step[] => {
  if (!isTensor(cx, expr)) return [];
  const sum = termCount(expr) > 2 && !roleWords(cx.r, expr) ? sumOf(cx, expr) : undefined;
  if (sum !== undefined) return [{ text: plain(sum) }];
  const both = roleWords(cx.r, expr) ? undefined : bothSides(cx, expr);
  if (both) return [{ text: both }];
  const own = withRole(cx, expr, arithmetic(cx, expr));
  const around = isAround(expr);
  const before = beforeOf(cx, expr, around).filter((one) => around || !one.isName);
  // By itself the code says as much.
  const rest = own?.tellsProduct ? before.filter((one) => one.arithmetic !== 'mul') : before;
  // What is taken in by its code must not be told step by step as well.
  const taken = isTensor(cx, expr.left) ? expr.right : expr.left;
  const isBlurred = own?.isOpen
    ? before.length > 0 && stepsOf(cx, taken).length > 0
    : before.length === 0 && own && ELEMENTWISE.has(own.text.en);
  const formula = isBlurred ? termsOf(cx, expr) : undefined;
  if (formula !== undefined) return [{ text: plain(formula) }];
  return own && !(own.isOpen && before.length === 0) ? [...rest, own] : before;
};

/** `-a.mean() + b.mean() + w * p`: of three terms and more a formula says more than the steps, if no layer is in it. */
const sumOf = (cx: Context, expr: BinOp): string | undefined => {
  const isLayered = expressionsIn(expr).some((part) => part.kind === 'Call' && cx.r.values(part.func).some(isModule));
  return isLayered ? undefined : termsOf(cx, expr);
};

const termCount = (expr: Expr): number =>
  expr.kind === 'BinOp' && /^[+-]$/.test(expr.op) ? termCount(expr.left) + termCount(expr.right) : 1;

/** What is said of arithmetic of which the sides are too long to tell. */
const ELEMENTWISE: ReadonlySet<string> = new Set([
  'adds element-wise',
  'subtracts element-wise',
  'divides element-wise',
  'multiplies element-wise',
  'multiplies with broadcasting',
]);

/** The formula of `a[:, 0] - b.sum(1)`, which words would lose: two names are as plain in the code. */
const termsOf = (cx: Context, expr: BinOp): string | undefined => {
  const isPlain = [expr.left, expr.right].every(({ kind }) => kind === 'Name' || kind === 'Attribute');
  return !cx.full || isPlain || cx.source(expr).includes('\n')
    ? undefined
    : looseFormula(expr, (part) => withoutSelf(cx, cx.source(part)));
};

/** `f(x) + g(y)`: what is done on either side, where that is short: `(A → B) + C`. */
const bothSides = (cx: Context, { op, left, right }: BinOp): Words | undefined => {
  const sign = { '+': '+', '*': '×' }[op as string];
  const sides = [left, right].map((side) => stepsOf(cx, side));
  const isPlain = sides.every((steps) => steps.length > 0 && steps.some((step) => !step.creates && !step.moves));
  const [a, b] = [left, right].map((side, i) => {
    const formula = side.kind === 'BinOp' ? formulaOf(side) : undefined;
    return formula === undefined ? told(sides[i] ?? []) : plain(formula.includes(' ') ? `(${formula})` : formula);
  });
  if (sign === undefined || !isPlain || !a || !b) return undefined;
  if (a.en === b.en && ![left, right].some((side) => side.kind === 'Call' && cx.r.values(side.func).some(isModule)))
    return text`${words('each side: ', '两边各')}${a}${sign === '+' ? words(', then adds', '，再相加') : words(', then multiplies', '，再相乘')}`;
  const isShort = a.en.length + b.en.length <= LONGEST_SIDES && ![a, b].some(({ en }) => / [+×] |adds|times/.test(en));
  return isShort ? join([bracketed(a), bracketed(b)], ` ${sign} `, ` ${sign} `) : undefined;
};

const LONGEST_SIDES = 80;

/** `x + f(x)`: what is done to x comes before the sum; `y + f(x)` has two ways that meet in it. */
const isAround = ({ left, right }: BinOp): boolean => {
  const [call, other] = left.kind === 'Call' ? [left, right] : [right, left];
  return (
    call.kind === 'Call' &&
    other.kind === 'Name' &&
    call.args.some(({ value }) => value.kind === 'Name' && value.id === other.id)
  );
};

/** Steps in one text: `3×3 convolution → batch norm → ReLU`; arithmetic reads on. */
export const told = (all: readonly Step[]): Words | undefined => {
  // Of `a + b + c` one says once what is done.
  const steps = all.filter((step, i) => !step.arithmetic || step.text.en !== all[i - 1]?.text.en);
  const [first, second, more] = steps;
  if (!first) return undefined;
  if (second && !more && first.arithmetic === 'mul' && second.arithmetic === 'add')
    return text`${first.text}${words(', then ', '，再')}${words(second.text.en, second.text.zh.replace('逐元素', ''))}`;
  return join(
    steps.map((s) => s.text),
    ' → ',
    ' → ',
  );
};

/** The overload of an op that a call chooses, and what the call does in a few words. */
export const calledOp = (
  { r }: Context,
  expr: Call,
): { readonly family: Family; readonly step: Words | undefined; readonly axes: Words | undefined } | undefined => {
  const call = opCall(r, expr);
  return call && { family: call.family, step: opStep(r, call)?.text, axes: axesWords(r, call) };
};
