import type { Argument, ComprehensionClause, Expr, FStringField, Node, Parameters, Pattern, Stmt } from './ast';

/** What `walk` visits: statements and expressions. */
export type SyntaxNode = Stmt | Expr;

/** Whether a node is a statement or an expression, not a parameter or an argument. */
export const isSyntax = (node: Node): node is SyntaxNode => 'kind' in node;

/**
 * Visits a node and everything inside of it in the order of the source, decorators before their definition. A
 * visitor that returns false is not shown what is inside of the node. Uses no stack of calls, however deep the tree.
 */
export const walk = (root: SyntaxNode, visit: (node: SyntaxNode) => boolean | undefined): void => {
  const pending: SyntaxNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (visit(node) === false) continue;
    const inner = childrenOf(node);
    for (let index = inner.length - 1; index >= 0; index--) {
      const child = inner[index];
      if (child) pending.push(child);
    }
  }
};

type Inner = readonly (SyntaxNode | undefined)[];

/** The statements and expressions directly inside of a node, in the order of the source. */
export const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] =>
  innerOf(node).filter((child) => child !== undefined);

const innerOf = (node: SyntaxNode): Inner => {
  switch (node.kind) {
    case 'Name':
    case 'Constant':
    case 'Num':
    case 'Str':
    case 'ErrorExpr':
      return [];
    case 'FString':
      return fieldsOf(node.parts);
    case 'Attribute':
    case 'Starred':
    case 'Await':
    case 'Yield':
      return [node.value];
    case 'Subscript':
      return [node.value, node.index];
    case 'Call':
      return [node.func, ...valuesOf(node.args)];
    case 'BinOp':
    case 'BoolOp':
      return [node.left, node.right];
    case 'UnaryOp':
      return [node.operand];
    case 'Compare':
      return [node.left, ...node.rest.map((each) => each.right)];
    case 'IfExp':
      return [node.body, node.test, node.orelse];
    case 'Lambda':
      return [...parametersOf(node.params), node.body];
    case 'Tuple':
    case 'List':
    case 'Set':
      return node.items;
    case 'Dict':
      return node.entries.flatMap((entry) => [entry.key, entry.value]);
    case 'Comprehension':
      return [node.key, node.element, ...node.clauses.flatMap(clauseParts)];
    case 'Slice':
      return [node.lower, node.upper, node.step];
    case 'NamedExpr':
      return [node.target, node.value];
    default:
      return insideStatement(node);
  }
};

const insideStatement = (node: Stmt): Inner => {
  switch (node.kind) {
    case 'FunctionDef':
      return [...node.decorators, ...parametersOf(node.params), node.returns, ...node.body];
    case 'ClassDef':
      return [...node.decorators, ...valuesOf(node.bases), ...node.body];
    case 'Return':
    case 'ExprStmt':
      return [node.value];
    case 'Delete':
      return node.targets;
    case 'Assign':
      return [...node.targets, node.value];
    case 'AugAssign':
      return [node.target, node.value];
    case 'AnnAssign':
      return [node.target, node.annotation, node.value];
    case 'For':
      return [node.target, node.iter, ...node.body, ...node.orelse];
    case 'While':
    case 'If':
      return [node.test, ...node.body, ...node.orelse];
    case 'With':
      return [...node.items.flatMap((item) => [item.context, item.target]), ...node.body];
    case 'Raise':
      return [node.exception, node.cause];
    case 'Try':
      return [...node.body, ...handlersOf(node), ...node.orelse, ...node.finalbody];
    case 'Assert':
      return [node.test, node.message];
    case 'Match':
      return [node.subject, ...node.cases.flatMap((each) => [...patternParts(each.pattern), each.guard, ...each.body])];
    case 'ErrorStmt':
      return node.body;
    case 'Import':
    case 'ImportFrom':
    case 'Global':
    case 'Nonlocal':
    case 'Pass':
    case 'Break':
    case 'Continue':
      return [];
    default:
      return node satisfies never;
  }
};

const valuesOf = (list: readonly Argument[]): Inner => list.map((argument) => argument.value);

const parametersOf = (list: Parameters): Inner =>
  list.flatMap((parameter) => [parameter.annotation, parameter.default]);

const clauseParts = (clause: ComprehensionClause): Inner =>
  clause.kind === 'for' ? [clause.target, clause.iter] : [clause.test];

const handlersOf = (node: Extract<Stmt, { readonly kind: 'Try' }>): Inner =>
  node.handlers.flatMap((handler) => [handler.type, ...handler.body]);

const fieldsOf = (parts: readonly (string | FStringField)[]): Inner =>
  parts.flatMap((part) => (typeof part === 'string' ? [] : [part.value, ...fieldsOf(part.spec ?? [])]));

const patternParts = (pattern: Pattern): Inner => {
  switch (pattern.kind) {
    case 'value':
      return [pattern.value];
    case 'capture':
      return pattern.pattern ? patternParts(pattern.pattern) : [];
    case 'or':
    case 'sequence':
      return pattern.patterns.flatMap(patternParts);
    case 'mapping':
      return pattern.entries.flatMap((entry) => [entry.key, ...patternParts(entry.pattern)]);
    case 'class':
      return [
        pattern.cls,
        ...pattern.patterns.flatMap(patternParts),
        ...pattern.named.flatMap((each) => patternParts(each.pattern)),
      ];
    case 'other':
      return [];
    default:
      return pattern satisfies never;
  }
};
