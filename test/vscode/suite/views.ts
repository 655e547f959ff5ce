import { commands } from 'vscode';
import { match } from '../support/assert';
import * as bridge from '../support/bridge';
import { open } from '../support/editor';

const PANEL = { webview: 'TensorScribe shapes' };
const DIAGRAM = { webview: 'TensorScribe diagram' };

describe('views', () => {
  before(function () {
    if (!bridge.hasBridge) this.skip();
  });

  it('shows the shapes of the class at the cursor', async () => {
    const { document } = await open('lenet.py');
    await commands.executeCommand('tensorscribe.openShapePanel', document.uri, 'LeNet');
    await bridge.waitText('h1', 'LeNet', PANEL);
    match((await bridge.text('#view', PANEL)).join('\n'), /conv/i);
  });

  it('draws the layers of a class', async () => {
    const { document } = await open('lenet.py');
    await commands.executeCommand('tensorscribe.openDiagram', document.uri, 'LeNet');
    await bridge.waitText('.tools .name', 'LeNet', DIAGRAM);
    match((await bridge.text('.stage', DIAGRAM)).join('\n'), /Conv2d/);
    await bridge.screenshot('views');
    await commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
  });
});
