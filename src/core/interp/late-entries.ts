import { type DictValue, keyOf, type ModuleValue, type SetValue, type Value } from '../values';
import { findFile, loadModule } from './imports';
import type { Machine } from './machine';

type Container = DictValue | SetValue;

/**
 * Whether a container may get an entry by modules that are not run yet. In Python `from . import resnet` runs the module,
 * which registers its models; here it runs when a name of it is read. Those that speak of the key are run now: afterwards
 * the container has the key, or nobody knows whether it has it.
 */
export const mayBeRegistered = (m: Machine, container: Container, key: Value): boolean => {
  const id = keyOf(key);
  if (key.kind !== 'str' || id === undefined || (m.stars.size === 0 && m.promises.size === 0)) return false;
  if (isImporting(m) || isDefined(m, key.value)) return false;
  const names = registrars(m, container);
  if (names.length === 0) return false;
  const speaks = new RegExp(`\\b(?:${names.map(escaped).join('|')})\\b`);
  const registers = new RegExp(`\\b(?:def|class)\\s+${escaped(key.value)}\\b|(['"])${escaped(key.value)}\\1`);
  const left = new Set<string>();
  for (let again = true; again; ) {
    again = false;
    for (const name of waiting(m)) {
      const file = left.has(name) ? undefined : findFile(m, name);
      if (!file || !(file.package || speaks.test(file.text))) continue;
      left.add(name);
      if (!file.package && !registers.test(file.text)) continue;
      left.delete(name);
      loadModule(m, name);
      if (container.entries.has(id)) return true;
      again = true;
    }
  }
  return left.size > 0;
};

/** While an imported module is run, those that come after it have not been run in Python either. */
const isImporting = (m: Machine): boolean => {
  for (let frame = m.frame; frame; frame = frame.caller)
    if (frame.name === '<module>' && frame.module !== m.main && m.modules.get(frame.module.name) === frame.module)
      return true;
  return false;
};

/** Whether the document is what registers the key: it was not there before. */
const isDefined = ({ main }: Machine, key: string): boolean => {
  const defines = new RegExp(`\\b(?:def|class)\\s+${escaped(key)}\\b|@[^\\n]*(['"])${escaped(key)}\\1`);
  return main?.syntax.chunks.some(({ chunk }) => defines.test(chunk.text)) ?? false;
};

/** The modules that imports of modules that were run name, and that were not run themselves. */
const waiting = (m: Machine): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const stars of m.stars.values()) for (const name of stars) names.add(name);
  for (const promised of m.promises.values())
    for (const { module, name } of promised.values()) names.add(module).add(`${module}.${name}`);
  for (const name of names) if (m.modules.has(name)) names.delete(name);
  return names;
};

/**
 * The names through which code adds to a container that a module holds: those of the container, or of the instance or
 * class that has it, and of the functions beside it that add. None where it is no registry.
 */
const registrars = (m: Machine, container: Container): readonly string[] => {
  const names: string[] = [];
  for (const module of new Set([...m.modules.values(), m.main])) {
    for (const [name, value] of module?.scope.vars ?? []) {
      const holder = (value.kind === 'object' || value.kind === 'class') && holds(value.attrs, container);
      if (module && (value === container || holder)) names.push(...registrarsOf(module, name, holder));
    }
  }
  return names;
};

const holds = (attrs: ReadonlyMap<string, Value>, container: Container): boolean => {
  for (const value of attrs.values()) if (value === container) return true;
  return false;
};

const registrarsOf = ({ syntax }: ModuleValue, name: string, holder: boolean): readonly string[] => {
  const adds = new RegExp(
    holder ? `\\b${name}\\b` : `\\b${name}(?:\\[[^\\n]*\\]\\s*=[^=]|\\.(?:add|update|setdefault|__setitem__)\\b)`,
  );
  const functions = syntax.chunks.flatMap(({ chunk }) =>
    chunk.stmt.kind === 'FunctionDef' && adds.test(chunk.text) ? [chunk.stmt.name] : [],
  );
  return [name, ...functions];
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
