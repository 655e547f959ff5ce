import { extensions } from 'vscode';
import { equal, ok } from '../support/assert';
import { EXTENSION, open } from '../support/editor';
import { ownLog } from '../support/log';

describe('activation', () => {
  it('activates when a Python file is opened', async () => {
    await open('residual_block.py');
    ok(extensions.getExtension(EXTENSION)?.isActive === true, 'not active');
  });

  it('logs that it is active and nothing at error level', async () => {
    await open('residual_block.py');
    const lines = await ownLog();
    ok(
      lines.some((line) => line.includes('is active')),
      `no word of the activation in ${JSON.stringify(lines)}`,
    );
    equal(
      lines.filter((line) => line.includes('[error]')),
      [],
    );
  });
});
