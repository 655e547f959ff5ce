import { type Expr, type Stmt, type SyntaxNode, walk } from '../syntax';

/** Functions whose first argument is a list of tensors. */
const JOINS: ReadonlySet<string> = new Set(['cat', 'concat', 'stack', 'hstack', 'vstack', 'add_n']);

/** Functions that go through a list. */
const WALKS: ReadonlySet<string> = new Set(['enumerate', 'zip', 'reversed', 'list', 'tuple']);

/**
 * Whether a parameter that nothing else describes is a list of tensors: it is handed as it came to a function that joins
 * such (`rois = paddle.concat(rois)`), or its elements are taken one by one and nothing else is done with it.
 */
export const isListOfTensors = (body: readonly Stmt[], name: string): boolean =>
  isJoined(body, name) || areElementsTaken(body, name);

const isJoined = (body: readonly Stmt[], name: string): boolean => {
  const joins: number[] = [];
  const bindings: number[] = [];
  const bind = (target: SyntaxNode, end: number): void =>
    walk(target, (inner) => {
      if (isName(inner, name)) bindings.push(end);
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
        isName(node.args[0]?.value, name)
      )
        joins.push(node.start);
      return true;
    });
  const bound = Math.min(...bindings);
  return joins.some((start) => start < bound);
};

/** Whether single elements are all that is taken: `self.conv(xs[0]) + xs[i + 1]`, `for x in xs`. */
const areElementsTaken = (body: readonly Stmt[], name: string): boolean => {
  const asList = new Set<SyntaxNode>();
  let taken = 0;
  let isOther = false;
  const take = (node: SyntaxNode): void => {
    if (!isName(node, name)) return;
    asList.add(node);
    taken++;
  };
  for (const stmt of body)
    walk(stmt, (node) => {
      if (node.kind === 'Subscript' && isPlace(node.index)) take(node.value);
      if (node.kind === 'For') take(node.iter);
      if (node.kind === 'Comprehension')
        for (const clause of node.clauses) if (clause.kind === 'for') take(clause.iter);
      if (node.kind === 'Call' && node.func.kind === 'Name') {
        if (WALKS.has(node.func.id)) for (const { value } of node.args) take(value);
        if (node.func.id === 'len') for (const { value } of node.args) asList.add(value);
      }
      if (isName(node, name) && !asList.has(node)) isOther = true;
      return !isOther;
    });
  return taken > 0 && !isOther;
};

/** Whether nothing is taken of a parameter but what it has under names: `batch['image']`. */
export const isMappingOfNames = (body: readonly Stmt[], name: string): boolean => {
  const named = new Set<SyntaxNode>();
  let taken = 0;
  let isOther = false;
  for (const stmt of body)
    walk(stmt, (node) => {
      if (node.kind === 'Subscript' && node.index.kind === 'Str' && isName(node.value, name)) {
        named.add(node.value);
        taken++;
      }
      if (node.kind === 'Attribute' && LOOKUPS.has(node.attr)) named.add(node.value);
      if (node.kind === 'Compare' && node.left.kind === 'Str') for (const { right } of node.rest) named.add(right);
      if (isName(node, name) && !named.has(node)) isOther = true;
      return !isOther;
    });
  return taken > 0 && !isOther;
};

/** Whether a parameter is several things at once, which may be of different kinds: `x, lengths = inputs`. */
export const isPack = (body: readonly Stmt[], name: string): boolean => {
  const asPack = new Set<SyntaxNode>();
  let isUnpacked = false;
  let isOther = false;
  for (const stmt of body)
    walk(stmt, (node) => {
      if (node.kind === 'Assign' && isName(node.value, name) && node.targets.some(({ kind }) => kind === 'Tuple')) {
        asPack.add(node.value);
        isUnpacked = true;
      }
      if (node.kind === 'Subscript' && node.index.kind === 'Num') asPack.add(node.value);
      if (node.kind === 'Call' && isName(node.func, 'len')) for (const { value } of node.args) asPack.add(value);
      if (isName(node, name) && !asPack.has(node)) isOther = true;
      return !isOther;
    });
  return isUnpacked && !isOther;
};

/** Methods of mappings that change nothing. */
const LOOKUPS: ReadonlySet<string> = new Set(['get', 'keys', 'items', 'values']);

const isName = (node: SyntaxNode | undefined, name: string): boolean => node?.kind === 'Name' && node.id === name;

/** Whether a subscript can be the place of one element: a number, or arithmetic with numbers and names. */
const isPlace = (index: Expr): boolean => {
  switch (index.kind) {
    case 'Num':
    case 'Name':
    case 'Attribute':
      return true;
    case 'UnaryOp':
      return isPlace(index.operand);
    case 'BinOp':
      return isPlace(index.left) && isPlace(index.right);
    default:
      return false;
  }
};
