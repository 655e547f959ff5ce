import type { Library } from '../ops';
import { type Expr, walk } from '../syntax';
import { type ClassValue, type OpaqueValue, opaquePart, type Scope, unknown, type Value } from '../values';
import { type Annotated, annotatedValue, type FindClass, readAnnotation } from './annotations';
import { innerTensor } from './entries';
import type { Machine } from './machine';
import { isModuleClass } from './natives';
import { classMember } from './protocols';

/** Finds the classes that annotations in a scope name: those of plain Python whose source is at hand. */
export const classesIn =
  (m: Machine, scope: Scope): FindClass =>
  (annotation) => {
    const found = namedValue(m, scope, annotation);
    if (found?.kind !== 'class' || !found.site || found.fieldsKind === 'namedtuple') return undefined;
    const isPlain = !isModuleClass(found) && found.fieldsKind !== 'enum' && !found.mro.some((c) => c.open);
    return isPlain ? found : undefined;
  };

const namedValue = (m: Machine, scope: Scope, expr: Expr): Value | undefined => {
  if (expr.kind === 'Attribute') {
    const base = namedValue(m, scope, expr.value);
    return base?.kind === 'module' ? (base.scope.vars.get(expr.attr) ?? m.lateName(base, expr.attr)) : undefined;
  }
  if (expr.kind !== 'Name') return undefined;
  for (let at: Scope | null = scope; at; at = at.parent) {
    const held = at.vars.get(expr.id);
    if (held) return held;
  }
  return m.frame ? m.lateName(m.frame.module, expr.id) : undefined;
};

/**
 * An attribute of an instance that somebody else has made, of which only the class is known: what the class says of it,
 * or something by its name.
 */
export const partOf = (m: Machine, value: OpaqueValue, name: string, library: Library): Value => {
  const part = opaquePart(value, `.${name}`);
  if (m.trace.changed.has(part.path)) return unknown(`${part.path}, which was set`);
  const known = value.cls && attributesOf(m, value.cls).get(name);
  if (!known) return part;
  const tensor = (): Value => innerTensor(m, { ...value, tensors: library }, `.${name}`);
  return annotatedValue(known, part, value.input ? { lib: library, tensor } : undefined);
};

const told = new WeakMap<ClassValue, ReadonlyMap<string, Annotated>>();

/** What annotations say of the attributes of instances of a class. */
const attributesOf = (m: Machine, cls: ClassValue): ReadonlyMap<string, Annotated> => {
  const known = told.get(cls);
  if (known) return known;
  const found = new Map<string, Annotated>();
  told.set(cls, found);
  for (const owner of [...cls.mro].reverse()) {
    const scope = owner.module?.scope;
    if (!scope) continue;
    const note = (name: string, annotation: Expr | undefined): void => {
      const type = readAnnotation(annotation, classesIn(m, scope));
      if (type) found.set(name, type);
      else found.delete(name);
    };
    for (const field of owner.fields ?? []) if (field.default?.kind !== 'none') note(field.name, field.annotation);
    noteAssigned(owner, note);
  }
  return found;
};

/** `self.x = x` and `self.x: int = …` of the constructor. */
const noteAssigned = (cls: ClassValue, note: (name: string, annotation: Expr | undefined) => void): void => {
  const init = cls.attrs.get('__init__');
  if (init?.kind !== 'function' || init.node.kind !== 'FunctionDef') return;
  const [self, ...params] = init.node.params;
  const ofParameter = (name: string): Expr | undefined => {
    const param = params.find((p) => p.name === name);
    const mayBeNone = param?.default?.kind === 'Constant' && param.default.value === null;
    return mayBeNone ? undefined : param?.annotation;
  };
  walk(init.node, (node) => {
    const targets = node.kind === 'Assign' ? node.targets : node.kind === 'AnnAssign' ? [node.target] : [];
    for (const target of targets) {
      if (target.kind !== 'Attribute' || target.value.kind !== 'Name' || target.value.id !== self?.name) continue;
      if (node.kind === 'AnnAssign') note(target.attr, node.annotation);
      else if (node.kind === 'Assign')
        note(target.attr, node.value.kind === 'Name' ? ofParameter(node.value.id) : undefined);
    }
    return undefined;
  });
};

/** The member of its class that a name of such an instance is: a method, a property. */
export const memberOfClass = ({ cls }: OpaqueValue, name: string): Value | undefined => {
  const member = cls && classMember(cls, name)?.value;
  return member?.kind === 'function' || member?.kind === 'descriptor' ? member : undefined;
};
