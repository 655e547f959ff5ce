import type { Line } from './layout';

/** A statement as its lines show it, before its words are parsed. Numbers are indices of lines. */
export interface Block {
  /** The first line, that of a decorator if there is one. */
  readonly first: number;
  readonly last: number;
  /** The head and what continues it at the same indentation: `else`, `except` and the like. */
  readonly clauses: readonly Clause[];
  /** Whether the indentation of a line inside, or of the statement itself, is wrong. */
  readonly skewed: boolean;
}

export interface Clause {
  readonly line: number;
  readonly body: readonly Block[];
}

/** What is wrong with the indentation of a line. */
export type IndentFault = 'unexpected indent' | 'unmatched dedent';

export interface Blocks {
  readonly blocks: readonly Block[];
  readonly faults: ReadonlyMap<number, IndentFault>;
}

/**
 * The statements of a text by indentation alone, so that what is wrong inside of one leaves the others as they are.
 * Every line belongs to one block; lines that are indented for no reason are statements of their own.
 */
export const blocksOf = (lines: readonly Line[]): Blocks => {
  const state: State = { lines, faults: new Map(), at: 0 };
  return { blocks: siblings(state, -1, 0, 0), faults: state.faults };
};

/** Whether a line heads a block, seen by its first word. */
export const isCompound = ({ word }: Pick<Line, 'word'>): boolean => compound.has(word);

const compound: ReadonlySet<string> = new Set(
  'if elif else for while try except finally with def class async match case'.split(' '),
);
/** The words that continue a statement, by the one that it starts with. */
const continuing: ReadonlyMap<string, readonly string[]> = new Map([
  ['if', ['elif', 'else']],
  ['for', ['else']],
  ['while', ['else']],
  ['async', ['else']],
  ['try', ['except', 'else', 'finally']],
]);
/** CPython refuses more levels of indentation; below, every line is a statement of its own. */
const deepest = 100;

interface State {
  readonly lines: readonly Line[];
  readonly faults: Map<number, IndentFault>;
  at: number;
}

/** The statements deeper than `outer`, of which the first is at column `indent`. */
const siblings = (state: State, outer: number, indent: number, depth: number): Block[] => {
  const blocks: Block[] = [];
  for (let line = state.lines[state.at]; line !== undefined && line.indent > outer; line = state.lines[state.at]) {
    blocks.push(block(state, indent, depth));
  }
  return blocks;
};

const block = (state: State, indent: number, depth: number): Block => {
  const first = state.at;
  const column = state.lines[first]?.indent ?? 0;
  if (column > indent) state.faults.set(first, 'unexpected indent');
  else if (column < indent) state.faults.set(first, 'unmatched dedent');
  skipDecorators(state, column);
  const clauses = [clause(state, column, depth)];
  const words = continuing.get(state.lines[clauses[0]?.line ?? first]?.word ?? '') ?? [];
  while (continues(state, column, words)) clauses.push(clause(state, column, depth));
  const last = state.at - 1;
  return { first, last, clauses, skewed: isSkewed(state, first, last) };
};

const skipDecorators = (state: State, column: number): void => {
  for (;;) {
    const next = state.lines[state.at + 1];
    if (state.lines[state.at]?.word !== '@' || next?.indent !== column) return;
    if (next.word !== '@' && next.word !== 'def' && next.word !== 'class' && next.word !== 'async') return;
    state.at++;
  }
};

const continues = ({ lines, at }: State, column: number, words: readonly string[]): boolean => {
  const line = lines[at];
  return line !== undefined && line.indent === column && words.includes(line.word);
};

const clause = (state: State, column: number, depth: number): Clause => {
  const index = state.at++;
  const line = state.lines[index];
  const next = state.lines[state.at];
  const deeper = next !== undefined && next.indent > column;
  if (!line || !deeper || !isCompound(line) || depth > deepest) return { line: index, body: [] };
  return { line: index, body: siblings(state, column, next.indent, depth + 1) };
};

const isSkewed = ({ faults }: State, first: number, last: number): boolean => {
  if (faults.size === 0) return false;
  for (let line = first; line <= last; line++) if (faults.has(line)) return true;
  return false;
};
