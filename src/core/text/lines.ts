/** A place in a document: zero-based line, zero-based UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The starts of the lines of one text; turns offsets into positions and back. */
export interface LineIndex {
  readonly text: string;
  readonly starts: readonly number[];
}

/** Line breaks are `\n`, `\r\n` and a lone `\r`, as in VS Code and in Python's tokenizer. */
export const lineIndex = (text: string): LineIndex => {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return { text, starts };
};

/** The line that holds `offset`, by bisection. */
export const lineAt = ({ starts }: LineIndex, offset: number): number => {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
};

export const positionAt = (index: LineIndex, offset: number): Position => {
  const line = lineAt(index, offset);
  return { line, character: offset - (index.starts[line] ?? 0) };
};

/** The text of a line without its line break. */
export const lineText = ({ text, starts }: LineIndex, line: number): string =>
  text.slice(starts[line] ?? text.length, starts[line + 1] ?? text.length).replace(/[\r\n]+$/, '');
