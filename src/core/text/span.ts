/** A half-open range of UTF-16 code units, as VS Code counts them. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const spanLength = (span: Span): number => span.end - span.start;

/** Whether `offset` lies inside `span`; the end counts, so that a caret behind a word is on it. */
export const touches = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end;

export const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

export const shift = (span: Span, by: number): Span => ({ start: span.start + by, end: span.end + by });
