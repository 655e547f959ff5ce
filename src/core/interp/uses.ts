import { oncePer } from '../once';
import type { Argument, Chunk, ClassDef, Module, Parameter, SyntaxNode } from '../syntax';
import { childrenOf, walk } from '../syntax';
import { handedNames } from './handed-classes';
import { setFromOutside } from './outside';

/** How the rest of a file makes instances of a class: how many arguments by position at most, and which by name. */
interface Uses {
  readonly positional: number;
  readonly names: ReadonlySet<string>;
}

/** The class is handed on or derived from, or gets what nobody can read off: it may be given anything. */
const ANYHOW: Uses = { positional: Number.POSITIVE_INFINITY, names: new Set() };

const NEVER: Uses = { positional: 0, names: new Set() };

/** The parameters of a constructor, without `self`, that the file that a class stands in gives something itself. */
export const givenInFile = (module: Module, node: ClassDef, params: readonly Parameter[]): readonly Parameter[] => {
  const { positional, names } = usesIn(module, node);
  return params.filter(({ name }, i) => i < positional || names.has(name));
};

/** What the other statements of a file say of a class, as a text that is the same as long as they say the same. */
export const saidOfClass = (module: Module, node: ClassDef): string => {
  const { positional, names } = usesIn(module, node);
  const handed = [...handedNames(module, node)].map(([name, classes]) => `${name}=${classes.join()}`);
  return [positional, ...[...names].sort(), ...[...setFromOutside(module)].sort(), ...handed].join(' ');
};

const usesIn = (module: Module, node: ClassDef): Uses => {
  if (node.decorators.length > 0) return ANYHOW;
  let uses = NEVER;
  for (const { chunk, inIt } of usesByName(module).get(node.name) ?? [])
    if (chunk.stmt !== node) uses = eitherOf(uses, inIt);
  return uses.positional === ANYHOW.positional ? ANYHOW : uses;
};

const usesByName = oncePer(({ chunks }: Module) => {
  const found = new Map<string, { readonly chunk: Chunk; readonly inIt: Uses }[]>();
  for (const { chunk } of chunks)
    for (const [name, inIt] of usesInChunk(chunk)) found.set(name, [...(found.get(name) ?? []), { chunk, inIt }]);
  return found;
});

/** What a statement does with names that may be those of classes. */
const usesInChunk = oncePer(({ stmt }: Chunk): ReadonlyMap<string, Uses> => {
  const found = new Map<string, Uses>();
  const add = (name: string, uses: Uses) => found.set(name, eitherOf(found.get(name) ?? NEVER, uses));
  walk(stmt, (node) => {
    if (node.kind === 'Call' && node.func.kind === 'Name') add(node.func.id, usesInCall(node.args));
    for (const value of handedOn(node)) if (value.kind === 'Name') add(value.id, ANYHOW);
    return undefined;
  });
  return found;
});

const usesInCall = (args: readonly Argument[]): Uses => ({
  positional: args.some(({ star }) => star > 0)
    ? ANYHOW.positional
    : args.filter((arg) => arg.name === undefined).length,
  names: new Set(args.flatMap((arg) => arg.name ?? [])),
});

const eitherOf = (a: Uses, b: Uses): Uses => ({
  positional: Math.max(a.positional, b.positional),
  names: new Set([...a.names, ...b.names]),
});

/** What a node takes as a value; what annotates or asks for a type does not. */
const handedOn = (node: SyntaxNode): readonly SyntaxNode[] => {
  switch (node.kind) {
    case 'Call':
      return ASKS.has(node.func.kind === 'Name' ? node.func.id : '') ? [] : valuesOf(node.args);
    case 'ClassDef':
      return valuesOf(node.bases);
    case 'FunctionDef':
    case 'Lambda':
      return node.params.flatMap((param) => param.default ?? []);
    case 'Assign':
    case 'Return':
    case 'Dict':
    case 'List':
    case 'Tuple':
    case 'IfExp':
      return childrenOf(node);
    default:
      return [];
  }
};

/** Functions that only ask what something is. */
const ASKS: ReadonlySet<string> = new Set(['isinstance', 'issubclass', 'super']);

const valuesOf = (args: readonly Argument[]): readonly SyntaxNode[] => args.map(({ value }) => value);
