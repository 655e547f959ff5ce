import type { ExceptHandler, Expr, If, MatchCase, Stmt, With } from '../ast';
import { skipBlanks } from '../lines/lex';
import { casePatterns } from './patterns';
import {
  childOf,
  deepest,
  endAt,
  kindAt,
  nameAt,
  operand,
  partsOf,
  placeOf,
  type Reading,
  refused,
  startAt,
} from './reading';

/** The statements of a node's block. */
export const bodyOf = (r: Reading, row: number | undefined): readonly Stmt[] => {
  const block = row === undefined ? undefined : childOf(r, row, 'block');
  return block === undefined ? [] : r.block(r, block);
};

/** As in Python a compound statement ends with its last statement and a semicolon behind; without any, with its head. */
export const endOfBody = (r: Reading, row: number, ...bodies: readonly (readonly Stmt[])[]): number => {
  const last = bodies.findLast((body) => body.length > 0)?.at(-1);
  if (!last) return headerEnd(r, row);
  const behind = skipBlanks(r.text, last.end - r.base);
  return r.text[behind] === ';' ? behind + 1 + r.base : last.end;
};

/** Behind the colon of a node's head. */
export const headerEnd = (r: Reading, row: number): number => endAt(r, childOf(r, row, ':') ?? row);

export const ifStatement = (r: Reading, row: number): If => {
  const clauses = partsOf(r, row).filter((part) => kindAt(r, part) === 'elif_clause');
  const last = childOf(r, row, 'else_clause');
  let orelse = bodyOf(r, last);
  let elseStart = last === undefined ? undefined : startAt(r, last);
  const beyond = clauses[deepest];
  if (beyond !== undefined) orelse = [{ kind: 'ErrorStmt', ...placeOf(r, beyond), body: [] }];
  for (const clause of clauses.slice(0, deepest).reverse()) {
    orelse = [branch(r, clause, orelse, elseStart, true)];
    elseStart = undefined;
  }
  return branch(r, row, orelse, elseStart, false);
};

const branch = (r: Reading, row: number, orelse: readonly Stmt[], elseStart: number | undefined, elif: boolean): If => {
  const body = bodyOf(r, row);
  return {
    kind: 'If',
    start: startAt(r, row),
    end: endOfBody(r, row, body, orelse),
    test: operand(r, partsOf(r, row)[0], row),
    body,
    orelse,
    elif,
    headerEnd: headerEnd(r, row),
    ...(elseStart === undefined ? {} : { elseStart }),
  };
};

export const forStatement = (r: Reading, row: number): Stmt => {
  const [target, iter] = partsOf(r, row);
  const body = bodyOf(r, row);
  const orelse = bodyOf(r, childOf(r, row, 'else_clause'));
  return {
    kind: 'For',
    start: startAt(r, row),
    end: endOfBody(r, row, body, orelse),
    target: operand(r, target, row),
    iter: operand(r, iter, row),
    body,
    orelse,
    async: childOf(r, row, 'async') !== undefined,
    headerEnd: headerEnd(r, row),
  };
};

export const whileStatement = (r: Reading, row: number): Stmt => {
  const body = bodyOf(r, row);
  const orelse = bodyOf(r, childOf(r, row, 'else_clause'));
  return {
    kind: 'While',
    start: startAt(r, row),
    end: endOfBody(r, row, body, orelse),
    test: operand(r, partsOf(r, row)[0], row),
    body,
    orelse,
    headerEnd: headerEnd(r, row),
  };
};

export const withStatement = (r: Reading, row: number): Stmt => {
  const clause = childOf(r, row, 'with_clause') ?? row;
  const items = withItems(r, clause);
  const body = bodyOf(r, row);
  return {
    kind: 'With',
    start: startAt(r, row),
    end: endOfBody(r, row, body),
    items,
    body,
    async: childOf(r, row, 'async') !== undefined,
    headerEnd: headerEnd(r, row),
  };
};

/** Parentheses around all items are no tuple, unless one of them could not be an item. */
const withItems = (r: Reading, clause: number): With['items'] => {
  const rows = partsOf(r, clause).map((item) => partsOf(r, item)[0] ?? item);
  const [only] = rows;
  if (only !== undefined && rows.length === 1) {
    const inner = partsOf(r, only);
    const kind = kindAt(r, only);
    const grouped = kind === 'parenthesized_expression' || (kind === 'tuple' && inner.length > 0);
    return (grouped && inner.every((row) => isItem(r, row)) ? inner : rows).map((row) => withItem(r, row));
  }
  if (rows.every((row) => isItem(r, row))) return rows.map((row) => withItem(r, row));
  const items = rows.map((row) => r.expr(r, row));
  return [{ context: { kind: 'Tuple', ...placeOf(r, clause), items } }];
};

const isItem = (r: Reading, row: number): boolean =>
  !['list_splat', 'list_splat_pattern', 'named_expression', 'yield'].includes(kindAt(r, row));

const withItem = (r: Reading, row: number): With['items'][number] => {
  if (kindAt(r, row) !== 'as_pattern') return { context: r.expr(r, row) };
  const [context, target] = partsOf(r, row);
  return { context: operand(r, context, row), target: operand(r, target, row) };
};

export const tryStatement = (r: Reading, row: number): Stmt => {
  const clauses = partsOf(r, row);
  const body = bodyOf(r, row);
  const handlers = clauses.filter((part) => kindAt(r, part) === 'except_clause').map((part) => handler(r, part));
  const orelse = bodyOf(r, childOf(r, row, 'else_clause'));
  const finalbody = bodyOf(r, childOf(r, row, 'finally_clause'));
  const end = endOfBody(r, row, body, ...handlers.map((each) => each.body), orelse, finalbody);
  if (clauses.every((part) => !/^(?:except|finally)_clause$/.test(kindAt(r, part)))) {
    r.state.faults.push({ kind: 'missing', start: end, end, expected: 'except' });
  }
  return { kind: 'Try', start: startAt(r, row), end, body, handlers, orelse, finalbody };
};

const handler = (r: Reading, row: number): ExceptHandler => {
  const [value, second, more] = partsOf(r, row);
  const body = bodyOf(r, row);
  const place = { start: startAt(r, row), end: endOfBody(r, row, body) };
  if (value === undefined || kindAt(r, value) === 'block') return { ...place, body };
  if (more !== undefined || (second !== undefined && kindAt(r, second) !== 'block')) {
    return { ...place, type: refused(r, value), body };
  }
  if (kindAt(r, value) !== 'as_pattern') return { ...place, type: r.expr(r, value), body };
  const [type, name] = partsOf(r, value);
  return { ...place, type: operand(r, type, value), name: name === undefined ? '' : nameAt(r, name), body };
};

export const matchStatement = (r: Reading, row: number): Stmt => {
  const subjects = partsOf(r, row).filter((part) => kindAt(r, part) !== 'block');
  const block = childOf(r, row, 'block');
  const clauses = block === undefined ? [] : partsOf(r, block);
  const cases = clauses.map((clause) => matchCase(r, clause));
  const end = cases.at(-1)?.end ?? headerEnd(r, row);
  return { kind: 'Match', start: startAt(r, row), end, subject: subjectOf(r, subjects, row), cases };
};

const subjectOf = (r: Reading, rows: readonly number[], row: number): Expr => {
  const [first, ...rest] = rows;
  const comma = childOf(r, row, ',');
  if (first === undefined || (rest.length === 0 && comma === undefined)) return operand(r, first, row);
  const end = r.text.slice(0, r.tree.starts[childOf(r, row, ':') ?? row] ?? 0).trimEnd().length + r.base;
  return { kind: 'Tuple', start: startAt(r, first), end, items: rows.map((each) => r.expr(r, each)) };
};

const matchCase = (r: Reading, row: number): MatchCase => {
  const patterns = partsOf(r, row).filter((part) => kindAt(r, part) === 'case_pattern');
  const guard = childOf(r, row, 'if_clause');
  const body = bodyOf(r, row);
  return {
    start: startAt(r, row),
    end: endOfBody(r, row, body),
    pattern: casePatterns(r, patterns, childOf(r, row, ',') !== undefined),
    ...(guard === undefined ? {} : { guard: operand(r, partsOf(r, guard)[0], guard) }),
    body,
  };
};
