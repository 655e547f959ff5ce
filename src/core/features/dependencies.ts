import type { Chunk, PlacedChunk } from '../syntax';
import { namesOf } from './names';

/** What the parts of a module rest on, told by names alone: what is not listed cannot change a result. */
export interface Dependencies {
  /** The chunks on which running a class or function by itself rests, itself included, in the order of the file. */
  readonly ofUnit: (chunk: Chunk) => readonly Chunk[];
  /** The chunks on which executing a chunk with the module rests. */
  readonly ofExecution: (chunk: Chunk) => readonly Chunk[];
}

/** The dependencies between the chunks of a file; undefined where code reaches names without naming them. */
export const dependenciesOf = (placed: readonly PlacedChunk[]): Dependencies | undefined => {
  const chunks = placed.map(({ chunk }) => chunk);
  if (chunks.some(({ stmt }) => namesOf(stmt).opaque)) return undefined;
  const file = fileOf(chunks);
  return {
    ofUnit: (chunk) => inOrder(file, closure(file, [chunk], namesOf(chunk.stmt).mentions)),
    ofExecution: (chunk) => inOrder(file, closure(file, [chunk], namesOf(chunk.stmt).executed)),
  };
};

interface File {
  /** Every chunk with its place in the file. */
  readonly order: ReadonlyMap<Chunk, number>;
  /** Everything may rest on these. */
  readonly imports: readonly Chunk[];
  readonly binders: ReadonlyMap<string, readonly Chunk[]>;
  /** The chunks that may change what a name stands for without binding it. */
  readonly changers: ReadonlyMap<string, readonly Chunk[]>;
}

const fileOf = (chunks: readonly Chunk[]): File => {
  const binders = new Map<string, Chunk[]>();
  for (const chunk of chunks) for (const name of namesOf(chunk.stmt).binds) push(binders, name, chunk);
  const changers = new Map<string, Chunk[]>();
  const order = new Map(chunks.map((chunk, i) => [chunk, i] as const));
  const imports = chunks.filter(({ stmt }) => namesOf(stmt).kind === 'import');
  const base = { order, imports, binders, changers: new Map() };
  for (const chunk of chunks) {
    const { kind, executed } = namesOf(chunk.stmt);
    if (kind === 'constant' || executed.size === 0) continue;
    for (const name of reach(base, executed)) if (binders.get(name)?.some(isChangeable)) push(changers, name, chunk);
  }
  return { ...base, changers };
};

const push = (map: Map<string, Chunk[]>, name: string, chunk: Chunk): void => {
  const list = map.get(name);
  if (list) list.push(chunk);
  else map.set(name, [chunk]);
};

const isChangeable = ({ stmt }: Chunk): boolean => namesOf(stmt).kind === 'statement';

/** All names that code with these names can come to. */
const reach = (file: File, names: Iterable<string>): ReadonlySet<string> => {
  const seen = new Set(names);
  for (const name of seen)
    for (const { stmt } of file.binders.get(name) ?? []) for (const other of namesOf(stmt).mentions) seen.add(other);
  return seen;
};

const closure = (file: File, start: readonly Chunk[], names: ReadonlySet<string>): ReadonlySet<Chunk> => {
  const found = new Set(start);
  const seen = new Set(names);
  const add = (chunk: Chunk): void => {
    if (found.has(chunk)) return;
    found.add(chunk);
    for (const name of namesOf(chunk.stmt).mentions) seen.add(name);
  };
  for (const chunk of start) for (const name of namesOf(chunk.stmt).binds) seen.add(name);
  for (const chunk of file.imports) add(chunk);
  for (const name of seen) {
    for (const chunk of file.binders.get(name) ?? []) add(chunk);
    for (const chunk of file.changers.get(name) ?? []) add(chunk);
  }
  return found;
};

const inOrder = ({ order }: File, found: ReadonlySet<Chunk>): readonly Chunk[] =>
  [...found].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
