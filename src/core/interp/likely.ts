import { unknownShape } from '../shapes';
import type { Node } from '../syntax';
import type { TensorValue, Value } from '../values';
import { asRanked } from './asked-ranks';
import type { Args, Machine } from './machine';
import { resultEntry } from './results';

/** What only tensors have, and what gives a shape whatever theirs is. */
const OF_TENSORS: ReadonlySet<string> = new Set([
  'shape',
  'size',
  'dim',
  'ndim',
  'view',
  'reshape',
  'flatten',
  'unflatten',
  'permute',
  'transpose',
  'unsqueeze',
  'contiguous',
  'expand',
]);

/**
 * Notes that what a call has given is a tensor if it is anything that is known: tensors went in. Where its use has told
 * how many axes it has, it is that tensor.
 */
export const noteLikely = (m: Machine, output: Value, args: Args, node: Node | undefined): Value => {
  if (output.kind !== 'unknown') return output;
  const before = m.likely.get(output);
  if (before?.origin !== undefined) return output;
  const given = before ?? givenTensor(m, args);
  if (!given) return output;
  const entry = resultEntry(m, node, given.lib);
  if (!entry && before) return output;
  const tensor: TensorValue = entry
    ? { ...entry }
    : { kind: 'tensor', lib: given.lib, shape: unknownShape(m.context.unknownRest(output.why)) };
  m.trace.sources.set(tensor, { values: [output] });
  if (tensor.shape.dims.length > 0) return tensor;
  m.likely.set(output, tensor);
  return output;
};

const givenTensor = (m: Machine, { positional, keywords }: Args): TensorValue | undefined =>
  [...positional, ...keywords.values()].map((value) => tensorOf(m, value)).find((tensor) => tensor !== undefined);

const tensorOf = (m: Machine, value: Value): TensorValue | undefined =>
  value.kind === 'tensor' ? value : m.likely.get(value);

/** The tensor that something unknown must be, as it is asked for what only tensors have. */
export const askedTensor = (m: Machine, value: Value, name: string): TensorValue | undefined => {
  const likely = OF_TENSORS.has(name) ? m.likely.get(value) : undefined;
  const ranked = likely && asRanked(m, likely);
  return ranked?.kind === 'tensor' ? ranked : undefined;
};
