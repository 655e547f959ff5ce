import { unknown, type Value } from '../values';
import { resolve } from './branch';
import { textOfMember } from './enums';
import { type Formatted, pythonFloat, underSpec } from './format-spec';
import type { Machine } from './machine';
import { HOLE, whole } from './partial-text';
import { callMethodIfAny } from './protocols';

/** What `str()` makes of a value; undefined where nobody knows. */
export const text = (m: Machine, given: Value): string | undefined => {
  const value = resolve(m, given);
  switch (value.kind) {
    case 'str':
      return value.value;
    case 'object': {
      const own = callMethodIfAny(m, value, '__str__') ?? callMethodIfAny(m, value, '__repr__') ?? textOfMember(value);
      return own?.kind === 'str' ? own.value : undefined;
    }
    default:
      return repr(m, value);
  }
};

export const repr = (m: Machine, given: Value): string | undefined => {
  const value = resolve(m, given);
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return typeof value.value === 'number' ? String(value.value) : undefined;
    case 'float':
      return value.value === undefined ? undefined : pythonFloat(value.value);
    case 'str':
      return quoted(value.value);
    case 'tuple': {
      const parts = value.items.map((item) => repr(m, item));
      if (parts.includes(undefined)) return undefined;
      return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(', ')})`;
    }
    case 'list': {
      if (value.count !== null) return undefined;
      const parts = value.items.map((item) => repr(m, item));
      return parts.includes(undefined) ? undefined : `[${parts.join(', ')}]`;
    }
    case 'dict': {
      const rows = [...value.entries.values()].map(({ key, value: held }) => [repr(m, key), repr(m, held)]);
      if (value.open || rows.some((row) => row.includes(undefined))) return undefined;
      return `{${rows.map((row) => row.join(': ')).join(', ')}}`;
    }
    case 'device':
      return 'cpu';
    case 'dtype':
      return `torch.${value.name}`;
    case 'class':
      return `<class '${value.path ?? value.name}'>`;
    default:
      return undefined;
  }
};

/** A text as Python writes it in code. */
const quoted = (text: string): string => {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
};

/** A value under a format specification such as `02d` or `.2f`; undefined where nobody knows. */
export const formatted = (
  m: Machine,
  value: Value,
  spec: string | undefined,
  conversion?: string,
): string | undefined => {
  if (spec === undefined) return undefined;
  if (spec === '' || conversion) {
    const plain = conversion === 'r' ? repr(m, value) : text(m, value);
    return plain === undefined || spec === '' ? plain : underSpec({ kind: 'str', value: plain }, spec);
  }
  const given = formattable(m, value);
  return given && underSpec(given, spec);
};

/** What a specification is about; texts that stand for a member or an object of code are formatted as texts. */
const formattable = (m: Machine, given: Value): Formatted | undefined => {
  const value = resolve(m, given);
  if (value.kind === 'str') return value;
  if (value.kind === 'bool') return { kind: 'int', value: Number(value.value) };
  if (value.kind === 'int') return typeof value.value === 'number' ? { kind: 'int', value: value.value } : undefined;
  return value.kind === 'float' && value.value !== undefined ? { kind: 'float', value: value.value } : undefined;
};

/** `'layer%d' % i`, `'%s_%s' % (a, b)` and `'%(name)s' % names`. */
export const percentFormat = (m: Machine, template: string, value: Value): string => {
  const values = value.kind === 'tuple' ? value.items : [value];
  let at = 0;
  return template.replace(
    /%(?:\((\w+)\))?([-+ #0]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g,
    (_, name, flags, width, precision, type) => {
      if (type === '%') return '%';
      const item =
        name === undefined ? values[at++] : value.kind === 'dict' ? value.entries.get(`s${name}`)?.value : undefined;
      return (item && underPercent(m, item, { flags, width, precision, type })) ?? HOLE;
    },
  );
};

interface Percent {
  readonly flags: string;
  readonly width: string | undefined;
  readonly precision: string | undefined;
  readonly type: string;
}

/** One piece of a template in the old style, which sets texts to the right. */
const underPercent = (m: Machine, item: Value, { flags, width, precision, type }: Percent): string | undefined => {
  const asText = type === 's' || type === 'r';
  const zero = flags.includes('0') && !flags.includes('-') && !asText ? '0' : '';
  const align = flags.includes('-') ? '<' : zero ? '' : '>';
  const sign = asText ? '' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const tail = `${align}${sign}${flags.includes('#') ? '#' : ''}${zero}${width ?? ''}${precision ? `.${precision}` : ''}`;
  if (asText) return formatted(m, item, `${tail}s`, type);
  const given = formattable(m, item);
  if (!given || given.kind === 'str') return undefined;
  if (!/^[diu]$/.test(type)) return underSpec(given, tail + type);
  return precision ? undefined : underSpec({ kind: 'int', value: Math.trunc(given.value) }, `${tail}d`);
};

/** `'{}_{name:>{width}}'.format(…)`. */
export const braceFormat = (
  m: Machine,
  template: string,
  positional: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): string => {
  let next = 0;
  const filled = (text: string): string =>
    text.replace(FIELD, (field, name, conversion, spec) => {
      if (field === '{{' || field === '}}') return field.slice(1);
      const [, first = '', path = ''] = /^(\w*)(.*)$/s.exec(name ?? '') ?? [];
      const item =
        first === '' ? positional[next++] : /^\d/.test(first) ? positional[Number(first)] : keywords.get(first);
      const held = item && partOf(m, item, path);
      return (held && formatted(m, held, whole(filled(spec ?? '')), conversion)) ?? HOLE;
    });
  return filled(template);
};

/** A field of a template; a brace that belongs to none fails. The specification may have fields of its own. */
const FIELD = /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::((?:[^{}]|\{[^{}]*\})*))?\}|[{}]/g;

/** `.name` and `[key]` behind the name of a field. */
const partOf = (m: Machine, value: Value, path: string): Value | undefined => {
  if (path === '') return value;
  const [, attribute, key, rest = ''] = /^(?:\.(\w+)|\[([^\]]+)\])(.*)$/s.exec(path) ?? [];
  if (attribute !== undefined) return partOf(m, m.getAttribute(value, attribute, undefined), rest);
  const held = resolve(m, value);
  const isPlace = key !== undefined && /^\d+$/.test(key);
  if (held.kind === 'dict')
    return partOf(m, held.entries.get(`${isPlace ? 'n' : 's'}${key}`)?.value ?? NONE_KNOWN, rest);
  const items = held.kind === 'tuple' || (held.kind === 'list' && held.count === null) ? held.items : [];
  return isPlace ? partOf(m, items[Number(key)] ?? NONE_KNOWN, rest) : undefined;
};

const NONE_KNOWN = unknown('a part that is not known');
