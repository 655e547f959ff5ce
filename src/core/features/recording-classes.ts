import {
  type Condition,
  type Dim,
  noFacts,
  print,
  printCondition,
  type Sym,
  simplify,
  solve,
  strongest,
  symbolsOf,
} from '../dims';
import {
  type ClassRun,
  classChoices,
  createMachine,
  loadModule,
  type Machine,
  runClass,
  type Surroundings,
  unconditional,
  waysToChoose,
} from '../interp';
import type { ClassDef, Expr, Stmt } from '../syntax';
import type { ClassValue, ModuleValue, Value } from '../values';
import { inFunctions, placer } from './rows';

/** A class to be analysed with nothing known, by its file and qualified name. */
export interface ClassRequest {
  readonly file: string;
  readonly class: string;
}

/** Where the value of a symbol comes from: a parameter, an axis of an input, an input that is a number, or nobody knows. */
export type SymbolOrigin =
  | { readonly param: string }
  | { readonly input: string; readonly axis?: number }
  | { readonly unknown: string };

/** A shape over symbols: sizes are integers, Python expressions or null; `'...'` stands for axes nobody knows. */
export type SymbolicShape = readonly (number | string | null)[] | readonly ['list' | 'tuple', ...SymbolicShape[]];

export interface RecordedClass extends ClassRequest {
  readonly symbols: Readonly<Record<string, SymbolOrigin>>;
  readonly rows: readonly (readonly [number, number, number, number, string, readonly SymbolicShape[]])[];
  readonly returns: readonly SymbolicShape[];
  readonly requires: readonly string[];
  readonly error?: string;
}

/** Analyses classes one at a time as an editor does when nobody has told it anything. */
export const recordClasses = (surroundings: Surroundings) => {
  const m = createMachine(surroundings);
  return (request: ClassRequest): RecordedClass => {
    m.restart();
    const empty = { ...request, symbols: {}, rows: [], returns: [], requires: [] };
    const name = request.file.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
    const module = loadModule(m, name);
    if (!module) return { ...empty, error: 'the file is not at hand' };
    const node = findClass(module, request.class);
    const cls = node && classValue(m, module, request.class);
    if (!node || !cls) return { ...empty, error: 'the class is not found' };
    const runs = waysToChoose(classChoices(m, cls)).map((args) => runClass(m, cls, { args }));
    return { ...request, ...recorded(runs, module, node) };
  };
};

/** The last class of that qualified name. */
const findClass = (
  module: ModuleValue,
  qualified: string,
): { readonly node: ClassDef; readonly start: number } | undefined => {
  let found: { node: ClassDef; start: number } | undefined;
  for (const { start, chunk } of module.syntax.chunks) {
    visitClasses([chunk.stmt], '', (name, node) => {
      if (name === qualified) found = { node, start };
    });
  }
  return found;
};

const visitClasses = (body: readonly Stmt[], prefix: string, visit: (name: string, node: ClassDef) => void): void => {
  for (const stmt of body) {
    if (stmt.kind === 'ClassDef') {
      visit(prefix + stmt.name, stmt);
      visitClasses(stmt.body, `${prefix}${stmt.name}.`, visit);
    } else if (stmt.kind === 'FunctionDef') visitClasses(stmt.body, `${prefix}${stmt.name}.<locals>.`, visit);
    else if ('body' in stmt) visitClasses([...stmt.body, ...('orelse' in stmt ? stmt.orelse : [])], prefix, visit);
  }
};

const classValue = (m: Machine, module: ModuleValue, qualified: string): ClassValue | undefined => {
  let value: Value | undefined = module;
  for (const part of qualified.split('.')) {
    if (part === '<locals>') return undefined;
    value = value && m.getAttribute(value, part, undefined);
  }
  return value?.kind === 'class' ? value : undefined;
};

/** What holds in all runs of a class, and what may be in any of them. */
const recorded = (
  runs: readonly ClassRun[],
  module: ModuleValue,
  { node, start }: { readonly node: ClassDef; readonly start: number },
): Omit<RecordedClass, keyof ClassRequest> => {
  const names = symbolNames();
  const place = placer(module.syntax.text);
  const rows: RecordedClass['rows'][number][] = [];
  const inner = node.body.filter((stmt) => stmt.kind !== 'ClassDef');
  for (const stmt of inner) {
    inFunctions(stmt, false, (expr) => {
      const shapes = inAll(runs, (run) => shapesOf(run, expr, names));
      if (shapes.length > 0) rows.push([...place(start + expr.start), ...place(start + expr.end), expr.kind, shapes]);
    });
  }
  const certain = runs.every(({ trace }) => trace.assumed.size === 0);
  const returns = certain ? inAll(runs, (run) => (run.output ? alternatives([run.output], run, names) : [])) : [];
  const [first, ...others] = certain ? runs.map((run) => requirementsOf(run, names)) : [];
  const requires = (first ?? []).filter((condition) => others.every((other) => other.includes(condition)));
  const partial = runs.find((run) => run.partial)?.partial;
  return { rows, returns, requires, symbols: names.origins(), ...(partial && { error: partial }) };
};

/** The shapes that an expression may have in a run; undefined where the run does not come to it. */
const shapesOf = (run: ClassRun, expr: Expr, names: Names): readonly SymbolicShape[] | undefined => {
  // What rests on an assumed helper is no fact.
  if (run.trace.unsure.has(expr)) return [];
  const seen = otherwise(run, expr) ?? run.trace.values.get(expr);
  if (seen)
    return [...alternatives(seen, run, names), ...(run.leftOut?.has(expr) && !otherwise(run, expr) ? [['...']] : [])];
  // What only runs where an input is given that may be left out.
  return run.open && shapesOf(run.open, expr, names);
};

/** All shapes of several runs: where one of them knows nothing, anything may be. */
const inAll = (
  runs: readonly ClassRun[],
  shapesIn: (run: ClassRun) => readonly SymbolicShape[] | undefined,
): readonly SymbolicShape[] => {
  const found = runs.map(shapesIn).filter((shapes) => shapes !== undefined);
  const all = new Map(found.flat().map((shape) => [JSON.stringify(shape), shape]));
  if (all.size > 0 && found.some(({ length }) => length === 0)) all.set('["..."]', ['...']);
  return [...all.values()];
};

/** What an expression is whether inputs are left out or not; what is no shape of known rank then tells nothing. */
const otherwise = (run: ClassRun, expr: Expr): readonly Value[] | undefined => {
  const values = run.leftOut?.get(expr)?.values;
  return values?.every(isRanked) ? values : undefined;
};

const isRanked = (value: Value): boolean => {
  switch (value.kind) {
    case 'either':
      return isRanked(value.yes) && isRanked(value.no);
    case 'tuple':
    case 'list':
      return value.items.every(isRanked);
    case 'tensor':
      return !value.shape.rest;
    default:
      return value.kind !== 'unknown';
  }
};

interface Names {
  readonly of: (run: ClassRun) => (sym: Sym) => string;
  readonly origins: () => Readonly<Record<string, SymbolOrigin>>;
}

const RESERVED = new Set(['max', 'min', 'abs', 'int', 'and', 'or', 'not', 'if', 'else', 'True', 'False']);

/** One Python identifier for each symbol that is printed. */
const symbolNames = (): Names => {
  const byId = new Map<string, string>();
  const origins: Record<string, SymbolOrigin> = {};
  const of: Names['of'] = (run) => (sym) => {
    const known = byId.get(sym.id);
    if (known) return known;
    const wanted = (run.trace.names.get(sym.id) ?? sym.name).replace(/\W+/g, '_').replace(/^(?=\d)|_+$/g, '') || 'd';
    let name = wanted;
    for (let n = 2; name in origins || RESERVED.has(name); n++) name = `${wanted}_${n}`;
    byId.set(sym.id, name);
    origins[name] = originOf(sym);
    return name;
  };
  return { of, origins: () => origins };
};

const originOf = (sym: Sym): SymbolOrigin => {
  if (sym.id.startsWith('p:')) return { param: sym.id.slice(2) };
  const input = /^i:(.*):(-?\d+)$/.exec(sym.id);
  if (input?.[1] !== undefined) return { input: input[1], axis: Number(input[2]) };
  if (sym.id.startsWith('i:')) return { input: sym.id.slice(2) };
  return { unknown: sym.name };
};

/** Sizes that a recording cannot tell: of the length of an argument and of a rank there is no origin. */
const isUnknown = (size: Dim): boolean =>
  symbolsOf(size).some(({ role, id }) => role === 'unknown' || /^[pi]:len\(|:rank$/.test(id));

const sizeText = (size: Dim, run: ClassRun, names: Names): number | string | null => {
  const known = simplify(run.facts, size);
  if (typeof known === 'number') return known;
  if (isUnknown(known)) return null;
  const text = print(known, { style: 'code', name: names.of(run) });
  return isTellable(text) ? text : null;
};

/** The format has no words for ways to round but `//` and `int()`. */
const isTellable = (text: string): boolean => !/\b(?:ceil|round)\(/.test(text);

const DEPTH = 3;
const LENGTH = 64;

const shapeText = (value: Value, run: ClassRun, names: Names, depth = 0): SymbolicShape | undefined => {
  if (value.kind === 'tensor') {
    const sizes = value.shape.dims.map((d) => sizeText(d, run, names));
    const { rest } = value.shape;
    return rest ? [...sizes.slice(0, rest.at), '...', ...sizes.slice(rest.at)] : sizes;
  }
  if (
    depth >= DEPTH ||
    (value.kind !== 'tuple' && value.kind !== 'list') ||
    (value.kind === 'list' && value.count !== null)
  )
    return undefined;
  if (value.items.length === 0 || value.items.length > LENGTH) return undefined;
  const parts = value.items.map((item) => shapeText(item, run, names, depth + 1));
  return parts.includes(undefined)
    ? undefined
    : [value.kind, ...parts.filter((p): p is SymbolicShape => p !== undefined)];
};

/** All shapes that an expression may have had; what nobody knows is `['...']` beside what is known. */
const alternatives = (values: readonly Value[], run: ClassRun, names: Names): readonly SymbolicShape[] => {
  const shapes = new Map<string, SymbolicShape>();
  let tensors = false;
  for (const value of values.flatMap(flat)) {
    const shape = shapeText(value, run, names);
    if (shape) tensors = true;
    if (shape || isOpen(value)) shapes.set(JSON.stringify(shape ?? ['...']), shape ?? ['...']);
  }
  return tensors ? [...shapes.values()] : [];
};

/** Whether a value of which no shape can be said may hold tensors all the same: `[out, out]` where `out` is one of two. */
const isOpen = (value: Value): boolean =>
  value.kind === 'unknown' ||
  ((value.kind === 'tuple' || value.kind === 'list') &&
    value.items.some((item) => item.kind === 'tensor' || item.kind === 'either' || isOpen(item)));

const flat = (value: Value): readonly Value[] =>
  value.kind === 'either' ? [...flat(value.yes), ...flat(value.no)] : [value];

/** More conditions than these are not weighed against each other. */
const CONDITIONS = 32;

const sizesOf = (c: Condition): readonly Dim[] => ('left' in c ? [c.left, c.right] : [c.divisor, c.dividend]);

/** The strongest conditions without which the code cannot run. */
const requirementsOf = (run: ClassRun, names: Names): readonly string[] => {
  const conditions = new Map<string, Condition>();
  for (const { condition, path } of run.trace.requirements) {
    if (!unconditional(path) || sizesOf(condition).some(isUnknown)) continue;
    conditions.set(printCondition(condition), solve(condition, noFacts));
  }
  const printable = strongest([...conditions.values()].slice(0, CONDITIONS), noFacts);
  return [...new Set(printable.map((c) => printCondition(c, { name: names.of(run) })))].filter(isTellable);
};
