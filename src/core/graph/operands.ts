import { print } from '../dims';
import type { OpEvent } from '../interp';
import type { Arg } from '../ops';
import type { BinOp, Expr, Node } from '../syntax';
import { opName } from './families';
import { placeOf } from './places';

const SIGNS = new Set(['+', '−', '×', '÷', '**', '//', '<', '>', '<=', '>=', '==', '!=']);

/** A number, or what the code calls it where it is not known. */
const number = (arg: Arg | undefined, source: Expr | undefined): string | undefined => {
  if (arg?.kind === 'int') return print(arg.value);
  if (arg?.kind !== 'float') return undefined;
  return arg.value === undefined ? nameOf(source) : `${Number(arg.value.toPrecision(4))}`;
};

const nameOf = (source: Expr | undefined): string => {
  if (source?.kind === 'Name') return source.id;
  return source?.kind === 'Attribute' ? source.attr : '·';
};

const isBinOp = (node: Node): node is BinOp => 'kind' in node && node.kind === 'BinOp';

/** An operator with the operand that is no flowing tensor: `+ 3`, `1 −`, `× alpha`; empty where there is none to show. */
export const operandText = ({ name, args, node }: OpEvent, parameters: readonly string[]): string => {
  const sign = opName(name);
  if (!SIGNS.has(sign)) return '';
  const [left, right] = args.positional;
  const [parameter] = parameters;
  const source = node && isBinOp(node) ? node : undefined;
  const [before, after] = [number(left, source?.left), number(right, source?.right)];
  if (before !== undefined) return `${before} ${sign}`;
  if (after !== undefined) return `${sign} ${after}`;
  if (parameter) return left && 'parameter' in left && left.parameter ? `${parameter} ${sign}` : `${sign} ${parameter}`;
  return '';
};

/** What the code calls something that nobody knows: `conv1` of `self.conv1(x)`. */
export const calleeText = ({ module, node }: OpEvent): string => {
  const place = placeOf(module, node);
  const text = place && module?.syntax.text.slice(place.start, place.end);
  return /(\w+)\s*\(/.exec(text?.slice(Math.max(0, lastCall(text))) ?? '')?.[1] ?? '?';
};

/** Where the callee of the outermost call begins: behind the last dot before its bracket. */
const lastCall = (text: string): number => {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const char = text[at];
    if (char === ')' || char === ']') depth++;
    else if (char === '(' || char === '[') {
      depth--;
      if (depth === 0) return text.slice(0, at).search(/\w+\s*$/);
    }
  }
  return 0;
};
