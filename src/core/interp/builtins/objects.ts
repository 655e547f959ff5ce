import { bool, builtin, FALSE, keyOf, NONE, TRUE, unknown, type Value } from '../../values';
import { attributeOrNone, getAttribute } from '../attributes';
import { distribute, resolve } from '../branch';
import { instantiate, namedTuple } from '../classes';
import { setFields } from '../dataclasses';
import { isGivenByLibrary } from '../layer-attributes';
import { makeClass } from '../making-classes';
import { asPlain } from '../mappings';
import { present } from '../membership';
import { heldUnder, storeUnder } from '../named-parts';
import { derives, layerOf, nativeClass } from '../natives';
import { FIELDS_INIT, UNBOUND_METHOD } from '../protocols';
import { setAttribute } from '../stores';
import { isInstance, isSubclass, typeOf } from '../types';
import type { Native, NativeTable } from './native';

const isinstance: Native = ({ m, at }) =>
  distribute(m, at(0) ?? NONE, (v) =>
    distribute(m, at(1) ?? NONE, (type) => {
      const answer = isInstance(m, v, type);
      if (answer !== undefined) return bool(answer);
      const path = v.kind === 'opaque' ? v.path : (keyOf(v) ?? '');
      const name = type.kind === 'class' ? type.name : '…';
      return path === ''
        ? unknown('isinstance()')
        : {
            kind: 'either',
            condition: { key: `isinstance:${path}:${name}`, text: `isinstance(${path}, ${name})` },
            yes: TRUE,
            no: FALSE,
          };
    }),
  );

const issubclass: Native = ({ m, at }) => {
  const [cls, type] = [resolve(m, at(0) ?? NONE), resolve(m, at(1) ?? NONE)];
  const types: readonly Value[] = type.kind === 'tuple' ? type.items : [type];
  if (cls.kind !== 'class') return unknown('issubclass()');
  const answers = types.map((t) => (t.kind === 'class' ? isSubclass(cls, t) : undefined));
  return answers.includes(true) ? TRUE : answers.includes(undefined) ? unknown('issubclass()') : FALSE;
};

const getattr: Native = ({ m, at, node }) =>
  distribute(m, at(0) ?? NONE, (v) =>
    distribute(m, at(1) ?? NONE, (name) => {
      if (name.kind !== 'str') return heldUnder(m, v, name) ?? unknown('an attribute whose name is not known');
      const fallback = at(2);
      if (!fallback) return getAttribute(m, v, name.value, node);
      if (v.kind === 'unknown' || v.kind === 'opaque') return unknown(name.value);
      return attributeOrNone(m, v, name.value) ?? fallback;
    }),
  );

const hasattr: Native = ({ m, at }) =>
  distribute(m, at(0) ?? NONE, (v) => {
    const name = at(1);
    if (name?.kind !== 'str' || v.kind === 'unknown' || v.kind === 'opaque') return unknown('hasattr()');
    const held = v.kind === 'object' ? v.attrs.get(name.value) : undefined;
    if (held) return present(m, held);
    const found = attributeOrNone(m, v, name.value);
    if (found === undefined) return FALSE;
    return found.kind === 'unknown' ? unclearAttribute(v, name.value) : TRUE;
  });

/** Of something of which only the library knows what it is. */
const unclearAttribute = (v: Value, name: string): Value => {
  if (v.kind !== 'object') return FALSE;
  if (isGivenByLibrary(v.cls, name)) return TRUE;
  return v.open || v.cls.open || layerOf(v.cls) ? unknown('hasattr()') : FALSE;
};

const setattr: Native = ({ m, at, node }) => {
  const [target, name, held] = [at(0), at(1), at(2)];
  if (target && held && name?.kind === 'str') setAttribute(m, target, name.value, held, node);
  else if (target?.kind === 'object') storeUnder(m, target, name, held);
  return NONE;
};

/** `super().__setattr__(name, value)` and `object.__setattr__(target, name, value)`. */
const setByHand: Native = ({ m, self, args, node }) => {
  const [a, b, c] = args.positional;
  const [target, asked, held] = self ? [self, a, b] : [a, b, c];
  if (target?.kind !== 'object' || !asked || !held) return NONE;
  return distribute(m, asked, (name) => {
    if (name.kind === 'str') setAttribute(m, target, name.value, held, node);
    else storeUnder(m, target, name, held);
    return NONE;
  });
};

const type: Native = ({ m, at, args }) =>
  args.positional.length === 3
    ? (makeClass(m, undefined, args) ?? unknown('a class that is made by hand'))
    : distribute(m, at(0) ?? NONE, (v) => typeOf(m, v) ?? unknown('type()'));

const objectNew: Native = ({ m, at, args }) => {
  const cls = at(0);
  const rest = { ...args, positional: args.positional.slice(1) };
  if (cls?.kind === 'class' && derives(cls, 'builtins.type'))
    return makeClass(m, cls, rest) ?? unknown('a class that a metaclass makes');
  if (cls?.kind === 'class' && cls.fieldsKind === 'namedtuple') return namedTuple(m, cls, rest);
  return cls?.kind === 'class'
    ? { kind: 'object', cls, id: m.nextId++, attrs: new Map(), open: false, count: null }
    : unknown('__new__');
};

const property =
  (kind: 'property' | 'staticmethod' | 'classmethod' | 'cached'): Native =>
  ({ at }) => {
    const func = at(0);
    return func ? { kind: 'descriptor', type: kind, func, ...(at(1) && { setter: at(1) as Value }) } : unknown(kind);
  };

const setter: Native = ({ self, at }) => {
  const func = at(0);
  return self?.kind === 'descriptor' && func ? { ...self, setter: func } : unknown('setter');
};

export const objectFunctions: NativeTable = {
  isinstance,
  issubclass,
  getattr,
  hasattr,
  setattr,
  delattr: ({ m, at }) => {
    const [target, name] = [at(0), at(1)];
    if (target?.kind === 'object' && name?.kind === 'str') target.attrs.delete(name.value);
    return m ? NONE : NONE;
  },
  type,
  id: ({ at }) => unknown(`id(${at(0)?.kind})`),
  callable: ({ m, at }) =>
    distribute(m, at(0) ?? NONE, (v) =>
      v.kind === 'unknown' || v.kind === 'opaque'
        ? unknown('callable()')
        : bool(
            ['function', 'method', 'builtin', 'class', 'partial', 'op'].includes(v.kind) ||
              (v.kind === 'object' && attributeOrNone(m, v, 'forward') !== undefined),
          ),
    ),
  hash: () => unknown('hash()'),
  print: () => NONE,
  vars: ({ m, at }) => getAttribute(m, at(0) ?? NONE, '__dict__', undefined),
  // What is in a library is asked by name: `'silu' in dir(F)`.
  dir: ({ at }) => (at(0)?.kind === 'namespace' ? (at(0) ?? NONE) : unknown('dir()')),
  open: () => unknown('open()'),
  input: () => unknown('input()'),
  eval: () => unknown('eval()'),
  'ast.literal_eval': () => unknown('literal_eval()'),
  exec: () => NONE,
  locals: () => unknown('locals()'),
  globals: () => unknown('globals()'),
  property: property('property'),
  staticmethod: property('staticmethod'),
  classmethod: property('classmethod'),
  'property.setter': setter,
  'property.getter': ({ self }) => self ?? unknown('getter'),
  'property.deleter': ({ self }) => self ?? unknown('deleter'),
  'functools.cached_property': property('cached'),
  'builtins.type()': type,
  'builtins.object()': ({ m, args, node }) =>
    objectNew({ m, args, node, self: undefined, at: () => nativeClass(m, 'builtins.object') }),
  'object.__init__': () => NONE,
  [UNBOUND_METHOD]: ({ m, args, node }) => {
    const [name, self, ...positional] = args.positional;
    if (name?.kind !== 'str' || !self) return unknown('a method of a type');
    return distribute(m, self, (one) => m.call(builtin(name.value, asPlain(one)), { ...args, positional }, node));
  },
  'builtins.type.__call__': ({ m, self, args, node }) =>
    self?.kind === 'class' ? instantiate(m, self, args, node) : unknown('__call__'),
  [FIELDS_INIT]: ({ m, args }) => {
    const [self, ...positional] = args.positional;
    if (self?.kind === 'object') setFields(m, self, self.cls, { ...args, positional });
    return NONE;
  },
  'dataclass.__init__': ({ m, args }) => {
    const [cls, self, ...positional] = args.positional;
    if (cls?.kind === 'class' && self?.kind === 'object') setFields(m, self, cls, { ...args, positional });
    return NONE;
  },
  'builtins.object.__new__': objectNew,
  'builtins.type.__new__': objectNew,
  'object.__setattr__': setByHand,
  'builtins.object.__setattr__': setByHand,
  'object.__getattr__': () => unknown('an attribute that is looked up by hand'),
  'object.__getattribute__': ({ m, self, args, node }) => {
    const [a, b] = args.positional;
    const [target, asked] = self ? [self, a] : [a, b];
    // Within `__getattr__` nothing is there: asking again would not end.
    const isAsked = m.frame?.name === '__getattr__';
    return distribute(m, asked ?? NONE, (name) =>
      target && name.kind === 'str' && !isAsked
        ? getAttribute(m, target, name.value, node)
        : unknown('an attribute that is looked up by hand'),
    );
  },
};
