import { add, type Dim, mul } from '../../dims';
import type { Words } from '../../ops';
import type { Expr, Stmt } from '../../syntax';
import type { ObjectValue, Value } from '../../values';
import { isModule } from '../modules';
import { expressionsIn, statementsIn } from '../walk';
import { join, plain, text, words } from '../words';
import { calledName, codeText, entryOf, nameOf } from './code';
import { outcomeWords } from './outcomes';
import type { Scope } from './scope';
import { testWords } from './tests';

type Of<K extends Stmt['kind']> = Extract<Stmt, { readonly kind: K }>;

/** `if alpha:` with what happens by default. */
export const ifWords = (s: Scope, stmt: Of<'If'>): Words => {
  const condition = text`${stmt.elif ? words('else, if ', '否则若 ') : words('if ', '若 ')}${testWords(s, stmt.test)}`;
  const decided = s.r.trace.decisions.get(stmt);
  return decided === undefined || isMain(stmt.test) || asksPart(s, stmt)
    ? condition
    : text`${condition}${outcomeWords(s, stmt.test, decided, otherwise(stmt))}`;
};

/** `if __name__ == '__main__':` says itself when it runs. */
const isMain = (test: Expr): boolean =>
  test.kind === 'Compare' &&
  [test.left, ...test.rest.map(({ right }) => right)].some((side) => side.kind === 'Name' && side.id === '__name__');

/** Whether the condition is about one module after the other: those that nobody knows are among them. */
const asksPart = (s: Scope, stmt: Of<'If'>): boolean =>
  statementsIn(s.fn?.body ?? []).some(
    (loop) =>
      loop.kind === 'For' &&
      loop.start < stmt.start &&
      stmt.end <= loop.end &&
      partsOf(loop.iter) !== undefined &&
      expressionsIn(stmt.test).some((inner) => inner.kind === 'Name' && namesIn(loop.target).includes(inner.id)),
  );

const namesIn = (target: Expr): readonly string[] => {
  if (target.kind === 'Tuple') return target.items.flatMap(namesIn);
  return target.kind === 'Name' ? [target.id] : [];
};

const otherwise = ({ orelse }: Of<'If'>): Words => {
  const [next] = orelse;
  if (!next) return words('it is skipped', '跳过');
  if (next.kind === 'If' && next.elif) return words('the next condition is asked', '继续看下一个条件');
  return words('else runs', '走 else');
};

/** `for block in self.blocks:` with the number of turns. */
export const forWords = (s: Scope, stmt: Of<'For'>): Words => {
  const turns = turnsOf(s, stmt);
  const times = turns === undefined ? undefined : words(`; ${turns} times`, `；共 ${turns} 次`);
  const what = iterationWords(s, stmt.target, stmt.iter);
  return times ? text`${what}${times}` : what;
};

const turnsOf = (s: Scope, { iter }: Of<'For'>): string | undefined => {
  // What was handed over is as long as whoever calls makes it.
  const root = rootName(iter);
  if (root !== undefined && s.fn?.params.some((param) => param.name === root && param.name !== 'self'))
    return undefined;
  // Of a module whose parts are not all known, not all are seen here.
  if (partsOf(iter)) return undefined;
  const count = countOf(s.r.value(iter));
  const said = count === undefined ? undefined : s.r.dim(count);
  // `range(n)` says so itself; no turn at all is what a default gives until somebody passes more.
  const code = codeText(s, iter)?.replaceAll('self.', '');
  // A choice in it rests on what is given.
  return said === '?' || said === '0' || code === `range(${said})` || / if /.test(code ?? '') ? undefined : said;
};

/** The name that an expression hangs on: `xs` of `enumerate(xs[1:])`. */
const rootName = (expr: Expr): string | undefined => {
  if (expr.kind === 'Name') return expr.id;
  if (expr.kind === 'Attribute' || expr.kind === 'Subscript') return rootName(expr.value);
  const [first] = expr.kind === 'Call' ? expr.args : [];
  return first && rootName(first.value);
};

const countOf = (value: Value | undefined): Dim | undefined => {
  switch (value?.kind) {
    case 'list':
      return value.count ?? value.items.length;
    case 'tuple':
      return value.items.length;
    case 'iterator':
      return value.count ?? (value.at === 0 ? value.items.length : undefined);
    case 'range':
      return value.start === 0 && value.step === 1 ? value.stop : undefined;
    case 'object':
      return isModule(value) ? lengthOf(value) : undefined;
    default:
      return undefined;
  }
};

/** How many modules a container holds: a part of it that stands more than once is held as one. */
const lengthOf = ({ attrs, count, open }: ObjectValue): Dim | undefined => {
  // What repeats an element that nobody knows holds more than is seen.
  if (count !== null && ![...attrs.values()].some(isModule)) return undefined;
  let length: Dim | undefined = 0;
  for (const item of attrs.values()) {
    if (item.kind === 'unknown') return undefined;
    if (!isModule(item)) continue;
    const own: Dim | undefined = item.run ? lengthOf(item) : 1;
    if (own === undefined) return undefined;
    length = add(length, own);
  }
  return open ? undefined : mul(count ?? 1, length);
};

/** What one turn of a loop or comprehension gets. */
export const iterationWords = (s: Scope, target: Expr, iter: Expr): Words => {
  const name = codeText(s, target, 32) ?? '…';
  const nested = nestedWords(s, target, iter);
  if (nested) return nested;
  const call = iter.kind === 'Call' ? calledName(iter.func) : undefined;
  const args = iter.kind === 'Call' ? iter.args.map((arg) => codeText(s, arg.value, 32) ?? '…') : [];
  const [first, second] = args;
  switch (call) {
    case 'range':
      if (args.length === 1) return counting(name, long(s, iter) ?? first ?? '…');
      if (args.length === 2 && /^\d+$/.test(second ?? ''))
        return words(
          `counts ${name} from ${first} up to ${Number(second) - 1}`,
          `循环：${name} 从 ${first} 数到 ${Number(second) - 1}`,
        );
      if (args.length === 3 && args[1] === '-1' && args[2] === '-1')
        return words(`counts ${name} from ${first} down to 0`, `循环：${name} 从 ${first} 倒数到 0`);
      return args.length === 2
        ? words(`counts ${name} from ${first} up to ${second} − 1`, `循环：${name} 从 ${first} 数到 ${second} − 1`)
        : words(`counts ${name} over range(${args.join(', ')})`, `循环：${name} 依次取 range(${args.join(', ')})`);
    case 'enumerate': {
      const [index, item] = target.kind === 'Tuple' ? target.items.map((t) => codeText(s, t, 24)) : [];
      return index !== undefined && item !== undefined
        ? LOADER.test(first ?? '')
          ? words(
              `for each batch ${item} of ${first}, ${index} being its number from 0`,
              `逐批取 ${first} 中的 ${item}，${index} 为从 0 起的序号`,
            )
          : words(
              `for each ${item} of ${first}, ${index} being its number from 0`,
              `逐个取 ${first} 中的 ${item}，${index} 为从 0 起的序号`,
            )
        : words(`for each of ${first}, with its number`, `逐个取 ${first}，并带序号`);
    }
    case 'zip':
      return words(
        `walks ${args.join(' and ')} side by side as ${name}`,
        `同时遍历 ${args.join('、')}，每次取出 ${name}`,
      );
    case 'reversed':
      if (countTo(iter) !== undefined)
        return words(
          `counts ${name} from ${countTo(iter)} − 1 down to 0`,
          `循环：${name} 从 ${countTo(iter)} − 1 倒数到 0`,
        );
      return words(`for each ${name} of ${first}, last one first`, `从后往前逐个取 ${first} 中的 ${name}`);
  }
  const part = partWords(s, name, iter);
  if (part) return part;
  const of = codeText(s, iter, 40);
  if (of === undefined) return words(`for each ${name}`, `逐个取出 ${name}`);
  if (isFile(s, iter)) return words(`for each line of ${of}`, `逐行读取 ${of}`);
  if (LOADER.test(of)) return words(`for each batch ${name} of ${of}`, `逐批取 ${of} 中的 ${name}`);
  if (call?.endsWith('.items')) return words(`for each pair ${name} of ${of}`, `逐对取出 ${of} 中的键与值 ${name}`);
  return text`${words(`for each ${name} of ${of}`, `逐个取 ${of} 中的 ${name}`)}${kindOfItems(s, iter)}`;
};

/** A loader gives batches, and is called one everywhere. */
const LOADER = /(^|[._])(data)?_?loader(\(\))?$/i;

/** Whether a name stands for a file that a `with` around it opened. */
const isFile = (s: Scope, iter: Expr): boolean =>
  iter.kind === 'Name' &&
  statementsIn(s.fn?.body ?? s.module).some(
    (stmt) =>
      stmt.kind === 'With' &&
      stmt.start < iter.start &&
      iter.end <= stmt.end &&
      stmt.items.some(
        ({ context, target }) =>
          target?.kind === 'Name' &&
          target.id === iter.id &&
          context.kind === 'Call' &&
          calledName(context.func) === 'open',
      ),
  );

/** `n` of `reversed(range(n))`. */
const countTo = (iter: Expr): string | undefined => {
  const inner = iter.kind === 'Call' ? iter.args[0]?.value : undefined;
  const [only, more] = inner?.kind === 'Call' && calledName(inner.func) === 'range' ? inner.args : [];
  if (!only || more) return undefined;
  if (only.value.kind === 'Name') return only.value.id;
  return only.value.kind === 'Num' ? `${only.value.value}` : undefined;
};

/** `enumerate(zip(a, b))`, `reversed(list(zip(a, b)))`: what is walked is told from inside, then how. */
const nestedWords = (s: Scope, target: Expr, iter: Expr): Words | undefined => {
  const [inner, more] = iter.kind === 'Call' ? iter.args.map(({ value }) => value) : [];
  const how = iter.kind === 'Call' ? calledName(iter.func) : undefined;
  if (!inner || more || inner.kind !== 'Call') return undefined;
  if (how === 'list' || how === 'tuple') return iterationWords(s, target, inner);
  const isWalked = /^(zip|reversed|enumerate|list|tuple)$/.test(calledName(inner.func) ?? '');
  if (how === 'reversed' && isWalked)
    return text`${words('from the back: ', '从后往前：')}${iterationWords(s, target, inner)}`;
  const [index, item] = target.kind === 'Tuple' ? target.items : [];
  const number = index && codeText(s, index, 24);
  if (how !== 'enumerate' || !isWalked || !item || number === undefined) return undefined;
  return text`${iterationWords(s, item, inner)}${words(`, ${number} being the number from 0`, `，${number} 为从 0 起的序号`)}`;
};

const MODULES = words('# and all modules inside it', '#自身及全部子模块');
const SUBLAYERS = words('all layers inside #', '#的全部子层');
const CHILDREN = words('the direct children of #', '#的直接子模块');
const PARAMETERS = words('every parameter of #', '#的每个参数');
const BUFFERS = words('every buffer of #', '#的每个缓冲区');

/** What the methods of a module go through. */
const PARTS: Readonly<Record<string, Words>> = {
  modules: MODULES,
  named_modules: MODULES,
  sublayers: SUBLAYERS,
  named_sublayers: SUBLAYERS,
  children: CHILDREN,
  named_children: CHILDREN,
  parameters: PARAMETERS,
  named_parameters: PARAMETERS,
  buffers: BUFFERS,
  named_buffers: BUFFERS,
};

/** What a loop over the parts of a module goes through. */
const partsOf = (iter: Expr): Words | undefined =>
  iter.kind === 'Call' && iter.func.kind === 'Attribute' ? entryOf(PARTS, iter.func.attr) : undefined;

const partWords = (s: Scope, name: string, iter: Expr): Words | undefined => {
  const said = partsOf(iter);
  const owner = iter.kind === 'Call' && iter.func.kind === 'Attribute' ? iter.func.value : undefined;
  const code = owner && codeText(s, owner, 32);
  if (!said || code === undefined) return undefined;
  const own = code === 'self';
  const of = words(own ? 'this module' : code, own ? '本模块' : `${code} `);
  return words(
    `for each ${name}: ${said.en.replace('#', () => of.en)}`,
    `逐个取 ${name}：${said.zh.replace('#', () => of.zh)}`,
  );
};

/** What a range is told to count to, though it is long. */
const long = (s: Scope, iter: Expr): string | undefined => {
  const [only] = iter.kind === 'Call' ? iter.args : [];
  return only && codeText(s, only.value, 64);
};

/** `for i in range(n)`: n turns. */
const counting = (name: string, n: string): Words =>
  name.startsWith('_')
    ? words(`runs ${n} times`, `循环 ${n} 次`)
    : words(`runs ${n} times, ${name} counting from 0`, `循环 ${n} 次，${name} 从 0 起计数`);

/** The class of the modules that are walked through. */
const kindOfItems = ({ r }: Scope, iter: Expr): Words => {
  const value = r.value(iter);
  const items = value && isModule(value) ? [...value.attrs.values()].filter(isModule) : [];
  const names = new Set(items.map((item) => item.cls.name));
  const [only, more] = names;
  return only === undefined || more !== undefined ? plain('') : words(` (${only} each)`, `（均为 ${only}）`);
};

export const whileWords = (s: Scope, stmt: Of<'While'>): Words =>
  isAlways(stmt.test)
    ? words('repeats until something below ends it', '无限循环，直到其中的语句结束它')
    : text`${words('repeats as long as ', '反复执行，只要')}${testWords(s, stmt.test)}`;

const isAlways = (test: Expr): boolean =>
  (test.kind === 'Constant' && test.value === true) || (test.kind === 'Num' && test.value === 1);

const CONTEXTS: Readonly<Record<string, Words>> = {
  no_grad: words('no gradients are recorded inside: less memory, no training', '其内不记录梯度：省显存，不参与训练'),
  inference_mode: words('inference only inside: no gradients, no version counting', '其内仅推理：不记录梯度'),
  autocast: words(
    'mixed precision inside: ops choose a lower precision where it is safe',
    '其内使用混合精度：可降精度的运算自动用低精度',
  ),
  auto_cast: words(
    'mixed precision inside: ops choose a lower precision where it is safe',
    '其内使用混合精度：可降精度的运算自动用低精度',
  ),
  enable_grad: words('gradients are recorded inside', '其内记录梯度'),
  set_grad_enabled: words('turns recording of gradients on or off inside', '其内按参数开关梯度记录'),
  open: words('opens a file and closes it at the end', '打开文件，结束时自动关闭'),
};

export const withWords = (s: Scope, stmt: Of<'With'>): Words | undefined => {
  const said = stmt.items.map(({ context, target }) => {
    const call = context.kind === 'Call' ? calledName(context.func) : undefined;
    const known = entryOf(CONTEXTS, call?.slice(call.lastIndexOf('.') + 1) ?? '');
    const code = codeText(s, context);
    const name = target && codeText(s, target);
    if (known) return name === undefined ? known : text`${known}${words(` (as ${name})`, `（记为 ${name}）`)}`;
    if (code === undefined) return undefined;
    return name === undefined
      ? words(`inside ${code}`, `在 ${code} 之内执行`)
      : words(`${name} is ${code} inside`, `其内 ${name} 为 ${code}`);
  });
  return said.every((one) => one !== undefined) ? join(said, '; ', '；') : undefined;
};

export const assertWords = (s: Scope, stmt: Of<'Assert'>): Words =>
  stmt.test.kind === 'Constant' && stmt.test.value === false
    ? words('must not be reached: an error is raised', '不应走到这里，否则报错')
    : text`${words('demands that ', '要求 ')}${testWords(s, stmt.test)}${words('; otherwise an error is raised', '，否则报错')}`;

export const raiseWords = (s: Scope, stmt: Of<'Raise'>): Words => {
  const { exception } = stmt;
  if (!exception) return words('raises the caught exception again', '把捕获的异常再次抛出');
  const type = exception.kind === 'Call' ? calledName(exception.func) : nameOf(exception);
  if (type === 'NotImplementedError') return words('subclasses must define this', '须由子类实现');
  const name = type ?? codeText(s, exception, 32) ?? '…';
  return words(`stops with ${name}`, `抛出 ${name}，终止执行`);
};

export const deleteWords = (s: Scope, stmt: Of<'Delete'>): Words => {
  const names = stmt.targets.map((target) => codeText(s, target) ?? '…');
  return words(`deletes ${names.join(', ')}`, `删除 ${names.join('、')}`);
};
