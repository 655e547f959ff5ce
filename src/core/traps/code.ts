import type { Call, ClassDef, Expr, FunctionDef, Node, Stmt, SyntaxNode } from '../syntax';
import { walk } from '../syntax';
import type { TextEdit } from '../text';

/** The methods that stand in the body of a class itself. */
export const methodsOf = (node: ClassDef): readonly FunctionDef[] =>
  node.body.filter((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef');

export const methodOf = (node: ClassDef, name: string): FunctionDef | undefined =>
  methodsOf(node).findLast((method) => method.name === name);

/** Everything inside a function, in the order of the text. */
export const inside = (root: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  walk(root, (node) => {
    found.push(node);
    return undefined;
  });
  return found;
};

export const callsIn = (root: SyntaxNode): readonly Call[] =>
  inside(root).filter((node): node is Call => node.kind === 'Call');

/** `name` of `self.name`, whatever the method calls its instance. */
export const ownAttribute = (method: FunctionDef, expr: SyntaxNode): string | undefined => {
  const self = method.params[0]?.name;
  return expr.kind === 'Attribute' && expr.value.kind === 'Name' && expr.value.id === self ? expr.attr : undefined;
};

/** One `self.name = value`. */
export interface Store {
  readonly name: string;
  readonly target: Expr;
  readonly value: Expr;
  readonly stmt: Stmt;
}

/** What a statement stores in attributes of the instance. */
export const storesOf = (method: FunctionDef, stmt: SyntaxNode): readonly Store[] => {
  if (stmt.kind !== 'Assign') return [];
  return stmt.targets.flatMap((target) => {
    const name = ownAttribute(method, target);
    return name === undefined ? [] : [{ name, target, value: stmt.value, stmt }];
  });
};

export const allStores = (method: FunctionDef): readonly Store[] =>
  inside(method).flatMap((node) => storesOf(method, node));

/** Whether a node lies inside another one of the same chunk. */
export const isWithin = (node: Node, outer: Node): boolean => outer.start <= node.start && node.end <= outer.end;

/** `super()`, with or without arguments. */
export const isSuper = (expr: Expr): boolean =>
  expr.kind === 'Call' && expr.func.kind === 'Name' && expr.func.id === 'super';

/** An edit that adds an argument to a call. */
export const addArgument = (call: Call, argument: string, source: (node: Node) => string): TextEdit => {
  const last = call.args.at(-1);
  if (!last) return { start: call.end - 1, end: call.end - 1, newText: argument };
  // A comma may already follow the last argument.
  const behind = source({ start: last.end, end: call.end });
  const comma = /^\s*,/.exec(behind);
  const at = last.end + (comma ? comma[0].length : 0);
  return { start: at, end: at, newText: comma ? ` ${argument},` : `, ${argument}` };
};

/** The line break of a file. */
const lineBreakOf = (file: string): string => (file.includes('\r\n') ? '\r\n' : '\n');

interface Written {
  readonly source: (node: Node) => string;
  readonly file: string;
}

/** What stands in front of a statement on its line, where that is only space. */
const indentOf = ({ source }: Written, { start }: Node): string | undefined =>
  /[\r\n]([ \t\f]*)$/.exec(source({ start: 0, end: start }))?.[1];

/** Puts a statement in front of another one: on a line of its own, where that one begins its line. */
export const statementBefore = (written: Written, { start, end }: Node, code: string): TextEdit => {
  const indent = indentOf(written, { start, end });
  return {
    start,
    end: start,
    newText: indent === undefined ? `${code}; ` : `${code}${lineBreakOf(written.file)}${indent}`,
  };
};

/** Puts a statement behind another one, and behind the comment that follows that one. */
export const statementBehind = (written: Written, { start, end }: Node, code: string): TextEdit => {
  const indent = indentOf(written, { start, end });
  if (indent === undefined) return { start: end, end, newText: `; ${code}` };
  const rest = /^[ \t]*(#[^\r\n]*)?/.exec(written.source({ start: end, end: Number.MAX_SAFE_INTEGER }))?.[0] ?? '';
  const at = rest.includes('#') ? end + rest.length : end;
  return { start: at, end: at, newText: `${lineBreakOf(written.file)}${indent}${code}` };
};
