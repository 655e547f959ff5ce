import { add, type Dim, evaluate, sub, symbolsOf } from '../dims';
import { fuseWords, join } from '../explain';
import { type Cost, candidatesOf, costApart, isLayer, savingOf } from '../fuse';
import { countParameters } from '../graph';
import type { ClassRun } from '../interp';
import type { Words } from '../ops';
import type { ObjectValue } from '../values';
import { changeText } from './kernel-cost';

/** What of a class folds, as a whole. */
export interface FoldingHeadline {
  readonly layers: number;
  readonly folded: number;
  readonly words: Words;
}

/** How many layers of a class fold away, and what that saves: `23 of 53 layers fold away, −4.1 % parameters`. */
export const foldingHeadline = (run: ClassRun): FoldingHeadline => {
  const found = candidatesOf(run);
  const calls = found.wires.graph.nodes.filter((n) => n.role === 'layer' || n.role === 'op' || n.role === 'merge');
  const savings = found.candidates.map((candidate) => savingOf(found.wires, candidate));
  const told = new Set<ObjectValue>();
  // Modules that are called several times have their parameters once.
  const first = found.candidates.map(({ region }) => {
    const modules = region.layers.flatMap((l) => l.node.module ?? []);
    const isNew = modules.every((m) => !told.has(m));
    for (const m of modules) told.add(m);
    return isNew;
  });
  const folded = savings.reduce((n, s) => n + Math.max(0, s.before.layers - s.after.layers), 0);
  const layers = calls.filter(isLayer).length;
  const all = countParameters(run.self);
  const change = (
    of: 'parameters' | 'traffic',
    total: Dim | undefined,
  ): readonly [Dim | undefined, Dim | undefined] => [
    total,
    savings
      .filter((_, i) => of === 'traffic' || first[i])
      .reduce<Dim | undefined>((sum, s) => replaced(sum, s.before[of], s.after[of]), total),
  ];
  const traffic = change('traffic', costApart(calls).traffic);
  const parts: readonly Words[] =
    folded === 0
      ? [calls.some((n) => n.ran?.name === '?') ? fuseWords.noneKnown : fuseWords.none]
      : [
          fuseWords.folds(folded, layers),
          ...said(changeText(...change('parameters', all.open ? undefined : all.trained)), fuseWords.parameters),
          ...trafficWords(run, traffic),
        ];
  return { layers, folded, words: join(parts, ', ', '，') };
};

/** The side of an image at which memory traffic is told where the size of the input is open. */
const USUAL = 224;

/** What becomes of memory traffic; for a model of images of any size, at the usual one. */
const trafficWords = (
  run: ClassRun,
  [before, after]: readonly [Dim | undefined, Dim | undefined],
): readonly Words[] => {
  const change = changeText(before, after);
  if (change !== '' || before === undefined || after === undefined) return said(change, fuseWords.traffic);
  const [entry, more] = run.entries;
  const dims = entry?.value.kind === 'tensor' && !more ? entry.value.shape.dims : [];
  if (dims.length !== 4 || typeof dims[1] !== 'number') return [];
  const at = (d: Dim): number | undefined =>
    evaluate(d, (s) => {
      const axis = dims.findIndex((size) => symbolsOf(size).some(({ id }) => id === s.id));
      return ([1, undefined, USUAL, USUAL] as const)[axis];
    });
  const size = [1, dims[1], USUAL, USUAL].join('×');
  return said(changeText(at(before), at(after)), (one) => fuseWords.trafficAt(one, size));
};

const said = (change: string, words: (change: string) => Words): readonly Words[] =>
  change === '' ? [] : [words(change)];

const replaced = (sum: Dim | undefined, before: Cost['traffic'], after: Cost['traffic']): Dim | undefined =>
  sum === undefined || before === undefined || after === undefined ? undefined : add(sub(sum, before), after);
