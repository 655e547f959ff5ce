import type { ProblemReport } from '../core';

/** One finding, in lines and columns that count from 1. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly code: string;
  readonly severity: ProblemReport['severity'];
  readonly message: string;
  readonly assumes?: string;
}
