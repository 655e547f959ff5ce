import {
  attempt,
  createMachine,
  type Machine,
  newModule,
  type Problem,
  parametersOf,
  runModule,
  type Surroundings,
} from '../interp';
import type { Expr, Module, Node } from '../syntax';
import { lineIndex, positionAt } from '../text';
import type { ModuleValue, Value } from '../values';

/** One entry of a specification: Python that makes a model, its inputs, and how it is called. */
export interface SpecEntry {
  readonly id: string;
  readonly setup?: string;
  readonly model: string;
  readonly inputs: readonly string[];
  readonly call?: string;
}

/** A shape as recorders write it: sizes (null where unknown), or a container of shapes. */
export type RecordedShape = readonly (number | null)[] | readonly ['list' | 'tuple', ...RecordedShape[]];

/** Line (from 1), column (from 0, UTF-8 bytes), end line, end column, kind of expression, distinct shapes. */
export type RecordedRow = readonly [number, number, number, number, string, readonly RecordedShape[]];

export interface RecordedEntry {
  readonly id: string;
  readonly output?: RecordedShape;
  readonly params?: number;
  readonly problem?: RecordedProblem;
  readonly error?: string;
  readonly files: Readonly<Record<string, readonly RecordedRow[]>>;
}

export interface RecordedProblem {
  readonly code: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** Follows whole models with concrete inputs, one entry after the other; modules are read once for all of them. */
export const recordEntries = (surroundings: Surroundings, framework: string) => {
  const m = createMachine(surroundings);
  return (entry: SpecEntry): RecordedEntry => {
    m.restart();
    return recordEntry(m, entry, framework);
  };
};

const MAIN = '__main__';

const recordEntry = (m: Machine, entry: SpecEntry, framework: string): RecordedEntry => {
  const text = [
    `import ${framework}`,
    entry.setup ?? '',
    `model = (${entry.model})`,
    `inputs = [${entry.inputs.join(', ')}]`,
    `output = (${entry.call ?? 'model(*inputs)'})`,
    '',
  ].join('\n');
  const module = newModule(m, MAIN, '', text, false);
  let error: string | undefined;
  try {
    const ended = attempt(() => runModule(m, module, true));
    if ('raised' in ended) error = raisedText(ended.raised.exception);
  } catch (thrown) {
    if (typeof thrown !== 'object' || thrown === null || !('kind' in thrown) || thrown.kind !== 'exhausted')
      throw thrown;
    error = 'the budget of steps is spent';
  }
  return result(m, entry.id, module, error);
};

const raisedText = (exception: Value): string => {
  if (exception.kind !== 'object') return 'an exception';
  const args = exception.attrs.get('args');
  const [message] = args?.kind === 'tuple' ? args.items : [];
  return `${exception.cls.name}: ${message?.kind === 'str' ? message.value : ''}`;
};

const result = (m: Machine, id: string, module: ModuleValue, error: string | undefined): RecordedEntry => {
  const { vars } = module.scope;
  const output = vars.get('output');
  const shape = output && describe(output);
  const model = vars.get('model');
  const files: Record<string, readonly RecordedRow[]> = {};
  for (const loaded of m.modules.values()) {
    if (!loaded) continue;
    const rows = rowsOf(m, loaded.syntax);
    if (rows.length > 0) files[relative(m, loaded.path)] = rows;
  }
  const problem = m.trace.problems.find((p) => p.certain);
  return {
    id,
    ...(shape && { output: shape }),
    ...(model?.kind === 'object' && { params: countParameters(m, model) }),
    ...(problem && { problem: problemOf(m, problem) }),
    ...(error !== undefined && { error }),
    files,
  };
};

const relative = (m: Machine, path: string): string => {
  for (const root of m.sources.roots) if (path.startsWith(`${root}/`)) return path.slice(root.length + 1);
  return path;
};

/** The numbers that a model learns; null sizes make the count unknown. */
const countParameters = (m: Machine, model: Extract<Value, { kind: 'object' }>): number => {
  let total = 0;
  for (const [, tensor] of parametersOf(m, model)) {
    total += tensor.shape.dims.reduce<number>(
      (n, d) => n * (typeof d === 'number' ? d : Number.NaN),
      tensor.shape.rest ? Number.NaN : 1,
    );
  }
  return total;
};

const problemOf = (m: Machine, problem: Problem): RecordedProblem => {
  const { module, node, fault } = problem;
  const own = module && module.name !== MAIN && node;
  return {
    code: fault.code,
    message: JSON.stringify(fault.data),
    file: own ? relative(m, module.path) : null,
    line: own ? lineOf(module.syntax, node) : null,
  };
};

/** How deep containers are looked into, and how long they may be: the recorder's own limits. */
const DEPTH = 3;
const LENGTH = 64;

/** The shape of a tensor, or of a container that holds nothing but tensors. */
const describe = (value: Value, depth = 0): RecordedShape | undefined => {
  if (value.kind === 'tensor') {
    return value.shape.rest ? undefined : value.shape.dims.map((d) => (typeof d === 'number' ? d : null));
  }
  if (depth >= DEPTH || (value.kind !== 'tuple' && value.kind !== 'list')) return undefined;
  if (value.items.length === 0 || value.items.length > LENGTH || (value.kind === 'list' && value.count !== null))
    return undefined;
  const parts = value.items.map((item) => describe(item, depth + 1));
  return parts.includes(undefined)
    ? undefined
    : [value.kind, ...parts.filter((p): p is RecordedShape => p !== undefined)];
};

const KINDS: ReadonlySet<string> = new Set(['Call', 'Attribute', 'Subscript', 'BinOp', 'UnaryOp', 'IfExp']);

const rowsOf = (m: Machine, syntax: Module): readonly RecordedRow[] => {
  const rows: RecordedRow[] = [];
  const place = placer(syntax.text);
  for (const { start, chunk } of syntax.chunks) {
    inFunctions(chunk.stmt, false, (node) => {
      const seen = m.trace.values.get(node);
      const shapes = seen ? distinct(seen.map((v) => describe(v))) : [];
      if (shapes.length > 0) rows.push([...place(start + node.start), ...place(start + node.end), node.kind, shapes]);
    });
  }
  return rows;
};

const distinct = (shapes: readonly (RecordedShape | undefined)[]): readonly RecordedShape[] => {
  const seen = new Map<string, RecordedShape>();
  for (const shape of shapes) if (shape) seen.set(JSON.stringify(shape), shape);
  return [...seen.values()];
};

/** Line and column as Python's `ast` counts them: from 1, and UTF-8 bytes from 0. */
const placer = (text: string): ((offset: number) => readonly [number, number]) => {
  const index = lineIndex(text);
  return (offset) => {
    const { line, character } = positionAt(index, offset);
    return [line + 1, utf8Length(text, offset - character, offset)];
  };
};

const utf8Length = (text: string, from: number, to: number): number => {
  let bytes = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    // Each half of a surrogate pair counts two of the four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return bytes;
};

const lineOf = (syntax: Module, node: Node): number | null => {
  for (const { start, chunk } of syntax.chunks) {
    let found = false;
    everyNode(chunk.stmt, (other) => {
      found ||= other === node;
    });
    if (found) return placer(syntax.text)(start + node.start)[0];
  }
  return null;
};

const isNode = (value: unknown): value is Expr => typeof value === 'object' && value !== null;

const everyNode = (node: object, visit: (node: object) => void): void => {
  visit(node);
  for (const value of Object.values(node)) if (isNode(value)) everyNode(value, visit);
};

/** Parts of a definition that Python evaluates outside of the function. */
const OUTSIDE: ReadonlySet<string> = new Set(['decorators', 'params', 'returns', 'annotation']);

const kindOf = (node: object): string => ('kind' in node && typeof node.kind === 'string' ? node.kind : '');

/** Visits the recorded kinds of expressions inside the bodies of functions and lambdas; f-strings are left alone. */
const inFunctions = (node: object, inside: boolean, visit: (node: Expr) => void): void => {
  const kind = kindOf(node);
  if (kind === 'FString') return;
  const body = inside || kind === 'FunctionDef' || kind === 'Lambda';
  if (inside && KINDS.has(kind)) visit(node as Expr);
  for (const [key, value] of Object.entries(node))
    if (isNode(value) && !OUTSIDE.has(key)) inFunctions(value, body, visit);
};
