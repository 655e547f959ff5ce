import { expect, test } from 'vitest';
import { opposite } from '../../../src/core/explain';

test.each([
  ['a == b', 'a != b'],
  ['self.bn is not None', 'self.bn is None'],
  ['x.ndim <= 3', 'x.ndim > 3'],
  ["mode not in ('a', 'b')", "mode in ('a', 'b')"],
  ['not training', 'training'],
  ['training', 'not training'],
  ['a and b', 'not (a and b)'],
  ['0 < a < 3', 'not 0 < a < 3'],
])('the opposite of %s is %s', (source, other) => expect(opposite(source)).toBe(other));
