import {
  CodeAction,
  CodeActionKind,
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
  Uri,
  WorkspaceEdit,
} from 'vscode';
import {
  type Hint,
  type Hover as HoverText,
  type Lens,
  type LineIndex,
  lineIndex,
  type OfferedFix,
  type OfferedRefactoring,
  type Place,
  PROBLEM_PAGES,
  type ProblemReport,
  positionAt,
  type Span,
  type TextEdit as SpanEdit,
} from '../core';
import type { Opened } from '../engine';

/** The place of an offset in the text that was analysed. */
export const toPosition = (lines: LineIndex, offset: number): Position => {
  const { line, character } = positionAt(lines, offset);
  return new Position(line, character);
};

export const toRange = (lines: LineIndex, { start, end }: Span): Range =>
  new Range(toPosition(lines, start), toPosition(lines, end));

/** What a hover links to is the one command that it may run. */
export const toHover = (lines: LineIndex, uri: Uri, { span, markdown, folding }: HoverText): Hover => {
  const text = new MarkdownString(markdown);
  if (folding) {
    const command = LENS_COMMANDS.kernel;
    text.isTrusted = { enabledCommands: [command] };
    const given = encodeURIComponent(JSON.stringify([uri, folding.className]));
    text.appendMarkdown(`\n\n[${folding.title}](command:${command}?${given})`);
  }
  return new Hover(text, toRange(lines, span));
};

export const toInlayHint = (lines: LineIndex, { offset, label, tooltip }: Hint): InlayHint => {
  const hint = new InlayHint(toPosition(lines, offset), label, InlayHintKind.Type);
  if (tooltip !== undefined) hint.tooltip = new MarkdownString().appendText(tooltip);
  return hint;
};

const LENS_COMMANDS = {
  annotate: 'tensorscribe.annotateClass',
  kernel: 'tensorscribe.openKernels',
  shapes: 'tensorscribe.openShapePanel',
  diagram: 'tensorscribe.openDiagram',
} as const satisfies Record<Lens['kind'], string>;

export const toCodeLens = (lines: LineIndex, uri: Uri, { span, title, kind, className }: Lens): CodeLens => {
  const command: Command = { title, command: LENS_COMMANDS[kind], arguments: [uri, className] };
  return new CodeLens(toRange(lines, span), command);
};

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
} as const satisfies Record<ProblemReport['severity'], DiagnosticSeverity>;

/** `uri` is the document's and `path` what its analysis calls it; what is related lies in the same document or in one that it imports. */
export const toDiagnostic = (
  lines: LineIndex,
  path: string,
  uri: Uri,
  { span, code, severity, message, related }: ProblemReport,
): Diagnostic => {
  const diagnostic = new Diagnostic(toRange(lines, span), message, SEVERITIES[severity]);
  diagnostic.source = 'TensorScribe';
  diagnostic.code = PROBLEM_PAGES.includes(code) ? { value: code, target: pageLink(code) } : code;
  diagnostic.relatedInformation = related
    .filter((other) => other.path === path)
    .map((other) => new DiagnosticRelatedInformation(new Location(uri, toRange(lines, other.span)), other.message));
  return diagnostic;
};

/** A link that opens the page of a finding. */
const pageLink = (code: string): Uri =>
  Uri.parse(`command:tensorscribe.explainProblem?${encodeURIComponent(JSON.stringify([code]))}`);

/** `shown` are the diagnostics that the editor asks about: the one that the fix is for is tied to it. */
export const toCodeAction = (
  { text }: Opened,
  uri: Uri,
  offered: OfferedFix | OfferedRefactoring,
  shown: readonly Diagnostic[],
): CodeAction => {
  const action = new CodeAction(
    offered.title,
    offered.kind === 'refactoring' ? CodeActionKind.RefactorRewrite : CodeActionKind.QuickFix,
  );
  action.edit = new WorkspaceEdit();
  action.edit.set(uri, [...toTextEdits(text, offered.edits)]);
  if (offered.kind === 'refactoring') return action;
  action.isPreferred = offered.preferred;
  const range = toRange(lineIndex(text), offered.span);
  action.diagnostics = shown.filter((other) => codeOf(other) === offered.code && other.range.isEqual(range));
  return action;
};

const codeOf = ({ code }: Diagnostic): unknown => (typeof code === 'object' ? code.value : code);

/** Edits of a text as edits of the document that holds it. */
export const toTextEdits = (text: string, edits: readonly SpanEdit[]): readonly TextEdit[] => {
  const lines = lineIndex(text);
  return edits.map((edit) => new TextEdit(toRange(lines, edit), edit.newText));
};

/** A span of a document as it stands now; one that lies beyond its end is cut. */
export const documentRange = (document: TextDocument, { start, end }: Span): Range =>
  new Range(document.positionAt(start), document.positionAt(end));

/** What an analysis calls a document. The cells of a notebook have one path: the fragment tells them apart. */
export const pathOf = ({ uri: { path, fragment } }: TextDocument): string =>
  fragment === '' ? path : `${path}#${fragment}`;

/** The place of the cursor or of the selection in a document. */
export const documentPlace = (document: TextDocument, range: Range): Place => ({
  path: pathOf(document),
  start: document.offsetAt(range.start),
  end: document.offsetAt(range.end),
});
