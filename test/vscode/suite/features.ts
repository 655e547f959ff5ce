import {
  commands,
  type Diagnostic,
  type Hover,
  type InlayHint,
  languages,
  MarkdownString,
  Range,
  workspace,
} from 'vscode';
import { equal, match, ok } from '../support/assert';
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

  it('says nothing about empty files and broken ones', async () => {
    for (const content of ['', 'class (:\n\tdef', 'x = 1\n']) {
      const document = await workspace.openTextDocument({ language: 'python', content });
      await commands.executeCommand('vscode.executeCodeLensProvider', document.uri);
      equal(document.getText(), content);
    }
  });

  it('leaves no error in the log', async () => {
    equal(
      (await ownLog()).filter((line) => line.includes('[error]')),
      [],
    );
  });
});
