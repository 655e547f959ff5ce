import { expect, test } from 'vitest';
import { known, litBy } from '../../src/webview/lit';

const at = (start: number, end: number, path = 'a.py') => ({ path, start, end });
const BOXES = [
  { name: 'outer', call: at(10, 40), made: at(100, 120) },
  { name: 'inner', call: at(20, 30), made: at(130, 150) },
  { name: 'twin', call: at(20, 30), made: undefined },
];

test.each([
  ['in the inner call', at(25, 25), ['inner', 'twin']],
  ['in the outer call alone', at(12, 12), ['outer']],
  ['where one is made', at(140, 140), ['inner']],
  ['elsewhere', at(60, 60), []],
  ['in another file', at(25, 25, 'b.py'), []],
  ['nowhere', null, []],
])('with the cursor %s', (_, cursor, names) =>
  expect([...litBy(BOXES, ({ call, made }) => known(call, made), cursor)].map((box) => box.name)).toEqual(names),
);
