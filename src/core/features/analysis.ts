import type { ClassRun, Explored, FunctionRun, Given, Rehearsal, Rehearsing, Sources, Trace } from '../interp';
import { type ClassDef, type FunctionDef, type ParsedModule, type Parser, parseModule } from '../syntax';
import { type LineIndex, lineIndex } from '../text';
import type { ModuleValue } from '../values';
import { type Memory, type Results, runDocument } from './incremental';

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
  /** Runs it with numbers, and one of its methods between two calls of `forward`. */
  readonly again: (method: string | undefined, rehearsing: Rehearsing) => Rehearsal | undefined;
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

/**
 * Everything that features need to know of one file. Each class, each function and the statements of the module run when
 * something of them is first read, so that a keystroke costs no more than what is looked at.
 */
export interface Analysis {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly syntax: ParsedModule;
  readonly module: ModuleValue;
  readonly classes: readonly ClassUnit[];
  readonly functions: readonly FunctionUnit[];
  readonly script: ScriptUnit;
  /** Modules that the file imports and that were not found, by dotted name; all of the file runs for it. */
  readonly wanted: readonly string[];
  /** Runs one part of the file that nobody has asked for yet; false when there is none left. */
  readonly advance: () => boolean;
}

export interface Document {
  /** With `/`, below one of the roots of the sources where it is part of a package. */
  readonly path: string;
  readonly text: string;
  /** What was run before in the same session: the earlier cells of a notebook. */
  readonly before?: string;
  /** Set where nobody asks what the classes would do otherwise: they are run, and not explored. */
  readonly unexplored?: boolean;
}

/** What the user has said about the classes of a file, by class name. */
export type GivenByClass = ReadonlyMap<string, Given>;

export interface Analyzer {
  readonly parser: Parser;
  readonly analyze: (document: Document, sources: Sources, given?: GivenByClass) => Analysis;
}

/** Of how many documents something is kept for the next analysis. */
const MOST_KEPT = 8;

/**
 * Analyses files; what did not change since the last time is not computed again. Where `isWanted` says no while something
 * runs, that throws `Unwanted`; whatever is asked after that begins anew.
 */
export const createAnalyzer = (parser: Parser, isWanted?: () => boolean): Analyzer => {
  const parsed = new Map<string, ParsedModule>();
  const parse = (path: string, text: string): ParsedModule => {
    const previous = parsed.get(path);
    if (previous?.text === text) return previous;
    const module = parseModule(parser, text, previous);
    parsed.set(path, module);
    return module;
  };
  const memories = new Map<string, Memory>();
  const analyze: Analyzer['analyze'] = ({ path, text, before, unexplored }, sources, given = new Map()) => {
    const syntax = parse(path, text);
    const name = moduleName(path, sources.roots);
    const results = runDocument(memories.get(path), {
      ...{ name, path, syntax, sources, given, parse, before, unexplored, isWanted },
    });
    memories.delete(path);
    memories.set(path, results.memory);
    for (const oldest of [...memories.keys()].slice(0, -MOST_KEPT)) memories.delete(oldest);
    return analysisOf(path, syntax, results);
  };
  return { parser, analyze };
};

/** The analysis that the results of a document are. */
export const analysisOf = (path: string, syntax: ParsedModule, results: Results): Analysis => {
  const { memory, units, script, left } = results;
  return {
    path,
    text: syntax.text,
    lines: lineIndex(syntax.text),
    syntax,
    module: memory.module,
    classes: units.filter((unit) => unit.kind === 'class'),
    functions: units.filter((unit) => unit.kind === 'function'),
    script: {
      kind: 'script',
      get trace() {
        return script.get();
      },
    },
    get wanted() {
      for (const part of left()) part.get();
      return [...memory.m.wanted];
    },
    advance: () => {
      const [part] = left();
      part?.get();
      return part !== undefined;
    },
  };
};

/** The dotted name of a file below the best root: the first one, for a longer one may lie inside of its package. */
const moduleName = (path: string, roots: readonly string[]): string => {
  const root = roots.find((r) => path.startsWith(`${r}/`));
  const relative = root === undefined ? path.slice(path.lastIndexOf('/') + 1) : path.slice(root.length + 1);
  return relative.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
};
