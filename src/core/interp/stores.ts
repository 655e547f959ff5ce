import type { Node } from '../syntax';
import { type DictValue, NONE, type ObjectValue, str, touch, type Value } from '../values';
import { distribute, resolve } from './branch';
import { isSetByItself, setByItself } from './descriptors';
import { type Machine, NO_ARGS } from './machine';
import { entriesOf, isOwnDict } from './mappings';
import { mayChange } from './memory';
import { setModuleAttribute } from './modules';
import { isModuleClass } from './natives';
import { classMember, isUnbound } from './protocols';
import { setOnLibrary } from './replaced';

/** `value.name = held`. */
export const setAttribute = (m: Machine, value: Value, name: string, held: Value, node: Node | undefined): void => {
  const at = resolve(m, value);
  if (at.kind === 'either') {
    distribute(m, at, (v) => {
      setAttribute(m, v, name, held, node);
      return NONE;
    });
    return;
  }
  switch (at.kind) {
    case 'object': {
      const member = classMember(at.cls, name);
      if (member && member.value.kind === 'descriptor' && member.value.setter) {
        m.call({ kind: 'method', func: member.value.setter, self: at }, { ...NO_ARGS, positional: [held] }, node);
        return;
      }
      if (member && isSetByItself(member.value)) {
        setByItself(m, member.value, at, held);
        return;
      }
      const own = classMember(at.cls, '__setattr__');
      if (own?.value.kind === 'function' && m.frame?.name !== '__setattr__') {
        m.call({ kind: 'method', func: own.value, self: at }, { ...NO_ARGS, positional: [str(name), held] }, node);
        return;
      }
      if (own && isUnbound(own.value)) {
        m.call(own.value, { ...NO_ARGS, positional: [at, str(name), held] }, node);
        return;
      }
      const entries = isOwnDict(at) ? entriesOf(at) : undefined;
      if (entries) {
        touch(m.journal, entries);
        entries.entries.set(`s${name}`, { key: str(name), value: held });
        return;
      }
      storeAttribute(m, at, name, held);
      return;
    }
    case 'class':
      if (at.path) {
        setOnLibrary(m, at, name, held);
        return;
      }
      touch(m.journal, at);
      at.attrs.set(name, held);
      return;
    case 'module':
      touch(m.journal, at.scope);
      at.scope.vars.set(name, held);
      return;
    case 'function':
      at.attrs.set(name, held);
      return;
    case 'tensor':
      if (name !== 'data') return;
      m.arithmetic?.assigned(at, held);
      // The two lie in the same memory from then on.
      mayChange([at, held]);
      return;
    case 'opaque':
      m.trace.changed.add(`${at.path}.${name}`);
      return;
    default:
      return;
  }
};

export const storeAttribute = (m: Machine, self: ObjectValue, name: string, held: Value): void => {
  touch(m.journal, self);
  if (isModuleClass(self.cls)) setModuleAttribute(m, self, name, held);
  else self.attrs.set(name, held);
};

/** What is set in a view of an instance (`self.__dict__`, `self._modules`) is set on the instance. */
export const reflect = (m: Machine, table: DictValue, key: Value, held: Value): void => {
  const owner = m.views.get(table);
  if (owner && key.kind === 'str') storeAttribute(m, owner, key.value, held);
};

/** The same for what is taken out of it. */
export const unreflect = (m: Machine, table: DictValue, key: Value): void => {
  const owner = m.views.get(table);
  if (owner && key.kind === 'str') deleteAttribute(m, owner, key.value);
};

export const deleteAttribute = (m: Machine, value: Value, name: string): void => {
  const at = resolve(m, value);
  if (at.kind !== 'object') return;
  touch(m.journal, at);
  at.attrs.delete(name);
};
