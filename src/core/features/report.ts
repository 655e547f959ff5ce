import type { Span, TextEdit } from '../text';

/** A fault, as an editor or a command line shows it. */
export interface ProblemReport {
  readonly span: Span;
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
  /** The calls that led there. */
  readonly related: readonly { readonly path: string; readonly span: Span; readonly message: string }[];
  /** The conditions under which it happens; absent where it happens whatever is given. */
  readonly assumes?: string;
  /** What mends it, where that is certain. */
  readonly fix?: Fix;
}

/** A change of the document that mends a finding. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}
