import type { Words } from '../../ops';
import type { Expr, Stmt } from '../../syntax';
import { looseFormula } from '../formula';
import { makingWords } from '../making';
import { statementWords } from '../statements';
import { join, plain, text, words } from '../words';
import { calledName, codeText, nameOf } from './code';
import { describedSteps } from './described';
import { libraryWords } from './library';
import { measureWords } from './measures';
import { type Scope, selfAttribute, targetsOf } from './scope';

/** `losses[k] = loss.item()`: what is written, and where. */
export const storedWords = (s: Scope, stmt: Stmt, value: Expr): Words | undefined => {
  const [target, more] = targetsOf(stmt);
  if (target?.kind !== 'Subscript' || more) return undefined;
  const [whole, place] = [codeText(s, target.value, 32), codeText(s, target.index, 24)];
  if (whole === undefined) return undefined;
  const where = place === undefined ? whole : `${whole}[${place}]`;
  const masked = maskedWords(s, target, value);
  if (masked) return masked;
  const described = shortCode(s, value) ? undefined : describedSteps(s, value);
  const steps = described && described.length > 0 ? join(described, ' → ', ' → ') : undefined;
  const terms = value.kind === 'BinOp' ? looseFormula(value, (part) => codeText(s, part)) : undefined;
  const read = value.kind === 'Attribute' ? shortCode(s, value) : undefined;
  const what =
    read ??
    makingWords(s, value, true) ??
    statementWords(s, stmt) ??
    libraryWords(s, value) ??
    shortCode(s, value) ??
    steps ??
    (terms === undefined ? undefined : plain(terms));
  return what
    ? text`${words(`writes into ${where}: `, `写入 ${where}：`)}${what}`
    : words(`writes into ${where}`, `写入 ${where}`);
};

/** `x[x > 1] = 0`: a number where something holds. */
const maskedWords = (
  s: Scope,
  { value: whole, index }: Extract<Expr, { kind: 'Subscript' }>,
  value: Expr,
): Words | undefined => {
  const filler = index.kind === 'Compare' ? numeralOf(value) : undefined;
  const [name, test, number] = [codeText(s, whole, 32), codeText(s, index, 40), filler];
  if (number === undefined) return undefined;
  return name === undefined || test === undefined
    ? undefined
    : words(`sets ${name} to ${number} where ${test}`, `把 ${name} 中满足 ${test} 处置为 ${number}`);
};

/** `0`, `-1e9`, `float('-inf')`. */
const numeralOf = (value: Expr): string | undefined => {
  if (value.kind === 'Num') return `${value.value}`;
  if (value.kind === 'UnaryOp' && value.op === '-') {
    const inner = numeralOf(value.operand);
    return inner === undefined ? undefined : `−${inner}`;
  }
  const [only] = value.kind === 'Call' && calledName(value.func) === 'float' ? value.args : [];
  const inf = only?.value.kind === 'Str' ? /^(-?)inf$/i.exec(only.value.value) : undefined;
  return inf ? `${inf[1] === '' ? '' : '−'}∞` : undefined;
};

const sentence = (steps: readonly Words[] | undefined): string | undefined => steps?.map(({ en }) => en).join(' → ');

/** `boxes[keep], scores[keep]`: the same places of each. */
const pickedAlike = (s: Scope, items: readonly Expr[]): Words | undefined => {
  const [first, ...rest] = items.map((item) => {
    const [whole, place] = item.kind === 'Subscript' ? [nameOf(item.value), codeText(s, item.index, 32)] : [];
    const isSlice = item.kind === 'Subscript' && item.index.kind === 'Slice';
    return whole === undefined || place === undefined || isSlice ? undefined : ([whole, place] as const);
  });
  if (!first || rest.some((one) => one?.[1] !== first[1])) return undefined;
  const wholes = [first, ...rest].flatMap((one) => one?.[0] ?? []);
  return words(`of ${wholes.join(', ')} what stands at ${first[1]}`, `取 ${wholes.join('、')} 中 ${first[1]} 处的元素`);
};

const shortCode = (s: Scope, value: Expr): Words | undefined => {
  const code = codeText(s, value, 40);
  return code === undefined ? undefined : plain(code);
};

const isEmptyList = (item: Expr): boolean =>
  (item.kind === 'List' && item.items.length === 0) ||
  (item.kind === 'Call' && item.func.kind === 'Name' && item.func.id === 'list' && item.args.length === 0);

const isParam = ({ fn }: Scope, name: string): boolean => fn?.params.some((param) => param.name === name) === true;

/** `x, y = x.to(device), y.to(device)`: each name with what it gets. */
export const pairedWords = (s: Scope, stmt: Stmt, value: Expr): Words | undefined => {
  const names = targetsOf(stmt).map((target) => nameOf(target));
  if (names.length < 2 || names.some((name) => name === undefined)) return undefined;
  if (value.kind !== 'Tuple') {
    const whole = nameOf(value);
    return whole === undefined
      ? undefined
      : words(`takes ${whole} apart into ${names.join(', ')}`, `把 ${whole} 拆为 ${names.join('、')}`);
  }
  if (value.items.length !== names.length) return undefined;
  const params = value.items.map((item) => (item.kind === 'Name' && isParam(s, item.id) ? item.id : undefined));
  const isKept = targetsOf(stmt).every((target, i) => selfAttribute(target) !== undefined && params[i] !== undefined);
  if (isKept) return words(`keeps the arguments ${params.join(', ')}`, `保存参数 ${params.join('、')}`);
  if (value.items.every(isEmptyList))
    return words(`empty lists ${names.join(', ')}, filled below`, `空列表 ${names.join('、')}，在下面逐个填入`);
  const made = value.items.map((item) => (item.kind === 'Call' ? calledName(item.func) : undefined));
  if (made.every((name) => name !== undefined && /(^|\.)[A-Z]\w*[a-z]\w*$/.test(name)))
    return words(`makes ${made.join(' and ')}`, `建立 ${made.join('、')}`);
  const alike = value.items.map((item) => describedSteps(s, item));
  const [first] = alike;
  if (first && first.length > 0 && alike.every((steps) => sentence(steps) === sentence(first)))
    return text`${words('each: ', '各自')}${join(first, ' → ', ' → ')}`;
  const told = value.items.map((item) => libraryWords(s, item));
  if (told.every((one) => one !== undefined)) return join(told, ', ', '，');
  const sizes = value.items.map((item) => measureWords(s, item));
  if (sizes.every((one) => one !== undefined))
    return join(
      sizes.map((size, i) => words(`${names[i]} is ${size.en}`, `${names[i]} 为 ${size.zh}`)),
      ', ',
      '，',
    );
  const own = value.items.map((item) => selfAttribute(item));
  if (own.every((attr, i) => attr !== undefined && attr === names[i]))
    return words(`the ${own.join(', ')} that the instance keeps`, `取实例保存的 ${own.join('、')}`);
  const picked = pickedAlike(s, value.items);
  if (picked) return picked;
  const each = value.items.map((item, i) => {
    const code = codeText(s, item, 32);
    return code === undefined ? undefined : `${names[i]} = ${code}`;
  });
  return each.every((one) => one !== undefined) ? words(each.join(', '), each.join('，')) : undefined;
};
