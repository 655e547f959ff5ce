export { type Labels, type Language, say } from './explain';
export {
  type Analysis,
  type Analyzer,
  createAnalyzer,
  type GivenByClass,
} from './features/analysis';
export {
  type AnnotateOptions,
  annotate,
  removeComments,
} from './features/annotate';
export { type ClassShapes, shapesOfClasses } from './features/class-shapes';
export { diagram } from './features/diagram';
export { diagramMermaid } from './features/diagram-mermaid';
export type { DiagramEdge, DiagramModel, DiagramNode } from './features/diagram-model';
export { diagramSvg } from './features/diagram-svg';
export { hints } from './features/hints';
export { hover } from './features/hover';
export { lenses } from './features/lenses';
export { opList } from './features/op-list';
export { panel } from './features/panel';
export { type GivenTexts, parseGiven } from './features/panel-inputs';
export type { PanelField, PanelModel, PanelStep } from './features/panel-model';
export { type ProblemReport, problems } from './features/problems';
export { recordEntries, type SpecEntry } from './features/recording';
export { type ClassRequest, recordClasses } from './features/recording-classes';
export { summary } from './features/summary';
export { summaryText } from './features/summary-text';
export type { Place } from './graph';
export type { Sources } from './interp';
export { createParser, type Module, parseModule } from './syntax';
export { applyEdits, lineIndex, positionAt } from './text';
