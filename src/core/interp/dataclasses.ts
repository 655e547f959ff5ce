import type { ClassDef } from '../syntax';
import {
  bool,
  builtin,
  type ClassValue,
  dict,
  type Field,
  type ObjectValue,
  str,
  unknown,
  type Value,
} from '../values';
import type { Args, Machine } from './machine';
import { nativeClass } from './natives';
import { newObject } from './objects';
import { classMember, FIELDS_INIT } from './protocols';
import { storeAttribute } from './stores';

/** Whether a decorator says so where the class is written. */
export const isDataclass = (node: ClassDef): boolean =>
  node.decorators.some((d) => {
    const name = d.kind === 'Call' ? d.func : d;
    return (
      (name.kind === 'Name' && name.id === 'dataclass') || (name.kind === 'Attribute' && name.attr === 'dataclass')
    );
  });

/** The fields of a dataclass or named tuple: annotated names of the body, after those of the bases. */
export const fieldsOf = (node: ClassDef, cls: ClassValue, parents: readonly ClassValue[]): readonly Field[] => {
  const fields = new Map<string, Field>();
  for (const parent of [...parents].reverse()) for (const field of parent.fields ?? []) fields.set(field.name, field);
  for (const stmt of node.body) {
    if (stmt.kind !== 'AnnAssign' || stmt.target.kind !== 'Name') continue;
    const name = stmt.target.id;
    if (isHeaded(stmt.annotation, 'ClassVar')) continue;
    const held = cls.attrs.get(name);
    const passing = isHeaded(stmt.annotation, 'InitVar') && { passing: true as const };
    fields.set(name, { ...fieldOf(name, held, stmt.annotation), ...passing });
    if (held?.kind === 'object' && held.cls.path === 'dataclasses.Field') cls.attrs.delete(name);
  }
  return [...fields.values()];
};

/** `ClassVar[int]`, `dataclasses.InitVar`. */
const isHeaded = (annotation: Field['annotation'], name: string): boolean => {
  const head = annotation?.kind === 'Subscript' ? annotation.value : annotation;
  return (head?.kind === 'Name' && head.id === name) || (head?.kind === 'Attribute' && head.attr === name);
};

const fieldOf = (name: string, held: Value | undefined, annotation: NonNullable<Field['annotation']>): Field => {
  if (held?.kind !== 'object' || held.cls.path !== 'dataclasses.Field') {
    return { name, annotation, init: true, ...(held && { default: held }) };
  }
  const fallback = held.attrs.get('default');
  const factory = held.attrs.get('default_factory');
  const init = held.attrs.get('init');
  return {
    name,
    annotation,
    init: !(init?.kind === 'bool' && !init.value),
    ...(fallback && { default: fallback }),
    ...(factory && { factory }),
  };
};

/** The constructor that a dataclass gets: the fields from the arguments, in order. */
export const setFields = (m: Machine, self: ObjectValue, cls: ClassValue, args: Args): void => {
  const positional = [...args.positional];
  const keywords = new Map(args.keywords);
  const passed: Value[] = [];
  for (const field of cls.fields ?? []) {
    const given = field.init ? (positional.shift() ?? keywords.get(field.name)) : undefined;
    keywords.delete(field.name);
    if (field.passing) passed.push(given ?? fallback(m, field));
    else storeAttribute(m, self, field.name, given ?? fallback(m, field));
  }
  const after = classMember(self.cls, '__post_init__');
  const takes = after?.value.kind === 'function' && after.value.node.params.some(({ form }) => form === 'var-keyword');
  // A dataclass takes nothing but its fields: with more, a decorator has made a constructor that hands the rest on.
  if (args.open || (keywords.size > 0 && !takes)) self.open = true;
  const rest: Args = {
    positional: passed,
    keywords: takes ? keywords : new Map(),
    ...(takes && args.open && { open: true }),
  };
  if (after) m.call({ kind: 'method', func: after.value, self }, rest, undefined);
};

/** What a field holds that nothing was given for. */
export const fallback = (m: Machine, field: Field): Value => {
  if (field.default) return field.default;
  if (field.factory) return m.call(field.factory, { positional: [], keywords: new Map() }, undefined);
  return unknown(`the field ${field.name}`);
};

/** `dataclass(cls)`: what the decorator does where it is called, as on every class that derives from one. */
export const makeDataclass = (cls: ClassValue): void => {
  const node = cls.site?.node as ClassDef | undefined;
  if (node?.kind !== 'ClassDef' || isDataclass(node)) return;
  const parents = cls.bases.filter((base): base is ClassValue => base.kind === 'class');
  // What a class knows of its fields is read off its body once.
  if (!cls.fieldsKind) Object.assign(cls, { fieldsKind: 'dataclass', fields: fieldsOf(node, cls, parents) });
  if (!cls.attrs.has('__init__')) cls.attrs.set('__init__', builtin(FIELDS_INIT));
};

/** What a field has that was given no default: `dataclasses.MISSING`. */
export const MISSING = 'dataclasses.MISSING';

/** The fields of a dataclass as code sees them: `dataclasses.fields()`. */
export const fieldObjects = (m: Machine, cls: ClassValue): readonly (readonly [string, ObjectValue])[] =>
  (cls.fields ?? [])
    .filter(({ passing }) => !passing)
    .map((field) => {
      const made = newObject(m, nativeClass(m, 'dataclasses.Field'), undefined);
      const missing = nativeClass(m, MISSING);
      made.attrs.set('name', str(field.name));
      made.attrs.set('default', field.default ?? missing);
      made.attrs.set('default_factory', field.factory ?? missing);
      made.attrs.set('init', bool(field.init));
      return [field.name, made];
    });

/** `__dataclass_fields__` of a class. */
export const fieldTable = (m: Machine, cls: ClassValue): Value => {
  const table = dict();
  for (const [name, value] of fieldObjects(m, cls)) table.entries.set(`s${name}`, { key: str(name), value });
  return table;
};
