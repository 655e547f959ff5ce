import { describe, expect, test } from 'vitest';
import { type Box, type Item, type Layout, layout, type Measures, viewOf } from '../../../src/core/graph';
import { BLOCKS, BRANCHES, SKIP } from './models';
import { graphOf } from './sketch';

const MEASURES: Measures = {
  box: ({ node }) => (node.role === 'merge' ? { width: 30, height: 30, round: true } : { width: 120, height: 40 }),
  label: ({ from, to }) => ('item' in from && 'item' in to ? { width: 90, height: 16 } : undefined),
  padding: 16,
  title: 24,
};

const items = (item: Item): readonly Item[] => item.children.flatMap((child) => [child, ...items(child)]);

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const encloses = (outer: Box, inner: Box): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const onBorder = ({ x, y, width, height }: Box, point: { readonly x: number; readonly y: number }): boolean =>
  point.x >= x - 0.5 && point.x <= x + width + 0.5 && point.y >= y - 0.5 && point.y <= y + height + 0.5;

const boxIn = ({ boxes }: Layout, item: Item): Box => {
  const box = boxes.get(item.node.id);
  if (!box) throw new Error(`${item.node.name} has no place`);
  return box;
};

describe.each([
  ['branches', BRANCHES, 'Branches'],
  ['blocks', BLOCKS, 'Fixed'],
  ['skips', SKIP, 'Net'],
])('a layout of %s', (_, source, name) => {
  test.each(['down', 'right'] as const)('flowing %s puts nothing on something else', async (direction) => {
    const view = viewOf(await graphOf(source, name), () => true);
    const placed = layout(view, MEASURES, { direction });
    const visit = (item: Item): void => {
      const boxes = item.children.map((child) => boxIn(placed, child));
      for (const [i, box] of boxes.entries())
        for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false);
      if (item.node.parent !== undefined)
        for (const box of boxes) expect(encloses(boxIn(placed, item), box)).toBe(true);
      for (const child of item.children) visit(child);
    };
    visit(view.root);
    const page = { x: 0, y: 0, width: placed.width, height: placed.height };
    for (const item of items(view.root)) expect(encloses(page, boxIn(placed, item))).toBe(true);
  });

  test('ends links at their boxes', async () => {
    const view = viewOf(await graphOf(source, name), () => true);
    const placed = layout(view, MEASURES, { direction: 'down' });
    for (const { link, points } of placed.links) {
      const [first, last] = [points[0], points.at(-1)];
      const from = 'item' in link.from ? placed.boxes.get(link.from.item) : placed.boxes.get(link.container);
      const to = 'item' in link.to ? placed.boxes.get(link.to.item) : placed.boxes.get(link.container);
      expect(from && first && onBorder(from, first)).toBe(true);
      expect(to && last && onBorder(to, last)).toBe(true);
    }
  });

  test('is whole even when there is no time', async () => {
    const view = viewOf(await graphOf(source, name), () => true);
    const placed = layout(view, MEASURES, { direction: 'down', expired: () => true });
    expect(placed.partial).toBe(true);
    for (const item of items(view.root)) expect(boxIn(placed, item).width).toBeGreaterThan(0);
  });
});
