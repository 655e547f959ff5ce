import type { Dim } from '../dims';
import type { Shape } from '../shapes';
import { identity, type Value } from '../values';
import type { Machine } from './machine';
import { areRemembered, memoryOf } from './memory';

/** All that values hold, in words that are the same for others that hold the same, and every value in them, in order. */
export interface Description {
  readonly key: string;
  readonly values: ReadonlySet<Value>;
}

/** More values than these are not described. */
const MOST = 4000;

/** Thrown where a value cannot be described. */
const indescribable = Symbol('indescribable');

/**
 * Describes values with everything that can be reached from them. Undefined where something in them cannot be told apart
 * from others by what it holds, as an iterator or a tensor of unknown rank.
 */
export const describe = (
  m: Machine,
  positional: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): Description | undefined => {
  const values = new Map<Value, number>();
  const parameters = new Map<number, number>();
  const parts: string[] = [];
  const say = (value: Value): void => {
    const known = values.get(value);
    if (known !== undefined) {
      parts.push(`^${known}`);
      return;
    }
    if (values.size >= MOST) throw indescribable;
    values.set(value, values.size);
    parts.push(value.kind);
    sayContent(value);
    parts.push(';');
  };
  const sayAll = (all: Iterable<Value>): void => {
    for (const one of all) say(one);
  };
  const sayNamed = (all: ReadonlyMap<string, Value>): void => {
    for (const [name, one] of all) {
      parts.push(name, '=');
      say(one);
    }
  };
  const sayContent = (value: Value): void => {
    switch (value.kind) {
      case 'none':
      case 'ellipsis':
      case 'device':
      case 'unbound':
        return;
      case 'bool':
        parts.push(String(value.value));
        return;
      case 'str':
        parts.push(JSON.stringify(value.value));
        return;
      case 'int':
        parts.push(sizeText(value.value));
        return;
      case 'float':
        parts.push(String(value.value), value.ratio ? `${sizeText(value.ratio.num)}/${sizeText(value.ratio.den)}` : '');
        return;
      case 'dtype':
        parts.push(value.name);
        return;
      case 'tensor': {
        const { lib, shape, dtype, layout, origin, store, parameter } = value;
        const numbers = memoryOf(value);
        if (shape.rest || store) throw indescribable;
        parts.push(
          lib,
          shapeText(shape),
          dtype ?? '',
          typeof layout === 'object' ? layout.map(sizeText).join() : (layout ?? ''),
        );
        parts.push(origin ?? '', numbers ? `${identity(numbers)}${areRemembered(numbers)}` : '');
        if (!parameter) return;
        const place = parameters.get(parameter.id) ?? parameters.size;
        parameters.set(parameter.id, place);
        parts.push(`p${place}`, String(parameter.trained), String(parameter.persistent));
        return;
      }
      case 'tuple':
        parts.push(value.named ? String(value.named.id) : '', value.names?.join() ?? '');
        sayAll(value.items);
        return;
      case 'list':
        if (value.parts || value.optional) throw indescribable;
        parts.push(value.count === null ? '' : sizeText(value.count));
        sayAll(value.items);
        return;
      case 'dict':
        if (value.open || value.factory) throw indescribable;
        for (const entry of value.entries.values()) sayAll([entry.key, entry.value]);
        return;
      case 'set':
        if (value.open) throw indescribable;
        sayAll(value.entries.values());
        return;
      case 'slice':
        sayAll([value.lower, value.upper, value.step]);
        return;
      case 'range':
        parts.push([value.start, value.stop, value.step].map(sizeText).join());
        return;
      case 'object':
        parts.push(
          `${value.cls.id}`,
          String(value.open),
          value.count === null ? '' : sizeText(value.count),
          String(value.run),
        );
        sayNamed(value.attrs);
        if (value.optional) sayAll(value.optional);
        return;
      case 'class':
        parts.push(String(value.id));
        return;
      case 'op':
        parts.push(value.family.path);
        return;
      case 'namespace':
        parts.push(value.path);
        return;
      case 'method':
        sayAll([value.func, value.self]);
        return;
      case 'builtin':
        parts.push(value.name);
        if (value.self) say(value.self);
        return;
      case 'partial':
        sayAll([value.func, ...value.args]);
        sayNamed(value.keywords);
        return;
      case 'either':
        parts.push(value.condition.key);
        sayAll([value.yes, value.no]);
        return;
      case 'function':
      case 'module':
        parts.push(String(identity(value)));
        return;
      case 'unknown':
        if (m.absent.has(value) || value.truth) throw indescribable;
        parts.push(value.why, value.text ?? '');
        return;
      case 'opaque':
        if (value.input || value.tensors) throw indescribable;
        parts.push(value.path, value.type ?? '', String(value.given), String(value.cls?.id));
        return;
      case 'iterator':
      case 'descriptor':
      case 'super':
        throw indescribable;
    }
  };
  try {
    sayAll(positional);
    sayNamed(keywords);
  } catch (thrown) {
    if (thrown !== indescribable) throw thrown;
    return undefined;
  }
  return { key: parts.join(' '), values: new Set(values.keys()) };
};

const sizeText = (size: Dim): string => (typeof size === 'number' ? String(size) : size.key);

const shapeText = ({ dims }: Shape): string => `[${dims.map(sizeText).join()}]`;
