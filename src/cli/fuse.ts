import { parseArgs } from 'node:util';
import { deployCode, fusionReport, fusionText, kernelSvg, kernelView } from '../core';
import { newAnalyzer, readInputs } from './analyzer';
import { analyseGiven, GIVEN_HELP, GIVEN_OPTIONS } from './given';
import { languageOf, messageLanguage } from './language';
import { UsageError } from './usage';

const HELP = `usage: tensorscribe fuse FILE [options]

Prints which layers of a model class fold into one, by which rules, and under which conditions.

${GIVEN_HELP}  --format FORMAT     text (default), json, svg: the kernels of a small example, or python: a method fuse() that does it
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
  if (!['text', 'json', 'svg', 'python'].includes(values.format))
    throw new UsageError(`--format is text, json, svg or python, not ${values.format}`);
  const [input, more] = readInputs(positionals);
  if (!input || more) throw new UsageError('fuse takes one file');
  const language = messageLanguage(languageOf(values.language));
  const { analysis, className } = analyseGiven(await newAnalyzer(), input, values, language);
  if (values.format === 'python') {
    process.stdout.write(deployCode(analysis, className)?.method ?? '');
    return 0;
  }
  const model = values.format === 'svg' ? kernelView(analysis, className, language) : undefined;
  if (model) {
    process.stdout.write(kernelSvg(model));
    return 0;
  }
  const report = fusionReport(analysis, className, language);
  if (!report) throw new UsageError(`there is no model class ${className} in ${input.name}`);
  process.stdout.write(
    values.format === 'json' ? `${JSON.stringify(report, undefined, 2)}\n` : fusionText(report, analysis.lines),
  );
  return 0;
};
