/**
 * Characters that word processors, chat windows and Chinese input methods leave in code, with what was meant.
 * Python refuses each of them; reading on with what was meant keeps the code around them readable.
 */
const meant: ReadonlyMap<string, string> = new Map([
  ...pairs('（）［］｛｝，：；．＝＋－＊／％＜＞＠＆｜～＾！', '()[]{},:;.=+-*/%<>@&|~^!'),
  ...pairs('【】、。–—−×', '[],.---*'),
  ...[...'\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'].map(
    (blank): readonly [string, string] => [blank, ' '],
  ),
  ...[...'\u200b\u200c\u200d\u2060\ufeff'].map((nothing): readonly [string, string] => [nothing, ' ']),
]);

function pairs(from: string, to: string): readonly (readonly [string, string])[] {
  return [...from].map((char, index) => [char, to[index] ?? ' ']);
}

/** The character of Python that was meant by `char`, a blank for white space that is none to Python. */
export const meantBy = (char: string): string | undefined => meant.get(char);

/** A literal between typographic quotes on one line, from `at`; `inner` is what stands between the quotes. */
export const quotedEnd = (text: string, at: number): number | undefined => {
  typographic.lastIndex = at;
  return typographic.test(text) ? typographic.lastIndex : undefined;
};

const typographic = /[“”„][^“”„"\\\r\n]*[“”"]|[‘’‚][^‘’‚'\\\r\n]*[‘’']/y;
