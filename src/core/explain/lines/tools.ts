import type { Words } from '../../ops';
import type { Expr } from '../../syntax';
import { join, plain, text, words } from '../words';
import { calledName, entryOf } from './code';
import type { Scope } from './scope';

/** What tools do that run a model on inputs of given shapes, by the last part of their name. */
const TOOLS: Readonly<Record<string, Words>> = {
  summary: words('lists the output shape and the parameters of every layer', '列出各层的输出形状与参数量'),
  flops: words('counts the operations', '统计计算量'),
  profile: words('counts operations and parameters', '统计计算量与参数量'),
  get_model_complexity_info: words('counts operations and parameters', '统计计算量与参数量'),
  FlopCountAnalysis: words('counts the operations', '统计计算量'),
  to_static: words('compiles the model to a static graph', '把模型转为静态图'),
  trace: words('compiles the model to a static graph', '把模型转为静态图'),
  save: words('saves the model as a static graph', '把模型存为静态图'),
  export: words('exports the model', '导出模型'),
};

/** `paddle.summary(net, (1, 3, 224, 224))`: what the tool does, and what the model gives for these inputs. */
export const toolWords = ({ r }: Scope, call: Expr): Words | undefined => {
  const name = call.kind === 'Call' ? calledName(call.func) : undefined;
  const doing = name === undefined ? undefined : entryOf(TOOLS, name.slice(name.lastIndexOf('.') + 1));
  const run = r.trace.events.find(({ node, parent }) => node === call && parent < 0);
  if (call.kind !== 'Call' || !doing || !run) return undefined;
  // A layer may be called `trace` as well.
  if (!call.args.some(({ value }) => r.values(value).includes(run.layer))) return undefined;
  const shapes = run.inputs.map((input) => (input.kind === 'tensor' ? r.shape(input.shape) : undefined));
  const output = run.output.kind === 'tensor' ? r.shape(run.output.shape) : undefined;
  if (shapes.length === 0 || shapes.some((shape) => shape === undefined)) return doing;
  return text`${doing}${words(', for ', '，输入 ')}${join(
    shapes.map((shape) => plain(shape ?? '')),
    ' and ',
    ' 与 ',
  )}${plain(output === undefined ? '' : ` → ${output}`)}`;
};
