import type { Node } from '../syntax';
import { type Scope, touch, UNBOUND, unknown, type Value } from '../values';
import { distribute, resolve } from './branch';
import { raise } from './faults';
import type { Machine } from './machine';
import { setByFunctions } from './outside';

/** Reads a name as Python does: own scope, enclosing functions, module, builtins. Class bodies are skipped from inside. */
const lookup = (m: Machine, name: string, scope: Scope): Value | undefined => {
  let isOwn = true;
  for (let at: Scope | null = scope; at; at = at.parent) {
    if (at.role === 'class' && at !== scope && scope.role !== 'comprehension') continue;
    const home = at.vars.has(name) ? at : at.outer.get(name);
    const value = home?.vars.get(name);
    if (
      value?.kind === 'none' &&
      home?.role === 'module' &&
      home.module &&
      setByFunctions(home.module.syntax).has(name)
    )
      return unknown(`${name} is set by a function`);
    if (value !== undefined) {
      if (home?.role === 'module' ? isChangeable(value) : home !== at || !isOwn) m.recorder.outside++;
      return resolve(m, value);
    }
    if (at.role === 'function') isOwn = false;
    if (at.role === 'module' && at.module) {
      const late = m.lateName(at.module, name);
      if (late) return late;
    }
  }
  return m.native.find(m, name);
};

/** Whether what a value holds may be another thing the next time, or is told by who it is. */
const isChangeable = ({ kind }: Value): boolean =>
  kind === 'list' ||
  kind === 'dict' ||
  kind === 'set' ||
  kind === 'object' ||
  kind === 'iterator' ||
  kind === 'tensor' ||
  kind === 'tuple' ||
  kind === 'either';

/** Notes that an attribute was read where it is not a value's own, but that of a class, a module or a function. */
export const noteRead = (m: Machine, owner: Value, name: string, found: Value): Value => {
  const { kind } = owner;
  const isOwn = kind === 'object' ? owner.attrs.has(name) : !['class', 'module', 'super', 'function'].includes(kind);
  if (!isOwn && isChangeable(found)) m.recorder.outside++;
  return found;
};

export const readName = (m: Machine, name: string, scope: Scope, node: Node): Value => {
  const value = lookup(m, name, scope);
  // A name that is only bound on one path: on the other one the program has ended.
  if (value?.kind === 'either' && (value.yes === UNBOUND || value.no === UNBOUND))
    return distribute(m, value, (one) => (one === UNBOUND ? raise(m, 'NameError', name, node) : one));
  if (value !== undefined && value.kind !== 'unbound') return value;
  const assumed = m.assumeHelper(name);
  if (assumed) return assumed;
  if (value === UNBOUND) return unknown(`${name} is not set on this path`);
  const lost = m.lostImport(name);
  if (lost) return lost;
  // A name that nothing defines may come from a star import that was not found, or be missing from a pasted snippet.
  if (m.tries > 0) raise(m, 'NameError', name, node);
  return unknown(`${name} is not defined here`);
};

/** The scope that an assignment to a name changes. */
const target = (name: string, scope: Scope): Scope => scope.outer.get(name) ?? scope;

export const assignName = (m: Machine, name: string, value: Value, scope: Scope): void => {
  const at = target(name, scope);
  touch(m.journal, at);
  at.vars.set(name, value);
};

export const deleteName = (m: Machine, name: string, scope: Scope): void => {
  const at = target(name, scope);
  touch(m.journal, at);
  at.vars.delete(name);
};

export const moduleScope = (scope: Scope): Scope => {
  let at = scope;
  while (at.parent) at = at.parent;
  return at;
};

/** `nonlocal`: the nearest enclosing function that has the name. */
export const enclosing = (name: string, scope: Scope): Scope | undefined => {
  for (let at = scope.parent; at; at = at.parent) if (at.role === 'function' && at.vars.has(name)) return at;
  return undefined;
};

/** The module that a scope belongs to. */
export const moduleOf = (m: Machine, scope: Scope) => {
  const { module } = moduleScope(scope);
  if (module) return module;
  if (m.frame) return m.frame.module;
  throw new Error('a scope without a module');
};

/** What is defined in a scope sees: a method does not see the names of its class body. */
export const closureOf = (scope: Scope): Scope => {
  let at = scope;
  while (at.role === 'class' && at.parent) at = at.parent;
  return at;
};
