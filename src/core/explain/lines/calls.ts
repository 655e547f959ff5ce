import { isModuleClass } from '../../interp';
import type { Words } from '../../ops';
import type { Call, Expr } from '../../syntax';
import { opCall } from '../arguments';
import { makingWords } from '../making';
import { isModule, moduleStep } from '../modules';
import { shapesOf } from '../reader';
import { statementWords } from '../statements';
import { statementsIn } from '../walk';
import { plain, text, words } from '../words';
import { calledName, codeText, entryOf, isSuper, nameOf } from './code';
import { changedAndGiven, initialisation } from './initialisers';
import { libraryWords, printedWords } from './library';
import { methodsOf, readersOf, type Scope, selfAttribute } from './scope';
import { testWords } from './tests';
import { toolWords } from './tools';
import { comprehensionWords, ownResult, resultPart } from './values';

/** `inline` where the arguments have no lines of their own. */
type Telling = (s: Scope, call: Call, inline: boolean) => Words | undefined;

/** A call that stands alone: it is made for what it does, not for what it gives. */
export const effectWords = (s: Scope, value: Expr, inline: boolean): Words | undefined => {
  if (value.kind === 'Yield') return yielded(s, value);
  if (value.kind !== 'Call') return undefined;
  const name = calledName(value.func) ?? '';
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (isSuperInit(value)) return superWords(s);
  return (
    initialisation(s, value, last) ??
    toolWords(s, value) ??
    plainMethod(s, value) ??
    (value.func.kind === 'Attribute' || FREE.test(last) ? entryOf(CALLS, last)?.(s, value, inline) : undefined) ??
    (isKnownCall(s, value)
      ? statementWords(s, { kind: 'Return', start: value.start, end: value.end, value })
      : undefined) ??
    ownCall(s, value) ??
    libraryWords(s, value) ??
    inPlaceWords(s, value) ??
    (codeText(s, value.func, 40) === undefined
      ? undefined
      : words(`calls ${codeText(s, value.func, 40)}`, `调用 ${codeText(s, value.func, 40)}`))
  );
};

/** A method of an object of a class of the file that is no module: it does what that class wants, whatever it is called. */
const plainMethod = (s: Scope, { func }: Call): Words | undefined => {
  if (func.kind !== 'Attribute' || (func.value.kind === 'Name' && func.value.id === 'self')) return undefined;
  const names = s.r
    .values(func.value)
    .map((one) =>
      one.kind === 'object' && !isModuleClass(one.cls) && hasMethod(s, one.cls.name, func.attr)
        ? one.cls.name
        : undefined,
    );
  const [only, more] = new Set(names);
  return only === undefined || more !== undefined
    ? undefined
    : words(`runs ${func.attr} of ${only}`, `调用 ${only} 的 ${func.attr}`);
};

/** Whether a class of the file defines a method. */
const hasMethod = ({ module }: Scope, cls: string, method: string): boolean =>
  module.some(
    (stmt) => stmt.kind === 'ClassDef' && stmt.name === cls && methodsOf(stmt).some(({ name }) => name === method),
  );

/** What is no method of anything: a function of the file may be called `train`. */
const FREE = /^(print|delattr|_assert|manual_seed|seed|set_device)$/;

/** `batch.sort(key=…)` as a statement is of a list: what a tensor's gives would be lost. */
const sorted: Telling = (s, call) => {
  const [key, turned] = ['key', 'reverse'].map((name) => call.args.find((arg) => arg.name === name)?.value);
  const by = key?.kind === 'Lambda' ? codeText(s, key.body, 32) : undefined;
  const downward = turned?.kind === 'Constant' && turned.value === true;
  const order = downward ? words(', the largest first', '，从大到小') : plain('');
  const name = receiverName(s, call);
  return text`${words(`sorts ${name} in place`, `${name} 原地排序`)}${by === undefined ? plain('') : words(` by ${by}`, `，依据 ${by}`)}${order}`;
};

/** `set_device('gpu' if wanted else 'cpu')` */
const chosenDevice: Telling = (s, call) => {
  const where = first(call);
  const sides = where?.kind === 'IfExp' ? [where.body, where.orelse] : where ? [where] : [];
  const names = sides.map((side) => codeText(s, side, 24));
  if (names.length === 0 || names.includes(undefined)) return undefined;
  if (where?.kind !== 'IfExp') return words(`computes on ${names[0]} from here on`, `此后在 ${names[0]} 上计算`);
  return text`${words(`computes on ${names[0]} from here on if `, '此后的计算：若 ')}${testWords(s, where.test)}${words(`, else on ${names[1]}`, `，在 ${names[0]} 上，否则在 ${names[1]} 上`)}`;
};

/** `yield x, y`: a generator hands out one at a time. */
const yielded = (s: Scope, { value }: Extract<Expr, { kind: 'Yield' }>): Words => {
  const code = value && codeText(s, value, 40);
  const what = code === undefined ? words('one', '一项') : plain(code);
  return text`${words('hands out ', '产出 ')}${what}${words('; goes on from here when the next is asked for', '，取下一项时从此处继续')}`;
};

/** `p.data.mul_(decay).add_(q.data)`: what the chain of calls changes. */
const inPlaceWords = (s: Scope, { func, args }: Call): Words | undefined => {
  if (func.kind !== 'Attribute' || !/[a-z]_$/.test(func.attr)) return undefined;
  const [changed] = changedAndGiven(s, func, args);
  if (!changed) return undefined;
  let root: Expr = changed;
  while (root.kind === 'Call' && root.func.kind === 'Attribute' && /[a-z]_$/.test(root.func.attr))
    root = root.func.value;
  const name = codeText(s, root, 32)?.replace(/\.data$/, '');
  return name === undefined || name.includes('(')
    ? undefined
    : words(`changes the numbers of ${name} in place`, `就地更新 ${name} 的数值`);
};

/** Whether an op or a module is called: of other calls only the arguments could be told. */
const isKnownCall = ({ r }: Scope, call: Call): boolean =>
  opCall(r, call) !== undefined || r.values(call.func).some(isModule);

/** `super().__init__()`, `super(Net, self).__init__()`, `nn.Module.__init__(self)`. */
const isSuperInit = ({ func }: Call): boolean => func.kind === 'Attribute' && func.attr === '__init__';

const superWords = ({ cls }: Scope): Words => {
  const [base] = cls?.bases.map((one) => calledName(one.value)) ?? [];
  if (base === undefined || /(^|\.)(Module|Layer)$/.test(base))
    return words(
      `sets up ${base ?? 'the parent class'}: only then are layers that are put on self registered`,
      `先初始化 ${base ?? '父类'}，之后赋给 self 的层与参数才会被登记`,
    );
  return words(`runs the constructor of ${base} first`, `先运行父类 ${base} 的构造函数`);
};

const first = ({ args }: Call): Expr | undefined => args[0]?.value;
const receiver = ({ func }: Call): Expr | undefined => (func.kind === 'Attribute' ? func.value : undefined);
const receiverName = (s: Scope, call: Call): string => {
  const owner = receiver(call);
  return (owner && codeText(s, owner, 40)) ?? '…';
};
const textOf = (expr: Expr | undefined): string | undefined => (expr?.kind === 'Str' ? expr.value : undefined);
const bare =
  (en: string, zh: string): Telling =>
  (_, { args }) =>
    args.every(({ name }) => name !== undefined) ? words(en, zh) : undefined;

/** `step()`: of an optimiser, a schedule or a scaler. */
const stepped: Telling = (s, call) => {
  const whose = receiverName(s, call);
  if (/sched/i.test(whose)) return words('adapts the learning rate', '按调度更新学习率');
  if (/scaler/i.test(whose))
    return words('updates the parameters, unless a gradient overflowed', '更新参数（梯度溢出则跳过）');
  if (call.args.length > 0) return undefined;
  return /optim|^opt/i.test(whose)
    ? words('updates the parameters along their gradients', '按梯度更新各参数')
    : words('updates by one step', '更新一步');
};

/** What an element is that goes into a list; it may have a line of its own. */
const added: Telling = (s, call, inline) => {
  const list = receiverName(s, call);
  const all = first(call);
  if (all?.kind === 'Comprehension') {
    const each = comprehensionWords(s, all);
    return each && text`${words(`appends to ${list}, one after the other: `, `依次加入 ${list}：`)}${each}`;
  }
  return withElement(s, words(`appends to ${list}`, `加入 ${list}`), inline ? first(call) : undefined);
};

/** `results.insert(0, x)`: the place comes first. */
const inserted: Telling = (s, call, inline) => {
  const [place, item] = call.args.map((arg) => arg.value);
  const [list, at] = [receiverName(s, call), place && codeText(s, place, 24)];
  if (at === undefined) return undefined;
  const where =
    at === '0'
      ? words(`inserts at the front of ${list}`, `插到 ${list} 最前面`)
      : words(`inserts into ${list} at place ${at}`, `插入 ${list} 的第 ${at} 位`);
  return withElement(s, where, inline ? item : undefined);
};

const withElement = (s: Scope, where: Words, item: Expr | undefined): Words => {
  const what = item && (makingWords(s, item, true) ?? ownResult(s, item) ?? madeOf(s, item));
  return what ? text`${where}${words(': ', '：')}${what}` : where;
};

const madeOf = (s: Scope, item: Expr): Words | undefined => {
  const values = s.r.values(item);
  const [module] = values.filter(isModule);
  const isOneClass = module && values.every((value) => isModule(value) && value.cls === module.cls);
  if (isOneClass) return (values.length === 1 && moduleStep(s.r, module)) || plain(module.cls.name);
  const shapes = shapesOf(s.r, item);
  const callee = item.kind === 'Call' ? s.r.value(item.func) : undefined;
  const step = callee && isModule(callee) ? moduleStep(s.r, callee) : undefined;
  if (step) return shapes.length === 1 ? text`${step} → ${shapes[0] ?? ''}` : step;
  const code = codeText(s, item, 40);
  if (code === undefined) return shapes.length === 1 ? plain(shapes[0] ?? '') : undefined;
  return shapes.length === 1 && item.kind === 'Name' ? plain(`${code} ${shapes[0]}`) : plain(code);
};

const registered: Telling = (s, call) => {
  const name = textOf(first(call));
  const tensor = call.args[1]?.value;
  if (name === undefined)
    return words(
      'registers a buffer: saved and moved with the model, not trained',
      '登记缓冲区：随模型保存和迁移，但不参与训练',
    );
  if (tensor?.kind === 'Constant' && tensor.value === null)
    return words(`registers the buffer ${name} without a tensor yet`, `登记缓冲区 ${name}，暂为 None`);
  const unsaved = call.args.some(
    ({ name: key, value }) => key?.startsWith('persist') === true && value.kind === 'Constant' && value.value === false,
  );
  const kept = unsaved
    ? words('moved with the model, neither saved nor trained', '随模型迁移，但不保存，也不参与训练')
    : words('saved and moved with the model, but not trained', '随模型保存和迁移，但不参与训练');
  const shapes = tensor ? shapesOf(s.r, tensor) : [];
  const shape = shapes.length === 1 ? plain(` ${shapes[0]}`) : plain('');
  return text`${words(`buffer ${name}`, `缓冲区 ${name}`)}${shape}${words(': ', '：')}${kept}`;
};

/** `conv = self.add_sublayer(name, Conv(…))`: what is registered, and kept under a name as well. */
export const registeredWords = (s: Scope, call: Call): Words | undefined =>
  call.func.kind === 'Attribute' && /^(add_sublayer|add_module|register_module)$/.test(call.func.attr)
    ? addedModule(s, call, true)
    : undefined;

const addedModule: Telling = (s, call) => {
  const [name, module] = call.args.map((arg) => arg.value);
  const label = textOf(name) ?? (name && codeText(s, name, 32)) ?? '…';
  const what = module && (makingWords(s, module, true) ?? madeOf(s, module));
  return text`${words(`registers a layer as ${label}`, `登记子层 ${label}`)}${what ? text`${words(': ', '：')}${what}` : plain('')}`;
};

const removed: Telling = (s, call) => {
  const own = textOf(first(call)) ?? textOf(call.args[1]?.value);
  if (own === undefined) {
    const named = call.args.at(-1)?.value;
    const code = named && codeText(s, named, 32);
    return code === undefined
      ? undefined
      : words(`deletes the attribute that ${code} names`, `删除以 ${code} 为名的属性`);
  }
  const readers = readersOf(s.cls, own).filter((name) => name !== s.fn?.name);
  const after =
    readers.length === 0
      ? plain('')
      : words(`; ${readers.join(', ')} can no longer use it`, `；此后 ${readers.join('、')} 不能再用到它`);
  const earlier = statementsIn(s.fn?.body ?? []).some(
    (stmt) => stmt.end <= call.start && stmt.kind === 'ExprStmt' && isRemoval(stmt.value),
  );
  if (earlier) return words(`deletes ${own} likewise`, `同样删除 ${own}`);
  const what = isFolding(s)
    ? words(
        `deletes ${own} with its parameters and statistics, which are folded into the kernel by now`,
        `删除 ${own}，连同其参数与批归一化统计量（已折叠进卷积核）`,
      )
    : words(`deletes ${own} with its parameters and buffers`, `删除 ${own}，连同其参数与缓冲区`);
  return text`${what}${after}`;
};

const isRemoval = (value: Expr): boolean =>
  value.kind === 'Call' && entryOf(CALLS, (calledName(value.func) ?? '').replace(/^.*\./, '')) === removed;

/** Whether the method runs code that folds a batch norm into a convolution. */
export const isFolding = (s: Scope): boolean => s.r.idioms().all.some(({ kind }) => kind === 'norm-folding');

const written: Telling = (s, call) => {
  const source = first(call);
  const what = source && codeText(s, source, 40);
  const target = receiverName(s, call).replace(/\.data$/, '');
  if (!source || what === undefined) return undefined;
  return text`${words(`writes ${what} into ${target}`, `把 ${what} 写入 ${target}`)}${shapePart(s, source)}`;
};

const shapePart = (s: Scope, expr: Expr): Words => {
  const [shape, more] = shapesOf(s.r, expr);
  return shape === undefined || more !== undefined ? plain('') : words(`: ${shape}`, `：${shape}`);
};

const applied: Telling = (_s, call) => {
  const fn = first(call);
  const name = fn && (selfAttribute(fn) ?? nameOf(fn));
  return name === undefined
    ? undefined
    : words(`calls ${name} on every module inside, itself included`, `对自身及全部子模块逐个调用 ${name}`);
};

const registeredParameter: Telling = (s, call) => {
  const [name, value] = [textOf(first(call)), call.args[1]?.value];
  if (name === undefined) return undefined;
  return value?.kind === 'Constant' && value.value === null
    ? words(`registers ${name} as absent: None`, `登记 ${name} 为 None：没有这个参数`)
    : text`${words(`registers the parameter ${name}`, `登记参数 ${name}`)}${value ? shapePart(s, value) : plain('')}`;
};

/** `net.train(mode)`. */
const modeWords = (s: Scope, call: Call): Words | undefined => {
  const mode = first(call);
  const code = mode && codeText(s, mode, 32);
  if (code !== undefined && call.func.kind === 'Attribute' && isSuper(call.func.value))
    return words(
      `passes ${code} on to ${call.func.attr} of the parent class`,
      `调用父类的 ${call.func.attr}，传入 ${code}`,
    );
  return code === undefined
    ? undefined
    : words(
        `${receiverName(s, call)} in training mode or not: as ${code} says`,
        `${receiverName(s, call)} 是否处于训练模式由 ${code} 决定`,
      );
};

const CALLS: Readonly<Record<string, Telling>> = {
  append: added,
  insert: inserted,
  extend: added,
  register_buffer: registered,
  register_parameter: registeredParameter,
  add_parameter: registeredParameter,
  add_module: addedModule,
  add_sublayer: addedModule,
  register_module: addedModule,
  __delattr__: removed,
  delattr: removed,
  set_value: written,
  copy_: written,
  apply: applied,
  _assert: (s, call) => {
    const test = first(call);
    return (
      test &&
      text`${words('demands that ', '要求 ')}${testWords(s, test)}${words('; otherwise an error is raised', '，否则报错')}`
    );
  },
  print: printedWords,
  backward: bare('backpropagation: the gradient of every parameter', '反向传播：求出各参数的梯度'),
  zero_grad: bare('clears the gradients of the step before: they would add up', '清空上一步的梯度（否则会累加）'),
  clear_gradients: bare('clears the gradients of the step before: they would add up', '清空上一步的梯度（否则会累加）'),
  clear_grad: bare('clears the gradients of the step before: they would add up', '清空上一步的梯度（否则会累加）'),
  step: stepped,
  eval: (s, call) =>
    call.args.length === 0
      ? words(
          `${receiverName(s, call)} to eval mode: dropout off, batch norm uses running statistics`,
          `${receiverName(s, call)} 切换到评估模式：关闭 Dropout，批归一化用滑动统计量`,
        )
      : undefined,
  train: (s, call) =>
    call.args.length === 0
      ? words(
          `${receiverName(s, call)} to training mode: dropout on, batch norm uses the batch`,
          `${receiverName(s, call)} 切换到训练模式：启用 Dropout，批归一化用当前批次`,
        )
      : modeWords(s, call),
  manual_seed: () => words('fixes the random numbers, so that runs can be repeated', '固定随机种子，使结果可复现'),
  seed: () => words('fixes the random numbers, so that runs can be repeated', '固定随机种子，使结果可复现'),
  manual_seed_all: () => words('fixes the random numbers of all GPUs', '固定所有 GPU 的随机种子'),
  set_device: chosenDevice,
  sort: sorted,
  load_state_dict: (s, call) =>
    words(`loads saved parameters into ${receiverName(s, call)}`, `把保存的参数载入 ${receiverName(s, call)}`),
  set_state_dict: (s, call) =>
    words(`loads saved parameters into ${receiverName(s, call)}`, `把保存的参数载入 ${receiverName(s, call)}`),
  update: (s, call) => {
    if (/scaler/i.test(receiverName(s, call))) return words('adapts the scale of the loss', '调整损失的缩放系数');
    const [what, more] = call.args;
    const code = what && !more ? codeText(s, what.value, 60) : undefined;
    return code === undefined
      ? undefined
      : words(
          `adds the entries of ${code} to ${receiverName(s, call)}`,
          `把 ${code} 的条目并入 ${receiverName(s, call)}`,
        );
  },
};

/** A method of a class of the file that is run for what it changes. */
const ownCall = (s: Scope, call: Call): Words | undefined => {
  const method = call.func.kind === 'Attribute' ? call.func.attr : undefined;
  const isKnown = s.module.some(
    (stmt) => stmt.kind === 'ClassDef' && methodsOf(stmt).some(({ name }) => name === method),
  );
  if (method === undefined || !isKnown) return undefined;
  return text`${words(`runs ${method}`, `调用 ${method}`)}${resultPart(s.r, call)}`;
};
