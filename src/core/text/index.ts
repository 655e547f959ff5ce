export { applyEdits, type TextEdit } from './edits';
export { type LineIndex, lineAt, lineIndex, lineText, offsetAt, type Position, positionAt } from './lines';
export { contains, type Span, shift, spanLength, touches } from './span';
