import { type Expr, type FunctionDef, isSyntax, type SyntaxNode, walk } from '../syntax';
import { type ObjectValue, unknown } from '../values';
import { resolve } from './branch';
import type { Machine } from './machine';
import { modulesOf } from './modules';
import { isModule } from './natives';
import type { Trace } from './trace';
import { hasRun, methodsOf } from './unreached';

/**
 * Opens what methods that a run has not called set on an instance and the modules below it: after `fit` a forecaster has
 * weights of other sizes, and whoever sets an attribute that the class only ever sets to `None` stands elsewhere. A
 * module stays what it is: one in its place is of the same kind.
 */
export const openSetLater = (m: Machine, root: ObjectValue, ran: Trace): void => {
  for (const [, self] of modulesOf(m, root))
    for (const name of setLater(self, ran)) {
      const value = self.attrs.get(name);
      if (value && !isModule(resolve(m, value))) self.attrs.set(name, unknown(`${name} may be set later`));
    }
};

const setLater = ({ cls }: ObjectValue, ran: Trace): ReadonlySet<string> => {
  const [later, now, emptied] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { site } of cls.mro) {
    const node = site?.node;
    if (!node || !isSyntax(node) || node.kind !== 'ClassDef') continue;
    for (const method of methodsOf(node)) {
      const isLater = method.name !== '__init__' && !hasRun(ran, method);
      for (const { name, isNone } of storesIn(method)) (isNone ? emptied : isLater ? later : now).add(name);
    }
  }
  for (const name of emptied) if (!now.has(name)) later.add(name);
  return later;
};

interface Store {
  readonly name: string;
  readonly isNone: boolean;
}

/** What a method sets on its instance, in whatever way. */
const storesIn = (method: FunctionDef): readonly Store[] => {
  const found: Store[] = [];
  const add = (target: Expr | undefined, value?: Expr): void => {
    const isNone = value?.kind === 'Constant' && value.value === null;
    for (const name of target ? namesOf(target) : []) found.push({ name, isNone });
  };
  const visit = (node: SyntaxNode): undefined => {
    if (node.kind === 'Assign') for (const target of node.targets) add(target, node.value);
    else if (node.kind === 'AnnAssign' || node.kind === 'AugAssign') add(node.target, node.value ?? undefined);
    else if (node.kind === 'For') add(node.target);
    else if (node.kind === 'Call') for (const name of setBy(node)) found.push({ name, isNone: false });
    return undefined;
  };
  for (const stmt of method.body) walk(stmt, visit);
  return found;
};

/** `self.w`, `self.w.data`, and each of several. */
const namesOf = (target: Expr): readonly string[] => {
  if (target.kind === 'Tuple' || target.kind === 'List') return target.items.flatMap(namesOf);
  if (target.kind !== 'Attribute') return [];
  const own = ownName(target) ?? (target.attr === 'data' ? ownName(target.value) : undefined);
  return own === undefined ? [] : [own];
};

const ownName = (expr: Expr): string | undefined =>
  expr.kind === 'Attribute' && expr.value.kind === 'Name' && expr.value.id === 'self' ? expr.attr : undefined;

/** Methods of tensors after which they have another shape. */
const RESHAPING = new Set(['set_', 'resize_', 'resize_as_']);

/** Functions that set what their argument names. */
const SETTING = /^(?:setattr|__setattr__|register_\w+|add_parameter|create_parameter)$/;

const setBy = ({ func, args }: Extract<SyntaxNode, { kind: 'Call' }>): readonly string[] => {
  if (func.kind === 'Attribute' && RESHAPING.has(func.attr)) return namesOf(func.value);
  const called = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  if (!SETTING.test(called)) return [];
  return args.slice(0, 2).flatMap(({ value }) => (value.kind === 'Str' ? [value.value] : []));
};
