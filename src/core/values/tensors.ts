import type { Arg, TensorArg } from '../ops';
import type { Value } from './value';

/** The tensors that a value is or holds, lists and tuples looked into. */
export const tensorsIn = (value: Value | Arg): readonly TensorArg[] => {
  switch (value.kind) {
    case 'tensor':
      return [value];
    case 'tuple':
    case 'list':
    case 'sequence': {
      const found: TensorArg[] = [];
      for (const item of value.items) found.push(...tensorsIn(item));
      return found;
    }
    default:
      return [];
  }
};
