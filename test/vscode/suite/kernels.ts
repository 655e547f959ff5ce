import { commands, env, Selection, type Uri, ViewColumn, window, workspace } from 'vscode';
import { equal, match, ok } from '../support/assert';
import * as bridge from '../support/bridge';
import { open, setting } from '../support/editor';
import { until } from '../support/until';

const KERNEL = { webview: 'TensorScribe kernel' };

/** The numbers of the last picture: the fused kernel. */
const fused = async (): Promise<readonly string[]> => bridge.text('.columns section:last-child .heat td', KERNEL);

describe('preview of fused kernels', () => {
  before(async function () {
    if (!bridge.hasBridge) this.skip();
    await setting('tensorscribe.language', 'en');
    await commands.executeCommand('workbench.action.closeAllEditors');
    const { document } = await open('repvgg.py');
    await commands.executeCommand('tensorscribe.openKernels', document.uri, 'RepVGGBlock');
    await bridge.waitText('h1', 'RepVGGBlock', KERNEL);
  });

  after(async () => {
    await setting('tensorscribe.language', undefined);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows the branches, the steps and what is left', async () => {
    match((await bridge.text('.columns', KERNEL)).join('\n'), /dense\.conv[\s\S]*F8[\s\S]*3×3 convolution/);
    equal((await fused()).length, 9);
    ok(
      (await bridge.html('.formulas', KERNEL)).some((one) => one.includes('<math')),
      'formulas are typeset',
    );
  });

  it("has followed the author's own folding code", async () => {
    await bridge.waitText('.written', 'switch_to_deploy() agrees', KERNEL);
  });

  it('computes again when a number is changed, and takes it back', async () => {
    const before = await fused();
    await bridge.fill('.columns section:first-child .heat input', '9', KERNEL);
    await bridge.press('Enter');
    const after = await until('other numbers', async () => {
      const now = await fused();
      return now.length === 9 && now.join() !== before.join() && now;
    });
    equal(after.filter((number, i) => number !== before[i]).length, 1);
    match((await bridge.text('.difference', KERNEL)).join(''), /\de-1\d/);
    await bridge.click('.sliders button', KERNEL);
    await until('the old numbers', async () => (await fused()).join() === before.join());
  });

  it('shows another pair of channels', async () => {
    const before = await fused();
    await bridge.focus('#output', KERNEL);
    await bridge.press('ArrowRight');
    await until('another kernel', async () => (await fused()).join() !== before.join());
  });

  it('copies the code that folds', async () => {
    await bridge.click('.tools button', KERNEL);
    const copied = await until('the clipboard', async () => {
      const text = await env.clipboard.readText();
      return text.includes('def fuse(self):') && text;
    });
    match(copied, /scale_and_shift/);
  });

  it('follows the code', async () => {
    const [document] = workspace.textDocuments.filter((d) => d.uri.path.endsWith('repvgg.py'));
    ok(document !== undefined, 'the document');
    if (!document) return;
    const editor = await window.showTextDocument(document, ViewColumn.Beside);
    const at = document.getText().indexOf('self.dense(x) + self.pointwise(x)');
    const span = [document.positionAt(at), document.positionAt(at + 'self.dense(x)'.length)] as const;
    editor.selection = new Selection(...span);
    await editor.edit((edit) => edit.replace(editor.selection, 'F.relu(self.dense(x))'));
    await bridge.waitText('.headline', '2 of', KERNEL);
    await commands.executeCommand('undo');
  });

  it('is opened by a link in a hover', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    const { document } = await open('repvgg.py');
    const position = document.positionAt(document.getText().indexOf('class RepVGGBlock') + 8);
    const hovers = await commands.executeCommand<import('vscode').Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const texts = hovers.flatMap((h) => h.contents).map((c) => (typeof c === 'string' ? c : c.value));
    const link = texts.map((t) => /command:tensorscribe\.openKernels\?([^)]*)/.exec(t)?.[1]).find(Boolean);
    ok(link !== undefined, 'a link to the preview');
    const [parts, className] = JSON.parse(decodeURIComponent(link ?? '')) as [Uri, string];
    await commands.executeCommand('tensorscribe.openKernels', parts, className);
    await bridge.waitText('h1', 'RepVGGBlock', KERNEL);
    ok(
      window.tabGroups.all.some((g) => g.tabs.some((t) => t.label.includes('RepVGGBlock'))),
      'a tab',
    );
  });

  it('is opened by the lens, by the diagram, and from the command palette', async () => {
    const isOpen = (): boolean => window.tabGroups.all.some((g) => g.tabs.some((t) => t.label.includes('RepVGGBlock')));
    const startAgain = async (): Promise<void> => {
      await commands.executeCommand('workbench.action.closeAllEditors');
      await until('no preview', () => !isOpen());
      const { document } = await open('repvgg.py');
      const at = document.positionAt(document.getText().indexOf('def forward'));
      const editor = await window.showTextDocument(document);
      editor.selection = new Selection(at, at);
    };

    await startAgain();
    const lens = '.codelens-decoration a';
    await until('the lens', async () => (await bridge.text(lens)).some((one) => one.includes('3×3 kernel')));
    await bridge.run((selector) => {
      const links = [...document.querySelectorAll<HTMLElement>(selector)];
      const wanted = links.find((link) => link.textContent?.includes('3×3 kernel'));
      wanted?.setAttribute('data-wanted', '');
    }, lens);
    await bridge.click('[data-wanted]');
    await bridge.waitText('h1', 'RepVGGBlock', KERNEL);

    await startAgain();
    const [model] = workspace.textDocuments.filter((d) => d.uri.path.endsWith('repvgg.py'));
    await commands.executeCommand('tensorscribe.openDiagram', model?.uri, 'RepVGGBlock');
    const diagram = { webview: 'TensorScribe diagram' };
    await bridge.waitText('.tools .name', 'RepVGGBlock', diagram);
    await bridge.click('button[title="Fused kernels"]', diagram);
    await bridge.waitText('h1', 'RepVGGBlock', KERNEL);

    await startAgain();
    await bridge.press('F1');
    await bridge.type('Show fused kernels');
    await bridge.waitText('.quick-input-list', 'Show fused kernels');
    await bridge.press('Enter');
    await bridge.waitText('h1', 'RepVGGBlock', KERNEL);
  });
});
