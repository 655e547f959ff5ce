import type { Arg } from '../ops';
import type { Node } from '../syntax';
import type { Value } from '../values';
import { isOp, ownPlace, type Step, timeline } from './timeline';
import { type Finder, hint, type Trap } from './trap';
import { functionName, layerOf } from './values';

/** A loss that takes logits, with the squashing that it does itself. */
export const LOSSES: readonly { readonly loss: RegExp; readonly squash: RegExp }[] = [
  { loss: /\.(CrossEntropyLoss|cross_entropy)$/, squash: /\.softmax$/i },
  { loss: /\.(BCEWithLogitsLoss|binary_cross_entropy_with_logits)$/, squash: /\.sigmoid$/i },
];

/** Softmax in front of `CrossEntropyLoss`, sigmoid in front of `BCEWithLogitsLoss`: squashed twice. */
export const softmaxBeforeLoss: Finder = ({ run, own }) => {
  const steps = timeline(run.trace);
  const makers = new Map<Value | Arg, Step>(steps.map((step) => [step.output, step]));
  return steps.flatMap((step): readonly Trap[] => {
    const [input] = isOp(step) ? step.args.positional : step.inputs;
    const known = LOSSES.find(({ loss }) => loss.test(pathOf(step)));
    const maker = input && makers.get(input);
    const place = ownPlace(run.trace, step, own);
    if (!known || !maker || !place || !known.squash.test(pathOf(maker)) || takesShares(step)) return [];
    return [
      hint(
        'softmax-before-loss',
        place,
        { softmax: nameOf(maker), loss: nameOf(step) },
        { related: placed(maker.node, own) },
      ),
    ];
  });
};

/** Paddle's cross entropy with `use_softmax=False` is given what the softmax has made. */
const takesShares = (step: Step): boolean => {
  const use = isOp(step) ? step.args.keywords.get('use_softmax') : step.layer.attrs.get('use_softmax');
  return use?.kind === 'bool' && !use.value;
};

export const pathOf = (step: Step): string => (isOp(step) ? functionName(step) : layerOf(step.layer)?.path) ?? '';

export const nameOf = (step: Step): string => pathOf(step).replace(/^.*\./, '');

const placed = (node: Node | undefined, own: ReadonlyMap<Node, unknown>) =>
  node && own.has(node) ? [{ node, what: 'made-here' as const }] : [];
