import { type Condition, type Dim, decide, print } from '../dims';
import { binary, type OpContext } from '../ops';
import type { CompareOperator, Expr } from '../syntax';
import {
  bool,
  type Choice,
  FALSE,
  identity,
  keyOf,
  type OpaqueValue,
  ofMember,
  opaqueSize,
  TRUE,
  toArg,
  unknown,
  type Value,
} from '../values';
import { noteAsked, rankFacts, rankSize } from './asked-ranks';
import { distribute } from './branch';
import { conditionValue } from './join';
import type { Machine } from './machine';
import { member, unclear } from './membership';
import { folded, RELATIONS } from './numbers';
import { not } from './operators';
import { settleOutcome } from './outcomes';
import { callMethodIfAny } from './protocols';

export const compare = (m: Machine, op: CompareOperator, left: Value, right: Value, node: Expr): Value => {
  switch (op) {
    case 'is':
      return distribute(m, left, (a) => distribute(m, right, (b) => identical(a, b)));
    case 'is not':
      return not(m, compare(m, 'is', left, right, node));
    case 'in':
      return distribute(m, left, (a) =>
        distribute(m, right, (b) => member(m, a, b, (x, y) => compare(m, '==', x, y, node))),
      );
    case 'not in':
      return not(m, compare(m, 'in', left, right, node));
    default: {
      const compared = (a: Value, b: Value) => perhapsTensor(a, b, op, relation(m, op, ofMember(a), ofMember(b), node));
      return ofTexts(left, right, compared) ?? distribute(m, left, (a) => distribute(m, right, (b) => compared(a, b)));
    }
  }
};

/** Texts are compared without running both sides of what chooses them: nothing can happen there. */
const ofTexts = (left: Value, right: Value, use: (a: Value, b: Value) => Value): Value | undefined => {
  if (left.kind !== 'either' || right.kind !== 'str')
    return left.kind === 'str' && right.kind === 'str' ? use(left, right) : undefined;
  const [yes, no] = [ofTexts(left.yes, right, use), ofTexts(left.no, right, use)];
  return yes && no && { kind: 'either', condition: left.condition, yes, no };
};

/**
 * Who compares a number with what nobody knows may compare a tensor, and gets one: the answer is a truth value only
 * where it is asked for as a condition.
 */
const perhapsTensor = (a: Value, b: Value, op: CompareOperator, answer: Value): Value =>
  answer.kind === 'either' && [a, b].some((v) => v.kind === 'unknown') && [a, b].every(maySideWithTensor)
    ? { kind: 'unknown', why: `${op} of values that are not known`, truth: answer }
    : answer;

const maySideWithTensor = (v: Value): boolean => ['unknown', 'opaque', 'int', 'float', 'bool'].includes(v.kind);

type SizeRelation = Extract<Condition, { readonly left: Dim }>;
type Relation = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A condition about a parameter that nobody has told us about, or about values that nobody knows. */
const open = (key: string, text: string): Value => conditionValue({ key, text });

const identical = (a: Value, b: Value): Value => {
  if (a === b) return TRUE;
  if (a.kind === 'unknown' || b.kind === 'unknown') return unclear(a, b, 'is');
  if (a.kind === 'opaque' || b.kind === 'opaque') return opaqueIs(a, b);
  if (a.kind !== b.kind) return FALSE;
  const [x, y] = [keyOf(a), keyOf(b)];
  if (x !== undefined && y !== undefined) return bool(x === y);
  return a.kind === 'tensor' ? unclear(a, b, 'is') : FALSE;
};

const opaqueIs = (a: Value, b: Value): Value => {
  const [opaque, other] = a.kind === 'opaque' ? [a, b] : [b as OpaqueValue, a];
  if ((opaque.type || opaque.given) && other.kind === 'none') return FALSE;
  return open(`is:${opaque.path}:${keyOf(other) ?? identity(other)}`, `${opaque.path} is ${plain(other)}`);
};

const plain = (value: Value): string => {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'str':
      return `'${value.value}'`;
    case 'int':
      return print(value.value, { style: 'code' });
    case 'opaque':
      return value.path;
    default:
      return '…';
  }
};

const asSize = (value: Value): Dim | undefined => {
  if (value.kind === 'int') return value.value;
  if (value.kind === 'bool') return value.value ? 1 : 0;
  return undefined;
};

const conditionOf = (op: Relation, a: Dim, b: Dim): SizeRelation => {
  switch (op) {
    case '==':
      return { kind: 'eq', left: a, right: b };
    case '!=':
      return { kind: 'ne', left: a, right: b };
    case '<':
      return { kind: 'lt', left: a, right: b };
    case '<=':
      return { kind: 'le', left: a, right: b };
    case '>':
      return { kind: 'lt', left: b, right: a };
    case '>=':
      return { kind: 'le', left: b, right: a };
  }
};

/** How a reader says it when the number stands first: `n > 0`, not `0 < n`. */
const TURNED = { eq: '==', ne: '!=', lt: '>', le: '>=' } as const;
const WORDS = { eq: '==', ne: '!=', lt: '<', le: '<=' } as const;

/** A comparison of sizes as a value: decided, or a condition with one key for a relation and its negation. */
export const sizeRelation = (m: Machine, op: Relation, a: Dim, b: Dim, facts = m.facts): Value => {
  if (typeof a === 'number' && typeof b === 'number') return bool(holds(op, a, b));
  const condition = conditionOf(op, a, b);
  const answer = decide(facts, condition);
  if (answer !== undefined) return bool(answer);
  const positive = condition.kind === 'ne' ? ({ ...condition, kind: 'eq' } as const) : condition;
  const value = conditionValue(choiceOf(positive));
  return condition.kind === 'ne' ? not(m, value) : value;
};

const choiceOf = (relation: SizeRelation): Choice => {
  const show = (d: Dim) => print(d, { style: 'code' });
  const key = (d: Dim) => (typeof d === 'number' ? String(d) : d.key);
  return {
    key: `${relation.kind}:${key(relation.left)}:${key(relation.right)}`,
    text:
      typeof relation.left === 'number'
        ? `${show(relation.right)} ${TURNED[relation.kind]} ${show(relation.left)}`
        : `${show(relation.left)} ${WORDS[relation.kind]} ${show(relation.right)}`,
    relation,
  };
};

const holds = (op: Relation, a: number, b: number): boolean => {
  switch (op) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
};

const SPECIAL: Readonly<Record<Relation, string>> = {
  '==': '__eq__',
  '!=': '__ne__',
  '<': '__lt__',
  '<=': '__le__',
  '>': '__gt__',
  '>=': '__ge__',
};

const MIRRORED: Readonly<Record<Relation, Relation>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

const specialOf = (m: Machine, a: Value, op: Relation, b: Value): Value | undefined =>
  a.kind === 'object' && a.cls.path === undefined ? callMethodIfAny(m, a, SPECIAL[op], b) : undefined;

/** A buffer or parameter: a checkpoint may have put other numbers there. */
const isKept = (value: Value): boolean => value.kind === 'tensor' && value.parameter !== undefined;

const relation = (m: Machine, op: Relation, a: Value, b: Value, node: Expr): Value => {
  if (a.kind === 'tensor' || b.kind === 'tensor') {
    const context: OpContext = m.context;
    const [x, y] = [toArg(a), toArg(b)];
    const call = { name: op, args: { positional: [x, y], keywords: new Map() } };
    const result = settleOutcome(m, binary(op, x, y, context), node, call, 'TypeError');
    return [a, b].some(isKept) ? result : folded(m, RELATIONS[op], { positional: [a, b], keywords: new Map() }, result);
  }
  const [x, y] = [asSize(a), asSize(b)];
  if (x !== undefined && y !== undefined) return sizeRelation(m, op, x, y);
  const own = specialOf(m, a, op, b) ?? specialOf(m, b, MIRRORED[op], a);
  if (own) return own;
  if (op === '!=' && a.kind === 'object' && specialOf(m, a, '==', b)) return not(m, relation(m, '==', a, b, node));
  const [left, right] = [x ?? rankSize(m, a), y ?? rankSize(m, b)];
  if (left !== undefined && right !== undefined) {
    const [mark, count] = x === undefined ? [a, b] : [b, a];
    noteAsked(m, mark, count);
    return sizeRelation(m, op, left, right, rankFacts(m, mark));
  }
  // Compared with something that may be a tensor, it may be a tensor of truths.
  if (op !== '==' && op !== '!=' && (a.kind === 'unknown' || b.kind === 'unknown')) return unknown('a comparison');
  if (a.kind === 'opaque' || b.kind === 'opaque') return opaqueRelation(m, op, a, b);
  if (isNumber(a) && isNumber(b)) return numbers(op, a, b);
  if (op === '==' || op === '!=') return equality(m, op, a, b, node);
  return ordering(m, op, a, b, node);
};

const isNumber = (v: Value): boolean => v.kind === 'int' || v.kind === 'float' || v.kind === 'bool';

const numberOf = (v: Value): number | undefined =>
  v.kind === 'float'
    ? v.value
    : v.kind === 'bool'
      ? v.value
        ? 1
        : 0
      : v.kind === 'int' && typeof v.value === 'number'
        ? v.value
        : undefined;

const numbers = (op: Relation, a: Value, b: Value): Value => {
  const [x, y] = [numberOf(a), numberOf(b)];
  return x === undefined || y === undefined ? unclear(a, b, op) : bool(holds(op, x, y));
};

const opaqueRelation = (m: Machine, op: Relation, a: Value, b: Value): Value => {
  const size = (v: Value): Dim | undefined =>
    v.kind === 'opaque' && (v.type ?? 'int') === 'int' ? opaqueSize(v) : asSize(v);
  const [x, y] = [size(a), size(b)];
  if (x !== undefined && y !== undefined) return sizeRelation(m, op, x, y);
  if (op === '==' || op === '!=') {
    const [opaque, other] = a.kind === 'opaque' ? [a, b] : [b, a];
    const path = opaque.kind === 'opaque' ? opaque.path : '';
    const value = open(`eq:${path}:${keyOf(other) ?? plain(other)}`, `${path} == ${plain(other)}`);
    return op === '==' ? value : not(m, value);
  }
  return unclear(a, b, op);
};

const equality = (m: Machine, op: '==' | '!=', a: Value, b: Value, node: Expr): Value => {
  const equal = equals(m, a, b, node);
  return op === '==' ? equal : not(m, equal);
};

const isSequence = (v: Value): v is Extract<Value, { kind: 'tuple' | 'list' }> =>
  v.kind === 'tuple' || v.kind === 'list';

/** The version of a library: which one is not known, but it has digits (`torch.__version__ == 'parrots'`). */
const isVersion = (value: Value): boolean => value.kind === 'unknown' && /^\w+\.__version__$/.test(value.why);

const equals = (m: Machine, a: Value, b: Value, node: Expr): Value => {
  if (a === b) return TRUE;
  if (isVersion(a) && b.kind === 'str' && !/\d/.test(b.value)) return FALSE;
  if (a.kind === 'device' && b.kind === 'device' && a.meta !== b.meta) return FALSE;
  if (a.kind === 'unknown' || b.kind === 'unknown') return unclear(a, b, '==');
  if (isSequence(a) && isSequence(b)) {
    if (a.kind !== b.kind) return FALSE;
    if (a.kind === 'list' && b.kind === 'list' && (a.count !== null || b.count !== null)) return unclear(a, b, '==');
    if (a.items.length !== b.items.length) return FALSE;
    let result: Value = TRUE;
    for (const [i, item] of a.items.entries()) {
      const one = compare(m, '==', item, b.items[i] ?? unknown(''), node);
      if (one === FALSE) return FALSE;
      if (one !== TRUE) result = result === TRUE ? one : unclear(a, b, '==');
    }
    return result;
  }
  const [x, y] = [keyOf(a), keyOf(b)];
  if (x !== undefined && y !== undefined) return bool(x === y);
  if (a.kind !== b.kind) return FALSE;
  return subsets('==', a, b) ?? unclear(a, b, '==');
};

const ordering = (m: Machine, op: Relation, a: Value, b: Value, node: Expr): Value => {
  if (a.kind === 'str' && b.kind === 'str')
    return bool(holds(op, a.value < b.value ? -1 : a.value > b.value ? 1 : 0, 0));
  if (isSequence(a) && isSequence(b)) {
    for (const [i, item] of a.items.entries()) {
      const other = b.items[i];
      if (!other) break;
      const same = compare(m, '==', item, other, node);
      if (same === FALSE) return compare(m, op, item, other, node);
      if (same !== TRUE) return unclear(a, b, op);
    }
    return bool(holds(op, a.items.length, b.items.length));
  }
  return subsets(op, a, b) ?? unclear(a, b, op);
};

/** How sets lie in each other: `a <= b` where all of `a` is in `b`. Undefined where these are no known sets. */
const subsets = (op: Relation, a: Value, b: Value): Value | undefined => {
  if (a.kind !== 'set' || b.kind !== 'set' || a.open || b.open) return undefined;
  const [x, y] = [[...a.entries.keys()], [...b.entries.keys()]];
  // Sizes in symbols may be equal for all that their keys say.
  if ([...x, ...y].some((key) => key.startsWith('d'))) return undefined;
  const within = x.every((key) => b.entries.has(key));
  const without = y.every((key) => a.entries.has(key));
  if (op === '==' || op === '!=') return bool((within && without) === (op === '=='));
  const [smaller, larger] = op === '<' || op === '<=' ? [within, without] : [without, within];
  return bool(smaller && (op === '<=' || op === '>=' || !larger));
};
