import {
  type Analysis,
  type AnnotateOptions,
  annotate,
  classAt,
  type DiagramRequest,
  deployCode,
  diagram,
  fixesAt,
  type GivenByClass,
  type GivenTexts,
  type HintOptions,
  hintComment,
  hints,
  hover,
  type KernelRequest,
  kernelView,
  type Language,
  lenses,
  panel,
  problems,
  refactoringsAt,
  refreshComments,
  type Span,
  shapesOfClasses,
  summary,
} from '../core';

/** An analysis that is held, and how other texts are analysed in its place. */
export interface Held {
  readonly analysis: Analysis;
  readonly again: (text: string, given?: GivenByClass) => Analysis;
}

/** How long parts of a document run in one go, in milliseconds: less than a frame. */
const GO = 10;

/** How long the layout of a diagram may take before what is left is laid out plainly, in milliseconds. */
const LAYOUT = 1500;

/** All that may be asked of an analysis. Arguments and answers are plain data: they go from one thread to another. */
export const queries = {
  /** Runs parts of the document that nobody has asked for yet, as many as a moment allows; false when none is left. */
  advance: ({ analysis }: Held): boolean => {
    const end = Date.now() + GO;
    while (analysis.advance()) if (Date.now() >= end) return true;
    return false;
  },
  /** Modules that were not found; what of the document has not run yet runs for it. */
  wanted: ({ analysis }: Held) => analysis.wanted,
  classNames: ({ analysis }: Held) => analysis.classes.map(({ name }) => name),
  classAt: ({ analysis }: Held, offset: number) => classAt(analysis, offset)?.name,
  hover: ({ analysis }: Held, offset: number, language: Language) => hover(analysis, offset, language),
  hints: ({ analysis }: Held, span: Span, options: HintOptions) => hints(analysis, span, options),
  hintComment: ({ analysis }: Held, offset: number, options: Omit<AnnotateOptions, 'level'>) =>
    hintComment(analysis, offset, options),
  lenses: ({ analysis }: Held, language: Language) => lenses(analysis, language),
  problems: ({ analysis }: Held, language: Language) => problems(analysis, language),
  fixes: ({ analysis, again }: Held, span: Span, language: Language) => fixesAt(analysis, span, language, again),
  refactorings: ({ analysis, again }: Held, span: Span, language: Language) =>
    refactoringsAt(analysis, span, language, again),
  annotate: ({ analysis }: Held, options: AnnotateOptions) => annotate(analysis, options),
  refreshComments: ({ analysis }: Held, options: AnnotateOptions) => refreshComments(analysis, options),
  panel: ({ analysis }: Held, className: string, language: Language, texts: GivenTexts) =>
    panel(analysis, className, language, texts),
  diagram: ({ analysis }: Held, className: string, language: Language, request: DiagramRequest) => {
    const end = Date.now() + LAYOUT;
    return diagram(analysis, className, language, { ...request, expired: () => Date.now() > end });
  },
  kernelView: ({ analysis }: Held, className: string, language: Language, request: KernelRequest) =>
    kernelView(analysis, className, language, request),
  deployCode: ({ analysis }: Held, className: string) => deployCode(analysis, className)?.method,
  summary: ({ analysis }: Held, className: string) => summary(analysis, className),
  shapesOfClasses: ({ analysis }: Held) => shapesOfClasses(analysis),
} satisfies Record<string, (held: Held, ...args: never[]) => unknown>;

export type Query = keyof typeof queries;
/** What is said with a query. */
export type Asked<Q extends Query> = Parameters<(typeof queries)[Q]> extends [Held, ...infer Args] ? Args : never;
export type Answer<Q extends Query> = ReturnType<(typeof queries)[Q]>;
