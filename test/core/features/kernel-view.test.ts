import { describe, expect, test } from 'vitest';
import { type KernelModel, kernelSvg, kernelView } from '../../../src/core';
import { analyse, pythonFiles } from './support';

const textOf = (name: string): string => pythonFiles('test/models').find(([file]) => file === name)?.[1] ?? '';
const viewOf = async (name: string, className: string, request = {}): Promise<KernelModel> => {
  const model = kernelView(await analyse(textOf(name)), className, 'en', request);
  if (!model) throw new Error(`no class ${className}`);
  return model;
};

describe('the preview of fused kernels', () => {
  test('adds the scaled 1×1 and the identity to the middle of the 3×3', async () => {
    const { example } = await viewOf('reparameterised.py', 'RepVGG', { output: 1, input: 1 });
    const [conv3, bn3, conv1, bn1, identity] = example?.layers ?? [];
    const scale = (picture: typeof bn3): number => picture?.numbers.find((n) => n.label === 's')?.value ?? Number.NaN;
    const middle = (picture: typeof conv3): number => picture?.rows[1]?.[1]?.value ?? Number.NaN;
    const expected =
      middle(conv3) * scale(bn3) + (conv1?.rows[0]?.[0]?.value ?? Number.NaN) * scale(bn1) + scale(identity);
    expect(middle(example?.results[0])).toBeCloseTo(expected, 12);
  });

  test('leaves the identity out where the channels differ', async () => {
    const { example } = await viewOf('reparameterised.py', 'RepCPE', { output: 0, input: 1 });
    expect(example?.results[0]?.rows.flat().every((cell) => cell.value === 0)).toBe(true);
  });

  test('follows a changed number', async () => {
    const before = await viewOf('reparameterised.py', 'RepVGG');
    const edit = { layer: 0, part: 'weight', index: 0, value: 100 };
    const after = await viewOf('reparameterised.py', 'RepVGG', { edits: [edit] });
    const corner = (model: KernelModel): number => model.example?.results[0]?.rows[0]?.[0]?.value ?? Number.NaN;
    expect(Math.abs(corner(after) - corner(before))).toBeGreaterThan(10);
    expect(after.example?.edited).toBe(true);
    expect(Number(after.example?.difference)).toBeLessThan(1e-10);
  });

  test('keeps channels that do not exist inside the example', async () => {
    const { example } = await viewOf('reparameterised.py', 'ACNet', { output: 99, input: 99, region: 99 });
    expect(example?.output).toBe((example?.outputs ?? 0) - 1);
    expect(example?.input).toBe((example?.inputs ?? 0) - 1);
  });

  test('marks the border where folding would be wrong, and only the border', async () => {
    const { example } = await viewOf('folding.py', 'PreNorm', { region: 0 });
    const rows = example?.wrong?.rows ?? [];
    const edge = rows.length - 1;
    expect(rows.length).toBeGreaterThan(3);
    for (const [y, row] of rows.entries())
      for (const [x, gap] of row.entries())
        expect(gap > 1e-9, `${y}, ${x}`).toBe(y === 0 || x === 0 || y === edge || x === row.length - 1);
  });

  test('is one well-formed picture', async () => {
    const svg = kernelSvg(await viewOf('reparameterised.py', 'RepVGG'));
    expect(svg).toContain('<svg xmlns="http://www.w3.org/2000/svg"');
    expect(svg.match(/<g /g)?.length).toBe(svg.match(/<\/g>/g)?.length);
    expect(svg).toContain('K₁ = conv3.0.weight · s');
    expect(svg).not.toMatch(/NaN|undefined/);
    expect(kernelSvg(await viewOf('folding.py', 'Reads'))).toContain('nothing folds');
  });

  test('says what is not folded where nothing is', async () => {
    const model = await viewOf('folding.py', 'Reads');
    expect(model.region).toBeUndefined();
    expect(model.kept.map(({ norm }) => norm)).toEqual(['bn']);
  });
});
