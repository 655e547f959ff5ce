import { bool, int, LONGEST_TEXT, list, str, tuple, unknown, type Value } from '../../values';
import { resolve } from '../branch';
import { raise } from '../faults';
import { braceFormat, text } from '../format';
import { allItems } from '../iteration';
import { textValue } from '../partial-text';
import type { NativeCall, NativeTable } from './native';

const NODE = { start: 0, end: 0 };

/** Runs `use` with the text and the texts given; unknown where one is not known, or where to begin or end is said. */
const plain =
  (use: (self: string, args: readonly string[]) => Value) =>
  ({ m, self, args }: NativeCall): Value => {
    if (self?.kind !== 'str') return unknown('a text that is not known');
    const given = args.positional.map((v) => resolve(m, v)).filter((v) => v.kind !== 'none');
    const texts = given.flatMap((v) => (v.kind === 'str' ? [v.value] : []));
    return texts.length === given.length ? use(self.value, texts) : unknown('a text that is not known');
  };

const affix =
  (test: (self: string, part: string) => boolean) =>
  ({ m, self, at }: NativeCall): Value => {
    const part = resolve(m, at(0) ?? str(''));
    if (self?.kind !== 'str') return unknown('a text that is not known');
    const parts: readonly Value[] = part.kind === 'tuple' ? part.items : [part];
    if (parts.some((p) => p.kind !== 'str')) return unknown('a text that is not known');
    return bool(parts.some((p) => p.kind === 'str' && test(self.value, p.value)));
  };

const split =
  (backwards: boolean) =>
  ({ m, self, at }: NativeCall): Value => {
    const by = resolve(m, at(0, 'sep') ?? str(''));
    const most = resolve(m, at(1, 'maxsplit') ?? int(-1));
    if (self?.kind !== 'str' || (by.kind !== 'str' && by.kind !== 'none')) return unknown('a text that is not known');
    const isBlank = by.kind === 'none' || by.value === '';
    const parts = isBlank ? self.value.split(/\s+/).filter(Boolean) : self.value.split(by.value);
    const limit = most.kind === 'int' && typeof most.value === 'number' ? most.value : -1;
    const glue = by.kind === 'str' && by.value !== '' ? by.value : ' ';
    if (limit < 0 || parts.length <= limit + 1) return list(parts.map(str));
    const joined = backwards
      ? [parts.slice(0, parts.length - limit).join(glue), ...parts.slice(parts.length - limit)]
      : [...parts.slice(0, limit), parts.slice(limit).join(glue)];
    return list(joined.map(str));
  };

const trim = (self: string, chars: string | undefined, side: 'both' | 'left' | 'right'): string => {
  const drop = (c: string | undefined): boolean =>
    c !== undefined && (chars === undefined ? /\s/.test(c) : chars.includes(c));
  let [from, to] = [0, self.length];
  if (side !== 'right') while (from < to && drop(self[from])) from++;
  if (side !== 'left') while (to > from && drop(self[to - 1])) to--;
  return self.slice(from, to);
};

const replaced = ({ m, self, at }: NativeCall): Value => {
  const [from, to, count] = [at(0, 'old'), at(1, 'new'), at(2, 'count') ?? int(-1)].map((v) => v && resolve(m, v));
  if (self?.kind !== 'str' || from?.kind !== 'str' || to?.kind !== 'str' || count?.kind !== 'int')
    return unknown('a text that is not known');
  if (from.value === '' || typeof count.value !== 'number' || count.value < -1) return unknown('replace()');
  const parts = self.value.split(from.value);
  if (self.value.length + (parts.length - 1) * to.value.length > LONGEST_TEXT) return unknown('a long text');
  if (count.value === -1) return str(parts.join(to.value));
  const head = parts.slice(0, count.value + 1).join(to.value);
  return str([head, ...parts.slice(count.value + 1)].join(from.value));
};

/** A text that is made as long as is said, by a character on either side. */
const padded =
  (side: 'left' | 'right' | 'both', filler?: string) =>
  ({ m, self, at }: NativeCall): Value => {
    const [width, fill] = [resolve(m, at(0) ?? int(0)), resolve(m, at(1) ?? str(filler ?? ' '))];
    if (self?.kind !== 'str' || fill.kind !== 'str' || width.kind !== 'int' || typeof width.value !== 'number')
      return unknown('a text that is not known');
    const missing = width.value - self.value.length;
    if (missing <= 0) return self;
    if (width.value > LONGEST_TEXT) return unknown('a long text');
    // An odd character more stands on the left where the whole is odd, as CPython has it.
    const left = side === 'left' ? missing : side === 'right' ? 0 : (missing >> 1) + (missing & width.value & 1);
    return str(fill.value.repeat(left) + self.value + fill.value.repeat(missing - left));
  };

/** Zeros stand behind a sign. */
const zeroFilled = (call: NativeCall): Value => {
  const sign = call.self?.kind === 'str' ? /^[-+]/.exec(call.self.value)?.[0] : undefined;
  return sign ? unknown('zfill() of a number with a sign') : padded('left', '0')(call);
};

export const textMethods: NativeTable = {
  'str.format': ({ m, self, args }) => {
    if (self?.kind !== 'str') return unknown('a formatted text');
    return textValue(braceFormat(m, self.value, args.positional, args.keywords));
  },
  'str.join': ({ m, self, at, node }) => {
    const items = allItems(m, resolve(m, at(0) ?? str('')), node ?? NODE)?.map((v) => text(m, v));
    if (self?.kind !== 'str' || !items || items.includes(undefined)) return unknown('a text that is not known');
    const length = items.reduce((sum, item) => sum + (item?.length ?? 0) + self.value.length, 0);
    return length > LONGEST_TEXT ? unknown('a long text') : str(items.join(self.value));
  },
  'str.split': split(false),
  'str.rsplit': split(true),
  'str.startswith': affix((s, p) => s.startsWith(p)),
  'str.endswith': affix((s, p) => s.endsWith(p)),
  'str.replace': replaced,
  'str.lower': plain((s) => str(s.toLowerCase())),
  'str.casefold': plain((s) => str(s.toLowerCase())),
  'str.upper': plain((s) => str(s.toUpperCase())),
  'str.capitalize': plain((s) => str(s.slice(0, 1).toUpperCase() + s.slice(1).toLowerCase())),
  'str.title': plain((s) =>
    str(s.replace(/[A-Za-z]+/g, (w) => w.slice(0, 1).toUpperCase() + w.slice(1).toLowerCase())),
  ),
  'str.strip': plain((s, [chars]) => str(trim(s, chars, 'both'))),
  'str.lstrip': plain((s, [chars]) => str(trim(s, chars, 'left'))),
  'str.rstrip': plain((s, [chars]) => str(trim(s, chars, 'right'))),
  'str.removeprefix': plain((s, [p = '']) => str(s.startsWith(p) ? s.slice(p.length) : s)),
  'str.removesuffix': plain((s, [p = '']) => str(p !== '' && s.endsWith(p) ? s.slice(0, -p.length) : s)),
  'str.isdigit': plain((s) => bool(/^\p{Nd}+$/u.test(s))),
  'str.isnumeric': plain((s) => bool(/^\p{Nd}+$/u.test(s))),
  'str.isalpha': plain((s) => bool(/^\p{L}+$/u.test(s))),
  'str.isupper': plain((s) => bool(s === s.toUpperCase() && s !== s.toLowerCase())),
  'str.islower': plain((s) => bool(s === s.toLowerCase() && s !== s.toUpperCase())),
  'str.isidentifier': plain((s) => bool(/^[A-Za-z_]\w*$/.test(s))),
  'str.find': plain((s, [p = '']) => int(s.indexOf(p))),
  'str.rfind': plain((s, [p = '']) => int(s.lastIndexOf(p))),
  'str.index': (call) => {
    const place = plain((s, [p = '']) => int(s.indexOf(p)))(call);
    if (place.kind !== 'int' || place.value !== -1) return place;
    return call.m.tries > 0 ? raise(call.m, 'ValueError', 'index', undefined) : unknown('index()');
  },
  'str.count': plain((s, [p = '']) => int(p === '' ? s.length + 1 : s.split(p).length - 1)),
  'str.partition': plain((s, [p = '']) => {
    const at = s.indexOf(p);
    return at < 0
      ? tuple([str(s), str(''), str('')])
      : tuple([str(s.slice(0, at)), str(p), str(s.slice(at + p.length))]);
  }),
  'str.rpartition': plain((s, [p = '']) => {
    const at = s.lastIndexOf(p);
    return at < 0
      ? tuple([str(''), str(''), str(s)])
      : tuple([str(s.slice(0, at)), str(p), str(s.slice(at + p.length))]);
  }),
  'str.zfill': zeroFilled,
  'str.rjust': padded('left'),
  'str.ljust': padded('right'),
  'str.center': padded('both'),
  'str.swapcase': plain((s) =>
    str([...s].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('')),
  ),
  'str.isalnum': plain((s) => bool(/^[\p{L}\p{N}]+$/u.test(s))),
  'str.isspace': plain((s) => bool(/^\s+$/.test(s))),
  'str.splitlines': plain((s) =>
    list(
      s === ''
        ? []
        : s
            .replace(/\r?\n$/, '')
            .split(/\r?\n/)
            .map(str),
    ),
  ),
  'str.encode': () => unknown('bytes'),
};
