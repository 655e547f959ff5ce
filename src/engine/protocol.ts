import type { Document, GivenTexts } from '../core';
import type { Query } from './queries';

/** Where the imports of a document are looked up: among the shared files whose name is `place` and a path. */
export interface Roots {
  readonly place: string;
  readonly roots: readonly string[];
}

/** What the engine is told and does not answer. */
export type Told =
  | { readonly type: 'parser'; readonly runtime: Uint8Array; readonly grammar: Uint8Array }
  /** A file that documents may import, by its place and path; `null` when it is not there any more. */
  | { readonly type: 'file'; readonly name: string; readonly text: string | null }
  /** A folder that exists, or not any more. */
  | { readonly type: 'folder'; readonly name: string; readonly exists: boolean }
  | { readonly type: 'close'; readonly held: number };

/** What the engine answers: it holds an analysis under a number from then on, or it says something of one. */
export type Request =
  | { readonly type: 'analyze'; readonly held: number; readonly document: Document; readonly roots: Roots }
  /** The document of another analysis with what a reader has said of one class. */
  | {
      readonly type: 'give';
      readonly held: number;
      readonly of: number;
      readonly className: string;
      readonly texts: GivenTexts;
    }
  | { readonly type: 'ask'; readonly held: number; readonly query: Query; readonly args: readonly unknown[] };

/** The answer to the last request; `undefined` also where the analysis is not held any more. */
export type Reply = { readonly answer: unknown } | { readonly error: string };

/** One end of a line: messages are copied, and each arrives as a task of its own. */
export interface Port<Sent, Received> {
  readonly post: (message: Sent) => void;
  readonly listen: (take: (message: Received) => void) => void;
  /** Is told why the other end is gone. */
  readonly onGone: (tell: (reason: string) => void) => void;
  readonly close: () => void;
}

/** The end of the line at which questions are put. */
export interface AskingPort extends Port<Told | Request, Reply> {
  /** Says that nobody wants the answer to the last request: it is `undefined` where it takes longer. */
  readonly giveUp: () => void;
}
/** The end at which the engine works. */
export interface WorkingPort extends Pick<Port<Reply, Told | Request>, 'post' | 'listen'> {
  /** Whether somebody wants the answer to the message that was taken last. */
  readonly isWanted: () => boolean;
}
