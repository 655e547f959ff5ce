import type { Arg, CallArgs } from './arg';
import { fault } from './codes';
import type { Param, Signature } from './grammar';
import type { Fault } from './outcome';

/** Which argument each parameter got: the caller's, or the default. */
export interface Bound {
  readonly args: ReadonlyMap<string, Arg>;
  readonly given: ReadonlySet<string>;
  /** Keywords that an open signature takes without naming them: sizes of axes. */
  readonly extra: ReadonlyMap<string, Arg>;
}

/** How the names of keywords are read besides the parameters' own. */
export interface Spelling {
  /** NumPy's spellings are understood (`axis` for `dim`), and `out` is. */
  readonly numpy: boolean;
  readonly op: string;
}

const numpyNames: Readonly<Record<string, string>> = {
  axis: 'dim',
  keepdims: 'keepdim',
  x: 'input',
  a: 'input',
  x1: 'input',
  x2: 'other',
};

/** Binds arguments to the parameters of a signature as Python does. */
export const bind = (signature: Signature, args: CallArgs, spelling: Spelling): Bound | Fault => {
  const bound = new Map<string, Arg>();
  const extra = new Map<string, Arg>();
  const rest = bindPositional(signature.params, args.positional, bound);
  if (rest > 0 && signature.open !== 'all') {
    const most = signature.params.filter((p) => !p.keywordOnly).length;
    return fault('too-many-arguments', { op: spelling.op, most, given: args.positional.length });
  }
  for (const [keyword, value] of args.keywords) {
    const param = findParam(signature.params, keyword, spelling);
    if (!param && signature.open !== 'no') {
      extra.set(keyword, value);
      continue;
    }
    if (!param && spelling.numpy && keyword === 'out') continue;
    if (!param) return fault('unexpected-keyword', { op: spelling.op, keyword }, keyword);
    if (bound.has(param.name)) return fault('repeated-argument', { op: spelling.op, argument: keyword }, keyword);
    bound.set(param.name, value);
  }
  const given = new Set(bound.keys());
  for (const param of signature.params) {
    if (bound.has(param.name)) continue;
    if (!param.fallback) return fault('missing-argument', { op: spelling.op, argument: param.name }, param.name);
    bound.set(param.name, param.fallback);
  }
  return { args: bound, given, extra };
};

/** Gives the number of arguments that found no place. */
const bindPositional = (params: readonly Param[], positional: readonly Arg[], bound: Map<string, Arg>): number => {
  let at = 0;
  for (const param of params) {
    if (at >= positional.length || param.keywordOnly) break;
    if (param.kind.endsWith('*')) {
      bound.set(param.name, gather(positional.slice(at), param.kind));
      return 0;
    }
    const arg = positional[at++];
    if (arg) bound.set(param.name, arg);
  }
  return positional.length - at;
};

/** `f(2, 3)` and `f((2, 3))` are one call. */
const gather = (items: readonly Arg[], kind: string): Arg => {
  const only = items.length === 1 ? items[0] : undefined;
  const whole = only && (only.kind === 'tuple' || only.kind === 'sequence' || only.kind === 'unknown');
  return whole && kind !== 'any*' ? only : { kind: 'tuple', items };
};

const findParam = (params: readonly Param[], keyword: string, spelling: Spelling): Param | undefined => {
  const exact = params.find((p) => p.name === keyword || p.also.includes(keyword));
  if (exact || !spelling.numpy) return exact;
  const translated = numpyNames[keyword];
  return translated === undefined ? undefined : params.find((p) => p.name === translated);
};
