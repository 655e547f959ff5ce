import { parseArgs } from 'node:util';
import { summary as summaryOf, summaryText } from '../core';
import { newAnalyzer, readInputs } from './analyzer';
import { analyseGiven, GIVEN_HELP, GIVEN_OPTIONS } from './given';
import { languageOf, messageLanguage } from './language';
import { UsageError } from './usage';

const HELP = `usage: tensorscribe summary FILE [options]

Prints the layers of a model class with their output shapes, parameters, operations and memory.

${GIVEN_HELP}  --format FORMAT     text (default) or json
  --language LANGUAGE en or zh-cn; the default is the locale's
`;

/** `summary`: the table of layers, laid out like torchinfo's. */
export const summary = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...GIVEN_OPTIONS,
      format: { type: 'string', default: 'text' },
      language: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.format !== 'text' && values.format !== 'json')
    throw new UsageError(`--format is text or json, not ${values.format}`);
  const [input, more] = readInputs(positionals);
  if (!input || more) throw new UsageError('summary takes one file');
  const language = messageLanguage(languageOf(values.language));
  const { analysis, className } = analyseGiven(await newAnalyzer(), input, values, language);
  const table = summaryOf(analysis, className);
  if (!table) throw new UsageError(`there is no model class ${className} in ${input.name}`);
  process.stdout.write(values.format === 'json' ? `${JSON.stringify(table, undefined, 2)}\n` : summaryText(table));
  return 0;
};
