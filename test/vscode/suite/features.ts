import {
  type CodeAction,
  commands,
  type Diagnostic,
  type Hover,
  type InlayHint,
  LanguageModelTextPart,
  languages,
  lm,
  MarkdownString,
  Position,
  Range,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { equal, match, ok } from '../support/assert';
import { hasBridge, html } from '../support/bridge';
import { open, setting } from '../support/editor';
import { ownLog } from '../support/log';
import { until } from '../support/until';

const UNET = 'unet.py';

describe('features', () => {
  before(() => setting('tensorscribe.comments.language', 'zh-cn'));
  after(() => setting('tensorscribe.comments.language', undefined));

  it('explains what the pointer rests on', async () => {
    const { document } = await open(UNET);
    const at = document.positionAt(document.getText().indexOf('nn.Conv2d(') + 5);
    const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((part) => (part instanceof MarkdownString ? part.value : '')),
    );
    match(texts.join('\n'), /weight/);
  });

  it('shows shapes behind assignments', async () => {
    const { document } = await open(UNET);
    const whole = new Range(0, 0, document.lineCount, 0);
    const hints = await commands.executeCommand<InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
    ok(
      hints.some(({ label }) => typeof label === 'string' && label.includes('B, ')),
      `no shapes in ${JSON.stringify(hints.map(({ label }) => label))}`,
    );
  });

  it('annotates, refreshes and removes, byte for byte, each as one step of undo', async () => {
    const { document } = await open(UNET);
    const before = document.getText();
    await commands.executeCommand('tensorscribe.annotateModule');
    const annotated = document.getText();
    match(annotated, /# ※ .*\p{Script=Han}/u);
    await commands.executeCommand('tensorscribe.refreshComments');
    equal(document.getText(), annotated);
    await commands.executeCommand('tensorscribe.removeComments');
    equal(document.getText(), before);
    await commands.executeCommand('undo');
    equal(document.getText(), annotated);
    await commands.executeCommand('undo');
    equal(document.getText(), before);
  });

  it('previews comments beside a document that stays as it is, and follows what is typed', async () => {
    const { document } = await open(UNET);
    const before = document.getText();
    await commands.executeCommand('tensorscribe.previewComments');
    equal(document.getText(), before);
    const preview = await until('the preview', () =>
      workspace.textDocuments.find(({ uri }) => uri.scheme === 'tensorscribe-preview'),
    );
    match(preview.getText(), /# ※ .*\p{Script=Han}/u);
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(document.lineCount, 0), '\nlast = 1  # 😀\n');
    ok(await workspace.applyEdit(edit), 'the document cannot be changed');
    await until('the preview with what was typed', () => preview.getText().includes('last = 1  # 😀'));
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await commands.executeCommand('undo');
  });

  it('reports a proved fault', async () => {
    const text = [
      'import torch.nn as nn',
      '',
      'class Net(nn.Module):',
      '    def __init__(self):',
      '        super().__init__()',
      '        self.a = nn.Conv2d(3, 8, 3)',
      '        self.b = nn.Conv2d(16, 8, 3)',
      '',
      '    def forward(self, x):',
      '        return self.b(self.a(x))',
      '',
    ].join('\r\n');
    const { uri } = await workspace.openTextDocument({ language: 'python', content: text });
    const [found]: readonly (Diagnostic | undefined)[] = await until('a problem', () => {
      const ours = languages.getDiagnostics(uri).filter(({ source }) => source === 'TensorScribe');
      return ours.length > 0 && ours;
    });
    match(found?.message ?? '', /16/);
  });

  it('mends and silences a finding', async () => {
    const { document } = await open('mistakes.py');
    const at = document.positionAt(document.getText().indexOf('nn.MaxPool2d((1,') + 14);
    const actions = await until('quick fixes', async () => {
      const found = await commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new Range(at, at),
        'quickfix',
      );
      return found.length > 0 && found;
    });
    const ignore = actions.find(({ title }) => title.includes('none-size'));
    ok(ignore?.edit !== undefined, `no way to ignore among ${JSON.stringify(actions.map(({ title }) => title))}`);
    equal(ignore.isPreferred, false);
    await workspace.applyEdit(ignore.edit);
    match(document.lineAt(at.line).text, /# tensorscribe: ignore\[none-size\]$/);
    await until('the problem to go', () =>
      languages.getDiagnostics(document.uri).every(({ message }) => !message.includes('MaxPool2d')),
    );
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.files.revert');
  });

  it('explains a finding on its page', async () => {
    await open('mistakes.py');
    await commands.executeCommand('tensorscribe.explainProblem', 'none-size');
    await until('the page', () =>
      window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('none-size'))),
    );
    await commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('tells shapes to assistants', async function () {
    if (!lm.tools.some(({ name }) => name === 'tensorscribe_shapes')) this.skip();
    const ask = async (input: object): Promise<string> => {
      const { content } = await lm.invokeTool('tensorscribe_shapes', { input, toolInvocationToken: undefined });
      return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
    };
    match(await ask({ file: UNET, class: 'UNet' }), /\[B, /);
    match(await ask({ file: 'nothing.py' }), /no such Python file/);
    match(await ask({ file: 7 }), /no such Python file/);
  });

  it('colours the shapes in comments', async function () {
    if (!hasBridge) this.skip();
    const { document } = await open('residual_block.py');
    await commands.executeCommand('tensorscribe.annotateModule');
    const colours = await until('the colours', async () => {
      const lines = await html('.view-line');
      const line = lines.find((one) => one.includes('※') && one.includes('ch_in'));
      const classes = new Set(line?.match(/mtk\d+/g));
      return classes.size > 2 && classes;
    });
    ok(colours.size > 2, 'a comment has one colour');
    await commands.executeCommand('tensorscribe.removeComments');
    await document.save();
  });

  it('leaves no error in the log', async () => {
    equal(
      (await ownLog()).filter((line) => line.includes('[error]')),
      [],
    );
  });
});
