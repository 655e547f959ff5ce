import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  type Analyzer,
  type AnnotateOptions,
  annotate as annotateDocument,
  applyEdits,
  removeComments,
  say,
} from '../core';
import { analyseInput, type Input, newAnalyzer, readInputs } from './analyzer';
import { unifiedDiff } from './diff';
import { languageOf, messageLanguage } from './language';
import { UsageError } from './usage';

const HELP = `usage: tensorscribe annotate PATH… [options]

Prints the source with comments that say what each layer and step is and which shape comes out.

  --write             write the files instead of printing them
  --diff              show what would change
  --remove            take our comments out instead
  --class NAME        only this class
  --level LEVEL       shapes, standard (default) or full: every statement
  --language LANGUAGE en, zh-cn or both; the default is the locale's
  --width COLUMNS     how wide a line may become (88)
  --style STYLE       how shapes are written: '[B, C]' (default) or '(B, C)'
  --mark MARK         what our comments begin with (※)
  --quiet             say nothing of files that stay as they are
`;

/** `annotate`: writes, shows or removes our comments. */
export const annotate = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      write: { type: 'boolean', default: false },
      diff: { type: 'boolean', default: false },
      remove: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      class: { type: 'string' },
      level: { type: 'string', default: 'standard' },
      language: { type: 'string' },
      width: { type: 'string' },
      style: { type: 'string', default: '[B, C]' },
      mark: { type: 'string' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const options = optionsOf(values);
  const analyzer = await newAnalyzer();
  for (const input of readInputs(positionals)) {
    const after = values.remove
      ? applyEdits(input.text, removeComments(input.text, options.mark))
      : annotated(analyzer, input, options, values.quiet);
    if (values.diff) process.stdout.write(unifiedDiff(input.name, input.text, after));
    else if (!values.write) process.stdout.write(after);
    else if (after !== input.text) writeFileSync(input.path, after);
  }
  return 0;
};

const optionsOf = (values: {
  readonly class?: string;
  readonly level: string;
  readonly language?: string;
  readonly width?: string;
  readonly style: string;
  readonly mark?: string;
}): AnnotateOptions => {
  const { level, style } = values;
  if (level !== 'shapes' && level !== 'standard' && level !== 'full')
    throw new UsageError(`--level is shapes, standard or full, not ${level}`);
  if (style !== '[B, C]' && style !== '(B, C)') throw new UsageError(`--style is '[B, C]' or '(B, C)', not ${style}`);
  const width = values.width === undefined ? undefined : Number(values.width);
  if (width !== undefined && !(Number.isInteger(width) && width > 0))
    throw new UsageError('--width is a number of columns');
  return {
    language: languageOf(values.language),
    level,
    style,
    ...(values.class !== undefined && { className: values.class }),
    ...(width !== undefined && { width }),
    ...(values.mark !== undefined && { mark: values.mark }),
  };
};

const annotated = (analyzer: Analyzer, input: Input, options: AnnotateOptions, quiet: boolean): string => {
  const result = annotateDocument(analyseInput(analyzer, input), options);
  if ('edits' in result) return applyEdits(input.text, result.edits);
  if (!quiet) process.stderr.write(`${input.name}: ${say(result.refused, messageLanguage(options.language))}\n`);
  return input.text;
};
