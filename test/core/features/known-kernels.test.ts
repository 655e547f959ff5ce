import { describe, expect, test } from 'vitest';
import { fusionReport, hover, kernelView } from '../../../src/core';
import { analyse, pythonFiles } from './support';

const source = pythonFiles('test/models').find(([name]) => name === 'known_kernels.py')?.[1] ?? '';
const knownOf = async (className: string): Promise<readonly string[]> =>
  (fusionReport(await analyse(source), className, 'en')?.known ?? []).map((k) => k.text);
const hoverAt = async (text: string, language: 'en' | 'zh-cn' = 'en'): Promise<string> =>
  hover(await analyse(source), source.indexOf(text) + text.length - 1, language)?.markdown ?? '';

describe('kernels that the code says', () => {
  test.each([
    ['Upsampled', /bilinear kernel .* in the interior only/],
    ['GridUpsampled', /scale_factor=4.* in the interior only/],
    ['Doubled', /nearest kernel .* everywhere/],
    ['Edges', /Sobel filter, horizontal gradient; Sobel filter, vertical gradient; right in the interior only/],
    ['Blurred', /Gaussian blur, σ = 1\.5, each channel by itself; right in the interior only/],
    ['Sharpened', /Laplacian, 4 neighbours/],
  ])('%s has a name', async (className, text) => {
    expect((await knownOf(className)).join()).toMatch(text);
  });

  test.each(['Shifted', 'Trained', 'Averaged'])('%s has none', async (className) => {
    expect(await knownOf(className)).toEqual([]);
  });

  test('are told where the layer is made and where it is called', async () => {
    expect(await hoverAt('self.up')).toMatch(/bilinear kernel/);
    expect(await hoverAt('F.conv2d')).toMatch(/Sobel filter/);
    expect(await hoverAt('F.conv2d', 'zh-cn')).toMatch(/Sobel 算子/);
  });

  test('an average pooling is a convolution, everywhere or inside only', async () => {
    expect(await hoverAt('self.pool')).toMatch(/every weight 1\/\(3·3\); equal everywhere/);
    const uncounted = source.replace('count=True', 'count=False');
    const found = hover(await analyse(uncounted), uncounted.indexOf('self.pool') + 6, 'en');
    expect(found?.markdown).toMatch(/equal in the interior only/);
  });

  test('are the numbers with which the preview folds', async () => {
    const made = source
      .replace('        self.up.weight.data.copy_(bilinear_kernel', '        self.bn = nn.BatchNorm2d(channels)\n$&')
      .replace('return self.up(x)', 'return self.bn(self.up(x))');
    const model = kernelView(await analyse(made), 'Upsampled', 'en');
    const up = model?.example?.layers.find(({ name }) => name === 'up');
    expect(up?.rows[1]?.map((cell) => cell.value)).toEqual([3, 9, 9, 3].map((n) => n / 16));
    expect(Number(model?.example?.difference)).toBeLessThan(1e-12);
  });

  test('are pictures in the preview', async () => {
    const model = kernelView(await analyse(source), 'Upsampled', 'en');
    expect(model?.known[0]?.kernels[0]?.[1]).toEqual([3, 9, 9, 3].map((n) => n / 16));
    expect(model?.region).toBeUndefined();
  });
});
