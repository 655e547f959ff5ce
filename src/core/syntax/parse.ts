import type { Chunk, Module, Node, Stmt, SyntaxFault } from './ast';
import { type Block, type Blocks, blocksOf, isCompound } from './lines/blocks';
import { earlierAnchors, headAnchors } from './lines/foreign';
import { type Layout, type Line, layout } from './lines/layout';
import { type Parsed, type Parser, parseTree } from './parser';
import { readBlock, readLine, type Source, segments } from './read';
import { withStandIns } from './stand-ins';

/** A module as it was parsed, with what the next parse of the same document can take over. Plain data. */
export interface ParsedModule extends Module {
  readonly pieces: readonly Piece[];
  /** Where the logical lines begin. */
  readonly lineStarts: readonly number[];
}

/** What one chunk was made from. */
export interface Piece {
  /** What the chunk is a function of: its text and, where a bracket was left open, the lines it was cut into. */
  readonly key: string;
  readonly start: number;
  readonly chunk: Chunk;
  /** The trees of its parts by their text. */
  readonly parsed: ReadonlyMap<string, Parsed>;
}

/**
 * Parses one file; never throws. With the previous state of the document, chunks whose text did not change are the
 * same objects, and of a changed class only the changed members are parsed. The result is that of a parse without
 * `previous`, except where a bracket or a string was left open: there the earlier lines tell what it swallowed.
 */
export const parseModule = (parser: Parser, text: string, previous?: ParsedModule): ParsedModule => {
  if (previous?.text === text) return previous;
  const laid = layoutOf(text, previous);
  const document: Document = { text, clean: cleaned(text, laid), laid, blocks: blocksOf(laid.lines) };
  const drafts = draftsOf(document);
  const earlier = takeOver(drafts, previous);
  const pieces = drafts.map((draft, index) => earlier.pieces[index] ?? read(parser, document, draft, earlier.parsed));
  return {
    text,
    chunks: pieces.map(({ start, chunk }) => ({ start, chunk })),
    comments: laid.comments,
    faults: faultsOf(laid, pieces),
    pieces,
    lineStarts: laid.lines.map((line) => line.lineStart),
  };
};

interface Document {
  readonly text: string;
  /** The text as the parser shall see it: comments blank, pasted characters as they were meant. */
  readonly clean: string;
  readonly laid: Layout;
  readonly blocks: Blocks;
}

/** The file's logical lines; only where something was left open are earlier lines, or heads, taken as anchors. */
const layoutOf = (text: string, previous: ParsedModule | undefined): Layout => {
  const afresh = layout(text);
  if (!afresh.lines.some((line) => line.cut)) return afresh;
  const anchored = previous ? layout(text, earlierAnchors(previous.text, text, previous.lineStarts)) : afresh;
  return anchored.runaway ? layout(text, headAnchors(text)) : anchored;
};

/** A chunk to be: a block at the margin, or one of several statements on its line. */
interface Draft {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly block: Block;
  readonly alone: boolean;
}

const draftsOf = ({ text, laid: { lines }, blocks: { blocks } }: Document): readonly Draft[] =>
  blocks.flatMap((block): readonly Draft[] => {
    const [first, last] = [lines[block.first], lines[block.last]];
    if (!first || !last) return [];
    if (first === last && first.semicolons.length > 0 && !isCompound(first)) {
      return segments(text, first, first.start, first.end).map(({ start: at, end }, index) => {
        const start = index === 0 ? marginOf(first) : at;
        return { key: text.slice(start, end), start, end, block, alone: false };
      });
    }
    const [start, end] = [marginOf(first), last.end];
    return [{ key: keyOf(text, lines.slice(block.first, block.last + 1), start, end), start, end, block, alone: true }];
  });

/** Where a chunk begins: white space before it, which Python refuses, belongs to it. */
const marginOf = (line: Line): number => (line.indent > 0 ? line.lineStart : line.start);

const keyOf = (text: string, lines: readonly Line[], start: number, end: number): string => {
  const source = text.slice(start, end);
  return lines.some((line) => line.cut) ? `${source}\0${lines.map((line) => line.start - start)}` : source;
};

interface TakenOver {
  /** The earlier piece of every draft that did not change. */
  readonly pieces: readonly (Piece | undefined)[];
  /** The trees of pieces that are gone. */
  readonly parsed: readonly ReadonlyMap<string, Parsed>[];
}

const takeOver = (drafts: readonly Draft[], previous: ParsedModule | undefined): TakenOver => {
  const known = new Map<string, Piece[]>();
  for (const piece of previous?.pieces ?? []) {
    const same = known.get(piece.key);
    if (same) same.push(piece);
    else known.set(piece.key, [piece]);
  }
  const pieces = drafts.map(({ key, start }) => {
    const piece = known.get(key)?.shift();
    return piece && { ...piece, start };
  });
  return { pieces, parsed: [...known.values()].flat().map((piece) => piece.parsed) };
};

const cleaned = (text: string, { comments, substitutes }: Layout): string => {
  const blanks = comments.map(({ start, end }) => ({ start, end, by: ' '.repeat(end - start) }));
  const changed = withStandIns(
    text,
    [...blanks, ...substitutes].sort((a, b) => a.start - b.start),
  );
  return changed.includes('\r') ? changed.replace(/\r(?!\n)/g, '\n') : changed;
};

const read = (parser: Parser, document: Document, draft: Draft, earlier: TakenOver['parsed']): Piece => {
  const { key, start, end, block, alone } = draft;
  const { text, clean, laid, blocks } = document;
  const parsed = new Map<string, Parsed>();
  const parse = (unit: string): Parsed => {
    const known = parsed.get(unit) ?? earlier.find((trees) => trees.has(unit))?.get(unit) ?? parseTree(parser, unit);
    parsed.set(unit, known);
    return known;
  };
  const found = laid.faults.filter((fault) => isWithin(fault, draft));
  const isReported = (from: number, to: number): boolean =>
    found.some((fault) => isWithin(fault, { start: from, end: to }));
  const skewed = indentFaults(laid.lines, blocks, block).filter((fault) => isWithin(fault, draft));
  const faults = [...found, ...skewed].map((fault) => moved(fault, -start));
  const source: Source = {
    ...{ text: clean, lines: laid.lines, origin: start, parse, isReported },
    state: { faults, yields: 0, depth: 0 },
  };
  const first = end - clean.slice(start, end).trimStart().length;
  const statements = alone ? readBlock(source, block) : readLine(source, first, end);
  faults.sort((a, b) => a.start - b.start);
  const broken = faults.length > 0;
  const stmt = onlyOne(statements, end - start);
  return { key, start, chunk: { text: text.slice(start, end), stmt, broken, ...(broken && { faults }) }, parsed };
};

const isWithin = (inner: Node, outer: Node): boolean => outer.start <= inner.start && inner.end <= outer.end;

const moved = (fault: SyntaxFault, by: number): SyntaxFault => ({
  ...fault,
  start: fault.start + by,
  end: fault.end + by,
});

const onlyOne = (statements: readonly Stmt[], length: number): Stmt => {
  const [only, more] = statements;
  return only && !more ? only : { kind: 'ErrorStmt', start: 0, end: length, body: statements };
};

const indentFaults = (lines: readonly Line[], { faults }: Blocks, block: Block): readonly SyntaxFault[] => {
  if (!block.skewed) return [];
  const skewed = [...faults.keys()].filter((line) => block.first <= line && line <= block.last);
  return skewed.map((line) => {
    const { lineStart = 0, start = 0 } = lines[line] ?? {};
    return { kind: 'error', start: lineStart, end: start, about: 'indentation' };
  });
};

/** The faults of all chunks and those that lie between them. */
const faultsOf = (laid: Layout, pieces: readonly Piece[]): readonly SyntaxFault[] => {
  const inside = pieces.flatMap(({ start, chunk }) => (chunk.faults ?? []).map((fault) => moved(fault, start)));
  if (laid.faults.length === 0) return inside;
  const places = pieces.map(({ start, chunk }) => ({ start, end: start + chunk.text.length }));
  const between = laid.faults.filter((fault) => !places.some((place) => isWithin(fault, place)));
  return [...inside, ...between].sort((a, b) => a.start - b.start);
};
