import { type Language, reader, say, wholeShapes, words } from '../explain';
import type { Span } from '../text';
import type { Analysis } from './analysis';

/** A link over a class. */
export interface Lens {
  readonly span: Span;
  readonly title: string;
  readonly kind: 'annotate' | 'shapes' | 'diagram';
  readonly className: string;
}

/** What can be done with each class of a document. */
export const lenses = (analysis: Analysis, language: Language): readonly Lens[] =>
  analysis.classes.flatMap(({ name, node, start, run }) => {
    const at = { start: start + node.nameStart, end: start + node.nameStart + name.length };
    const shapes = wholeShapes({ r: reader(run) }, run) ?? words('shapes', '形状');
    const titles = { annotate: words('annotate', '写注释'), shapes, diagram: words('diagram', '结构图') };
    const kinds = ['annotate', 'shapes', 'diagram'] as const;
    return kinds.map((kind): Lens => ({ span: at, title: say(titles[kind], language), kind, className: name }));
  });
