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

const usesIn = ({ chunks }: Module, node: ClassDef): Uses => {
  if (node.decorators.length > 0) return ANYHOW;
  let positional = 0;
  const names = new Set<string>();
  for (const { chunk } of chunks) {
    const uses = chunk.stmt === node ? undefined : usesInChunk(chunk, node.name);
    positional = Math.max(positional, uses?.positional ?? 0);
    for (const name of uses?.names ?? []) names.add(name);
  }
  return positional === ANYHOW.positional ? ANYHOW : { positional, names };
};

const known = new WeakMap<Chunk, Map<string, Uses | undefined>>();

const usesInChunk = (chunk: Chunk, name: string): Uses | undefined => {
  const before = known.get(chunk) ?? new Map<string, Uses | undefined>();
  known.set(chunk, before);
  if (!before.has(name)) before.set(name, chunk.text.includes(name) ? findUses(chunk, name) : undefined);
  return before.get(name);
};

const findUses = ({ stmt }: Chunk, name: string): Uses => {
  let positional = 0;
  const names = new Set<string>();
  walk(stmt, (node) => {
    if (node.kind === 'Call' && isNamed(node.func, name)) {
      if (node.args.some(({ star }) => star > 0)) positional = ANYHOW.positional;
      positional = Math.max(positional, node.args.filter((arg) => arg.name === undefined).length);
      for (const arg of node.args) if (arg.name !== undefined) names.add(arg.name);
    } else if (handsOn(node, name)) positional = ANYHOW.positional;
    return undefined;
  });
  return { positional, names };
};

/** Whether a node takes the class as a value; what annotates or asks for a type does not. */
const handsOn = (node: SyntaxNode, name: string): boolean => {
  switch (node.kind) {
    case 'Call':
      return (
        !ASKS.has(node.func.kind === 'Name' ? node.func.id : '') && valuesOf(node.args).some((v) => isNamed(v, name))
      );
    case 'ClassDef':
      return valuesOf(node.bases).some((v) => isNamed(v, name));
    case 'FunctionDef':
    case 'Lambda':
      return node.params.some((param) => param.default && isNamed(param.default, name));
    case 'Assign':
    case 'Return':
    case 'Dict':
    case 'List':
    case 'Tuple':
    case 'IfExp':
      return childrenOf(node).some((child) => isNamed(child, name));
    default:
      return false;
  }
};

/** Functions that only ask what something is. */
const ASKS: ReadonlySet<string> = new Set(['isinstance', 'issubclass', 'super']);

const valuesOf = (args: readonly Argument[]): readonly SyntaxNode[] => args.map(({ value }) => value);

const isNamed = (node: SyntaxNode, name: string): boolean => node.kind === 'Name' && node.id === name;
