import { add } from '../dims';
import { countParameters } from '../graph';
import {
  attempt,
  createMachine,
  exhaustionOf,
  type Machine,
  newModule,
  type Problem,
  runModule,
  type Surroundings,
} from '../interp';
import type { Module, Node } from '../syntax';
import type { ModuleValue, ObjectValue, Value } from '../values';
import { recordableIn } from './recordable';
import { describeShape, distinct, everyNode, placer, type RecordedRow, type RecordedShape } from './rows';

/** One entry of a specification: Python that makes a model, its inputs, and how it is called. */
export interface SpecEntry {
  readonly id: string;
  readonly setup?: string;
  readonly model: string;
  readonly inputs: readonly string[];
  readonly call?: string;
}

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
    // As the recorder does: a constructor may have left parts of the model in training.
    `if hasattr(model, 'eval'): model.eval()`,
    `inputs = [${entry.inputs.join(', ')}]`,
    `output = (${entry.call ?? 'model(*inputs)'})`,
    '',
  ].join('\n');
  const module = newModule(m, MAIN, '', text, false);
  let error: string | undefined;
  let raised: RecordedProblem | undefined;
  try {
    const ended = attempt(() => runModule(m, module, true));
    if ('raised' in ended) {
      error = raisedText(ended.raised.exception);
      // With the inputs given, an exception that nothing catches is what running the program gives.
      raised = { code: 'raises', message: error, file: null, line: null };
    }
  } catch (thrown) {
    if (!exhaustionOf(thrown)) throw thrown;
    error = 'the budget of steps is spent';
  }
  return result(m, entry.id, module, error, raised);
};

const raisedText = (exception: Value): string => {
  if (exception.kind !== 'object') return 'an exception';
  const args = exception.attrs.get('args');
  const [message] = args?.kind === 'tuple' ? args.items : [];
  return `${exception.cls.name}: ${message?.kind === 'str' ? message.value : ''}`;
};

const result = (
  m: Machine,
  id: string,
  module: ModuleValue,
  error: string | undefined,
  raised: RecordedProblem | undefined,
): RecordedEntry => {
  const { vars } = module.scope;
  const certain = m.trace.assumed.size === 0;
  const output = certain ? vars.get('output') : undefined;
  const shape = output && describeShape(output);
  const model = vars.get('model');
  const params = model?.kind === 'object' && certain ? parametersIn(model) : undefined;
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
    ...(params !== undefined && { params }),
    ...(problem ? { problem: problemOf(m, problem) } : raised && { problem: raised }),
    ...(error !== undefined && { error }),
    files,
  };
};

const relative = (m: Machine, path: string): string => {
  for (const root of m.sources.roots) if (path.startsWith(`${root}/`)) return path.slice(root.length + 1);
  return path;
};

/** The numbers that a model has among its parameters; undefined where they are not known. */
const parametersIn = (model: ObjectValue): number | undefined => {
  const { trained, fixed, undecided } = countParameters(model);
  const all = add(trained, fixed);
  return typeof all === 'number' && !undecided ? all : undefined;
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

const rowsOf = (m: Machine, syntax: Module): readonly RecordedRow[] => {
  const rows: RecordedRow[] = [];
  for (const { node, place } of recordableIn(syntax)) {
    // What rests on an assumed helper is no fact.
    const seen = m.trace.unsure.has(node) ? undefined : m.trace.values.get(node);
    const shapes = seen ? distinct(seen.map((v) => describeShape(v))) : [];
    if (shapes.length > 0) rows.push([...place, node.kind, shapes]);
  }
  return rows;
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
