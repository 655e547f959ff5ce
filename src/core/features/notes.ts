import {
  assumedWords,
  type Context,
  classWords,
  conditionalLayer,
  elementsOf,
  entryWords,
  isSameWork,
  join,
  makingWords,
  plain,
  sameWords,
  sizesLine,
  sizeWords,
  statementShape,
  statementsIn,
  statementWords,
} from '../explain';
import type { Words } from '../ops';
import type { ClassDef, Expr, FunctionDef, Stmt } from '../syntax';
import type { ClassUnit } from './analysis';
import { contextAt } from './context';
import { explainer } from './known';

/** How much is said: shapes alone, layers and steps, or every statement. */
export type Level = 'shapes' | 'standard' | 'full';

/** A sentence and the place that it is about, relative to the chunk of the class. */
export interface Remark {
  readonly at: number;
  readonly text: Words;
  readonly above?: boolean;
}

/** What is to be said of a class, from its line down. */
export const remarksOf = (unit: ClassUnit, source: string, level: Level, style: '[]' | '()'): readonly Remark[] => {
  const methods = unit.node.body.filter((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef');
  const all = methods.flatMap((method) => methodRemarks(unit, source, method, level, style));
  return level === 'shapes' ? all : [...headRemarks(unit, source, style), ...all];
};

export const headRemarks = (unit: ClassUnit, source: string, style: '[]' | '()'): readonly Remark[] => {
  const cx = contextAt({ ...unit, text: source, style }, ownForward(unit));
  const forward = ownForward(unit);
  const lines = [classWords(cx, unit.run, forward), sizesLine(cx, unit.run), assumedWords(unit.run)].filter(
    (line) => line !== undefined,
  );
  const [decorator] = unit.node.decorators;
  const at = decorator ? decorator.start - 1 : unit.node.start;
  return lines.map((line) => ({ at, text: line, above: true }));
};

/** The `forward` that was run, where it is a function of the class itself. */
export const ownForward = ({ node, run }: ClassUnit): FunctionDef | undefined => {
  const method = run.method?.node;
  return method?.kind === 'FunctionDef' && node.body.includes(method) ? method : undefined;
};

const methodRemarks = (
  unit: ClassUnit,
  source: string,
  method: FunctionDef,
  level: Level,
  style: '[]' | '()',
): readonly Remark[] => {
  const explain = explainer(unit, source, style, method);
  const { cx } = explain(method);
  const body = statementsIn(method.body);
  const inShort = shortener();
  if (method.name === '__init__')
    return level === 'shapes' ? [] : body.flatMap((stmt) => makingRemarks(explain(stmt).cx, stmt, unit.node, inShort));
  const head = method === ownForward(unit) ? entryLine(cx, unit, level) : undefined;
  return [
    ...(head ? [{ at: method.start, text: head }] : []),
    ...body.flatMap((stmt) => stepRemarks(explain(stmt).cx, stmt, level, inShort)),
  ];
};

/** Says in short what would be said twice in a row; `isAlone` where nothing of the statement is told on other lines. */
export type Shortener = (
  cx: Pick<Context, 'source'>,
  stmt: Stmt,
  said: Words | undefined,
  isAlone: boolean,
) => Words | undefined;

/**
 * The numbers that the code of a statement writes: `transpose(1, 2)` is not what `transpose(1, 3)` is. Comments do not
 * count, our own among them: what is said must not depend on whether it was said before.
 */
const numbers = (cx: Pick<Context, 'source'>, { start, end }: Stmt): string =>
  (
    cx
      .source({ start, end })
      .replace(/#.*/g, '')
      .match(/(?<![\w.])[\d.]+/g) ?? []
  ).join(' ');

/** Goes through the statements of a block in order and refers to what it said last, where the next one says the same. */
export const shortener = (): Shortener => {
  /** What was said last, and of which statement it was said in full. */
  let last: { readonly stmt: Stmt; readonly said: Words } | undefined;
  let end = 0;
  return (cx, stmt, said, isAlone) => {
    const between = cx.source({ start: end, end: stmt.start }).replace(/#.*/g, '').trim();
    const first = isAlone && said?.zh === last?.said.zh && /^;?$/.test(between) ? last?.stmt : undefined;
    const isSame =
      said !== undefined && first !== undefined && isSameWork(first, stmt) && numbers(cx, first) === numbers(cx, stmt);
    last = said && { stmt: isSame ? first : stmt, said };
    end = stmt.end;
    return isSame ? sameWords(first, stmt) : said;
  };
};

export const entryLine = (cx: Context, { run, explored }: ClassUnit, level: Level): Words | undefined => {
  if (level === 'standard')
    return entryWords(
      cx,
      run,
      explored.filter((other) => run.method?.node.params.some((param) => other.trace.values.has(param))),
    );
  return entryWords(cx, { ...run, trace: { ...run.trace, requirements: [], assumptions: [] } });
};

const stepRemarks = (cx: Context, stmt: Stmt, level: Level, inShort: Shortener): readonly Remark[] => {
  if (level === 'shapes') {
    const shape = statementShape(cx, stmt);
    return shape === undefined ? [] : [{ at: stmt.start, text: plain(shape) }];
  }
  const said = inShort(cx, stmt, statementWords(cx, stmt) ?? sizeWords(cx, stmt), true);
  return said ? [{ at: stmt.start, text: said }] : [];
};

/** What a statement of `__init__` makes, and the elements of a container each on its own line. */
const makingRemarks = (cx: Context, stmt: Stmt, cls: ClassDef, inShort: Shortener): readonly Remark[] => {
  const elements = elementRemarks(cx, stmt);
  const isStored = stmt.kind === 'Assign' && stmt.targets.some(({ kind }) => kind === 'Subscript');
  const value = (stmt.kind === 'Assign' && !isStored) || stmt.kind === 'AnnAssign' ? stmt.value : undefined;
  const own =
    value &&
    (makingWords(cx, value, elements.length === 0) ??
      conditionalLayer({ ...cx, cls, module: [] }, value) ??
      sizeWords(cx, stmt));
  const said = inShort(cx, stmt, own && withHead(cx, stmt, own, elements), elements.length === 0);
  return said ? [{ at: stmt.start, text: said }, ...elements] : elements;
};

/** What a container is, with those of its layers that stand beside it on the head line where others have lines of their own. */
export const withHead = (cx: Context, stmt: Stmt, said: Words, elements: readonly Remark[]): Words => {
  const value = stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' || stmt.kind === 'Return' ? stmt.value : undefined;
  if (elements.length === 0 || value?.kind !== 'Call') return said;
  const head = stmt.start + headLength(cx, stmt);
  const items = value.args.flatMap(({ value: arg }) => (arg.kind === 'List' ? arg.items : [arg]));
  const told = items.filter(({ end }) => end <= head).flatMap((item) => makingWords(cx, item, true) ?? []);
  return told.length === 0 ? said : join([said, ...told], '; ', '；');
};

const headLength = (cx: Context, stmt: Stmt): number =>
  cx.source({ start: stmt.start, end: stmt.end }).split(/\r\n|\r|\n/, 1)[0]?.length ?? 0;

/** The layers that a statement makes on lines of their own; those on one line are told together. */
export const elementRemarks = (cx: Context, stmt: Stmt): readonly Remark[] => {
  const value =
    stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' || stmt.kind === 'ExprStmt' || stmt.kind === 'Return'
      ? stmt.value
      : undefined;
  if (!value) return [];
  const head = headLength(cx, stmt);
  const remarks: Remark[] = [];
  let last: Expr | undefined;
  for (const element of elementsOf(value)) {
    const isOnHeadLine = element.start < stmt.start + head && stmt.kind !== 'ExprStmt';
    const isBeside = last !== undefined && !cx.source({ start: last.start, end: element.start }).includes('\n');
    const said =
      isOnHeadLine || (isBeside && element.end <= (last?.end ?? 0)) ? undefined : makingWords(cx, element, true);
    if (!said) continue;
    const before = isBeside ? remarks.pop() : undefined;
    remarks.push(
      before ? { at: before.at, text: join([before.text, said], '; ', '；') } : { at: element.start, text: said },
    );
    last = element;
  }
  return remarks;
};
