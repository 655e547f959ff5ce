import { commands } from 'vscode';
import { hasBridge, resize, screenshot, waitText } from '../support/bridge';
import { open, setting } from '../support/editor';
import { resetTheme, type Theme, useTheme } from '../support/themes';

const DIAGRAM = { webview: 'TensorScribe diagram' };

const PICTURED: readonly (readonly [theme: Theme, language: 'en' | 'zh-cn'])[] = [
  ['light', 'en'],
  ['dark', 'en'],
  ['light', 'zh-cn'],
  ['dark', 'zh-cn'],
];

/** The code needs more room than the drawing. */
const LAYOUT = { orientation: 0, groups: [{ size: 0.63 }, { size: 0.37 }] };

/** How long VS Code takes to bring hints and lenses to where they belong after an edit, in milliseconds. */
const SETTLING = 2500;

describe('overview', function () {
  this.timeout(120_000);

  before(async function () {
    if (!hasBridge) this.skip();
    await resize(1340, 900);
    await setting('editor.minimap.enabled', false);
    await setting('editor.inlayHints.enabled', 'off');
    await setting('editor.occurrencesHighlight', 'off');
  });

  after(async () => {
    for (const name of [
      'editor.minimap.enabled',
      'editor.inlayHints.enabled',
      'editor.occurrencesHighlight',
      'tensorscribe.language',
    ])
      await setting(name, undefined);
    await resetTheme();
  });

  for (const [theme, language] of PICTURED)
    it(`shows an annotated example and its diagram, ${theme}, ${language}`, async () => {
      await commands.executeCommand('workbench.action.closeAllEditors');
      await setting('tensorscribe.language', language);
      await useTheme(theme);
      await commands.executeCommand('workbench.action.closeSidebar');
      const { document } = await open('residual_block.py');
      await commands.executeCommand('tensorscribe.annotateModule');
      await commands.executeCommand('tensorscribe.openDiagram', document.uri, 'ResidualBlock');
      await commands.executeCommand('vscode.setEditorLayout', LAYOUT);
      await waitText('.tools .name', 'ResidualBlock', DIAGRAM);
      await new Promise((resolve) => setTimeout(resolve, SETTLING));
      await screenshot(`readme/overview-${theme}-${language}`);
      await commands.executeCommand('tensorscribe.removeComments');
      await document.save();
    });
});
