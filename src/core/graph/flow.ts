import type { Path, Source } from '../interp';
import type { Arg } from '../ops';
import type { Choice, Value } from '../values';
import type { Case } from './graph';

/** Who made which value, while the trace is walked in the order of execution. */
export interface Flow {
  readonly producers: Map<Value | Arg, Producer[]>;
  readonly sources: { readonly get: (value: Value) => Source | undefined };
}

interface Producer {
  readonly node: number;
  readonly path: Path | null;
}

/** Where a value comes from, and when it is from there. */
export interface Origin {
  readonly node: number;
  readonly cases: readonly Case[];
}

export const newFlow = (sources: Flow['sources']): Flow => ({ producers: new Map(), sources });

/** A value that data flows in: a tensor, or something unknown that stands for one. */
type Carrier = Extract<Value, { kind: 'tensor' | 'unknown' | 'either' }>;

/** The tensors in a value, and what stands for one where it is not known; containers are looked into. */
export const carriers = (value: Value | Arg): readonly Carrier[] => {
  switch (value.kind) {
    case 'unknown':
      // A list of unknown length is known by what each of its elements is like.
      return 'many' in value && value.many ? value.many.flatMap(({ item }) => carriers(item)) : [value];
    case 'tensor':
    case 'either':
      return [value];
    case 'tuple':
    case 'list':
    case 'sequence':
      return value.items.flatMap((item: Value | Arg) => carriers(item));
    case 'dict':
      return [...value.entries.values()].flatMap((entry) => carriers(entry.value));
    default:
      return [];
  }
};

/** Notes that a node has made the tensors in a value. */
export const produce = (flow: Flow, value: Value | Arg, node: number, path: Path | null): void => {
  for (const carrier of carriers(value)) {
    if (carrier.kind === 'either') {
      produce(flow, carrier.yes, node, path);
      produce(flow, carrier.no, node, path);
      continue;
    }
    const known = flow.producers.get(carrier);
    if (known) known.push({ node, path });
    else flow.producers.set(carrier, [{ node, path }]);
  }
};

/** Whether a path has decided a condition, and how. */
export const decidedOn = (path: Path | null, key: string): boolean | undefined => {
  for (let at = path; at; at = at.outer) if (!at.when && at.choice.key === key) return at.holds;
  return undefined;
};

/** Two ways that cannot both be taken. */
export const contradict = (a: Path | null, b: Path | null): boolean => {
  for (let at = a; at; at = at.outer) {
    if (at.when) continue;
    const other = decidedOn(b, at.choice.key);
    if (other !== undefined && other !== at.holds) return true;
  }
  return false;
};

/** The undecided conditions of a path, outermost first; what was merely assumed is left out. */
export const casesOf = (path: Path | null): readonly Case[] => {
  const cases: Case[] = [];
  for (let at = path; at; at = at.outer) if (!at.assumed) cases.unshift(caseOf(at.choice, at.holds));
  return cases;
};

const caseOf = ({ key, text, relation }: Choice, holds: boolean): Case => ({
  key,
  text,
  holds,
  ...(relation && { relation }),
});

/** The conditions of the first list that the second one does not have. */
export const casesBeyond = (cases: readonly Case[], known: readonly Case[]): readonly Case[] =>
  cases.filter((c) => !known.some((k) => k.key === c.key && k.holds === c.holds));

/** The nodes that a value comes from on this path. */
export const originsOf = (flow: Flow, value: Value, path: Path | null): readonly Origin[] =>
  search(flow, value, path, new Set());

/** Values that swap places in a loop stand for each other: `seen` ends the search there. */
const search = (flow: Flow, value: Value, path: Path | null, seen: Set<Value>): readonly Origin[] => {
  if (seen.has(value)) return [];
  seen.add(value);
  const made = makersOf(flow.producers.get(value) ?? [], path);
  if (made.length > 0) return made;
  if (value.kind === 'either') return alternatives(flow, value.condition, [value.yes, value.no], path, seen);
  const source = flow.sources.get(value);
  if (!source) return [];
  if (source.choice) return alternatives(flow, source.choice, source.values, path, seen);
  return source.values.flatMap((v) => carriers(v)).flatMap((v) => search(flow, v, path, seen));
};

/** Who made a value; what is changed in place under a condition is as it was before where the condition does not hold. */
const makersOf = (producers: readonly Producer[], path: Path | null): readonly Origin[] => {
  const possible = producers.filter((p) => !contradict(p.path, path)).toReversed();
  const [last, ...before] = possible;
  if (!last) return [];
  const [only, more] = casesBeyond(casesOf(last.path), casesOf(path));
  const otherwise = only && !more && before.find((p) => !contradict(p.path, last.path));
  if (!otherwise) return [{ node: last.node, cases: [] }];
  return [
    { node: last.node, cases: [only] },
    { node: otherwise.node, cases: [{ ...only, holds: !only.holds }] },
  ];
};

const alternatives = (
  flow: Flow,
  choice: NonNullable<Source['choice']>,
  [yes, no]: readonly Value[],
  path: Path | null,
  seen: ReadonlySet<Value>,
): readonly Origin[] => {
  const known = decidedOn(path, choice.key);
  return [
    { holds: true, value: yes },
    { holds: false, value: no },
  ].flatMap(({ holds, value }) => {
    if (!value || (known !== undefined && known !== holds)) return [];
    const own = known === undefined ? [caseOf(choice, holds)] : [];
    const taken: Path | null = known === undefined ? { choice, holds, assumed: false, outer: path } : path;
    return carriers(value)
      .flatMap((v) => search(flow, v, taken, new Set(seen)))
      .map((o) => ({ node: o.node, cases: [...own, ...o.cases] }));
  });
};
