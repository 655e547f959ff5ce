import { type Expr, type FunctionDef, readTypeComment } from '../syntax';
import type { FunctionValue } from '../values';
import { headComments } from './told';

/** The types that comments in the head of a function give to its parameters, as code of the time before annotations has it. */
export const typeComments = (func: FunctionValue): ReadonlyMap<string, Expr> => {
  const types = new Map<string, Expr>();
  const { node } = func;
  if (node.kind !== 'FunctionDef' || node.params.every(({ annotation }) => annotation)) return types;
  for (const { text, before } of headComments(func)) {
    const told = readTypeComment(text);
    if (!told) continue;
    if ('one' in told) {
      const name = lastNamed(node, before);
      if (name !== undefined) types.set(name, told.one);
      continue;
    }
    // `self` has no type of its own.
    const names = node.params.map(({ name }) => name).slice(-told.all.length);
    if (told.all.length < node.params.length - 1) continue;
    for (const [i, type] of told.all.entries()) {
      const name = names[i];
      if (name !== undefined) types.set(name, type);
    }
  }
  return types;
};

/** The parameter that stands right in front of a comment: `x,`. */
const lastNamed = ({ params }: FunctionDef, before: string): string | undefined => {
  const [, name] = /([A-Za-z_]\w*)[ \t]*(?:=[^,()]*)?[,)]?[ \t]*$/.exec(before) ?? [];
  return params.some((param) => param.name === name) ? name : undefined;
};
