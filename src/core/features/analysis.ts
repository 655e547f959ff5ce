import { noFacts } from '../dims';
import {
  type ClassRun,
  callAlone,
  createMachine,
  type Explored,
  exhaustionOf,
  exploreClass,
  type FunctionRun,
  type Given,
  isModuleClass,
  libraryOfModule,
  type Machine,
  newModule,
  runClass,
  runModule,
  type Sources,
  type Trace,
  takesTensors,
} from '../interp';
import {
  type ClassDef,
  type FunctionDef,
  type ParsedModule,
  type Parser,
  type PlacedChunk,
  parseModule,
} from '../syntax';
import { type LineIndex, lineIndex } from '../text';
import { type ModuleValue, str } from '../values';

/** A model class of the file, run with nothing known but what was given. Places in it are relative to `start`. */
export interface ClassUnit {
  readonly kind: 'class';
  readonly name: string;
  readonly node: ClassDef;
  /** Where the chunk begins that holds the class. */
  readonly start: number;
  readonly run: ClassRun;
  /** What did not run, explored: each part with the conditions under which it runs. */
  readonly explored: readonly Explored[];
}

/** A function of the module with tensors among its parameters, run by itself. */
export interface FunctionUnit {
  readonly kind: 'function';
  readonly name: string;
  readonly node: FunctionDef;
  readonly start: number;
  readonly run: FunctionRun;
}

/** The statements and functions of the module itself: what a script or a cell does. */
export interface ScriptUnit {
  readonly kind: 'script';
  readonly trace: Trace;
}

/** Everything that features need to know of one file. */
export interface Analysis {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly syntax: ParsedModule;
  readonly module: ModuleValue;
  readonly classes: readonly ClassUnit[];
  readonly functions: readonly FunctionUnit[];
  readonly script: ScriptUnit;
  /** Modules that the file imports and that were not found, by dotted name. */
  readonly wanted: readonly string[];
}

export interface Document {
  /** With `/`, below one of the roots of the sources where it is part of a package. */
  readonly path: string;
  readonly text: string;
}

/** What the user has said about the classes of a file, by class name. */
export type GivenByClass = ReadonlyMap<string, Given>;

export interface Analyzer {
  readonly parser: Parser;
  readonly analyze: (document: Document, sources: Sources, given?: GivenByClass) => Analysis;
}

/** Analyses files; what did not change since the last time is not computed again. */
export const createAnalyzer = (parser: Parser): Analyzer => {
  const parsed = new Map<string, ParsedModule>();
  const parse = (path: string, text: string): ParsedModule => {
    const previous = parsed.get(path);
    if (previous?.text === text) return previous;
    const module = parseModule(parser, text, previous);
    parsed.set(path, module);
    return module;
  };
  return { parser, analyze: (document, sources, given) => analyze(parse, document, sources, given ?? new Map()) };
};

/** Steps for one class and for the module's own statements: an editor must never freeze. */
const STEPS = 400_000;
/** Steps for what a class did not run. */
const EXPLORING = 100_000;

const analyze = (
  parse: (path: string, text: string) => ParsedModule,
  { path, text }: Document,
  sources: Sources,
  given: GivenByClass,
): Analysis => {
  const m = createMachine({ sources, parse, steps: STEPS });
  const name = moduleName(path, sources.roots);
  const module = newModule(m, name, path, text, path.endsWith('/__init__.py'));
  m.modules.set(name, module);
  // What a reader has open is what is run: `if __name__ == '__main__'` holds.
  module.scope.vars.set('__name__', str('__main__'));
  const trace = runScript(m, module);
  const syntax = parse(path, text);
  const classes = classesOf(m, module, syntax.chunks, given);
  const functions = functionsOf(m, module, syntax.chunks);
  return {
    path,
    text,
    lines: lineIndex(text),
    syntax,
    module,
    classes,
    functions,
    script: { kind: 'script', trace },
    wanted: [...m.wanted],
  };
};

/** The dotted name of a file below the best root. */
const moduleName = (path: string, roots: readonly string[]): string => {
  const root = roots.filter((r) => path.startsWith(`${r}/`)).sort((a, b) => b.length - a.length)[0];
  const relative = root === undefined ? path.slice(path.lastIndexOf('/') + 1) : path.slice(root.length + 1);
  return relative.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
};

/** Runs the statements of the module; what they noticed. A spent budget leaves what was found until then. */
const runScript = (m: Machine, module: ModuleValue): Trace => {
  try {
    runModule(m, module);
  } catch (thrown) {
    if (!exhaustionOf(thrown)) throw thrown;
  }
  return m.trace;
};

/** The model classes at the top of the file, each run by itself. */
const classesOf = (
  m: Machine,
  module: ModuleValue,
  chunks: readonly PlacedChunk[],
  given: GivenByClass,
): readonly ClassUnit[] => {
  const units: ClassUnit[] = [];
  for (const { start, chunk } of chunks) {
    if (chunk.stmt.kind !== 'ClassDef') continue;
    const node = chunk.stmt;
    const cls = module.scope.vars.get(node.name);
    if (cls?.kind !== 'class' || cls.site?.node !== node || !isModuleClass(cls)) continue;
    const known = given.get(node.name) ?? {};
    const run = runClass(m, cls, known);
    m.budget.steps = EXPLORING;
    units.push({ kind: 'class', name: node.name, node, start, run, explored: exploreClass(m, run, node, known) });
  }
  return units;
};

const functionsOf = (m: Machine, module: ModuleValue, chunks: readonly PlacedChunk[]): readonly FunctionUnit[] =>
  chunks.flatMap(({ start, chunk: { stmt: node } }): readonly FunctionUnit[] => {
    if (node.kind !== 'FunctionDef' || !takesTensors(node)) return [];
    const fn = module.scope.vars.get(node.name);
    if (fn?.kind !== 'function' || fn.node !== node) return [];
    m.budget.steps = EXPLORING;
    const run = callAlone(m, { fn, node, module, library: libraryOfModule(module), facts: noFacts });
    return [{ kind: 'function', name: node.name, node, start, run }];
  });
