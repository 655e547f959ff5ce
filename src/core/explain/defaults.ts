import type { Family, Words } from '../ops';
import type { Call, Expr, FunctionDef, Parameter, Stmt, SyntaxNode } from '../syntax';
import type { Value } from '../values';
import { layerCall } from './arguments';
import type { Context } from './context';
import { expressionsIn, statementsIn } from './walk';
import { plain, words } from './words';

/** The arguments of a window that decide what it does to the spatial sizes. */
const WINDOW = ['kernel_size', 'stride', 'padding', 'dilation', 'output_padding'] as const;

/**
 * The defaults that what is said of a window rests on: ` (stride=1)` behind `keeps H and W` where the layer is made with
 * the constructor's own `stride`. Empty where numbers of the call decide.
 */
export const defaultsNote = (
  cx: Context,
  layer: Family,
  expr: Call,
  fields: readonly (typeof WINDOW)[number][] = WINDOW,
): Words => {
  const call = layerCall(cx.r, layer, expr);
  return restingOn(
    cx,
    fields.map((name) => call.arg(name)).filter((arg) => arg !== undefined),
  );
};

/** The defaults that the number of layers in a container rests on: `depth=12` of `[Block() for _ in range(depth)]`. */
export const lengthNote = (cx: Context, expr: Call): Words => {
  // `self.layers = nn.ModuleList()` is filled where it stands.
  const targets = statementsIn(cx.fn?.body ?? []).flatMap((stmt) =>
    stmt.kind === 'Assign' && stmt.value === expr ? stmt.targets : [],
  );
  const lists = expr.args.length === 0 ? targets : expr.args.map(({ value }) => value);
  return restingOn(
    cx,
    lists.flatMap((list) => loopsOf(cx.fn, list)),
  );
};

/** What is gone through to make the elements of a list. */
const loopsOf = (fn: FunctionDef | undefined, list: Expr): readonly Expr[] => {
  if (list.kind === 'Comprehension')
    return list.clauses.flatMap((clause) => (clause.kind === 'for' ? [clause.iter] : []));
  const name = keptName(list);
  if (name === undefined) return [];
  return statementsIn(fn?.body ?? []).flatMap((stmt) => {
    if (stmt.kind === 'For') return statementsIn(stmt.body).some((inner) => isGrowing(inner, name)) ? [stmt.iter] : [];
    const isSet = stmt.kind === 'Assign' && stmt.targets.some((target) => keptName(target) === name);
    return isSet && stmt.value.kind === 'Comprehension' ? loopsOf(fn, stmt.value) : [];
  });
};

const isGrowing = (stmt: Stmt, list: string): boolean => {
  if (stmt.kind === 'AugAssign') return keptName(stmt.target) === list;
  const func = stmt.kind === 'ExprStmt' && stmt.value.kind === 'Call' ? stmt.value.func : undefined;
  return func?.kind === 'Attribute' && /^(append|extend)$/.test(func.attr) && keptName(func.value) === list;
};

/** The parameters at their defaults that some expressions are computed from: ` (stride=1)`. */
export const restingOn = (cx: Context, given: readonly Expr[]): Words => {
  const names = cx.fn ? namesBehind(cx.fn, given) : new Set();
  const params = cx.fn?.params.filter((param) => names.has(param.name) && hasDefault(cx, param)) ?? [];
  if (params.length === 0) return plain('');
  const said = params.map(({ name, default: value }) => `${name}=${value && cx.source(value)}`);
  return words(` (${said.join(', ')})`, `（${said.join('、')} 时）`);
};

/** The names that expressions are computed from, through what the function keeps under names and on `self`. */
const namesBehind = (fn: FunctionDef, given: readonly Expr[]): ReadonlySet<string> => {
  const names = new Set<string>();
  const add = (expr: Expr): void => {
    for (const name of expressionsIn(expr).flatMap((inner) => keptName(inner) ?? [])) {
      if (names.has(name)) continue;
      names.add(name);
      for (const stmt of statementsIn(fn.body))
        if (stmt.kind === 'Assign' && stmt.targets.some((target) => keptName(target) === name)) add(stmt.value);
    }
  };
  given.forEach(add);
  return names;
};

/** `n` of `n`, `self.n` of `self.n`. */
const keptName = (node: SyntaxNode): string | undefined => {
  if (node.kind === 'Name') return node.id;
  return node.kind === 'Attribute' && node.value.kind === 'Name' && node.value.id === 'self'
    ? `self.${node.attr}`
    : undefined;
};

/** Whether every run seen here had a parameter at its default. */
export const hasDefault = ({ r }: Context, param: Parameter): boolean => {
  const fallback = param.default;
  const seen = r.values(param);
  return seen.length > 0 && seen.every((value) => isWritten(value, fallback));
};

/** Whether a value is what an expression writes out. */
const isWritten = (value: Value, code: Expr | undefined): boolean => {
  switch (code?.kind) {
    case 'Constant':
      return code.value === null ? value.kind === 'none' : value.kind === 'bool' && value.value === code.value;
    case 'Str':
      return value.kind === 'str' && value.value === code.value;
    case 'Num':
      return (value.kind === 'int' || value.kind === 'float') && value.value === code.value;
    case 'Tuple':
    case 'List': {
      const items = value.kind === 'tuple' || value.kind === 'list' ? value.items : undefined;
      return items?.length === code.items.length && items.every((item, i) => isWritten(item, code.items[i]));
    }
    default:
      return false;
  }
};
