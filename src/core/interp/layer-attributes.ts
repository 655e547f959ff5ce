import type { ClassValue } from '../values';
import { paddleAttributes } from './layer-attributes-paddle';
import { torchAttributes } from './layer-attributes-torch';

/** Names that the arguments of recurrent layers make. */
const OF_ARGUMENTS = /^(?:weight|bias)_(?:ih|hh|hr)_l\d+(?:_reverse)?$/;

const tableOf = (text: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const table = new Map<string, ReadonlySet<string>>();
  for (const entry of text.trim().split(/\n(?! )/)) {
    const [classes = '', names = ''] = entry.split(':');
    const held = new Set(names.trim().split(/\s+/));
    for (const cls of classes.split(/\s+/)) table.set(cls, held);
  }
  return table;
};

interface Recorded {
  /** The class from which all derive. */
  readonly root: string;
  readonly table: ReadonlyMap<string, ReadonlySet<string>>;
}

const TORCH: Recorded = { root: 'Module', table: tableOf(torchAttributes) };
const PADDLE: Recorded = { root: 'Layer', table: tableOf(paddleAttributes) };

/** What is recorded of the library that has a class, and its name there. */
const recordedOf = (path = ''): { readonly own: string; readonly of: Recorded } | undefined => {
  const [, lib, own] = /^(torch|paddle)\.nn\.(?!init|utils|functional|quant|clip).*?(\w+)$/.exec(path) ?? [];
  return own === undefined ? undefined : { own, of: lib === 'torch' ? TORCH : PADDLE };
};

/** Whether `nn.Module` has a method of that name; what its instances keep in themselves is none. */
export const isMethodOfModule = ({ mro }: ClassValue, name: string): boolean =>
  !name.startsWith('_') &&
  name !== 'training' &&
  mro.some(({ path }) => path === 'torch.nn.Module') &&
  TORCH.table.get(TORCH.root)?.has(name) === true;

/**
 * Whether the library gives an instance an attribute of that name: yes or no where its class is recorded, undefined where
 * nobody knows. What code sets besides is not looked at.
 */
export const isGivenByLibrary = ({ mro }: ClassValue, name: string): boolean | undefined => {
  const cls = mro.find(({ path }) => recordedOf(path));
  const recorded = recordedOf(cls?.path);
  if (!recorded || name.startsWith('__')) return undefined;
  const { root, table } = recorded.of;
  const own = table.get(recorded.own);
  if (own?.has(name) || table.get(root)?.has(name)) return true;
  // A lazy layer becomes another one; one that is not recorded has at most what some layer has.
  if (own && !recorded.own.startsWith('Lazy')) return OF_ARGUMENTS.test(name) ? undefined : false;
  return [...table.values()].some((names) => names.has(name)) || OF_ARGUMENTS.test(name) ? undefined : false;
};
