import { parseArgs } from 'node:util';
import { type ClassShapes, say, shapesOfClasses } from '../core';
import { analyseInput, newAnalyzer, readInputs } from './analyzer';
import { languageOf, messageLanguage } from './language';
import { UsageError } from './usage';

const HELP = `usage: tensorscribe shapes FILE [options]

Prints the shapes along the methods of each model class.

  --class NAME        only this class
  --format FORMAT     text (default) or json
  --language LANGUAGE en or zh-cn; the default is the locale's
`;

/** `shapes`: what comes out of each statement of \`forward\`. */
export const shapes = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      class: { type: 'string' },
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
  if (!input || more) throw new UsageError('shapes takes one file');
  const analysis = analyseInput(await newAnalyzer(), input);
  const classes = shapesOfClasses(analysis).filter(({ name }) => values.class === undefined || name === values.class);
  if (classes.length === 0)
    throw new UsageError(`there is no model class ${values.class ?? ''} in ${input.name}`.replace('  ', ' '));
  const language = messageLanguage(languageOf(values.language));
  const told = classes.map((one) => ({
    ...one,
    needs: one.needs.map((need) => say(need, language)),
    lines: one.lines.map(({ when, ...line }): Told['lines'][number] => ({
      ...line,
      ...(when && { when: say(when, language) }),
    })),
  }));
  process.stdout.write(
    values.format === 'json' ? `${JSON.stringify(told, undefined, 2)}\n` : told.map(textOf).join('\n'),
  );
  return 0;
};

/** The shapes of a class in one language. */
interface Told extends Omit<ClassShapes, 'needs' | 'lines'> {
  readonly needs: readonly string[];
  readonly lines: readonly {
    readonly line: number;
    readonly source: string;
    readonly shape: string;
    readonly when?: string;
  }[];
}

const textOf = ({ name, inputs, output, needs, lines }: Told): string => {
  const given = inputs.map((entry) => `${entry.name} ${entry.shape ?? '?'}`).join(', ');
  const head = `${name}(${given}) → ${output ?? '?'}`;
  const width = Math.max(0, ...lines.map(({ source }) => source.length));
  const rows = lines.map(
    ({ line, source, shape, when }) =>
      `${`${line}`.padStart(5)}  ${source.padEnd(width)}  ${shape}${when ? `  (${when})` : ''}`,
  );
  return `${[head, ...needs.map((need) => `       ${need}`), ...rows].join('\n')}\n`;
};
