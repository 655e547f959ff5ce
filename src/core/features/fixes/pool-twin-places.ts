import { text, words } from '../../explain';
import type { Call, Expr, Stmt, SyntaxNode } from '../../syntax';
import { walk } from '../../syntax';
import { mentions, type Span, type TextEdit } from '../../text';
import type { Value } from '../../values';
import type { Analysis, ClassUnit } from '../analysis';
import { importedBeside } from './imports';
import { isCheap, isSelf, isWholeValue, type Refactoring, usesOf } from './pool-twin';

/** Max-pooled twins where the average pool has no attribute of its own. */
export const placedTwin = (analysis: Analysis, span: Span): Refactoring | undefined => {
  for (const unit of analysis.classes) {
    const touches = ({ start, end }: Span): boolean => unit.start + start <= span.end && span.start <= unit.start + end;
    const found: SyntaxNode[] = [];
    walk(unit.node, (node) => {
      found.push(node);
      return undefined;
    });
    const here = found.filter(touches);
    for (const node of here.toReversed()) {
      const twin = node.kind === 'Call' ? inExpression(analysis, unit, node) : undefined;
      if (twin) return twin;
    }
    for (const node of here)
      if (node.kind === 'Assign') {
        const twin = inSequence(analysis, unit, node, span);
        if (twin) return twin;
      }
  }
  return undefined;
};

const POOL = /\.AdaptiveAvgPool[123][dD]$/;

/** `F.adaptive_avg_pool2d(x, 1)` and `nn.AdaptiveAvgPool2d(1)(x)`: the sum of both stands in its place. */
const inExpression = (analysis: Analysis, unit: ClassUnit, call: Call): Refactoring | undefined => {
  const callee = valueOfNode(unit, call.func);
  const isFunction = callee?.kind === 'op' && /\.adaptive_avg_pool[123]d$/.test(callee.family.path);
  const made = call.func.kind === 'Call' ? valueOfNode(unit, call.func.func) : undefined;
  const isMade = made?.kind === 'class' && POOL.test(made.layer?.path ?? '');
  const [input] = call.args;
  if ((!isFunction && !isMade) || !input || input.star > 0 || !isCheap(input.value)) return undefined;
  const largest = (code: string): string =>
    code.replace('adaptive_avg_pool', 'adaptive_max_pool').replace('AdaptiveAvgPool', 'AdaptiveMaxPool');
  const name = call.func.kind === 'Call' ? call.func.func : call.func;
  const imported = name.kind === 'Name' ? importedBeside(analysis, name.id, largest(name.id)) : [];
  if (!imported) return undefined;
  const code = sourceOf(analysis, unit, call);
  const both = `${code} + ${largest(code)}`;
  return {
    title: words('Add a max-pooled twin of this pool', '添加最大池化支路并与之相加'),
    span: placed(unit, call),
    edits: [...imported, { ...placed(unit, call), newText: isWholeValue(unit.node, call) ? both : `(${both})` }],
  };
};

/**
 * A pool that a `Sequential` begins with: both pools run before it, and an identity keeps its place, so that the names of
 * the other layers' weights stay as they are.
 */
const inSequence = (
  analysis: Analysis,
  unit: ClassUnit,
  stmt: Extract<Stmt, { kind: 'Assign' }>,
  span: Span,
): Refactoring | undefined => {
  const [target, more] = stmt.targets;
  const container = stmt.value.kind === 'Call' ? stmt.value : undefined;
  const pool = container?.args[0]?.value;
  if (!container || more || target?.kind !== 'Attribute' || !isSelf(target.value) || pool?.kind !== 'Call')
    return undefined;
  const at = placed(unit, pool);
  const callee = valueOfNode(unit, pool.func);
  const outer = valueOfNode(unit, container.func);
  if (callee?.kind !== 'class' || !POOL.test(callee.layer?.path ?? '') || pool.func.kind !== 'Attribute')
    return undefined;
  if (outer?.kind !== 'class' || !/\.Sequential$/.test(outer.path ?? '') || at.start > span.end || span.start > at.end)
    return undefined;
  const name = target.attr;
  const calls = usesOf(unit.node, name);
  if (!calls || calls.length === 0) return undefined;
  const whole = sourceOf(analysis, unit, unit.node);
  const [average, largest] = [`${name}_avg`, `${name}_max`];
  if (mentions(whole, average) + mentions(whole, largest) > 0) return undefined;
  const indent = /[ \t]*$/.exec(analysis.text.slice(0, unit.start + stmt.start))?.[0] ?? '';
  const lineBreak = analysis.text.includes('\r\n') ? '\r\n' : '\n';
  const code = sourceOf(analysis, unit, pool);
  const made = [`self.${average} = ${code}`, `self.${largest} = ${code.replace('AdaptiveAvgPool', 'AdaptiveMaxPool')}`];
  const head = unit.start + stmt.start;
  const edits: readonly TextEdit[] = [
    { start: head, end: head, newText: made.map((line) => `${line}${lineBreak}${indent}`).join('') },
    { ...at, newText: `${sourceOf(analysis, unit, pool.func.value)}.Identity()` },
    ...calls.map(({ args: [arg] }): TextEdit => {
      const input = arg ? sourceOf(analysis, unit, arg.value) : '';
      return {
        ...placed(unit, arg?.value ?? unit.node),
        newText: `self.${average}(${input}) + self.${largest}(${input})`,
      };
    }),
  ];
  return {
    title: text`${words('Add a max-pooled twin of ', '添加最大池化支路，与 ')}self.${name}${words('', ' 的平均池化相加')}`,
    span: at,
    edits,
  };
};

const valueOfNode = ({ run, explored }: ClassUnit, node: Expr): Value | undefined =>
  [run, ...explored].flatMap((one) => one.trace.values.get(node) ?? [])[0];

const placed = ({ start }: ClassUnit, node: Span): Span => ({ start: start + node.start, end: start + node.end });

const sourceOf = ({ text: source }: Analysis, unit: ClassUnit, node: Span): string => {
  const { start, end } = placed(unit, node);
  return source.slice(start, end);
};
