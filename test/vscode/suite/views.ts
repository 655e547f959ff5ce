import { commands, env, Selection, Uri, window, workspace } from 'vscode';
import { equal, match, ok } from '../support/assert';
import * as bridge from '../support/bridge';
import { open, setting } from '../support/editor';
import { until } from '../support/until';

const PANEL = { webview: 'TensorScribe shapes' };
const DIAGRAM = { webview: 'TensorScribe diagram' };

describe('shape panel', () => {
  before(async function () {
    if (!bridge.hasBridge) this.skip();
    await setting('tensorscribe.language', 'en');
    await commands.executeCommand('workbench.action.closeAllEditors');
    const { document } = await open('resnet.py');
    await commands.executeCommand('tensorscribe.openShapePanel', document.uri, 'ResNet');
    await bridge.waitText('h1', 'ResNet', PANEL);
  });

  after(() => setting('tensorscribe.language', undefined));

  it('shows the class of its lens although the cursor is elsewhere', async () => {
    match((await bridge.text('#view', PANEL)).join('\n'), /stage4/);
  });

  it('takes sizes, and says what is wrong with others', async () => {
    await bridge.fill('.field input', '1, 3, 224, 224', PANEL);
    await bridge.press('Enter');
    await bridge.waitText('.steps', '[1, 64, 112, 112]', PANEL);
    match((await bridge.text('dl', PANEL)).join('\n'), /11,689,512/);
    await bridge.fill('.field input', '1, 3, 22x', PANEL);
    await bridge.press('Enter');
    await bridge.waitText('.field .message', '22x', PANEL);
  });

  it('goes back to symbols', async () => {
    await bridge.click('.field button.tool', PANEL);
    await bridge.waitText('.steps', '[B, 64, ⌈H/4⌉, ⌈W/4⌉]', PANEL);
  });

  it('walks with the keys and tells the arithmetic', async () => {
    await bridge.focus('[role="treeitem"]', PANEL);
    await bridge.press('ArrowRight');
    await bridge.waitText('[aria-selected="true"]', 'Conv2d', PANEL);
    await bridge.waitText('[aria-selected="true"] .more', 'weight: 64·3·7·7 = 9,408', PANEL);
    await bridge.press('Enter');
    await until('the source line', () =>
      window.activeTextEditor?.document.getText(window.activeTextEditor.selection).includes('self.stem'),
    );
    // The keyboard follows the selection a moment later; what is typed before that goes astray.
    await bridge.waitText('.editor-instance .monaco-editor.focused', 'self.stem');
  });

  it('copies a table', async () => {
    await bridge.click('[aria-haspopup="menu"]', PANEL);
    await bridge.waitText('[role="menuitem"]:focus', 'Markdown', PANEL);
    await bridge.press('Enter');
    const copied = await until('the clipboard', async () => {
      const text = await env.clipboard.readText();
      return text.includes('ResNet') && text;
    });
    match(copied, /^\*\*\w+\*\* \(PyTorch\)\n\n\| Step /);
  });

  it('follows the cursor, unless it is pinned', async () => {
    const { document } = await open('resnet.py');
    await goTo(document.getText().indexOf('self.conv1 ='));
    await bridge.waitText('h1', 'BasicBlock', PANEL);
    await bridge.click('[aria-pressed="false"].tool', PANEL);
    await bridge.waitText('[aria-pressed="true"].tool', '', PANEL);
    await goTo(document.getText().indexOf('self.stem ='));
    await bridge.waitText('h1', 'BasicBlock', PANEL);
    await bridge.click('[aria-pressed="true"].tool', PANEL);
    await bridge.waitText('h1', 'ResNet', PANEL);
  });
});

describe('layer diagram', () => {
  before(async function () {
    if (!bridge.hasBridge) this.skip();
    await commands.executeCommand('workbench.action.closeAllEditors');
    const { document } = await open('resnet.py');
    await commands.executeCommand('tensorscribe.openDiagram', document.uri, 'ResNet');
    await bridge.waitText('.tools .name', 'ResNet', DIAGRAM);
  });

  after(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('draws the layers of a class', async () => {
    match((await bridge.text('.stage', DIAGRAM)).join('\n'), /stage1/);
    await bridge.screenshot('views');
  });

  it('finds what is folded', async () => {
    await bridge.focus('.search input', DIAGRAM);
    await bridge.fill('.search input', 'stage3/0/downsample', DIAGRAM);
    await bridge.waitText('.node.selected', 'downsample', DIAGRAM);
    match((await bridge.text('.details', DIAGRAM)).join('\n'), /Sequential/);
    await bridge.press('Escape');
  });

  it('walks along the edges and goes to the source', async () => {
    await bridge.focus('.node[tabindex="0"]', DIAGRAM);
    await bridge.press('ArrowUp');
    await bridge.waitText('.details h2', '', DIAGRAM);
    await bridge.press('Enter');
    await until('an editor', () => window.activeTextEditor?.document.uri.path.endsWith('resnet.py'));
  });

  it('is saved as SVG and as a picture', async () => {
    for (const [at, name, start] of [
      [0, 'ResNet.svg', '<svg'],
      [1, 'ResNet.png', '\u0089PNG'],
    ] as const) {
      await bridge.click('[aria-haspopup="menu"]', DIAGRAM);
      for (let i = 0; i < at; i++) await bridge.press('ArrowDown');
      await bridge.press('Enter');
      await bridge.waitText('.quick-input-title, .quick-input-box', '');
      await until('the dialog to offer a name', async () => {
        const shown = await bridge.run(
          () => [...document.querySelectorAll('.quick-input-widget input')].map((i) => (i as HTMLInputElement).value),
          undefined,
        );
        return JSON.stringify(shown).includes(name);
      });
      await bridge.press('Enter');
      const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/');
      const bytes = await until(name, async () =>
        workspace.fs.readFile(Uri.joinPath(folder, name)).then(
          (found) => found.length > 0 && found,
          () => undefined,
        ),
      );
      equal(String.fromCharCode(...bytes.slice(0, start.length)), start);
      ok(bytes.length > 1000, `${name} is too small`);
    }
  });
});

const goTo = async (offset: number): Promise<void> => {
  const editor = window.activeTextEditor;
  if (!editor) throw new Error('no editor');
  const at = editor.document.positionAt(offset);
  await commands.executeCommand('workbench.action.focusActiveEditorGroup');
  editor.selection = new Selection(at, at);
};
