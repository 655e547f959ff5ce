import type { Family } from '../ops';
import type { Call, Expr } from '../syntax';
import { fromArg, type Value } from '../values';
import type { Reader } from './reader';

/** The call of an op as the source writes it: which one, and the expression behind each of its parameters. */
export interface OpCall {
  readonly family: Family;
  /** The last part of its name: `cat`, `view`. */
  readonly name: string;
  readonly expr: Call;
  readonly arg: (name: string) => Expr | undefined;
  readonly value: (...names: readonly string[]) => Value | undefined;
  /** All tensors given one by one: `view(B, -1)` has its sizes here. */
  readonly rest: readonly Expr[];
}

/** Reads a call of an op; undefined where it calls something else. */
export const opCall = (r: Reader, expr: Call): OpCall | undefined => {
  const callee = r.value(expr.func);
  const method = callee?.kind === 'method' && callee.func.kind === 'op' ? callee.func : undefined;
  const op = callee?.kind === 'op' ? callee : method;
  if (!op) return undefined;
  const receiver = method && expr.func.kind === 'Attribute' ? [expr.func.value] : [];
  const plain = expr.args.filter((arg) => arg.star === 0 && arg.name === undefined).map((arg) => arg.value);
  const positional = [...receiver, ...plain];
  const params = op.family.rows[0]?.signature.params ?? [];
  const arg = (name: string): Expr | undefined => {
    const keyword = expr.args.find((a) => a.name === name);
    if (keyword) return keyword.value;
    const at = params.findIndex((p) => p.name === name && !p.keywordOnly);
    return at < 0 ? undefined : positional[at];
  };
  return {
    family: op.family,
    name: op.family.path.slice(op.family.path.lastIndexOf('.') + 1),
    expr,
    arg,
    value: (...names) => {
      for (const name of names) {
        const found = arg(name);
        if (found) return r.value(found);
        const fallback = params.find((p) => p.name === name)?.fallback;
        if (fallback) return fromArg(fallback);
      }
      return undefined;
    },
    rest: positional,
  };
};
