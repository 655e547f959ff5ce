import { type Language, say } from '../../explain';
import { applyEdits, type Span } from '../../text';
import type { Analysis } from '../analysis';
import { problems, provedFaults } from '../problems';
import type { Fix, ProblemReport } from '../report';
import { adaptive, attribute, joinedChannels, otherAxis, patternAxis, reshaped, spelling, transposed } from './calls';
import type { Proposer } from './candidate';
import { foldedCopy } from './folded-copy';
import { fuseMethod } from './fuse-method';
import { maxPooledTwin } from './pool-twin';
import { placedTwin } from './pool-twin-places';
import { silence } from './silence';
import { keepingPadding, statedSize } from './sizes';

const PROPOSERS: readonly Proposer[] = [
  statedSize,
  adaptive,
  reshaped,
  otherAxis,
  joinedChannels,
  patternAxis,
  transposed,
  keepingPadding,
  spelling,
  attribute,
];

/** A change that mends a finding, or silences it; `preferred` where no other mends it. */
export interface OfferedFix extends Fix {
  readonly kind: 'fix';
  readonly code: string;
  readonly span: Span;
  readonly preferred: boolean;
}

/** A change that the reader may want; nothing is wrong without it. */
export interface OfferedRefactoring extends Fix {
  readonly kind: 'refactoring';
}

/**
 * The changes that mend what is wrong in a stretch of the document. `again` analyses a changed text: a fix of a proved
 * fault is offered only where the fault is then gone and no other has come.
 */
export const fixesAt = (
  analysis: Analysis,
  span: Span,
  language: Language,
  again: (text: string) => Analysis,
): readonly OfferedFix[] => {
  const touches = (report: ProblemReport): boolean => report.span.start <= span.end && span.start <= report.span.end;
  const stated = problems(analysis, language)
    .filter(touches)
    .flatMap((report) => (report.fix ? [offer(report, [report.fix])] : []));
  const before = faultsOf(analysis);
  const proved = provedFaults(analysis, language)
    .filter(({ report }) => touches(report))
    .map((fault) => {
      const candidates = PROPOSERS.flatMap((propose) => propose({ ...fault, analysis })).slice(0, MOST);
      const sound = candidates.filter(
        ({ edits }) => edits.length > 0 && mends(before, again(applyEdits(analysis.text, edits))),
      );
      return offer(
        fault.report,
        sound.map(({ title, edits }) => ({ title: say(title, language), edits })),
      );
    });
  const silenced = problems(analysis, language)
    .filter(touches)
    .flatMap((report): readonly OfferedFix[] => {
      const fix = silence(analysis, report, language);
      return fix ? [{ ...fix, kind: 'fix', code: report.code, span: report.span, preferred: false }] : [];
    });
  return [...[...stated, ...proved].flat(), ...silenced];
};

/** The changes that a reader may want at a place, where they leave nothing wrong that was not wrong before. */
export const refactoringsAt = (
  analysis: Analysis,
  span: Span,
  language: Language,
  again: (text: string) => Analysis,
): readonly OfferedRefactoring[] => {
  const pools = maxPooledTwin(analysis, span) ?? placedTwin(analysis, span);
  const found = [pools, fuseMethod(analysis, span), foldedCopy(analysis, span)].filter((one) => one !== undefined);
  if (found.length === 0) return [];
  const before = faultsOf(analysis);
  return found
    .filter(({ edits }) => faultsOf(again(applyEdits(analysis.text, edits))).length <= before.length)
    .map(({ title, edits }) => ({ kind: 'refactoring', title: say(title, language), edits }));
};

/** Each candidate costs an analysis. */
const MOST = 8;

const offer = ({ code, span }: ProblemReport, fixes: readonly Fix[]): readonly OfferedFix[] =>
  fixes.map((fix) => ({ ...fix, kind: 'fix', code, span, preferred: fixes.length === 1 }));

/** The faults of a document in words, as often as each occurs. */
const faultsOf = (analysis: Analysis): readonly string[] =>
  provedFaults(analysis, 'en').map(({ report }) => `${report.code} ${report.message}`);

const mends = (before: readonly string[], after: Analysis): boolean => {
  const left = faultsOf(after);
  return left.length < before.length && left.every((fault) => before.includes(fault));
};
