import { type ClassValue, type ModuleValue, touch, type Value } from '../values';
import { isGivenByLibrary } from './layer-attributes';
import type { Machine } from './machine';

/** How a library's layers are made and what they compute: the methods that code replaces. */
const METHODS: ReadonlySet<string> = new Set(['__init__', 'forward']);

/** The classes from which all layers derive. */
const ROOTS: ReadonlySet<string | undefined> = new Set(['torch.nn.Module', 'paddle.nn.Layer']);

/**
 * What code sets on a library's own class. A method that all modules get and of which the library has none is there
 * (`nn.Module.fill_all = …`), and so is what a module puts in the place of how layers are made or compute as it is run
 * (`nn.TransformerEncoderLayer.forward = mine`), until the library's own is put back. All else stays as the library has it.
 */
export const setOnLibrary = (m: Machine, cls: ClassValue, name: string, held: Value): void => {
  const { frame } = m;
  if (!frame) return;
  const isAddition = ROOTS.has(cls.path) && !name.startsWith('__') && isGivenByLibrary(cls, name) === false;
  const isReplaceable = cls.layer !== undefined && METHODS.has(name) && frame.name === '<module>';
  const before = cls.attrs.get(name);
  const isOwn = isAddition || held.kind === 'function';
  if (!(isAddition || isReplaceable) || !(isOwn || before)) return;
  touch(m.journal, cls);
  m.replaced.push({ module: frame.module, cls, name, before });
  if (isOwn) cls.attrs.set(name, held);
  else cls.attrs.delete(name);
};

/** Takes back what a module has set on classes of libraries: it is run anew. */
export const takeBack = (m: Machine, module: ModuleValue): void => {
  for (let i = m.replaced.length - 1; i >= 0; i--) {
    const one = m.replaced[i];
    if (one?.module !== module) continue;
    touch(m.journal, one.cls);
    if (one.before) one.cls.attrs.set(one.name, one.before);
    else one.cls.attrs.delete(one.name);
    m.replaced.splice(i, 1);
  }
};
