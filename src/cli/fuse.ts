import { parseArgs } from 'node:util';
import { type Analysis, deployCode, foldingPairs, fusionReport, fusionText, kernelSvg, kernelView } from '../core';
import { newAnalyzer, readInputs } from './analyzer';
import { analyseGiven, GIVEN_HELP, GIVEN_OPTIONS } from './given';
import { languageOf, messageLanguage } from './language';
import { UsageError } from './usage';

const HELP = `usage: tensorscribe fuse FILE [options]

Prints which layers of a model class fold into one, by which rules, and under which conditions.

${GIVEN_HELP}  --pair NORM         with --format python: a method folded_copy() that gives an eval-only copy with this one
                      normalisation folded (--pair self.bn1)
  --format FORMAT     text (default), json, svg: the kernels of a small example, or python: a method fuse() that does it
  --language LANGUAGE en or zh-cn; the default is the locale's
`;

const codeOf = (analysis: Analysis, className: string, norm: string | undefined): string => {
  if (norm === undefined) return deployCode(analysis, className)?.method ?? '';
  const unit = analysis.classes.find(({ name }) => name === className);
  const pairs = unit ? foldingPairs(unit) : [];
  const pair = pairs.find((one) => one.norm === norm);
  if (pair) return pair.method('folded_copy');
  throw new UsageError(`--pair is one of ${pairs.map((one) => one.norm).join(', ')}, not ${norm}`);
};

/** `fuse`: the fusion plan of a class. */
export const fuse = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...GIVEN_OPTIONS,
      format: { type: 'string', default: 'text' },
      pair: { type: 'string' },
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
    process.stdout.write(codeOf(analysis, className, values.pair));
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
