import type { Dim } from '../dims';
import type { Expr, FString, IfExp } from '../syntax';
import {
  bool,
  dict,
  ELLIPSIS,
  type FunctionValue,
  float,
  HEAVIEST,
  IMAGINARY,
  int,
  keyOf,
  list,
  NONE,
  type Scope,
  set,
  str,
  TRUE,
  tuple,
  unknown,
  type Value,
  weightOf,
} from '../values';
import { getAttribute } from './attributes';
import { callExpression } from './calls';
import { compare } from './comparisons';
import { comprehend } from './comprehensions';
import { spend } from './exhaustion';
import { formatted } from './format';
import { iterate } from './iteration';
import type { Machine } from './machine';
import { asPlain } from './mappings';
import { assignName, readName } from './names';
import { sizesTogether } from './open-sizes';
import { binaryOperation, unaryOperation } from './operators';
import { HOLE, textValue, whole } from './partial-text';
import { evaluateSubscript } from './subscripts';
import { record } from './trace';
import { branchValue, shortCircuit, truth } from './truth';

/** A size whose numbers are too large to be told exactly is not known: nothing may be proved with it. */
const exact = (value: Value): Value => {
  const isExact =
    value.kind === 'int'
      ? isExactSize(value.value)
      : value.kind !== 'tensor' || value.shape.dims.every((size) => isExactSize(size));
  return isExact ? value : unknown('its size is too large to be told exactly');
};

const isExactSize = (size: Dim): boolean =>
  typeof size === 'number' || size.terms.every(({ coefficient }) => Math.abs(coefficient) <= Number.MAX_SAFE_INTEGER);

/** A container that holds one thing over and over on many levels is given up: whoever looks into it would not end. */
const bounded = (value: Value): Value => (weightOf(value) > HEAVIEST ? unknown('it is too large to follow') : value);

/** The value of an expression. Never throws but what Python would raise, and when the budget is spent. */
export const evaluate = (m: Machine, expr: Expr, scope: Scope): Value => {
  spend(m, 1);
  const value = exact(compute(m, expr, scope));
  switch (expr.kind) {
    case 'Constant':
    case 'Num':
    case 'Str':
    case 'Lambda':
    case 'Slice':
      return value;
    default:
      record(m, expr, value);
      return value;
  }
};

const compute = (m: Machine, expr: Expr, scope: Scope): Value => {
  switch (expr.kind) {
    case 'Name':
      return readName(m, expr.id, scope, expr);
    case 'Constant':
      return expr.value === null ? NONE : expr.value === '...' ? ELLIPSIS : bool(expr.value);
    case 'Num':
      return expr.type === 'int' ? int(expr.value) : expr.type === 'float' ? float(expr.value) : IMAGINARY;
    case 'Str':
      return expr.bytes ? unknown('bytes') : str(expr.value);
    case 'FString':
      return fstring(m, expr, scope);
    case 'Attribute':
      return getAttribute(m, evaluate(m, expr.value, scope), expr.attr, expr);
    case 'Subscript':
      return evaluateSubscript(m, expr, scope);
    case 'Call':
      return callExpression(m, expr, scope);
    case 'BinOp':
      return binaryOperation(m, expr.op, evaluate(m, expr.left, scope), evaluate(m, expr.right, scope), expr);
    case 'UnaryOp':
      return unaryOperation(m, expr.op, evaluate(m, expr.operand, scope), expr);
    case 'BoolOp':
      return shortCircuit(m, expr.op, evaluate(m, expr.left, scope), () => evaluate(m, expr.right, scope));
    case 'Compare':
      return comparison(m, expr, scope);
    case 'IfExp':
      return conditionalExpression(m, expr, scope);
    case 'Lambda':
      return lambda(m, expr, scope);
    case 'Tuple':
      return display(m, expr.items, scope, tuple);
    case 'List':
      return display(m, expr.items, scope, list);
    case 'Set': {
      const result = set();
      const { all: items } = elements(m, expr.items, scope);
      if (!items) result.open = true;
      for (const item of items ?? []) {
        const key = keyOf(item);
        if (key === undefined) result.open = true;
        else result.entries.set(key, item);
      }
      return result;
    }
    case 'Dict':
      return dictDisplay(m, expr, scope);
    case 'Comprehension':
      return comprehend(m, expr, scope);
    case 'Starred':
      return evaluate(m, expr.value, scope);
    case 'Slice':
      return {
        kind: 'slice',
        lower: expr.lower ? evaluate(m, expr.lower, scope) : NONE,
        upper: expr.upper ? evaluate(m, expr.upper, scope) : NONE,
        step: expr.step ? evaluate(m, expr.step, scope) : NONE,
      };
    case 'NamedExpr': {
      const value = evaluate(m, expr.value, scope);
      let at = scope;
      while (at.role === 'comprehension' && at.parent) at = at.parent;
      assignName(m, expr.target.id, value, at);
      record(m, expr.target, value);
      return value;
    }
    case 'Await':
      return evaluate(m, expr.value, scope);
    case 'Yield':
      return yielded(m, expr, scope);
    case 'ErrorExpr':
      return unknown('the code here could not be read');
  }
};

/** A tuple or list as it is written. */
const display = (m: Machine, items: readonly Expr[], scope: Scope, make: (items: readonly Value[]) => Value): Value => {
  const { all, sizes } = elements(m, items, scope);
  if (all) return bounded(make(all));
  return sizes ?? list([unknown('an element')], m.context.unknownSize('how many elements there are'));
};

/** The elements that are written; where a star unpacks nobody knows how many, the sizes that they may be. */
const elements = (
  m: Machine,
  items: readonly Expr[],
  scope: Scope,
): { readonly all?: readonly Value[]; readonly sizes?: Value | undefined } => {
  const result: Value[] = [];
  const parts: { readonly value: Value; readonly star: boolean }[] = [];
  let isKnown = true;
  for (const item of items) {
    const star = item.kind === 'Starred';
    const value = evaluate(m, star ? item.value : item, scope);
    const inner = star ? iterate(m, value, item) : { items: [value], count: null };
    if (inner.count === null) result.push(...inner.items);
    else isKnown = false;
    parts.push({ value, star });
  }
  return isKnown ? { all: result } : { sizes: sizesTogether(m, parts) };
};

const conditionalExpression = (m: Machine, expr: IfExp, scope: Scope): Value => {
  const condition = evaluate(m, expr.test, scope);
  const test = truth(m, condition);
  decide(m, expr, test.kind === 'known' ? test.value : undefined);
  return branchValue(
    m,
    condition,
    () => evaluate(m, expr.body, scope),
    () => evaluate(m, expr.orelse, scope),
  );
};

const decide = (m: Machine, node: IfExp, outcome: boolean | undefined): void => {
  const before = m.trace.decisions.get(node);
  m.trace.decisions.set(node, m.trace.decisions.has(node) && before !== outcome ? undefined : outcome);
};

const comparison = (m: Machine, expr: Extract<Expr, { kind: 'Compare' }>, scope: Scope): Value => {
  const step = (left: Value, at: number): Value => {
    const link = expr.rest[at];
    if (!link) return TRUE;
    const right = evaluate(m, link.right, scope);
    const value = compare(m, link.op, left, right, expr);
    return at === expr.rest.length - 1 ? value : shortCircuit(m, 'and', value, () => step(right, at + 1));
  };
  return step(evaluate(m, expr.left, scope), 0);
};

const fstring = (m: Machine, expr: FString, scope: Scope): Value => {
  return textValue(fstringText(m, expr.parts, scope));
};

const fstringText = (m: Machine, parts: FString['parts'], scope: Scope): string => {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const spec = part.spec ? whole(fstringText(m, part.spec, scope)) : '';
    const piece = formatted(
      m,
      evaluate(m, part.value, scope),
      spec,
      part.conversion ?? (part.debug && !part.spec ? 'r' : undefined),
    );
    text += (part.debug ?? '') + (piece ?? HOLE);
  }
  return text;
};

const lambda = (m: Machine, expr: Extract<Expr, { kind: 'Lambda' }>, scope: Scope): Value => {
  const defaults = new Map<string, Value>();
  for (const p of expr.params) if (p.default) defaults.set(p.name, evaluate(m, p.default, scope));
  const value: FunctionValue = {
    kind: 'function',
    name: '<lambda>',
    node: expr,
    defaults,
    scope,
    module: m.frame?.module ?? fallbackModule(scope),
    attrs: new Map(),
  };
  return value;
};

const fallbackModule = (scope: Scope) => {
  for (let at: Scope | null = scope; at; at = at.parent) if (at.module) return at.module;
  throw new Error('a scope without a module');
};

const dictDisplay = (m: Machine, expr: Extract<Expr, { kind: 'Dict' }>, scope: Scope): Value => {
  const result = dict();
  for (const { key, value } of expr.entries) {
    if (!key) {
      const other = asPlain(evaluate(m, value, scope));
      if (other.kind === 'dict') {
        for (const [k, entry] of other.entries) result.entries.set(k, entry);
        result.open ||= other.open;
      } else result.open = true;
      continue;
    }
    const name = evaluate(m, key, scope);
    const held = evaluate(m, value, scope);
    const id = keyOf(name);
    if (id === undefined) result.open = true;
    else result.entries.set(id, { key: name, value: held });
  }
  return result;
};

const yielded = (m: Machine, expr: Extract<Expr, { kind: 'Yield' }>, scope: Scope): Value => {
  const value = expr.value ? evaluate(m, expr.value, scope) : NONE;
  const { yields, inside, path } = m.frame ?? {};
  if (!yields) return NONE;
  if (inside && path === m.path) inside(value);
  const add = getAttribute(m, yields, expr.from ? 'extend' : 'append', expr);
  m.call(add, { positional: [value], keywords: new Map() }, expr);
  return expr.from ? unknown('what a generator returns') : NONE;
};
