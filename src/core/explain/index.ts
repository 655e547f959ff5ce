export { assumedWords } from './assumed';
export { whenWords } from './cases';
export { requirementsOf } from './conditions';
export type { Context } from './context';
export { calledOp } from './expressions';
export { faultWords, remedyOf } from './faults';
export { flowOf } from './flow';
export { checkWords, fuseWords, remedyWords, settingWords, stepWords } from './fuse';
export { type Formula, formulasOf, type MathTree, type Operand, type Taps } from './fuse-formulas';
export { averageWords, namedKernelWords } from './fuse-known';
export { type KernelLabels, kernelLabelsIn } from './fuse-labels';
export { writtenWords } from './fuse-written';
export { conditionalLayer, fullWords, isSameWork, plainClassWords, type Scope, sameWords } from './lines';
export { basisOf, elementsOf, makingWords } from './making';
export { isModule } from './modules';
export { classPage, modulePage, opPage, type Page, symbolPage, tensorPage, valuePage } from './pages';
export { type Readable, type Reader, reader, type ShapeStyle, shapesOf } from './reader';
export { sizeNames, sizeWords } from './sizes';
export { statementShape, statementSteps, statementWords } from './statements';
export { classMeaning, classWords, entryWords, outputText, sizesLine, wholeShapes } from './summary';
export { problemTexts, relatedWords, TRAP_CODES, trapFixWords, trapWords } from './traps';
export {
  caseWords,
  familyWords,
  flopsNote,
  inputFaults,
  knownWords,
  type Labels,
  labelsIn,
  lineWords,
  opposite,
} from './views';
export { expressionsIn, expressionsOf, statementsIn } from './walk';
export { join, type Language, plain, say, spaced, text, words } from './words';
