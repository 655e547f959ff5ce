import type { Words } from '../ops';
import type { Call, Expr, Stmt } from '../syntax';
import type { Value } from '../values';
import type { Context } from './context';
import { stepsOf, told } from './expressions';
import { operandsOf } from './flow';
import { roleWords } from './idioms';
import { familyOf } from './layers';
import { isModule } from './modules';
import { isSilent } from './ops';
import { withoutSelf } from './own-names';
import { shapesOf } from './reader';
import { plain, text, words } from './words';

/** What a statement of `forward` does, with the shape that comes out: `2×2 average pool → [B, C, H/2, W/2]`. */
export const statementWords = (cx: Context, stmt: Stmt): Words | undefined => {
  switch (stmt.kind) {
    case 'Assign':
    case 'AnnAssign':
    case 'Return':
      return stmt.value && valueWords(cx, stmt.value, stmt.kind !== 'Return');
    case 'AugAssign':
      return augmented(cx, stmt);
    default:
      return undefined;
  }
};

/** What a statement does to get its value, without the shape. */
export const statementSteps = (cx: Context, stmt: Stmt): Words | undefined =>
  (stmt.kind === 'Assign' || stmt.kind === 'AnnAssign') && stmt.value ? told(stepsOf(cx, stmt.value)) : undefined;

/** Only the shape that comes out of a statement. */
export const statementShape = (cx: Context, stmt: Stmt): string | undefined => {
  const value = stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' || stmt.kind === 'Return' ? stmt.value : undefined;
  if (stmt.kind === 'AugAssign') return oneOrTwo(shapesOf(cx.r, stmt.target));
  if (!value || value.kind === 'Name') return undefined;
  return oneOrTwo(shapesOf(cx.r, value)) ?? resultText(cx, value);
};

const valueWords = (cx: Context, value: Expr, assigned: boolean): Words | undefined => {
  if (value.kind === 'Name' || value.kind === 'Constant') return undefined;
  const result = resultText(cx, value);
  const steps = stepsOf(cx, value);
  const what = told(steps.slice(-LONGEST));
  if (result === undefined) {
    // A name by itself says nothing: it is whose result this is.
    const isOwn = value.kind === 'Call' && cx.r.values(value.func).some((v) => isModule(v) && v.cls.path === undefined);
    const alone = isOwn && what && what.en === what.zh && /^\w+$/.test(what.en);
    if (alone) return runWords(what.en, value);
    if (!what && isPassedOn(cx, value)) return cx.full ? passedOnWords(cx, value) : undefined;
    const moved = what && movedCall(cx, value, what.en);
    if (moved) return runWords(moved.name, moved.call);
    return cx.full || isTensorish(cx, value) ? what : undefined;
  }
  const from = inputText(cx, value);
  if (steps.every((s) => s.moves) && from !== undefined && from !== result) {
    return what ? text`${what}${words(': ', '：')}${from} → ${result}` : plain(`${from} → ${result}`);
  }
  if (from === result && !what && isPassedOn(cx, value)) return cx.full ? passedOnWords(cx, value) : undefined;
  // A shape that did not change was told where it came about.
  if (what && from === result && (!cx.full || result.length > LONG_SHAPE)) return what;
  if (what) return text`${what} → ${result}`;
  const each = value.kind === 'Tuple' || (value.kind === 'List' && !assigned) ? eachWords(cx, value.items) : undefined;
  if (each) return text`${each} → ${result}`;
  if (from !== undefined && from !== result) return plain(`${from} → ${result}`);
  const by = cx.full && value.kind === 'Call' ? withoutSelf(cx, cx.source(value.func)) : '';
  if (/^[\w.]{1,40}$/.test(by)) return text`${words('computed by ', '由 ')}${by}${words('', ' 求得')} → ${result}`;
  // Nothing is known but that the shape is as it was.
  if (from === result && !cx.full) return undefined;
  return assigned || value.kind === 'Tuple' || value.kind === 'Call' ? plain(result) : undefined;
};

/** `a.t(), b.t()`: what is done to each alike. */
const eachWords = (cx: Context, items: readonly Expr[]): Words | undefined => {
  const [first, ...rest] = items.map((item) => told(stepsOf(cx, item)));
  return cx.full && first && rest.length > 0 && rest.every((one) => one?.en === first.en)
    ? text`${words('each: ', '各自')}${first}`
    : undefined;
};

/** `net(x).cpu()`, of which no more is told than the name of what is called. */
const movedCall = (
  cx: Context,
  value: Expr,
  name: string,
): { readonly name: string; readonly call: Call } | undefined => {
  if (value.kind !== 'Call' || value.func.kind !== 'Attribute' || !isSilent(value.func.attr)) return undefined;
  const inner = value.func.value;
  return inner.kind === 'Call' && withoutSelf(cx, cx.source(inner.func)) === name ? { name, call: inner } : undefined;
};

/** What a module gives of which only the name is known, and of which named inputs. */
export const runWords = (module: string, { args }: Call): Words => {
  const names = args.map(({ value, star }) => (value.kind === 'Name' && star === 0 ? value.id : undefined));
  return names.length === 0 || names.includes(undefined)
    ? words(`computed by ${module}`, `由 ${module} 求得`)
    : words(`feeds ${names.join(', ')} to ${module}`, `把 ${names.join('、')} 送入 ${module}`);
};

const LONGEST = 6;

const augmented = (cx: Context, stmt: Extract<Stmt, { kind: 'AugAssign' }>): Words | undefined => {
  const result = oneOrTwo(shapesOf(cx.r, stmt.target));
  const doing = roleWords(cx.r, stmt.target) ?? VERBS[stmt.op];
  return result !== undefined && doing ? text`${doing} → ${result}` : undefined;
};

const VERBS: Readonly<Partial<Record<string, Words>>> = {
  '+': words('adds onto it', '逐元素加上'),
  '*': words('multiplies it element-wise', '逐元素乘上'),
  '-': words('subtracts from it', '逐元素减去'),
  '/': words('divides it element-wise', '逐元素除以'),
};

const isTensorish = ({ r }: Context, value: Expr): boolean =>
  value.kind === 'Call' && r.values(value).some((v) => v.kind === 'tensor' || v.kind === 'unknown');

/** The shapes of what a list or tuple holds, behind an arrow. */
export const containerPart = (cx: Context, value: Expr): Words => {
  const held = cx.r.value(value);
  const said = held && short(containerText(cx, held));
  return plain(said === undefined ? '' : ` → ${said}`);
};

/** The shape of what an expression gives; several in a tuple, each by itself. */
const resultText = (cx: Context, value: Expr): string | undefined => {
  const held = cx.r.value(value);
  return short(oneOf(shapesOf(cx.r, value)) ?? (held && containerText(cx, held)));
};

/** A shape that fills lines is for the hover. */
const short = (shape: string | undefined): string | undefined =>
  shape !== undefined && shape.length > LONGEST_SHAPE ? undefined : shape;

const oneOrTwo = (shapes: readonly string[]): string | undefined =>
  shapes.length === 0 || shapes.length > 2 ? undefined : shapes.join(' | ');

/** The same in a sentence: of two inputs that go the same way, each with sizes of its own, one stands for both. */
const oneOf = (shapes: readonly string[]): string | undefined => {
  const [first, second] = shapes;
  return shapes.length === 2 && first?.replace(/\b[A-Z]\b/g, '$&2') === second ? first : oneOrTwo(shapes);
};

/** A longer one is not told again where it stays as it is. */
const LONG_SHAPE = 40;

/** Whether a layer is called that hands on what it gets, as it was built here. */
const isPassedOn = ({ r }: Context, value: Expr): boolean => {
  const callees = value.kind === 'Call' ? r.values(value.func) : [];
  return callees.length > 0 && callees.every((one) => isModule(one) && /\.Identity$/.test(familyOf(one)?.path ?? ''));
};

const passedOnWords = (cx: Context, value: Expr): Words | undefined => {
  const name = value.kind === 'Call' ? withoutSelf(cx, cx.source(value.func)) : '';
  return /^[\w.]{1,40}$/.test(name) ? words(`${name} changes nothing here`, `${name} 在此不作改变`) : undefined;
};

const MOST = 4;
const LONGEST_SHAPE = 84;

/** `[B, C] × 3`, or `[B, C], [B, D]`; what stands in a tuple of its own in parentheses, as a state of an LSTM does. */
const containerText = (cx: Context, value: Value): string | undefined => {
  if (value.kind !== 'tuple' && value.kind !== 'list' && value.kind !== 'iterator') return undefined;
  const { r } = cx;
  const shapes = value.items.map((item) => {
    if (item.kind === 'tensor') return r.shape(item.shape);
    if (item.kind === 'none') return 'None';
    const inner = containerText(cx, item);
    return inner && `(${inner})`;
  });
  const [first] = shapes;
  if (value.items.every(({ kind }) => kind === 'none')) return undefined;
  if (first === undefined || shapes.some((s) => s === undefined)) return undefined;
  if (value.kind !== 'tuple' && value.count !== null) return `${first} × ${r.dim(value.count)}`;
  if (shapes.length > 1 && shapes.every((s) => s === first)) return `${first} × ${shapes.length}`;
  return shapes.length <= MOST ? shapes.join(', ') : undefined;
};

/** The shape of the one tensor that an expression works on, innermost. */
const inputText = (cx: Context, value: Expr): string | undefined => {
  const [only, more] = operandsOf(value).filter((operand) => isTensor(cx, operand));
  if (!only || more) return undefined;
  return operandsOf(only).some((operand) => isTensor(cx, operand))
    ? inputText(cx, only)
    : short(oneOf(shapesOf(cx.r, only)));
};

/** Whether an expression holds a tensor, of whatever shapes. */
const isTensor = ({ r }: Context, expr: Expr): boolean => {
  const values = r.values(expr);
  return values.length > 0 && values.every(({ kind }) => kind === 'tensor');
};
