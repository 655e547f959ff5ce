import { oncePer } from '../once';
import { type Chunk, type Module, type SyntaxNode, walk } from '../syntax';

/** What is found in the statements of a module, together; a statement that is the same in a later text is not read again. */
const togetherOf = (find: (chunk: Chunk) => ReadonlySet<string>): ((module: Module) => ReadonlySet<string>) => {
  const found = oncePer(find);
  return oncePer(({ chunks }: Module) => new Set(chunks.flatMap(({ chunk }) => [...found(chunk)])));
};

/** The attributes that code of a module sets on anything but `self`: `block.H, block.W = H, W`. */
export const setFromOutside = togetherOf(({ stmt }) => {
  const names = new Set<string>();
  walk(stmt, (node) => {
    if (node.kind === 'Assign') for (const target of node.targets) collect(target, names);
    return true;
  });
  return names;
});

const collect = (target: SyntaxNode, names: Set<string>): void => {
  if (target.kind === 'Tuple' || target.kind === 'List') for (const item of target.items) collect(item, names);
  else if (target.kind === 'Attribute' && !(target.value.kind === 'Name' && target.value.id === 'self'))
    names.add(target.attr);
};

/** The names of a module that a function of it sets: `global cache`. */
export const setByFunctions = togetherOf(({ stmt, text }) => {
  const names = new Set<string>();
  if (text.includes('global '))
    walk(stmt, (node) => {
      if (node.kind === 'Global') for (const name of node.names) names.add(name);
      return undefined;
    });
  return names;
});
