import type { Words } from '../../ops';
import type { Call } from '../../syntax';
import { words } from '../words';
import { codeText, entryOf } from './code';
import type { Scope } from './scope';
import { about, always, given, ofOwner, owner, type Telling } from './tellings';

/** What a call of Python's own library does, or of the tools that scripts use beside a model; `full` with what imports say of it. */
export const pythonWords = (s: Scope, call: Call, full: string): Words | undefined => {
  const last = full.slice(full.lastIndexOf('.') + 1);
  return (
    entryOf(FUNCTIONS, full)?.(s, call, last) ??
    (isEnvironment(s, call) ? entryOf(STEPS, last)?.(s, call, last) : undefined)
  );
};

/** `namedtuple('Transition', ('state', 'action'))`. */
const record: Telling = (_s, { args }) => {
  const [name, fields] = args.map(({ value }) => value);
  const items = fields?.kind === 'Tuple' || fields?.kind === 'List' ? fields.items : [];
  const names = items.flatMap((item) => (item.kind === 'Str' ? [item.value] : []));
  if (name?.kind !== 'Str') return undefined;
  return names.length === 0 || names.length < items.length
    ? words(`tuple type ${name.value} with named fields`, `具名元组类型 ${name.value}`)
    : words(
        `tuple type ${name.value} with the fields ${names.join(', ')}`,
        `具名元组类型 ${name.value}，字段为 ${names.join('、')}`,
      );
};

const queue: Telling = (s, call) => {
  const most = given(s, call, 1, 'maxlen');
  return most === undefined || most === 'None'
    ? words('queue that grows and shrinks at both ends', '双端队列，两端都可增删')
    : words(`queue of at most ${most}: when it is full, the oldest goes`, `双端队列，最多 ${most} 个，满后丢弃最旧的`);
};

const between: Telling = (s, call) => {
  const [low, high] = [given(s, call, 0), given(s, call, 1)];
  return low === undefined || high === undefined
    ? undefined
    : words(`a random whole number from ${low} to ${high}, both included`, `${low} 到 ${high}（含两端）的随机整数`);
};

const below: Telling = (s, call) => {
  const [first, more] = [given(s, call, 0), given(s, call, 1)];
  return first === undefined || more !== undefined
    ? undefined
    : words(`a random whole number from 0 to below ${first}`, `从 0 起、小于 ${first} 的随机整数`);
};

const drawn: Telling = (s, call) => {
  const [from, count] = [given(s, call, 0), given(s, call, 1, 'k')];
  return from === undefined || count === undefined
    ? undefined
    : words(`${count} different elements of ${from}, drawn at random`, `从 ${from} 中不重复地随机取 ${count} 个`);
};

/** `initializer=…` and whatever else a parameter is made with. */
const attributes: Telling = (_s, { args }) => {
  const names = args.flatMap(({ name }) => (name === undefined ? [] : [name]));
  return names.length === 0
    ? words('how a parameter is made', '参数的创建方式')
    : words(`how a parameter is made: ${names.join(', ')}`, `参数的创建方式：指定 ${names.join('、')}`);
};

/** Paddle's initialisers are objects that a layer is handed. */
const initialiser = (en: string, zh: string, ...names: readonly string[]): Telling => {
  return (s, call) => {
    const told = names.flatMap((name, place) => {
      const value = given(s, call, place, name);
      return value === undefined ? [] : [`${name} = ${value}`];
    });
    return words(`initialiser: ${[en, ...told].join(', ')}`, `初始化方式：${[zh, ...told].join('，')}`);
  };
};

const INITIALISERS: Readonly<Record<string, Telling>> = {
  Constant: initialiser('one value everywhere', '全部取同一个值', 'value'),
  Normal: initialiser('normal distribution', '正态分布', 'mean', 'std'),
  TruncatedNormal: initialiser('truncated normal distribution', '截断正态分布', 'mean', 'std'),
  Uniform: initialiser('uniform distribution', '均匀分布', 'low', 'high'),
  XavierNormal: initialiser('Xavier normal distribution', 'Xavier 正态分布'),
  XavierUniform: initialiser('Xavier uniform distribution', 'Xavier 均匀分布'),
  KaimingNormal: initialiser('Kaiming normal distribution', 'Kaiming 正态分布'),
  KaimingUniform: initialiser('Kaiming uniform distribution', 'Kaiming 均匀分布'),
  Orthogonal: initialiser('orthogonal matrix', '正交矩阵'),
  Assign: initialiser('the given values', '取给定的值'),
};

const FUNCTIONS: Readonly<Record<string, Telling>> = {
  'collections.namedtuple': record,
  'collections.deque': queue,
  'collections.OrderedDict': always('dictionary that keeps the order in which it was filled', '按插入顺序排列的字典'),
  'collections.Counter': about('how often each element of # occurs', '统计 # 中各元素出现的次数'),
  'collections.defaultdict': about('dictionary in which a missing key starts as #()', '字典，缺少的键以 #() 为初值'),
  'copy.deepcopy': about('a copy of # that shares nothing with it', '# 的完整拷贝，互不共享'),
  'random.random': always('a random number between 0 and 1', '0–1 之间的随机数'),
  'random.choice': about('one element of #, drawn at random', '从 # 中随机取一个'),
  'random.sample': drawn,
  'random.randint': between,
  'random.randrange': below,
  'random.shuffle': about('puts # into a random order', '随机打乱 # 的顺序'),
  'time.time': always('the time now, in seconds', '当前时间（秒）'),
  'os.mkdir': about('makes the folder #', '建立目录 #'),
  'math.ceil': about('# rounded up', '# 向上取整'),
  'math.floor': about('# rounded down', '# 向下取整'),
  're.compile': always('compiles a regular expression', '编译正则表达式'),
  'warnings.warn': always('only warns: nothing depends on it', '仅发出警告，不影响计算'),
  're.sub': (s, call) => {
    const [what, by, where] = [given(s, call, 0), given(s, call, 1), given(s, call, 2)];
    return what === undefined || by === undefined || where === undefined
      ? undefined
      : words(`replaces what matches ${what} in ${where} by ${by}`, `把 ${where} 中匹配 ${what} 的部分替换为 ${by}`);
  },
  'numpy.array': about('# as a NumPy array', '由 # 建立 NumPy 数组'),
  'numpy.random.RandomState': about('random number generator with the seed #', '随机数生成器，种子 #'),
  'numpy.random.default_rng': about('random number generator with the seed #', '随机数生成器，种子 #'),
  'numpy.append': (s, call) => {
    const [to, what] = [given(s, call, 0), given(s, call, 1)];
    return to === undefined || what === undefined
      ? undefined
      : words(`${to} with ${what} behind it`, `把 ${what} 接到 ${to} 之后`);
  },
  'torch.utils.data.random_split': (s, call) => {
    const [data, sizes] = [given(s, call, 0, 'dataset'), given(s, call, 1, 'lengths')];
    return data === undefined
      ? undefined
      : words(
          `${data} split at random: ${sizes ?? '…'}`,
          `把 ${data} 随机划分${sizes === undefined ? '' : `：${sizes}`}`,
        );
  },
  'torch.utils.data.TensorDataset': always(
    'data set of tensors: entry i of each is sample i',
    '由张量组成的数据集：各取第 i 项为一个样本',
  ),
  'paddle.metric.accuracy': always('the share of right answers', '准确率'),
  'os.makedirs': about('makes the folder #', '建立目录 #'),
  'os.path.join': always('a path put together from its parts', '拼接成的路径'),
  'json.load': about('reads # as JSON', '按 JSON 格式读取 #'),
  'json.dump': about('writes # as JSON', '把 # 写成 JSON'),
  'pickle.load': about('reads back an object saved in #', '读回保存在 # 中的对象'),
  'gym.make': about('makes the environment #', '建立环境 #'),
  'gymnasium.make': about('makes the environment #', '建立环境 #'),
  'numpy.load': about('reads the array saved in #', '读取数组文件 #'),
  'PIL.Image.open': about('opens the image #', '打开图像 #'),
  'torchvision.utils.save_image': about('saves # as an image', '把 # 存为图像文件'),
  'torchvision.utils.make_grid': about('puts the images of # into one grid', '把 # 中的图像拼成一张'),
  'paddle.ParamAttr': attributes,
  'paddle.metric.Accuracy': always('measure: the share of right answers', '评价指标：准确率'),
  'paddle.metric.Precision': always('measure: precision', '评价指标：精确率'),
  'paddle.metric.Recall': always('measure: recall', '评价指标：召回率'),
  ...Object.fromEntries(Object.entries(INITIALISERS).map(([name, said]) => [`paddle.nn.initializer.${name}`, said])),
};

/** Whether something called an environment is asked: reinforcement learning names it so everywhere. */
const isEnvironment = (s: Scope, call: Call): boolean => /(^|[._])envs?$/.test(owner(s, call) ?? '');

const STEPS: Readonly<Record<string, Telling>> = {
  reset: ofOwner('starts # anew and gives its first state', '重置 #，得到初始状态'),
  step: (s, call) => {
    const [whose, action] = [owner(s, call), call.args[0] && codeText(s, call.args[0].value, 24)];
    return action === undefined
      ? undefined
      : words(
          `does ${action} in ${whose}: the next state, the reward, whether it is over`,
          `在 ${whose} 中执行 ${action}：得到下一状态、奖励与是否结束`,
        );
  },
  close: ofOwner('closes #', '关闭 #'),
  render: ofOwner('shows #', '显示 #'),
};
