import { noFacts } from '../dims';
import { type Context, fullWords, join, plainClassWords, type Readable, type Scope, statementsIn } from '../explain';
import type { Trace } from '../interp';
import { oncePer } from '../once';
import { type ClassDef, type FunctionDef, type Stmt, walk } from '../syntax';
import type { Analysis, ClassUnit } from './analysis';
import { contextAt } from './context';
import { explainer } from './known';
import { elementRemarks, entryLine, headRemarks, ownForward, type Remark, shortener, withHead } from './notes';

/** What is to be said of a chunk of the file, relative to its start. */
export interface Explanation {
  readonly start: number;
  readonly remarks: readonly Remark[];
}

/** A sentence for every statement of a file, at the top as well as inside of classes and functions. */
export const explanations = (
  analysis: Analysis,
  style: '[]' | '()',
  wanted: (start: number) => boolean,
): readonly Explanation[] =>
  analysis.syntax.chunks
    .filter(({ start, chunk }) => !chunk.broken && wanted(start))
    .map(({ start, chunk: { stmt } }) => ({ start, remarks: chunkRemarks(analysis, start, stmt, style) }));

/** How to explain a statement: by the run that came there, among the code around it. */
type ScopeOf = (stmt: Stmt, fn: FunctionDef | undefined) => Scope;

const chunkRemarks = (analysis: Analysis, start: number, stmt: Stmt, style: '[]' | '()'): readonly Remark[] => [
  ...ownRemarks(analysis, start, stmt, style),
  ...classesIn(stmt).flatMap((cls) => ownRemarks(analysis, start, cls, style)),
];

/** The classes inside of a statement, whatever they stand in. */
const classesIn = (stmt: Stmt): readonly ClassDef[] => {
  const found: ClassDef[] = [];
  walk(stmt, (node) => {
    if (node.kind === 'ClassDef' && node !== stmt) found.push(node);
    return undefined;
  });
  return found;
};

/** The remarks of a statement of the file or of a class, without those of the classes inside of it. */
const ownRemarks = (analysis: Analysis, start: number, stmt: Stmt, style: '[]' | '()'): readonly Remark[] => {
  const cls = stmt.kind === 'ClassDef' ? stmt : undefined;
  const around = { full: true, cls, module: topOf(analysis.syntax) };
  const contextOf = contexts(analysis, start, stmt, style);
  const scopeOf: ScopeOf = (at, fn) => ({ ...contextOf(at, fn), ...around, fn });
  if (!cls) return memberRemarks(scopeOf, undefined, stmt);
  const unit = analysis.classes.find((one) => one.start === start && one.node === cls);
  const told = unit ? headRemarks(unit, analysis.text, style) : [];
  const head = told.length > 0 ? told : plainHead(scopeOf(cls, undefined), cls);
  return [...head, ...cls.body.flatMap((inner) => memberRemarks(scopeOf, unit, inner))];
};

/** The statements at the top of a file. */
const topOf = oncePer((syntax: Analysis['syntax']) => syntax.chunks.map(({ chunk }) => chunk.stmt));

/** Code of a class or function is explained by its own runs, a helper by all that used it, the rest by the script's. */
const contexts = (
  analysis: Analysis,
  start: number,
  chunk: Stmt,
  style: '[]' | '()',
): ((at: Stmt, fn: FunctionDef | undefined) => Context) => {
  const unit = [...analysis.classes, ...analysis.functions].find((one) => one.start === start && one.node === chunk);
  const made = new Map<FunctionDef | undefined, (at: Stmt) => Context>();
  const make = (fn: FunctionDef | undefined): ((at: Stmt) => Context) => {
    if (unit) {
      const explain = explainer(unit, analysis.text, style, fn);
      return (at) => explain(at).cx;
    }
    const node = chunk.kind === 'ClassDef' ? chunk : undefined;
    const isScript = !node && chunk.kind !== 'FunctionDef';
    const run = isScript ? { trace: analysis.script.trace, facts: noFacts, entries: [] } : togetherOf(analysis, chunk);
    const cx = {
      ...contextAt({ run, text: analysis.text, start, style, node }, fn),
      ...(!isScript && { general: true }),
    };
    return () => cx;
  };
  return (at, fn) => {
    const explain = made.get(fn) ?? make(fn);
    made.set(fn, explain);
    return explain(at);
  };
};

const plainHead = (scope: Scope, cls: ClassDef): readonly Remark[] => {
  const said = plainClassWords(scope, cls);
  return said && cls.decorators.length === 0 ? [{ at: cls.start, text: said, above: true }] : [];
};

/** The remarks of a statement of a class or of the file; those of a function with all that it holds. */
const memberRemarks = (scopeOf: ScopeOf, unit: ClassUnit | undefined, stmt: Stmt): readonly Remark[] => {
  if (stmt.kind !== 'FunctionDef') return blockRemarks(scopeOf, undefined, [stmt]);
  const scope = scopeOf(stmt, stmt);
  const own = unit && stmt === ownForward(unit) ? entryLine(scope, unit, 'standard') : undefined;
  const said = own ?? fullWords(scope, stmt, false);
  const head = said ? [{ at: stmt.start, text: said }] : [];
  return [...head, ...blockRemarks(scopeOf, stmt, stmt.body)];
};

/** One remark a statement; what would be said twice in a row is said once and then referred to. */
const blockRemarks = (scopeOf: ScopeOf, fn: FunctionDef | undefined, body: readonly Stmt[]): readonly Remark[] => {
  const remarks: Remark[] = [];
  const inShort = shortener();
  let end = 0;
  /** Where the first statement of the line begins: of those behind a `;` it is told together with them. */
  let row = 0;
  for (const stmt of statementsIn(body)) {
    if (isDocumentation(stmt) || stmt.kind === 'ClassDef') continue;
    const scope = scopeOf(stmt, fn);
    const elements = elementRemarks(scope, stmt).filter(
      ({ at }) => stmt.kind !== 'ExprStmt' || scope.source({ start: stmt.start, end: at }).includes('\n'),
    );
    const own = fullWords(scope, stmt, elements.length === 0);
    const whole = own && withHead(scope, stmt, own, elements);
    const said = inShort(scope, stmt, whole, elements.length === 0);
    const isBeside = end > 0 && /^[ \t]*;[ \t]*$/.test(scope.source({ start: end, end: stmt.start }));
    row = isBeside ? row : stmt.start;
    const beside = remarks.at(-1);
    if (said && beside && row < stmt.start && beside.at === row) {
      if (said === whole) remarks[remarks.length - 1] = { at: row, text: join([beside.text, said], '; ', '；') };
    } else if (said) remarks.push({ at: stmt.start, text: said });
    remarks.push(...elements);
    end = stmt.end;
    if (stmt.kind === 'FunctionDef') remarks.push(...blockRemarks(scopeOf, stmt, stmt.body));
  }
  return remarks;
};

const isDocumentation = (stmt: Stmt): boolean => stmt.kind === 'ExprStmt' && stmt.value.kind === 'Str';

/** What all runs together have seen of a function or class that none of them was about. */
const togetherOf = ({ classes, script }: Analysis, stmt: Stmt): Readable => {
  const traces = [...classes.map(({ run }) => run.trace), script.trace];
  const values: Trace['values'] = new Map();
  const add = (node: Parameters<Trace['values']['get']>[0]): void => {
    const seen = traces.flatMap((trace) => trace.values.get(node) ?? []);
    if (seen.length > 0) values.set(node, seen);
  };
  walk(stmt, (node) => {
    add(node);
    return undefined;
  });
  for (const param of functionsIn(stmt).flatMap((fn) => fn.params)) add(param);
  const trace = { ...script.trace, values, decisions: new Map(), loops: new Map(), stores: new Map() };
  return { trace, facts: noFacts, entries: [] };
};

const functionsIn = (stmt: Stmt): readonly FunctionDef[] => {
  if (stmt.kind === 'FunctionDef') return [stmt];
  return stmt.kind === 'ClassDef' ? stmt.body.flatMap(functionsIn) : [];
};
