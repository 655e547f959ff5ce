import type { Words } from '../../ops';
import type { Call } from '../../syntax';
import { statementsIn } from '../walk';
import { plain, text, words } from '../words';
import { calledName, entryOf, nameOf } from './code';
import { fullName } from './imports';
import { type Scope, targetsOf } from './scope';
import { always, given, type Telling } from './tellings';

/** What a method of a `paddle.Model` does: the network wrapped for training, evaluation and prediction. */
export const wrappedWords = (s: Scope, call: Call): Words | undefined => {
  const { func } = call;
  const telling = func.kind === 'Attribute' ? entryOf(METHODS, func.attr) : undefined;
  return telling && isWrapped(s, call) ? telling(s, call, '') : undefined;
};

/** Whether a call is of a name that the code around it gives a `paddle.Model`, or of a new one. */
const isWrapped = (s: Scope, { func }: Call): boolean => {
  const made = func.kind === 'Attribute' ? func.value : undefined;
  if (made?.kind === 'Call') return isModel(s, made);
  const name = made && nameOf(made);
  if (name === undefined) return false;
  return [...(s.fn ? statementsIn(s.fn.body) : []), ...statementsIn(s.module)].some(
    (stmt) =>
      stmt.kind === 'Assign' &&
      stmt.value.kind === 'Call' &&
      isModel(s, stmt.value) &&
      targetsOf(stmt).some((target) => nameOf(target) === name),
  );
};

const isModel = (s: Scope, { func }: Call): boolean =>
  /^paddle\.(hapi\.)?Model$/.test(fullName(s, calledName(func) ?? ''));

/** What an argument is, told behind the rest: `, batches of 64`. */
const also = (s: Scope, call: Call, place: number, name: string, en: string, zh: string): Words => {
  const value = shortOf(s, call, place, name);
  return value === undefined || value === 'None'
    ? plain('')
    : words(
        en.replace('#', () => value),
        zh.replace('#', () => value),
      );
};

/** What an argument is made of: `Adam` of `paddle.optimizer.Adam(parameters=…)`, else as the source says it. */
const shortOf = (s: Scope, call: Call, place: number, name: string): string | undefined => {
  const arg =
    call.args.find((one) => one.name === name) ??
    call.args.filter((one) => one.name === undefined && one.star === 0)[place];
  const made = arg?.value.kind === 'Call' ? calledName(arg.value.func) : undefined;
  return made === undefined ? given(s, call, place, name) : made.slice(made.lastIndexOf('.') + 1);
};

const prepared: Telling = (s, call) =>
  text`${words('sets up training', '配置训练')}${also(s, call, 0, 'optimizer', ': optimiser #', '：优化器 #')}${also(s, call, 1, 'loss', ', loss #', '，损失 #')}${also(s, call, 2, 'metrics', ', measured by #', '，评价指标 #')}`;

const fitted: Telling = (s, call) => {
  const data = given(s, call, 0, 'train_data');
  const on = data === undefined ? plain('') : words(` on ${data}`, `：数据 ${data}`);
  return text`${words('trains', '训练')}${on}${also(s, call, 3, 'epochs', ', # times over the data', '，共 # 轮')}${also(s, call, 2, 'batch_size', ', in batches of #', '，批大小 #')}${also(s, call, 1, 'eval_data', ', evaluates on # in between', '，其间在 # 上评估')}`;
};

const METHODS: Readonly<Record<string, Telling>> = {
  prepare: prepared,
  fit: fitted,
  evaluate: (s, call) =>
    text`${words('the loss and the measures', '求损失与评价指标')}${also(s, call, 0, 'eval_data', ' on #, without training', '，数据 #，不更新参数')}`,
  predict: (s, call) =>
    text`${words('what the network gives', '求网络的输出')}${also(s, call, 0, 'test_data', ' for #, batch by batch', '，数据 #，逐批计算')}`,
  train_batch: always('trains on one batch; gives the loss', '用一个批次训练一步，返回损失'),
  eval_batch: always('the loss and the measures of one batch', '求一个批次的损失与评价指标'),
  predict_batch: always('what the network gives for one batch', '求一个批次的输出'),
  save: (s, call) =>
    text`${
      given(s, call, 1, 'training') === 'False'
        ? words('saves the network for inference', '保存用于推理的网络')
        : words('saves the parameters and the state of the optimiser', '保存参数与优化器状态')
    }${also(s, call, 0, 'path', ' under #', '，路径 #')}`,
  load: (s, call) =>
    text`${words('reads saved parameters back', '读入已保存的参数')}${also(s, call, 0, 'path', ' from #', '，路径 #')}`,
  summary: always('lists the output shape and the parameters of every layer', '列出各层的输出形状与参数量'),
};
