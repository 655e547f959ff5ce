import { LONGEST_TEXT, type Value } from '../values';
import { resolve } from './branch';
import { textOfMember } from './enums';
import type { Machine } from './machine';
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
      return `'${value.value}'`;
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

const pythonFloat = (value: number): string => {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${value}.0`;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
};

/** What `toFixed` can do. */
const MOST_DIGITS = 100;

/** A value under a format specification such as `02d` or `.2f`; undefined where nobody knows. */
export const formatted = (
  m: Machine,
  value: Value,
  spec: string | undefined,
  conversion?: string,
): string | undefined => {
  if (spec === undefined) return undefined;
  const plain = conversion === 'r' ? repr(m, value) : text(m, value);
  if (plain === undefined || spec === '') return plain;
  const match = /^(?:(.)?([<>^=]))?([+ -])?(#)?(0)?(\d+)?(,)?(?:\.(\d+))?([a-zA-Z%])?$/.exec(spec);
  if (!match) return undefined;
  const [, fill, align, , , zero, width, , precision, type] = match;
  const size = width ? Number(width) : 0;
  if (size > LONGEST_TEXT || Number(precision ?? 0) > MOST_DIGITS) return undefined;
  let body = plain;
  if (type === 'f' || type === 'F') body = Number(plain).toFixed(precision ? Number(precision) : 6);
  else if (type === 'x') body = Number(plain).toString(16);
  else if (type === 'b') body = Number(plain).toString(2);
  else if (type !== undefined && type !== 'd' && type !== 's') return undefined;
  const pad = fill ?? (zero ? '0' : ' ');
  const right = align === '<' || (!align && resolve(m, value).kind === 'str');
  return right ? body.padEnd(size, pad) : body.padStart(size, pad);
};

/** `'layer%d' % i` and `'%s_%s' % (a, b)`. */
export const percentFormat = (m: Machine, template: string, value: Value): string | undefined => {
  const values = value.kind === 'tuple' ? value.items : [value];
  let at = 0;
  let failed = false;
  const result = template.replace(
    /%(?:\((\w+)\))?([-+ #0]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g,
    (_, name, flags, width, precision, type) => {
      if (type === '%') return '%';
      const item = name === undefined ? values[at++] : undefined;
      const spec = `${flags.includes('0') ? '0' : ''}${width ?? ''}${precision ? `.${precision}` : ''}${type === 's' || type === 'r' || type === 'i' ? '' : type}`;
      const piece = item && formatted(m, item, spec, type === 'r' ? 'r' : undefined);
      if (piece === undefined) failed = true;
      return piece ?? '';
    },
  );
  return failed ? undefined : result;
};

/** `'{}_{name}'.format(…)`. */
export const braceFormat = (
  m: Machine,
  template: string,
  positional: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): string | undefined => {
  let at = 0;
  let failed = false;
  const result = template.replace(
    /\{\{|\}\}|\{([\w.]*)(?:!([rsa]))?(?::([^{}]*))?\}/g,
    (whole, name, conversion, spec) => {
      if (whole === '{{') return '{';
      if (whole === '}}') return '}';
      const item = name === '' ? positional[at++] : /^\d+$/.test(name) ? positional[Number(name)] : keywords.get(name);
      const piece = item && formatted(m, item, spec ?? '', conversion);
      if (piece === undefined) failed = true;
      return piece ?? '';
    },
  );
  return failed ? undefined : result;
};
