import { dict, int, list, NONE, str, tuple, unknown, type Value } from '../../values';
import { resolve } from '../branch';
import type { Machine } from '../machine';
import { isModuleClass, layerOf, nativeClass } from '../natives';
import { newObject } from '../objects';
import { classMember } from '../protocols';
import type { Native, NativeTable } from './native';

/** One parameter of something that is called, as far as code asks for it. */
interface Param {
  readonly name: string;
  readonly form: 'positional-only' | 'ordinary' | 'var-positional' | 'keyword-only' | 'var-keyword';
  readonly default?: Value | undefined;
}

interface Signature {
  /** The instance that a method is bound to, or that a constructor makes, first. */
  readonly params: readonly Param[];
  /** Whether the first parameter is taken already. */
  readonly bound: boolean;
}

const SELF: Param = { name: 'self', form: 'ordinary' };

/** What something takes that is called; undefined where nobody knows. */
const signatureOf = (m: Machine, given: Value): Signature | undefined => {
  const fn = resolve(m, given);
  switch (fn.kind) {
    case 'function': {
      const params = fn.node.params.map(({ name, form }): Param => ({ name, form, default: fn.defaults.get(name) }));
      return { params, bound: false };
    }
    case 'method': {
      const inner = signatureOf(m, fn.func);
      return inner && { ...inner, bound: true };
    }
    case 'class': {
      const made = classMember(fn, '__init__')?.value;
      if (made) return made.kind === 'function' ? bound(signatureOf(m, made)) : undefined;
      const [row, ...others] = layerOf(fn)?.rows ?? [];
      if (!row || others.length > 0) return undefined;
      const params = row.signature.params.map((p): Param => ({ name: p.name, form: 'ordinary' }));
      return { params: [SELF, ...params], bound: true };
    }
    case 'object': {
      const called = classMember(fn.cls, '__call__')?.value;
      if (called) return called.kind === 'function' ? bound(signatureOf(m, called)) : undefined;
      if (!isModuleClass(fn.cls)) return undefined;
      // `Module.__call__` takes anything and hands it to `forward`.
      return {
        params: [SELF, { name: 'args', form: 'var-positional' }, { name: 'kwargs', form: 'var-keyword' }],
        bound: true,
      };
    }
    default:
      return undefined;
  }
};

const bound = (signature: Signature | undefined): Signature | undefined => signature && { ...signature, bound: true };

/** How a parameter can be given, as `inspect.Parameter` names and numbers it. */
const KINDS: Readonly<Record<Param['form'], { readonly name: string; readonly value: Value }>> = {
  'positional-only': { name: 'POSITIONAL_ONLY', value: int(0) },
  ordinary: { name: 'POSITIONAL_OR_KEYWORD', value: int(1) },
  'var-positional': { name: 'VAR_POSITIONAL', value: int(2) },
  'keyword-only': { name: 'KEYWORD_ONLY', value: int(3) },
  'var-keyword': { name: 'VAR_KEYWORD', value: int(4) },
};

/** What a decorator has wrapped (`functools.wraps`), whose parameters are shown in the place of its own. */
const wrappedBy = (m: Machine, given: Value): Value => {
  const fn = resolve(m, given);
  const inner = fn.kind === 'function' ? fn.attrs.get('__wrapped__') : undefined;
  return inner ? wrappedBy(m, inner) : fn;
};

/** `inspect.signature(f).parameters`: the parameters that a call can give, by name. */
const signature: Native = ({ m, at }) => {
  const found = signatureOf(m, wrappedBy(m, at(0) ?? NONE));
  if (!found) return unknown('signature()');
  const table = dict();
  const cls = nativeClass(m, 'inspect.Parameter');
  for (const { name, value } of Object.values(KINDS)) cls.attrs.set(name, value);
  for (const param of found.params.slice(found.bound ? 1 : 0)) {
    const shown = newObject(m, cls, undefined);
    shown.attrs.set('name', str(param.name));
    shown.attrs.set('kind', KINDS[param.form].value);
    if (param.default) shown.attrs.set('default', param.default);
    table.entries.set(`s${param.name}`, { key: str(param.name), value: shown });
  }
  const result = newObject(m, nativeClass(m, 'inspect.Signature'), undefined);
  result.attrs.set('parameters', table);
  return result;
};

/** `inspect.getfullargspec`: the names of all parameters, that of the instance too. */
const fullArguments: Native = ({ m, at }) => {
  const found = signatureOf(m, at(0) ?? NONE);
  if (!found) return unknown('getfullargspec()');
  const named = (...forms: readonly Param['form'][]): readonly Param[] =>
    found.params.filter((p) => forms.includes(p.form));
  const star = (form: Param['form']): Value => {
    const [only] = named(form);
    return only ? str(only.name) : NONE;
  };
  const ordinary = named('positional-only', 'ordinary');
  const defaults = ordinary.flatMap((p) => p.default ?? []);
  const result = newObject(m, nativeClass(m, 'inspect.FullArgSpec'), undefined);
  result.attrs.set('args', list(ordinary.map((p) => str(p.name))));
  result.attrs.set('varargs', star('var-positional'));
  result.attrs.set('varkw', star('var-keyword'));
  result.attrs.set('defaults', defaults.length > 0 ? tuple(defaults) : NONE);
  result.attrs.set('kwonlyargs', list(named('keyword-only').map((p) => str(p.name))));
  return result;
};

export const signatures: NativeTable = {
  'inspect.signature': signature,
  'inspect.getfullargspec': fullArguments,
};
