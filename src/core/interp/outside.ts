import { type Module, type SyntaxNode, walk } from '../syntax';

const known = new WeakMap<Module, ReadonlySet<string>>();

/** The attributes that code of a module sets on anything but `self`: `block.H, block.W = H, W`. */
export const setFromOutside = (module: Module): ReadonlySet<string> => {
  const before = known.get(module);
  if (before) return before;
  const names = new Set<string>();
  for (const { chunk } of module.chunks)
    walk(chunk.stmt, (node) => {
      if (node.kind === 'Assign') for (const target of node.targets) collect(target, names);
      return true;
    });
  known.set(module, names);
  return names;
};

const collect = (target: SyntaxNode, names: Set<string>): void => {
  if (target.kind === 'Tuple' || target.kind === 'List') for (const item of target.items) collect(item, names);
  else if (target.kind === 'Attribute' && !(target.value.kind === 'Name' && target.value.id === 'self'))
    names.add(target.attr);
};

const globals = new WeakMap<Module, ReadonlySet<string>>();

/** The names of a module that a function of it sets: `global cache`. */
export const setByFunctions = (module: Module): ReadonlySet<string> => {
  const before = globals.get(module);
  if (before) return before;
  const names = new Set<string>();
  for (const { chunk } of module.chunks)
    if (chunk.text.includes('global '))
      walk(chunk.stmt, (node) => {
        if (node.kind === 'Global') for (const name of node.names) names.add(name);
        return undefined;
      });
  globals.set(module, names);
  return names;
};
