import { oncePer } from '../once';
import {
  type Argument,
  type Chunk,
  type ClassDef,
  type Expr,
  type FunctionDef,
  type Module,
  type Parameter,
  walk,
} from '../syntax';

/** How far a class may be handed on before it reaches the constructor: `resnet18` → `_resnet` → `ResNet`. */
const HANDS = 3;

/**
 * The names that a file hands to each parameter of the constructor of a class: `ResNet(BasicBlock, [2, 2])`, also by way
 * of a function (`_resnet(BasicBlock)`) or of a derived class. A parameter that is handed anything but a name is left out.
 */
export const handedNames = ({ chunks }: Pick<Module, 'chunks'>, node: ClassDef): HandedNames => handedIn(chunks)(node);

type HandedNames = ReadonlyMap<string, readonly string[]>;

const handedIn = oncePer((chunks: Chunks) => oncePer((node: ClassDef) => findHanded(chunks, node)));

const findHanded = (chunks: Chunks, node: ClassDef): HandedNames => {
  const init = node.body.find((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef' && stmt.name === '__init__');
  const handed = new Map<string, readonly string[]>();
  const calls = callsOf(chunks).get(node.name);
  if (!init || !calls) return handed;
  for (const { name } of init.params.slice(1)) {
    const names = handedTo(chunks, calls, init.params.slice(1), name, HANDS);
    if (names && names.size > 0) handed.set(name, [...names]);
  }
  return handed;
};

interface FoundCall {
  readonly args: readonly Argument[];
  /** The function of the module that the call stands in. */
  readonly within: FunctionDef | undefined;
}

type Chunks = Module['chunks'];

type Calls = ReadonlyMap<string, readonly FoundCall[]>;

/** The calls of the functions and classes of the module, as far as they name them. */
const callsOf = oncePer((chunks: Chunks): Calls => {
  const found = new Map<string, FoundCall[]>();
  for (const { chunk } of chunks)
    for (const [name, calls] of callsIn(chunk)) found.set(name, [...(found.get(name) ?? []), ...calls]);
  return found;
});

/** The calls in a statement by what they call: directly, or as the constructor that a derived class calls. */
const callsIn = oncePer(({ stmt }: Chunk): Calls => {
  const within = stmt.kind === 'FunctionDef' ? stmt : undefined;
  const bases = stmt.kind === 'ClassDef' ? stmt.bases.flatMap(({ value }) => nameOf(value) ?? []) : [];
  const found = new Map<string, FoundCall[]>();
  const add = (name: string, args: readonly Argument[]): void => {
    const calls = found.get(name) ?? [];
    calls.push({ args, within });
    found.set(name, calls);
  };
  walk(stmt, (node) => {
    if (node.kind !== 'Call') return undefined;
    const { func, args } = node;
    const called = nameOf(func);
    if (called !== undefined) add(called, args);
    if (func.kind !== 'Attribute' || func.attr !== '__init__') return undefined;
    const owner = nameOf(func.value);
    if (owner !== undefined) add(owner, args.slice(1));
    else if (func.value.kind === 'Call' && nameOf(func.value.func) === 'super')
      for (const base of bases) add(base, args);
    return undefined;
  });
  return found;
});

const nameOf = (expr: Expr): string | undefined => (expr.kind === 'Name' ? expr.id : undefined);

/** The names that calls hand to a parameter; undefined where one of them hands something else. */
const handedTo = (
  chunks: Chunks,
  calls: readonly FoundCall[],
  params: readonly Parameter[],
  name: string,
  hands: number,
): ReadonlySet<string> | undefined => {
  const names = new Set<string>();
  for (const { args, within } of calls) {
    const given = argumentFor(args, params, name);
    if (given === undefined) continue;
    if (given.kind !== 'Name') return undefined;
    const isOwn = within?.params.some((param) => param.name === given.id);
    if (!within || !isOwn) {
      names.add(given.id);
      continue;
    }
    const further =
      hands > 1
        ? handedTo(chunks, callsOf(chunks).get(within.name) ?? [], within.params, given.id, hands - 1)
        : undefined;
    if (!further) return undefined;
    for (const one of further) names.add(one);
  }
  return names;
};

/** What a call hands to a parameter, as far as it can be read off. */
const argumentFor = (args: readonly Argument[], params: readonly Parameter[], name: string): Expr | undefined => {
  const named = args.find((arg) => arg.name === name);
  if (named) return named.value;
  const at = params.findIndex((param) => param.name === name);
  const before = args.slice(0, at + 1);
  const isPlain = before.length === at + 1 && before.every((arg) => arg.star === 0 && arg.name === undefined);
  return isPlain ? before[at]?.value : undefined;
};
