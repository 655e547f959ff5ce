import { unknownShape } from '../shapes';
import type { TensorValue, Value } from '../values';
import { asRanked } from './asked-ranks';
import type { Args, Machine } from './machine';

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

/** Notes that what a call has given is a tensor if it is anything that is known: tensors went in. */
export const noteLikely = (m: Machine, output: Value, { positional, keywords }: Args): Value => {
  if (output.kind !== 'unknown' || m.likely.has(output)) return output;
  const given = [...positional, ...keywords.values()].map((value) => tensorOf(m, value)).find(Boolean);
  if (!given) return output;
  const tensor: TensorValue = {
    kind: 'tensor',
    lib: given.lib,
    shape: unknownShape(m.context.unknownRest(output.why)),
  };
  m.trace.sources.set(tensor, { values: [output] });
  m.likely.set(output, tensor);
  return output;
};

const tensorOf = (m: Machine, value: Value): TensorValue | undefined =>
  value.kind === 'tensor' ? value : m.likely.get(value);

/** The tensor that something unknown must be, as it is asked for what only tensors have. */
export const askedTensor = (m: Machine, value: Value, name: string): TensorValue | undefined => {
  const likely = OF_TENSORS.has(name) ? m.likely.get(value) : undefined;
  const ranked = likely && asRanked(m, likely);
  return ranked?.kind === 'tensor' ? ranked : undefined;
};
