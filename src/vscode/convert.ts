import {
  CodeLens,
  type Command,
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Hover,
  InlayHint,
  InlayHintKind,
  Location,
  MarkdownString,
  Position,
  Range,
  type TextDocument,
  TextEdit,
  type Uri,
} from 'vscode';
import {
  type Analysis,
  type Hint,
  type Hover as HoverText,
  type Lens,
  lineIndex,
  type Place,
  type ProblemReport,
  positionAt,
  type Span,
  type TextEdit as SpanEdit,
} from '../core';

/** Lines of the text that offsets count in. */
type Lines = Analysis['lines'];

/** The place of an offset in the text that was analysed. */
export const toPosition = (lines: Lines, offset: number): Position => {
  const { line, character } = positionAt(lines, offset);
  return new Position(line, character);
};

export const toRange = (lines: Lines, { start, end }: Span): Range =>
  new Range(toPosition(lines, start), toPosition(lines, end));

export const toHover = (lines: Lines, { span, markdown }: HoverText): Hover =>
  new Hover(new MarkdownString(markdown), toRange(lines, span));

export const toInlayHint = (lines: Lines, { offset, label, tooltip }: Hint): InlayHint => {
  const hint = new InlayHint(toPosition(lines, offset), label, InlayHintKind.Type);
  if (tooltip !== undefined) hint.tooltip = new MarkdownString().appendText(tooltip);
  return hint;
};

const LENS_COMMANDS = {
  annotate: 'tensorscribe.annotateClass',
  shapes: 'tensorscribe.openShapePanel',
  diagram: 'tensorscribe.openDiagram',
} as const satisfies Record<Lens['kind'], string>;

export const toCodeLens = (lines: Lines, uri: Uri, { span, title, kind, className }: Lens): CodeLens => {
  const command: Command = { title, command: LENS_COMMANDS[kind], arguments: [uri, className] };
  return new CodeLens(toRange(lines, span), command);
};

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
} as const satisfies Record<ProblemReport['severity'], DiagnosticSeverity>;

/** `uri` is the document's; what is related lies in the same document or in one that it imports. */
export const toDiagnostic = (
  { lines, path }: Analysis,
  uri: Uri,
  { span, code, severity, message, related }: ProblemReport,
): Diagnostic => {
  const diagnostic = new Diagnostic(toRange(lines, span), message, SEVERITIES[severity]);
  diagnostic.source = 'TensorScribe';
  diagnostic.code = code;
  diagnostic.relatedInformation = related
    .filter((other) => other.path === path)
    .map((other) => new DiagnosticRelatedInformation(new Location(uri, toRange(lines, other.span)), other.message));
  return diagnostic;
};

/** Edits of a text as edits of the document that holds it. */
export const toTextEdits = (text: string, edits: readonly SpanEdit[]): readonly TextEdit[] => {
  const lines = lineIndex(text);
  return edits.map((edit) => new TextEdit(toRange(lines, edit), edit.newText));
};

/** A span of a document as it stands now; one that lies beyond its end is cut. */
export const documentRange = (document: TextDocument, { start, end }: Span): Range =>
  new Range(document.positionAt(start), document.positionAt(end));

/** The place of the cursor or of the selection in a document. */
export const documentPlace = (document: TextDocument, range: Range): Place => ({
  path: document.uri.path,
  start: document.offsetAt(range.start),
  end: document.offsetAt(range.end),
});
