import { text, words } from '../../explain';
import type { Words } from '../../ops';
import { type Call, type ClassDef, type Expr, type FunctionDef, type Stmt, type SyntaxNode, walk } from '../../syntax';
import { type Span, type TextEdit, unusedName } from '../../text';
import { statementBehind } from '../../traps';
import type { Analysis, ClassUnit } from '../analysis';
import { importedBeside } from './imports';

/** A change of the code that nothing asks for but the reader. */
export interface Refactoring {
  readonly title: Words;
  readonly span: Span;
  readonly edits: readonly TextEdit[];
}

/**
 * A max-pooled twin of an adaptive average pool: a second layer beside it in the constructor, and the sum of both
 * wherever the first is called. The sum keeps every shape; joining the two would double the channels.
 */
export const maxPooledTwin = (analysis: Analysis, span: Span): Refactoring | undefined => {
  for (const unit of analysis.classes) {
    const made = poolsOf(unit).find(({ call }) => {
      const [start, end] = [unit.start + call.start, unit.start + call.end];
      return start <= span.end && span.start <= end;
    });
    if (made) return twinOf(analysis, unit, made);
  }
  return undefined;
};

interface Pool {
  readonly name: string;
  readonly call: Call;
  readonly stmt: Stmt;
}

/** The adaptive average pools that a constructor keeps in attributes. */
const poolsOf = ({ node, run }: ClassUnit): readonly Pool[] => {
  const init = methodsOf(node).find(({ name }) => name === '__init__');
  return (init?.body ?? []).flatMap((stmt) => {
    const [target, more] = stmt.kind === 'Assign' ? stmt.targets : [];
    if (stmt.kind !== 'Assign' || stmt.value.kind !== 'Call' || more || target?.kind !== 'Attribute') return [];
    const callee = run.trace.values.get(stmt.value.func)?.[0];
    const isPool = callee?.kind === 'class' && /\.AdaptiveAvgPool[123][dD]$/.test(callee.layer?.path ?? '');
    return isPool && isSelf(target.value) ? [{ name: target.attr, call: stmt.value, stmt }] : [];
  });
};

const methodsOf = ({ body }: ClassDef): readonly FunctionDef[] =>
  body.filter((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef');

export const isSelf = (expr: Expr): boolean => expr.kind === 'Name' && expr.id === 'self';

const twinOf = (analysis: Analysis, unit: ClassUnit, { name, call, stmt }: Pool): Refactoring | undefined => {
  const source = (at: Span): string => analysis.text.slice(unit.start + at.start, unit.start + at.end);
  const uses = usesOf(unit.node, name);
  if (!uses || uses.length === 0) return undefined;
  const twin = unusedName(maximumName(name), source(unit.node));
  const { func } = call;
  const largest = (code: string): string => code.replace('AdaptiveAvgPool', 'AdaptiveMaxPool');
  const imported = func.kind === 'Name' ? importedBeside(analysis, func.id, largest(func.id)) : [];
  if (!imported) return undefined;
  const made = `self.${twin} = ${largest(source(call))}`;
  const { start, end, newText } = statementBehind({ source, file: analysis.text }, stmt, made);
  const edits = [
    ...imported,
    { start: unit.start + start, end: unit.start + end, newText },
    ...uses.map((use): TextEdit => {
      const both = `${source(use)} + self.${twin}(${source(use.args[0]?.value ?? use)})`;
      return {
        start: unit.start + use.start,
        end: unit.start + use.end,
        newText: isWholeValue(unit.node, use) ? both : `(${both})`,
      };
    }),
  ];
  const title = text`${words('Add a max-pooled twin of ', '添加最大池化支路，与 ')}self.${name}${words('', ' 相加')}`;
  return { title, span: { start: unit.start + call.start, end: unit.start + call.end }, edits };
};

/** The calls of the pool; undefined where it is used in another way, or on something that must not be computed twice. */
export const usesOf = (node: ClassDef, name: string): readonly Call[] | undefined => {
  const calls: Call[] = [];
  let reads = 0;
  walk(node, (inner) => {
    if (inner.kind === 'Attribute' && inner.attr === name && isSelf(inner.value)) reads++;
    if (
      inner.kind === 'Call' &&
      inner.func.kind === 'Attribute' &&
      inner.func.attr === name &&
      isSelf(inner.func.value)
    )
      calls.push(inner);
    return undefined;
  });
  const isPlain = ({ args }: Call): boolean => args.length === 1 && args[0]?.star === 0 && isCheap(args[0].value);
  // One of the reads is the assignment itself.
  return reads === calls.length + 1 && calls.every(isPlain) ? calls : undefined;
};

export const isCheap = (expr: SyntaxNode): boolean =>
  expr.kind === 'Name' || (expr.kind === 'Attribute' && isCheap(expr.value));

const maximumName = (name: string): string => (/avg/i.test(name) ? name.replace(/avg/i, 'max') : `${name}_max`);

/** Whether an expression is all that a statement assigns or returns: a sum needs no brackets there. */
export const isWholeValue = (node: ClassDef, expr: Expr): boolean => {
  let whole = false;
  walk(node, (inner) => {
    if ((inner.kind === 'Assign' || inner.kind === 'Return' || inner.kind === 'AnnAssign') && inner.value === expr)
      whole = true;
    return !whole;
  });
  return whole;
};
