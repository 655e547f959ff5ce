import { commands, Uri, workspace } from 'vscode';
import { hasBridge, resize, screenshot, waitText } from '../support/bridge';
import { open, setting } from '../support/editor';
import { resetTheme, type Theme, useTheme } from '../support/themes';

const KERNEL = { webview: 'TensorScribe kernel' };

const LOOKS: readonly (readonly [theme: Theme, language: 'en' | 'zh-cn'])[] = [
  ['light', 'en'],
  ['dark', 'zh-cn'],
  ['contrastDark', 'en'],
  ['contrastLight', 'zh-cn'],
];

/** Models that are no examples: a border between two layers, a kernel that the code says. */
const SOURCES = {
  'dbb.py': `import torch
import torch.nn.functional as F
from torch import nn


class NormAndBorder(nn.Module):
    def __init__(self, channels, width):
        super().__init__()
        self.bn = nn.BatchNorm2d(channels)
        self.width = width

    def forward(self, x):
        y = self.bn(x)
        fill = self.bn.bias - self.bn.running_mean * self.bn.weight / torch.sqrt(self.bn.running_var + self.bn.eps)
        y = F.pad(y, [self.width] * 4)
        y[:, :, : self.width, :] = fill.view(1, -1, 1, 1)
        y[:, :, -self.width :, :] = fill.view(1, -1, 1, 1)
        y[:, :, :, : self.width] = fill.view(1, -1, 1, 1)
        y[:, :, :, -self.width :] = fill.view(1, -1, 1, 1)
        return y


class Block(nn.Module):
    def __init__(self, c_in, c_out, k=3):
        super().__init__()
        self.origin = nn.Sequential(nn.Conv2d(c_in, c_out, k, padding=k // 2, bias=False), nn.BatchNorm2d(c_out))
        self.mixed = nn.Sequential(
            nn.Conv2d(c_in, c_in, 1, bias=False),
            NormAndBorder(c_in, k // 2),
            nn.Conv2d(c_in, c_out, k, bias=False),
            nn.BatchNorm2d(c_out),
        )

    def forward(self, x):
        return F.relu(self.origin(x) + self.mixed(x))
`,
  'upsampling.py': `import numpy as np
import torch
from torch import nn


def bilinear(channels, size):
    factor = (size + 1) // 2
    center = factor - 1 if size % 2 == 1 else factor - 0.5
    at = np.ogrid[:size, :size]
    kernel = (1 - abs(at[0] - center) / factor) * (1 - abs(at[1] - center) / factor)
    weight = np.zeros((channels, channels, size, size), dtype=np.float32)
    weight[range(channels), range(channels), :, :] = kernel
    return torch.from_numpy(weight)


class Upsampled(nn.Module):
    def __init__(self, channels=3):
        super().__init__()
        self.up = nn.ConvTranspose2d(channels, channels, 4, stride=2, padding=1, bias=False)
        self.up.weight.data.copy_(bilinear(channels, 4))
        self.bn = nn.BatchNorm2d(channels)

    def forward(self, x):
        return self.bn(self.up(x))
`,
};

describe('fused kernels', function () {
  this.timeout(240_000);

  before(async function () {
    if (!hasBridge) this.skip();
    await resize(1600, 1000);
  });

  after(async () => {
    await setting('tensorscribe.language', undefined);
    await resetTheme();
  });

  for (const [theme, language] of LOOKS)
    it(`${theme}, ${language}`, async () => {
      await commands.executeCommand('workbench.action.closeAllEditors');
      await setting('tensorscribe.language', language);
      await useTheme(theme);
      const { document } = await open('repvgg.py');
      await commands.executeCommand('tensorscribe.openKernels', document.uri, 'RepVGGBlock');
      await waitText('h1', 'RepVGGBlock', KERNEL);
      await screenshot(`kernel/${theme}-${language}`);
    });

  for (const language of ['en', 'zh-cn'] as const)
    it(`in a narrow window, ${language}`, async () => {
      await commands.executeCommand('workbench.action.closeAllEditors');
      await setting('tensorscribe.language', language);
      await useTheme('dark');
      await resize(760, 1000);
      const { document } = await open('repvgg.py');
      await commands.executeCommand('tensorscribe.openKernels', document.uri, 'RepVGGBlock');
      await waitText('h1', 'RepVGGBlock', KERNEL);
      await screenshot(`kernel/narrow-${language}`);
      await resize(1600, 1000);
    });

  for (const [name, className] of [
    ['dbb.py', 'Block'],
    ['upsampling.py', 'Upsampled'],
  ] as const)
    for (const [theme, language] of [
      ['dark', 'en'],
      ['light', 'zh-cn'],
      ['contrastLight', 'en'],
    ] as const)
      it(`${className}, ${theme}, ${language}`, async () => {
        await commands.executeCommand('workbench.action.closeAllEditors');
        await setting('tensorscribe.language', language);
        await useTheme(theme);
        await resize(1600, 1300);
        const folder = workspace.workspaceFolders?.[0]?.uri;
        if (!folder) throw new Error('the tests need a workspace folder');
        await workspace.fs.writeFile(Uri.joinPath(folder, name), new TextEncoder().encode(SOURCES[name]));
        const { document } = await open(name);
        await commands.executeCommand('tensorscribe.openKernels', document.uri, className);
        await waitText('h1', className, KERNEL);
        await screenshot(`kernel/${className}-${theme}-${language}`);
        await resize(1600, 1000);
      });

  it('as a whole', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await setting('tensorscribe.language', 'en');
    await useTheme('dark');
    await resize(1500, 2800);
    const { document } = await open('repvgg.py');
    await commands.executeCommand('tensorscribe.openKernels', document.uri, 'RepVGGBlock');
    await waitText('h1', 'RepVGGBlock', KERNEL);
    await screenshot('kernel/whole');
    await resize(2600, 1300);
    await commands.executeCommand('workbench.action.focusSecondEditorGroup');
    await commands.executeCommand('workbench.action.toggleMaximizeEditorGroup');
    await screenshot('kernel/wide');
    await commands.executeCommand('workbench.action.toggleMaximizeEditorGroup');
    await resize(1600, 1000);
  });
});
