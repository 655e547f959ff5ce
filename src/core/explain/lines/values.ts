import type { Words } from '../../ops';
import type { Call, Expr, Stmt } from '../../syntax';
import { opCall } from '../arguments';
import { stepsOf } from '../expressions';
import { formulaOf } from '../formula';
import { familyOf } from '../layers';
import { madeWords, makingWords } from '../making';
import { isModule } from '../modules';
import { isSilent } from '../ops';
import { ownTensors } from '../parameters';
import { type Reader, shapesOf } from '../reader';
import { containerPart } from '../statements';
import { join, plain, text, words } from '../words';
import { oddOf } from './arithmetic';
import { calledName, codeText, isTest, nameOf } from './code';
import { describedCall, describedSteps } from './described';
import { iterationWords } from './flow';
import { helperWords, ownFunction } from './helpers';
import { ingredientsOf } from './ingredients';
import { libraryWords } from './library';
import { axisSize } from './measures';
import { basisOf, inEval } from './outcomes';
import { outsideCall } from './outside';
import { type Scope, selfAttribute, targetsOf } from './scope';
import { mayBeAbsent, testWords } from './tests';

/** The shape that an expression gives, behind an arrow. */
export const resultPart = (r: Reader, expr: Expr): Words => {
  const shapes = shapesOf(r, expr);
  return shapes.length === 1 || shapes.length === 2 ? plain(` → ${shapes.join(' | ')}`) : plain('');
};

/** `B, C, H, W = x.shape`: the sizes get names. */
export const unpackedWords = (s: Scope, stmt: Stmt, value: Expr): Words | undefined => {
  const targets = targetsOf(stmt).map((target) => nameOf(target));
  if (targets.length < 2 || targets.some((t) => t === undefined)) return undefined;
  const shaped = shapeOwner(value);
  if (shaped) {
    const sizes = targetsOf(stmt).flatMap((target, i) => {
      const size = s.r.value(target);
      const said = size?.kind === 'int' ? s.r.spelt(size.value) : undefined;
      return said === undefined || said === '?' || said === targets[i] || /^_+$/.test(targets[i] ?? '')
        ? []
        : [`${targets[i]} = ${said}`];
    });
    const owner = codeText(s, shaped, 24) ?? '…';
    const found = sizes.length > 0 ? words(`: ${sizes.join(', ')}`, `：${sizes.join('，')}`) : plain('');
    return text`${words(`reads the sizes of ${owner}`, `取出 ${owner} 各维的大小`)}${found}`;
  }
  const shapes = targetsOf(stmt).map((target) => shapesOf(s.r, target)[0]);
  if (shapes.some((shape) => shape === undefined)) return undefined;
  const by = value.kind === 'Call' ? ownFunction(s, value)?.name : undefined;
  if (by === undefined) return undefined;
  const each = targets.map((target, i) => `${target} ${shapes[i]}`);
  return words(`${by} gives ${each.join(' and ')}`, `由 ${by} 求得 ${each.join('，')}`);
};

/** The tensor whose `.shape` or `.size()` an expression reads. */
export const shapeOwner = (expr: Expr): Expr | undefined => {
  if (expr.kind === 'Attribute' && expr.attr === 'shape') return expr.value;
  if (expr.kind === 'Subscript' && expr.index.kind === 'Slice') return shapeOwner(expr.value);
  if (expr.kind !== 'Call' || expr.func.kind !== 'Attribute' || expr.args.length > 0) return undefined;
  return expr.func.attr === 'size' ? expr.func.value : undefined;
};

/** `a if test else b`, `a or b`: one of two, and which one. */
export const choiceWords = (s: Scope, value: Expr): Words | undefined => {
  if (value.kind === 'BoolOp' && value.op === 'or' && !isTest(value)) {
    const [left, code] = apart(s, value.left, value.right);
    const by = value.right.kind === 'Call' ? calledName(value.right.func) : undefined;
    const right = code ?? (by === undefined ? undefined : `${by}(…)`);
    if (left === undefined || right === undefined) return undefined;
    return mayBeAbsent(s, value.left)
      ? words(`${left}, or ${right} where it is not given`, `未给出 ${left} 时取 ${right}`)
      : words(`${left} if it is true, else ${right}`, `${left} 为真时取 ${left}，否则取 ${right}`);
  }
  if (value.kind !== 'IfExp') return undefined;
  const odd = oddOf(s, value);
  if (odd) return odd;
  const decided = s.r.trace.decisions.get(value);
  const taken = decided === undefined ? plain('') : pickedWords(s, value.test, decided);
  const layers = layersOf(s, value);
  const [yes, no] = layers ?? [sideText(s, value.body), sideText(s, value.orelse)];
  const sides = layers
    ? words(`: ${yes.en}; else: ${no.en}`, `：${yes.zh}；否则：${no.zh}`)
    : words(`: ${yes.en}, else ${no.en}`, `：取 ${yes.zh}，否则取 ${no.zh}`);
  return text`${words('if ', '若 ')}${testWords(s, value.test)}${sides}${taken}${resultPart(s.r, value)}`;
};

/** `Conv2d(…) if a != b else Identity()`: what each side makes, where one of them makes a layer. */
export const conditionalLayer = (s: Scope, value: Expr): Words | undefined =>
  value.kind === 'IfExp' && layersOf(s, value) ? choiceWords(s, value) : undefined;

const layersOf = (s: Scope, value: Extract<Expr, { kind: 'IfExp' }>): readonly [Words, Words] | undefined => {
  const [yes, no] = [layerSide(s, value.body), layerSide(s, value.orelse)];
  return yes && no && [value.body, value.orelse].some((side) => side.kind === 'Call') ? [yes, no] : undefined;
};

const layerSide = (s: Scope, side: Expr): Words | undefined => {
  if (side.kind === 'Constant' && side.value === null) return words('none', '没有');
  if (side.kind === 'IfExp') return undefined;
  if (side.kind !== 'Call') return undefined;
  const held = s.r.values(side);
  if (held.length > 0 && !held.every(isModule)) return undefined;
  const made = makingWords(s, side, true) ?? madeWords(s, side);
  if (made) return made;
  const name = calledName(side.func) ?? '';
  if (/(^|\.)Identity$/.test(name)) return words('identity, passes its input on', '恒等映射，原样输出');
  if (/(^|\.)Sequential$/.test(name)) {
    const parts = side.args.map(({ value }) => (value.kind === 'Call' ? calledName(value.func) : undefined));
    const isTold = parts.length > 0 && parts.length <= MOST_PARTS && parts.every((part) => part !== undefined);
    if (isTold) return plain(parts.join(' → '));
  }
  return /(^|\.)(nn\.)?[A-Z]\w*$/.test(name) ? plain(codeText(s, side, 40) ?? name) : undefined;
};

const MOST_PARTS = 5;

/** Two expressions as code; where they read alike without `self.`, with it. */
export const apart = (s: Scope, left: Expr, right: Expr): readonly [string | undefined, string | undefined] => {
  const [a, b] = [codeText(s, left, 40), codeText(s, right)];
  return a !== undefined && a === b ? [s.source(left), s.source(right)] : [a, b];
};

const pickedWords = (s: Scope, test: Expr, holds: boolean): Words => {
  if (inEval(test) !== undefined)
    return holds
      ? words('; in eval mode the first one', '；评估模式下取前者')
      : words('; in eval mode the second one', '；评估模式下取后者');
  const basis = basisOf(s, test);
  const which = holds ? words('the first one', '前者') : words('the second one', '后者');
  return basis === undefined
    ? text`${words('; here ', '；此处取')}${which}`
    : text`${words(`; default ${basis}: `, `；默认 ${basis}，取`)}${which}`;
};

const sideText = (s: Scope, side: Expr): Words => {
  if (side.kind === 'IfExp' && codeText(s, side) === undefined) return words('one of two others', '另外两者之一');
  const value = s.r.value(side);
  const code = codeText(s, side);
  if (value && isModule(value) && side.kind === 'Call') return plain(calledName(side.func) ?? code ?? '…');
  if (code !== undefined) return plain(code);
  const made = makingWords(s, side, true);
  const long = made ? undefined : codeText(s, side, LONGEST_SIDE);
  if (made || long !== undefined) return made ?? plain(long ?? '');
  const parts = ingredientsOf(s, side)?.join(', ');
  return parts === undefined
    ? plain('…')
    : words(`what is computed from ${parts}`, `由 ${parts.replaceAll(', ', '、')} 计算得到的值`);
};

/** A side of a choice that has no other words is repeated up to this length. */
const LONGEST_SIDE = 72;

/** Where any other value comes from. */
export const sourceWords = (s: Scope, value: Expr, name: string | undefined): Words | undefined => {
  switch (value.kind) {
    case 'Attribute':
      return classNameOf(s, value) ?? shapeRead(s, value);
    case 'Comprehension':
      return comprehension(s, value);
    case 'Lambda':
      return lambdaWords(s, value);
    case 'BinOp': {
      const formula = formulaOf(value);
      if (formula === undefined) return describedWords(s, value);
      const isSize = s.r.values(value).some(({ kind }) => kind === 'int');
      if (name !== undefined && !isSize && isCodeAlone(value)) return undefined;
      return plain(name === undefined ? formula : `${name} = ${formula}`);
    }
    case 'UnaryOp':
      return value.operand.kind === 'Call' ? describedWords(s, value) : undefined;
    case 'Call':
      return callResult(s, value);
    case 'Subscript': {
      const inner = value.value.kind === 'Call' ? libraryWords(s, value.value) : undefined;
      return taken(s, value) ?? (value.index.kind === 'Num' ? inner : undefined);
    }
    default:
      return undefined;
  }
};

/** `a + b`: as a formula it is the code once more. */
export const isCodeAlone = (value: Expr): boolean =>
  value.kind === 'BinOp' && /^[+*]$/.test(value.op) && [value.left, value.right].every(({ kind }) => kind === 'Name');

const describedWords = (s: Scope, value: Expr): Words | undefined => {
  const steps = describedSteps(s, value);
  // A name and a number say no more than the code.
  const isTelling = steps?.some(({ en, zh }) => en !== zh && !/^(adds|subtracts|times|divided) /.test(en));
  return steps && isTelling ? join(steps, ' → ', ' → ') : undefined;
};

/** `lambda s: [stoi[c] for c in s]`. */
const lambdaWords = (s: Scope, { params, body }: Extract<Expr, { kind: 'Lambda' }>): Words => {
  const code = codeText(s, body);
  const names = params.map(({ name }) => name).join(', ');
  return code === undefined || names === ''
    ? words('a small function, defined on the spot', '就地定义的小函数')
    : words(`a function of ${names} that gives ${code}`, `小函数：输入 ${names}，返回 ${code}`);
};

const EPSILON = /^_?eps(ilon)?$/;

const epsilonWords = (s: Scope, value: Expr, name: string): Words => {
  const held = s.r.value(value);
  const size = held?.kind === 'float' && held.value !== undefined ? ` (${held.value})` : '';
  return words(
    `ε of ${name}${size}: keeps what is divided by from being 0`,
    `${name} 的 ε${size.replace(' (', '（').replace(')', '）')}：防止除以 0`,
  );
};

/** A tensor or setting of a layer that is read: `the weight of branch.conv: [ch_out, ch_in, 3, 3]`. */
export const ownedWords = (s: Scope, value: Expr): Words | undefined => {
  if (value.kind !== 'Attribute') return undefined;
  const owners = s.r.values(value.value).filter(isModule);
  const name = nameOf(value.value);
  if (name !== undefined && owners.length > 0 && EPSILON.test(value.attr)) return epsilonWords(s, value, name);
  const titles = owners.map((owner) => {
    const family = familyOf(owner);
    return family && ownTensors(owner, family).find((tensor) => tensor.name === value.attr)?.title;
  });
  const [title] = titles;
  if (!title || name === undefined || titles.some((one) => one?.zh !== title.zh)) return undefined;
  return text`${words(`${title.en} of ${name}`, `${name} 的${title.zh}`)}${resultPart(s.r, value)}`;
};

/** `m.__class__.__name__`, `type(m).__name__`. */
const classNameOf = (s: Scope, { value, attr }: Extract<Expr, { kind: 'Attribute' }>): Words | undefined => {
  if (attr !== '__name__') return undefined;
  const isType = value.kind === 'Call' && value.func.kind === 'Name' && value.func.id === 'type';
  const owner = isType
    ? value.args[0]?.value
    : value.kind === 'Attribute' && value.attr === '__class__'
      ? value.value
      : undefined;
  const name = owner && codeText(s, owner, 24);
  return name === undefined ? undefined : words(`the name of the class of ${name}`, `${name} 的类名`);
};

const shapeRead = (s: Scope, value: Expr): Words | undefined => {
  const owner = shapeOwner(value);
  const name = owner && codeText(s, owner, 24);
  const shapes = owner ? shapesOf(s.r, owner) : [];
  if (name === undefined) return undefined;
  return shapes.length === 1
    ? words(`the shape of ${name}: ${shapes[0]}`, `${name} 的形状：${shapes[0]}`)
    : words(`the shape of ${name}`, `${name} 的形状`);
};

const comprehension = (s: Scope, value: Extract<Expr, { kind: 'Comprehension' }>): Words | undefined => {
  const each = comprehensionWords(s, value);
  return each && text`${KINDS[value.type]}${words(' made by a loop: ', '：')}${each}${containerPart(s, value)}`;
};

/** The turns of a comprehension and what each of them gives. */
export const comprehensionWords = (s: Scope, value: Extract<Expr, { kind: 'Comprehension' }>): Words | undefined => {
  const [first] = value.clauses;
  if (first?.kind !== 'for') return undefined;
  const tests = value.clauses.flatMap((clause) => (clause.kind === 'if' ? [testWords(s, clause.test)] : []));
  const only = tests.length === 0 ? plain('') : text`${words(', only if ', '，仅当 ')}${join(tests, ' and ', ' 且 ')}`;
  const [key, element] = [value.key && codeText(s, value.key, 32), codeText(s, value.element)];
  const pair = key === undefined ? element : element && `${key}: ${element}`;
  const what =
    pair === undefined || (value.element.kind === 'Name' && key === undefined)
      ? plain('')
      : words(`: ${pair} each`, `，每个为 ${pair}`);
  return text`${iterationWords(s, first.target, first.iter)}${what}${only}`;
};

const KINDS: Readonly<Record<'list' | 'set' | 'dict' | 'generator', Words>> = {
  list: words('list', '列表'),
  set: words('set', '集合'),
  dict: words('dictionary', '字典'),
  generator: words('sequence', '序列'),
};

/** What a method of the class or a function of the file gives. */
export const ownResult = (s: Scope, value: Expr): Words | undefined => {
  const own = value.kind === 'Call' ? ownFunction(s, value)?.name : undefined;
  if (own === undefined || value.kind !== 'Call') return undefined;
  const said = helperWords(s, value) ?? words(`computed by ${own}`, `由 ${own} 求得`);
  return text`${said}${resultPart(s.r, value)}`;
};

/** The same of what is returned. */
export const ownGiven = (s: Scope, value: Expr): Words | undefined => {
  const own = value.kind === 'Call' ? ownFunction(s, value)?.name : undefined;
  if (own === undefined || value.kind !== 'Call') return undefined;
  const helper = helperWords(s, value);
  const said = helper
    ? text`${words('returns: ', '返回：')}${helper}`
    : words(`returns what ${own} gives`, `返回 ${own} 的结果`);
  return text`${said}${resultPart(s.r, value)}`;
};

const callResult = (s: Scope, call: Call): Words | undefined => {
  const known = libraryWords(s, call);
  if (known) return known;
  const name = calledName(call.func);
  if (name?.endsWith('partial')) {
    const [what, ...rest] = call.args.map((arg) => codeText(s, arg.name === undefined ? arg.value : arg, 40));
    const given = rest.map((one) => one ?? '…').join(', ');
    return what === undefined
      ? words(`a constructor with ${given} preset`, `预先固定参数 ${given} 的构造器`)
      : words(`${what} with ${given} fixed`, `固定了 ${given} 的 ${what}`);
  }
  return describedCall(s, call) ?? outsideCall(s, call);
};

/** A method of a tensor of which several ways may have made it, so that no op is known of the call. */
export const unseenCall = (s: Scope, value: Expr): Words | undefined => {
  if (value.kind !== 'Call' || value.func.kind !== 'Attribute' || stepsOf(s, value).length > 0) return undefined;
  const { attr, value: whose } = value.func;
  const isOwn = whose.kind !== 'Call' && s.r.values(whose).some(({ kind }) => kind === 'tensor' || kind === 'either');
  if (!isOwn || selfAttribute(value.func) !== undefined || opCall(s.r, value)) return undefined;
  const said = isSilent(attr) ? libraryWords(s, value) : describedCall(s, value);
  return said && text`${said}${resultPart(s.r, value)}`;
};

/** How many at the end `[-2:]` takes. */
const lastOf = (index: Expr): number | undefined => {
  if (index.kind !== 'Slice' || index.upper || index.step) return undefined;
  const { lower } = index;
  return lower?.kind === 'UnaryOp' && lower.op === '-' && lower.operand.kind === 'Num' && lower.operand.value > 1
    ? lower.operand.value
    : undefined;
};

/** What a subscript takes out of something of which only the name is known. */
const elementWords = (index: Expr, name: string, code: string): Words => {
  if (index.kind === 'Slice') return words(`the part [${code}] of ${name}`, `取 ${name} 的 [${code}] 部分`);
  if (index.kind === 'Str') return words(`the entry ${code} of ${name}`, `取 ${name} 的 ${code} 项`);
  if (index.kind === 'Num') return words(`element ${code} of ${name}`, `取 ${name}[${code}]`);
  return /^(Name|Attribute|BinOp|UnaryOp)$/.test(index.kind)
    ? words(`element [${code}] of ${name}`, `取 ${name} 的 [${code}]`)
    : words(`picks from ${name} by ${code}`, `按 ${code} 从 ${name} 中取元素`);
};

/** An element: `dims[0]`, `x.shape[1]`. */
const taken = (s: Scope, value: Extract<Expr, { kind: 'Subscript' }>): Words | undefined => {
  const owner = shapeOwner(value.value);
  const last = owner && lastOf(value.index);
  const whose = owner && codeText(s, owner, 24);
  if (last !== undefined && whose !== undefined)
    return words(`the sizes of the last ${last} axes of ${whose}`, `${whose} 最后 ${last} 维的大小`);
  const [name, index] = [codeText(s, owner ?? value.value, 24), codeText(s, value.index, 32)];
  if (name === undefined || index === undefined) return undefined;
  if (!owner && index === '::-1') return words(`${name} from back to front`, `${name} 倒序`);
  return owner && value.index.kind === 'Slice'
    ? words(`the sizes [${index}] of ${name}`, `取 ${name} 的各维大小 [${index}]`)
    : owner
      ? /^-?\d+$/.test(index)
        ? axisSize(name, Number(index))
        : words(`the size of axis ${index} of ${name}`, `${name} 第 ${index} 维的大小`)
      : text`${elementWords(value.index, name, index)}${resultPart(s.r, value)}`;
};
