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

/** The statements that set a name (`x`) or an attribute of the instance (`self.x`), inner ones too, in order. */
export const settersIn = oncePer((body: readonly Stmt[]): ReadonlyMap<string, readonly Stmt[]> => {
  const found = new Map<string, Stmt[]>();
  for (const stmt of statementsIn(body)) {
    const targets = stmt.kind === 'AugAssign' || stmt.kind === 'For' ? [stmt.target] : targetsOf(stmt);
    for (const target of targets) {
      const attr = selfAttribute(target);
      const name = target.kind === 'Name' ? target.id : attr === undefined ? undefined : `self.${attr}`;
      if (name === undefined) continue;
      const before = found.get(name);
      if (before) before.push(stmt);
      else found.set(name, [stmt]);
    }
  }
  return found;
});

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

/** The functions of the file that call a function (`name(…)`) or a method, by name, those of another class with it. */
export interface Callers {
  readonly sure: readonly string[];
  /** Where a method of this name is called on an object of which nobody can say here whether it is of this class. */
  readonly possible: readonly string[];
}

/** Methods that every module has. */
const OF_MODULES =
  /^(train|eval|apply|_apply|to|cuda|cpu|half|float|parameters|state_dict|load_state_dict|clear_gradients)$/;

export const callersOf = ({ cls, module }: Scope, fn: FunctionDef): Callers => {
  const isMethod = cls?.body.includes(fn) === true;
  const isOthersToo = isMethod && isShared(module, cls, fn);
  const calls = (body: readonly Stmt[], within?: ClassDef): 'sure' | 'possible' | undefined => {
    const kinds = expressionsWithin(body).map((expr) => {
      if (!isMethod) return expr.kind === 'Name' && expr.id === fn.name ? 'sure' : undefined;
      if (expr.kind !== 'Attribute' || expr.attr !== fn.name) return undefined;
      if (within && selfAttribute(expr) === fn.name)
        return within === cls || isKin(module, within, cls, fn.name) ? 'sure' : undefined;
      // `net.train()` is a call of every module's own: nothing says that the net is of this class.
      if (OF_MODULES.test(fn.name)) return undefined;
      return isOthersToo || within === cls ? 'possible' : 'sure';
    });
    return kinds.includes('sure') ? 'sure' : kinds.find((kind) => kind !== undefined);
  };
  const found = module.flatMap((stmt) => {
    if (stmt.kind === 'ClassDef')
      return methodsOf(stmt)
        .filter((m) => m !== fn)
        .map((m) => [stmt === cls ? m.name : `${stmt.name}.${m.name}`, calls(m.body, stmt)] as const);
    return stmt.kind === 'FunctionDef' && stmt !== fn ? [[stmt.name, calls(stmt.body)] as const] : [];
  });
  const named = (kind: 'sure' | 'possible'): readonly string[] => [
    ...new Set(found.flatMap(([name, how]) => (how === kind ? [name] : []))),
  ];
  return { sure: named('sure'), possible: named('possible') };
};

/** Whether `self.name` in one class may be the method of the other: a base or a subclass of it, with none of its own in between. */
const isKin = (module: readonly Stmt[], from: ClassDef, to: ClassDef | undefined, name: string): boolean => {
  if (!to) return false;
  const up = ancestorsOf(module, from);
  if (up.includes(to)) return [from, ...up.slice(0, up.indexOf(to))].every((one) => !defines(one, name));
  return ancestorsOf(module, to).includes(from);
};

/** The classes of the file that a class derives from, the nearest first. */
const ancestorsOf = (module: readonly Stmt[], cls: ClassDef, seen: readonly ClassDef[] = []): readonly ClassDef[] =>
  cls.bases.flatMap(({ value }) => {
    const base = module.find((stmt): stmt is ClassDef => stmt.kind === 'ClassDef' && stmt.name === calledName(value));
    return !base || base === cls || seen.includes(base) ? [] : [base, ...ancestorsOf(module, base, [...seen, cls])];
  });

const defines = (cls: ClassDef, name: string): boolean => methodsOf(cls).some((method) => method.name === name);

/** Whether another class of the file has a method of this name: nobody can say whose is called on an object. */
const isShared = (module: readonly Stmt[], cls: ClassDef | undefined, { name }: FunctionDef): boolean =>
  module.some((stmt) => stmt.kind === 'ClassDef' && stmt !== cls && defines(stmt, name));

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
