import { oncePer } from '../once';
import { type FunctionDef, walk } from '../syntax';
import type { Context } from './context';

/** Code without `self.`, which says nothing in a sentence, unless the function has another thing of the same name. */
export const withoutSelf = (cx: Context, code: string): string =>
  code.replace(/\bself\.(\w+)/g, (whole, name: string) => (cx.fn && plainNames(cx.fn).has(name) ? whole : name));

/** The names that stand in a function without an owner. */
const plainNames = oncePer((fn: FunctionDef): ReadonlySet<string> => {
  const names = new Set(fn.params.map(({ name }) => name));
  walk(fn, (node) => {
    if (node.kind === 'Name') names.add(node.id);
    return true;
  });
  return names;
});
