import type { Arg } from '../arg';
import type { Call } from '../call';
import { type OpEntry, type Table, table } from '../rows';
import { isTensor } from '../rules/values';

/** PyTorch's names of parameters, and Paddle's for the same. */
type Names = Readonly<Record<string, string>>;

const usual: Names = { input: 'x', other: 'y', dim: 'axis', dim1: 'axis1', dim2: 'axis2', size: 'shape' };

/**
 * Rows that are PyTorch's but for the names of their parameters, under Paddle's. `ops` are their names, separated by
 * spaces; `old=new` where the name differs, too. What only PyTorch takes (keywords behind the star) is left out.
 */
export const borrow = (owners: string, from: Table, ops: string, names: Names = usual): Table => {
  const wanted = new Map(ops.split(' ').map((name) => pairOf(name)));
  const rows = from.functions.flatMap(([text, entry]): readonly (readonly [string, OpEntry])[] => {
    const name = text.slice(0, text.indexOf('('));
    const own = wanted.get(name);
    return own === undefined
      ? []
      : [
          [
            own + renamed(text.slice(name.length), names),
            { ...asPaddle(entry, names), ...(from.lib === 'torch' && { twin: { path: `${from.owners[0]}.${name}` } }) },
          ],
        ];
  });
  return table(owners, rows, { lib: 'paddle', python: true });
};

const pairOf = (name: string): readonly [string, string] => {
  const [old = name, own = old] = name.split('=');
  return [old, own];
};

const renamed = (signature: string, names: Names): string => {
  const shorter = signature.replace(/, \*, [^)]*(?=\))/, '');
  return shorter.replace(/\b(\w+)(?=: )/g, (name) => names[name] ?? name);
};

const asPaddle = (entry: OpEntry, names: Names): OpEntry => {
  const { aliases: _, alike, eg, shape, value, where, check, note, flops, ...words } = entry;
  return {
    ...words,
    ...(alike !== undefined && { alike: alike.replace(/\w+/g, (name) => names[name] ?? name) }),
    eg: (typeof eg === 'string' ? [eg] : eg).map((example) =>
      example.replace(/\b(\w+)(?==)/g, (name) => names[name] ?? name),
    ),
    ...(shape && { shape: (e: unknown, call: Call) => shape(asTorch(e, names), call) }),
    ...(value && { value: (e: unknown, call: Call) => value(asTorch(e, names), call) }),
    ...(where && { where: (e: unknown, call: Call) => where(asTorch(e, names), call) }),
    ...(check && { check: (e: unknown, call: Call) => check(asTorch(e, names), call) }),
    ...(note && { note: (e: unknown) => note(asTorch(e, names)) }),
    ...(flops && { flops: (e: unknown, result: Parameters<typeof flops>[1]) => flops(asTorch(e, names), result) }),
  };
};

/** The arguments under PyTorch's names as well; values that nobody knows keep saying so when they are read. */
const asTorch = (e: unknown, names: Names): unknown => {
  if (typeof e !== 'object' || e === null) return e;
  const own = e;
  const both: object = Object.create(own);
  for (const [torch, paddle] of Object.entries(names)) {
    if (paddle in own) Object.defineProperty(both, torch, { get: () => Reflect.get(own, paddle) });
  }
  return both;
};

/** The same rows, whose operands may be of different element types; that of the result is then not known. */
export const anyTypes = (from: Table): Table => ({
  ...from,
  functions: from.functions.map(([text, { alike: _, ...entry }]) => [text, withValue(entry, untyped)]),
});

/** The element type stays where all inputs have it. */
const untyped = (done: Arg, e: unknown): Arg => {
  if (done.kind !== 'tensor' || typeof e !== 'object' || e === null) return done;
  const one = Object.values(e).every((v) => !isTensor(v) || v.dtype === done.dtype);
  const { dtype: _, ...rest } = done;
  return one ? done : rest;
};

const withValue = (entry: OpEntry, change: (done: Arg, e: unknown) => Arg): OpEntry => {
  const { value } = entry;
  if (!value) return entry;
  return {
    ...entry,
    value: (e, call) => {
      const done = value(e, call);
      return done && change(done, e);
    },
  };
};

/** The same rows, one of which has a further argument. */
export const withMore = (from: Table, op: string, argument: string): Table => ({
  ...from,
  functions: from.functions.map(([text, entry]) => [
    text.startsWith(`${op}(`) ? text.replace(/\)(?= -> )/, `, ${argument})`) : text,
    entry,
  ]),
});

/** The same rows, of what `needs` says alone. */
export const needing = (needs: OpEntry['needs'], from: Table): Table => ({
  ...from,
  functions: from.functions.map(([text, { needs: _, ...entry }]) => [text, needs ? { ...entry, needs } : entry]),
});

/** The same rows, whose results are views that nobody says the layout of. */
export const unlaid = (from: Table): Table => ({
  ...from,
  functions: from.functions.map(([text, entry]) => [
    text,
    withValue(entry, (done) => {
      if (done.kind !== 'tensor') return done;
      const { layout: _, ...rest } = done;
      return rest;
    }),
  ]),
});
