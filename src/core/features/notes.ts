import {
  type Context,
  classWords,
  containerOf,
  entryWords,
  familyOf,
  isModule,
  kindOf,
  moduleRole,
  moduleStep,
  plain,
  sizesLine,
  sizeWords,
  statementShape,
  statementsIn,
  statementWords,
  text,
  words,
} from '../explain';
import type { Words } from '../ops';
import type { Expr, FunctionDef, Stmt } from '../syntax';
import type { ObjectValue, Value } from '../values';
import type { ClassUnit } from './analysis';
import { contextAt } from './context';
import { explainer } from './known';

/** How much is said. */
export type Level = 'shapes' | 'standard';

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

const headRemarks = (unit: ClassUnit, source: string, style: '[]' | '()'): readonly Remark[] => {
  const cx = contextAt({ ...unit, text: source, style }, ownForward(unit));
  const forward = ownForward(unit);
  const lines = [classWords(cx, unit.run, forward), sizesLine(cx, unit.run)].filter((line) => line !== undefined);
  const [decorator] = unit.node.decorators;
  const at = decorator ? decorator.start - 1 : unit.node.start;
  return lines.map((line) => ({ at, text: line, above: true }));
};

/** The `forward` that was run, where it is a function of the class itself. */
const ownForward = ({ node, run }: ClassUnit): FunctionDef | undefined => {
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
  if (method.name === '__init__')
    return level === 'shapes' ? [] : body.flatMap((stmt) => makingRemarks(explain(stmt).cx, unit, stmt));
  const head = method === ownForward(unit) ? entryLine(cx, unit, level) : undefined;
  return [
    ...(head ? [{ at: method.start, text: head }] : []),
    ...body.flatMap((stmt) => stepRemarks(explain(stmt).cx, stmt, level)),
  ];
};

const entryLine = (cx: Context, { run }: ClassUnit, level: Level): Words | undefined => {
  if (level === 'standard') return entryWords(cx, run);
  return entryWords(cx, { ...run, trace: { ...run.trace, requirements: [], assumptions: [] } });
};

const stepRemarks = (cx: Context, stmt: Stmt, level: Level): readonly Remark[] => {
  if (level === 'shapes') {
    const shape = statementShape(cx, stmt);
    return shape === undefined ? [] : [{ at: stmt.start, text: plain(shape) }];
  }
  const said = statementWords(cx, stmt) ?? sizeWords(cx, stmt);
  return said ? [{ at: stmt.start, text: said }] : [];
};

/** What a statement of `__init__` makes, and the elements of a container each on its own line. */
const makingRemarks = (cx: Context, unit: ClassUnit, stmt: Stmt): readonly Remark[] => {
  const value =
    stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' || stmt.kind === 'ExprStmt' ? stmt.value : undefined;
  if (!value) return [];
  const head = cx.source({ start: stmt.start, end: stmt.end }).split(/\r\n|\r|\n/, 1)[0]?.length ?? 0;
  const elements = elementsOf(value).flatMap((element): readonly Remark[] => {
    const isOnHeadLine = element.start < stmt.start + head && stmt.kind !== 'ExprStmt';
    const said = isOnHeadLine ? undefined : made(cx, unit, element, true);
    return said ? [{ at: element.start, text: said }] : [];
  });
  const own =
    stmt.kind === 'ExprStmt' ? undefined : (made(cx, unit, value, elements.length === 0) ?? sizeWords(cx, stmt));
  return own ? [{ at: stmt.start, text: own }, ...elements] : elements;
};

/** The arguments of a call, those of lists and calls inside it too. */
const elementsOf = (expr: Expr): readonly Expr[] => {
  switch (expr.kind) {
    case 'Call':
      return expr.args.flatMap(({ value }) => [value, ...elementsOf(value)]);
    case 'List':
    case 'Tuple':
      return expr.items.flatMap((item) => [item, ...elementsOf(item)]);
    case 'Comprehension':
      return [expr.element, ...elementsOf(expr.element)];
    case 'IfExp':
      return [expr.body, expr.orelse].flatMap((side) => [side, ...elementsOf(side)]);
    default:
      return [];
  }
};

/** What an expression makes, where it makes a layer or a parameter; several of one kind are told once. */
const made = (cx: Context, unit: ClassUnit, expr: Expr, inline: boolean): Words | undefined => {
  // Of a choice nobody can say here which side it is.
  if (expr.kind !== 'Call') return undefined;
  const told = cx.r.values(expr).map((value) => makingOf(cx, unit, value, inline));
  const [first] = told;
  return first && told.every((t) => t?.zh === first.zh) ? first : undefined;
};

const makingOf = (cx: Context, unit: ClassUnit, value: Value, inline: boolean): Words | undefined => {
  if (isModule(value)) {
    const way = familyOf(value) || (containerOf(value) && !inline) ? undefined : wayOf(cx, unit, value);
    const told = moduleRole(cx.r, value, inline) ?? kindOf(cx.r, value);
    const said = way && containerOf(value) ? moduleStep(cx.r, value) : told;
    return said && way ? text`${said}${words(': ', '：')}${way}` : (said ?? way);
  }
  if (value.kind !== 'tensor' || !value.parameter) return undefined;
  const shape = cx.r.shape(value.shape);
  if (shape === undefined) return undefined;
  return value.parameter.trained
    ? words(`learnable ${shape}`, `可学习参数 ${shape}`)
    : words(`buffer ${shape}`, `缓冲区 ${shape}`);
};

/** Longer ones are for the hover. */
const LONGEST_WAY = 100;

/** What a module was seen to do: the shapes of its one call, or of all of them where they agree. */
const wayOf = (cx: Context, { run }: ClassUnit, module: ObjectValue): Words | undefined => {
  const events = run.trace.events.filter((event) => event.layer === module);
  const ways = events.map(({ inputs, output }) => {
    const [from, to] = [inputs[0], output].map((v) => (v?.kind === 'tensor' ? cx.r.shape(v.shape) : undefined));
    const isTold = from !== undefined && to !== undefined && from !== to;
    return isTold && from.length + to.length <= LONGEST_WAY ? `${from} → ${to}` : undefined;
  });
  const [first] = ways;
  return first !== undefined && ways.every((way) => way === first) ? plain(first) : undefined;
};
