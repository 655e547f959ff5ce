import type { ErrorStmt, Expr, Stmt } from '../ast';
import { binaryOperator } from './operators';
import { childOf, childrenOf, errorExpr, kindAt, nameAt, operand, partsOf, placeOf, type Reading } from './reading';

/** A statement that the grammar takes and Python 3 refuses. */
export const refusedStatement = (r: Reading, row: number): ErrorStmt => {
  r.state.faults.push({ kind: 'error', ...placeOf(r, row) });
  return { kind: 'ErrorStmt', ...placeOf(r, row), body: [] };
};

/** An expression, an assignment, or expressions with commas, which are a tuple. */
export const expressionStatement = (r: Reading, row: number): Stmt => {
  const [first, second] = partsOf(r, row);
  if (first === undefined) return refusedStatement(r, row);
  const place = placeOf(r, row);
  if (second === undefined && childOf(r, row, ',') === undefined) {
    const kind = kindAt(r, first);
    if (kind === 'assignment') return assignment(r, first);
    if (kind === 'augmented_assignment') return augmented(r, first);
    return { kind: 'ExprStmt', ...place, value: r.expr(r, first) };
  }
  const items = partsOf(r, row).map((part) => r.expr(r, part));
  return { kind: 'ExprStmt', ...place, value: { kind: 'Tuple', ...place, items } };
};

const assignment = (r: Reading, row: number): Stmt => {
  const targets: Expr[] = [];
  let [target, value] = partsOf(r, row);
  if (isType(r, value)) return annotated(r, row);
  if (target !== undefined) targets.push(r.expr(r, target));
  while (value !== undefined && kindAt(r, value) === 'assignment') {
    [target, value] = partsOf(r, value);
    if (isType(r, value)) return refusedStatement(r, row);
    if (target !== undefined) targets.push(r.expr(r, target));
  }
  if (value !== undefined && kindAt(r, value) === 'augmented_assignment') return refusedStatement(r, row);
  return { kind: 'Assign', ...placeOf(r, row), targets, value: operand(r, value, row) };
};

const isType = (r: Reading, row: number | undefined): boolean => row !== undefined && kindAt(r, row) === 'type';

const annotated = (r: Reading, row: number): Stmt => {
  const [target, type, value] = partsOf(r, row);
  if (value !== undefined && kindAt(r, value).endsWith('assignment')) return refusedStatement(r, row);
  return {
    kind: 'AnnAssign',
    ...placeOf(r, row),
    target: operand(r, target, row),
    annotation: operand(r, type, row),
    ...(value === undefined ? {} : { value: r.expr(r, value) }),
  };
};

const augmented = (r: Reading, row: number): Stmt => {
  const [target, sign, value] = childrenOf(r, row);
  const op = binaryOperator(sign === undefined ? '' : kindAt(r, sign).slice(0, -1));
  if (op === undefined || (value !== undefined && kindAt(r, value).endsWith('assignment'))) {
    return refusedStatement(r, row);
  }
  return { kind: 'AugAssign', ...placeOf(r, row), target: operand(r, target, row), op, value: operand(r, value, row) };
};

export const returnStatement = (r: Reading, row: number): Stmt => {
  const [value] = partsOf(r, row);
  return { kind: 'Return', ...placeOf(r, row), ...(value === undefined ? {} : { value: r.expr(r, value) }) };
};

export const deleteStatement = (r: Reading, row: number): Stmt => {
  const [list] = partsOf(r, row);
  const targets = list !== undefined && kindAt(r, list) === 'expression_list' ? partsOf(r, list) : [list];
  return { kind: 'Delete', ...placeOf(r, row), targets: targets.map((target) => operand(r, target, row)) };
};

/** Python 2's `raise E, "text"` is refused. */
export const raiseStatement = (r: Reading, row: number): Stmt => {
  const [first, second] = partsOf(r, row);
  if (first !== undefined && kindAt(r, first) === 'expression_list') return refusedStatement(r, row);
  return {
    kind: 'Raise',
    ...placeOf(r, row),
    ...(first === undefined ? {} : { exception: r.expr(r, first) }),
    ...(second === undefined ? {} : { cause: r.expr(r, second) }),
  };
};

export const assertStatement = (r: Reading, row: number): Stmt => {
  const [test, message, more] = partsOf(r, row);
  if (more !== undefined) return refusedStatement(r, row);
  return {
    kind: 'Assert',
    ...placeOf(r, row),
    test: operand(r, test, row),
    ...(message === undefined ? {} : { message: r.expr(r, message) }),
  };
};

export const scopeStatement =
  (kind: 'Global' | 'Nonlocal') =>
  (r: Reading, row: number): Stmt => ({
    kind,
    ...placeOf(r, row),
    names: partsOf(r, row).map((part) => nameAt(r, part)),
  });

/** `type X = …` binds its name to a value that nothing but annotations uses. */
export const typeAlias = (r: Reading, row: number): Stmt => {
  const [left, right] = partsOf(r, row);
  const inner = left === undefined ? undefined : partsOf(r, left)[0];
  const name = inner !== undefined && kindAt(r, inner) === 'generic_type' ? partsOf(r, inner)[0] : inner;
  if (name === undefined || right === undefined || kindAt(r, name) !== 'identifier') return refusedStatement(r, row);
  const value = errorExpr(r, right);
  return { kind: 'Assign', ...placeOf(r, row), targets: [r.expr(r, name)], value };
};

export const wordStatement =
  (kind: 'Pass' | 'Break' | 'Continue') =>
  (r: Reading, row: number): Stmt => ({ kind, ...placeOf(r, row) });
