import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dim, evaluate, noFacts, printCondition } from '../../../src/core/dims';
import { broadcast, printShape, type Shape, unify } from '../../../src/core/shapes';
import { holds, samples, symbols, valueAt } from '../dims/expressions';
import { given } from '../dims/names';
import { shape } from './shapes';

const met = (facts: string, ...shapes: readonly string[]) =>
  broadcast(facts === '' ? noFacts : given(facts), shapes.map(shape));

describe('broadcast', () => {
  it.each([
    ['', '[B, 64, H, W]', '[1, 64, 1, 1]', '[B, 64, H, W]'],
    ['', '[B, T, C]', '[C]', '[B, T, C]'],
    ['', '[B, T, C]', '[]', '[B, T, C]'],
    ['', '[3]', '[2, 1]', '[2, 3]'],
    ['', '[0]', '[1]', '[0]'],
    ['', '[B, 1]', '[1, T]', '[B, T]'],
    ['', '[(H + 1)//2]', '[H - H//2]', '[⌈H/2⌉]'],
    ['H == W', '[H, 8]', '[1]', '[H, 8]'],
    ['H <= 1', '[H, 8]', '[W, 8]', '[W, 8]'],
    ['', '[H, 8]', '[U, 8]', '[H, 8]'],
    ['', '[*, C]', '[C]', '[*, C]'],
    ['', '[*, 64]', '[1]', '[*, 64]'],
    ['', '[*]', '[]', '[*]'],
    ['', '[B, *, 64]', '[64]', '[B, *, 64]'],
    ['', '[*, 64]', '[*, 64]', '[*, 64]'],
    ['', '[B, *, 64]', '[B, *, 1]', '[B, *, 64]'],
    ['', '[*, 1]', '[*y, 64]', '[*, 64]'],
    ['', '[*, 64]', '[56, 56, 1]', '[*, 56, 56, 64]'],
    ['', '[*]', '[B, 64, 56]', '[*, 64, 56]'],
    ['', '[*]', '[64, H, 56]', '[*, 64, ?, 56]'],
  ])('given %s, %s and %s make %s', (facts, a, b, expected) => {
    for (const both of [met(facts, a, b), met(facts, b, a)]) {
      expect(printShape(both.shape)).toBe(expected);
      expect([both.requires, both.assumes, both.fault]).toEqual([[], [], undefined]);
    }
  });

  it('of what was made of itself a hundred times has a short name', () => {
    let made = shape('[*, 64]');
    for (let i = 0; i < 100; i++) {
      const moved: Shape = { dims: [7, 64], rest: { at: 1, id: made.rest?.id ?? '' } };
      made = broadcast(noFacts, [made, moved]).shape;
    }
    expect(made.rest?.id.length).toBeLessThan(1000);
    expect(printShape(made)).toBe('[*, 64]');
  });

  it.each([
    ['a known size against an input', '', '[64]', '[H]', '[64]', [], ['64 == H']],
    ['an input against a known size', '', '[H]', '[64]', '[64]', [], ['H == 64']],
    ['two inputs', '', '[H]', '[W]', '[H]', [], ['H == W']],
    ['one that is stretched beside', '', '[H, 1]', '[W, 8]', '[H, 8]', [], ['W == H']],
    ['an input and a parameter', '', '[H]', '[C]', '[H]', [], ['H == C']],
    ['a size above 1', '', '[2·H]', '[C]', '[2·H]', [], ['2 * H == C']],
    ['two sizes above 1', '', '[2·H]', '[4·W]', '[2·H]', ['2 * H == 4 * W'], []],
    ['a parameter above 1', '2 <= C', '[C]', '[64]', '[64]', ['C == 64'], []],
    ['sizes that differ', '', '[H + 1]', '[H]', '[H + 1]', ['H == 1'], []],
    ['sizes that differ, turned', '', '[H]', '[H + 1]', '[H + 1]', ['H == 1'], []],
    ['sizes that differ and may both be 1', 'H != W', '[H]', '[W]', '[H·W]', [], []],
    ['two axes', '', '[H, W]', '[W, H]', '[H, W]', [], ['W == H']],
    ['what is known', 'H == W', '[H]', '[W]', '[H]', [], []],
  ])('%s: given %s, %s and %s make %s, requiring %j and assuming %j', (_, facts, a, b, expected, requires, assumes) => {
    const both = met(facts, a, b);
    expect(printShape(both.shape)).toBe(expected);
    expect(both.requires.map((c) => printCondition(c))).toEqual(requires);
    expect(both.assumes.map((c) => printCondition(c))).toEqual(assumes);
    expect(both.fault).toBeUndefined();
  });

  it('assumes an equality once for several shapes', () => {
    const both = met('', '[B, H]', '[B, W]', '[W]', '[H]');
    expect(both.assumes.map((c) => printCondition(c))).toEqual(['H == W']);
  });

  it.each([
    ['[2, 3]', '[2, 4]', -1],
    ['[2, 3]', '[3, 3]', -2],
    ['[0]', '[3]', -1],
    ['[H + 1, 3]', '[H + 2, 3]', -2],
    ['[2·H]', '[7]', -1],
    ['[2, *, 8]', '[3, *, 8]', -2],
    ['[*, 5]', '[B, 4]', -1],
  ])('%s and %s do not fit on axis %d', (a, b, axis) => {
    expect(met('', a, b).fault?.axis).toBe(axis);
  });

  it('finds no fault that rests on an assumption', () => {
    expect(met('', '[C, 1]', '[2, 1]', '[C, 1]').fault).toBeUndefined();
    expect(met('', '[H]', '[W]', '[H + 1]').fault).toBeUndefined();
    expect(met('', '[C, 2]', '[2, C]', '[C, 1]').fault).toBeUndefined();
    expect(met('', '[2]', '[C]', '[3]').fault?.axis).toBe(-1);
  });

  it('keeps the first of several faults', () => {
    const { fault } = met('', '[2, 3]', '[2, 4]', '[5, 1]');
    expect([fault?.axis, fault?.left, fault?.right]).toEqual([-1, 3, 4]);
  });

  it('names unknown axes by where they come from', () => {
    const id = (...shapes: readonly string[]) => met('', ...shapes).shape.rest?.id;
    expect(id('[*, 8]', '[*y, 8]')).toBe('x&y');
    expect(id('[*y, 8]', '[*, 8]')).toBe('x&y');
    expect(id('[*, 8]', '[*y, 8]', '[*, 8]')).toBe('x&y');
    expect(id('[*, 8]', '[*, 8]')).toBe('x');
    expect(id('[*]', '[8]')).not.toBe(id('[*]', '[8, 8]'));
    expect(id('[*, H]', '[*y]')).not.toBe(id('[*, W]', '[*y]'));
    expect(id('[*, 8]', '[*, 8, 8]')).not.toBe('x');
  });

  it('agrees with broadcasting numbers wherever its assumptions hold', () => {
    const sizes = fc.constantFrom<Dim>(1, 1, 2, 8, symbols.H, symbols.W, symbols.C);
    const shapes: fc.Arbitrary<Shape> = fc.array(sizes, { maxLength: 3 }).map((dims) => ({ dims }));
    const small = samples.map((s) => ({ ...s, H: (s.H % 3) + 1, W: (s.W % 2) * 7 + 1, C: Math.abs(s.C % 3) + 1 }));
    fc.assert(
      fc.property(fc.array(shapes, { minLength: 1, maxLength: 3 }), small, (list, sample) => {
        const both = broadcast(noFacts, list);
        const expected = broadcastNumbers(
          list.map(({ dims }) => dims.map((d) => evaluate(d, (s) => sample[s.name as 'H']) ?? 0)),
        );
        if (both.fault) expect(expected).toBeUndefined();
        if (expected === undefined) return;
        for (const c of both.requires) expect(holds(c, sample), printCondition(c)).toBe(true);
        if (!both.assumes.every((c) => holds(c, sample))) return;
        expect(both.shape.dims.map((d) => valueAt(d, sample))).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Broadcasting as the libraries define it; `undefined` when the sizes do not fit. */
const broadcastNumbers = (shapes: readonly (readonly number[])[]): readonly number[] | undefined => {
  const rank = Math.max(...shapes.map((s) => s.length));
  const sizes = Array.from({ length: rank }, (_, i) =>
    shapes.map((s) => s.at(i - rank) ?? 1).filter((_, j) => (shapes[j]?.length ?? 0) >= rank - i),
  );
  if (sizes.some((axis) => new Set(axis.filter((d) => d !== 1)).size > 1)) return undefined;
  return sizes.map((axis) => axis.find((d) => d !== 1) ?? 1);
};

describe('unify', () => {
  it.each([
    ['', '[B, C]', '[B, C]', { kind: 'equal', requires: [] }],
    ['', '[B, C]', '[B, 64]', { kind: 'equal', requires: ['C == 64'] }],
    ['C == 64', '[B, C]', '[B, 64]', { kind: 'equal', requires: [] }],
    ['', '[2, C]', '[3, C]', { kind: 'axis', axis: 0 }],
    ['', '[B, C]', '[B]', { kind: 'rank', left: 2, right: 1 }],
    ['', '[*, C]', '[B, C]', { kind: 'unknown' }],
    ['', '[*, 3]', '[B, 4]', { kind: 'axis', axis: -1 }],
    ['', '[*, H, W]', '[C]', { kind: 'rank', left: 2, right: 1 }],
    ['', '[*, C]', '[*, C]', { kind: 'equal', requires: [] }],
    ['', '[*, C]', '[*y, C]', { kind: 'unknown' }],
    ['', '[*, C]', '[*, T, C]', { kind: 'rank', left: 1, right: 2 }],
    ['', '[2, *, C]', '[3, 5, C]', { kind: 'axis', axis: 0 }],
    ['', '[*, C]', '[C, *]', { kind: 'unknown' }],
  ])('given %s, %s and %s: %j', (facts, a, b, expected) => {
    const result = unify(facts === '' ? noFacts : given(facts), shape(a), shape(b));
    const readable =
      'requires' in result ? { ...result, requires: result.requires.map((c) => printCondition(c)) } : result;
    expect(readable).toMatchObject(expected);
  });
});
