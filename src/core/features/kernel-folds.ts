import { fuseWords, stepWords, text } from '../explain';
import { candidatesOf, type Step } from '../fuse';
import type { Words } from '../ops';
import type { Value } from '../values';
import type { ClassUnit } from './analysis';
import { foldingRun } from './kernel-run';

/** What becomes of a layer of a class: the first rule that takes it in; undefined where none does. */
export const foldedWith = (unit: ClassUnit, value: Value | undefined): Words | undefined => {
  if (value?.kind !== 'object') return undefined;
  for (const { region, plan } of candidatesOf(foldingRun(unit)).candidates) {
    const id = region.layers.findIndex((l) => l.role === 'call' && l.node.module === value);
    const step = id < 0 ? undefined : plan.steps.find((s) => takes(s, id));
    if (step) return text`${fuseWords.foldsBy(step.rule)}${stepWords(step.rule, step.result)}`;
  }
  return undefined;
};

const takes = ({ inputs }: Step, id: number): boolean => inputs.some((ref) => ref.kind === 'layer' && ref.id === id);
