import { type Candidates, candidatesOf, type Step } from '../fuse';
import type { Place } from '../graph';
import type { ClassUnit } from './analysis';
import { isWritable, newLayer, placing, writingOf } from './deploy';
import { type Dialect, PADDLE, TORCH } from './deploy-dialect';
import { slotOf } from './deploy-slots';
import { guardOf, stepCode, type Writing } from './deploy-steps';
import { foldingRun } from './kernel-run';

/** A layer and the normalisation right behind it. */
export interface FoldingPair {
  /** `self.conv1`. */
  readonly layer: string;
  readonly norm: string;
  /** Where the two are made and called. */
  readonly places: readonly Place[];
  /** A method that gives an eval-only copy in which this pair is one layer; the instance stays as it is. */
  readonly method: (name: string) => string;
}

const RULES: ReadonlySet<string> = new Set(['F1', 'F2', 'F5']);

/** The pairs of a class of which one layer can be made, each once. */
export const foldingPairs = (unit: ClassUnit): readonly FoldingPair[] => {
  const run = foldingRun(unit);
  const { candidates, wires } = candidatesOf(run);
  const dialect = run.cls.mro.some((c) => c.path === 'paddle.nn.Layer') ? PADDLE : TORCH;
  const pairs = new Map<string, FoldingPair>();
  for (const candidate of candidates)
    for (const step of candidate.plan.steps) {
      const writing = writingOf(candidate, wires, dialect, new Set());
      const pair = isWritable(writing) ? pairOf(writing, wires, step) : undefined;
      if (pair && !pairs.has(pair.norm)) pairs.set(pair.norm, pair);
    }
  return [...pairs.values()];
};

const pairOf = (writing: Writing, wires: Candidates['wires'], step: Step): FoldingPair | undefined => {
  const { candidate, dialect, name, uses } = writing;
  const [first, second] = step.inputs;
  if (!RULES.has(step.rule) || first?.kind !== 'layer' || second?.kind !== 'layer') return undefined;
  const nodes = [first, second].flatMap(({ id }) => candidate.region.layers[id]?.node ?? []);
  const folded = [first, second].flatMap(({ id }) => candidate.region.layers[id] ?? []);
  const [one, other] = folded.map((layer) => slotOf(folded, wires, layer));
  if (!one || !other || one.name === other.name || guardOf(writing, first) !== undefined) return undefined;
  const lines = stepCode(writing, step, 1);
  const made = newLayer(writing, step.result, 1);
  if (!lines || made === undefined) return undefined;
  const [layer, norm] = [name(first.id), name(second.id)];
  const placed = placing(
    writing,
    [
      { slot: one, fate: 'fused', layer: first.id },
      { slot: other, fate: 'identity', layer: second.id },
    ],
    made,
  );
  return {
    layer,
    norm,
    places: nodes.flatMap(({ definition, call }) => [definition, call].flatMap((place) => place ?? [])),
    method: (of) => methodOf(dialect, of, [...lines, ...placed], uses),
  };
};

const methodOf = (dialect: Dialect, name: string, lines: readonly string[], uses: ReadonlySet<string>): string => {
  const helpers = dialect.helpers.flatMap((helper) => (uses.has(helper.name) ? [...helper.code, ''] : []));
  // What stands for the instance in all code that is written is the copy here.
  const inner = [...helpers, ...lines].map((line) => line.replace(/\bself\b/g, 'model'));
  const body = ['model = copy.deepcopy(self)', 'model.eval()', '', ...inner, 'return model'];
  return [
    `    ${dialect.decorator}`,
    `    def ${name}(self):`,
    ...body.map((line) => (line === '' ? '' : `        ${line}`)),
    '',
  ].join('\n');
};
