import type { ObjectValue, Value } from '../values';

/** The dotted attribute path of every module, and of every parameter by its id, below an instance. */
export interface Names {
  readonly modules: ReadonlyMap<ObjectValue, string>;
  readonly parameters: ReadonlyMap<number, string>;
}

/** Names as the code reaches them from `root`: registered modules first come, first named; plain lists are looked into. */
export const namesBelow = (root: ObjectValue | undefined): Names => {
  const modules = new Map<ObjectValue, string>();
  const parameters = new Map<number, string>();
  const visit = (path: string, value: Value): void => {
    const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
    switch (value.kind) {
      case 'object':
        if (modules.has(value)) return;
        modules.set(value, path);
        for (const [name, held] of value.attrs) visit(below(name), held);
        return;
      case 'tensor':
        if (value.parameter && !parameters.has(value.parameter.id)) parameters.set(value.parameter.id, path);
        return;
      case 'list':
      case 'tuple':
        for (const [i, item] of value.items.entries()) if (item.kind === 'object') visit(below(`${i}`), item);
        return;
      case 'dict':
        for (const { key, value: item } of value.entries.values())
          if (item.kind === 'object' && key.kind === 'str') visit(below(key.value), item);
        return;
      case 'either':
        visit(path, value.yes);
        visit(path, value.no);
        return;
      default:
        return;
    }
  };
  if (root) visit('', root);
  return { modules, parameters };
};

/** A path as it reads inside a module: `layer1.0.conv1` is `conv1` inside `layer1.0`. */
export const within = (path: string, container: string): string =>
  container !== '' && path.startsWith(`${container}.`) ? path.slice(container.length + 1) : path;
