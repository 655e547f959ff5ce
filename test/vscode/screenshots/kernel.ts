import { commands } from 'vscode';
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
