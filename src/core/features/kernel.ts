import { type Language, say, writtenWords } from '../explain';
import { candidatesOf, type Verdict, writtenFusion } from '../fuse';
import type { Analysis, ClassUnit } from './analysis';
import { contextAt } from './context';
import { foldingHeadline } from './kernel-headline';
import { knownOf } from './kernel-known';
import type { FusionReport, FusionWritten } from './kernel-model';
import { keptOf, regionOf, type Telling } from './kernel-region';
import { foldingRun } from './kernel-run';

/** What of a class folds; undefined where the file has no such class. */
export const fusionReport = (analysis: Analysis, className: string, language: Language): FusionReport | undefined => {
  const unit = analysis.classes.find(({ name }) => name === className);
  return unit && reportOf(analysis, unit, language);
};

const reportOf = (analysis: Analysis, unit: ClassUnit, language: Language): FusionReport => {
  const run = foldingRun(unit);
  const found = candidatesOf(run);
  const { r } = contextAt({ run, text: analysis.text, start: unit.start, node: unit.node });
  const lib = run.cls.mro.some((c) => c.path === 'paddle.nn.Layer') ? 'paddle' : 'torch';
  const telling: Telling = { r, language, lib, found };
  const { layers, folded, words } = foldingHeadline(run);
  return {
    version: 1,
    className: unit.name,
    framework: lib === 'paddle' ? 'PaddlePaddle' : 'PyTorch',
    language,
    headline: say(words, language),
    layers,
    folded,
    regions: found.candidates.map((candidate, id) => regionOf(telling, candidate, id)),
    kept: found.obstacles.map((obstacle) => keptOf(telling, obstacle)),
    written: writtenFusion(run, unit.again).map((verdict) => writtenOf(unit, verdict, language)),
    known: knownOf(analysis, unit, language),
  };
};

const writtenOf = ({ run, start, node }: ClassUnit, verdict: Verdict, language: Language): FusionWritten => {
  const { method, outcome } = verdict;
  const own = node.body.find((stmt) => stmt.kind === 'FunctionDef' && stmt.name === method);
  const path = run.cls.module?.path;
  const place = own && path !== undefined ? { path, start: start + own.start, end: start + own.end } : undefined;
  return { method, outcome, text: say(writtenWords(verdict), language), ...(place && { place }) };
};
