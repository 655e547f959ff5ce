import {
  type Argument,
  type Assign,
  type Call,
  type Expr,
  type Stmt,
  type Subscript,
  type SyntaxNode,
  walk,
} from '../syntax';

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

/** Nodes in which a node takes something of a parameter, or at which it does something else that tells nothing. */
type Uses = (node: SyntaxNode) => readonly (SyntaxNode | undefined)[];

const valuesOf = (args: readonly Argument[]): readonly SyntaxNode[] => args.map(({ value }) => value);

const isCallOf = (node: SyntaxNode, names: ReadonlySet<string>): node is Call =>
  node.kind === 'Call' && node.func.kind === 'Name' && names.has(node.func.id);

const LENGTH: ReadonlySet<string> = new Set(['len']);

/** Whether something is taken of a parameter, and nothing but that and what is allowed is done with it. */
const isOnlyUsed = (body: readonly Stmt[], name: string, takes: Uses, allows: Uses): boolean => {
  const fine = new Set<SyntaxNode>();
  let isTaken = false;
  let isOther = false;
  for (const stmt of body)
    walk(stmt, (node) => {
      for (const value of takes(node))
        if (value && isName(value, name)) {
          fine.add(value);
          isTaken = true;
        }
      for (const value of allows(node)) if (value) fine.add(value);
      if (isName(node, name) && !fine.has(node)) isOther = true;
      return !isOther;
    });
  return isTaken && !isOther;
};

/** What a walk goes through, or through a part of: `xs` of `for x in xs[:-1]`. */
const whole = (iter: SyntaxNode): SyntaxNode =>
  iter.kind === 'Subscript' && iter.index.kind === 'Slice' ? iter.value : iter;

/** Whether single elements are all that is taken: `self.conv(xs[0]) + xs[i + 1]`, `for x in xs`. */
const areElementsTaken = (body: readonly Stmt[], name: string): boolean =>
  isOnlyUsed(
    body,
    name,
    (node) => {
      if (node.kind === 'Subscript') return isPlace(node.index) ? [node.value] : [];
      if (node.kind === 'For') return [whole(node.iter)];
      if (node.kind === 'Comprehension')
        return node.clauses.map((clause) => (clause.kind === 'for' ? whole(clause.iter) : undefined));
      return isCallOf(node, WALKS) ? valuesOf(node.args).map(whole) : [];
    },
    (node) =>
      isCallOf(node, LENGTH) ? valuesOf(node.args) : isPartOfItself(node) ? [node.targets[0], node.value.value] : [],
  );

/** `xs = xs[::-1]`: the name goes on to hold such a list. */
const isPartOfItself = (node: SyntaxNode): node is Assign & { readonly value: Subscript } =>
  node.kind === 'Assign' &&
  node.targets.length === 1 &&
  node.value.kind === 'Subscript' &&
  node.value.index.kind === 'Slice' &&
  node.value.value.kind === 'Name' &&
  isName(node.targets[0], node.value.value.id);

/** Whether nothing is taken of a parameter but what it has under names: `batch['image']`. */
export const isMappingOfNames = (body: readonly Stmt[], name: string): boolean =>
  isOnlyUsed(
    body,
    name,
    (node) => (node.kind === 'Subscript' && node.index.kind === 'Str' ? [node.value] : []),
    (node) => {
      if (node.kind === 'Attribute') return LOOKUPS.has(node.attr) ? [node.value] : [];
      return node.kind === 'Compare' && node.left.kind === 'Str' ? node.rest.map(({ right }) => right) : [];
    },
  );

/** Whether a parameter is several things at once, which may be of different kinds: `x, lengths = inputs`. */
export const isPack = (body: readonly Stmt[], name: string): boolean =>
  isOnlyUsed(
    body,
    name,
    (node) => (node.kind === 'Assign' && node.targets.some(({ kind }) => kind === 'Tuple') ? [node.value] : []),
    (node) => {
      if (node.kind === 'Subscript') return node.index.kind === 'Num' ? [node.value] : [];
      return isCallOf(node, LENGTH) ? valuesOf(node.args) : [];
    },
  );

/**
 * Whether nothing is taken of a parameter but attributes, one of which no tensor has (`data.history`), and no method that
 * tensors have is called.
 */
export const isHolder = (body: readonly Stmt[], name: string, isMember: (attr: string) => boolean): boolean => {
  let isOther = false;
  let isTensor = false;
  const only = isOnlyUsed(
    body,
    name,
    (node) => {
      if (node.kind === 'Call' && node.func.kind === 'Attribute' && isName(node.func.value, name))
        isTensor ||= isMember(node.func.attr);
      if (node.kind !== 'Attribute' || !isName(node.value, name)) return [];
      isOther ||= !isMember(node.attr);
      return [node.value];
    },
    (node) => (node.kind === 'Compare' && node.left.kind === 'Str' ? node.rest.map(({ right }) => right) : []),
  );
  return only && isOther && !isTensor;
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
