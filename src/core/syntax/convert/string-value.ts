/**
 * The value of the text between a literal's quotes. A line break is `\n` however the file writes it; `\N{…}` stays as
 * it stands, for the names of Unicode are not at hand.
 */
export const stringValue = (inner: string, raw: boolean, bytes: boolean): string => {
  const text = inner.includes('\r') ? inner.replace(/\r\n?/g, '\n') : inner;
  if (raw || !text.includes('\\')) return text;
  return text.replace(bytes ? byteEscape : textEscape, (whole, body: string) => character(whole, body));
};

const byteEscape = /\\(\n|[\\'"abfnrtv]|[0-7]{1,3}|x[\da-fA-F]{2})/g;
const textEscape = /\\(\n|[\\'"abfnrtv]|[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/g;

const simple: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const character = (whole: string, body: string): string => {
  const known = simple[body];
  if (known !== undefined) return known;
  const code = /^[xuU]/.test(body) ? Number.parseInt(body.slice(1), 16) : Number.parseInt(body, 8);
  return code > 0x10ffff ? whole : String.fromCodePoint(code);
};
