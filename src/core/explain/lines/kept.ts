import { oncePer } from '../../once';
import type { Words } from '../../ops';
import { type ClassDef, type Expr, type Stmt, type SyntaxNode, walk } from '../../syntax';
import { isModule } from '../modules';
import { statementsIn } from '../walk';
import { plain, text, words } from '../words';
import { codeText, entryOf, isTest, nameOf } from './code';
import {
  expressionsWithin,
  isRecord,
  methodsOf,
  readersOf,
  type Scope,
  selfAttribute,
  settersIn,
  settersOf,
  targetsOf,
  usesBehind,
} from './scope';
import { testWords } from './tests';

/** What is kept under a name as it is: a hyper-parameter, a constant, an empty list, another name of a tensor. */
export const keptWords = (s: Scope, stmt: Stmt, value: Expr): Words | undefined => {
  const [target, more] = targetsOf(stmt);
  if (!target || more) return undefined;
  const attr = selfAttribute(target);
  const name = attr ?? nameOf(target);
  if (name === undefined) return undefined;
  const field = fieldWords(s, stmt, value, name);
  if (field) return field;
  const what = thing(s, value, name, attr !== undefined);
  if (!what) return undefined;
  if (attr !== undefined && !isNone(value)) return text`${what}${readers(s, attr, value.end)}`;
  if (s.fn) return what;
  return text`${what}${s.cls ? words(', shared by all instances', '，所有实例共用') : usersWords(s, name, value)}`;
};

/** A field of a dataclass: each instance has its own, this is what it is where nothing is given. */
const fieldWords = (s: Scope, stmt: Stmt, value: Expr, name: string): Words | undefined => {
  if (s.fn || stmt.kind !== 'AnnAssign' || !isRecord(s.cls)) return undefined;
  const source = codeText(s, value, 40);
  return source === undefined
    ? words(`field ${name}, with a default`, `字段 ${name}，有默认值`)
    : words(`field ${name}, ${source} by default`, `字段 ${name}，默认 ${source}`);
};

/** Which functions and classes of the file read a constant that stands at its top. */
const usersWords = ({ module }: Scope, name: string, value: Expr): Words => {
  if (value.kind !== 'Num' && value.kind !== 'Str') return plain('');
  const [first, ...rest] = readersIn(module).get(name) ?? [];
  if (first === undefined) return plain('');
  return rest.length < MOST
    ? words(`, used in ${[first, ...rest].join(', ')}`, `，供 ${[first, ...rest].join('、')} 使用`)
    : words(`, used in ${first} and ${rest.length} more`, `，供 ${first} 等 ${rest.length + 1} 处使用`);
};

const MOST = 3;

/** Which functions and classes at the top of a file read a name. */
const readersIn = oncePer((module: readonly Stmt[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const stmt of module) {
    const methods = stmt.kind === 'FunctionDef' ? [stmt] : stmt.kind === 'ClassDef' ? methodsOf(stmt) : [];
    if (stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef') continue;
    for (const expr of methods.flatMap(({ body }) => expressionsWithin(body)))
      if (expr.kind === 'Name') found.set(expr.id, (found.get(expr.id) ?? new Set()).add(stmt.name));
  }
  return found;
});

const isNone = (value: Expr): boolean => value.kind === 'Constant' && value.value === null;

const thing = (s: Scope, value: Expr, name: string, isAttribute: boolean): Words | undefined => {
  switch (value.kind) {
    case 'Name':
      if (value.id === name && !isAttribute) return words(`${name} stays as it is`, `${name} 保持不变`);
      return isAttribute ? handed(s, value.id) : (chosen(s, value, name) ?? alias(s, value, name));
    case 'Attribute':
    case 'Call':
      return converted(s, value, name, isAttribute);
    case 'Constant':
      if (typeof value.value === 'boolean' && /\.(requires_grad|stop_gradient)$/.test(name))
        return trained(name, value.value === name.endsWith('.requires_grad'));
      if (value.value === null) return absent(s, name, value, isAttribute);
      if (value.value === true && entryOf(SWITCHES, name)) return entryOf(SWITCHES, name);
      return typeof value.value === 'boolean'
        ? words(`switch ${name}: ${value.value ? 'on' : 'off'}`, `开关 ${name}：${value.value ? '开' : '关'}`)
        : undefined;
    case 'Num':
      if (isSetBefore(s, name, value, isAttribute))
        return words(`sets ${name} to ${s.source(value)} again`, `${name} 重新置为 ${s.source(value)}`);
      return isSetAgain(s, name, value, isAttribute)
        ? words(`starts at ${s.source(value)} and changes below`, `初值为 ${s.source(value)}，下面会改变`)
        : words(`constant ${name} = ${s.source(value)}`, `常数 ${name} = ${s.source(value)}`);
    case 'Str': {
      const code = value.value.length <= 24 ? codeText(s, value) : undefined;
      return code === undefined ? undefined : words(`string ${name} = ${code}`, `字符串 ${name} = ${code}`);
    }
    case 'Compare':
    case 'BoolOp':
      if (s.r.values(value).some(({ kind }) => kind === 'tensor')) return undefined;
      if (value.kind === 'BoolOp' && value.op === 'or' && !isTest(value)) return undefined;
      return text`${words(`${name}: whether `, `${name} 记录是否满足：`)}${testWords(s, value)}`;
    case 'List':
      return value.items.length === 0
        ? words(`empty list ${name}, filled below`, `空列表 ${name}，在下面逐个填入`)
        : undefined;
    case 'Dict':
      return value.entries.length === 0 ? words(`empty dictionary ${name}`, `空字典 ${name}`) : undefined;
    default:
      return undefined;
  }
};

/** What scripts switch on in the library. */
const SWITCHES: Readonly<Record<string, Words>> = {
  'torch.backends.cudnn.deterministic': words(
    'cuDNN only takes algorithms that give the same numbers every time',
    'cuDNN 只用结果确定的算法，便于复现',
  ),
  'torch.backends.cudnn.benchmark': words(
    'cuDNN tries which convolution is fastest: of use where sizes stay the same',
    'cuDNN 先试出最快的卷积算法（输入大小固定时更快）',
  ),
};

/** `self.mask = None`: there is none, or none yet. */
const absent = (s: Scope, name: string, value: Expr, isAttribute: boolean): Words => {
  const all = statementsIn(s.fn?.body ?? []);
  const isOther = (stmt: Stmt): boolean =>
    all.some((one) => one.kind === 'If' && holds(one.body, value) && holds(one.orelse, stmt));
  const isSetBelow = all.some(
    (stmt) =>
      stmt.start > value.end &&
      !isOther(stmt) &&
      targetsOf(stmt).some((t) => (isAttribute ? selfAttribute(t) : nameOf(t)) === name),
  );
  if (!s.fn && s.cls) return words(`${name} is None at first`, `${name} 初值为 None`);
  if (isSetBelow) return words('None at first, may be set below', '先置为 None，下面可能再赋值');
  const isFirst = isAttribute && s.fn?.name === '__init__';
  const setters = isFirst ? settersOf(s.cls, name).filter((setter) => setter !== '__init__') : [];
  return setters.length > 0
    ? words(`None until ${setters.join(' or ')} sets it`, `先置为 None，由 ${setters.join('、')} 赋值`)
    : words(`${name} is None: there is none`, `${name} 记为 None，表示没有`);
};

const holds = (body: readonly Stmt[], { start }: { readonly start: number }): boolean =>
  body.some((stmt) => stmt.start <= start && start < stmt.end);

/** `p.requires_grad = False`. */
const trained = (name: string, on: boolean): Words => {
  const whose = name.slice(0, name.lastIndexOf('.'));
  return on
    ? words(`gradients of ${whose} are wanted`, `需要 ${whose} 的梯度`)
    : words(`freezes ${whose}: no gradients`, `冻结 ${whose}：不求梯度`);
};

/** Whether a name of this function has been set to a number further up: here it begins anew. */
const isSetBefore = (s: Scope, name: string, value: Expr, isAttribute: boolean): boolean => {
  // What the constructor sets, another method sets back.
  const init = methodsOf(s.cls).find((method) => method.name === '__init__');
  const body = !isAttribute ? (s.fn?.body ?? s.module) : init && s.fn !== init ? init.body : [];
  return (settersIn(body).get(isAttribute ? `self.${name}` : name) ?? []).some(
    (stmt) => stmt.kind === 'Assign' && stmt.end <= value.start && stmt.value.kind === 'Num',
  );
};

/** Whether a name or attribute gets another value elsewhere: what it holds at first is no constant. */
const isSetAgain = (s: Scope, name: string, value: Expr, isAttribute: boolean): boolean => {
  const bodies = isAttribute ? methodsOf(s.cls).map(({ body }) => body) : [s.fn?.body ?? s.module];
  const setters = bodies.flatMap((body) => settersIn(body).get(isAttribute ? `self.${name}` : name) ?? []);
  return setters.some((stmt) => stmt.start > value.start || value.end > stmt.end);
};

/** A class or function under a shorter name, or an argument as a plain Python value: `float(drop_rate)`. */
const converted = (s: Scope, value: Expr, name: string, isAttribute: boolean): Words | undefined => {
  if (value.kind === 'Call') {
    const [only, more] = value.args;
    const isPlain = value.func.kind === 'Name' && /^(float|int|bool|str|tuple|list)$/.test(value.func.id);
    const source = isPlain && isAttribute && only?.value.kind === 'Name' && !more ? codeText(s, value) : undefined;
    return source === undefined ? undefined : words(`keeps ${source}`, `保存 ${source}`);
  }
  return chosen(s, value, name);
};

/** A class or function under another name: which layer is to be built. */
const chosen = (s: Scope, value: Expr, name: string): Words | undefined => {
  const held = s.r.value(value);
  if (held?.kind !== 'class' && held?.kind !== 'function' && held?.kind !== 'op' && held?.kind !== 'builtin')
    return undefined;
  const source = codeText(s, value);
  return source === undefined ? undefined : words(`${name} is ${source}`, `${name} 取 ${source}`);
};

/** An argument that the instance keeps. */
const handed = (s: Scope, name: string): Words => {
  const isParameter = s.fn?.params.some((param) => param.name === name) === true;
  const param = s.fn?.params.find((p) => p.name === name);
  const value = param && s.r.value(param);
  if (value && isModule(value)) return words(`keeps the module ${name}`, `登记传入的模块 ${name}`);
  return isParameter ? words(`keeps the argument ${name}`, `保存参数 ${name}`) : words(`keeps ${name}`, `保存 ${name}`);
};

/** Who reads an attribute: `, used in forward`. */
const readers = ({ cls, fn, module }: Scope, attr: string, end: number): Words => {
  if (!cls) return plain('');
  const all = readersOf(cls, attr);
  // What a later method sets, the constructor has read before.
  const others = all.filter((name) => name !== fn?.name && (name !== '__init__' || fn?.name === '__init__'));
  if (others.length > 0) return words(`, used in ${others.join(', ')}`, `，供 ${others.join('、')} 使用`);
  if (all.length > 0)
    return isReadBelow(fn, attr, end)
      ? words(', used below', '，下文使用')
      : words(`, used when ${fn?.name} is called again`, `，供下次调用 ${fn?.name} 时使用`);
  if (isReadByName(cls)) return plain('');
  return isReadOutside(module, cls, attr)
    ? words(', read from outside of this class', '，供类外读取')
    : words(`; self.${attr} is not read in this class`, `；self.${attr} 在本类中未再读取`);
};

/** Whether a class reads its attributes by names that are not written out: `self.__dict__`, `getattr(self, name)`. */
const isReadByName = oncePer((cls: ClassDef): boolean =>
  methodsOf(cls).some(({ body }) =>
    expressionsWithin(body).some((expr) => {
      if (selfAttribute(expr) === '__dict__') return true;
      const [whose, name] = expr.kind === 'Call' ? expr.args.map(({ value }) => value) : [];
      const isOwn = whose?.kind === 'Name' && whose.id === 'self' && expr.kind === 'Call' && expr.func.kind === 'Name';
      return isOwn && (expr.func.id === 'vars' || (expr.func.id === 'getattr' && name?.kind !== 'Str'));
    }),
  ),
);

/** Whether a function reads an attribute behind a place: in a loop around it, in front of it as well. */
const isReadBelow = (fn: Scope['fn'], attr: string, end: number): boolean => {
  const all = statementsIn(fn?.body ?? []);
  const from = all.find(
    (stmt) => (stmt.kind === 'For' || stmt.kind === 'While') && stmt.start < end && end <= stmt.end,
  );
  const written = new Set<SyntaxNode>(all.flatMap(targetsOf));
  return expressionsWithin(fn?.body ?? []).some(
    (expr) => expr.start >= (from?.start ?? end) && selfAttribute(expr) === attr && !written.has(expr),
  );
};

/** Whether code of the file outside of a class reads an attribute of this name of something: `net.hidden`. */
const isReadOutside = (module: readonly Stmt[], cls: ClassDef, attr: string): boolean =>
  module
    .filter((stmt) => stmt !== cls)
    .some((stmt) => {
      let found = false;
      walk(stmt, (node) => {
        if (node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr === attr) return false;
        found ||= node.kind === 'Attribute' && node.attr === attr && selfAttribute(node) === undefined;
        return !found;
      });
      return found;
    });

/** Another name of a value: why it is needed shows where it is used next. */
const alias = (s: Scope, value: Extract<Expr, { kind: 'Name' }>, name: string): Words => {
  const uses = usesBehind(s.fn, name, value.end);
  if (isGrown(s.fn, name, value.end))
    return words(`${name} starts as ${value.id} and is added to below`, `${name} 以 ${value.id} 为初值，下面继续累加`);
  if (uses[0] && addsName(uses[0], name))
    return words(
      `remembers ${value.id} as ${name}, to be added back below`,
      `把 ${value.id} 另记为 ${name}，后面再加回来（捷径支路）`,
    );
  return uses.length > 0
    ? words(`remembers ${value.id} as ${name} for later`, `把 ${value.id} 另记为 ${name}，供后面使用`)
    : words(`${name} takes the value of ${value.id}`, `${name} 取 ${value.id} 的值`);
};

/** Whether something is added onto a name itself: it is a sum, no shortcut. */
const isGrown = (fn: Scope['fn'], name: string, end: number): boolean =>
  statementsIn(fn?.body ?? []).some(
    (stmt) => stmt.kind === 'AugAssign' && stmt.op === '+' && stmt.start >= end && nameOf(stmt.target) === name,
  );

const addsName = (stmt: Stmt, name: string): boolean => {
  if (stmt.kind === 'AugAssign')
    return stmt.op === '+' && [stmt.target, stmt.value].some((side) => side.kind === 'Name' && side.id === name);
  const value = stmt.kind === 'Assign' || stmt.kind === 'Return' ? stmt.value : undefined;
  return value !== undefined && adds(value, name);
};

const adds = (expr: Expr, name: string): boolean => {
  if (expr.kind === 'Call') return expr.args.some((arg) => adds(arg.value, name));
  if (expr.kind !== 'BinOp') return false;
  const sides = [expr.left, expr.right];
  if (expr.op === '+' && sides.some((side) => side.kind === 'Name' && side.id === name)) return true;
  return sides.some((side) => adds(side, name));
};
