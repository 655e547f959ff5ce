import type { Words } from '../../ops';
import { type Expr, type FunctionDef, type Stmt, walk } from '../../syntax';
import { hasDefault } from '../defaults';
import { statementsIn } from '../walk';
import { plain, text, words } from '../words';
import { calledName, codeText } from './code';
import { methodsOf, type Scope, selfAttribute, settersIn, settersOf, targetsOf } from './scope';

/** What a parameter is by default where a condition is about it alone: `act='relu'`. */
export const basisOf = (s: Scope, test: Expr): string | undefined =>
  (s.fn && defaultOf(s, test, s.fn)) ?? keptDefault(s, test);

/** What happens by default: `; by default alpha=False: else runs`. */
export const outcomeWords = (s: Scope, test: Expr, holds: boolean, otherwise: Words): Words => {
  const setters = holds ? [] : awaited(s, test);
  if (setters.length > 0)
    return text`${words(`; not before ${setters.join(', ')} is called, so `, `；调用 ${setters.join('、')} 之前没有，`)}${otherwise}`;
  if (isOpen(s, test)) return plain('');
  if (inEval(test) === holds)
    return holds
      ? words('; so in eval mode', '；评估模式下成立')
      : text`${words('; in eval mode ', '；评估模式下')}${otherwise}`;
  const basis = basisOf(s, test);
  const by =
    basis === undefined
      ? words('; here', '；此处')
      : text`${words(`; default ${basis}`, `；默认 ${basis}`)}${until(s, test)}`;
  if (basis !== undefined) return text`${by}${words(', so ', '，')}${holds ? words('this runs', '执行') : otherwise}`;
  return holds
    ? words('; true here', '；此处成立')
    : text`${by}${words(' it does not hold, so ', '不成立，')}${otherwise}`;
};

/**
 * Whether what decides a condition is nothing that whoever calls must know: that a required argument is not None, or a
 * default that every call of the file overrides.
 */
const isOpen = (s: Scope, test: Expr): boolean => {
  const param = s.fn?.params.find(({ name }) => name === subjectOf(test));
  if (!param || !s.fn) return false;
  if (param.default) return !s.cls && isAlwaysGiven(s, s.fn, param.name);
  return (
    s.fn.name === 'forward' && test.kind === 'Compare' && test.rest.every(({ op }) => op === 'is' || op === 'is not')
  );
};

const isAlwaysGiven = ({ module }: Scope, fn: FunctionDef, name: string): boolean => {
  const place = fn.params.findIndex((param) => param.name === name);
  let [calls, given] = [0, 0];
  for (const stmt of module)
    walk(stmt, (node) => {
      if (node.kind !== 'Call' || node.func.kind !== 'Name' || node.func.id !== fn.name) return undefined;
      calls++;
      const isGiven = node.args.some(
        (arg, i) => arg.star > 0 || arg.name === name || (arg.name === undefined && i === place),
      );
      if (isGiven) given++;
      return undefined;
    });
  return calls > 0 && calls === given;
};

/** Whether a condition holds in eval mode, which is what is read here; undefined where something else decides. */
export const inEval = (test: Expr): boolean | undefined => {
  if (selfAttribute(test) === 'training') return false;
  if (test.kind === 'UnaryOp' && test.op === 'not') {
    const inner = inEval(test.operand);
    return inner === undefined ? undefined : !inner;
  }
  if (test.kind !== 'BoolOp') return undefined;
  const sides = [inEval(test.left), inEval(test.right)];
  const strong = test.op === 'or';
  if (sides.includes(strong)) return strong;
  return sides.includes(undefined) ? undefined : !strong;
};

/** The methods that set what `hasattr(self, …)` asks for, the constructor left out. */
const awaited = (s: Scope, test: Expr): readonly string[] => {
  if (test.kind === 'BoolOp' && test.op === 'and') return [test.left, test.right].flatMap((side) => awaited(s, side));
  if (test.kind !== 'Call' || calledName(test.func) !== 'hasattr') return [];
  const [owner, attr] = test.args.map((arg) => arg.value);
  const isOwn = owner?.kind === 'Name' && owner.id === 'self';
  return isOwn && attr?.kind === 'Str' ? settersOf(s.cls, attr.value).filter((name) => name !== '__init__') : [];
};

/** `alpha=False` where a condition is about one parameter that has a default. */
const defaultOf = (s: Scope, test: Expr, fn: FunctionDef): string | undefined => {
  if (test.kind === 'BoolOp' && subjectOf(test) === undefined) {
    const sides = [test.left, test.right].map((side) => defaultOf(s, side, fn));
    return sides.every((side) => side !== undefined) ? [...new Set(sides)].join(', ') : undefined;
  }
  const name = subjectOf(test);
  const param = fn.params.find((p) => p.name === name);
  const source = param?.default && codeText(s, param.default, 24);
  // What was set before is no default any more.
  const isSet = (settersIn(fn.body).get(name ?? '') ?? []).some((stmt) => stmt.end <= test.start);
  return param && source !== undefined && !isSet && hasDefault(s, param) ? `${name}=${source}` : undefined;
};

/** The methods that change later what a condition asks of the instance. */
const until = (s: Scope, test: Expr): Words => {
  const attr = attributeAsked(test);
  const setters = attr === undefined ? [] : settersOf(s.cls, attr).filter((name) => name !== '__init__');
  return setters.length === 0
    ? plain('')
    : words(` until ${setters.join(' or ')} sets it`, `（调用 ${setters.join('、')} 后改变）`);
};

const isWrittenOut = (expr: Expr): boolean =>
  /^(Constant|Num|Str)$/.test(expr.kind) ||
  ((expr.kind === 'Tuple' || expr.kind === 'List') && expr.items.every(isWrittenOut));

/** `self.deploy` of a condition about it alone. */
const attributeAsked = (test: Expr): string | undefined => {
  if (test.kind === 'UnaryOp' && test.op === 'not') return attributeAsked(test.operand);
  if (test.kind === 'Compare')
    return test.rest.every(({ right }) => isWrittenOut(right)) ? attributeAsked(test.left) : undefined;
  return selfAttribute(test);
};

/** `alpha=False` where a condition asks for what the constructor kept of one parameter, or made because of one. */
const keptDefault = (s: Scope, test: Expr): string | undefined => {
  if (test.kind === 'BoolOp') {
    const sides = [test.left, test.right].map((side) => keptDefault(s, side));
    return sides.every((side) => side !== undefined) ? [...new Set(sides)].join(', ') : undefined;
  }
  const attr = attributeAsked(test);
  const init = methodsOf(s.cls).find(({ name }) => name === '__init__');
  if (attr === undefined || !init || s.fn === init) return undefined;
  const all = statementsIn(init.body);
  const bases = all.flatMap((stmt) => {
    if (!targetsOf(stmt).some((target) => selfAttribute(target) === attr)) return [];
    const around = all.flatMap((one) => (one.kind === 'If' && isAround(one, stmt) ? [one.test] : []));
    const { value } = stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' ? stmt : {};
    const own = value?.kind === 'IfExp' ? value.test : value?.kind === 'Name' ? value : undefined;
    const asked = [...around, ...(own ? [own] : [])];
    // What is `None` at first says nothing of what it becomes.
    if (asked.length === 0 && value?.kind === 'Constant') return [];
    const [only, more] = asked;
    return [only && !more ? defaultOf(s, only, init) : undefined];
  });
  const [basis, ...others] = new Set(bases);
  return others.length === 0 ? basis : undefined;
};

const isAround = (outer: Stmt, inner: Stmt): boolean => outer.start < inner.start && inner.end <= outer.end;

const subjectOf = (test: Expr): string | undefined => {
  if (test.kind === 'Name') return test.id;
  if (test.kind === 'UnaryOp') return subjectOf(test.operand);
  if (test.kind === 'BoolOp') {
    const [left, right] = [subjectOf(test.left), subjectOf(test.right)];
    return left === right ? left : undefined;
  }
  if (test.kind === 'Call') {
    const [what] = calledName(test.func) === 'isinstance' ? test.args : [];
    return what && subjectOf(what.value);
  }
  if (test.kind !== 'Compare') return undefined;
  return test.rest.every(({ right }) => isWrittenOut(right)) ? subjectOf(test.left) : undefined;
};
