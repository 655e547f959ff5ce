import type { Words } from '../ops';
import type { Expr } from '../syntax';
import { join, words } from './words';

type Source = (node: Expr) => string;

/**
 * What a subscript of a tensor takes, where it concerns one axis: `[:, 0]`, `[..., 1:]`, `[:, None]`, or slices two;
 * undefined for others. `axisAt` names an axis, counted from the end when negative.
 */
export const subscriptWords = (index: Expr, source: Source, axisAt: (axis: number) => Words): Words | undefined => {
  const parts = index.kind === 'Tuple' ? index.items : [index];
  const rest = parts.findIndex(isEllipsis);
  const busy = parts.flatMap((part, i) => (isWhole(part) || isEllipsis(part) ? [] : [i]));
  const isSliced = busy.every((at) => parts[at]?.kind === 'Slice');
  if (busy.length === 0 || busy.length > (isSliced ? 2 : 1)) return undefined;
  const said = busy.map((at) => {
    const part = parts[at];
    return part && takenWords(part, axisAt(rest < 0 || at < rest ? at : at - parts.length), source);
  });
  const known = said.filter((one) => one !== undefined);
  return known.length < said.length ? undefined : join(known, ', ', '，');
};

const takenWords = (part: Expr, axis: Words, source: Source): Words | undefined => {
  if (part.kind === 'Slice') return sliceWords(part, axis, source);
  if (part.kind === 'Constant' && part.value === null)
    return words(`adds an axis of size 1 as ${axis.en}`, `在${axis.zh}处添加大小为 1 的维`);
  const place = numberIn(part);
  if (place === undefined) return undefined;
  return place === -1
    ? words(`takes the last one along ${axis.en}`, `沿${axis.zh}取最后一个`)
    : words(`takes index ${place} along ${axis.en}`, `沿${axis.zh}取下标 ${place}`);
};

const sliceWords = (part: Extract<Expr, { kind: 'Slice' }>, axis: Words, source: Source): Words | undefined => {
  const { upper, step } = part;
  if (step) return undefined;
  const lower = part.lower?.kind === 'Num' && part.lower.value === 0 && upper ? undefined : part.lower;
  const count = lower && upper ? countFrom(lower, upper, source) : undefined;
  if (lower && count !== undefined)
    return words(
      `takes ${count} from ${source(lower)} on along ${axis.en}`,
      `沿${axis.zh}从 ${source(lower)} 起取 ${count} 个`,
    );
  const [from, to] = [lower, upper].map((bound) => (bound ? short(source(bound)) : undefined));
  if (lower && !upper && from !== undefined)
    return from.startsWith('-')
      ? words(`takes the last ${from.slice(1)} along ${axis.en}`, `沿${axis.zh}取最后 ${from.slice(1)} 个`)
      : from === '1'
        ? words(`leaves out the first one along ${axis.en}`, `沿${axis.zh}去掉第一个`)
        : words(`leaves out the first ${from} along ${axis.en}`, `沿${axis.zh}去掉前 ${from} 个`);
  if (upper && !lower && to !== undefined)
    return to.startsWith('-')
      ? to === '-1'
        ? words(`leaves out the last one along ${axis.en}`, `沿${axis.zh}去掉最后一个`)
        : words(`leaves out the last ${to.slice(1)} along ${axis.en}`, `沿${axis.zh}去掉最后 ${to.slice(1)} 个`)
      : words(`takes the first ${to} along ${axis.en}`, `沿${axis.zh}取前 ${to} 个`);
  return undefined;
};

/** `n` of `a:a + n`. */
const countFrom = (lower: Expr, upper: Expr, source: Source): string | undefined => {
  const isSum = upper.kind === 'BinOp' && upper.op === '+' && short(source(lower)) === source(upper.left);
  return isSum ? short(source(upper.right)) : undefined;
};

/** A bound that is a plain name or number: of others nobody knows here whether they are negative. */
const short = (text: string): string | undefined => (/^-?[\w.]{1,16}$/.test(text) ? text : undefined);

const isWhole = (part: Expr): boolean => part.kind === 'Slice' && !part.lower && !part.upper && !part.step;

const isEllipsis = (part: Expr): boolean => part.kind === 'Constant' && part.value === '...';

const numberIn = (expr: Expr): number | undefined => {
  if (expr.kind === 'Num') return Number.isInteger(expr.value) ? expr.value : undefined;
  return expr.kind === 'UnaryOp' && expr.op === '-' && expr.operand.kind === 'Num' ? -expr.operand.value : undefined;
};
