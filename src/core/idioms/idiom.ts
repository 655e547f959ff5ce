import type { Dim } from '../dims';
import type { Node } from '../syntax';
import type { Value } from '../values';
import type { Work } from './flow';

/** A way of building that has a name in the field. */
export type IdiomKind =
  | 'residual'
  | 'projected-residual'
  | 'adapted-residual'
  | 'branches'
  | 'bottleneck'
  | 'inverted-residual'
  | 'depthwise-separable'
  | 'channel-attention'
  | 'cbam-channel'
  | 'spatial-attention'
  | 'coordinate-attention'
  | 'eca'
  | 'attention'
  | 'cross-attention'
  | 'causal-attention'
  | 'given-attention'
  | 'channel-self-attention'
  | 'patch-embedding'
  | 'class-token'
  | 'positional-encoding'
  | 'position-bias'
  | 'sinusoidal-embedding'
  | 'rotary'
  | 'feed-forward'
  | 'gate'
  | 'layer-scale'
  | 'pre-norm'
  | 'post-norm'
  | 'window'
  | 'shift'
  | 'channel-shuffle'
  | 'skip'
  | 'pyramid'
  | 'fpn'
  | 'mixture'
  | 'heads'
  | 'multi-scale'
  | 'parallel'
  | 'pooled-attention'
  | 'cheap-features'
  | 'dense'
  | 'sampling'
  | 'cbam'
  | 'u-net'
  | 'autoencoder'
  | 'transformer-block'
  | 'stack'
  | 'classifier'
  | 'hard-sigmoid'
  | 'hard-swish'
  | 'pixel-shuffle'
  | 'pixel-unshuffle'
  | 'drop-path'
  | 'recurrence'
  | 'last-states'
  | 'weight-tying'
  | 'bilinear-kernel'
  | 'norm-folding'
  | 'rms-norm'
  | 'gated-unit';

/** What a step is for inside of its idiom. */
export type Role =
  | 'sum'
  | 'branch-sum'
  | 'shortcut'
  | 'weights'
  | 'row-weights'
  | 'column-weights'
  | 'apply'
  | 'reduce'
  | 'restore'
  | 'depthwise'
  | 'pointwise'
  | 'project'
  | 'split-heads'
  | 'scores'
  | 'scale'
  | 'mask'
  | 'softmax'
  | 'gather'
  | 'merge-heads'
  | 'patches'
  | 'tokens'
  | 'token'
  | 'position'
  | 'bias'
  | 'waves'
  | 'angles'
  | 'frequencies'
  | 'rotate'
  | 'widen'
  | 'narrow'
  | 'gate'
  | 'scaled'
  | 'partition'
  | 'reverse'
  | 'shift'
  | 'shuffle'
  | 'join'
  | 'append'
  | 'fuse'
  | 'noise'
  | 'classify'
  | 'squash'
  | 'swish'
  | 'swish-whole'
  | 'norm-before'
  | 'norm-after'
  | 'to-pixels'
  | 'from-pixels'
  | 'drop'
  | 'recur'
  | 'tie'
  | 'kernel'
  | 'fold-kernel'
  | 'fold-bias';

/** A step of the code that takes part, and what it is for. */
export interface IdiomStep {
  readonly node: Node;
  readonly role: Role;
}

/** An idiom that the run of a class shows. */
export interface Idiom {
  readonly kind: IdiomKind;
  /** What a stack is made of. */
  readonly of?: IdiomKind;
  /** The event of the module in which it stands: the innermost one around all that takes part. */
  readonly parent: number;
  readonly steps: readonly IdiomStep[];
  /** Sizes that are worth telling: the heads, the side of a patch. */
  readonly sizes: Readonly<Record<string, Dim>>;
  /** Everything between the value that it starts from and the one that it gives. */
  readonly works: readonly Work[];
  readonly output: Value;
}

/** An idiom with its steps: those that stand in no place of the code are left out. */
export const found = (
  kind: IdiomKind,
  parent: number,
  works: readonly Work[],
  output: Value,
  steps: readonly (readonly [Work, Role])[],
  sizes: Idiom['sizes'] = {},
): Idiom => ({
  kind,
  parent,
  works,
  output,
  sizes,
  steps: steps.flatMap(([{ node }, role]) => (node ? [{ node, role }] : [])),
});

/** What a module is as a whole: the idiom that covers all that it does. `after`: what it still does behind that. */
export interface Whole {
  readonly idiom: Idiom;
  /** What the branch of a residual block is, where that has a name and is all of it. */
  readonly branch?: Idiom | undefined;
  readonly after: readonly Work[];
}
