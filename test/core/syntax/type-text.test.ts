import { describe, expect, test } from 'vitest';
import { type Expr, readType, readTypeComment } from '../../../src/core/syntax';

const written = (expr: Expr | undefined): string => {
  switch (expr?.kind) {
    case 'Name':
      return expr.id;
    case 'Attribute':
      return `${written(expr.value)}.${expr.attr}`;
    case 'Constant':
      return String(expr.value);
    case 'Tuple':
      return expr.items.map(written).join(', ');
    case 'Subscript':
      return `${written(expr.value)}[${written(expr.index)}]`;
    case 'BinOp':
      return `${written(expr.left)} ${expr.op} ${written(expr.right)}`;
    default:
      return '–';
  }
};

describe('types in texts', () => {
  test.each([
    ['Tensor', 'Tensor'],
    ['torch.Tensor', 'torch.Tensor'],
    ['Optional[List[torch.Tensor]]', 'Optional[List[torch.Tensor]]'],
    ['Dict[str, Tuple[int, ...]]', 'Dict[str, Tuple[int, ...]]'],
    ['Tensor | None', 'Tensor | null'],
  ])('%s', (text, expected) => expect(written(readType(text))).toBe(expected));

  test.each(['', 'a b', 'List[', 'List[int', '3', 'x: int', 'Tensor]', 'ignore[arg-type]]'])('%s is none', (text) =>
    expect(readType(text)).toBeUndefined(),
  );
});

describe('types in comments', () => {
  const all = (comment: string): readonly string[] | undefined => {
    const told = readTypeComment(comment);
    return told && ('all' in told ? told.all.map(written) : [written(told.one)]);
  };

  test.each([
    ['# type: (List[Tensor], Dict[str, int]) -> Tensor', ['List[Tensor]', 'Dict[str, int]']],
    ['# type: List[Tensor]', ['List[Tensor]']],
    ['#type: int', ['int']],
  ])('%s', (comment, expected) => expect(all(comment)).toEqual(expected));

  test.each([
    '# type: ignore',
    '# type: ignore[attr-defined]',
    '# the type: int',
    '# types: int',
    '# type: a sentence',
  ])('%s is none', (comment) => expect(all(comment)).toBeUndefined());
});
