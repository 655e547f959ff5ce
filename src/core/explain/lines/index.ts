import type { Words } from '../../ops';
import type { Expr, Stmt } from '../../syntax';
import { stepsOf, told } from '../expressions';
import { formulaOf, formulasOf, looseFormula } from '../formula';
import { madeWords, makingWords } from '../making';
import { shapesOf } from '../reader';
import { statementWords } from '../statements';
import { statementsIn } from '../walk';
import { join, plain, text, words } from '../words';
import { assignWords, isText, togetherWords } from './assign';
import { effectWords, registeredWords } from './calls';
import { codeText, nameOf } from './code';
import { functionWords } from './definitions';
import { assertWords, deleteWords, forWords, ifWords, raiseWords, whileWords, withWords } from './flow';
import { ingredientWords } from './ingredients';
import { type Scope, selfAttribute, targetsOf } from './scope';
import { testWords } from './tests';
import { choiceWords, ownGiven, sourceWords, unseenCall } from './values';

export { plainClassWords } from './definitions';
export { isSameWork, type Scope, sameWords } from './scope';
export { conditionalLayer } from './values';

/** A sentence for any statement: what it does and what for; undefined where the code says all there is to say. */
export const fullWords = (s: Scope, stmt: Stmt, inline: boolean): Words | undefined => {
  switch (stmt.kind) {
    case 'Assign':
    case 'AnnAssign':
    case 'AugAssign':
      return (
        (stmt.kind === 'Assign' && stmt.value.kind === 'Call' ? registeredWords(s, stmt.value) : undefined) ??
        assignWords(s, stmt, inline)
      );
    case 'Return':
      return returnWords(s, stmt, inline);
    case 'ExprStmt':
      return effectWords(s, stmt.value, inline);
    case 'If':
      return ifWords(s, stmt);
    case 'For':
      return forWords(s, stmt);
    case 'While':
      return whileWords(s, stmt);
    case 'With':
      return withWords(s, stmt);
    case 'Assert':
      return assertWords(s, stmt);
    case 'Raise':
      return raiseWords(s, stmt);
    case 'Delete':
      return deleteWords(s, stmt);
    case 'FunctionDef':
      return functionWords(s, stmt);
    case 'Try':
      return words('tries what follows; an error goes on below at except', '尝试执行；出错则转到下面的 except');
    case 'Pass':
      return words('nothing to do here', '此处无需做任何事');
    case 'Break':
      return words('leaves the loop', '跳出循环');
    case 'Continue':
      return words('goes on with the next turn', '进入下一次循环');
    default:
      return undefined;
  }
};

type Return = Extract<Stmt, { readonly kind: 'Return' }>;

const returnWords = (s: Scope, stmt: Return, inline: boolean): Words | undefined => {
  const { value } = stmt;
  if (!value) return words('ends the function here', '到此结束');
  const special = foldedWords(s, value) ?? untouched(s, value) ?? addedBack(s, value);
  if (special) return special;
  const said = resultWords(s, stmt, value, inline);
  return said && isAuxiliary(s, stmt, value)
    ? text`${words('with auxiliary outputs while training; ', '训练时另返回辅助输出；')}${said}`
    : said;
};

/** `kernel * t, beta - mean * gamma / std`: what a batch norm folds into. */
const foldedWords = (s: Scope, value: Expr): Words | undefined => {
  const roles = value.kind === 'Tuple' ? value.items.map((item) => s.r.idioms().steps.get(givenTo(s, item))?.role) : [];
  if (!roles.includes('fold-kernel') || !roles.includes('fold-bias')) return undefined;
  const formula = formulasOf(value);
  const [en, zh] = formula === undefined ? ['', ''] : [`: ${formula}`, `：${formula}`];
  return words(
    `returns the kernel and the bias with the batch norm folded in${en}; right in eval mode, for a convolution without a bias`,
    `返回折叠了批归一化的卷积核与偏置${zh}；评估模式且卷积无偏置时成立`,
  );
};

/** What a name was given, where the function gives it one value only. */
const givenTo = (s: Scope, expr: Expr): Expr => {
  if (expr.kind !== 'Name') return expr;
  const given = statementsIn(s.fn?.body ?? []).filter((stmt) =>
    targetsOf(stmt).some((target) => target.kind === 'Name' && target.id === expr.id),
  );
  const [only, more] = given;
  return only?.kind === 'Assign' && !more ? only.value : expr;
};

/** An argument that goes back as it came. */
const untouched = (s: Scope, value: Expr): Words | undefined => {
  if (value.kind !== 'Name' || !s.fn?.params.some((param) => param.name === value.id)) return undefined;
  const isSet = statementsIn(s.fn.body).some(
    (stmt) => stmt.start < value.start && targetsOf(stmt).some((target) => nameOf(target) === value.id),
  );
  const isChanged = statementsIn(s.fn.body).some(
    (stmt) =>
      stmt.start < value.start &&
      (stmt.kind === 'AugAssign' || stmt.kind === 'For') &&
      nameOf(stmt.target) === value.id,
  );
  return isSet || isChanged ? undefined : words(`returns ${value.id} as it came`, `原样返回 ${value.id}`);
};

/** `self.fn(x) + x` of a wrapper that knows nothing of `fn`. */
const addedBack = (s: Scope, value: Expr): Words | undefined => {
  if (value.kind !== 'BinOp' || value.op !== '+' || s.fn?.name !== 'forward' || shapesOf(s.r, value).length > 0)
    return undefined;
  const [call, input] = value.left.kind === 'Call' ? [value.left, value.right] : [value.right, value.left];
  if (call.kind !== 'Call' || input.kind !== 'Name' || !untouched(s, input)) return undefined;
  const [by, first] = [selfAttribute(call.func), call.args[0]?.value];
  return by === undefined || first?.kind !== 'Name' || first.id !== input.id
    ? undefined
    : words(
        `returns: residual: adds ${input.id} back onto what ${by} gives`,
        `返回：残差连接：把 ${input.id} 加回 ${by} 的输出`,
      );
};

/** Besides what another `return` gives alone more results, and only while training. Losses are no such results. */
const isAuxiliary = (s: Scope, stmt: Return, value: Expr): boolean => {
  const inTraining = statementsIn(s.fn?.body ?? []).some(
    (one) => one.kind === 'If' && selfAttribute(one.test) === 'training' && statementsIn(one.body).includes(stmt),
  );
  if (!inTraining) return false;
  const parts =
    value.kind === 'Tuple' ? value.items : value.kind === 'Dict' ? value.entries.map((entry) => entry.value) : [];
  const given = parts.map((part) => s.source(part));
  return statementsIn(s.fn?.body ?? []).some(
    (other) => other.kind === 'Return' && other !== stmt && other.value && given.includes(s.source(other.value)),
  );
};

/** `return f(x), a + b`: what each of several results is. */
const partsWords = (s: Scope, value: Expr): Words | undefined => {
  const items = value.kind === 'Tuple' ? value.items : [];
  if (items.length < 2 || items.length > MOST_PARTS) return undefined;
  const parts = items.map((item) => {
    const [shape, more] = shapesOf(s.r, item);
    const formula = formulaOf(item);
    const isWorked = item.kind === 'Call' || item.kind === 'BinOp';
    const steps = formula !== undefined ? plain(formula) : isWorked ? told(stepsOf(s, item)) : undefined;
    return steps && shape !== undefined && more === undefined ? text`${steps} → ${shape}` : undefined;
  });
  const known = parts.filter((part) => part !== undefined);
  return known.length < parts.length ? undefined : join(known, '; ', '；');
};

const MOST_PARTS = 3;

/** `return a, f(b), g(c)`: each by its name or by what gives it. */
const severalWords = (s: Scope, items: readonly Expr[]): Words | undefined => {
  const parts = items.map((item) => {
    const code = codeText(s, item, 24);
    if (code !== undefined) return plain(code);
    const source = item.kind === 'Call' ? (told(stepsOf(s, item)) ?? sourceWords(s, item, undefined)) : undefined;
    const formula = looseFormula(item, (part) => codeText(s, part));
    if (formula !== undefined) return plain(formula);
    return source ?? (item.kind === 'Call' ? plain(`${codeText(s, item.func, 32) ?? '…'}(…)`) : plain('…'));
  });
  return text`${words('returns: ', '返回：')}${join(parts, '; ', '；')}`;
};

const resultWords = (s: Scope, stmt: Return, value: Expr, inline: boolean): Words | undefined => {
  const given = ownGiven(s, value);
  if (given) return given;
  const said =
    makingWords(s, value, inline) ??
    choiceWords(s, value) ??
    partsWords(s, value) ??
    unseenCall(s, value) ??
    statementWords(s, stmt);
  if (said) return text`${words('returns: ', '返回：')}${said}`;
  const formula = formulasOf(value);
  if (formula !== undefined) return words(`returns ${formula}`, `返回 ${formula}`);
  const isWorked = value.kind === 'Call' || value.kind === 'BinOp' || value.kind === 'UnaryOp';
  const source = madeWords(s, value) ?? (isWorked ? sourceWords(s, value, undefined) : undefined);
  if (source) return text`${words('returns: ', '返回：')}${source}`;
  const together = value.kind === 'BinOp' ? togetherWords(s, value, undefined) : undefined;
  if (together) return text`${words('returns ', '返回 ')}${together}`;
  if (value.kind === 'Compare') return text`${words('returns whether ', '返回是否满足：')}${testWords(s, value)}`;
  const code = codeText(s, value);
  const shapes = shapesOf(s.r, value);
  if (code === undefined) {
    if (value.kind === 'Tuple') return severalWords(s, value.items);
    const parts = ingredientWords(s, value);
    if (isText(value)) return words('returns a text put together here', '返回拼好的字符串');
    return parts && text`${words('returns what is ', '返回值')}${parts}`;
  }
  return shapes.length === 1
    ? words(`returns ${code}: ${shapes[0]}`, `返回 ${code}：${shapes[0]}`)
    : words(`returns ${code}`, `返回 ${code}`);
};
