import { findFamily, tensorAttribute } from '../ops';
import type { Node } from '../syntax';
import {
  builtin,
  type ClassValue,
  fromArg,
  memberValue,
  NONE,
  type ObjectValue,
  type OpaqueValue,
  str,
  type TensorValue,
  tuple,
  UNBOUND,
  unknown,
  type Value,
} from '../values';
import { rankMark } from './asked-ranks';
import { attempt, distribute, resolve } from './branch';
import { fieldTable } from './dataclasses';
import { givenByItself, isProperty, isSetByItself, propertyOf } from './descriptors';
import { conditional, fail, raise, report } from './faults';
import { functionMember } from './functions';
import { libraryName } from './imports';
import { memberOf } from './in-place';
import { memberOfClass, partOf } from './instances';
import { keptArgument } from './kept-arguments';
import { isGivenByLibrary } from './layer-attributes';
import { isHidden, layerPart, madeOfArgument } from './layer-parts';
import { libraryOfModule } from './library-of';
import { askedTensor } from './likely';
import { type Machine, NO_ARGS } from './machine';
import { dictOf, entriesOf, isOwnDict } from './mappings';
import { memoryOf } from './memory';
import { isMissing } from './missing';
import { instanceDict, moduleTables } from './modules';
import { heldUnder } from './named-parts';
import { noteRead } from './names';
import { namespaceDict } from './namespaces';
import { derives, isModuleClass, layerOf, nativeClass, rowMember, writtenMethod } from './natives';
import { folded } from './numbers';
import { shapeMark } from './open-sizes';
import { noteOp } from './outcomes';
import { isUnmodelled, plainMember } from './plain-names';
import { callMethodIfAny, classMember, FIELDS_INIT, isAsked, isLoose, isUnbound, unboundMethod } from './protocols';

/** What a mapping shows of itself. */
const VIEWS: ReadonlySet<string> = new Set(['keys', 'values', 'items']);

export const getAttribute = (m: Machine, value: Value, name: string, node: Node | undefined): Value =>
  distribute(m, value, (v) => noteRead(m, v, name, attribute(m, v, name, node) ?? missing(m, v, name, node)));

/** `getattr(value, name, default)` and `hasattr`: undefined where the attribute is proved not to be there. */
export const attributeOrNone = (m: Machine, value: Value, name: string): Value | undefined => {
  const asks =
    value.kind === 'object' &&
    ['__getattr__', '__getattribute__'].some((by) => classMember(value.cls, by) !== undefined);
  const found = asks ? askedAttribute(m, value, name) : attribute(m, value, name, undefined);
  const isMark = found?.kind === 'unknown' && value.kind === 'object' && lacksMark(value, name);
  return found === undefined || found.kind === 'unbound' || isMark ? undefined : noteRead(m, value, name, found);
};

/** `getattr(layer, 'is_head', False)`: a library's own layer has no such attribute unless code has set it. */
const lacksMark = ({ cls, open }: ObjectValue, name: string): boolean =>
  cls.site === undefined && !open && layerOf(cls) !== undefined && isGivenByLibrary(cls, name) === false;

/** An attribute of an instance whose `__getattr__` may raise to say that there is none. */
const askedAttribute = (m: Machine, value: Value, name: string): Value | undefined => {
  m.tries++;
  try {
    const asked = attempt(() => attribute(m, value, name, undefined));
    if ('value' in asked) return asked.value;
    const { exception } = asked.raised;
    const cls = exception.kind === 'object' ? exception.cls : exception;
    if (cls.kind !== 'class' || !derives(cls, 'builtins.AttributeError')) throw asked.raised;
    return undefined;
  } finally {
    m.tries--;
  }
};

const attribute = (m: Machine, value: Value, name: string, node: Node | undefined): Value | undefined => {
  switch (value.kind) {
    case 'tensor':
      return tensorMember(m, value, name, node);
    case 'object':
      return lookedUp(m, value, name) ?? objectMember(m, value, name, node);
    case 'class':
      return classAttribute(m, value, name);
    case 'module':
      return moduleMember(m, value, name);
    case 'namespace':
      return name === '__dict__' ? namespaceDict(m, value.path) : libraryName(m, value.path, name);
    case 'super':
      return superMember(m, value.after, value.self, name);
    case 'opaque':
      return value.type === 'dict' && VIEWS.has(name) ? builtin(`dict.${name}`, value) : opaqueMember(m, value, name);
    case 'function':
      return functionMember(m, value, name);
    case 'partial':
      return name === 'func'
        ? value.func
        : name === 'args'
          ? tuple(value.args)
          : name === 'keywords'
            ? dictOf(value.keywords)
            : undefined;
    case 'method':
      return name === '__self__' ? value.self : name === '__func__' ? value.func : attribute(m, value.func, name, node);
    case 'op':
      return name === '__name__' ? str(value.family.path.slice(value.family.path.lastIndexOf('.') + 1)) : unknown(name);
    case 'descriptor':
      return name === 'setter' || name === 'getter' || name === 'deleter'
        ? builtin(`property.${name}`, value)
        : attribute(m, value.func, name, node);
    case 'tuple':
      return namedField(m, value, name) ?? plainMember(m, value, name);
    case 'unknown':
    case 'dtype':
    case 'device':
    case 'ellipsis':
    case 'either':
      return plainMember(m, value, name) ?? memberOfUnknown(m, value, name);
    case 'unbound':
      return undefined;
    default:
      return plainMember(m, value, name);
  }
};

/** A method of its class runs for something of which nothing else is known; what it has is told by its name. */
const opaqueMember = (m: Machine, value: OpaqueValue, name: string): Value => {
  const member = memberOfClass(value, name);
  if (member && value.cls) return bound(m, member, value, value.cls);
  return partOf(m, value, name, m.frame ? libraryOfModule(m.frame.module) : 'torch');
};

const memberOfUnknown = (m: Machine, value: Value, name: string): Value | undefined => {
  const tensor = askedTensor(m, value, name);
  if (tensor) return tensorMember(m, tensor, name, undefined);
  const assumed = m.absent.has(value) ? m.assumeHelper(name) : undefined;
  if (assumed) return assumed;
  const member = unknown(`.${name} of something that is not known`);
  if (value.kind === 'unknown') m.trace.sources.set(member, { values: [value] });
  return member;
};

const missing = (m: Machine, value: Value, name: string, node: Node | undefined): Value => {
  const type = value.kind === 'object' ? value.cls.name : value.kind;
  const fault = { code: 'missing-attribute', data: { name, type }, names: [] };
  const certain = value.kind === 'object' && m.tries === 0 && isMissing(value, name);
  if (certain) report(m, fault, node);
  if (isUnmodelled(value.kind, name)) return unknown(`what ${type}.${name} does`);
  if (m.tries > 0 || (conditional(m.path) && value.kind === 'none')) raise(m, 'AttributeError', name, node, fault);
  return unknown(`${type} has no ${name}`);
};

const tensorMember = (m: Machine, value: TensorValue, name: string, node: Node | undefined): Value | undefined => {
  if (value.shape.rest) {
    if (name === 'shape') return shapeMark(m, value);
    if (name === 'ndim') return rankMark(m, value);
    if (name === 'dim' || name === 'ndimension') return builtin('entry.dim', value);
  }
  const own = tensorAttribute(value, name, m.context);
  if (own && 'code' in own) return fail(m, 'RuntimeError', own, node);
  if (own) {
    const made = fromArg(own);
    if (made.kind !== 'tensor' || made === value) return made;
    const positional = [value];
    const result = noteOp(m, { name: `.${name}`, args: { positional, keywords: new Map() } }, node, made);
    return memoryOf(value) ? folded(m, name, { positional, keywords: new Map() }, result) : result;
  }
  const numpy = value.lib === 'numpy';
  if (m.native.has(`Tensor.${name}`) && (!numpy || name === 'tolist' || name === 'item'))
    return builtin(`Tensor.${name}`, value);
  const family = findFamily(numpy ? `numpy.ndarray.${name}` : `${value.lib}.Tensor.${name}`);
  if (family) return { kind: 'method', func: { kind: 'op', family }, self: value };
  return memberOf(value, unknown(`Tensor.${name}`));
};

const isDescriptor = (value: Value): value is Extract<Value, { kind: 'descriptor' }> => value.kind === 'descriptor';

/** What a class that looks up attributes itself says; it asks the ordinary way, with `super().__getattribute__`. */
const lookedUp = (m: Machine, self: ObjectValue, name: string): Value | undefined => {
  if (m.frame?.name === '__getattribute__') return undefined;
  const own = classMember(self.cls, '__getattribute__');
  return own?.value.kind === 'function' ? callMethodIfAny(m, self, '__getattribute__', str(name)) : undefined;
};

const objectMember = (m: Machine, self: ObjectValue, name: string, node: Node | undefined): Value | undefined => {
  const member = classMember(self.cls, name);
  if (member && isProperty(member.value)) return propertyOf(m, self, name, member.value, node);
  const held = self.attrs.get(name);
  const given = member && (!held || isSetByItself(member.value)) && givenByItself(m, member.value, self, self.cls);
  if (given) return given;
  if (held && isHidden(self, name, resolve(m, held)))
    return member && member.value.kind !== 'none'
      ? bound(m, member.value, self, self.cls)
      : unknown(`${name} is hidden`);
  if (held !== undefined && resolve(m, held).kind !== 'unbound')
    return madeOfArgument(m, self, name, held) ?? maybeUnbound(m, resolve(m, held), name, node);
  if (member) return bound(m, member.value, self, self.cls);
  const table = moduleTables(m, self, name);
  if (table) return table;
  if (name === '__class__') return self.cls;
  if (name === '__module__') return classAttribute(m, self.cls, name);
  const native = mappingMember(m, self, name) ?? nativeMember(m, self.cls.mro, self, name);
  if (native) return native;
  if (name === '__dict__') return instanceDict(m, self);
  const asks = classMember(self.cls, '__getattr__');
  if (asks && isAsked(m, self)) return unknown(`.${name}, for which it asks itself`);
  const own = asks && callMethodIfAny(m, self, '__getattr__', str(name));
  if (own) return own;
  if (held !== undefined) return undefined;
  const under = heldUnder(m, self, str(name));
  if (under) return under;
  if (self.open || self.cls.mro.some((c) => c.open))
    return unknown(`.${name} comes from a base class that is not known`);
  const layer = layerOf(self.cls);
  const kept = layer?.lib === 'paddle' ? keptArgument(self, name) : undefined;
  if (kept) return kept;
  const part = layer && layerPart(m, self, name);
  if (part) return part;
  if ((layer && !self.cls.site) || isGivenByLibrary(self.cls, name)) return unknown(`.${name} of a library layer`);
  if (self.cls.path && !isModuleClass(self.cls)) return unknown(`.${name} of ${self.cls.path}`);
  return undefined;
};

/** What an instance of a class that derives from `dict`, or a member of an enumeration of texts, has by that. */
const mappingMember = (m: Machine, self: ObjectValue, name: string): Value | undefined => {
  const entries = entriesOf(self);
  const text = memberValue(self);
  if (!entries) return text && plainMember(m, text, name);
  if (name === '__getitem__' && classMember(self.cls, '__missing__'))
    return { ...builtin('mapping.__getitem__'), self };
  const held = isOwnDict(self) ? entries.entries.get(`s${name}`) : undefined;
  return held?.value ?? plainMember(m, entries, name);
};

/** An attribute that is only there on one path: on the other one the program has ended. */
const maybeUnbound = (m: Machine, value: Value, name: string, node: Node | undefined): Value => {
  if (value.kind !== 'either') return value;
  if (value.no.kind === 'unbound' || value.yes.kind === 'unbound') {
    return distribute(m, value, (v) => (v === UNBOUND ? raise(m, 'AttributeError', name, node) : v));
  }
  return value;
};

/** Makes a method of what a class holds: functions are bound, properties asked, static methods left alone. */
const bound = (m: Machine, value: Value, self: Value, cls: ClassValue): Value => {
  switch (value.kind) {
    case 'function':
      return { kind: 'method', func: value, self };
    case 'either':
      return distribute(m, value, (v) => bound(m, v, self, cls));
    case 'builtin':
      return value.name === FIELDS_INIT ? { kind: 'method', func: value, self } : value;
    case 'partial':
      return isUnbound(value) || (value.func.kind === 'builtin' && value.func.name === 'functools.partialmethod')
        ? { kind: 'method', func: value, self }
        : value;
    case 'descriptor':
      switch (value.type) {
        case 'staticmethod':
          return value.func;
        case 'classmethod':
          return { kind: 'method', func: value.func, self: cls };
        default:
          return m.call({ kind: 'method', func: value.func, self }, NO_ARGS, undefined);
      }
    default:
      return value;
  }
};

/** The layers' own methods, and the classes that have them. */
const OF_LAYERS: ReadonlyMap<string, RegExp> = new Map([
  ['__init__', /^/],
  ['forward', /^/],
  ['reset_parameters', /^/],
  ['_conv_forward', /^torch\.nn\.Conv\dd$/],
]);

/** Methods of library classes: those that the interpreter carries out, and the layers' own `__init__` and `forward`. */
const nativeMember = (
  m: Machine,
  mro: readonly ClassValue[],
  self: Value | undefined,
  name: string,
): Value | undefined => {
  for (const cls of mro) {
    if (name === '__init__' && cls.fieldsKind === 'dataclass')
      return {
        kind: 'partial',
        func: builtin('dataclass.__init__'),
        args: [cls, ...(self ? [self] : [])],
        keywords: new Map(),
      };
    if (!cls.path) continue;
    const full = `${cls.path}.${name}`;
    const isUnboundLayer = !self && cls.layer !== undefined && OF_LAYERS.has(name);
    if (m.native.has(full) && !isUnboundLayer) return builtin(full, self);
    const plain = self ? undefined : unboundMethod(m, cls, name);
    if (plain) return plain;
    const row = rowMember(full, self) ?? writtenMethod(m, full, self);
    if (row) return row;
    if (cls.layer && OF_LAYERS.get(name)?.test(cls.path)) {
      const args: readonly Value[] = [{ kind: 'op', family: cls.layer }, ...(self ? [self] : [])];
      return { kind: 'partial', func: builtin(`layer.${name}`), args, keywords: new Map() };
    }
  }
  return name === '__init__' && mro.some((c) => c.path === 'builtins.object')
    ? builtin('object.__init__', self)
    : undefined;
};

const superMember = (m: Machine, after: ClassValue, self: Value, name: string): Value | undefined => {
  const own = self.kind === 'object' ? self.cls : self.kind === 'class' ? self : undefined;
  if (!own) return unknown('super() of something that is not known');
  // In a method of a metaclass, `self` is a class.
  const cls = own.meta?.mro.includes(after) ? own.meta : own;
  const mro = cls.mro.slice(cls.mro.indexOf(after) + 1);
  for (const owner of mro) {
    const value = owner.attrs.get(name);
    if (value !== undefined) return bound(m, value, self, cls);
    const native = nativeMember(m, [owner], self, name);
    if (native && !(native.kind === 'builtin' && native.name === 'object.__init__')) return native;
    const mapping = owner.path && self.kind === 'object' ? mappingMember(m, self, name) : undefined;
    if (mapping) return mapping;
    // What a base that is not known does when an instance is made is taken to be nothing, as where nobody asks.
    if (isLoose(owner) && name !== '__new__')
      return unknown(`super().${name} comes from a base class that is not known`);
  }
  if (name === '__init__') return builtin('object.__init__', self);
  if (name === '__call__' && cls !== own) return builtin('builtins.type.__call__', self);
  if (name === '__new__') return builtin('builtins.object.__new__');
  if (name === 'init') return superMember(m, after, self, '__init__'); // Of a pasted class: see pasted.ts.
  if (name === '__setattr__') return builtin('object.__setattr__', self);
  if (name === '__getattr__' || name === '__getattribute__') return builtin(`object.${name}`, self);
  return undefined;
};

const classAttribute = (m: Machine, cls: ClassValue, name: string): Value | undefined => {
  if (name === '__name__' || name === '__qualname__') return str(cls.name);
  if (name === '__mro__') return tuple(cls.mro);
  if (name === '__bases__') return tuple(cls.bases);
  if (name === '__module__') return str(cls.module?.name ?? cls.path?.slice(0, cls.path.lastIndexOf('.')) ?? '');
  if (name === '__class__') return nativeClass(m, 'builtins.type');
  const member = classMember(cls, name);
  if (member) {
    const { value } = member;
    const given = givenByItself(m, value, NONE, cls);
    if (given) return given;
    if (isDescriptor(value))
      return value.type === 'classmethod'
        ? { kind: 'method', func: value.func, self: cls }
        : value.type === 'staticmethod'
          ? value.func
          : value;
    return value;
  }
  const ofMeta = cls.meta && classMember(cls.meta, name);
  if (cls.meta && ofMeta && !name.startsWith('__')) return bound(m, ofMeta.value, cls, cls.meta);
  if (name === '__dict__') {
    const result = dictOf(cls.attrs);
    result.open = cls.open || cls.path !== undefined;
    return result;
  }
  const native = nativeMember(m, cls.mro, undefined, name);
  if (native) return native;
  if (name === '__members__' && cls.fieldsKind === 'enum') return classAttribute(m, cls, '__dict__');
  if (name === '__doc__') return NONE;
  if (name === '__dataclass_fields__' && cls.fieldsKind === 'dataclass') return fieldTable(m, cls);
  if (cls.open || cls.mro.some((c) => c.open) || cls.path) return unknown(`${cls.name}.${name}`);
  return undefined;
};

const moduleMember = (m: Machine, module: Extract<Value, { kind: 'module' }>, name: string): Value | undefined => {
  if (name === '__name__') return str(module.name);
  if (name === '__dict__') {
    const result = dictOf(module.scope.vars);
    result.open = true;
    return result;
  }
  return module.scope.vars.get(name) ?? m.lateName(module, name) ?? unknown(`${module.name}.${name}`);
};

const namedField = (m: Machine, value: Extract<Value, { kind: 'tuple' }>, name: string): Value | undefined => {
  const own = value.names?.indexOf(name) ?? -1;
  if (own >= 0) return value.items[own];
  const cls = value.named;
  if (!cls) return undefined;
  const at = cls.fields?.findIndex((f) => f.name === name) ?? -1;
  if (at >= 0) return value.items[at];
  if (name === '_fields') return tuple((cls.fields ?? []).map((f) => str(f.name)));
  if (name === '_asdict' || name === '_replace') return builtin(`namedtuple.${name}`, value);
  const member = classMember(cls, name);
  return member ? bound(m, member.value, value, cls) : undefined;
};
