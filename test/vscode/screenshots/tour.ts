import { commands } from 'vscode';
import { fill, hasBridge, press, resize, screenshot, waitText } from '../support/bridge';
import { open, setting, showHover, showProblems } from '../support/editor';
import { resetTheme, useTheme } from '../support/themes';

const PANEL = { webview: 'TensorScribe shapes' };
const KERNEL = { webview: 'TensorScribe kernel' };

/** How long VS Code takes to bring hints, lenses and squiggles to where they belong, in milliseconds. */
const SETTLING = 2500;

/** The pictures of single features in the README: each once in each language. */
describe('tour', function () {
  this.timeout(120_000);

  before(async function () {
    if (!hasBridge) this.skip();
    await resize(1180, 720);
    await setting('editor.minimap.enabled', false);
  });

  after(async () => {
    await setting('editor.minimap.enabled', undefined);
    await setting('tensorscribe.language', undefined);
    await resetTheme();
  });

  for (const language of ['en', 'zh-cn'] as const)
    describe(language, () => {
      const take = async (name: string): Promise<void> => {
        await new Promise((resolve) => setTimeout(resolve, SETTLING));
        await screenshot(`readme/${name}-${language}`);
      };

      before(() => setting('tensorscribe.language', language));

      beforeEach(async () => {
        await commands.executeCommand('workbench.action.closeAllEditors');
        await commands.executeCommand('workbench.action.closeSidebar');
      });

      it('hover and hints', async () => {
        await useTheme('light');
        await showHover(await open('resnet.py'), 'nn.Conv2d(ch_in', 4);
        await take('hover');
        await press('Escape');
      });

      it('problems', async () => {
        await useTheme('dark');
        await showProblems(await open('mistakes.py'), language, 'def forward', 'MaxPool2d');
        await take('problems');
        await commands.executeCommand('workbench.action.closePanel');
      });

      it('shape panel', async () => {
        await useTheme('light');
        const { document } = await open('resnet.py');
        await commands.executeCommand('tensorscribe.openShapePanel', document.uri, 'ResNet');
        await waitText('h1', 'ResNet', PANEL);
        await fill('input', '1, 3, 224, 224', PANEL);
        await press('Tab');
        await waitText('.steps', '112', PANEL);
        await take('panel');
        await fill('input', '', PANEL);
        await press('Tab');
      });

      it('fused kernels', async () => {
        await useTheme('dark');
        const { document } = await open('repvgg.py');
        await commands.executeCommand('tensorscribe.openKernels', document.uri, 'RepVGGBlock');
        await waitText('h1', 'RepVGGBlock', KERNEL);
        await take('kernels');
      });
    });
});
