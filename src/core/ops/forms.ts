import { allPaths, type Family, findFamily } from './family';
import { layerTarget } from './layer';
import type { Words } from './rows';

/** The other forms of an op: for a layer the function that does the same, for a function the layers. */
export const formsOf = (family: Family): readonly string[] => {
  if (family.kind === 'function')
    return (layersByFunction().get(family.path) ?? []).filter((path) => path !== family.path);
  const found = functionBehind(family);
  return found === undefined ? [] : [found];
};

/** Parameters that a function is given and a layer owns; Paddle's instance norms call the weight scale. */
const OWNED: ReadonlySet<string> = new Set(['weight', 'scale', 'bias']);

/** How the forms of an op belong together: who owns the weight, and where else to look. */
export const formWords = (family: Family): readonly Words[] => {
  const all = formsOf(family);
  const forms = all.filter((path) => !isVariant(path, all));
  if (forms.length === 0 || forms.length > 4) return [];
  const names = forms.map(shortName);
  const [first] = forms;
  const layer = family.kind === 'layer' ? family : first === undefined ? undefined : findFamily(first);
  const owned = layer?.rows.flatMap(({ entry }) => ('init' in entry && entry.init ? Object.keys(entry.init) : []));
  const tensors = [...new Set(owned ?? [])].filter((name) => OWNED.has(name));
  return [tensors.length === 0 ? plainWords(family, names) : ownerWords(family, names, tensors)];
};

const plainWords = (family: Family, names: readonly string[]): Words =>
  family.kind === 'layer'
    ? { en: `As a function: ${names[0]}.`, zh: `函数形式：${names[0]}。` }
    : { en: `As a layer: ${names.join(', ')}.`, zh: `层的形式：${names.join('、')}。` };

const ownerWords = (family: Family, names: readonly string[], tensors: readonly string[]): Words =>
  family.kind === 'layer'
    ? {
        en: `The layer owns its ${tensors.join(' and ')}; ${names[0]} does the same with what the caller gives.`,
        zh: `${tensors.join(' 和 ')} 由层自己持有；${names[0]} 做同样的运算，但须由调用者传入。`,
      }
    : {
        en: `The caller gives ${tensors.join(' and ')}; ${names.join(', ')} ${names.length > 1 ? 'do the same with their' : 'does the same with its'} own.`,
        zh: `${tensors.join(' 和 ')} 由调用者传入；${names.join('、')} 做同样的运算，参数由层自己持有。`,
      };

/** `nn.Conv2d`, `F.conv2d`: a path as code writes it. */
export const shortName = (path: string): string =>
  path.replace(/^(torch|paddle)\.nn\.functional\./, 'F.').replace(/^(torch|paddle)\.nn\.(?=\w+$)/, 'nn.');

/** The function that a user would call instead of a layer; what only layers run is none. */
const functionBehind = (family: Family): string | undefined => {
  const target = layerTarget(family);
  if (target === undefined) return undefined;
  const [, library, own = ''] = /^(torch|paddle)\._nn\._?(\w+)$/.exec(target) ?? [];
  if (library === undefined) return publicPath(target);
  const names = [own, own.replace(/(\dd|_any)$/, ''), snake(family), OTHER_NAMES[own] ?? own];
  return names.map((name) => publicPath(`${library}.nn.functional.${name}`)).find((path) => path !== undefined);
};

/** Functions whose name tells nothing of the layer's. */
const OTHER_NAMES: Readonly<Record<string, string>> = { multihead: 'multi_head_attention_forward' };

const publicPath = (path: string): string | undefined => {
  const found = findFamily(path);
  return found?.kind === 'function' && !found.path.includes('._nn.') ? found.path : undefined;
};

/** `Conv2DTranspose` as a function is spelt: `conv2d_transpose`. */
const snake = ({ path }: Family): string =>
  path
    .slice(path.lastIndexOf('.') + 1)
    .replace(/(?<=\w)(?=[A-Z][a-z])/g, '_')
    .toLowerCase();

let byFunction: ReadonlyMap<string, readonly string[]> | undefined;

const layersByFunction = (): ReadonlyMap<string, readonly string[]> => {
  byFunction ??= collect();
  return byFunction;
};

const collect = (): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const path of allPaths()) {
    const family = /^(torch|paddle)\.nn\.\w+$/.test(path) ? findFamily(path) : undefined;
    const target = family?.kind === 'layer' && family.path === path ? functionBehind(family) : undefined;
    if (target !== undefined) found.set(target, [...(found.get(target) ?? []), path]);
  }
  return found;
};

/** `LazyConv2d` beside `Conv2d` is a way to make the same layer, not another form. */
const isVariant = (path: string, layers: readonly string[]): boolean =>
  layers.some((other) => other !== path && path.endsWith(other.slice(other.lastIndexOf('.') + 1)));
