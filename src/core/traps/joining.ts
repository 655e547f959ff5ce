import { type Dim, same } from '../dims';
import type { Arg } from '../ops';
import type { Call } from '../syntax';
import type { Value } from '../values';
import { addArgument } from './code';
import { type Finder, hint, ownCall, type Subject, type Trap } from './trap';
import { argument, functionName } from './values';

type Tensor = Extract<Value | Arg, { kind: 'tensor' }>;

/**
 * `torch.cat((a, b))` without an axis joins the batch. Where what comes out is read with the batch that the parts had,
 * that was not meant: one axis was to be joined, and the items of the batch get each other's rows.
 */
export const catJoinsBatch: Finder = (subject) => {
  const { lib, source, run } = subject;
  const found = new Map<Call, Trap>();
  for (const op of run.trace.ops) {
    const call = ownCall(subject, op.node);
    const { output } = op;
    const axis = argument(op, 'dim', 1) ?? argument(op, 'axis', 1);
    if (!call || !/\.(cat|concat|concatenate)$/.test(functionName(op) ?? '') || axis || output.kind !== 'tensor')
      continue;
    const batch = batchOf(op.args.positional[0]);
    if (batch === undefined || call.args.some(({ star }) => star > 0) || !meetsBatch(subject, output, batch)) continue;
    const name = lib === 'paddle' ? 'axis' : 'dim';
    const edits = [addArgument(call, `${name}=1`, source)];
    found.set(
      call,
      hint(
        'cat-joins-batch',
        call,
        { op: call.func.kind === 'Attribute' ? call.func.attr : 'cat', shape: output.shape },
        { edits },
      ),
    );
  }
  return [...found.values()];
};

/** The first size that several tensors share. */
const batchOf = (given: Arg | undefined): Dim | undefined => {
  const items = given?.kind === 'sequence' || given?.kind === 'tuple' ? given.items : [];
  const tensors = items.filter((item): item is Tensor => item.kind === 'tensor');
  const sizes = tensors.map(firstOf);
  const [first] = sizes;
  if (first === undefined || typeof first === 'number' || items.length < 2 || tensors.length < items.length)
    return undefined;
  return sizes.every((size) => size !== undefined && same(size, first)) ? first : undefined;
};

const firstOf = ({ shape }: Tensor): Dim | undefined =>
  shape.rest?.at === 0 || shape.dims.length < 2 ? undefined : shape.dims[0];

/** Whether a value is reshaped so that its first size is the batch again, or meets a tensor of that batch. */
const meetsBatch = ({ run }: Subject, joined: Value, batch: Dim): boolean =>
  run.trace.ops.some(({ name, family, args, output }) => {
    const operands = args.positional.filter((arg): arg is Tensor => arg.kind === 'tensor');
    if (!operands.some((operand) => operand === joined)) return false;
    const isBatch = (tensor: Tensor): boolean => {
      const first = firstOf(tensor);
      return first !== undefined && same(first, batch);
    };
    if (family && /\.(view|reshape)$/.test(family.path)) return output.kind === 'tensor' && isBatch(output);
    return /^[-+*/]$/.test(name) && operands.some((operand) => operand !== joined && isBatch(operand));
  });
