import type { Words } from '../../ops';
import type { Expr } from '../../syntax';
import { expressionsIn } from '../walk';
import { words } from '../words';
import { nameOf } from './code';
import type { Scope } from './scope';

const MOST = 6;

/** What a long expression is computed from, where it is too long to repeat: `computed from factor, step and warmup`. */
export const ingredientWords = (_: Scope, value: Expr): Words | undefined => {
  const inner = expressionsIn(value);
  const called = new Set(inner.flatMap((expr) => (expr.kind === 'Call' ? expressionsIn(expr.func) : [])));
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
    return name === undefined || name === 'self' || bound.has(name) ? [] : [name];
  });
  const all = [...new Set(names)];
  const [only] = all;
  if (only === undefined || all.length > MOST) return undefined;
  return words(`computed from ${all.join(', ')}`, `由 ${all.join('、')} 计算得到`);
};
