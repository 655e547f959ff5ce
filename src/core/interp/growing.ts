import { type Call, type Comprehension, type Expr, type Stmt, walk } from '../syntax';
import { NONE, scope as newScope, type Scope, type Value } from '../values';
import type { Machine } from './machine';

/**
 * `y.extend(layer(y[-1]) for layer in layers)`: the generator runs as the list grows, so that its elements see those
 * before them. Followed as the loop that it is; undefined where the generator does not look at the list.
 */
export const extendWhileGrowing = (m: Machine, expr: Call, outer: Scope): Value | undefined => {
  const loop = loops.has(expr) ? loops.get(expr) : loopOf(expr);
  loops.set(expr, loop);
  if (!loop) return undefined;
  m.execute([loop], newScope(outer, 'comprehension', null), { pending: [] });
  return NONE;
};

const loops = new WeakMap<Call, Stmt | undefined>();

const loopOf = ({ func, args: [given, ...others] }: Call): Stmt | undefined => {
  const generator = given?.value;
  if (func.kind !== 'Attribute' || func.value.kind !== 'Name' || others.length > 0) return undefined;
  if (generator?.kind !== 'Comprehension' || generator.type !== 'generator') return undefined;
  const list = func.value;
  if (!names(generator, list.id)) return undefined;
  const { start, end } = generator;
  const append: Expr = { kind: 'Attribute', value: list, attr: 'append', attrStart: start, start, end };
  const call: Expr = {
    kind: 'Call',
    func: append,
    args: [{ star: 0, value: generator.element, start, end }],
    start,
    end,
  };
  return generator.clauses.reduceRight<Stmt>(
    (inner, clause) =>
      clause.kind === 'for'
        ? { ...clause, kind: 'For', body: [inner], orelse: [], headerEnd: start, start, end }
        : { ...clause, kind: 'If', body: [inner], orelse: [], elif: false, headerEnd: start, start, end },
    { kind: 'ExprStmt', value: call, start, end },
  );
};

const names = (generator: Comprehension, name: string): boolean => {
  let found = false;
  walk(generator, (node) => {
    found ||= node.kind === 'Name' && node.id === name;
    return !found;
  });
  return found;
};
