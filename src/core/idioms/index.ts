import type { Node } from '../syntax';
import type { ObjectValue } from '../values';
import { bottlenecks, feedForward, separable } from './blocks';
import { mapAttention } from './channel-attention';
import { mixtures } from './experts';
import { flowOf, type Run } from './flow';
import { gates, samplings } from './gates';
import { classifiers, hardSigmoids, sideBySide } from './heads';
import type { Idiom, Role, Whole } from './idiom';
import { joins } from './joins';
import { bilinearKernels, foldings } from './kernels';
import { pooledAttention } from './pooled-attention';
import { pyramids } from './pyramids';
import { dropPaths } from './random';
import { lastStates, recurrences } from './recurrence';
import { sums } from './residual';
import { attention } from './self-attention';
import { tyings } from './sharing';
import { sinusoids } from './sinusoids';
import { type Stage, stagesOf } from './stages';
import { classTokens, layerScales, patches, positions, rotations } from './tokens';
import { gatedUnits, rmsNorms } from './updates';
import { autoencoders, cbams, transformers, uNets, wholesOf } from './wholes';
import { rearrangements, shifts } from './windows';

export type { Run, Work } from './flow';
export type { Idiom, IdiomKind, Role, Whole } from './idiom';
export type { Stage } from './stages';

/** The idioms that a run shows. */
export interface Idioms {
  readonly all: readonly Idiom[];
  /** What an expression of the code is for, where it takes part in one. */
  readonly steps: ReadonlyMap<Node, { readonly idiom: Idiom; readonly role: Role }>;
  /** What a module is as a whole. */
  readonly wholes: ReadonlyMap<ObjectValue, Whole>;
  /** The straight way through a module, by its event; undefined where there is none. */
  readonly stages: (event: number) => readonly Stage[] | undefined;
}

export const NO_IDIOMS: Idioms = { all: [], steps: new Map(), wholes: new Map(), stages: () => undefined };

const known = new WeakMap<Run['trace'], Idioms>();

/** The idioms that the run of a class shows, recognised by how data flows and by sizes, not by names. */
export const idiomsOf = (run: Run): Idioms => {
  const found = known.get(run.trace) ?? recognised(run);
  known.set(run.trace, found);
  return found;
};

const recognised = (run: Run): Idioms => {
  const flow = flowOf(run);
  const plain = [
    ...sums(flow),
    ...separable(flow),
    ...mapAttention(flow),
    ...pooledAttention(flow),
    ...attention(flow),
    ...feedForward(flow),
    ...patches(flow),
    ...classTokens(flow),
    ...positions(flow),
    ...rotations(flow),
    ...sinusoids(flow),
    ...joins(flow),
    ...samplings(flow),
    ...rearrangements(flow),
    ...shifts(flow),
    ...classifiers(flow),
    ...hardSigmoids(flow),
    ...dropPaths(flow),
    ...recurrences(flow),
    ...lastStates(flow),
    ...tyings(flow),
    ...bilinearKernels(flow),
    ...foldings(flow),
    ...rmsNorms(flow),
    ...gatedUnits(flow),
    ...pyramids(flow),
    ...mixtures(flow),
    ...sideBySide(flow),
  ];
  const single = [...plain, ...bottlenecks(flow, plain), ...layerScales(flow, plain), ...gates(flow, plain)];
  const all = [
    ...single,
    ...transformers(flow, single),
    ...cbams(flow, single),
    ...uNets(flow, single),
    ...autoencoders(flow, single),
  ];
  const steps = new Map<Node, { readonly idiom: Idiom; readonly role: Role }>();
  for (const idiom of all)
    for (const { node, role } of idiom.steps) if (!steps.has(node)) steps.set(node, { idiom, role });
  return { all, steps, wholes: wholesOf(flow, all), stages: (event) => stagesOf(flow, event) };
};
