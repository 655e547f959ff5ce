export { type Analysis, type Analyzer, type ClassUnit, createAnalyzer, type Document } from './features/analysis';
export { type ClassRequest, recordClasses, type RecordedClass } from './features/recording-classes';
export { recordEntries, type RecordedEntry, type SpecEntry } from './features/recording';
export type { Sources } from './interp';
export { createParser, type Module, parseModule } from './syntax';
