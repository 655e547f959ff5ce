import { noFacts } from '../dims';
import { type Context, fullWords, plainClassWords, type Readable, type Scope, statementsIn } from '../explain';
import type { Words } from '../ops';
import type { ClassDef, FunctionDef, Stmt } from '../syntax';
import type { Analysis, ClassUnit } from './analysis';
import { contextAt } from './context';
import { explainer } from './known';
import { elementRemarks, entryLine, headRemarks, ownForward, type Remark } from './notes';

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

const chunkRemarks = (analysis: Analysis, start: number, stmt: Stmt, style: '[]' | '()'): readonly Remark[] => {
  const cls = stmt.kind === 'ClassDef' ? stmt : undefined;
  const around = { full: true, cls, module: analysis.syntax.chunks.map(({ chunk }) => chunk.stmt) };
  const contextOf = contexts(analysis, start, stmt, style);
  const scopeOf: ScopeOf = (at, fn) => ({ ...contextOf(at, fn), ...around, fn });
  if (!cls) return memberRemarks(scopeOf, undefined, stmt);
  const unit = analysis.classes.find((one) => one.start === start);
  const head = unit ? headRemarks(unit, analysis.text, style) : plainHead(scopeOf(cls, undefined), cls);
  return [...head, ...cls.body.flatMap((inner) => memberRemarks(scopeOf, unit, inner))];
};

/** Code of a class or function is explained by its own runs; any other by the script's, or by a run that used it. */
const contexts = (
  analysis: Analysis,
  start: number,
  chunk: Stmt,
  style: '[]' | '()',
): ((at: Stmt, fn: FunctionDef | undefined) => Context) => {
  const unit = [...analysis.classes, ...analysis.functions].find((one) => one.start === start);
  const made = new Map<FunctionDef | undefined, (at: Stmt) => Context>();
  const make = (fn: FunctionDef | undefined): ((at: Stmt) => Context) => {
    if (unit) {
      const explain = explainer(unit, analysis.text, style, fn);
      return (at) => explain(at).cx;
    }
    const node = chunk.kind === 'ClassDef' ? chunk : undefined;
    const cx = contextAt({ run: runOf(analysis, chunk), text: analysis.text, start, style, node }, fn);
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

/** One remark a statement; what would be said twice in a row is said once. */
const blockRemarks = (scopeOf: ScopeOf, fn: FunctionDef | undefined, body: readonly Stmt[]): readonly Remark[] => {
  const remarks: Remark[] = [];
  let last: Words | undefined;
  let end = 0;
  for (const stmt of statementsIn(body)) {
    if (isDocumentation(stmt) || stmt.kind === 'ClassDef') continue;
    const scope = scopeOf(stmt, fn);
    const elements = elementRemarks(scope, stmt);
    const said = fullWords(scope, stmt, elements.length === 0);
    const follows = scope.source({ start: end, end: stmt.start }).trim() === '';
    if (said && !(follows && said.zh === last?.zh)) remarks.push({ at: stmt.start, text: said });
    remarks.push(...elements);
    last = said;
    end = stmt.end;
    if (stmt.kind === 'FunctionDef') remarks.push(...blockRemarks(scopeOf, stmt, stmt.body));
  }
  return remarks;
};

const isDocumentation = (stmt: Stmt): boolean => stmt.kind === 'ExprStmt' && stmt.value.kind === 'Str';

/** The run that has seen a function or class of the file: that of a class that uses it, else the script's. */
const runOf = ({ classes, script }: Analysis, stmt: Stmt): Readable => {
  const alone: Readable = { trace: script.trace, facts: noFacts, entries: [] };
  const params = functionsIn(stmt).flatMap((fn) => fn.params);
  return classes.map(({ run }) => run).find(({ trace }) => params.some((p) => trace.values.has(p))) ?? alone;
};

const functionsIn = (stmt: Stmt): readonly FunctionDef[] => {
  if (stmt.kind === 'FunctionDef') return [stmt];
  return stmt.kind === 'ClassDef' ? stmt.body.flatMap(functionsIn) : [];
};
