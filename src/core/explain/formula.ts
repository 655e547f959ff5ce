import type { Call, Expr } from '../syntax';
import { calledName, entryOf, nameOf } from './lines/code';

/** A formula longer than this reads no better than the code. */
const LONGEST = 60;

/** Arithmetic as it is written on paper: `γ/√(σ² + ε)` for `(gamma / (var + eps).sqrt())`; undefined where it is more than arithmetic. */
export const formulaOf = (expr: Expr): string | undefined => {
  const found = arithmetic(expr);
  return found && found.signs > 0 && found.text.length <= LONGEST ? found.text : undefined;
};

/** The same, where calls and parts of tensors may stand in it as the code has them. */
export const looseFormula = (expr: Expr, source: (part: Expr) => string | undefined): string | undefined => {
  const found = arithmetic(expr, source);
  return found && found.signs > 0 && found.text.length <= LONGEST_LOOSE ? found.text : undefined;
};

const LONGEST_LOOSE = 84;

/** A formula, or several in a tuple. */
export const formulasOf = (expr: Expr): string | undefined => {
  if (expr.kind !== 'Tuple') return formulaOf(expr);
  const parts = expr.items.map((item) => formulaOf(item) ?? (item.kind === 'Name' ? item.id : undefined));
  return parts.every((part) => part !== undefined) ? parts.join(', ') : undefined;
};

interface Part {
  readonly text: string;
  /** How tightly it binds: a sum 1, a product 2, a power 3, a name 4. */
  readonly binding: number;
  /** Operators and functions in it. */
  readonly signs: number;
}

type Source = ((part: Expr) => string | undefined) | undefined;

const arithmetic = (expr: Expr, source?: Source): Part | undefined => {
  const found = written(expr, source);
  const code = found || !source ? undefined : /^(Call|Subscript)$/.test(expr.kind) ? source(expr) : undefined;
  return found ?? (code === undefined ? undefined : { text: code, binding: 4, signs: 0 });
};

const written = (expr: Expr, source: Source): Part | undefined => {
  switch (expr.kind) {
    case 'Name':
    case 'Attribute': {
      const name = nameOf(expr);
      return name === undefined ? undefined : { text: name, binding: 4, signs: 0 };
    }
    case 'Subscript': {
      const [whole, part] = [nameOf(expr.value), nameOf(expr.index)];
      return whole === undefined || part === undefined
        ? undefined
        : { text: `${whole}[${part}]`, binding: 4, signs: 0 };
    }
    case 'Num':
      return { text: numeralOf(expr.value), binding: 4, signs: 0 };
    case 'UnaryOp': {
      const inner = expr.op === '-' ? arithmetic(expr.operand, source) : undefined;
      return inner && { text: `−${within(inner, 2)}`, binding: 2, signs: inner.signs + 1 };
    }
    case 'BinOp':
      return operation(expr, source);
    case 'Call':
      return functionOf(expr, source);
    default:
      return undefined;
  }
};

/** `1e-6`, where the digits would be hard to count. */
const numeralOf = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : `${value}`;

const within = ({ text, binding }: Part, least: number): string => (binding < least ? `(${text})` : text);

const operation = ({ op, left, right }: Extract<Expr, { kind: 'BinOp' }>, source: Source): Part | undefined => {
  const [a, b] = [arithmetic(left, source), arithmetic(right, source)];
  if (!a || !b) return undefined;
  const signs = a.signs + b.signs + 1;
  switch (op) {
    case '+':
      return { text: `${a.text} + ${b.text}`, binding: 1, signs };
    case '-':
      return { text: `${a.text} − ${within(b, 2)}`, binding: 1, signs };
    case '*':
      return { text: `${within(a, 2)}·${within(b, 2)}`, binding: 2, signs };
    case '/':
      return { text: `${within(a, 2)}/${within(b, 3)}`, binding: 2, signs };
    case '//':
      return { text: `⌊${within(a, 2)}/${within(b, 3)}⌋`, binding: 4, signs };
    case '%':
      return { text: `${within(a, 2)} mod ${within(b, 3)}`, binding: 2, signs };
    case '**':
      return power(a, b, right, signs);
    default:
      return undefined;
  }
};

const DIGITS = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

const power = (base: Part, exponent: Part, source: Expr, signs: number): Part => {
  const value = numberOf(source);
  if (value === 0.5) return { text: `√${within(base, 4)}`, binding: 3, signs };
  if (value === -0.5) return { text: `1/√${within(base, 4)}`, binding: 2, signs };
  const digit = value === undefined ? undefined : DIGITS[value];
  return { text: `${within(base, 4)}${digit ?? `^${within(exponent, 4)}`}`, binding: 3, signs };
};

const numberOf = (expr: Expr): number | undefined => {
  if (expr.kind === 'Num') return expr.value;
  const inner = expr.kind === 'UnaryOp' && expr.op === '-' ? numberOf(expr.operand) : undefined;
  return inner === undefined ? undefined : -inner;
};

/** `paddle.multiply(a, b)` is a·b. */
const OPERATORS: Readonly<Record<string, '+' | '-' | '*' | '/'>> = {
  add: '+',
  subtract: '-',
  sub: '-',
  multiply: '*',
  mul: '*',
  divide: '/',
  div: '/',
};

const FUNCTIONS: Readonly<Record<string, (x: Part) => { readonly text: string; readonly binding: number }>> = {
  sqrt: (x) => ({ text: `√${within(x, 4)}`, binding: 3 }),
  rsqrt: (x) => ({ text: `1/√${within(x, 4)}`, binding: 2 }),
  exp: (x) => ({ text: `exp(${x.text})`, binding: 4 }),
  log: (x) => ({ text: `ln(${x.text})`, binding: 4 }),
  abs: (x) => ({ text: `|${x.text}|`, binding: 4 }),
  square: (x) => ({ text: `${within(x, 4)}²`, binding: 3 }),
  sin: (x) => ({ text: `sin(${x.text})`, binding: 4 }),
  cos: (x) => ({ text: `cos(${x.text})`, binding: 4 }),
  sigmoid: (x) => ({ text: `sigmoid(${x.text})`, binding: 4 }),
  tanh: (x) => ({ text: `tanh(${x.text})`, binding: 4 }),
};

/** What averages or adds up all elements: within a formula of terms, never by itself. */
const WHOLES: typeof FUNCTIONS = {
  mean: (x) => ({ text: `mean(${x.text})`, binding: 4 }),
  sum: (x) => ({ text: `sum(${x.text})`, binding: 4 }),
  relu: (x) => ({ text: `ReLU(${x.text})`, binding: 4 }),
  softplus: (x) => ({ text: `softplus(${x.text})`, binding: 4 }),
};

const LIBRARIES = /^(torch|paddle|math|np|numpy|F|nn\.functional)\.\w+$/;

/** `x.sqrt()` and `torch.sqrt(x)` are √x. */
const functionOf = (call: Call, source: Source): Part | undefined => {
  const { func, args } = call;
  const name = calledName(func);
  if (name === 'min' || name === 'max') return extreme(call, name, source);
  // Of two tensors, never along an axis.
  const larger = /^(torch|paddle)\.(max|min)(imum)?$/.exec(name ?? '')?.[2];
  const isOfTwo = args.length === 2 && /^(Name|Subscript|Call)$/.test(args[1]?.value.kind ?? '');
  if (source && larger && isOfTwo) return extreme(call, larger, source);
  const operator =
    name === undefined || !LIBRARIES.test(name) ? undefined : entryOf(OPERATORS, name.slice(name.lastIndexOf('.') + 1));
  const [left, right, third] = args;
  if (operator && left && right && !third && [left, right].every(({ star }) => star === 0))
    return operation({ ...call, kind: 'BinOp', op: operator, left: left.value, right: right.value }, source);
  if (name === undefined || args.some((arg) => arg.star !== 0)) return undefined;
  const two = ofTwo(call, name, source);
  if (two) return two;
  if (args.some((arg) => arg.name !== undefined)) return undefined;
  const isFree = LIBRARIES.test(name);
  const receiver = func.kind === 'Attribute' && !isFree ? [func.value] : [];
  const [only, more] = [...receiver, ...args.map((arg) => arg.value)];
  const last = name.slice(name.lastIndexOf('.') + 1);
  const known = entryOf(FUNCTIONS, last) ?? (source ? entryOf(WHOLES, last) : undefined);
  const inner = only && !more && known && (isFree || receiver.length > 0) ? arithmetic(only, source) : undefined;
  return inner && known && { ...known(inner), signs: inner.signs + 1 };
};

/** `min(a, b)` within a formula: by itself it is the code once more. */
const extreme = ({ args }: Call, name: string, source: Source): Part | undefined => {
  const parts = args.map((arg) =>
    arg.star === 0 && arg.name === undefined ? arithmetic(arg.value, source) : undefined,
  );
  const known = parts.filter((part) => part !== undefined);
  if (known.length < 2 || known.length < parts.length) return undefined;
  const signs = known.reduce((sum, part) => sum + part.signs, 0);
  return { text: `${name}(${known.map((part) => part.text).join(', ')})`, binding: 4, signs };
};

/** `torch.pow(x, 2)`, `x.clamp(min=0)`: a number beside what is worked on. */
const ofTwo = ({ func, args }: Call, name: string, source: Source): Part | undefined => {
  const isFree = LIBRARIES.test(name);
  const [whole, ...rest] =
    isFree || func.kind !== 'Attribute'
      ? args.map(({ value }) => value)
      : [func.value, ...args.map(({ value }) => value)];
  const [number, more] = rest;
  const named = args.find((arg) => arg.name !== undefined)?.name;
  if (!whole || !number || more || (!isFree && func.kind !== 'Attribute')) return undefined;
  const [a, b] = [arithmetic(whole, source), arithmetic(number, source)];
  if (!a || !b || numberOf(number) === undefined) return undefined;
  const signs = a.signs + b.signs + 1;
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (last === 'pow' && named === undefined) return power(a, b, number, signs);
  if (last === 'clamp' && (named === undefined || named === 'min'))
    return { text: `max(${a.text}, ${b.text})`, binding: 4, signs };
  return last === 'clamp' && named === 'max' ? { text: `min(${a.text}, ${b.text})`, binding: 4, signs } : undefined;
};

/** A formula that says more than the code does: one with a root, a fraction, a power or a function in it. */
export const mathsOf = (expr: Expr): string | undefined => {
  const formula = formulaOf(expr);
  // A squashing function alone is told by what it does.
  const isAlone = formula !== undefined && /^(sigmoid|tanh)\([\w.]+\)$/.test(formula);
  return formula !== undefined && !isAlone && /[√/²³⌊|^]|\w\(|−.*·|·.*−/.test(formula) ? formula : undefined;
};
