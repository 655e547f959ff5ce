export { distance, nearest } from './distance';
export { applyEdits, type TextEdit } from './edits';
export { type LineIndex, lineAt, lineIndex, lineText, positionAt } from './lines';
export { type Span, shift } from './span';
export { mentions, unusedName } from './words';
