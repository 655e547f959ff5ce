import type { Arg } from '../ops';
import type { Node } from '../syntax';
import type { Value } from '../values';
import { given, isOp, type Step, timeline } from './timeline';
import { type Finder, hint, type Subject, type Trap } from './trap';
import { functionName, layerOf, shortName } from './values';

/** A tensor that was changed in place is used again as if it still were what it was: a residual, most often. */
export const inplaceReused: Finder = (subject) => {
  const { run, own } = subject;
  const changed = new Map<Value | Arg, { readonly node: Node; readonly op: string }>();
  const found = new Map<Node, Trap>();
  const discarded = new Set<Node>([...own.values()].flatMap((node) => (node.kind === 'ExprStmt' ? [node.value] : [])));
  for (const step of timeline(run.trace)) {
    if (step.path || !step.node || !own.has(step.node)) continue;
    for (const value of given(step)) {
      const before = changed.get(value);
      if (value.kind !== 'tensor' || !before || before.node === step.node || !readsNumbers(step)) continue;
      const data = { op: before.op, shape: value.shape };
      found.set(
        step.node,
        hint('inplace-reused', step.node, data, { related: [{ node: before.node, what: 'changed-here' }] }),
      );
    }
    // Whose result nobody takes is there for what it changes.
    const op = discarded.has(step.node) ? undefined : changer(subject, step);
    const [input] = isOp(step) ? step.args.positional : step.inputs;
    if (op !== undefined && input && input !== step.output) changed.set(input, { node: step.node, op });
  }
  return [...found.values()];
};

/** Functions with a twin that works in place. What fills a tensor anew (`zero_`, `copy_`) means to. */
const ACTIVATIONS =
  /^(relu6?|leaky_relu|r?relu|elu|selu|celu|silu|mish|hardtanh|hardswish|hardsigmoid|threshold|sigmoid|tanh|softmax|(alpha_|feature_)?dropout[123]?d?)$/;

/** What changes its input in place, by name; undefined for everything else. */
const changer = ({ own }: Subject, step: Step): string | undefined => {
  if (!isOp(step)) {
    const family = layerOf(step.layer);
    return family && isTrue(step.layer.attrs.get('inplace')) ? shortName(family) : undefined;
  }
  const node = step.node && own.get(step.node);
  const name = functionName(step)?.replace(/^.*\./, '') ?? '';
  const inplace = isTrue(step.args.keywords.get('inplace')) || name.endsWith('_');
  if (inplace && ACTIVATIONS.test(name.replace(/_$/, ''))) return name;
  return node?.kind === 'AugAssign' ? `${node.op}=` : undefined;
};

const isTrue = (value: Value | Arg | undefined): boolean => value?.kind === 'bool' && value.value;

/** Asking for the size or kind of a tensor does not read its numbers. */
const readsNumbers = (step: Step): boolean =>
  !isOp(step) ||
  !/\.(size|dim|numel|shape|new_\w+|\w+_like|type_as|device|is_\w+|detach_?|requires_grad_?)$/.test(step.name);
