import { type Condition, type Dim, decide, evaluate, noFacts, type Sym, symbolsOf } from '../dims';
import type { Operator } from './operator';
import type { Axis, TransposedAxis } from './window';

/** What a size is of; it decides which numbers are tried for a symbol. */
type Role = 'channels' | 'groups' | 'kernel' | 'stride' | 'padding' | 'dilation';

const TRIES: Readonly<Record<Role, readonly number[]>> = {
  channels: [4, 2, 6, 8, 1],
  groups: [1, 2, 4],
  kernel: [3, 5, 1, 2],
  stride: [1, 2],
  padding: [1, 0, 2],
  dilation: [1, 2],
};

/** The operator with every size through a function. */
export const mapSizes = (operator: Operator, f: (size: Dim, role: Role) => Dim): Operator => {
  const axis = (a: Axis): Axis => ({
    kernel: f(a.kernel, 'kernel'),
    stride: f(a.stride, 'stride'),
    before: f(a.before, 'padding'),
    after: f(a.after, 'padding'),
    dilation: f(a.dilation, 'dilation'),
  });
  const transposed = (a: TransposedAxis): TransposedAxis => ({
    kernel: f(a.kernel, 'kernel'),
    stride: f(a.stride, 'stride'),
    padding: f(a.padding, 'padding'),
    dilation: f(a.dilation, 'dilation'),
    extra: f(a.extra, 'padding'),
  });
  const ends = (o: { readonly in: Dim; readonly out: Dim }) => ({ in: f(o.in, 'channels'), out: f(o.out, 'channels') });
  switch (operator.op) {
    case 'conv':
      return { ...operator, ...ends(operator), groups: f(operator.groups, 'groups'), axes: operator.axes.map(axis) };
    case 'transposed':
      return {
        ...operator,
        ...ends(operator),
        groups: f(operator.groups, 'groups'),
        axes: operator.axes.map(transposed),
      };
    case 'linear':
      return { ...operator, ...ends(operator) };
    case 'diagonal':
      return operator.channels === undefined ? operator : { ...operator, channels: f(operator.channels, 'channels') };
    case 'average':
      return { ...operator, channels: f(operator.channels, 'channels'), axes: operator.axes.map(axis) };
    case 'border':
      return {
        ...operator,
        channels: f(operator.channels, 'channels'),
        axes: operator.axes.map((a) => ({ before: f(a.before, 'padding'), after: f(a.after, 'padding') })),
      };
  }
};

/** Numbers for the symbols of some operators with which the conditions hold, the likeliest ones first. */
export function* assignments(
  operators: readonly Operator[],
  conditions: readonly Condition[],
): Generator<(s: Sym) => number | undefined> {
  const roles = new Map<string, { readonly sym: Sym; readonly role: Role }>();
  for (const operator of operators)
    mapSizes(operator, (size, role) => {
      for (const sym of symbolsOf(size)) if (!roles.has(sym.id)) roles.set(sym.id, { sym, role });
      return size;
    });
  const symbols = [...roles.values()];
  const values = new Map<string, number>();
  const get = (s: Sym): number | undefined => values.get(s.id);
  let left = 4000;
  function* search(at: number): Generator<(s: Sym) => number | undefined> {
    const next = symbols[at];
    if (!next) {
      if (left-- > 0 && isWhole(operators, get) && conditions.every((c) => holds(c, get) !== false)) yield get;
      return;
    }
    for (const n of TRIES[next.role]) {
      if (left <= 0) return;
      values.set(next.sym.id, n);
      yield* search(at + 1);
    }
  }
  yield* search(0);
}

/** The likeliest of them. */
export const assignment = (
  operators: readonly Operator[],
  conditions: readonly Condition[],
): ((s: Sym) => number | undefined) | undefined => assignments(operators, conditions).next().value ?? undefined;

const holds = (c: Condition, get: (s: Sym) => number | undefined): boolean | undefined => {
  const value = (d: Dim): Dim => evaluate(d, get) ?? d;
  return decide(
    noFacts,
    'divisor' in c
      ? { ...c, divisor: value(c.divisor), dividend: value(c.dividend) }
      : { ...c, left: value(c.left), right: value(c.right) },
  );
};

/** Channels are positive and groups divide them. */
const isWhole = (operators: readonly Operator[], get: (s: Sym) => number | undefined): boolean =>
  operators.every((operator) => {
    let whole = true;
    const seen = mapSizes(operator, (size, role) => {
      const n = evaluate(size, get);
      if (n === undefined || !Number.isInteger(n) || n < (role === 'padding' ? 0 : 1)) whole = false;
      return n ?? 0;
    });
    if (seen.op !== 'conv' && seen.op !== 'transposed') return whole;
    const [i, o, g] = [Number(seen.in), Number(seen.out), Number(seen.groups)];
    return whole && i % g === 0 && o % g === 0;
  });

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Operators with numbers, and with fewer channels where that keeps all proportions. */
export const shrunk = (operators: readonly Operator[]): readonly Operator[] => {
  const channels: number[] = [];
  for (const operator of operators)
    mapSizes(operator, (size, role) => {
      if (role === 'channels' || (role === 'groups' && size !== 1)) channels.push(Number(size));
      return size;
    });
  const common = channels.reduce(gcd, 0);
  if (Math.max(...channels, 0) <= 8 || common < 2) return operators;
  const by = common / (Math.max(...channels) / common > 32 ? 1 : 2);
  return operators.map((operator) =>
    mapSizes(operator, (size, role) =>
      role === 'channels' || (role === 'groups' && size !== 1) ? Number(size) / by : size,
    ),
  );
};
