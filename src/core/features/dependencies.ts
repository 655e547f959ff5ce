import { handedNames } from '../interp';
import { oncePer } from '../once';
import type { Chunk, PlacedChunk, Stmt } from '../syntax';
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
  const restOf = (namesIn: (stmt: Stmt) => ReadonlySet<string>): ((chunk: Chunk) => readonly Chunk[]) => {
    const known = new Map<Chunk, readonly Chunk[]>();
    return (chunk) => {
      const found = known.get(chunk) ?? closure(file, chunk, namesIn(chunk.stmt));
      known.set(chunk, found);
      return found;
    };
  };
  const withHanded = (stmt: Stmt): ReadonlySet<string> => {
    const { mentions } = namesOf(stmt);
    if (stmt.kind !== 'ClassDef') return mentions;
    return new Set([...mentions, ...[...handedNames({ chunks: placed }, stmt).values()].flat()]);
  };
  return { ofUnit: restOf(withHanded), ofExecution: restOf((stmt) => namesOf(stmt).executed) };
};

interface File {
  readonly chunks: readonly Chunk[];
  /** Everything may rest on these: imports, and what changes something that was imported. */
  readonly imports: readonly Chunk[];
  readonly binders: ReadonlyMap<string, readonly Chunk[]>;
  /** The chunks that may change what a name stands for without binding it. */
  readonly changers: ReadonlyMap<string, readonly Chunk[]>;
  /** Where the names in a chunk lead, as far as it was asked for. */
  readonly mentioned: Map<Chunk, readonly Chunk[]>;
}

const fileOf = (chunks: readonly Chunk[]): File => {
  const binders = new Map<string, Chunk[]>();
  for (const chunk of chunks) for (const name of namesOf(chunk.stmt).binds) push(binders, name, chunk);
  const changers = new Map<string, Chunk[]>();
  const imported = new Set(chunks.flatMap(({ stmt }) => (isImport(stmt) ? [...namesOf(stmt).binds] : [])));
  const imports = chunks.filter(
    ({ stmt }) => isImport(stmt) || [...namesOf(stmt).sets].some((name) => imported.has(name)),
  );
  const file: File = { chunks, imports, binders, changers, mentioned: new Map() };
  for (const chunk of chunks) {
    const { kind, executed } = namesOf(chunk.stmt);
    if (kind === 'constant' || executed.size === 0) continue;
    for (const name of reach(file, executed)) if (binders.get(name)?.some(isChangeable)) push(changers, name, chunk);
  }
  return file;
};

const isImport = (stmt: Stmt): boolean => namesOf(stmt).kind === 'import';

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

const isChangeable = ({ stmt }: Chunk): boolean => namesOf(stmt).kind === 'statement';

/** All names that code with these names can come to. */
const reach = (file: File, names: Iterable<string>): ReadonlySet<string> => {
  const seen = new Set(names);
  for (const name of seen)
    for (const { stmt } of file.binders.get(name) ?? []) for (const other of namesOf(stmt).mentions) seen.add(other);
  return seen;
};

/** Where a chunk stands among others: one text may stand in several places. */
const placesOf = oncePer((chunks: readonly Chunk[]): ReadonlyMap<Chunk, readonly number[]> => {
  const places = new Map<Chunk, number[]>();
  for (const [i, chunk] of chunks.entries()) push(places, chunk, i);
  return places;
});

/** What share of a file counts as few of its chunks. */
const FEW = 64;

/** What a chunk rests on by these names, in the order of the file. */
const closure = (file: File, start: Chunk, names: ReadonlySet<string>): readonly Chunk[] => {
  const found = new Set([start, ...file.imports]);
  addNamed(file, names, found);
  addNamed(file, namesOf(start.stmt).binds, found);
  for (const chunk of found) if (chunk !== start) for (const other of mentioned(file, chunk)) found.add(other);
  // Most of a file is gone through; a few of thousands are put in order.
  if (found.size * FEW > file.chunks.length) return file.chunks.filter((chunk) => found.has(chunk));
  const at = [...found].flatMap((chunk) => placesOf(file.chunks).get(chunk) ?? []).sort((a, b) => a - b);
  return at.flatMap((i) => file.chunks[i] ?? []);
};

/** Adds the chunks that names lead to. */
const addNamed = ({ binders, changers }: File, names: ReadonlySet<string>, found: Set<Chunk>): void => {
  for (const name of names) {
    for (const chunk of binders.get(name) ?? []) found.add(chunk);
    for (const chunk of changers.get(name) ?? []) found.add(chunk);
  }
};

const mentioned = (file: File, chunk: Chunk): readonly Chunk[] => {
  const known = file.mentioned.get(chunk);
  if (known) return known;
  const found = new Set<Chunk>();
  addNamed(file, namesOf(chunk.stmt).mentions, found);
  const all = [...found];
  file.mentioned.set(chunk, all);
  return all;
};
