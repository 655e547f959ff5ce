import { parseArgs } from 'node:util';
import { fusionReport, fusionText } from '../core';
import { newAnalyzer, readInputs } from './analyzer';
import { analyseGiven, GIVEN_HELP, GIVEN_OPTIONS } from './given';
import { languageOf, messageLanguage } from './language';
import { UsageError } from './usage';

const HELP = `usage: tensorscribe fuse FILE [options]

Prints which layers of a model class fold into one, by which rules, and under which conditions.

${GIVEN_HELP}  --format FORMAT     text (default) or json
  --language LANGUAGE en or zh-cn; the default is the locale's
`;

/** `fuse`: the fusion plan of a class. */
export const fuse = async (args: readonly string[]): Promise<number> => {
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
  if (!input || more) throw new UsageError('fuse takes one file');
  const language = messageLanguage(languageOf(values.language));
  const { analysis, className } = analyseGiven(await newAnalyzer(), input, values, language);
  const report = fusionReport(analysis, className, language);
  if (!report) throw new UsageError(`there is no model class ${className} in ${input.name}`);
  process.stdout.write(
    values.format === 'json' ? `${JSON.stringify(report, undefined, 2)}\n` : fusionText(report, analysis.lines),
  );
  return 0;
};
