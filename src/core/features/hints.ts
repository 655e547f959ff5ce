import { noFacts } from '../dims';
import {
  type Context,
  type Language,
  outputText,
  plain,
  type Reader,
  type ShapeStyle,
  say,
  shapesOf,
  statementSteps,
  statementsIn,
  text,
  whenWords,
  words,
} from '../explain';
import { NO_IDIOMS } from '../idioms';
import type { Expr, FunctionDef, Parameter, Stmt } from '../syntax';
import { lineAt, lineText, type Span } from '../text';
import type { Analysis } from './analysis';
import { type Code, contextAt } from './context';
import { type Explained, explainer, type Unit } from './known';

/** A text that an editor shows inside a line. */
export interface Hint {
  readonly offset: number;
  readonly label: string;
  /** Only the shape in it. */
  readonly shape: string;
  readonly tooltip?: string;
}

export interface HintOptions {
  /** Behind the names that are assigned. */
  readonly position: 'assignments';
  readonly style: ShapeStyle;
  readonly language: Language;
}

/** The shapes of what is assigned in `forward`, in helper methods and in a script, and of the inputs, within a span. */
export const hints = (analysis: Analysis, span: Span, options: HintOptions): readonly Hint[] => {
  const units = new Map([...analysis.classes, ...analysis.functions].map((unit) => [unit.start, unit]));
  return analysis.syntax.chunks
    .filter(({ start, chunk }) => start <= span.end && span.start <= start + chunk.text.length)
    .flatMap(({ start, chunk: { stmt } }): readonly Hint[] => {
      const unit = units.get(start);
      if (unit) return unitHints(analysis, unit, options).map((hint) => ({ ...hint, offset: start + hint.offset }));
      if (targetsOf(stmt).length === 0) return [];
      const run = { trace: analysis.script.trace, facts: noFacts, entries: [] };
      return bodyHints(
        start,
        [stmt],
        scriptExplainer({ run, text: analysis.text, start, style: options.style }),
        options,
      );
    })
    .filter(({ offset }) => span.start <= offset && offset <= span.end)
    .filter((hint) => !isSaid(analysis, hint))
    .sort((a, b) => a.offset - b.offset);
};

const known = new WeakMap<Unit['run'], Map<string, readonly Hint[]>>();

/** The hints of a class or function, from where it begins: those of one that was not run again are the same. */
const unitHints = (analysis: Analysis, unit: Unit, options: HintOptions): readonly Hint[] => {
  const { style, language } = options;
  const byOptions = known.get(unit.run) ?? new Map<string, readonly Hint[]>();
  const key = `${style} ${language}`;
  const found =
    byOptions.get(key) ??
    functionsOf(unit)
      .flatMap((fn) => functionHints(analysis, unit, fn, options))
      .map((hint) => ({ ...hint, offset: hint.offset - unit.start }));
  known.set(unit.run, byOptions.set(key, found));
  return found;
};

const functionsOf = (unit: Unit): readonly FunctionDef[] =>
  unit.kind === 'function'
    ? [unit.node]
    : unit.node.body.filter((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef' && stmt.name !== '__init__');

type Explain = (node: Parameter | Stmt) => Explained;

const scriptExplainer = (code: Code): Explain => {
  const cx = contextAt(code);
  return () => ({ cx, cases: [] });
};

const functionHints = (analysis: Analysis, unit: Unit, fn: FunctionDef, options: HintOptions): readonly Hint[] => {
  const explain = explainer(unit, analysis.text, options.style, fn);
  const inputs = fn.params.flatMap((param): readonly Hint[] => {
    const { cx } = explain(param);
    const shapes = shapesOf(cx.r, param);
    // Behind an annotation a colon would read as a second one.
    const label = shapes.length === 1 && !param.annotation ? shapes[0] : undefined;
    return label === undefined
      ? []
      : [{ offset: unit.start + param.start + param.name.length, label: `: ${label}`, shape: label }];
  });
  return [...inputs, ...bodyHints(unit.start, statementsIn(fn.body), explain, options)];
};

/** Shapes are wanted at every keystroke, idioms are not. */
const withoutIdioms = (cx: Context): Context => ({ ...cx, r: { ...cx.r, idioms: () => NO_IDIOMS } });

const bodyHints = (
  start: number,
  body: readonly Stmt[],
  explain: Explain,
  { language }: HintOptions,
): readonly Hint[] =>
  body.flatMap((stmt) => {
    const { cx: whole, cases } = explain(stmt);
    const cx = withoutIdioms(whole);
    const steps = statementSteps(cx, stmt);
    const when = whenWords(cases);
    return targetsOf(stmt).flatMap((target): readonly Hint[] => {
      const shape = labelOf(cx.r, target);
      if (shape === undefined) return [];
      const label = when ? text`${shape}${words(' (', '（')}${when}${words(')', '）')}` : plain(shape);
      const tooltip = steps && { tooltip: say(steps, language) };
      return [{ offset: start + target.end, label: `: ${say(label, language)}`, shape, ...tooltip }];
    });
  });

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
const isSaid = ({ lines, syntax }: Analysis, { offset, shape }: Hint): boolean => {
  const line = lineAt(lines, offset);
  const comment = syntax.comments.find(({ start }) => lineAt(lines, start) === line);
  const above = lineText(lines, line - 1);
  const said = `${comment?.text ?? ''} ${/^\s*#/.test(above) ? above : ''}`;
  return bare(said).includes(bare(shape));
};

const bare = (text: string): string => text.replace(/[\s()[\]]/g, '');
