import { type ClassValue, str, tuple, unknown, type Value } from '../values';
import { getAttribute } from './attributes';
import type { Args, Machine } from './machine';
import { dictOf } from './mappings';
import { nativeClass } from './natives';
import { classMember } from './protocols';

/** C3, as Python does it; where it has no answer, bases in the order of their first appearance. */
export const linearise = (parents: readonly ClassValue[]): readonly ClassValue[] => {
  const queues = [...parents.map((p) => [...p.mro]), [...parents]].filter((q) => q.length > 0);
  const result: ClassValue[] = [];
  while (queues.some((q) => q.length > 0)) {
    const open = queues.filter((q) => q.length > 0);
    const next = open.map((q) => q[0]).find((c) => c && !open.some((q) => q.indexOf(c) > 0)) ?? open[0]?.[0];
    if (!next) break;
    result.push(next);
    for (const q of queues) {
      const at = q.indexOf(next);
      if (at >= 0) q.splice(at, 1);
    }
  }
  return result;
};

/** What a class is in the end: what its metaclass makes of it, and what its bases do with a class that derives from them. */
export const finished = (m: Machine, cls: ClassValue, options: Args['keywords']): ClassValue => {
  const { meta } = cls;
  const positional = (first: Value): readonly Value[] => [first, str(cls.name), tuple(cls.bases), dictOf(cls.attrs)];
  const make = meta && functionOf(classMember(meta, '__new__')?.value);
  let made: Value = cls;
  if (make) {
    const outer = m.making;
    m.making = cls;
    try {
      made = m.call(make, { positional: positional(meta), keywords: options }, undefined);
    } finally {
      m.making = outer;
    }
    if (made.kind !== 'class') Object.assign(cls, { open: true });
  } else announce(m, cls, options);
  const result = made.kind === 'class' ? made : cls;
  const prepare = meta && classMember(meta, '__init__');
  if (prepare) m.call(prepare.value, { positional: positional(result), keywords: options }, undefined);
  return result;
};

const functionOf = (value: Value | undefined): Value | undefined => {
  const func = value?.kind === 'descriptor' ? value.func : value;
  return func?.kind === 'function' ? func : undefined;
};

/** `__set_name__` of what the class holds and `__init_subclass__` of its bases are called once it is there. */
const announce = (m: Machine, cls: ClassValue, options: Args['keywords']): void => {
  for (const [name, value] of [...cls.attrs])
    if (value.kind === 'object' && functionOf(classMember(value.cls, '__set_name__')?.value))
      m.call(
        getAttribute(m, value, '__set_name__', undefined),
        { positional: [cls, str(name)], keywords: new Map() },
        undefined,
      );
  for (const base of cls.mro.slice(1)) {
    const told = functionOf(base.attrs.get('__init_subclass__'));
    if (!told) continue;
    m.call(told, { positional: [cls], keywords: options }, undefined);
    return;
  }
};

/** `type(name, bases, namespace)` and `type.__new__` of a metaclass: the class that is being defined, or one of its own. */
export const makeClass = (m: Machine, meta: ClassValue | undefined, args: Args): Value | undefined => {
  const [name, bases, namespace] = args.positional;
  if (name?.kind !== 'str' || bases?.kind !== 'tuple' || namespace?.kind !== 'dict') return undefined;
  const cls = m.making?.name === name.value ? m.making : emptyClass(m, meta, name.value, bases.items);
  cls.attrs.clear();
  for (const { key, value } of namespace.entries.values()) if (key.kind === 'str') cls.attrs.set(key.value, value);
  if (namespace.open) Object.assign(cls, { open: true });
  announce(m, cls, args.keywords);
  return cls;
};

/** `Meta(name, bases, namespace)`: the class that a metaclass makes when it is called, prepared as one that is defined. */
export const madeByCall = (m: Machine, meta: ClassValue, args: Args): Value => {
  const make = functionOf(classMember(meta, '__new__')?.value);
  const made = make
    ? m.call(make, { ...args, positional: [meta, ...args.positional] }, undefined)
    : makeClass(m, meta, args);
  const prepare = made?.kind === 'class' ? classMember(meta, '__init__') : undefined;
  if (made && prepare) m.call(prepare.value, { ...args, positional: [made, ...args.positional] }, undefined);
  return made ?? unknown('a class that a metaclass makes');
};

const emptyClass = (m: Machine, meta: ClassValue | undefined, name: string, bases: readonly Value[]): ClassValue => {
  const parents = bases.filter((base): base is ClassValue => base.kind === 'class');
  const module = m.frame?.module ?? m.main ?? undefined;
  const inherited = meta ?? parents.find((parent) => parent.meta)?.meta;
  const cls: ClassValue = {
    kind: 'class',
    name,
    id: m.nextId++,
    bases,
    mro: [],
    attrs: new Map(),
    ...(module && { module }),
    open: parents.length < bases.length || parents.some((parent) => parent.open),
    ...(inherited && { meta: inherited }),
  };
  Object.assign(cls, { mro: [cls, ...linearise(parents.length > 0 ? parents : [nativeClass(m, 'builtins.object')])] });
  return cls;
};
