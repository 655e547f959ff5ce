import { describe, type Family, findFamily, type Words } from '../../ops';
import type { Call, Expr } from '../../syntax';
import { overloadOf } from '../arguments';
import { creationWords } from '../created';
import { formulaOf, looseFormula } from '../formula';
import { isSilent } from '../ops';
import { inside, join, plain, text, words } from '../words';
import { calledName, codeText, entryOf } from './code';
import { fullName, importedFrom } from './imports';
import { pythonWords } from './python';
import type { Scope } from './scope';
import { given } from './tellings';

/** Where a library is called that nothing ran: what its function does, if its name leaves no doubt. */
export const describedCall = (s: Scope, call: Call): Words | undefined => {
  const { func } = call;
  const name = calledName(func) ?? '';
  const [head = '', ...rest] = name.split('.');
  const home = entryOf(MODULES, head);
  const isBound = s.fn?.params.some((param) => param.name === head) === true;
  const method = func.kind === 'Attribute' && isTensorMethod(s, func) ? `torch.Tensor.${func.attr}` : undefined;
  const imported = home === undefined && func.kind === 'Name' && importedFrom(s, name) !== undefined;
  const path = home !== undefined && !isBound ? [home, ...rest].join('.') : imported ? fullName(s, name) : method;
  const family = path === undefined ? undefined : findFamily(path);
  const isMethod = !imported && (home === undefined || isBound);
  const made =
    path === undefined
      ? undefined
      : creationWords(path.slice(path.lastIndexOf('.') + 1), call.args, (part) => codeText(s, part));
  const own =
    (family && (RANGE.test(path ?? '') ? made : undefined)) ??
    (family && (boundedWords(s, call, isMethod) ?? meaningOf(s, overloadOf(family, call, isMethod), call, isMethod)));
  const said = own && own.zh !== '' && own.zh.length <= LONGEST_MEANING ? own : undefined;
  const first = said && method !== undefined && func.kind === 'Attribute' ? describedSteps(s, func.value) : undefined;
  return said && first && first.length > 0 ? join([...first, said], ' → ', ' → ') : said;
};

const RANGE = /^(torch|paddle)\.(arange|randint)$/;

/** `x.clamp(min=0)`, `torch.clip(x, 0, 1)`: what is cut off. */
const boundedWords = (s: Scope, call: Call, isMethod: boolean): Words | undefined => {
  if (!/(^|\.)(clamp|clip)_?$/.test(calledName(call.func) ?? '')) return undefined;
  const first = isMethod ? 0 : 1;
  const [low, high] = [given(s, call, first, 'min'), given(s, call, first + 1, 'max')].map((bound) =>
    bound === 'None' ? undefined : bound,
  );
  if (low !== undefined && high !== undefined) return words(`limits to [${low}, ${high}]`, `限制在 [${low}, ${high}]`);
  if (low !== undefined) return words(`at least ${low}`, `下限 ${low}`);
  return high === undefined ? undefined : words(`at most ${high}`, `上限 ${high}`);
};

/** What an expression does of which no value is known, step by step; undefined where a step has no words. */
export const describedSteps = (s: Scope, expr: Expr): readonly Words[] | undefined => {
  switch (expr.kind) {
    case 'Name':
    case 'Attribute':
      return [];
    case 'Call': {
      const { func } = expr;
      const turned = func.kind === 'Attribute' ? convertedWords(expr, func.attr) : undefined;
      if (turned && func.kind === 'Attribute') {
        const before = describedSteps(s, func.value);
        return before && [...before, turned];
      }
      const trimmed = func.kind === 'Attribute' ? trimmedWords(s, expr, func.attr) : undefined;
      if (trimmed && func.kind === 'Attribute') {
        const before = describedSteps(s, func.value);
        return before && [...before, trimmed];
      }
      const isQuiet = func.kind === 'Attribute' && isSilent(func.attr) && expr.args.every(({ star }) => star === 0);
      if (isQuiet) return describedSteps(s, func.value);
      const said = describedCall(s, expr) ?? pythonWords(s, expr, fullName(s, calledName(expr.func) ?? ''));
      if (said) return [said];
      const name = codeText(s, func, 24);
      const [only, more] = expr.args.map(({ value }) => value);
      const before = only?.kind === 'Call' && !more ? describedSteps(s, only) : [];
      return before && name !== undefined && /^[\w.]+$/.test(name) ? [...before, plain(name)] : undefined;
    }
    case 'UnaryOp': {
      const inner = expr.op === '-' ? describedSteps(s, expr.operand) : undefined;
      return inner && [...inner, words('negates', '取负')];
    }
    case 'Compare': {
      const code = codeText(s, expr, 40);
      return code === undefined ? undefined : [words(`whether ${code}, element by element`, `逐元素判断 ${code}`)];
    }
    case 'BinOp':
      return operationSteps(s, expr);
    default:
      return undefined;
  }
};

/** `image.convert('L')`, `array.astype('float32')`. */
const convertedWords = ({ args: [first] }: Call, method: string): Words | undefined => {
  const to = first?.value.kind === 'Str' ? first.value.value : undefined;
  if (to === undefined || (method !== 'convert' && method !== 'astype')) return undefined;
  if (method === 'convert' && to === 'L') return words('as a grey image', '转为灰度图');
  return words(`as ${to}`, `转为 ${to}`);
};

/** `line.strip('\n').lower()`. */
export const trimmedWords = (s: Scope, { args: [first, more] }: Call, method: string): Words | undefined => {
  if (more) return undefined;
  const cut = first ? codeText(s, first.value, 12) : '';
  const where = entryOf(TRIMMED, method);
  if (where && cut !== undefined)
    return cut === ''
      ? words(`without space ${where.en}`, `去掉${where.zh}的空白`)
      : words(`without ${cut} ${where.en}`, `去掉${where.zh}的 ${cut}`);
  if (first || (method !== 'lower' && method !== 'upper')) return undefined;
  return method === 'lower' ? words('in lower case', '转为小写') : words('in upper case', '转为大写');
};

const TRIMMED: Readonly<Record<string, Words>> = {
  strip: words('at both ends', '首尾'),
  lstrip: words('at the front', '开头'),
  rstrip: words('at the end', '末尾'),
};

/** `lam * f(x)`, `f(x) - 1`: a step on what the one side does. */
const operationSteps = (s: Scope, expr: Extract<Expr, { kind: 'BinOp' }>): readonly Words[] | undefined => {
  const formula = formulaOf(expr);
  if (formula !== undefined) return [plain(formula)];
  if (expr.op === '@') return productSteps(s, expr);
  const [a, b] = [expr.left, expr.right].map((side) => isLeaf(side));
  const terms = a === b ? looseFormula(expr, (part) => codeText(s, part, 24)) : undefined;
  if (a === b) return terms === undefined ? undefined : [plain(terms)];
  const [other, inner] = a ? [expr.left, expr.right] : [expr.right, expr.left];
  const steps = describedSteps(s, inner);
  const verb = !a || expr.op === '+' || expr.op === '*' ? entryOf(OPERATIONS, expr.op) : undefined;
  const by = codeText(s, other, 24);
  if (!steps || !verb || by === undefined) return undefined;
  if (expr.op === '**' && by === '2') return [...steps, words('squares', '平方')];
  return [...steps, words(`${verb.en} ${by}`, `${verb.zh} ${by}`)];
};

/** `z @ z.t()`: the steps of the side that has any, then the product. */
const productSteps = (s: Scope, { left, right }: Extract<Expr, { kind: 'BinOp' }>): readonly Words[] | undefined => {
  const sides = [left, right].map((side) => describedSteps(s, side));
  const [busy = [], more] = sides.filter((steps) => steps !== undefined && steps.length > 0);
  if (sides.includes(undefined) || more) return undefined;
  return busy.at(-1)?.en === PRODUCT.en ? busy : [...busy, PRODUCT];
};

const PRODUCT = words('matrix product', '矩阵乘法');

const isLeaf = (expr: Expr): boolean => expr.kind === 'Name' || expr.kind === 'Num' || expr.kind === 'Attribute';

const OPERATIONS: Readonly<Record<string, Words>> = {
  '+': words('adds', '加'),
  '-': words('subtracts', '减'),
  '*': words('times', '乘以'),
  '/': words('divided by', '除以'),
  '**': words('to the power of', '求幂，指数'),
};

/** A method that only tensors have, or any that is called on what such a method gives. */
const isTensorMethod = (s: Scope, { value, attr }: Extract<Expr, { kind: 'Attribute' }>): boolean =>
  (value.kind === 'Name' && s.r.values(value).some(({ kind }) => kind === 'tensor')) ||
  (!isSelf(value) && !isImported(s, value) && entryOf(TENSOR_METHODS, attr) === true) ||
  (value.kind === 'Call' && value.func.kind === 'Attribute' && isTensorMethod(s, value.func));

const isImported = (s: Scope, value: Expr): boolean =>
  value.kind === 'Name' && (/^(np|numpy|math)$/.test(value.id) || importedFrom(s, value.id) !== undefined);

const isSelf = (expr: Expr): boolean => expr.kind === 'Name' && expr.id === 'self';

const LONGEST_MEANING = 32;

const MODULES: Readonly<Record<string, string>> = {
  torch: 'torch',
  nn: 'torch.nn',
  F: 'torch.nn.functional',
  paddle: 'paddle',
};

/** Methods that nothing but a tensor or an array has. */
const TENSOR_METHODS: Readonly<Record<string, true>> = {
  mean: true,
  std: true,
  argmax: true,
  masked_fill: true,
  squeeze: true,
  unsqueeze: true,
  permute: true,
  transpose: true,
  reshape: true,
  view: true,
  flatten: true,
  softmax: true,
  sigmoid: true,
  contiguous: true,
  type: true,
  ...{ sum: true, pow: true, sqrt: true, exp: true, log: true, clamp: true, norm: true, topk: true, gather: true },
  ...{
    argmin: true,
    logsumexp: true,
    log_softmax: true,
    cumsum: true,
    long: true,
    matmul: true,
    bmm: true,
    expand: true,
    prod: true,
    clip: true,
    ...{ eq: true, ne: true, gt: true, lt: true, ge: true, le: true, chunk: true, argsort: true },
    ...{ expand_as: true, view_as: true, nonzero: true },
  },
};

/** What a family means; what is taken over all elements by default, over the axes that the call names. */
const meaningOf = (s: Scope, family: Family, call: Call, isMethod: boolean): Words | undefined => {
  const name = family.path.slice(family.path.lastIndexOf('.') + 1);
  const verb = entryOf(OVER_ALL, name);
  if (!verb) return inside(describe(family).meaning);
  if (call.args.some(({ star }) => star > 0)) return undefined;
  const named = call.args.find((arg) => arg.name === 'dim' || arg.name === 'axis')?.value;
  const second = call.args.filter((arg) => arg.name === undefined)[isMethod ? 0 : 1]?.value;
  if (!named && !second) return inside(describe(family).meaning);
  const ofTwo = entryOf(OF_TWO, name);
  if (ofTwo && second?.kind === 'Subscript' && hasSlice(second.index)) return ofTwo;
  // `max(a, b)` is of two tensors, `norm(x, 2)` has an order, `var(x, False)` a flag.
  const axis = named ?? (second && isAxis(second) && name !== 'norm' ? second : undefined);
  const code = axis && codeText(s, axis, 24);
  if (code === undefined) return undefined;
  const along =
    code === '-1'
      ? words('along the last axis', '沿最后一维')
      : /^[([]/.test(code)
        ? words(`along the axes ${code}`, `沿 ${code} 各维`)
        : words(`along axis ${code}`, `沿第 ${code} 维`);
  const places = /^(max|min|median)$/.test(name) ? words(', with the indices', '，并给出下标') : plain('');
  return text`${words(`${verb.en} ${along.en}`, `${along.zh}${verb.zh}`)}${places}`;
};

/** `max(a[:, 0], b[:, 0])` takes no axis: a part of a tensor is no number. */
const OF_TWO: Readonly<Record<string, Words>> = {
  max: words('the larger one element-wise', '逐元素取较大者'),
  min: words('the smaller one element-wise', '逐元素取较小者'),
};

const hasSlice = (index: Expr): boolean =>
  index.kind === 'Slice' || (index.kind === 'Tuple' && index.items.some(hasSlice));

const isAxis = (expr: Expr): boolean => {
  if (expr.kind === 'Tuple' || expr.kind === 'List') return expr.items.every(isAxis);
  return expr.kind === 'UnaryOp' ? expr.op === '-' && isAxis(expr.operand) : expr.kind === 'Num' && expr.type === 'int';
};

/** What takes all elements unless it is told the axes. */
const OVER_ALL: Readonly<Record<string, Words>> = {
  softmax: words('softmax', '取 softmax'),
  log_softmax: words('log-softmax', '取 log-softmax'),
  cumsum: words('running sum', '累加'),
  mean: words('mean', '求均值'),
  sum: words('sum', '求和'),
  std: words('standard deviation', '求标准差'),
  var: words('variance', '求方差'),
  prod: words('product', '求积'),
  all: words('whether all are true', '判断是否全为真'),
  any: words('whether any is true', '判断是否有真'),
  max: words('maximum', '取最大'),
  min: words('minimum', '取最小'),
  amax: words('maximum', '取最大'),
  amin: words('minimum', '取最小'),
  median: words('median', '取中位数'),
  norm: words('norm', '求范数'),
  argmax: words('index of the largest element', '求最大元素的下标'),
  argmin: words('index of the smallest element', '求最小元素的下标'),
};
