import { parseArgs } from 'node:util';
import { opList } from '../core';
import { UsageError } from './usage';

const HELP = `usage: tensorscribe ops [--format markdown|json]

Prints every op and layer that is known, with its signatures.
`;

/** `ops`: the list of ops. */
export const ops = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: { format: { type: 'string', default: 'markdown' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.format === 'json') process.stdout.write(`${JSON.stringify(opList(), undefined, 2)}\n`);
  else if (values.format === 'markdown') process.stdout.write(markdown());
  else throw new UsageError(`--format is markdown or json, not ${values.format}`);
  return 0;
};

const markdown = (): string => {
  const rows = opList().map(({ path, signatures, meaning }) => {
    const shown = signatures.map((signature) => `\`${signature.replaceAll('|', '\\|')}\``).join('<br>');
    return `| \`${path}\` | ${shown} | ${meaning.en} | ${meaning.zh} |`;
  });
  return `| op | signature | | |\n|---|---|---|---|\n${rows.join('\n')}\n`;
};
