import {
  ConfigurationTarget,
  commands,
  type Hover,
  type InlayHint,
  languages,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { equal, ok } from '../support/assert';
import { open } from '../support/editor';
import { ownLog } from '../support/log';

const MODEL = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3, padding=1)

    def forward(self, x):
        y = self.conv(x)
        return torch.relu(y)
`;

const LONG = `${MODEL}${Array.from({ length: 10_000 }, (_, i) => `value_${i} = ${i}\n`).join('')}`;

const RECURSIVE = `from torch import nn


class Loop(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Loop()

    def forward(self, x):
        return self.forward(self.inner(x))
`;

/** Takes a second or two in one go. */
const SLOW = `import torch
from torch import nn


class Slow(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv2d(8, 8, 3, padding=1) for _ in range(12))

    def forward(self, x):
        y = x
        for i in range(60):
            for conv in self.convs:
                y = y + conv(torch.relu(y)) * i
        return y
`;

const HALF_BROKEN = `${MODEL}

class Broken(nn.Module):
    def __init__(self:
        self.fc = nn.Linear(3,
`;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Files that nobody likes, with whether they hold shapes all the same. */
const FILES: readonly (readonly [name: string, content: Uint8Array, hasShapes: boolean])[] = [
  ['empty.py', bytes(''), false],
  ['one_break.py', bytes('\n'), false],
  ['no_models.py', bytes('import os\n\nprint(os.name)\n'), false],
  ['long.py', bytes(LONG), true],
  ['crlf.py', bytes(MODEL.replaceAll('\n', '\r\n')), true],
  ['tabs.py', bytes(MODEL.replaceAll('    ', '\t')), true],
  ['bom.py', bytes(`\ufeff${MODEL}`), true],
  ['latin1.py', Uint8Array.from([...bytes(MODEL), ...bytes('# caf'), 0xe9, 0xff, 0x0a]), true],
  ['binary.py', Uint8Array.from({ length: 512 }, (_, i) => (i * 37) % 256 || 1), false],
  ['recursive.py', bytes(RECURSIVE), false],
  ['half_broken.py', bytes(HALF_BROKEN), true],
  ['no_final_break.py', bytes(MODEL.trimEnd()), true],
  ['emoji.py', bytes(MODEL.replace('import torch\n', "import torch  # 🔥 张量\nname = '𝒯'\n")), true],
];

describe('bad input', function () {
  // A file of 10,000 lines takes its time on a busy machine.
  this.timeout(120_000);

  let folder: Uri;

  before(async () => {
    const { document } = await open('residual_block.py');
    folder = Uri.joinPath(document.uri, '..', 'bad-input');
    // In a browser files are saved after a second, in the midst of it.
    await workspace.getConfiguration('files').update('autoSave', 'off', ConfigurationTarget.Global);
  });

  for (const [name, content, hasShapes] of FILES)
    it(name, async () => {
      const uri = Uri.joinPath(folder, name);
      await workspace.fs.writeFile(uri, content);
      const document = await workspace.openTextDocument(uri);
      await window.showTextDocument(document);
      const before = document.getText();
      equal((await hintsOf(document)).length > 0, hasShapes);
      await askAll(document);
      await commands.executeCommand('tensorscribe.annotateModule');
      await commands.executeCommand('tensorscribe.refreshComments');
      await commands.executeCommand('tensorscribe.removeComments');
      ok(document.getText() === before, 'the text is another');
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      equal([...(await workspace.fs.readFile(uri))], [...content]);
    });

  it('a notebook: cells know what earlier cells have made', async () => {
    const cell = (code: string) => ({ kind: 2, value: code, languageId: 'python' });
    const [imports = '', cls = ''] = MODEL.split('\n\n\n');
    const notebook = await workspace.openNotebookDocument('jupyter-notebook', {
      cells: [cell(imports), cell(cls), cell('net = Net(8)\nout = net(torch.zeros(2, 3, 32, 32))')],
    });
    await window.showNotebookDocument(notebook);
    const [, second, third] = notebook.getCells();
    ok(second !== undefined && third !== undefined, 'the notebook has no cells');
    equal(labelsOf(await hintsOf(second.document)), [': [B, 3, H, W]', ': [B, width, H, W]']);
    equal(labelsOf(await hintsOf(third.document)).at(-1), ': [2, 8, 32, 32]');
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('a document of a virtual file system', async () => {
    const provider = workspace.registerTextDocumentContentProvider('tensorscribe-test', {
      provideTextDocumentContent: () => MODEL,
    });
    const document = await workspace.openTextDocument(Uri.parse('tensorscribe-test:/models/net.py'));
    equal(labelsOf(await hintsOf(document)), [': [B, 3, H, W]', ': [B, width, H, W]']);
    provider.dispose();
  });

  it('a class that takes long holds nothing up', async function () {
    // In a browser all extensions share one thread.
    if ('importScripts' in globalThis) this.skip();
    const document = await workspace.openTextDocument({ language: 'python', content: SLOW });
    let turns = 0;
    const counting = setInterval(() => {
      turns++;
    }, 1);
    const found = await hintsOf(document);
    clearInterval(counting);
    ok(found.length > 0, 'no shapes');
    ok(turns > 200, `only ${turns} turns while the class was run`);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('leaves nothing in the log', async () => {
    equal(
      (await ownLog()).filter((line) => line.includes('[error]')),
      [],
    );
  });
});

const hintsOf = async (document: TextDocument): Promise<readonly InlayHint[]> =>
  commands.executeCommand<InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    new Range(0, 0, document.lineCount, 0),
  );

const labelsOf = (hints: readonly InlayHint[]): readonly string[] =>
  hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));

/** Everything that the editor may ask for. */
const askAll = async (document: TextDocument): Promise<void> => {
  const { uri, lineCount } = document;
  await commands.executeCommand('vscode.executeCodeLensProvider', uri);
  await commands.executeCommand('vscode.executeCodeActionProvider', uri, new Range(0, 0, lineCount, 0));
  for (let line = 0; line < Math.min(lineCount, 14); line++)
    for (const column of [0, 8, 16])
      await commands.executeCommand<Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        document.validatePosition(document.positionAt(document.offsetAt(document.lineAt(line).range.start) + column)),
      );
  languages.getDiagnostics(uri);
};
