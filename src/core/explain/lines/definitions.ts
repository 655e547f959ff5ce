import type { Words } from '../../ops';
import type { ClassDef, Expr, FunctionDef } from '../../syntax';
import type { Value } from '../../values';
import { isModule } from '../modules';
import { shapesOf } from '../reader';
import { outputText } from '../summary';
import { statementsIn } from '../walk';
import { join, plain, text, words } from '../words';
import { isFolding } from './calls';
import { articleOf, calledName, codeText, entryOf } from './code';
import { callersOf, expressionsWithin, methodsOf, type Scope, selfAttribute, targetsOf, usedByScript } from './scope';

/** What a function is for: what goes in, what comes out, who calls it. */
export const functionWords = (s: Scope, fn: FunctionDef): Words | undefined => {
  if (fn.name === '__init__') return constructorWords(s, fn);
  const kinds = fn.decorators
    .map((one) => entryOf(DECORATORS, calledName(one.kind === 'Call' ? one.func : one) ?? ''))
    .filter((k) => k !== undefined);
  if (kinds.includes(SIGNATURE)) return SIGNATURE;
  const way = deployWords(s, fn) ?? wayWords(s, fn);
  const use = entryOf(PROTOCOL, fn.name) ?? useWords(s, fn);
  const parts = [...kinds, ...(way ? [way] : []), ...(use ? [use] : [])];
  return parts.length === 0 ? plainFunction(s, fn) : join(parts, '; ', '；');
};

/** A function of which neither shapes nor callers are known. */
const plainFunction = (s: Scope, fn: FunctionDef): Words => {
  if (fn.name === 'forward' && s.cls) {
    const inputs = fn.params.slice(1).map(({ name }) => name);
    return inputs.length === 0
      ? words('what a call of the module runs', '调用本模块时执行')
      : words(
          `what a call of the module runs; the shape of ${inputs.join(', ')} is not known here`,
          `调用本模块时执行；${inputs.join('、')} 的形状在此未知`,
        );
  }
  return words('not called in this file', '本文件中没有调用');
};

const SIGNATURE = words('only declares one way to call it: the body is not run', '仅声明一种调用方式，函数体不执行');

const DECORATORS: Readonly<Record<string, Words>> = {
  staticmethod: words('static: needs no instance', '静态方法：不需要实例'),
  classmethod: words('on the class: cls is the class itself', '类方法：cls 是类本身'),
  property: words('read like an attribute, without brackets', '像属性一样读取，不加括号'),
  'torch.no_grad': words('records no gradients', '不记录梯度'),
  'torch.inference_mode': words('inference only: records no gradients', '仅推理：不记录梯度'),
  'paddle.no_grad': words('records no gradients', '不记录梯度'),
  'paddle.jit.to_static': words('compiled to a static graph', '转为静态图执行'),
  'torch.compile': words('compiled', '编译后执行'),
  'torch.jit._overload_method': SIGNATURE,
  'typing.overload': SIGNATURE,
  overload: SIGNATURE,
  abstractmethod: words('subclasses must define it', '须由子类实现'),
  'abc.abstractmethod': words('subclasses must define it', '须由子类实现'),
  'torch.jit.ignore': words('left out when the model is compiled to TorchScript', '编译为 TorchScript 时忽略'),
};

const PROTOCOL: Readonly<Record<string, Words>> = {
  _load_from_state_dict: words('run by PyTorch when parameters are loaded', '载入参数时由 PyTorch 调用'),
  _save_to_state_dict: words('run by PyTorch when parameters are saved', '保存参数时由 PyTorch 调用'),
  _apply: words(
    'run by PyTorch when the module is moved or converted, as by .cuda() or .half()',
    '移动或转换模块时（如 .cuda()、.half()）由 PyTorch 调用',
  ),
  __len__: words('what len() gives', 'len() 的结果'),
  __getitem__: words('what indexing with [] gives', '用 [] 取元素时调用'),
  __setitem__: words('what assigning with [] does', '用 [] 赋值时调用'),
  __iter__: words('what a loop over the object goes through', '遍历对象时调用'),
  __next__: words('what each turn of a loop gets', '遍历时每次取下一项'),
  __contains__: words('what `in` asks', '用 in 判断时调用'),
  __enter__: words('runs at the start of a with block', '进入 with 语句块时运行'),
  __exit__: words('runs at the end of a with block', '离开 with 语句块时运行'),
  __str__: words('the object as text', '对象转为字符串时的结果'),
  __post_init__: words(
    'runs at the end of the constructor that dataclass writes',
    '由 dataclass 生成的构造函数在末尾调用',
  ),
  __repr__: words('how the object is printed', '打印对象时的文字'),
  extra_repr: words('what print adds behind the name of the layer', '打印该层时附加的说明'),
  __call__: words('runs when the object is called like a function', '把对象当函数调用时运行'),
};

/** The constructor: what it builds, what must be given. */
const constructorWords = (s: Scope, fn: FunctionDef): Words => {
  const made = layersOf(s, fn);
  const builds =
    made.length === 0 || made.length > MOST
      ? words(
          made.length > 0 ? `builds ${made.length} layers` : 'constructor',
          `构造函数${made.length > 0 ? `：建立 ${made.length} 个子层` : ''}`,
        )
      : words(`builds ${made.join(', ')}`, `构造函数：建立 ${made.join('、')}`);
  const needed = fn.params
    .slice(1)
    .filter((p) => !p.default && (p.form === 'ordinary' || p.form === 'keyword-only'))
    .map((p) => p.name);
  const optional = fn.params.slice(1).some((p) => p.default !== undefined);
  if (needed.length === 0) return builds;
  const rest = optional ? words(' (the rest have defaults)', '，其余有默认值') : plain('');
  return text`${builds}${words(`; needs ${needed.join(', ')}`, `；须给出 ${needed.join('、')}`)}${rest}`;
};

/** Also what is a layer on one side of a condition only. */
const holdsModule = (value: Value): boolean =>
  value.kind === 'either' ? holdsModule(value.yes) || holdsModule(value.no) : isModule(value);

const MOST = 6;

/** The attributes that hold modules, in the order in which they are set. */
const layersOf = (s: Scope, fn: FunctionDef): readonly string[] => {
  const holds = (target: Expr, value: Value | undefined): boolean => {
    const stored = s.r.trace.stores.get(target) ?? value;
    return stored !== undefined && holdsModule(stored);
  };
  const names = statementsIn(fn.body).flatMap((stmt) => {
    const value = stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' ? stmt.value : undefined;
    return targetsOf(stmt).flatMap((target) => {
      const attr = selfAttribute(target);
      return attr !== undefined && value && s.r.values(value).some((one) => holds(target, one)) ? [attr] : [];
    });
  });
  return [...new Set(names)];
};

/** A method that makes what `hasattr` in other methods asks for, and deletes what was used before. */
const deployWords = (s: Scope, fn: FunctionDef): Words | undefined => {
  const set = statementsIn(fn.body)
    .flatMap(targetsOf)
    .flatMap((target) => selfAttribute(target) ?? []);
  const asked = [...new Set(set)].filter((attr) => methodsOf(s.cls).some((method) => asksFor(method, attr)));
  const deleted = expressionsWithin(fn.body).flatMap((expr) => {
    const name = expr.kind === 'Call' ? calledName(expr.func) : undefined;
    const last = expr.kind === 'Call' ? expr.args.at(-1)?.value : undefined;
    return name !== undefined && /(^|\.)(__)?delattr(__)?$/.test(name) && last?.kind === 'Str' ? [last.value] : [];
  });
  if (asked.length === 0 || deleted.length === 0) return undefined;
  const equal = isFolding(s)
    ? words('; equal to the branches in eval mode only', '；仅在评估模式下与原支路等价')
    : plain('');
  return text`${words(
    `goes over to deployment: makes ${asked.join(', ')}, deletes ${deleted.join(', ')}`,
    `转为部署形态：建立 ${asked.join('、')}，删除 ${deleted.join('、')}`,
  )}${equal}`;
};

const asksFor = (method: FunctionDef, attr: string): boolean =>
  method.name === 'forward' &&
  expressionsWithin(method.body).some((expr) => {
    const name = expr.kind === 'Call' ? calledName(expr.func) : undefined;
    const what = expr.kind === 'Call' ? expr.args[1]?.value : undefined;
    return name === 'hasattr' && what?.kind === 'Str' && what.value === attr;
  });

/** `kernel1x1: [ch_out, ch_in, 1, 1] → [ch_out, ch_in, 3, 3]`. */
const wayWords = (s: Scope, fn: FunctionDef): Words | undefined => {
  const inputs = fn.params.flatMap((param) => {
    const shapes = shapesOf(s.r, param);
    return shapes.length === 1 ? [`${param.name}: ${shapes[0]}`] : [];
  });
  const outputs = returnsOf(fn).map((value) => resultOf(s, value));
  const [output] = outputs;
  const isOne = output !== undefined && outputs.every((o) => o === output);
  if (inputs.length === 0 || inputs.length > 4) return isOne ? words(`gives ${output}`, `返回 ${output}`) : undefined;
  const given = words(inputs.join(', '), inputs.join('，'));
  return isOne ? text`${given} → ${output}` : given;
};

const returnsOf = (fn: FunctionDef): readonly Expr[] =>
  statementsIn(fn.body).flatMap((stmt) => (stmt.kind === 'Return' && stmt.value ? [stmt.value] : []));

const resultOf = ({ r }: Scope, value: Expr): string | undefined => {
  const held = r.value(value);
  return held && outputText({ r }, held);
};

/** Who calls it. */
const useWords = (s: Scope, fn: FunctionDef): Words | undefined => {
  if (fn.name === 'forward' || /^__\w+__$/.test(fn.name)) return undefined;
  const { sure, possible } = callersOf(s, fn);
  const [callers, others] = [sure.slice(0, 3), possible.slice(0, 3)];
  if (callers.length > 0) return words(`called by ${callers.join(', ')}`, `由 ${callers.join('、')} 调用`);
  if (usedByScript(s, fn.name)) return words('used by the script below', '由下方脚本使用');
  return others.length > 0
    ? words(`may be called by ${others.join(', ')}`, `可能由 ${others.join('、')} 调用`)
    : undefined;
};

/** A model that nobody could follow: which layers it has, if any. */
const heldWords = (s: Scope, cls: ClassDef): Words | undefined => {
  const init = methodsOf(cls).find(({ name }) => name === '__init__');
  const held = init ? layersOf(s, init) : [];
  return held.length === 0 || held.length > MOST
    ? undefined
    : words(`${cls.name}: module with the layers ${held.join(', ')}`, `${cls.name}：模块，含子层 ${held.join('、')}`);
};

/** A class that is no model: what it derives from. */
export const plainClassWords = (s: Scope, cls: ClassDef): Words | undefined => {
  const bases = cls.bases
    .filter((base) => base.name === undefined && base.star === 0)
    .map((base) => codeText(s, base.value, 32));
  const [base] = bases;
  if (base !== undefined && /(^|\.)(Module|Layer)$/.test(base)) return heldWords(s, cls);
  if (base !== undefined && /(^|\.)Dataset$/.test(base))
    return words(`${cls.name}: data set, one sample for each index`, `${cls.name}：数据集，按下标取样本`);
  if (base !== undefined && base !== 'object')
    return words(`${cls.name}: ${articleOf(base)} ${base}`, `${cls.name}：继承自 ${base}`);
  const names = methodsOf(cls)
    .map(({ name }) => name)
    .filter((name) => !/^__/.test(name));
  return names.length === 0 || names.length > MOST
    ? words(`${cls.name}: a plain class`, `${cls.name}：普通类`)
    : words(`${cls.name}: a plain class with ${names.join(', ')}`, `${cls.name}：普通类，方法有 ${names.join('、')}`);
};
