import type { Words } from '../../ops';
import type { Call, CompareOperator, Expr } from '../../syntax';
import { statementsIn } from '../walk';
import { join, plain, text, words } from '../words';
import { articleOf, calledName, codeText, entryOf, nameOf } from './code';
import { fullName } from './imports';
import { measureWords } from './measures';
import { methodsOf, type Scope, selfAttribute, settersOf } from './scope';

/** A condition in words, as it must be for the branch to run: `alpha is true`, `conv 已存在`. */
export const testWords = (s: Scope, test: Expr): Words => {
  switch (test.kind) {
    case 'UnaryOp':
      return test.op === 'not' ? negated(s, test.operand) : truthful(s, test, true);
    case 'BoolOp': {
      const parts = [test.left, test.right].map((side) => testWords(s, side));
      return test.op === 'and' ? join(parts, ' and ', '，且') : join(parts, ' or ', '，或');
    }
    case 'Compare':
      return comparison(s, test, true) ?? plain(codeText(s, test, 80) ?? '…');
    case 'Call':
      return asked(s, test, true);
    default:
      return truthful(s, test, true);
  }
};

const negated = (s: Scope, test: Expr): Words => {
  const size = test.kind === 'Call' ? measureWords(s, test) : undefined;
  if (size) return text`${size}${words(' is 0', '为 0')}`;
  if (test.kind === 'Call') return asked(s, test, false);
  if (test.kind === 'Name' || test.kind === 'Attribute') return truthful(s, test, false);
  const opposite = test.kind === 'Compare' ? comparison(s, test, false) : undefined;
  if (opposite) return opposite;
  const measured = test.kind === 'Subscript' ? measureWords(s, test) : undefined;
  if (measured) return text`${measured}${words(' is 0', '为 0')}`;
  return text`${words('not (', '并非（')}${testWords(s, test)}${words(')', '）')}`;
};

/** `if x:` — of a tensor, its value is asked. */
const truthful = (s: Scope, test: Expr, holds: boolean): Words => {
  const name = codeText(s, test);
  if (selfAttribute(test) === 'training')
    return holds
      ? words('the model is in training mode', '处于训练模式')
      : words('the model is in eval mode', '处于评估模式');
  if (name === undefined)
    return holds ? words('the condition holds', '条件成立') : words('the condition fails', '条件不成立');
  if (test.kind === 'Constant') return plain(name);
  const rest = remainder(s, test, holds ? '!=' : '==', ZERO);
  if (rest) return rest;
  const value = s.r.value(test);
  if (value?.kind === 'list' || value?.kind === 'tuple' || value?.kind === 'dict')
    return holds ? words(`${name} is not empty`, `${name} 非空`) : words(`${name} is empty`, `${name} 为空`);
  const attr = selfAttribute(test);
  const isFlag = attr !== undefined && value?.kind === 'bool';
  const not =
    isFlag || !mayBeAbsent(s, test)
      ? words(`${name} is false`, `${name} 为假`)
      : words(`${name} is false or absent`, `${name} 为假或未给出`);
  const said = holds ? words(`${name} is true`, `${name} 为真`) : not;
  return attr !== undefined && isLearnable(s, attr) ? text`${said}${VALUE_ASKED}` : said;
};

/** Whether an expression may be something that nobody gave: an argument, or what is kept of one. */
export const mayBeAbsent = ({ fn }: Scope, expr: Expr): boolean =>
  expr.kind === 'Name' ? fn?.params.some(({ name }) => name === expr.id) === true : expr.kind !== 'Call';

const ZERO: Expr = { kind: 'Num', type: 'int', value: 0, start: 0, end: 0 };

const VALUE_ASKED = words(
  ' (of a tensor its value is asked: it counts as false when it is exactly 0)',
  '（若是张量，判断的是它的值：恰为 0 时为假）',
);

/** Whether the class makes a learnable tensor of an attribute somewhere. */
const isLearnable = ({ cls }: Scope, attr: string): boolean =>
  methodsOf(cls).some(({ body }) =>
    statementsIn(body).some(
      (stmt) =>
        stmt.kind === 'Assign' &&
        stmt.targets.some((target) => selfAttribute(target) === attr) &&
        stmt.value.kind === 'Call' &&
        /(^|\.)(create_parameter|Parameter)$/.test(calledName(stmt.value.func) ?? ''),
    ),
  );

const ASKED: Readonly<Record<string, (s: Scope, call: Call, holds: boolean) => Words | undefined>> = {
  hasattr: (s, { args }, holds) => {
    const [owner, attr] = args.map((arg) => arg.value);
    if (!owner || attr?.kind !== 'Str') return undefined;
    const name = nameOf(owner) ?? codeText(s, owner);
    if (name === undefined) return undefined;
    const own = owner.kind === 'Name' && owner.id === 'self';
    const has = own
      ? words(
          `the instance ${holds ? 'has' : 'has no'} attribute ${attr.value}`,
          `实例${holds ? '已有' : '还没有'}属性 ${attr.value}`,
        )
      : words(
          `${name} ${holds ? 'has' : 'has no'} attribute ${attr.value}`,
          `${name} ${holds ? '有' : '没有'}属性 ${attr.value}`,
        );
    const setters = own ? settersOf(s.cls, attr.value).filter((setter) => setter !== s.fn?.name) : [];
    return setters.length === 0
      ? has
      : text`${has}${words(` (set by ${setters.join(', ')})`, `（由 ${setters.join('、')} 设置）`)}`;
  },
  isinstance: (s, { args }, holds) => {
    const [what, types] = args.map((arg) => arg.value);
    const name = what && codeText(s, what);
    const all = types?.kind === 'Tuple' ? types.items : types && [types];
    const names = all?.map((type) => codeText(s, type));
    if (name === undefined || !names || names.some((n) => n === undefined)) return undefined;
    return words(
      `${name} is ${holds ? '' : 'not '}${articleOf(names[0] ?? '')} ${names.join(' or ')}`,
      `${name} ${holds ? '是' : '不是'} ${names.join(' 或 ')}`,
    );
  },
  any: (s, { args }, holds) =>
    ofItems(
      s,
      args,
      holds ? words('some of # are true', '# 中有为真的项') : words('none of # is true', '# 各项均为假'),
    ),
  all: (s, { args }, holds) =>
    ofItems(
      s,
      args,
      holds ? words('all of # are true', '# 各项均为真') : words('some of # are false', '# 中有为假的项'),
    ),
  callable: (s, { args: [arg] }, holds) => {
    const name = arg && codeText(s, arg.value);
    return name === undefined
      ? undefined
      : words(`${name} can${holds ? '' : 'not'} be called`, `${name} ${holds ? '可' : '不可'}调用`);
  },
};

/** What holds of the items of a list, `#`. */
const ofItems = (s: Scope, args: Call['args'], { en, zh }: Words): Words | undefined => {
  const [only, more] = args;
  const name = only && !more && only.value.kind !== 'Comprehension' ? codeText(s, only.value, 40) : undefined;
  return name === undefined
    ? undefined
    : words(
        en.replace('#', () => name),
        zh.replace('#', () => name),
      );
};

const asked = (s: Scope, call: Call, holds: boolean): Words => {
  const name = calledName(call.func) ?? '';
  const mode = COMPILING.test(name)
    ? words(`the model is ${holds ? '' : 'not '}being compiled or traced`, `${holds ? '正在' : '不在'}编译或追踪模型`)
    : undefined;
  const machine = MACHINES.find(([asks]) => asks.test(name))?.[holds ? 1 : 2];
  const stored = entryOf(FILES, fullName(s, name));
  const path = stored && call.args[0] && codeText(s, call.args[0].value, 40);
  const file =
    stored && path !== undefined
      ? words(
          `the ${stored.en} ${path} ${holds ? 'exists' : 'does not exist'}`,
          `${stored.zh} ${path} ${holds ? '已存在' : '不存在'}`,
        )
      : undefined;
  return mode ?? machine ?? file ?? entryOf(ASKED, name)?.(s, call, holds) ?? truthful(s, call, holds);
};

/** What is asked of the disk. */
const FILES: Readonly<Record<string, Words>> = {
  'os.path.exists': words('path', '路径'),
  'os.path.isdir': words('folder', '目录'),
  'os.path.isfile': words('file', '文件'),
};

/** What is asked of the machine that the code runs on, and what holds where it is not so. */
const MACHINES: readonly (readonly [RegExp, Words, Words])[] = [
  [/(^|\.)cuda\.is_available$/, words('there is a GPU', '有可用的 GPU'), words('there is no GPU', '没有可用的 GPU')],
  [
    /(^|\.)mps\.is_available$/,
    words('there is an Apple GPU', '有可用的 Apple GPU'),
    words('there is no Apple GPU', '没有可用的 Apple GPU'),
  ],
  [
    /(^|\.)is_compiled_with_cuda$/,
    words('this Paddle is built for GPUs', 'Paddle 支持 GPU'),
    words('this Paddle is not built for GPUs', 'Paddle 不支持 GPU'),
  ],
];

const COMPILING = /(^|\.)(is_scripting|is_tracing|is_compiling|is_dynamo_compiling|in_onnx_export|in_dynamic_mode)$/;

const RELATIONS: Readonly<Record<CompareOperator, Words>> = {
  '==': words('equals', '等于'),
  '!=': words('differs from', '不等于'),
  '<': words('is less than', '小于'),
  '<=': words('is at most', '不大于'),
  '>': words('is greater than', '大于'),
  '>=': words('is at least', '不小于'),
  is: words('is', '是'),
  'is not': words('is not', '不是'),
  in: words('is in', '属于'),
  'not in': words('is not in', '不属于'),
};

/** What holds where the relation does not. */
const OPPOSITES: Readonly<Record<CompareOperator, CompareOperator>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  is: 'is not',
  'is not': 'is',
  in: 'not in',
  'not in': 'in',
};

const comparison = (s: Scope, test: Extract<Expr, { kind: 'Compare' }>, holds: boolean): Words | undefined => {
  const [link, more] = test.rest;
  const [short, other] = [sideOf(s, test.left), link && sideOf(s, link.right)];
  if (!link || short === undefined || other === undefined) return undefined;
  // Only `self.` tells the two apart.
  const [left, right] = short === other ? [s.source(test.left), s.source(link.right)] : [short, other];
  if (more) return between(s, test, holds);
  if (left === '__name__' && holds) return words('this file is run directly', '直接运行本文件');
  const op = holds ? link.op : OPPOSITES[link.op];
  const chance = chanceWords(s, test.left, op, link.right);
  if (chance) return chance;
  const special = remainder(s, test.left, op, link.right) ?? contained(s, test.left, op, link.right);
  if (special) return special;
  if (right === 'None' && (op === 'is' || op === 'is not')) return absence(s, test.left, left, op === 'is');
  const [a, b] = [measureWords(s, test.left) ?? plain(left), measureWords(s, link.right) ?? plain(right)];
  return text`${a} ${RELATIONS[op]} ${b}`;
};

/** `random.random() < p`: something that happens at times. */
const chanceWords = (s: Scope, left: Expr, op: CompareOperator, right: Expr): Words | undefined => {
  const isDrawn =
    left.kind === 'Call' && left.args.length === 0 && /^random\.random$/.test(fullName(s, calledName(left.func) ?? ''));
  const often = isDrawn && (op === '<' || op === '<=') ? codeText(s, right, 24) : undefined;
  return often === undefined ? undefined : words(`a random draw hits (probability ${often})`, `以 ${often} 的概率抽中`);
};

/** `x is None`: of an argument, that it was not given. */
const absence = ({ fn }: Scope, left: Expr, name: string, isNone: boolean): Words => {
  const isArgument =
    left.kind === 'Name' && fn?.params.some((param) => param.name === left.id && param.default !== undefined) === true;
  if (!isArgument)
    return isNone ? words(`${name} is None`, `${name} 为 None`) : words(`${name} is not None`, `${name} 不是 None`);
  return isNone
    ? words(`${name} is None (not given)`, `${name} 为 None（未给出）`)
    : words(`${name} is given (not None)`, `${name} 不是 None（已给出）`);
};

/** `step % 100 == 0`: whether a number goes into another one. */
const remainder = (s: Scope, left: Expr, op: CompareOperator, right: Expr): Words | undefined => {
  if (left.kind !== 'BinOp' || left.op !== '%' || left.left.kind === 'Str' || right.kind !== 'Num') return undefined;
  const [what, by] = [codeText(s, left.left, 32), codeText(s, left.right, 24)];
  if (what === undefined || by === undefined || (op !== '==' && op !== '!=')) return undefined;
  const is = op === '==';
  if (by === '2' && (right.value === 0 || right.value === 1))
    return (right.value === 0) === is
      ? words(`${what} is even`, `${what} 为偶数`)
      : words(`${what} is odd`, `${what} 为奇数`);
  if (right.value !== 0)
    return words(
      `${what} divided by ${by} leaves ${is ? '' : 'other than '}${right.value}`,
      `${what} 除以 ${by} ${is ? '余' : '的余数不为'} ${right.value}`,
    );
  return words(`${what} is ${is ? '' : 'not '}a multiple of ${by}`, `${what} ${is ? '能' : '不能'}被 ${by} 整除`);
};

/** `'weight' in name`, `name.find('Conv') != -1`: a text within another one. */
const contained = (s: Scope, left: Expr, op: CompareOperator, right: Expr): Words | undefined => {
  const isFound =
    left.kind === 'Call' &&
    left.func.kind === 'Attribute' &&
    left.func.attr === 'find' &&
    right.kind === 'UnaryOp' &&
    codeText(s, right) === '-1' &&
    (op === '!=' || op === '==');
  const [whole, part] = isFound
    ? [left.func.value, left.args[0]?.value]
    : left.kind === 'Str' && (op === 'in' || op === 'not in')
      ? [right, left]
      : [];
  const [name, piece] = [whole && codeText(s, whole, 32), part && codeText(s, part, 24)];
  if (name === undefined || piece === undefined) return undefined;
  return op === 'in' || op === '!='
    ? words(`${name} contains ${piece}`, `${name} 含 ${piece}`)
    : words(`${name} does not contain ${piece}`, `${name} 不含 ${piece}`);
};

/** A shift to the left by a number reads as the product that it is. */
const sideOf = (s: Scope, side: Expr): string | undefined => formulaOfShift(s, side) ?? codeText(s, side, 32);

const formulaOfShift = (s: Scope, side: Expr): string | undefined => {
  if (side.kind !== 'BinOp' || side.op !== '<<' || side.right.kind !== 'Num') return undefined;
  const left = side.left.kind === 'Name' ? codeText(s, side.left, 24) : undefined;
  return left === undefined ? undefined : `${2 ** side.right.value}·${left}`;
};

/** `1 <= stride <= 2`: a value between two bounds. */
const between = (s: Scope, { left, rest }: Extract<Expr, { kind: 'Compare' }>, holds: boolean): Words | undefined => {
  const [low, high, more] = rest;
  if (!low || !high || more || !/^<=?$/.test(low.op) || !/^<=?$/.test(high.op)) return undefined;
  const sides = [left, low.right, high.right].map((side) => codeText(s, side, 24));
  if (sides.some((side) => side === undefined)) return undefined;
  const [from, what, to] = sides;
  const chain = `${from} ${SIGNS[low.op]} ${what} ${SIGNS[high.op]} ${to}`;
  return holds ? plain(chain) : words(`${chain} does not hold`, `${chain} 不成立`);
};

const SIGNS: Readonly<Record<string, string>> = { '<': '<', '<=': '≤' };
