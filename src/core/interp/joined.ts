import { type Stmt, type SyntaxNode, walk } from '../syntax';

/** Functions whose first argument is a list of tensors. */
const JOINS: ReadonlySet<string> = new Set(['cat', 'concat', 'stack', 'hstack', 'vstack', 'add_n']);

/** Whether a parameter is handed to such a function as it came: `rois = paddle.concat(rois)`. */
export const isJoined = (body: readonly Stmt[], name: string): boolean => {
  const joins: number[] = [];
  const bindings: number[] = [];
  const isIt = (node: SyntaxNode | undefined): boolean => node?.kind === 'Name' && node.id === name;
  const bind = (target: SyntaxNode, end: number): void =>
    walk(target, (inner) => {
      if (isIt(inner)) bindings.push(end);
      return true;
    });
  for (const stmt of body)
    walk(stmt, (node) => {
      if (node.kind === 'Assign') for (const target of node.targets) bind(target, node.end);
      if (node.kind === 'For') bind(node.target, node.target.end);
      if (
        node.kind === 'Call' &&
        node.func.kind === 'Attribute' &&
        JOINS.has(node.func.attr) &&
        isIt(node.args[0]?.value)
      )
        joins.push(node.start);
      return true;
    });
  const bound = Math.min(...bindings);
  return joins.some((start) => start < bound);
};
