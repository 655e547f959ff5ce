import { breakLength, scan, skipBlanks } from './lines/lex';
import { lineEnd } from './lines/literal-end';

/**
 * Whether two texts are the same program to Python: the same tokens in the same logical lines at the same
 * indentation, comments and blank lines aside. Strict by intent: strings are compared as they are written, and so is
 * the white space that indents a line. It guards every edit that writes comments.
 */
export const sameTokens = (a: string, b: string): boolean => {
  const [left, right]: readonly [State, State] = [begin(a), begin(b)];
  for (;;) {
    const [one, other] = [next(left), next(right)];
    if (one !== other) return false;
    if (one === undefined) return true;
  }
};

interface State {
  readonly text: string;
  at: number;
  depth: number;
  /** Whether the next token starts a logical line. */
  fresh: boolean;
}

const begin = (text: string): State => ({ text, at: text.charCodeAt(0) === 0xfeff ? 1 : 0, depth: 0, fresh: true });

/** The next token with a mark of its kind; the first of a line with the line's indentation. */
const next = (state: State): string | undefined => {
  const { text } = state;
  let lineStart = state.at;
  for (;;) {
    const at = skipBlanks(text, state.at);
    state.at = at;
    if (at >= text.length) return endOfText(state);
    const length = breakLength(text, at);
    if (length > 0) {
      state.at = at + length;
      lineStart = state.at;
      if (state.depth > 0 || state.fresh) continue;
      state.fresh = true;
      return 'newline';
    }
    if (text[at] === '#') state.at = lineEnd(text, at);
    else if (text[at] === '\\') return join(state);
    else return token(state, lineStart);
  }
};

/** A text without a final line break ends its last line all the same. */
const endOfText = (state: State): string | undefined => {
  if (state.fresh) return undefined;
  state.fresh = true;
  return 'newline';
};

/** A backslash joins lines; where it stands matters more than its effect, so it counts as a token. */
const join = (state: State): string => {
  const behind = state.at + 1;
  state.at = behind + breakLength(state.text, behind);
  return state.at === behind ? 'backslash' : 'join';
};

const token = (state: State, lineStart: number): string => {
  const { kind, start, end } = scan(state.text, state.at);
  const text = state.text.slice(start, end);
  if (kind === 'operator' && '([{'.includes(text)) state.depth++;
  else if (kind === 'operator' && ')]}'.includes(text)) state.depth = Math.max(0, state.depth - 1);
  state.at = end;
  if (!state.fresh) return `${kind} ${text}`;
  state.fresh = false;
  return `indent ${state.text.slice(lineStart, start)}${kind} ${text}`;
};
