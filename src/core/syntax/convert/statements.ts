import type { Stmt } from '../ast';
import {
  forStatement,
  ifStatement,
  matchStatement,
  tryStatement,
  whileStatement,
  withStatement,
} from './compound-statements';
import { classDefinition, decorated, functionDefinition } from './definitions';
import { importFrom, importFuture, importStatement } from './imports';
import { kindAt, type Reading } from './reading';
import {
  assertStatement,
  deleteStatement,
  expressionStatement,
  raiseStatement,
  refusedStatement,
  returnStatement,
  scopeStatement,
  typeAlias,
  wordStatement,
} from './simple-statements';

/** The statement of a row of the tree. */
export const statement = (r: Reading, row: number): Stmt => (readers[kindAt(r, row)] ?? refusedStatement)(r, row);

/** The rows of the statements directly in a block or in the whole. */
export const statementRows = (r: Pick<Reading, 'tree'>, row: number): readonly number[] => {
  const rows: number[] = [];
  const end = r.tree.nexts[row] ?? 0;
  for (let child = row + 1; child < end; child = r.tree.nexts[child] ?? end) {
    if ((r.tree.kinds[child] ?? '') in readers) rows.push(child);
  }
  return rows;
};

/** The statements of a block; a stand-in gives way to those that were read apart. */
export const block = (r: Reading, row: number): readonly Stmt[] => {
  const rows = statementRows(r, row);
  const [first] = rows;
  if (first === undefined) {
    const at = r.text.slice(0, r.tree.starts[row]).trimEnd().length + r.base;
    r.state.faults.push({ kind: 'missing', start: at, end: at, expected: 'indented block' });
    return [];
  }
  const apart = r.bodies.get(r.tree.starts[first] ?? -1);
  return apart ? apart() : rows.map((each) => statement(r, each));
};

/** Whether a line can start with a node of this kind. */
export const startsLine = (kind: string): boolean => kind in readers || clauses.has(kind);

const clauses: ReadonlySet<string> = new Set([
  ...['decorator', 'function_definition', 'class_definition', 'elif_clause', 'else_clause', 'except_clause'],
  ...['finally_clause', 'case_clause'],
]);

const readers: Readonly<Record<string, (r: Reading, row: number) => Stmt>> = {
  expression_statement: expressionStatement,
  return_statement: returnStatement,
  delete_statement: deleteStatement,
  raise_statement: raiseStatement,
  assert_statement: assertStatement,
  global_statement: scopeStatement('Global'),
  nonlocal_statement: scopeStatement('Nonlocal'),
  type_alias_statement: typeAlias,
  pass_statement: wordStatement('Pass'),
  break_statement: wordStatement('Break'),
  continue_statement: wordStatement('Continue'),
  import_statement: importStatement,
  import_from_statement: importFrom,
  future_import_statement: importFuture,
  if_statement: ifStatement,
  for_statement: forStatement,
  while_statement: whileStatement,
  with_statement: withStatement,
  try_statement: tryStatement,
  match_statement: matchStatement,
  function_definition: functionDefinition,
  class_definition: classDefinition,
  decorated_definition: decorated,
  print_statement: refusedStatement,
  exec_statement: refusedStatement,
};
