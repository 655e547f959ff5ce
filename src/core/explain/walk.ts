import { oncePer } from '../once';
import { childrenOf, type Expr, type Stmt, type SyntaxNode } from '../syntax';

/** An expression and all inside it, inner ones first. */
export const expressionsIn = (expr: SyntaxNode): readonly SyntaxNode[] => [
  ...childrenOf(expr).flatMap(expressionsIn),
  expr,
];

/** The expressions of a statement itself, without those of the statements inside it. */
export const expressionsOf = (stmt: SyntaxNode): readonly Expr[] => {
  switch (stmt.kind) {
    case 'Assign':
      return [stmt.value, ...stmt.targets];
    case 'AugAssign':
      return [stmt.value, stmt.target];
    case 'AnnAssign':
      return stmt.value ? [stmt.value, stmt.target] : [stmt.target];
    case 'ExprStmt':
      return [stmt.value];
    case 'Return':
      return stmt.value ? [stmt.value] : [];
    case 'If':
    case 'While':
      return [stmt.test];
    case 'For':
      return [stmt.iter, stmt.target];
    case 'With':
      return stmt.items.flatMap(({ context, target }) => (target ? [context, target] : [context]));
    case 'Assert':
      return stmt.message ? [stmt.test, stmt.message] : [stmt.test];
    case 'Raise':
      return [stmt.exception, stmt.cause].filter((part) => part !== undefined);
    case 'Delete':
      return stmt.targets;
    case 'Match':
      return [stmt.subject];
    case 'FunctionDef':
      return [
        ...stmt.decorators,
        ...stmt.params.flatMap((param) => [param.annotation, param.default]),
        stmt.returns,
      ].filter((part) => part !== undefined);
    case 'ClassDef':
      return [...stmt.decorators, ...stmt.bases.map((base) => base.value)];
    default:
      return [];
  }
};

/** The blocks inside a statement. */
const blocksOf = (stmt: Stmt): readonly (readonly Stmt[])[] => {
  switch (stmt.kind) {
    case 'If':
    case 'For':
    case 'While':
      return [stmt.body, stmt.orelse];
    case 'With':
    case 'FunctionDef':
    case 'ClassDef':
    case 'ErrorStmt':
      return [stmt.body];
    case 'Try':
      return [stmt.body, ...stmt.handlers.map((handler) => handler.body), stmt.orelse, stmt.finalbody];
    case 'Match':
      return stmt.cases.map((one) => one.body);
    default:
      return [];
  }
};

/** A list of statements and all statements inside them, in the order of the text; functions and classes stay closed. */
export const statementsIn: (body: readonly Stmt[]) => readonly Stmt[] = oncePer((body) =>
  body.flatMap((stmt) =>
    stmt.kind === 'FunctionDef' || stmt.kind === 'ClassDef' ? [stmt] : [stmt, ...blocksOf(stmt).flatMap(statementsIn)],
  ),
);
