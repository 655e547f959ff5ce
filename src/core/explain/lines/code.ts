import type { Expr, Node } from '../../syntax';
import type { Context } from '../context';
import { withoutSelf } from '../own-names';

/** Longer code is not repeated in a sentence. */
const LONGEST = 48;

/** An expression as the source says it, on one line and without `self.`; undefined where it is too long to repeat. */
export const codeText = (cx: Context, expr: Node, longest: number = LONGEST): string | undefined => {
  const whole = cx.source(expr);
  const isSpread = whole.includes('\n');
  // Comments may stand between the lines, ours among them: they are no code, and a quote could hide one.
  if (isSpread && /['"]/.test(whole)) return undefined;
  const source = withoutSelf(cx, isSpread ? whole.replace(/#.*/g, '') : whole)
    .replace(/\s+/g, ' ')
    .replace(/([([]) /g, '$1')
    .replace(/,? ([)\]])/g, '$1');
  return source.length <= longest && !source.includes('#') ? source : undefined;
};

/** `conv1` of `self.conv1`, `bn.weight` of `branch.bn.weight`. */
export const nameOf = (expr: Expr): string | undefined => {
  if (expr.kind === 'Name') return expr.id;
  if (expr.kind !== 'Attribute') return undefined;
  const owner = nameOf(expr.value);
  return owner === undefined || owner === 'self' ? expr.attr : `${owner}.${expr.attr}`;
};

/** `super()`, whatever it is given. */
export const isSuper = (expr: Expr): boolean =>
  expr.kind === 'Call' && expr.func.kind === 'Name' && expr.func.id === 'super';

/** The dotted name that is called: `torch.cat`, `append`; undefined where it is computed. */
export const calledName = (func: Expr): string | undefined => {
  if (func.kind === 'Name') return func.id;
  if (func.kind !== 'Attribute') return undefined;
  const owner = calledName(func.value);
  return owner === undefined ? func.attr : `${owner}.${func.attr}`;
};

/** An entry of a table by a name from the user's code: `constructor` is no entry of any table. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** `an nn.Module`: letters that are spelt out begin as they sound. */
export const articleOf = (name: string): string =>
  /^([AEIO]|[aeio]|nn\b|[FHLMNRSX]([A-Z]|$))/.test(name) ? 'an' : 'a';

/** `a > 1 or b is None` is true or false, never one of its sides. */
export const isTest = (expr: Expr): boolean => {
  if (expr.kind === 'BoolOp') return isTest(expr.left) || isTest(expr.right);
  return expr.kind === 'Compare' || (expr.kind === 'UnaryOp' && expr.op === 'not');
};
