import type { Point } from '../graph';

const round = (n: number): number => Math.round(n * 10) / 10;

/** SVG path data through points, leaving and arriving in the direction in which data flows. */
export const curve = (points: readonly Point[], direction: 'down' | 'right'): string => {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${round(first.x)} ${round(first.y)}`;
  let last = first;
  for (const point of rest) {
    path += isStraight(last, point, direction)
      ? `L${round(point.x)} ${round(point.y)}`
      : `C${bends(last, point, direction)} ${round(point.x)} ${round(point.y)}`;
    last = point;
  }
  return path;
};

const isStraight = (a: Point, b: Point, direction: 'down' | 'right'): boolean =>
  Math.abs(direction === 'down' ? a.x - b.x : a.y - b.y) < 0.5;

const bends = (a: Point, b: Point, direction: 'down' | 'right'): string => {
  const [x, y] = [round((a.x + b.x) / 2), round((a.y + b.y) / 2)];
  return direction === 'down' ? `${round(a.x)} ${y} ${round(b.x)} ${y}` : `${x} ${round(a.y)} ${x} ${round(b.y)}`;
};
