/** A half-open range of UTF-16 code units, as VS Code counts them. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const shift = (span: Span, by: number): Span => ({ start: span.start + by, end: span.end + by });
