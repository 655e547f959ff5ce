import { parseArgs } from 'node:util';
import { opList, opListMarkdown } from '../core';
import { languageOf, messageLanguage } from './language';
import { UsageError } from './usage';

const HELP = `usage: tensorscribe ops [NAME…] [--format markdown|json] [--language en|zh-cn]

Prints every op and layer that is known, or those whose path holds one of the names: what it does, its signatures, the
layer or function that does the same. JSON holds the formulas, remarks and examples as well.
`;

/** `ops`: the list of ops. */
export const ops = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'markdown' },
      language: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.format === 'json') process.stdout.write(`${JSON.stringify(opList(...positionals), undefined, 2)}\n`);
  else if (values.format === 'markdown') {
    const language = messageLanguage(languageOf(values.language));
    process.stdout.write(opListMarkdown(language === 'zh-cn' ? 'zh' : 'en', ...positionals));
  } else throw new UsageError(`--format is markdown or json, not ${values.format}`);
  return 0;
};
