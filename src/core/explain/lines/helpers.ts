import type { Words } from '../../ops';
import type { Call, Expr, FunctionDef, Stmt } from '../../syntax';
import { roleWords } from '../idioms';
import { text, words } from '../words';
import { articleOf, calledName, codeText, nameOf } from './code';
import { expressionsWithin, methodsOf, type Scope, selfAttribute } from './scope';

/** The method of the class, or the function of the file, that a call runs. */
export const ownFunction = (s: Scope, { func }: Call): FunctionDef | undefined => {
  const method = selfAttribute(func);
  if (method !== undefined) return methodsOf(s.cls).find(({ name }) => name === method);
  const isThat = (stmt: Stmt): stmt is FunctionDef =>
    stmt.kind === 'FunctionDef' && func.kind === 'Name' && stmt.name === func.id;
  return s.module.find(isThat);
};

/** What a helper of the code does, where it does one thing that has a name or gives one of two values. */
export const helperWords = (s: Scope, call: Call): Words | undefined => {
  const fn = ownFunction(s, call);
  return fn && (knownWork(s, fn) ?? chosenWords(s, call, fn));
};

/** Methods that only lay a tensor out anew. */
const LAYOUT = /^(view|reshape|permute|transpose|contiguous|size|flatten|unflatten|swapaxes|movedim|clone)$/;

/** `channel_shuffle(x, groups)`: a helper that rearranges, and for which the way it does so is known. */
const knownWork = (s: Scope, fn: FunctionDef): Words | undefined => {
  const inner = expressionsWithin(fn.body);
  const isLayout = inner.every(
    (expr) => expr.kind !== 'Call' || (expr.func.kind === 'Attribute' && LAYOUT.test(expr.func.attr)) || isSize(expr),
  );
  const roles = isLayout ? inner.map((expr) => roleWords(s.r, expr)).filter((role) => role !== undefined) : [];
  const [role, more] = new Map(roles.map((one) => [one.en, one])).values();
  return role && !more ? text`${fn.name}${words(': ', '：')}${role}` : undefined;
};

const isSize = ({ func }: Call): boolean => func.kind === 'Name' && /^(int|len|tuple|list)$/.test(func.id);

/** `pair(size)` of a function that does nothing but `return t if isinstance(t, tuple) else (t, t)`. */
const chosenWords = (s: Scope, call: Call, fn: FunctionDef): Words | undefined => {
  const [only, more] = fn.body.filter((stmt) => stmt.kind !== 'ExprStmt' || stmt.value.kind !== 'Str');
  const value = only?.kind === 'Return' && !more ? only.value : undefined;
  const [param, second] = fn.params;
  const [arg, other] = call.args;
  if (value?.kind !== 'IfExp' || !param || second || !arg || other || arg.name !== undefined || arg.star !== 0)
    return undefined;
  const given = codeText(s, arg.value, 24);
  if (given === undefined || !/^[\w.]+$/.test(given)) return undefined;
  const [kind, yes, no] = [kindAsked(value.test, param.name), value.body, value.orelse].map((part) =>
    typeof part === 'string' ? part : part && spelt(part, param.name, given),
  );
  return kind === undefined || yes === undefined || no === undefined
    ? undefined
    : words(
        `if ${given} is ${articleOf(kind)} ${kind.replaceAll(', ', ' or ')}: ${yes}, else ${no}`,
        `若 ${given} 是 ${kind.replaceAll(', ', ' 或 ')}：取 ${yes}，否则取 ${no}`,
      );
};

/** `tuple` of `isinstance(t, tuple)`. */
const kindAsked = (test: Expr, param: string): string | undefined => {
  const [what, kinds] = test.kind === 'Call' && calledName(test.func) === 'isinstance' ? test.args : [];
  if (what?.value.kind !== 'Name' || what.value.id !== param || !kinds) return undefined;
  const names = (kinds.value.kind === 'Tuple' ? kinds.value.items : [kinds.value]).map((kind) => nameOf(kind));
  return names.includes(undefined) ? undefined : names.join(', ');
};

/** Names and tuples of names with the argument in the place of the parameter: the helper may stand in another source. */
const spelt = (expr: Expr, param: string, given: string): string | undefined => {
  if (expr.kind === 'Name') return expr.id === param ? given : undefined;
  if (expr.kind !== 'Tuple' && expr.kind !== 'List') return undefined;
  const parts = expr.items.map((item) => spelt(item, param, given));
  const [open, close] = expr.kind === 'Tuple' ? ['(', ')'] : ['[', ']'];
  return parts.includes(undefined) ? undefined : `${open}${parts.join(', ')}${close}`;
};
