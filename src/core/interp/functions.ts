import { type Expr, walk } from '../syntax';
import { type FunctionValue, int, NONE, str, tuple, unknown, type Value } from '../values';
import type { Machine } from './machine';
import { dictOf } from './mappings';
import { nativeClass } from './natives';
import { newObject } from './objects';

/** What a function of the code has as attributes. */
export const functionMember = (m: Machine, value: FunctionValue, name: string): Value | undefined => {
  const own = value.attrs.get(name);
  if (own) return own;
  if (name === '__name__' || name === '__qualname__') return str(value.name);
  if (name === '__module__') return str(value.module.name);
  if (name === '__doc__') return NONE;
  if (name === '__defaults__') return tuple([...value.defaults.values()]);
  if (name === '__annotations__') return annotationsOf(m, value);
  if (name === '__code__') return codeOf(m, value);
  return unknown(`${value.name}.${name}`);
};

/** `f.__annotations__`: what code that asks for it reads its parameters by. */
const annotationsOf = (m: Machine, { node, scope }: FunctionValue): Value => {
  const own = node.params.flatMap(({ name, annotation }) => (annotation ? [[name, annotation] as const] : []));
  const returns = node.kind === 'FunctionDef' && node.returns;
  const all = returns ? [...own, ['return', returns] as const] : own;
  return dictOf(new Map(all.map(([name, annotation]) => [name, m.evaluate(annotation, scope)])));
};

/** `f.__code__`, as far as code asks it for the names of parameters and variables. */
const codeOf = (m: Machine, of: FunctionValue): Value => {
  const { name, node } = of;
  const named = (...forms: readonly string[]): readonly string[] =>
    node.params.filter((p) => forms.includes(p.form)).map((p) => p.name);
  const ordinary = named('positional-only', 'ordinary');
  const keywords = named('keyword-only');
  const stars = [...named('var-positional'), ...named('var-keyword')];
  const variables = new Set([...ordinary, ...keywords, ...stars, ...localsOf(node)]);
  const code = newObject(m, nativeClass(m, 'types.CodeType'), undefined);
  code.attrs.set('co_name', str(name));
  code.attrs.set('co_varnames', tuple([...variables].map(str)));
  code.attrs.set('co_argcount', int(ordinary.length));
  code.attrs.set('co_kwonlyargcount', int(keywords.length));
  code.attrs.set(COMPILED, of);
  return code;
};

/** Where a code object keeps the function that it is the body of: under a name that no code can ask for. */
const COMPILED = ' function';

/** `types.FunctionType(f.__code__, f.__globals__, …)`: another function with the same body. */
export const functionOfCode = (code: Value | undefined): FunctionValue | undefined => {
  const made = code?.kind === 'object' ? code.attrs.get(COMPILED) : undefined;
  return made?.kind === 'function' ? { ...made, attrs: new Map(made.attrs) } : undefined;
};

/** The names that the body of a function binds, in the order of the text. */
const localsOf = (node: FunctionValue['node']): readonly string[] => {
  const names: string[] = [];
  const bind = (target: Expr): void => {
    if (target.kind === 'Name') names.push(target.id);
    else if (target.kind === 'Tuple' || target.kind === 'List') target.items.forEach(bind);
    else if (target.kind === 'Starred') bind(target.value);
  };
  for (const stmt of node.kind === 'Lambda' ? [] : node.body)
    walk(stmt, (inner) => {
      switch (inner.kind) {
        case 'FunctionDef':
        case 'ClassDef':
          names.push(inner.name);
          return false;
        case 'Lambda':
        case 'Comprehension':
          return false;
        case 'Assign':
          inner.targets.forEach(bind);
          return true;
        case 'AnnAssign':
        case 'AugAssign':
        case 'For':
        case 'NamedExpr':
          bind(inner.target);
          return true;
        case 'With':
          for (const { target } of inner.items) if (target) bind(target);
          return true;
        case 'Import':
        case 'ImportFrom':
          names.push(...inner.names.map((alias) => alias.asname ?? alias.name));
          return true;
        default:
          return true;
      }
    });
  return names;
};

/** What the decorators of a function have wrapped (`functools.wraps`): the function that stands in the code. */
export const innermost = (fn: FunctionValue): FunctionValue => {
  const inner = fn.attrs.get('__wrapped__');
  return inner?.kind === 'function' ? innermost(inner) : fn;
};
