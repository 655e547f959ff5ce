import type { Words } from '../../ops';
import type { Expr, SyntaxNode } from '../../syntax';
import { expressionsIn } from '../walk';
import { words } from '../words';
import { nameOf } from './code';
import { importedFrom } from './imports';
import type { Scope } from './scope';

const MOST = 6;

/** What a long expression is computed from, where it is too long to repeat: `computed from factor, step and warmup`. */
export const ingredientWords = (s: Scope, value: Expr): Words | undefined => {
  if (value.kind === 'Tuple') return undefined;
  const all = ingredientsOf(s, value);
  return all && words(`computed from ${all.join(', ')}`, `由 ${all.join('、')} 计算得到`);
};

/** The names that go into an expression; undefined of none and of too many. */
export const ingredientsOf = (s: Scope, value: Expr): readonly string[] | undefined => {
  const inner = expressionsIn(value);
  const called = new Set(inner.flatMap((expr) => (expr.kind === 'Call' ? calleeOf(s, expr.func) : [])));
  const bound = new Set(
    inner
      .flatMap((expr) =>
        expr.kind === 'Comprehension'
          ? expr.clauses.flatMap((clause) => (clause.kind === 'for' ? expressionsIn(clause.target) : []))
          : [],
      )
      .flatMap((expr) => (expr.kind === 'Name' ? [expr.id] : [])),
  );
  const names = inner.flatMap((expr) => {
    const isPart =
      expr.kind === 'Name' || (expr.kind === 'Attribute' && expr.value.kind === 'Name' && expr.value.id === 'self');
    const name = isPart && !called.has(expr) ? nameOf(expr) : undefined;
    const isLibrary = expr.kind === 'Name' && (LIBRARIES.test(expr.id) || importedFrom(s, expr.id) !== undefined);
    return name === undefined || name === 'self' || isLibrary || bound.has(name) ? [] : [name];
  });
  const all = [...new Set(names)];
  return all.length === 0 || all.length > MOST ? undefined : all;
};

/** The parts of a callee that are no ingredients: a function's own name, a library; what a method is called on is one. */
const calleeOf = (s: Scope, func: Expr): readonly SyntaxNode[] => {
  if (func.kind === 'Name') return [func];
  const isMethod = func.kind === 'Attribute' && func.value.kind !== 'Name' && nameOf(func.value) === undefined;
  if (func.kind !== 'Attribute' || isMethod) return [];
  let root: Expr = func;
  while (root.kind === 'Attribute') root = root.value;
  const isLocal = root.kind === 'Name' && root.id !== 'self' && !LIBRARIES.test(root.id) && !importedFrom(s, root.id);
  return isLocal ? [func] : expressionsIn(func);
};

const LIBRARIES = /^(torch|paddle|nn|F|np|numpy|math)$/;
