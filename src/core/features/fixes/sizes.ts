import { text, words } from '../../explain';
import type { ClassRun, LayerEvent } from '../../interp';
import type { Call, Node } from '../../syntax';
import { asCall, asPython, type Broken, type Candidate, edit, type Proposer, replace } from './candidate';

/** Codes that say that a layer was made for another size than it is given, with the parameters that state it. */
const STATED: Readonly<Record<string, readonly string[]>> = {
  'channel-mismatch': ['in_channels', 'num_channels', 'num_features', 'channels', 'c'],
  'feature-mismatch': ['in_features', 'input_size', 'embed_dim', 'd_model'],
  'norm-mismatch': ['normalized_shape', 'num_features'],
  'size-mismatch': ['num_features', 'num_channels', 'in_features', 'in_channels', 'input_size'],
  'not-divisible': ['num_groups', 'groups', 'num_heads'],
};

/** `nn.Linear(512, 10)` that is given 2048 features: the number where the layer is made. */
export const statedSize: Proposer = (broken) => {
  const { problem, run } = broken;
  const { found } = problem.fault.data;
  const stated = STATED[problem.fault.code];
  const layer = eventOf(broken)?.layer;
  const call = layer?.site && asCall(layer.site.node);
  if (
    !stated ||
    !call ||
    found === undefined ||
    typeof found === 'string' ||
    (typeof found === 'object' && 'dims' in found)
  )
    return [];
  const size = asPython(found, 'cls' in run ? constructorParameters(run) : []);
  const names = layer.cls.mro.find((cls) => cls.layer)?.layer?.rows[0]?.signature.params.map(({ name }) => name) ?? [];
  const at = argumentOf(call, names, stated);
  if (size === undefined || !at) return [];
  const title = text`${words('Set ', '将 ')}${at.name}${words(' to ', ' 改为 ')}${size}`;
  return [{ title, edits: replace(broken, at.value, size) }];
};

/** The layer of a library whose own op has failed. */
const eventOf = ({ problem, run }: Broken): LayerEvent | undefined => {
  const op = run.trace.ops.find(({ fault }) => fault === problem.fault);
  return op && run.trace.events[op.parent];
};

const constructorParameters = ({ cls }: ClassRun): readonly string[] => {
  const init = cls.attrs.get('__init__');
  return init?.kind === 'function' ? init.node.params.map(({ name }) => name) : [];
};

/** The argument of a call that a parameter gets, by keyword or by place. */
const argumentOf = (call: Call, names: readonly string[], wanted: readonly string[]) => {
  for (const name of wanted) {
    const keyword = call.args.find((arg) => arg.name === name);
    if (keyword) return { name, value: keyword.value };
    const place = names.indexOf(name);
    const before = call.args.slice(0, place + 1);
    const arg =
      place < 0 || before.some(({ star, name: given }) => star > 0 || given !== undefined) ? undefined : before[place];
    if (arg) return { name, value: arg.value };
  }
  return undefined;
};

/** A convolution or pooling without padding in front of a clash of sizes: padding that keeps the size. */
export const keepingPadding: Proposer = (broken) => {
  const { problem, run, placeOf } = broken;
  if (!/^(broadcast|cat|stack|shape|size)-mismatch$/.test(problem.fault.code)) return [];
  const calls = new Map<Node, string>();
  for (const { layer } of run.trace.events) {
    const path = layer.cls.mro.find((cls) => cls.layer)?.layer?.path ?? '';
    const site = layer.site?.node;
    if (!/\.(Conv|MaxPool|AvgPool)[123][dD]$/.test(path) || !site || placeOf(site) === undefined) continue;
    const padding = paddingOf(layer, site);
    if (padding !== undefined) calls.set(site, padding);
  }
  return [...calls].flatMap(([site, padding]): readonly Candidate[] => {
    const call = asCall(site);
    const stated = call?.args.find((arg) => arg.name === 'padding');
    const title = text`padding=${padding}${words(' keeps the size', ' 使尺寸不变')}`;
    if (stated) return [{ title, edits: replace(broken, stated.value, `${padding}`) }];
    const last = call?.args.at(-1);
    return last ? [{ title, edits: edit(broken, site, last.end, last.end, `, padding=${padding}`) }] : [];
  });
};

/** `1` for a window of 3, `k // 2` for one of `k`: the code that makes it says it for every size that it may have. */
const paddingOf = (layer: LayerEvent['layer'], site: Node): string | undefined => {
  const call = asCall(site);
  const isPool = /Pool/.test(layer.cls.name);
  const given = call && argumentOf(call, isPool ? ['kernel_size'] : ['', '', 'kernel_size'], ['kernel_size'])?.value;
  const kernel = firstNumber(layer.attrs.get('kernel_size'));
  const dilation = layer.attrs.has('dilation') ? firstNumber(layer.attrs.get('dilation')) : 1;
  const isEven = kernel !== undefined && (kernel % 2 === 0 || kernel <= 1);
  if (isEven) return undefined;
  if (given?.kind === 'Name' && dilation === 1) return `${given.id} // 2`;
  return kernel === undefined || dilation === undefined ? undefined : `${(dilation * (kernel - 1)) / 2}`;
};

const firstNumber = (value: LayerEvent['output'] | undefined): number | undefined => {
  if (value?.kind === 'tuple' || value?.kind === 'list') return firstNumber(value.items[0]);
  return value?.kind === 'int' && typeof value.value === 'number' ? value.value : undefined;
};
