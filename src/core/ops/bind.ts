import type { Arg, CallArgs } from './arg';
import { fault } from './codes';
import type { Param, Signature } from './grammar';
import type { Fault } from './outcome';
import { isQuiet, takesTorchName, takesTwice } from './paddle/spellings';

/** Which argument each parameter got: the caller's, or the default. */
export interface Bound {
  readonly args: ReadonlyMap<string, Arg>;
  readonly given: ReadonlySet<string>;
  /** Keywords that an open signature takes without naming them: sizes of axes. */
  readonly extra: ReadonlyMap<string, Arg>;
}

/** How the names of keywords are read besides the parameters' own: NumPy's are PyTorch's, PyTorch's are Paddle's. */
export interface Spelling {
  readonly names: 'own' | 'numpy' | 'paddle';
  readonly op: string;
  /** Methods have no `out`. */
  readonly method?: boolean;
}

/** Other words for a parameter. */
const synonyms: Readonly<Record<Spelling['names'], Readonly<Record<string, readonly string[]>>>> = {
  own: {},
  numpy: { axis: ['dim'], keepdims: ['keepdim'], x: ['input'], a: ['input'], x1: ['input'], x2: ['other'] },
  paddle: {
    input: ['x'],
    x: ['input'],
    dim: ['axis', 'axes'],
    axis: ['dim'],
    other: ['y'],
    exponent: ['y'],
    size: ['shape'],
    tensors: ['x'],
    keepdims: ['keepdim'],
    start_dim: ['start_axis'],
    end_dim: ['stop_axis'],
    n: ['num_rows'],
    m: ['num_columns'],
    steps: ['num'],
    end: ['stop'],
  },
};

/** Keywords that every op of a library takes and that say nothing of the shape of its result. */
const ignored: Readonly<Record<Spelling['names'], ReadonlySet<string>>> = {
  own: new Set(),
  numpy: new Set(['out']),
  paddle: new Set(['out', 'name']),
};

const isIgnored = (keyword: string, { names, op, method }: Spelling): boolean =>
  !method && (ignored[names].has(keyword) || (names === 'paddle' && isQuiet(op, keyword)));

/** Binds arguments to the parameters of a signature as Python does. */
export const bind = (signature: Signature, args: CallArgs, spelling: Spelling): Bound | Fault => {
  const bound = new Map<string, Arg>();
  const extra = new Map<string, Arg>();
  const rest = bindPositional(signature.params, positionalOf(signature, args, spelling), bound, spelling);
  if (rest > 0 && signature.open !== 'all') {
    const most = signature.params.filter((p) => !p.keywordOnly).length;
    // The last parameter of Paddle's ops is a name for the op, which not all signatures here repeat.
    const last = args.positional.at(-1)?.kind;
    if (spelling.names !== 'paddle' || rest > 1 || (last !== 'str' && last !== 'none'))
      return fault('too-many-arguments', { op: spelling.op, most, given: args.positional.length });
  }
  for (const [keyword, value] of args.keywords) {
    const param = findParam(signature.params, keyword, spelling);
    if (!param && (signature.open !== 'no' || isIgnored(keyword, spelling))) {
      extra.set(keyword, value);
      continue;
    }
    if (!param) return fault('unexpected-keyword', { op: spelling.op, keyword }, keyword);
    if (bound.has(param.name)) {
      if (spelling.names !== 'paddle' || !takesTwice(spelling.op))
        return fault('repeated-argument', { op: spelling.op, argument: keyword }, keyword);
      bound.set(param.name, { kind: 'unknown', why: 'given twice' });
      continue;
    }
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

/** `reshape(x, [2, 3], name)`: behind a list that stands for several sizes Paddle's name for the op is all there can be. */
const positionalOf = ({ params }: Signature, { positional }: CallArgs, { names }: Spelling): readonly Arg[] => {
  const at = names === 'paddle' ? params.findIndex((p) => p.kind.endsWith('*')) : -1;
  const list = positional[at]?.kind;
  const named = positional.length === at + 2 && (list === 'sequence' || list === 'tuple');
  return named ? positional.slice(0, at + 1) : positional;
};

/** Gives the number of arguments that found no place. */
const bindPositional = (
  params: readonly Param[],
  positional: readonly Arg[],
  bound: Map<string, Arg>,
  { names }: Spelling,
): number => {
  let at = 0;
  for (const param of params) {
    if (at >= positional.length || param.keywordOnly) break;
    if (param.kind.endsWith('*')) {
      bound.set(param.name, gather(positional.slice(at), param.kind, names));
      return 0;
    }
    const arg = positional[at++];
    if (arg) bound.set(param.name, arg);
  }
  return positional.length - at;
};

/** `f(2, 3)` and `f((2, 3))` are one call, and for Paddle `f(sizes)` with sizes in a tensor. */
const gather = (items: readonly Arg[], kind: string, names: Spelling['names']): Arg => {
  const only = items.length === 1 ? items[0] : undefined;
  const whole =
    only &&
    (only.kind === 'tuple' ||
      only.kind === 'sequence' ||
      only.kind === 'unknown' ||
      (only.kind === 'tensor' && names === 'paddle' && kind !== 'Tensors*' && only.shape.dims.length === 1));
  return whole && kind !== 'any*' ? only : { kind: 'tuple', items };
};

const findParam = (params: readonly Param[], keyword: string, spelling: Spelling): Param | undefined => {
  const exact = params.find((p) => p.name === keyword || p.also.includes(keyword));
  if (exact || (spelling.names === 'paddle' && !takesTorchName(spelling.op, keyword))) return exact;
  return params.find((p) => synonyms[spelling.names][keyword]?.includes(p.name));
};
