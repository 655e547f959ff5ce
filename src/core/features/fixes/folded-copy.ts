import { fuseWords } from '../../explain';
import type { Span } from '../../text';
import type { Analysis } from '../analysis';
import { foldingPairs } from '../deploy-copy';
import { atEnd, imports } from './fuse-method';
import type { Refactoring } from './pool-twin';

const NAME = 'folded_copy';

/** A method that gives an eval-only copy in which a normalisation is folded; offered on the pair. */
export const foldedCopy = (analysis: Analysis, span: Span): Refactoring | undefined => {
  for (const unit of analysis.classes) {
    const { run } = unit;
    const pair = foldingPairs(unit).find(({ places }) =>
      places.some((p) => p.path === run.cls.module?.path && p.start <= span.end && span.start <= p.end),
    );
    if (!pair || run.cls.mro.some((c) => c.path === undefined && c.attrs.has(NAME))) continue;
    return {
      title: fuseWords.copy(NAME, pair.norm, pair.layer),
      span: { start: span.start, end: span.end },
      edits: [atEnd(analysis, unit, pair.method(NAME)), ...imports(analysis, ['copy'])],
    };
  }
  return undefined;
};
