import { add, type Dim } from '../dims';
import type { IdiomKind, Role, Stage, Work } from '../idioms';
import type { ClassRun } from '../interp';
import type { Words } from '../ops';
import { isSyntax, type Node } from '../syntax';
import { opCall } from './arguments';
import type { Context } from './context';
import { layerWords } from './layers';
import { moduleSteps } from './modules';
import { isCreation, opStep } from './ops';
import { text, words } from './words';

/** The stages of a network one after the other, whatever methods and loops of the class they stand in. */
export const overview = (cx: Context, run: ClassRun): readonly Words[] | undefined => {
  const idioms = cx.r.idioms();
  const event = run.trace.events.findLastIndex(({ layer, parent }) => layer === run.self && parent < 0);
  const stages = event < 0 ? undefined : idioms.stages(event);
  const steps = stages?.map((stage) => stageSteps(cx, stage));
  return steps?.every((step) => step !== undefined) ? timesTold(cx, steps.flat()) : undefined;
};

/** A step, and how often it is run there. */
interface Repeated {
  readonly step: Words;
  readonly times: Dim;
}

/** Turns of one loop that is run as often as a parameter says are told together: `block × n_layer`. */
const timesTold = ({ r }: Context, steps: readonly Repeated[]): readonly Words[] | undefined => {
  const merged: Repeated[] = [];
  for (const { step, times } of steps) {
    const before = merged.at(-1);
    const isLoop = typeof times !== 'number' || typeof before?.times !== 'number';
    if (before?.step.en === step.en && isLoop) merged.splice(-1, 1, { step, times: add(before.times, times) });
    else merged.push({ step, times });
  }
  if (merged.some(({ times }) => r.dim(times) === '?')) return undefined;
  return merged.map(({ step, times }) => (times === 1 ? step : text`${step} × ${factor(r.dim(times))}`));
};

const factor = (size: string): string => (size.includes(' ') ? `(${size})` : size);

const once = (step: Words): Repeated => ({ step, times: 1 });

const stageSteps = (cx: Context, stage: Stage): readonly Repeated[] | undefined => {
  if (stage.kind === 'work') return workSteps(cx, stage.work)?.map(once);
  const { layer, repeat } = stage.event;
  const steps = moduleSteps(cx, layer);
  const [only, more] = steps ?? [];
  if (repeat === null || !only) return steps?.map(once);
  return more ? undefined : [{ step: only, times: repeat }];
};

const workSteps = (cx: Context, work: Work): readonly Words[] | undefined => {
  const { layer, node, op } = work;
  if (op.repeat !== null) return undefined;
  // What is drawn or filled is not on the way from the input.
  if (isCreation(lastOf(op.name))) return [];
  const { role, idiom } = (node && cx.r.idioms().steps.get(node)) ?? {};
  const known = role && (role === 'join' && idiom ? JOINS[idiom.kind] : ROLES[role]);
  if (known) return [known];
  if (layer) return stepsOfLayer(cx, layer);
  // Moves and small arithmetic put numbers in place.
  if (
    /^(\[\]|[-+*/]|view|reshape|permute|transpose|squeeze|unsqueeze|expand|contiguous|chunk|split|unbind)$/.test(
      lastOf(op.name),
    )
  )
    return [];
  return stepsOfCall(cx, node);
};

const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1) || name;

const stepsOfLayer = (cx: Context, layer: Parameters<typeof layerWords>[1]): readonly Words[] | undefined => {
  const said = layerWords(cx.r, layer);
  return said && [said.name];
};

const stepsOfCall = ({ r }: Context, node: Node | undefined): readonly Words[] | undefined => {
  const call = node && isSyntax(node) && node.kind === 'Call' ? opCall(r, node) : undefined;
  const step = call && opStep(r, call);
  return call && (step ? [step.text] : []);
};

const JOINS: Readonly<Partial<Record<IdiomKind, Words>>> = {
  skip: words('skip connection', '跳跃连接'),
  'last-states': words('last states of both directions', '两个方向的最终状态'),
};

/** What steps of idioms are called in one or two words. */
const ROLES: Readonly<Partial<Record<Role, Words>>> = {
  patches: words('patch embedding', '图像块嵌入'),
  tokens: words('sequence of patches', '排成序列'),
  token: words('class token', '加分类词元'),
  position: words('positional encoding', '加位置编码'),
  classify: words('classifier head', '分类头'),
  shift: words('cyclic shift', '循环移位'),
};
