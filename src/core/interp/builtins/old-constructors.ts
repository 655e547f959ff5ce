import { NONE } from '../../values';
import { resolve } from '../branch';
import { elementOf } from '../elementwise';
import { numberOf } from '../scalars';
import { TYPED_TENSORS } from '../types';
import type { NativeTable } from './native';
import { given, withElements } from './tensors';

/** Classes of tensors of one element type each (`torch.IntTensor([width])`): a list is data, a number is a size. */
export const oldConstructors: NativeTable = Object.fromEntries(
  Object.entries(TYPED_TENSORS).map(([path, dtype]) => [
    `${path}()`,
    withElements(path, (call) => {
      if (numberOf(resolve(call.m, call.at(0) ?? NONE)) !== undefined) return undefined;
      const numbers = given(call)?.map(numberOf);
      const known = numbers?.filter((n) => n !== undefined);
      return known && known.length === numbers?.length ? known.map((n) => elementOf(n, dtype)) : undefined;
    }),
  ]),
);
