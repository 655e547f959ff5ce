import type { Family, Words } from '../ops';
import type { BinOp, Call, Expr } from '../syntax';
import type { TensorValue, Value } from '../values';
import { opCall } from './arguments';
import type { Context } from './context';
import { divergenceWords } from './divergence';
import { operandsOf, tensorOf } from './flow';
import { formulaOf, mathsOf } from './formula';
import { noteWords, roleWords } from './idioms';
import { isModule, moduleStep } from './modules';
import { axesWords, namedAxis, opStep, type Step } from './ops';
import { subscriptWords } from './subscripts';
import { join, plain, text, words } from './words';

/** The steps of a computation, innermost first. `[]` where nothing happens (a name) or nothing can be said. */
export const stepsOf = (cx: Context, expr: Expr): readonly Step[] => {
  const divergence = isTensor(cx, expr) ? divergenceWords(cx, expr) : undefined;
  if (divergence) return [{ text: divergence }];
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
      return expr.attr === 'T' ? [...stepsOf(cx, expr.value), { text: words('transposes', '转置'), moves: true }] : [];
    case 'NamedExpr':
      return stepsOf(cx, expr.value);
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
  const own = withRole(cx, expr, ownStep(cx, expr));
  const before = beforeOf(cx, expr);
  if (own) return [...before, own];
  return before.length > 0 && isForeign(cx, expr) ? [...before, ...calledStep(cx, expr)] : before;
};

/** Whether something is called that is neither an op nor a module: what its arguments went through is not all that is done. */
const isForeign = (cx: Context, expr: Call): boolean =>
  opCall(cx.r, expr) === undefined && !cx.r.values(expr.func).some(isModule);

const calledStep = (cx: Context, { func }: Call): readonly Step[] => {
  const name = cx.source(func).replace(/\bself\./g, '');
  return [{ text: /^[\w.]{1,32}$/.test(name) ? plain(name) : words('what is called here', '此处的调用') }];
};

/** `map(lambda t: t.reshape(…).transpose(1, 2), parts)`: what is done to each part. */
const mappedStep = (cx: Context, { func, args: [first] }: Call): Step | undefined => {
  if (func.kind !== 'Name' || func.id !== 'map' || first?.value.kind !== 'Lambda') return undefined;
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

const ownStep = ({ r }: Context, expr: Call): Step | undefined => {
  const callees = r.values(expr.func);
  if (callees.length > 0 && callees.every(isModule)) {
    const said = callees.map((callee) => moduleStep(r, callee));
    const [first] = said;
    return first && said.every((one) => one?.zh === first.zh) ? { text: first } : undefined;
  }
  const call = opCall(r, expr);
  return call && opStep(r, call);
};

/** The steps before a call: those of its one operand that has any. */
const beforeOf = (cx: Context, expr: Expr): readonly Step[] => {
  const operands = operandsOf(expr).flatMap((operand) =>
    operand.kind === 'Tuple' || operand.kind === 'List' ? operand.items : [operand],
  );
  const busy = operands
    .filter((o) => isTensor(cx, o))
    .map((o) => stepsOf(cx, o))
    .filter((s) => s.length > 0);
  const [only, more] = busy;
  return more ? [] : (only ?? []);
};

const isTensor = ({ r }: Context, expr: Expr): boolean => r.values(expr).some((v) => v.kind === 'tensor');

/** Nobody reads `[:, None, :, None, 0]` in words; short ones are shown as they are. */
const subscriptSteps = (cx: Context, expr: Extract<Expr, { kind: 'Subscript' }>): readonly Step[] => {
  if (!isTensor(cx, expr.value)) return isTensor(cx, expr) ? pickedSteps(cx, expr) : [];
  const shape = tensorOf(cx.r, expr.value)?.shape;
  const said = subscriptWords(expr.index, cx.source, (axis) => namedAxis(cx.r, axis, shape));
  if (said) return [...stepsOf(cx, expr.value), { text: said, moves: true }];
  const index = cx.source(expr.index);
  if (index.length > 24 || index.includes('\n')) return stepsOf(cx, expr.value);
  return [...stepsOf(cx, expr.value), { text: words(`takes [${index}]`, `取 [${index}]`), moves: true }];
};

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
  const own = withRole(cx, expr, arithmetic(cx, expr));
  return own ? [...beforeOf(cx, expr), own] : beforeOf(cx, expr);
};

/** What an operator does to a tensor; undefined where it is not told. */
export const arithmetic = (cx: Context, expr: BinOp): Step | undefined => {
  const [left, right] = [cx.r.value(expr.left), cx.r.value(expr.right)];
  const both = left?.kind === 'tensor' && right?.kind === 'tensor';
  switch (expr.op) {
    case '+':
      if (both) return { text: sum(cx, expr), arithmetic: 'add' };
      return scalar(cx, expr, 'adds #', '加 #');
    case '-':
      if (both) return { text: words('subtracts element-wise', '逐元素相减') };
      return scalar(cx, expr, 'subtracts #', '减 #');
    case '*':
      if (both) return { text: product(cx, left, right), arithmetic: 'mul' };
      return scalar(cx, expr, 'times #', '乘以 #');
    case '/':
      if (both) return { text: words('divides element-wise', '逐元素相除') };
      return scalar(cx, expr, 'divided by #', '除以 #');
    case '@':
      return { text: words('matrix product', '矩阵乘法') };
    case '**':
      return scalar(cx, expr, 'to the power of #', '求 # 次幂');
    default:
      return undefined;
  }
};

/** `a + alpha * b`: which of the two a learnable number weights. */
const sum = (cx: Context, { left, right }: BinOp): Words => {
  const weighted = [right, left].flatMap((side) =>
    side.kind === 'BinOp' && side.op === '*' ? [weightIn(cx, side)] : [],
  );
  const [weight, more] = weighted;
  return weight === undefined || more !== undefined
    ? words('adds element-wise', '逐元素相加')
    : words(`adds element-wise, one of the two times ${weight}`, `逐元素相加，其中一支先乘以 ${weight}`);
};

const weightIn = (cx: Context, { left, right }: BinOp): string | undefined => {
  const weight = [left, right].find((side) => {
    const value = cx.r.value(side);
    return value?.kind === 'tensor' && value.parameter && !value.shape.rest && value.shape.dims.every((d) => d === 1);
  });
  const code = weight && cx.source(weight).replace(/\bself\./g, '');
  return code !== undefined && code.length <= 24 && !code.includes('\n') ? code : undefined;
};

/** A weight per channel or place is spread over the map that it is multiplied with. */
const product = ({ r }: Context, left: TensorValue, right: TensorValue): Words =>
  r.shape(left.shape) === r.shape(right.shape)
    ? words('multiplies element-wise', '逐元素相乘')
    : words('multiplies with broadcasting', '广播相乘');

const scalar = (cx: Context, expr: BinOp, en: string, zh: string): Step | undefined => {
  const other = isTensor(cx, expr.left) ? expr.right : expr.left;
  // What stands on the left of a minus or a slash is not what is taken away or divided by.
  if (other === expr.left && expr.op !== '+' && expr.op !== '*') return undefined;
  const value = cx.r.value(other);
  // What nobody knows may be a tensor.
  if (other.kind !== 'Num' && value?.kind !== 'int' && value?.kind !== 'float') return undefined;
  const size = scalarText(cx, other, value);
  if (size.length > 24 || size.includes('\n')) return undefined;
  return { text: words(en.replace('#', size), zh.replace('#', size)), ...(expr.op === '*' && { arithmetic: 'mul' }) };
};

const scalarText = (cx: Context, expr: Expr, value: Value | undefined): string => {
  const size = value?.kind === 'int' ? cx.r.dim(value.value) : '?';
  if (size !== '?') return size;
  const base = expr.kind === 'BinOp' && expr.op === '**' ? cx.r.value(expr.left) : undefined;
  const root = base?.kind === 'int' && expr.kind === 'BinOp' ? cx.source(expr.right).replace(/[() ]/g, '') : '';
  const under = base?.kind === 'int' ? cx.r.dim(base.value) : '?';
  if (/^-0?\.50*$/.test(root) && under !== '?') return `1/√${/^[\w.]+$/.test(under) ? under : `(${under})`}`;
  return formulaOf(expr) ?? cx.source(expr).replace(/\bself\./g, '');
};

/** Steps in one text: `3×3 convolution → batch norm → ReLU`; arithmetic reads on. */
export const told = (steps: readonly Step[]): Words | undefined => {
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
