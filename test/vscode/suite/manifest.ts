import { commands, extensions } from 'vscode';
import { equal } from '../support/assert';
import { EXTENSION, open } from '../support/editor';

interface Manifest {
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string }[];
    readonly views?: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

describe('manifest', () => {
  it('declares exactly the commands that are registered', async () => {
    await open('residual_block.py');
    const { contributes = {} }: Manifest = extensions.getExtension(EXTENSION)?.packageJSON ?? {};
    const declared = (contributes.commands ?? []).map(({ command }) => command);
    // VS Code adds commands of its own for every view: `ID.focus`, `ID.open` and the like.
    const views = Object.values(contributes.views ?? {}).flatMap((list) => list.map(({ id }) => `${id}.`));
    const registered = (await commands.getCommands()).filter(
      (name) => name.startsWith('tensorscribe.') && !views.some((view) => name.startsWith(view)),
    );
    equal([...registered].sort(), [...declared].sort());
  });
});
