import type { Words } from '../../ops';
import type { Expr, Stmt } from '../../syntax';
import { formulaOf, looseFormula, mathsOf } from '../formula';
import { isTied, roleWords } from '../idioms';
import { madeWords, makingWords, parameterOf } from '../making';
import { shapesOf } from '../reader';
import { sizeWords } from '../sizes';
import { statementWords } from '../statements';
import { statementsIn } from '../walk';
import { join, plain, text, words } from '../words';
import { namedArithmetic } from './arithmetic';
import { calledName, codeText, nameOf } from './code';
import { ingredientsOf, ingredientWords } from './ingredients';
import { keptWords } from './kept';
import { libraryWords } from './library';
import { wrappedWords } from './paddle-model';
import { relationWords } from './relations';
import { type Scope, selfAttribute, settersOf, targetsOf } from './scope';
import { pairedWords, storedWords } from './stores';
import { testWords } from './tests';
import { toolWords } from './tools';
import {
  choiceWords,
  isCodeAlone,
  ownedWords,
  ownResult,
  resultPart,
  sourceWords,
  unpackedWords,
  unseenCall,
} from './values';

type Assigning = Extract<Stmt, { readonly kind: 'Assign' | 'AnnAssign' | 'AugAssign' }>;

/** What an assignment is for: the layer that it makes, the size that it computes, what it keeps and who reads it. */
export const assignWords = (s: Scope, stmt: Assigning, inline: boolean): Words | undefined => {
  const { value } = stmt;
  if (!value) return stmt.kind === 'AnnAssign' ? declaredWords(s, stmt) : undefined;
  if (stmt.kind === 'AugAssign') return statementWords(s, stmt) ?? sizeWords(s, stmt) ?? grown(s, stmt);
  return (
    storedWords(s, stmt, value) ??
    movedWords(s, value) ??
    related(s, stmt, makingWords(s, value, inline) ?? parameterOf(s, value)) ??
    toolWords(s, value) ??
    gradientWords(s, value) ??
    (value.kind === 'Call' ? wrappedWords(s, value) : undefined) ??
    dataWords(s, stmt, value) ??
    namedArithmetic(s, value) ??
    keptWords(s, stmt, value) ??
    unpackedWords(s, stmt, value) ??
    choiceWords(s, value) ??
    ownResult(s, value) ??
    tiedWords(s, stmt, value) ??
    ownedWords(s, value) ??
    namedFormula(s, value, called(stmt)) ??
    plainFormula(s, value, called(stmt)) ??
    unseenCall(s, value) ??
    statementWords(s, stmt) ??
    (value.kind === 'Tuple' ? (allSizes(s, stmt, value) ?? pairedWords(s, stmt, value)) : undefined) ??
    ownSize(s, stmt) ??
    madeWords(s, value) ??
    pairedWords(s, stmt, value) ??
    sourceWords(s, value, called(stmt)) ??
    literalWords(s, stmt, value)
  );
};

/** What a loop over all modules works out is another number for each of them, also where one alone is known. */
const ownSize = (s: Scope, stmt: Assigning): Words | undefined => {
  const isOfEach = statementsIn(s.fn?.body ?? []).some(
    (one) =>
      one.kind === 'For' &&
      one.start < stmt.start &&
      stmt.end <= one.end &&
      /\.(named_)?(modules|children|parameters|sublayers)\(/.test(s.source(one.iter)),
  );
  return isOfEach ? undefined : sizeWords(s, stmt);
};

/** `g, = torch.autograd.grad(score.sum(), x)`: what is summed for it is no step on the way. */
const gradientWords = (s: Scope, value: Expr): Words | undefined =>
  value.kind === 'Call' && /(^|\.)autograd\.grad$/.test(calledName(value.func) ?? '')
    ? libraryWords(s, value)
    : undefined;

/** `h, w = math.ceil(H / 8) * 8, W // 2`: what the names are, where all of them are known sizes. */
const allSizes = (s: Scope, stmt: Assigning, { items }: Extract<Expr, { kind: 'Tuple' }>): Words | undefined => {
  const said = sizeWords(s, stmt);
  return said && said.en.split(' = ').length > items.length ? said : undefined;
};

/** `fused: bool`: a type, no value. */
const declaredWords = (s: Scope, { target, annotation }: Extract<Stmt, { kind: 'AnnAssign' }>): Words | undefined => {
  const [name, type] = [nameOf(target), codeText(s, annotation, 40)];
  return name === undefined || type === undefined
    ? undefined
    : words(`declares the type of ${name}: ${type}`, `声明 ${name} 的类型：${type}`);
};

/** `x = x.to(device)`: the same somewhere else. */
const movedWords = (s: Scope, value: Expr): Words | undefined => {
  const { func } = value.kind === 'Call' ? value : {};
  const isSame =
    func?.kind === 'Attribute' &&
    /^(to|cuda|cpu|float|half|double|long|clone)$/.test(func.attr) &&
    nameOf(func.value) !== undefined;
  const said = isSame ? libraryWords(s, value) : undefined;
  return said && text`${said}${resultPart(s.r, value)}`;
};

/** `self.conv.weight.data = kernel`: the numbers of a tensor are replaced. */
const dataWords = (s: Scope, stmt: Assigning, value: Expr): Words | undefined => {
  const [target, more] = targetsOf(stmt);
  if (target?.kind !== 'Attribute' || target.attr !== 'data' || more || selfAttribute(target) === 'data')
    return undefined;
  const [name, code] = [codeText(s, target.value, 40), codeText(s, value, 40)];
  if (name === undefined || code === undefined) return undefined;
  return text`${words(`writes ${code} into ${name}`, `把 ${code} 写入 ${name}`)}${resultPart(s.r, value)}`;
};

/** A list, tuple or number that is written out; a test that is kept. */
const literalWords = (s: Scope, stmt: Assigning, value: Expr): Words | undefined => {
  const name = called(stmt);
  if (name === undefined) return undefined;
  if (value.kind === 'Tuple' || value.kind === 'List' || value.kind === 'Dict') return collection(s, value, name);
  if (isText(value)) {
    const parts = ingredientsOf(s, value);
    return parts
      ? words(`text put together with ${parts.join(', ')}`, `拼成的字符串，含 ${parts.join('、')}`)
      : words('text put together here', '拼成的字符串');
  }
  if (isMaskTest(value)) return text`${words(`${name}: whether `, `${name} 记录是否满足：`)}${maskWords(s, value)}`;
  if (value.kind === 'UnaryOp' && value.op === 'not')
    return text`${words(`${name}: whether `, `${name} 记录是否满足：`)}${testWords(s, value)}`;
  const code = codeText(s, value, 40);
  const read = value.kind === 'Attribute' ? readWords(s, value) : undefined;
  if (read) return read;
  if (code === name) return words(`${name} is ${s.source(value)}`, `${name} 取 ${s.source(value)}`);
  const formula = looseFormula(value, (part) => codeText(s, part));
  if (
    formula !== undefined &&
    (code === undefined || (value.kind === 'BinOp' && /[√²³⌊·]/.test(formula) && !isCodeAlone(value)))
  )
    return plain(`${name} = ${formula}`);
  const together = value.kind === 'BinOp' ? togetherWords(s, value, name) : undefined;
  if (together) return together;
  return code === undefined ? ingredientWords(s, value) : plain(`${name} = ${code}`);
};

/** `y = y + f(x)`, `a + b` of things that nobody knows: the formula would be the code once more. */
export const togetherWords = (
  s: Scope,
  { op, left, right }: Extract<Expr, { kind: 'BinOp' }>,
  name: string | undefined,
): Words | undefined => {
  const [a, b] = [codeText(s, left, SHORT), codeText(s, right, SHORT)];
  if (a === undefined || b === undefined) return undefined;
  if (left.kind === 'List' && op === '*')
    return words(`list: ${b} times what ${a} holds`, `列表：${a} 的内容重复 ${b} 次`);
  if (op === '+' && (left.kind === 'List' || right.kind === 'List'))
    return words(`list: ${a}, then ${b}`, `列表：${a} 后接 ${b}`);
  const said = AUGMENTED[op];
  if (name !== undefined && a === name && said) return said(name, b);
  return TOGETHER[op]?.(a, b);
};

const TOGETHER: Readonly<Partial<Record<string, (a: string, b: string) => Words>>> = {
  '+': (a, b) => words(`the sum of ${a} and ${b}`, `${a} 与 ${b} 之和`),
  '-': (a, b) => words(`${a} minus ${b}`, `${a} 减去 ${b}`),
  '*': (a, b) => words(`the product of ${a} and ${b}`, `${a} 与 ${b} 之积`),
  '/': (a, b) => words(`${a} divided by ${b}`, `${a} 除以 ${b}`),
  '//': (a, b) => words(`${a} divided by ${b}, rounded down`, `${a} 除以 ${b}，向下取整`),
};

/** `f'{a}'`, `'{}'.format(a)`, `'%d' % a`, `'(' + a + ')'`. */
export const isText = (value: Expr): boolean =>
  value.kind === 'FString' ||
  (value.kind === 'BinOp' &&
    value.op === '+' &&
    [value.left, value.right].some((side) => side.kind === 'Str' || isText(side))) ||
  (value.kind === 'BinOp' && value.op === '%' && value.left.kind === 'Str') ||
  (value.kind === 'Call' &&
    value.func.kind === 'Attribute' &&
    value.func.attr === 'format' &&
    value.func.value.kind === 'Str');

/** `x.device`, `batch.src`, `self.heads`: what is read, and of what. */
const readWords = (s: Scope, value: Extract<Expr, { kind: 'Attribute' }>): Words | undefined => {
  const [owner, { attr }] = [codeText(s, value.value, 32), value];
  if (s.r.value(value)?.kind === 'function' || /^[A-Z]/.test(attr)) return undefined;
  if (selfAttribute(value) !== undefined)
    return settersOf(s.cls, attr).includes('__init__')
      ? words(`the ${attr} that the instance keeps`, `取实例保存的 ${attr}`)
      : words(`self.${attr} of the instance`, `取实例的 ${attr}`);
  if (owner === undefined || !/^[\w.]+$/.test(owner)) return undefined;
  if (attr === 'device') return words(`the device that ${owner} is on`, `${owner} 所在的设备`);
  if (attr === 'dtype') return words(`the type of the numbers in ${owner}`, `${owner} 的数据类型`);
  return words(`the ${attr} of ${owner}`, `取 ${owner} 的 ${attr}`);
};

/** `(a > 1) & (b < 2)`: comparisons of tensors, element by element. */
const isMaskTest = (value: Expr): boolean =>
  value.kind === 'BinOp' &&
  (value.op === '&' || value.op === '|') &&
  [value.left, value.right].every((side) => side.kind === 'Compare' || isMaskTest(side));

const maskWords = (s: Scope, value: Expr): Words => {
  if (value.kind !== 'BinOp') return testWords(s, value);
  const sides = [value.left, value.right].map((side) => maskWords(s, side));
  return value.op === '&' ? join(sides, ' and ', '，且') : join(sides, ' or ', '，或');
};

const collection = (s: Scope, value: Extract<Expr, { kind: 'Tuple' | 'List' | 'Dict' }>, name: string): Words => {
  const count = value.kind === 'Dict' ? value.entries.length : value.items.length;
  const code = codeText(s, value, 40);
  const kind = { Tuple: words('tuple', '元组'), List: words('list', '列表'), Dict: words('dictionary', '字典') }[
    value.kind
  ];
  const made = value.kind === 'List' && value.items.length <= 3 ? madeOf(s, value.items) : undefined;
  if (made) return text`${words(`list ${name}: `, `列表 ${name}：`)}${made}`;
  return code !== undefined && value.kind !== 'Dict'
    ? text`${kind}${words(` ${name} = ${code}`, ` ${name} = ${code}`)}`
    : text`${kind}${words(` ${name} of ${count === 1 ? 'one entry' : `${count} entries`}`, ` ${name}，共 ${count} 项`)}`;
};

/** What is made, with what it is to another branch. */
const related = (s: Scope, stmt: Assigning, made: Words | undefined): Words | undefined => {
  const [target, more] = targetsOf(stmt);
  const attr = target && !more ? selfAttribute(target) : undefined;
  const said = made && attr !== undefined ? relationWords(s, attr) : undefined;
  return said && made ? text`${made}${words('; ', '；')}${said}` : made;
};

/** `std = √(var + eps)`, with the shape where it is a tensor. */
const namedFormula = (s: Scope, value: Expr, name: string | undefined): Words | undefined => {
  const formula = mathsOf(value);
  if (formula === undefined || name === undefined || sizeOf(s, value)) return undefined;
  return text`${`${name} = ${formula}`}${resultPart(s.r, value)}`;
};

/** `center = factor − 0.5` of something that nobody knows the shape of. */
const plainFormula = (s: Scope, value: Expr, name: string | undefined): Words | undefined => {
  const isKnown =
    value.kind !== 'BinOp' || shapesOf(s.r, value).length > 0 || sizeOf(s, value) || roleWords(s.r, value);
  const formula = isKnown || isCodeAlone(value) ? undefined : formulaOf(value);
  return formula === undefined || name === undefined ? undefined : plain(`${name} = ${formula}`);
};

/** `self.head.weight = self.embed.weight`: one tensor in two layers. */
const tiedWords = (s: Scope, stmt: Assigning, value: Expr): Words | undefined => {
  const [target] = targetsOf(stmt);
  const [own, other] = [target && nameOf(target), nameOf(value)];
  if (!target || own === undefined || other === undefined || !isTied(s.r, target)) return undefined;
  return text`${words(`ties ${own} to ${other}: one tensor, trained once`, `${own} 与 ${other} 共用同一权重，只训练一份`)}${resultPart(s.r, value)}`;
};

/** Whether an expression is a size, which is told as it comes out. */
const sizeOf = ({ r }: Scope, value: Expr): boolean => r.values(value).some(({ kind }) => kind === 'int');

/** What the code calls the result: `self.scale` is `scale`. */
const called = (stmt: Assigning): string | undefined => {
  const [only, more] = targetsOf(stmt);
  return only && !more ? (selfAttribute(only) ?? nameOf(only)) : undefined;
};

const grown = (s: Scope, { target, op, value }: Extract<Stmt, { kind: 'AugAssign' }>): Words | undefined => {
  const name = nameOf(target) ?? codeText(s, target, 32);
  const by = codeText(s, value, SHORT);
  if (name === undefined) return partChanged(s, target, op, by);
  if (op === '+' && (value.kind === 'List' || s.r.value(target)?.kind === 'list')) return lengthened(s, value, name);
  if (by === undefined) {
    const counted = value.kind === 'Call' ? words(`${name} is changed`, `更新 ${name}`) : undefined;
    return op === '+' ? words(`adds to ${name}`, `累加到 ${name}`) : counted;
  }
  const said = AUGMENTED[op];
  return said?.(name, by);
};

/** `square[:, :, a:b] += asym` of a place that is too long to repeat. */
const partChanged = (s: Scope, target: Expr, op: string, by: string | undefined): Words | undefined => {
  const whole = target.kind === 'Subscript' ? codeText(s, target.value, 32) : undefined;
  const said = AUGMENTED[op];
  return whole === undefined || by === undefined || !said
    ? undefined
    : text`${words(said(`a part of ${whole}`, by).en, said(`${whole} 的一部分`, by).zh)}`;
};

/** The layers that are made one by one. */
const madeOf = (s: Scope, items: readonly Expr[]): Words | undefined => {
  const made = items.map((item) => makingWords(s, item, true) ?? classOf(item)).filter((one) => one !== undefined);
  return made.length > 0 && made.length === items.length ? join(made, '; ', '；') : undefined;
};

/** Code that may stand at the end of a sentence. */
const SHORT = 32;

const lengthened = (s: Scope, value: Expr, name: string): Words => {
  const by = codeText(s, value, SHORT);
  const what = (value.kind === 'List' ? madeOf(s, value.items) : undefined) ?? (by && plain(by));
  return what
    ? text`${words(`appends to ${name}: `, `接到 ${name} 之后：`)}${what}`
    : words(`makes the list ${name} longer`, `接长列表 ${name}`);
};

/** `Block(a, b)` of which only the class can be told. */
const classOf = (item: Expr): Words | undefined => {
  const name = item.kind === 'Call' ? calledName(item.func) : undefined;
  return name !== undefined && /(^|\.)[A-Z]\w*$/.test(name) ? plain(name) : undefined;
};

/** What is done to a name with what stands behind `+=`. */
const AUGMENTED: Readonly<Partial<Record<string, (name: string, by: string) => Words>>> = {
  '+': (name, by) => words(`adds ${by} to ${name}`, `${name} 加上 ${by}`),
  '-': (name, by) => words(`subtracts ${by} from ${name}`, `${name} 减去 ${by}`),
  '*': (name, by) => words(`multiplies ${name} by ${by}`, `${name} 乘以 ${by}`),
  '/': (name, by) => words(`divides ${name} by ${by}`, `${name} 除以 ${by}`),
  '//': (name, by) => words(`divides ${name} by ${by}, rounding down`, `${name} 整除以 ${by}`),
};
