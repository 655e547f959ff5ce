/**
 * The encoding that a text declares in one of its first two lines, as PEP 263 reads it: a comment that holds
 * `coding:` or `coding=` and a name, the second line only below a blank one or a comment. `undefined` without one.
 */
export const encodingCookie = (text: string): string | undefined => {
  const [first = '', second = ''] = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/, 2);
  return cookieIn(first) ?? (blankOrComment.test(first) ? cookieIn(second) : undefined);
};

const blankOrComment = /^[ \t\f]*(?:#|$)/;
const cookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

const cookieIn = (line: string): string | undefined => cookie.exec(line)?.[1];
