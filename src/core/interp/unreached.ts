import { type ClassDef, childrenOf, type Expr, type FunctionDef, type Stmt, type SyntaxNode, walk } from '../syntax';
import type { Trace } from './trace';

/** Whether anything inside of a node was evaluated. */
export const wasReached = (trace: Trace, node: SyntaxNode): boolean => {
  let reached = false;
  walk(node, (inner) => {
    reached ||= trace.values.has(inner) || trace.stores.has(inner);
    return !reached;
  });
  return reached;
};

/** Whether the body of a method ran: what is around it (decorators, defaults) is evaluated with the class. */
export const hasRun = (trace: Trace, { params, body }: FunctionDef): boolean =>
  params.some((param) => trace.values.has(param)) || body.some((stmt) => wasReached(trace, stmt));

export const methodsOf = (cls: ClassDef): readonly FunctionDef[] =>
  cls.body.filter((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef');

/** The names on which it depends which side of a condition runs, of all conditions that have a side that did not run. */
export const decidingNames = (trace: Trace, cls: ClassDef): ReadonlySet<string> => {
  const names = new Set<string>();
  walk(cls, (node) => {
    const test = testOf(trace, node);
    if (test) for (const name of namesIn(test)) names.add(name);
    return undefined;
  });
  if (names.size === 0) return names;
  const made = [...cls.body.flatMap((stmt) => assignmentsIn(stmt, []))];
  for (let size = 0; size < names.size; ) {
    size = names.size;
    for (const { targets, sources } of made)
      if (targets.some((target) => names.has(target))) for (const source of sources) names.add(source);
  }
  return names;
};

/** The test of a condition of which one side did not run. */
const testOf = (trace: Trace, node: SyntaxNode): Expr | undefined => {
  switch (node.kind) {
    case 'If':
      return trace.decisions.has(node) && trace.decisions.get(node) === undefined ? undefined : node.test;
    case 'IfExp':
      return wasReached(trace, node.body) && wasReached(trace, node.orelse) ? undefined : node.test;
    case 'BoolOp':
      return wasReached(trace, node.right) ? undefined : node.left;
    case 'Match':
      return node.subject;
    default:
      return undefined;
  }
};

/** Names, attributes, and attributes that are asked for as a string. */
const namesIn = (expr: Expr): ReadonlySet<string> => {
  const names = new Set<string>();
  walk(expr, (node) => {
    if (node.kind === 'Name') names.add(node.id);
    else if (node.kind === 'Attribute') names.add(node.attr);
    else if (node.kind === 'Str') names.add(node.value);
    return undefined;
  });
  return names;
};

interface Assignment {
  readonly targets: readonly string[];
  /** What the value is made of, and what decides whether it is assigned. */
  readonly sources: readonly string[];
}

const assignmentsIn = (node: SyntaxNode, deciding: readonly string[]): readonly Assignment[] => {
  const own = assignmentOf(node, deciding);
  const inner = node.kind === 'If' || node.kind === 'IfExp' ? [...deciding, ...namesIn(node.test)] : deciding;
  return [...(own ? [own] : []), ...childrenOf(node).flatMap((child) => assignmentsIn(child, inner))];
};

const assignmentOf = (node: SyntaxNode, deciding: readonly string[]): Assignment | undefined => {
  if (node.kind !== 'Assign' && node.kind !== 'AnnAssign' && node.kind !== 'AugAssign') return undefined;
  const targets = (node.kind === 'Assign' ? node.targets : [node.target]).flatMap(targetNames);
  return { targets, sources: [...deciding, ...(node.value ? namesIn(node.value) : [])] };
};

const targetNames = (target: Expr): readonly string[] => {
  if (target.kind === 'Name') return [target.id];
  if (target.kind === 'Attribute') return [target.attr];
  return target.kind === 'Tuple' || target.kind === 'List' ? target.items.flatMap(targetNames) : [];
};

/** The attributes that a method sets. */
export const attributesSet = (method: FunctionDef): ReadonlySet<string> => {
  const names = new Set<string>();
  const visit = (stmt: Stmt): void =>
    walk(stmt, (node) => {
      const targets = node.kind === 'Assign' ? node.targets : node.kind === 'AugAssign' ? [node.target] : [];
      for (const target of targets) if (target.kind === 'Attribute') names.add(target.attr);
      return undefined;
    });
  method.body.forEach(visit);
  return names;
};
