import { ViewColumn, type WebviewPanel, window } from 'vscode';
import { equal, match, ok } from '../support/assert';
import * as bridge from '../support/bridge';
import { open } from '../support/editor';
import { resetTheme, useTheme } from '../support/themes';

const PAGE = { webview: 'Bridge check' };

const HTML = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bridge check</title></head>
<body>
  <h1>张量 tensors</h1>
  <button onclick="document.querySelector('output').textContent = 'pressed ' + document.querySelector('input').value">
    Press</button>
  <input aria-label="name"><output>nothing yet</output>
</body></html>`;

/** The other tests see and drive the window through the bridge, so it is tested first of all. */
describe('bridge', () => {
  let panel: WebviewPanel;

  before(async function () {
    if (!bridge.hasBridge) this.skip();
    await open('residual_block.py');
    panel = window.createWebviewPanel('bridge', 'Bridge', ViewColumn.Beside, { enableScripts: true });
    panel.webview.html = HTML;
  });

  after(() => panel?.dispose());

  it('reads the workbench', async () => {
    match(await bridge.waitText('.tab', 'residual_block.py'), /residual_block/);
    const [editor] = await bridge.boxes('.monaco-editor');
    ok(editor !== null && editor !== undefined && editor.width > 100, 'the editor has no size');
    equal(await bridge.run((selector) => document.querySelectorAll(selector).length > 0, '.monaco-workbench'), true);
  });

  it('reads a webview', async () => {
    await bridge.waitText('output', 'nothing yet', PAGE);
    equal(await bridge.text('h1', PAGE), ['张量 tensors']);
    equal(await bridge.html('output', PAGE), ['nothing yet']);
    equal(await bridge.run((scale) => document.querySelectorAll('button').length * scale, 2, PAGE), 2);
    equal(await bridge.webviews(), ['Bridge check']);
  });

  it('types, fills and clicks in a webview', async () => {
    await bridge.focus('input', PAGE);
    await bridge.type('ab');
    await bridge.press('Backspace');
    await bridge.click('button', PAGE);
    await bridge.waitText('output', 'pressed a', PAGE);
    await bridge.fill('input', 'filled', PAGE);
    await bridge.click('button', PAGE);
    await bridge.waitText('output', 'pressed filled', PAGE);
  });

  it('says why an order failed', async () => {
    const why = await bridge.waitText('.monaco-workbench', 'no such text', { timeout: 300 }).catch(String);
    match(why, /waitText: .*300ms/);
  });

  it('shows another theme', async () => {
    const background = (): Promise<unknown> =>
      bridge.run(
        () => getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background'),
        undefined,
        PAGE,
      );
    await useTheme('light');
    equal(await background(), '#ffffff');
    await useTheme('contrastDark');
    equal(await background(), '#000000');
    await resetTheme();
  });

  it('takes pictures', async () => {
    await bridge.screenshot('bridge', { selector: '.monaco-workbench' });
    await bridge.screenshot('bridge-part', { clip: { x: 0, y: 0, width: 200, height: 100 } });
  });
});
