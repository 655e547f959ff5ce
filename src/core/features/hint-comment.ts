import { lineAt, type TextEdit } from '../text';
import type { Analysis } from './analysis';
import { type AnnotateOptions, annotate } from './annotate';
import { classAround } from './places';

/** The edits that write what a hint at `offset` says into the code: the comment that `annotate` would write there. */
export const hintComment = (
  analysis: Analysis,
  offset: number,
  options: Omit<AnnotateOptions, 'level'>,
): readonly TextEdit[] => {
  const { lines } = analysis;
  const unit = classAround(analysis, offset);
  if (!unit) return [];
  const planned = annotate(analysis, { ...options, level: 'shapes', className: unit.name });
  if ('refused' in planned) return [];
  const line = lineAt(lines, offset);
  return planned.edits.filter((edit) => edit.start === edit.end && lineAt(lines, edit.start) === line);
};
