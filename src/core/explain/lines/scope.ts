import { oncePer } from '../../once';
import type { Words } from '../../ops';
import type { ClassDef, Expr, FunctionDef, Stmt, SyntaxNode } from '../../syntax';
import type { Context } from '../context';
import { expressionsIn, expressionsOf, statementsIn } from '../walk';
import { words } from '../words';
import { calledName } from './code';

/** What the lines of a function are explained with: the code around them besides what the run knows. */
export interface Scope extends Context {
  /** The class that holds the line. */
  readonly cls?: ClassDef | undefined;
  /** All statements at the top of the file. */
  readonly module: readonly Stmt[];
}

/** The methods of a class, in the order of the text. */
export const methodsOf = (cls: ClassDef | undefined): readonly FunctionDef[] =>
  (cls?.body ?? []).filter((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef');

/** A class whose annotated names are the fields of its instances: a dataclass, a NamedTuple. */
export const isRecord = (cls: ClassDef | undefined): boolean => {
  const names = [
    ...(cls?.decorators ?? []).map((one) => calledName(one.kind === 'Call' ? one.func : one)),
    ...(cls?.bases ?? []).map((base) => calledName(base.value)),
  ];
  return names.some(
    (name) => name !== undefined && /(^|\.)(dataclass|define|NamedTuple|BaseModel|TypedDict)$/.test(name),
  );
};

/** Every expression in a function or list of statements, inner ones first; functions inside stay closed. */
export const expressionsWithin = oncePer((body: readonly Stmt[]): readonly SyntaxNode[] =>
  statementsIn(body).flatMap(expressionsOf).flatMap(expressionsIn),
);

/** `self.name`, or undefined. */
export const selfAttribute = (expr: SyntaxNode): string | undefined =>
  expr.kind === 'Attribute' && expr.value.kind === 'Name' && expr.value.id === 'self' ? expr.attr : undefined;

/** The targets of an assignment, tuples opened. */
export const targetsOf = (stmt: Stmt): readonly Expr[] => {
  const targets = stmt.kind === 'Assign' ? stmt.targets : stmt.kind === 'AnnAssign' ? [stmt.target] : [];
  return targets.flatMap(opened);
};

const opened = (target: Expr): readonly Expr[] => {
  if (target.kind === 'Starred') return opened(target.value);
  return target.kind === 'Tuple' || target.kind === 'List' ? target.items.flatMap(opened) : [target];
};

/** Where the same is said as of the statement before: `as for key`. */
export const sameWords = (first: Stmt, second: Stmt): Words => {
  const [name, own] = [first, second].map(soleTarget);
  return name === undefined || name === own ? words('likewise', '同上') : words(`as for ${name}`, `与 ${name} 同理`);
};

/** Whether two statements do the same: of calls only those of one function or of layers with one name. */
export const isSameWork = (first: Stmt, second: Stmt): boolean => {
  const [a, b] = [first, second].map((stmt) =>
    'value' in stmt && stmt.value && 'kind' in stmt.value ? stmt.value : undefined,
  );
  if (a?.kind !== 'Call' || b?.kind !== 'Call') return a?.kind === b?.kind;
  const [f, g] = [calledName(a.func), calledName(b.func)];
  const isMade = (name: string | undefined): boolean => name !== undefined && /(^|\.)[A-Z]\w*$/.test(name);
  return f === g || (!isMade(f) && !isMade(g));
};

/** `key` of `self.key = …` and of `key = …`. */
const soleTarget = (stmt: Stmt): string | undefined => {
  const [target, more] = targetsOf(stmt);
  if (!target || more) return undefined;
  return selfAttribute(target) ?? (target.kind === 'Name' ? target.id : undefined);
};

/** The methods that read an attribute of the instance, by name. */
export const readersOf = (cls: ClassDef | undefined, attr: string): readonly string[] =>
  methodsOf(cls)
    .filter(({ body }) => {
      const written = new Set<SyntaxNode>(statementsIn(body).flatMap(targetsOf));
      return expressionsWithin(body).some((expr) => selfAttribute(expr) === attr && !written.has(expr));
    })
    .map(({ name }) => name);

/** The methods that set an attribute of the instance, by name. */
export const settersOf = (cls: ClassDef | undefined, attr: string): readonly string[] =>
  methodsOf(cls)
    .filter(({ body }) => statementsIn(body).some((stmt) => targetsOf(stmt).some((t) => selfAttribute(t) === attr)))
    .map(({ name }) => name);

/** The functions of the file that call a method (`self.name(…)`) or a function (`name(…)`), by name; of another class with it. */
export const callersOf = ({ cls, module }: Scope, fn: FunctionDef): readonly string[] => {
  const isMethod = cls?.body.includes(fn) === true;
  const calls = (body: readonly Stmt[]): boolean =>
    expressionsWithin(body).some((expr) => {
      if (isMethod) return expr.kind === 'Attribute' && expr.attr === fn.name;
      return expr.kind === 'Name' && expr.id === fn.name;
    });
  const found = module.flatMap((stmt) => {
    if (stmt.kind === 'ClassDef')
      return methodsOf(stmt)
        .filter((m) => m !== fn && calls(m.body))
        .map(({ name }) => (stmt === cls ? name : `${stmt.name}.${name}`));
    if (stmt.kind === 'FunctionDef') return stmt !== fn && calls(stmt.body) ? [stmt.name] : [];
    return [];
  });
  return [...new Set(found)];
};

/** Whether the statements at the top of the file use a function or class. */
export const usedByScript = ({ module }: Scope, name: string): boolean =>
  expressionsWithin(module.filter((stmt) => stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef')).some(
    (expr) => (expr.kind === 'Name' && expr.id === name) || (expr.kind === 'Attribute' && expr.attr === name),
  );

/** The statements of a function in which a name is read behind a place, in order. */
export const usesBehind = (fn: FunctionDef | undefined, name: string, end: number): readonly Stmt[] =>
  statementsIn(fn?.body ?? []).filter(
    (stmt) =>
      stmt.start >= end &&
      expressionsOf(stmt)
        .flatMap(expressionsIn)
        .some((expr) => expr.kind === 'Name' && expr.id === name && !targetsOf(stmt).includes(expr)),
  );
