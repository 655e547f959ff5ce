import type { Analysis } from './analysis';
import { type Annotated, type AnnotateOptions, annotate, removeComments } from './annotate';

/** New comments for the classes that have some of ours; undefined where none of ours stands in the document. */
export const refreshComments = (analysis: Analysis, options: AnnotateOptions): Annotated | undefined => {
  const ours = removeComments(analysis.text, options.mark);
  if (ours.length === 0) return undefined;
  const { classes } = analysis;
  const named = classes.filter((_, i) => ours.some(({ start }) => isAbout(analysis, i, start)));
  if (named.length === classes.length) return annotate(analysis, options);
  const planned = named.map(({ name }) => annotate(analysis, { ...options, className: name }));
  const edits = planned.flatMap((one) => ('edits' in one ? one.edits : []));
  return { edits: [...edits].sort((a, b) => a.start - b.start) };
};

/** Whether a place lies in the class, or between it and what stands before it. */
const isAbout = ({ classes, syntax }: Analysis, index: number, offset: number): boolean => {
  const at = syntax.chunks.findIndex(({ start }) => start === classes[index]?.start);
  const [before, own] = [syntax.chunks[at - 1], syntax.chunks[at]];
  if (!own) return false;
  const from = before ? before.start + before.chunk.text.length : 0;
  return from <= offset && offset <= own.start + own.chunk.text.length;
};
