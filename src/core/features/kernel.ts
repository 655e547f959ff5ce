import { add, type Dim, sub } from '../dims';
import { fuseWords, join, type Language, say, writtenWords } from '../explain';
import { type Cost, candidatesOf, costApart, savingOf, type Verdict, writtenFusion } from '../fuse';
import { countParameters } from '../graph';
import type { Words } from '../ops';
import type { ObjectValue } from '../values';
import type { Analysis, ClassUnit } from './analysis';
import { contextAt } from './context';
import { changeText } from './kernel-cost';
import type { FusionReport, FusionWritten } from './kernel-model';
import { keptOf, regionOf, type Telling } from './kernel-region';

/** What of a class folds; undefined where the file has no such class. */
export const fusionReport = (analysis: Analysis, className: string, language: Language): FusionReport | undefined => {
  const unit = analysis.classes.find(({ name }) => name === className);
  return unit && reportOf(analysis, unit, language);
};

const reportOf = (analysis: Analysis, unit: ClassUnit, language: Language): FusionReport => {
  const { run } = unit;
  const found = candidatesOf(run);
  const { r } = contextAt({ run, text: analysis.text, start: unit.start, node: unit.node });
  const lib = run.cls.mro.some((c) => c.path === 'paddle.nn.Layer') ? 'paddle' : 'torch';
  const telling: Telling = { r, language, lib, found };
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
  const layers = calls.filter((n) => n.role === 'layer').length;
  const all = countParameters(run.self);
  const change = (of: 'parameters' | 'traffic', total: Dim | undefined): string => {
    const after = savings
      .filter((_, i) => of === 'traffic' || first[i])
      .reduce<Dim | undefined>((sum, s) => replaced(sum, s.before[of], s.after[of]), total);
    return changeText(total, after);
  };
  const parts: readonly Words[] =
    folded === 0
      ? [fuseWords.none]
      : [
          fuseWords.folds(folded, layers),
          ...said(change('parameters', all.open ? undefined : all.trained), fuseWords.parameters),
          ...said(change('traffic', costApart(calls).traffic), fuseWords.traffic),
        ];
  return {
    version: 1,
    className: unit.name,
    framework: lib === 'paddle' ? 'PaddlePaddle' : 'PyTorch',
    language,
    headline: say(join(parts, ', ', '，'), language),
    layers,
    folded,
    regions: found.candidates.map((candidate, id) => regionOf(telling, candidate, id)),
    kept: found.obstacles.map((obstacle) => keptOf(telling, obstacle)),
    written: writtenFusion(run, unit.again).map((verdict) => writtenOf(unit, verdict, language)),
  };
};

const writtenOf = ({ run, start, node }: ClassUnit, verdict: Verdict, language: Language): FusionWritten => {
  const { method, outcome } = verdict;
  const own = node.body.find((stmt) => stmt.kind === 'FunctionDef' && stmt.name === method);
  const path = run.cls.module?.path;
  const place = own && path !== undefined ? { path, start: start + own.start, end: start + own.end } : undefined;
  return { method, outcome, text: say(writtenWords(verdict), language), ...(place && { place }) };
};

const said = (change: string, words: (change: string) => Words): readonly Words[] =>
  change === '' ? [] : [words(change)];

const replaced = (sum: Dim | undefined, before: Cost['traffic'], after: Cost['traffic']): Dim | undefined =>
  sum === undefined || before === undefined || after === undefined ? undefined : add(sub(sum, before), after);
