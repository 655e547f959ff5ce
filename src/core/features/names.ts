import { oncePer } from '../once';
import { childrenOf, type Expr, type Stmt, type SyntaxNode, walk } from '../syntax';

/** What one statement of a module has to do with the names of the module. */
export interface StatementNames {
  /** Names that it binds in the module, or sets attributes of. */
  readonly binds: ReadonlySet<string>;
  /** Names of what it sets attributes of, of classes of a library perhaps. */
  readonly sets: ReadonlySet<string>;
  /** The names in it that may be the module's: not what its functions bind for themselves. */
  readonly mentions: ReadonlySet<string>;
  /** Names in what is executed with the module: not the bodies of functions. */
  readonly executed: ReadonlySet<string>;
  /** Names of what is called with the module: functions, or what they are taken from; decorators. */
  readonly calls: ReadonlySet<string>;
  /** What it imports, anywhere inside. */
  readonly imports: string;
  readonly kind: 'import' | 'definition' | 'constant' | 'statement';
  /** Whether it changes the module in a way that its names do not tell. */
  readonly opaque: boolean;
}

export const namesOf = oncePer((stmt: Stmt): StatementNames => {
  const imports: string[] = [];
  let opaque = false;
  walk(stmt, (node) => {
    if (node.kind === 'Import') imports.push(node.names.map(({ name }) => name).join());
    if (node.kind === 'ImportFrom')
      imports.push(`${'.'.repeat(node.level)}${node.module}:${node.names.map(({ name }) => name).join()}`);
    opaque ||= isOpaque(node);
    return undefined;
  });
  const executed = new Set<string>();
  const calls = new Set<string>();
  const sets = new Set<string>();
  for (const node of executedIn(stmt)) {
    if (node.kind === 'Name') executed.add(node.id);
    for (const name of setAt(node)) sets.add(name);
    for (const callee of calledAt(node)) for (const name of rootsOf(callee)) calls.add(name);
  }
  const kind = kindOf(stmt, imports.length > 0);
  const names = { binds: boundBy([stmt]), sets, mentions: freeIn(stmt), executed, calls };
  return { ...names, imports: imports.join(';'), kind, opaque };
});

const DYNAMIC = new Set(['globals', 'locals', 'eval', 'exec', '__import__']);

/** Code that reaches the names of the module, or what all instances share, without naming them. */
const isOpaque = (node: SyntaxNode): boolean => {
  switch (node.kind) {
    case 'Name':
      return DYNAMIC.has(node.id);
    case 'Attribute':
      return node.attr === 'modules' && node.value.kind === 'Name' && node.value.id === 'sys';
    case 'Global':
      return true;
    case 'FunctionDef':
      return node.body.some(setsShared);
    default:
      return false;
  }
};

/** Whether a function sets an attribute of a class, or of anything that has a capital letter. */
const setsShared = (stmt: Stmt): boolean => {
  let sets = false;
  walk(stmt, (node) => {
    const targets = node.kind === 'Assign' ? node.targets : node.kind === 'AugAssign' ? [node.target] : [];
    sets ||= targets.some((target) => target.kind === 'Attribute' && isShared(target.value));
    return !sets;
  });
  return sets;
};

const isShared = (owner: Expr): boolean =>
  owner.kind === 'Name'
    ? owner.id === 'cls' || /^[A-Z]/.test(owner.id)
    : (owner.kind === 'Attribute' && owner.attr === '__class__') ||
      (owner.kind === 'Call' && owner.func.kind === 'Name' && owner.func.id === 'type');

/** Names that lead to what attributes are set of: `nn` of `nn.Linear.forward = mine`. */
const setAt = (node: SyntaxNode): readonly string[] => {
  if (node.kind === 'Assign')
    return node.targets.flatMap((target) => (target.kind === 'Attribute' ? rootsOf(target) : []));
  const isCall = node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'setattr';
  const [target] = isCall ? node.args : [];
  return target ? rootsOf(target.value) : [];
};

const calledAt = (node: SyntaxNode): readonly Expr[] => {
  if (node.kind === 'Call') return [node.func];
  return node.kind === 'FunctionDef' || node.kind === 'ClassDef'
    ? node.decorators.map((decorator) => (decorator.kind === 'Call' ? decorator.func : decorator))
    : [];
};

/** The nodes that run with the module: functions only as far as their definition goes. */
function* executedIn(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  const body: ReadonlySet<SyntaxNode> = new Set(node.kind === 'FunctionDef' ? node.body : []);
  for (const child of childrenOf(node)) if (!body.has(child)) yield* executedIn(child);
}

/** Names that a function does not bind for itself. */
const freeIn = (node: SyntaxNode): ReadonlySet<string> => {
  switch (node.kind) {
    case 'Name':
      return new Set([node.id]);
    case 'FunctionDef': {
      const own = new Set([...node.params.map(({ name }) => name), ...boundBy(node.body)]);
      const body: ReadonlySet<SyntaxNode> = new Set(node.body);
      const around = childrenOf(node).filter((child) => !body.has(child));
      return new Set([...freeInAll(around), ...without(freeInAll(node.body), own)]);
    }
    case 'Lambda':
      return new Set([
        ...freeInAll(childrenOf(node).filter((child) => child !== node.body)),
        ...without(freeIn(node.body), new Set(node.params.map(({ name }) => name))),
      ]);
    case 'Comprehension': {
      const loops = node.clauses.filter((clause) => clause.kind === 'for');
      const own = new Set(loops.flatMap(({ target }) => rootsOf(target)));
      // What a loop goes through may have the name of what it binds.
      return new Set([...without(freeInAll(childrenOf(node)), own), ...freeInAll(loops.map(({ iter }) => iter))]);
    }
    default:
      return freeInAll(childrenOf(node));
  }
};

const freeInAll = (nodes: readonly SyntaxNode[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const node of nodes) for (const name of freeIn(node)) names.add(name);
  return names;
};

const without = (names: ReadonlySet<string>, own: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...names].filter((name) => !own.has(name)));

const boundBy = (body: readonly Stmt[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const stmt of body)
    walk(stmt, (node) => {
      for (const name of boundAt(node)) names.add(name);
      return node.kind !== 'FunctionDef' && node.kind !== 'ClassDef' && node.kind !== 'Lambda';
    });
  return names;
};

const boundAt = (node: SyntaxNode): readonly string[] => {
  switch (node.kind) {
    case 'Assign':
    case 'Delete':
      return node.targets.flatMap(rootsOf);
    case 'AnnAssign':
    case 'AugAssign':
    case 'For':
    case 'NamedExpr':
      return rootsOf(node.target);
    case 'With':
      return node.items.flatMap(({ target }) => (target ? rootsOf(target) : []));
    case 'Try':
      return node.handlers.flatMap(({ name }) => (name === undefined ? [] : [name]));
    case 'FunctionDef':
    case 'ClassDef':
      return [node.name];
    case 'Import':
      return node.names.map(({ name, asname }) => asname ?? name.split('.')[0] ?? name);
    case 'ImportFrom':
      return node.names.map(({ name, asname }) => asname ?? name);
    default:
      return [];
  }
};

/** The names at the root of a target: `a` of `a.b[0]`. */
const rootsOf = (target: Expr): readonly string[] => {
  switch (target.kind) {
    case 'Name':
      return [target.id];
    case 'Attribute':
    case 'Subscript':
    case 'Starred':
      return rootsOf(target.value);
    case 'Tuple':
    case 'List':
      return target.items.flatMap(rootsOf);
    default:
      return [];
  }
};

const kindOf = (stmt: Stmt, imports: boolean): StatementNames['kind'] => {
  if (stmt.kind === 'FunctionDef' || stmt.kind === 'ClassDef') return 'definition';
  if (imports) return 'import';
  const value =
    stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' || stmt.kind === 'ExprStmt' ? stmt.value : undefined;
  return value && isConstant(value) ? 'constant' : 'statement';
};

/** Whether a value can never change: numbers, texts, and tuples and sums of them. */
const isConstant = (value: Expr): boolean => {
  let constant = true;
  walk(value, ({ kind }) => {
    constant &&= CONSTANTS.has(kind);
    return constant;
  });
  return constant;
};

const CONSTANTS: ReadonlySet<SyntaxNode['kind']> = new Set(['Num', 'Str', 'Constant', 'Tuple', 'BinOp', 'UnaryOp']);
