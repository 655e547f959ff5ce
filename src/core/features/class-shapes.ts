import { assumedWords, outputText, requirementsOf, statementShape, statementsIn, whenWords } from '../explain';
import type { Words } from '../ops';
import type { FunctionDef } from '../syntax';
import { lineAt } from '../text';
import type { Analysis } from './analysis';
import { contextAt } from './context';
import { explainer } from './known';

/** The shapes along one class. */
export interface ClassShapes {
  readonly name: string;
  readonly inputs: readonly { readonly name: string; readonly shape?: string }[];
  readonly output?: string;
  /** What must hold. */
  readonly needs: readonly Words[];
  /** What comes out of each statement, by line from 1. */
  readonly lines: readonly {
    readonly line: number;
    readonly source: string;
    readonly shape: string;
    readonly when?: Words;
  }[];
}

/** The shapes of all model classes of a document. */
export const shapesOfClasses = (analysis: Analysis): readonly ClassShapes[] =>
  analysis.classes.map((unit) => {
    const { run, node, start, name } = unit;
    const code = { run, text: analysis.text, start, node };
    const { r } = contextAt(code);
    const output = run.output && outputText({ r }, run.output);
    const assumed = assumedWords(run);
    const methods = node.body.filter(
      (stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef' && stmt.name !== '__init__',
    );
    return {
      name,
      inputs: run.entries.map((entry) => {
        const shape = outputText({ r }, entry.value);
        return { name: entry.name, ...(shape !== undefined && { shape }) };
      }),
      ...(output !== undefined && { output }),
      needs: [...requirementsOf(run, r), ...(assumed ? [assumed] : [])],
      lines: methods.flatMap((method) => {
        const explain = explainer(unit, analysis.text, undefined, method);
        return statementsIn(method.body).flatMap((stmt) => {
          const { cx, cases } = explain(stmt);
          const shape = statementShape(cx, stmt);
          if (shape === undefined) return [];
          const source = cx.source(stmt).split(/\r\n|\r|\n/)[0] ?? '';
          const when = whenWords(cases);
          return [{ line: lineAt(analysis.lines, start + stmt.start) + 1, source, shape, ...(when && { when }) }];
        });
      }),
    };
  });
