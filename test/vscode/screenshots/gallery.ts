import { commands } from 'vscode';
import { fill, hasBridge, hover, press, resize, screenshot, waitText } from '../support/bridge';
import { open, setting, showHover, showProblems } from '../support/editor';
import { resetTheme, type Theme, useTheme } from '../support/themes';

const PANEL = { webview: 'TensorScribe shapes' };
const DIAGRAM = { webview: 'TensorScribe diagram' };

/** What is photographed: every theme in English, and Chinese in the two common ones. */
const LOOKS: readonly (readonly [theme: Theme, language: 'en' | 'zh-cn'])[] = [
  ['light', 'en'],
  ['dark', 'en'],
  ['light', 'zh-cn'],
  ['dark', 'zh-cn'],
  ['contrastDark', 'en'],
  ['contrastLight', 'en'],
];

describe('gallery', function () {
  this.timeout(120_000);

  before(async function () {
    if (!hasBridge) this.skip();
    await resize(1440, 900);
    await setting('editor.minimap.enabled', false);
    await setting('workbench.activityBar.location', 'default');
  });

  after(async () => {
    await setting('tensorscribe.language', undefined);
    await resetTheme();
  });

  for (const [theme, language] of LOOKS)
    describe(`${theme}, ${language}`, () => {
      const named = (name: string): string => `gallery/${name}-${theme}-${language}`;

      before(async () => {
        await commands.executeCommand('workbench.action.closeAllEditors');
        await setting('tensorscribe.language', language);
        await useTheme(theme);
      });

      it('hover and hints', async () => {
        await commands.executeCommand('workbench.view.explorer');
        await commands.executeCommand('workbench.action.closeSidebar');
        const editor = await open('resnet.py');
        await showHover(editor, 'nn.Conv2d(ch_in', 4);
        await screenshot(named('hover'));
        await press('Escape');
        await showHover(editor, 'self.conv1(x)', 6);
        await screenshot(named('hover-call'));
        await press('Escape');
      });

      it('problems', async () => {
        await showProblems(await open('mistakes.py'), language, 'def forward', 'MaxPool2d');
        await screenshot(named('problems'));
        await commands.executeCommand('workbench.action.closePanel');
      });

      it('shape panel', async () => {
        const { document } = await open('resnet.py');
        await commands.executeCommand('tensorscribe.openShapePanel', document.uri, 'ResNet');
        await waitText('h1', 'ResNet', PANEL);
        await screenshot(named('panel'));
        await fill('input', 'B, 3, 22x', PANEL);
        await press('Tab');
        await waitText('.field .message', '', PANEL);
        await screenshot(named('panel-invalid'));
        await fill('input', '1, 3, 224, 224', PANEL);
        await press('Tab');
        await waitText('.steps', '112', PANEL);
        await screenshot(named('panel-given'));
        await fill('input', '', PANEL);
        await press('Tab');
        await commands.executeCommand('workbench.action.closeSidebar');
      });

      it('diagram', async () => {
        const { document } = await open('resnet.py');
        await commands.executeCommand('tensorscribe.openDiagram', document.uri, 'BasicBlock');
        await waitText('.tools .name', 'BasicBlock', DIAGRAM);
        await hover('.node', DIAGRAM);
        await screenshot(named('diagram-block'));
        await commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
        await open('mistakes.py');
        await commands.executeCommand('tensorscribe.openDiagram', document.uri, 'ResNet');
        await waitText('.tools .name', 'ResNet', DIAGRAM);
        await screenshot(named('diagram'));
        await fill('.search input', 'downs', DIAGRAM);
        await waitText('.count', '/', DIAGRAM);
        await new Promise((resolve) => setTimeout(resolve, 700));
        await screenshot(named('diagram-search'));
        await commands.executeCommand('workbench.action.closeAllEditors');
        const { document: wrong } = await open('mistakes.py');
        await commands.executeCommand('tensorscribe.openDiagram', wrong.uri, 'CoordinateAttention');
        await waitText('.tools .name', 'CoordinateAttention', DIAGRAM);
        await screenshot(named('diagram-fault'));
        await commands.executeCommand('workbench.action.closeAllEditors');
        await open('resnet.py');
        await commands.executeCommand('tensorscribe.openShapesTab', document.uri, 'ResNet');
        await waitText('h1', 'ResNet', PANEL);
        await screenshot(named('panel-tab'));
        await commands.executeCommand('workbench.action.closeAllEditors');
      });

      it('comments', async () => {
        await open('vit_block.py');
        await screenshot(named('before'));
        await commands.executeCommand('tensorscribe.annotateModule');
        await new Promise((resolve) => setTimeout(resolve, 700));
        await screenshot(named('after'));
        await commands.executeCommand('tensorscribe.removeComments');
      });
    });
});
