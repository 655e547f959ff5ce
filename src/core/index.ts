export { type KernelLabels, kernelLabelsIn, type Labels, type Language, labelsIn, type MathTree, say } from './explain';
export {
  type Analysis,
  type Analyzer,
  type ClassUnit,
  createAnalyzer,
  type Document,
  type GivenByClass,
} from './features/analysis';
export {
  type Annotated,
  type AnnotateOptions,
  annotate,
  removeComments,
} from './features/annotate';
export { type ClassShapes, shapesOfClasses } from './features/class-shapes';
export { type DeployCode, deployCode } from './features/deploy';
export { type FoldingPair, foldingPairs } from './features/deploy-copy';
export { type DiagramRequest, diagram } from './features/diagram';
export { diagramMermaid } from './features/diagram-mermaid';
export type { DiagramEdge, DiagramEntry, DiagramFact, DiagramModel, DiagramNode } from './features/diagram-model';
export { diagramSvg } from './features/diagram-svg';
export type { Theme } from './features/diagram-theme';
export { fixesAt, type OfferedFix, type OfferedRefactoring, refactoringsAt } from './features/fixes';
export { hintComment } from './features/hint-comment';
export { type Hint, type HintOptions, hints } from './features/hints';
export { type Hover, hover } from './features/hover';
export { fusionReport } from './features/kernel';
export type {
  FusionCheck,
  FusionRegion,
  FusionReport,
  FusionStep,
  KernelCell,
  KernelExample,
  KernelModel,
  KernelPicture,
} from './features/kernel-model';
export { kernelSvg } from './features/kernel-svg';
export { fusionText } from './features/kernel-text';
export { type KernelRequest, kernelView } from './features/kernel-view';
export { type Lens, lenses } from './features/lenses';
export type { Level } from './features/notes';
export { opList, opListMarkdown } from './features/op-list';
export { classAt, panel } from './features/panel';
export { type GivenTexts, type ParsedGiven, parseGiven } from './features/panel-inputs';
export type { PanelFact, PanelField, PanelModel, PanelProblem, PanelStep } from './features/panel-model';
export { panelTable, type TableFormat } from './features/panel-table';
export { PROBLEM_PAGES, problemTable } from './features/problem-pages';
export { problems } from './features/problems';
export { type RecordedEntry, recordEntries, type SpecEntry } from './features/recording';
export { type ClassRequest, type RecordedClass, recordClasses } from './features/recording-classes';
export { refreshComments } from './features/refresh';
export type { ProblemReport } from './features/report';
export { type Summary, type SummaryRow, type SummaryTotals, summary } from './features/summary';
export { summaryText } from './features/summary-text';
export type { Place } from './graph';
export { type Sources, Unwanted } from './interp';
export { createParser, type Module, parseModule } from './syntax';
export { applyEdits, type LineIndex, lineIndex, positionAt, type Span, type TextEdit } from './text';
