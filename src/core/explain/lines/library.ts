import type { Words } from '../../ops';
import type { Call, Expr } from '../../syntax';
import { shapesOf } from '../reader';
import { join, plain, text, words } from '../words';
import { oddOf } from './arithmetic';
import { calledName, codeText, entryOf } from './code';
import { trimmedWords } from './described';
import { fullName } from './imports';
import { wrappedWords } from './paddle-model';
import { pythonWords } from './python';
import type { Scope } from './scope';
import { about, always, given, ofOwner, owner, type Telling } from './tellings';

/** What a call of Python or of the training tools around a model does; undefined for any that is not listed. */
export const libraryWords = (s: Scope, value: Expr): Words | undefined => {
  if (value.kind !== 'Call') return undefined;
  const name = calledName(value.func) ?? '';
  const last = name.slice(name.lastIndexOf('.') + 1);
  const full = fullName(s, name);
  // A class of the file may be called as one of the library is.
  if (s.module.some((stmt) => stmt.kind === 'ClassDef' && stmt.name === name)) return undefined;
  for (const [home, telling] of HOMES) if (home.test(name) || home.test(full)) return telling(s, value, last);
  const known = wrappedWords(s, value) ?? pythonWords(s, value, full);
  if (known) return known;
  if (value.func.kind === 'Name') return entryOf(full === name ? BUILTINS : TOOLS, full)?.(s, value, last);
  return entryOf(TOOLS, full)?.(s, value, last) ?? entryOf(METHODS, last)?.(s, value, last);
};

const optimizer: Telling = (s, call, name) => {
  const rate = given(s, call, 1, 'lr') ?? given(s, call, 0, 'learning_rate');
  const whose = /^([\w.]+)\.parameters\(\)/.exec(given(s, call, 0, 'parameters') ?? '')?.[1];
  const what =
    whose === undefined ? plain('') : words(`, updates the parameters of ${whose}`, `，更新 ${whose} 的参数`);
  const by =
    rate === undefined || rate.includes('parameters()')
      ? plain('')
      : words(`, learning rate ${rate}`, `，学习率 ${rate}`);
  return text`${words(`optimiser ${name}`, `${name} 优化器`)}${what}${by}`;
};

const SCHEDULES: Readonly<Record<string, Telling>> = {
  StepLR: (s, call) => {
    const [every, by] = [given(s, call, 1, 'step_size'), given(s, call, 2, 'gamma') ?? '0.1'];
    return every === undefined
      ? undefined
      : words(`every ${every} steps the learning rate is multiplied by ${by}`, `每 ${every} 步学习率乘以 ${by}`);
  },
  MultiStepLR: (s, call) => {
    const [at, by] = [given(s, call, 1, 'milestones'), given(s, call, 2, 'gamma') ?? '0.1'];
    return at === undefined
      ? undefined
      : words(`at ${at} the learning rate is multiplied by ${by}`, `到 ${at} 时学习率乘以 ${by}`);
  },
  ExponentialLR: always('the learning rate shrinks by a factor every step', '学习率每步按固定比例衰减'),
  CosineAnnealingLR: (s, call) => {
    const length = given(s, call, 1, 'T_max');
    return length === undefined
      ? undefined
      : words(`the learning rate falls along a cosine over ${length} steps`, `学习率在 ${length} 步内按余弦曲线下降`);
  },
  CosineAnnealingDecay: (s, call) => {
    const length = given(s, call, 1, 'T_max');
    return length === undefined
      ? undefined
      : words(`the learning rate falls along a cosine over ${length} steps`, `学习率在 ${length} 步内按余弦曲线下降`);
  },
  ReduceLROnPlateau: always('lowers the learning rate when a measure no longer improves', '指标不再改善时降低学习率'),
};

const schedule: Telling = (s, call, name) =>
  entryOf(SCHEDULES, name)?.(s, call, name) ??
  words(`schedule ${name}: changes the learning rate as training goes on`, `学习率调度器 ${name}：随训练调整学习率`);

const dataset: Telling = (s, call, name) => {
  const named = call.args.find(({ name: key }) => key === 'train' || key === 'mode')?.value;
  const which = (named && codeText(s, named, 48)) ?? given(s, call, 1);
  const part =
    which !== undefined && /^(True|['"]train['"])$/.test(which)
      ? words(', training part', '，训练集')
      : which !== undefined && /^(False|['"]test['"])$/.test(which)
        ? words(', test part', '，测试集')
        : plain('');
  return text`${words(`data set ${name}`, `数据集 ${name}`)}${part}`;
};

const loader: Telling = (s, call) => {
  const [data, size] = [given(s, call, 0, 'dataset'), given(s, call, 1, 'batch_size') ?? '1'];
  const mixed =
    given(s, call, 2, 'shuffle') === 'True' ? words(', in a new order every epoch', '，每轮重新打乱') : plain('');
  const taken =
    data === undefined
      ? words(`takes batches of ${size}`, `按批取样，每批 ${size} 个`)
      : words(`takes batches of ${size} from ${data}`, `从 ${data} 中按批取样，每批 ${size} 个`);
  return text`${taken}${mixed}`;
};

const device: Telling = (s, call) => {
  const where = given(s, call, 0);
  if (where === undefined) return undefined;
  return /is_available\(\)/.test(where)
    ? words('the GPU where there is one, else the CPU', '有 GPU 则用 GPU，否则用 CPU')
    : words(`device ${where}`, `设备 ${where}`);
};

/** By the module that the called name stands in. */
const HOMES: readonly (readonly [RegExp, Telling])[] = [
  [/^(nn\.)?Sequential$/, always('container that runs its layers in order', '顺序容器，依次执行其中各层')],
  [/^(nn\.)?(ModuleList|LayerList)$/, always('list of registered layers', '层列表（逐个登记）')],
  [/^(nn\.)?(ModuleDict|LayerDict)$/, always('dictionary of registered layers', '层字典（按名取用）')],
  [/(^|\.)lr_scheduler\.\w+$|(^|\.)optimizer\.lr\.\w+$/, schedule],
  [/^(torch\.)?optim\.[A-Z]\w*$|^paddle\.optimizer\.[A-Z]\w*$/, optimizer],
  [/(^|\.)datasets\.[A-Z]\w*$/, dataset],
  [/(^|\.)DataLoader$/, loader],
  [/^paddle\.Model$/, about('wraps # for training, evaluation and prediction', '封装 #，供训练、评估与预测')],
  [/(^|\.)(transforms\.)?Compose$/, always('preprocessing steps, one after the other', '依次执行的预处理步骤')],
  [
    /(^|\.)GradScaler$/,
    always('scales the loss so that half precision does not lose small gradients', '缩放损失，避免半精度下小梯度丢失'),
  ],
  [/(^|\.)DataParallel$/, about('spreads every batch of # over several GPUs', '把 # 的每个批次分到多块 GPU 上并行')],
  [
    /(^|\.)DistributedDataParallel$/,
    about('# runs on several processes that average their gradients', '# 多进程并行，各进程梯度取平均'),
  ],
  [/(^|\.)tqdm$/, about('goes through # and shows the progress', '遍历 # 并显示进度')],
  [/^(plt|matplotlib)\.\w/, always('only draws: nothing depends on it', '绘图，不影响计算')],
  [/^(logger|logging)\.\w+$/, always('writes to the log: nothing depends on it', '写日志，不影响计算')],
  [/(^|\.)SummaryWriter$/, always('writes a record of the training for TensorBoard', '为 TensorBoard 记录训练过程')],
];

const rounded = about('# rounded to the nearest whole number', '# 取最近的整数');

const BUILTINS: Readonly<Record<string, Telling>> = {
  len: about('the length of #', '# 的长度'),
  zip: (s, call) => {
    const [only, more] = call.args;
    const code = only && codeText(s, only.value, 24);
    if (only?.star === 1 && !more && code !== undefined)
      return words(
        `regroups ${code} by position: all first entries, all second ones, and so on`,
        `把 ${code} 各项中同一位置的元素归到一起`,
      );
    const names = call.args.map(({ star, value }) => (star === 0 ? codeText(s, value, 40) : undefined));
    return names.length < 2 || names.includes(undefined)
      ? undefined
      : words(`walks ${names.join(', ')} side by side`, `把 ${names.join('、')} 逐项配对`);
  },
  sorted: about('# in order', '# 排序后的列表'),
  sum: (s, call, name) => {
    const counted = /^\w+\.numel\(\) for \w+ in ([\w.]+)\.parameters\(\)( if \w+\.requires_grad)?$/.exec(
      (call.args[0] && codeText(s, call.args[0].value, LONGEST_COUNT))?.replace(/^\((.*)\)$/, '$1') ?? '',
    );
    if (!counted) return about('the sum of #', '# 之和')(s, call, name);
    const which = counted[2] === undefined ? words('parameters', '参数') : words('trained parameters', '可训练参数');
    return text`${words('the number of ', '')}${which}${words(` of ${counted[1]}`, `总数（${counted[1]}）`)}`;
  },
  max: (s, call) => compared(s, call, words('larger', '较大者'), words('largest', '最大值')),
  min: (s, call) => compared(s, call, words('smaller', '较小者'), words('smallest', '最小值')),
  dict: (_, { args }) => {
    const names = args.flatMap(({ name }) => (name === undefined ? [] : [name]));
    const isOpen = args.some(({ star }) => star === 2);
    if (names.length === 0 || names.length + (isOpen ? 1 : 0) < args.length) return undefined;
    if (isOpen) return words(`dictionary with ${names[0]} and more`, `字典，含 ${names[0]} 等`);
    return names.length <= MOST_KEYS
      ? words(`dictionary with ${names.join(', ')}`, `字典，含 ${names.join('、')}`)
      : words(`dictionary of ${names.length} entries`, `字典，共 ${names.length} 项`);
  },
  int: (s, call, name) => {
    const [inner, more] = call.args.map(({ value }) => value);
    const isRounded = inner?.kind === 'Call' && !more && calledName(inner.func) === 'round';
    return isRounded
      ? rounded(s, inner, name)
      : about('# as a whole number, cut off', '# 取整（截断小数）')(s, call, name);
  },
  round: (s, call, name) => (call.args.length === 1 ? rounded(s, call, name) : undefined),
  float: about('# as a float', '# 转为浮点数'),
  list: about('# as a list', '# 转为列表'),
  tuple: about('# as a tuple', '# 转为元组'),
  set: about('the distinct elements of #', '# 中互不相同的元素'),
  str: about('# as text', '# 转为字符串'),
  abs: about('the absolute value of #', '# 的绝对值'),
  deepcopy: about('a copy of # that shares nothing with it', '# 的完整拷贝，互不共享'),
  setattr: (s, call) => {
    const [whose, name, value] = [given(s, call, 0), given(s, call, 1), given(s, call, 2)];
    return whose === undefined || name === undefined || value === undefined
      ? undefined
      : words(`sets the attribute ${name} of ${whose} to ${value}`, `把 ${whose} 的属性 ${name} 设为 ${value}`);
  },
  getattr: (s, call) => {
    const [whose, name] = [given(s, call, 0), given(s, call, 1)];
    return whose === undefined || name === undefined
      ? undefined
      : words(`the attribute ${name} of ${whose}`, `取 ${whose} 的属性 ${name}`);
  },
};

const MOST_KEYS = 5;

/** The parameters of a model are counted in as many characters. */
const LONGEST_COUNT = 100;

/** `max(xs)`, `max(a, b)`. */
const compared = (s: Scope, { args }: Call, ofTwo: Words, ofMany: Words): Words | undefined => {
  const all = args.flatMap(({ name, value }) => {
    const code = name === undefined ? codeText(s, value, 32) : undefined;
    return oddOf(s, value) ?? (code === undefined ? [] : plain(code));
  });
  if (all.length === 0 || all.length < args.length) return undefined;
  const which = all.length === 2 ? ofTwo : ofMany;
  const of = join(all, ' and ', '、');
  return words(`the ${which.en} of ${of.en}`, `${of.zh} 中的${which.zh}`);
};

const gradient: Telling = (s, call) => {
  const [of, by] = [given(s, call, 0, 'outputs'), given(s, call, 1, 'inputs')];
  if (of === undefined || by === undefined) return undefined;
  const isKept = given(s, call, Number.MAX_SAFE_INTEGER, 'create_graph') === 'True';
  const said = words(`the gradient of ${of} with respect to ${by}`, `${of} 对 ${by} 的梯度`);
  return isKept ? text`${said}${words(', through which gradients flow in turn', '（保留计算图，可继续求导）')}` : said;
};

const saved: Telling = (s, call) => {
  const [what, where] = [given(s, call, 0) ?? keysOf(call), given(s, call, 1)];
  if (what === undefined || where === undefined) return undefined;
  const whose = /^([\w.]+)\.state_dict\(\)$/.exec(what)?.[1];
  return whose === undefined
    ? words(`saves ${what} as ${where}`, `把 ${what.replaceAll(', ', '、')} 保存为 ${where}`)
    : words(`saves the parameters of ${whose} as ${where}`, `把 ${whose} 的参数保存为 ${where}`);
};

/** `model, epoch` of a dictionary with these keys. */
const keysOf = ({ args: [first] }: Call): string | undefined => {
  const entries = first?.value.kind === 'Dict' ? first.value.entries : [];
  const keys = entries.flatMap(({ key }) => (key?.kind === 'Str' ? [key.value] : []));
  return keys.length > 0 && keys.length === entries.length && keys.length <= MOST_KEYS ? keys.join(', ') : undefined;
};

const TOOLS: Readonly<Record<string, Telling>> = {
  'torch.autograd.grad': gradient,
  'autograd.grad': gradient,
  'torch.device': device,
  'torch.save': saved,
  'paddle.save': saved,
  'torch.cuda.is_available': always('whether there is a GPU to compute on', '是否有可用的 GPU'),
  'torch.backends.mps.is_available': always('whether there is an Apple GPU to compute on', '是否有可用的 Apple GPU'),
  'paddle.is_compiled_with_cuda': always('whether this Paddle is built for GPUs', 'Paddle 是否支持 GPU'),
  'paddle.device.is_compiled_with_cuda': always('whether this Paddle is built for GPUs', 'Paddle 是否支持 GPU'),
  'torch.load': about('reads what was saved in #', '读取保存在 # 中的内容'),
  'paddle.load': about('reads what was saved in #', '读取保存在 # 中的内容'),
  'argparse.ArgumentParser': always('reads options from the command line', '命令行参数解析器'),
};

const moved: Telling = (s, call, name) => {
  const whose = owner(s, call);
  const where = name === 'to' ? given(s, call, 0, 'device') : name === 'cpu' ? 'CPU' : 'GPU';
  if (whose === undefined || where === undefined || /^(torch|paddle)\.|^dtype|\.dtype$/.test(where)) return undefined;
  return words(`moves ${whose} to ${where}`, `把 ${whose} 移到 ${where}`);
};

/** `name.lower()`, `line.strip()`. */
const textual: Telling = (s, call, name) => {
  const [whose, said] = [owner(s, call), trimmedWords(s, call, name)];
  const isPlain = whose !== undefined && /^[\w.]+$/.test(whose);
  return !isPlain || !said ? undefined : words(`${whose} ${said.en}`, `${whose} ${said.zh}`);
};

const METHODS: Readonly<Record<string, Telling>> = {
  to: moved,
  cuda: moved,
  cpu: moved,
  size: (s, call) => {
    const [whose, axis] = [owner(s, call), given(s, call, 0)];
    if (whose === undefined || axis === undefined) return undefined;
    return axis === '-1'
      ? words(`the size of the last axis of ${whose}`, `${whose} 最后一维的大小`)
      : words(`the size of axis ${axis} of ${whose}`, `${whose} 第 ${axis} 维的大小`);
  },
  lower: textual,
  upper: textual,
  strip: textual,
  lstrip: textual,
  rstrip: textual,
  contiguous: ofOwner('# laid out contiguously in memory', '# 在内存中连续存放'),
  // A text that is written out shows by itself what goes into it.
  format: (s, call, name) =>
    /^[\w.]+$/.test(owner(s, call) ?? '')
      ? ofOwner('the text # filled in', '按 # 的格式填成的字符串')(s, call, name)
      : undefined,
  unscale_: (s, call) => {
    const whose = given(s, call, 0, 'optimizer');
    return whose === undefined
      ? undefined
      : words(
          `takes the scale out of the gradients again, those that ${whose} updates`,
          `把 ${whose} 所管参数的梯度还原为未缩放的大小`,
        );
  },
  scale: (s, call) => {
    const what = /scaler/i.test(owner(s, call) ?? '') ? given(s, call, 0) : undefined;
    return what === undefined
      ? undefined
      : words(`${what} times the scale, so that small gradients survive`, `${what} 乘以缩放系数，避免小梯度丢失`);
  },
  minimize: (s, call) =>
    /scaler/i.test(owner(s, call) ?? '')
      ? words('updates the parameters, unless a gradient overflowed', '更新参数（梯度溢出则跳过）')
      : undefined,
  add_scalar: (s, call) => {
    const [name, value] = [given(s, call, 0, 'tag'), given(s, call, 1, 'scalar_value')];
    return name === undefined || value === undefined
      ? undefined
      : words(`records ${value} as ${name}`, `把 ${value} 记录为 ${name}`);
  },
  set_description: always('text in front of the progress bar', '在进度条前显示文字'),
  set_postfix: always('numbers behind the progress bar', '在进度条后显示数值'),
  close: (s, call) => (call.args.length === 0 ? ofOwner('closes #', '关闭 #')(s, call, '') : undefined),
  item: ofOwner('the number in #', '取出 # 的数值'),
  tolist: ofOwner('# as a Python list', '# 转为 Python 列表'),
  numpy: ofOwner('# as a NumPy array', '# 转为 NumPy 数组'),
  float: ofOwner('# as 32-bit numbers', '# 转为 32 位浮点数'),
  half: ofOwner('# as 16-bit numbers', '# 转为 16 位浮点数'),
  double: ofOwner('# as 64-bit numbers', '# 转为 64 位浮点数'),
  long: ofOwner('# as whole numbers', '# 转为 64 位整数'),
  detach: ofOwner('# without its history: gradients end here', '# 脱离计算图：梯度到此为止'),
  read: ofOwner('all that # holds', '读出 # 的全部内容'),
  pop: (s, call) => {
    const [whose, which] = [owner(s, call), given(s, call, 0)];
    if (whose === undefined) return undefined;
    return which === undefined
      ? words(`takes the last element out of ${whose}`, `从 ${whose} 末尾取出一个`)
      : words(`takes ${which} out of ${whose}`, `从 ${whose} 中取出 ${which}`);
  },
  get: (s, call) => {
    const [whose, which, other] = [owner(s, call), given(s, call, 0), given(s, call, 1)];
    if (whose === undefined || which === undefined) return undefined;
    return words(
      `${which} of ${whose}, or ${other ?? 'None'} where it has none`,
      `取 ${whose} 的 ${which}，没有则为 ${other ?? 'None'}`,
    );
  },
  detach_: ofOwner('cuts # off from its history: gradients end here', '# 脱离计算图：梯度到此为止'),
  copy: ofOwner('a copy of #', '# 的拷贝'),
  clone: ofOwner('a copy of #', '# 的拷贝'),
  keys: ofOwner('the keys of #', '# 的键'),
  values: ofOwner('the values of #', '# 的值'),
  items: ofOwner('the entries of #', '# 的条目'),
  // A text is not split along an axis.
  split: (s, call, name) =>
    call.args.some(({ value, name: given }) => value.kind === 'List' || given === 'dim' || given === 'axis')
      ? undefined
      : ofOwner(
          call.args.length === 0 ? '# split at white space' : `# split at ${given(s, call, 0)}`,
          call.args.length === 0 ? '把 # 按空白拆开' : `把 # 按 ${given(s, call, 0)} 拆开`,
        )(s, call, name),
  parse_args: always('reads the options that were given', '读取命令行给出的参数'),
  add_argument: (s, call) => {
    const [name, preset] = [given(s, call, 0), given(s, call, Number.MAX_SAFE_INTEGER, 'default')];
    if (name === undefined) return undefined;
    const by = preset === undefined ? plain('') : words(`, ${preset} by default`, `，默认 ${preset}`);
    return text`${words(`option ${name}`, `命令行参数 ${name}`)}${by}`;
  },
  clip_grad_norm_: (s, call) => {
    const most = given(s, call, 1, 'max_norm');
    return most === undefined
      ? undefined
      : words(`shrinks the gradients until their norm is at most ${most}`, `裁剪梯度，使总范数不超过 ${most}`);
  },
  clip_grad_value_: (s, call) => {
    const most = given(s, call, 1, 'clip_value');
    return most === undefined
      ? undefined
      : words(`cuts every gradient off at ±${most}`, `把每个梯度截断到 ±${most} 之内`);
  },
  requires_grad_: (s, call) => {
    const on = given(s, call, 0, 'requires_grad') ?? 'True';
    if (on === 'False') return ofOwner('freezes #: no gradients', '冻结 #：不求梯度')(s, call, '');
    return on === 'True'
      ? ofOwner('gradients of # are wanted', '需要 # 的梯度')(s, call, '')
      : ofOwner(`whether # is trained: as ${on} says`, `# 是否求梯度由 ${on} 决定`)(s, call, '');
  },
};

/** `print(x.shape)`: what is printed, where it is known. */
export const printedWords = (s: Scope, call: Call): Words => {
  const shapes = call.args.flatMap(({ value }) => {
    const whose = value.kind === 'Attribute' && value.attr === 'shape' ? value.value : undefined;
    const [shape, more] = whose ? shapesOf(s.r, whose) : [];
    const name = whose && codeText(s, whose, 24);
    return shape === undefined || more !== undefined || name === undefined ? [] : [[name, shape] as const];
  });
  const [only, more] = shapes;
  return only && !more
    ? words(`prints the shape of ${only[0]}: ${only[1]}`, `打印 ${only[0]} 的形状：${only[1]}`)
    : words('only prints: nothing depends on it', '仅打印查看，不影响计算');
};
