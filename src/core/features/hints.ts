import { noFacts } from '../dims';
import {
  type Language,
  outputText,
  type Reader,
  type ShapeStyle,
  say,
  shapesOf,
  statementSteps,
  statementsIn,
} from '../explain';
import type { Expr, FunctionDef, Stmt } from '../syntax';
import { lineAt, lineText, type Span } from '../text';
import type { Analysis } from './analysis';
import { type Code, contextAt } from './context';

/** A text that an editor shows inside a line. */
export interface Hint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip?: string;
}

export interface HintOptions {
  /** Behind the names that are assigned. */
  readonly position: 'assignments';
  readonly style: ShapeStyle;
  readonly language: Language;
}

/** The shapes of what is assigned in `forward`, in helper methods and in a script, and of the inputs. */
export const hints = (analysis: Analysis, span: Span, options: HintOptions): readonly Hint[] => {
  const inside = analysis.classes.flatMap(({ node, start, run }) =>
    node.body
      .filter((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef' && stmt.name !== '__init__')
      .flatMap((fn) => functionHints({ run, text: analysis.text, start, node, style: options.style }, fn, options)),
  );
  const run = { trace: analysis.script.trace, facts: noFacts, entries: [] };
  const outside = analysis.syntax.chunks.flatMap(({ start, chunk: { stmt } }) =>
    stmt.kind === 'ClassDef' || stmt.kind === 'FunctionDef'
      ? []
      : bodyHints({ run, text: analysis.text, start, style: options.style }, [stmt], undefined, options),
  );
  return [...inside, ...outside]
    .filter(({ offset }) => span.start <= offset && offset <= span.end)
    .filter((hint) => !isSaid(analysis, hint))
    .sort((a, b) => a.offset - b.offset);
};

const functionHints = (code: Code, fn: FunctionDef, options: HintOptions): readonly Hint[] => {
  const { r } = contextAt(code);
  const inputs = fn.params.flatMap((param): readonly Hint[] => {
    const shapes = shapesOf(r, param);
    // Behind an annotation a colon would read as a second one.
    const label = shapes.length === 1 && !param.annotation ? shapes[0] : undefined;
    return label === undefined ? [] : [{ offset: code.start + param.start + param.name.length, label: `: ${label}` }];
  });
  return [...inputs, ...bodyHints(code, statementsIn(fn.body), fn, options)];
};

const bodyHints = (
  code: Code,
  body: readonly Stmt[],
  fn: FunctionDef | undefined,
  { language }: HintOptions,
): readonly Hint[] => {
  const cx = contextAt(code, fn);
  return body.flatMap((stmt) => {
    const steps = statementSteps(cx, stmt);
    return targetsOf(stmt).flatMap((target): readonly Hint[] => {
      const label = labelOf(cx.r, target);
      if (label === undefined) return [];
      return [
        { offset: code.start + target.end, label: `: ${label}`, ...(steps && { tooltip: say(steps, language) }) },
      ];
    });
  });
};

/** The names and attributes that a statement assigns. */
const targetsOf = (stmt: Stmt): readonly Expr[] => {
  const targets = stmt.kind === 'Assign' ? stmt.targets : stmt.kind === 'For' ? [stmt.target] : [];
  return targets.flatMap((target) => (target.kind === 'Tuple' || target.kind === 'List' ? target.items : [target]));
};

const labelOf = (r: Reader, target: Expr): string | undefined => {
  if (target.kind !== 'Name') return undefined;
  const shapes = shapesOf(r, target);
  if (shapes.length > 0) return shapes.length <= 2 ? shapes.join(' | ') : undefined;
  const value = r.value(target);
  return value && outputText({ r }, value);
};

/** Whether a comment on the line already says this shape. */
const isSaid = ({ lines, syntax }: Analysis, { offset, label }: Hint): boolean => {
  const line = lineAt(lines, offset);
  const comment = syntax.comments.find(({ start }) => lineAt(lines, start) === line);
  const above = lineText(lines, line - 1);
  const said = `${comment?.text ?? ''} ${/^\s*#/.test(above) ? above : ''}`;
  return bare(said).includes(bare(label.slice(2)));
};

const bare = (text: string): string => text.replace(/[\s()[\]]/g, '');
