/** A value as the formats of Python see it. */
export type Formatted =
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number };

/** Longer texts and more digits than these are not made. */
const MOST = 100;

const SPEC = /^(?:(.)?([<>^=]))?([+ -])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;

/** A value under a specification of Python's format language, such as `02d` or `.2f`; undefined where it has none such. */
export const underSpec = (given: Formatted, spec: string): string | undefined => {
  const match = SPEC.exec(spec);
  if (!match) return undefined;
  const [, fill, align, sign, alternate, zero, width = '0', group, digits, type] = match;
  const precision = digits === undefined ? undefined : Number(digits);
  if (Number(width) > MOST || (precision ?? 0) > MOST) return undefined;
  const place = { fill: fill ?? (zero ? '0' : ' '), width: Number(width) };
  if (given.kind === 'str') {
    if ((type !== undefined && type !== 's') || sign || group || align === '=') return undefined;
    return padded('', given.value.slice(0, precision ?? undefined), align ?? '<', place);
  }
  const body = digitsOf(given, type, precision, alternate !== undefined);
  if (body === undefined) return undefined;
  const isNegative = given.value < 0 || Object.is(given.value, -0);
  const mark = isNegative ? '-' : sign === '+' || sign === ' ' ? sign : '';
  return padded(mark, group ? grouped(body, group) : body, align ?? (zero ? '=' : '>'), place);
};

interface Place {
  readonly fill: string;
  readonly width: number;
}

const padded = (mark: string, body: string, align: string, { fill, width }: Place): string => {
  const missing = Math.max(0, width - [...mark, ...body].length);
  const left = align === '>' ? missing : align === '^' ? missing >> 1 : 0;
  if (align === '=') return mark + fill.repeat(missing) + body;
  return fill.repeat(left) + mark + body + fill.repeat(missing - left);
};

/** A number without its sign. */
const digitsOf = (
  { kind, value }: Formatted & { readonly value: number },
  type: string | undefined,
  precision: number | undefined,
  alternate: boolean,
): string | undefined => {
  const size = Math.abs(value);
  const radix = type === undefined ? undefined : RADIX[type];
  if (radix) {
    const text = `${alternate ? `0${type}` : ''}${size.toString(radix)}`;
    if (kind !== 'int' || precision !== undefined) return undefined;
    return type === 'X' ? text.toUpperCase() : text;
  }
  if (!Number.isFinite(size)) return undefined;
  switch (type) {
    case undefined:
      if (precision !== undefined) return undefined;
      return kind === 'int' ? String(size) : pythonFloat(size);
    case 'd':
      return kind === 'int' && precision === undefined ? String(size) : undefined;
    case 'f':
    case 'F':
      return fixed(size, precision ?? 6);
    case 'e':
      return exponential(size, precision ?? 6);
    case 'g':
      return alternate ? undefined : general(size, precision ?? 6);
    case '%':
      return `${fixed(size * 100, precision ?? 6)}%`;
    default:
      return undefined;
  }
};

const RADIX: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 };

const grouped = (body: string, by: string): string => {
  const [whole = '', ...rest] = body.split('.');
  return [whole.replace(/\B(?=(?:\d{3})+$)/g, by), ...rest].join('.');
};

/** A number with so many digits behind the point; a half goes to the even digit, where it is one exactly. */
export const fixed = (size: number, digits: number): string => {
  if (size >= 1e21 || digits > MOST - 40) return size.toFixed(Math.min(digits, MOST));
  const exact = size.toFixed(MOST);
  const cut = exact.length - MOST + digits;
  const below = digits === 0 ? exact.slice(0, cut - 1) : exact.slice(0, cut);
  const isHalf = /^5?0*$/.test(exact.slice(cut)) && exact[cut] === '5';
  return isHalf && Number(below.at(-1)) % 2 === 0 ? below : size.toFixed(digits);
};

const exponential = (size: number, digits: number): string =>
  size.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');

const general = (size: number, digits: number): string => {
  const most = Math.max(1, digits);
  const exponent = Number(size.toExponential(most - 1).split('e')[1]);
  const isFixed = exponent >= -4 && exponent < most;
  const text = isFixed ? fixed(size, most - 1 - exponent) : exponential(size, most - 1);
  return text.includes('.') ? text.replace(/\.?0+(?=$|e)/, '') : text;
};

/** `repr` of a float: the shortest digits that read back as it. */
export const pythonFloat = (value: number): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16)
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return Number.isInteger(value) ? `${value}.0` : String(value);
};
