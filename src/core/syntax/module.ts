import type { Node } from './expr';
import type { Stmt } from './stmt';

/** A top-level statement with its text; the unit of reuse. Nodes inside have places relative to `start`. */
export interface Chunk {
  readonly text: string;
  /** The statement; decorators are before its `start`, inside the chunk. */
  readonly stmt: Stmt;
  /** Whether a syntax error lies inside; what could not be read is an ErrorExpr or an ErrorStmt. */
  readonly broken: boolean;
  /** What is wrong inside, with places relative to the chunk; empty unless `broken`. */
  readonly faults?: readonly SyntaxFault[];
}

export interface Comment extends Node {
  /** With its `#`. `start` and `end` are offsets in the document. */
  readonly text: string;
  /** Whether nothing but white space stands before it on its line. */
  readonly ownLine: boolean;
}

export interface SyntaxFault extends Node {
  readonly kind: 'error' | 'missing';
  /** What is missing, when the parser knows. */
  readonly expected?: string;
  /** What an error is about, when it is not the order of tokens. */
  readonly about?: 'indentation' | 'character';
  /** What a character that Python refuses was read as. */
  readonly meant?: string;
}

/** One file. `chunks[i].start` is where the chunk's text begins in the document. */
export interface Module {
  readonly text: string;
  readonly chunks: readonly PlacedChunk[];
  readonly comments: readonly Comment[];
  readonly faults: readonly SyntaxFault[];
}
export interface PlacedChunk {
  readonly start: number;
  readonly chunk: Chunk;
}
