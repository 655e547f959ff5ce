import type { CallArgs, Family, OpRow } from '../ops';
import type { Call, Expr } from '../syntax';
import { fromArg, int, NONE, str, toArg, tuple, type Value } from '../values';
import type { Reader } from './reader';

/** The call of an op as the source writes it: which overload, and the expression behind each of its parameters. */
export interface OpCall {
  readonly family: Family;
  /** The last part of its name: `cat`, `view`. */
  readonly name: string;
  readonly expr: Call;
  readonly arg: (name: string) => Expr | undefined;
  readonly value: (...names: readonly string[]) => Value | undefined;
  /** All tensors given one by one: `view(B, -1)` has its sizes here. */
  readonly rest: readonly Expr[];
  /** What the op is given, as far as it is known; undefined where a star stands among the arguments. */
  readonly given: () => CallArgs | undefined;
}

/** Reads a call of an op; undefined where it calls something else. */
export const opCall = (r: Reader, expr: Call): OpCall | undefined => {
  const [op, more] = new Set(r.values(expr.func).map(opOf));
  if (!op || more) return undefined;
  const method = r.values(expr.func)[0]?.kind === 'method';
  return callOf(r, op, expr, method && expr.func.kind === 'Attribute' ? [expr.func.value] : []);
};

/** Reads a call that makes a layer of the library. */
export const layerCall = (r: Reader, layer: Family, expr: Call): OpCall => callOf(r, layer, expr, []);

/** The overload that a call means, as far as its arguments tell; a method is called on its first one. */
export const overloadOf = (op: Family, expr: Call, isMethod: boolean): Family => {
  const plain = expr.args.filter((arg) => arg.star === 0 && arg.name === undefined).map((arg) => arg.value);
  const receiver = isMethod && expr.func.kind === 'Attribute' ? [expr.func.value] : [];
  const row = fitting(op, [...receiver, ...plain], expr);
  return row ? { ...op, rows: [row] } : op;
};

const callOf = (r: Reader, op: Family, expr: Call, receiver: readonly Expr[]): OpCall => {
  const plain = expr.args.filter((arg) => arg.star === 0 && arg.name === undefined).map((arg) => arg.value);
  const positional = [...receiver, ...plain];
  const row = fitting(op, positional, expr);
  const params = row?.signature.params ?? [];
  const arg = (name: string): Expr | undefined => {
    const keyword = expr.args.find((a) => a.name === name);
    if (keyword) return keyword.value;
    const at = params.findIndex((p) => p.name === name && !p.keywordOnly);
    return at < 0 ? undefined : positional[at];
  };
  return {
    family: row ? { ...op, rows: [row] } : op,
    name: op.path.slice(op.path.lastIndexOf('.') + 1),
    expr,
    arg,
    value: (...names) => {
      for (const name of names) {
        const found = arg(name);
        if (found) return r.value(found) ?? literal(found);
        const fallback = params.find((p) => p.name === name)?.fallback;
        if (fallback) return fromArg(fallback);
      }
      return undefined;
    },
    rest: positional,
    given: () => (expr.args.some((a) => a.star > 0) ? undefined : givenOf(r, expr, positional)),
  };
};

const givenOf = (r: Reader, { args }: Call, positional: readonly Expr[]): CallArgs => {
  const read = (expr: Expr) => toArg(r.value(expr) ?? literal(expr) ?? { kind: 'unknown', why: 'an argument' });
  const named = args.flatMap(({ name, value }) => (name === undefined ? [] : [[name, read(value)] as const]));
  return { positional: positional.map(read), keywords: new Map(named) };
};

/** The op that a callee is, bound to a tensor or not; null for anything else. */
const opOf = (callee: Value) => {
  const func = callee.kind === 'method' ? callee.func : callee;
  return func.kind === 'op' ? func.family : null;
};

/** The overload that fits what is given. */
const fitting = ({ rows }: Family, positional: readonly Expr[], { args }: Call): OpRow | undefined => {
  const keywords = args.flatMap((arg) => (arg.name === undefined ? [] : [arg.name]));
  const fits = rows.filter(
    ({ signature: { params } }) =>
      (positional.length <= params.filter((p) => !p.keywordOnly).length || params.some((p) => p.kind.endsWith('*'))) &&
      keywords.every((name) => params.some((p) => p.name === name)),
  );
  // `split(x, [h, w])` is not `split(x, 3)`.
  const isList = (expr: Expr | undefined): boolean => expr?.kind === 'List' || expr?.kind === 'Tuple';
  const isMeant = ({ signature: { params } }: OpRow): boolean =>
    params.every(
      ({ name, kind }, i) => kind !== 'int' || !isList(args.find((arg) => arg.name === name)?.value ?? positional[i]),
    );
  return fits.find(isMeant) ?? fits[0] ?? rows[0];
};

/** The value that the source itself says. */
const literal = (expr: Expr): Value | undefined => {
  switch (expr.kind) {
    case 'Num':
      return expr.type === 'int' ? int(expr.value) : { kind: 'float', value: expr.value };
    case 'Str':
      return str(expr.value);
    case 'Constant':
      if (expr.value === null) return NONE;
      return typeof expr.value === 'boolean' ? { kind: 'bool', value: expr.value } : undefined;
    case 'UnaryOp': {
      const inner = expr.op === '-' ? literal(expr.operand) : undefined;
      return inner?.kind === 'int' && typeof inner.value === 'number' ? int(-inner.value) : undefined;
    }
    case 'Tuple':
    case 'List': {
      const items = expr.items.map(literal);
      return items.every((item) => item !== undefined) ? tuple(items) : undefined;
    }
    default:
      return undefined;
  }
};
