import { parseArgs } from 'node:util';
import { type DiagramModel, diagramMermaid, diagram as diagramOf, diagramSvg } from '../core';
import { newAnalyzer, readInputs } from './analyzer';
import { analyseGiven, GIVEN_HELP, GIVEN_OPTIONS } from './given';
import { languageOf, messageLanguage } from './language';
import { UsageError } from './usage';

const HELP = `usage: tensorscribe diagram FILE [options]

Prints the layers of a model class as a diagram.

${GIVEN_HELP}  --format FORMAT     svg (default), mermaid or json
  --open WHICH        containers to open: all, or their paths (layer1,layer1/0); the default is the first level
  --direction WAY     down (default) or right
  --theme THEME       light, dark or auto (default: as the reader's system is); of svg
  --language LANGUAGE en or zh-cn; the default is the locale's
`;

/** `diagram`: the layer graph of a class. */
export const diagram = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...GIVEN_OPTIONS,
      format: { type: 'string', default: 'svg' },
      open: { type: 'string' },
      direction: { type: 'string', default: 'down' },
      theme: { type: 'string', default: 'auto' },
      language: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { direction, open } = values;
  if (direction !== 'down' && direction !== 'right')
    throw new UsageError(`--direction is down or right, not ${direction}`);
  const write = writerOf(values.format, values.theme);
  const [input, more] = readInputs(positionals);
  if (!input || more) throw new UsageError('diagram takes one file');
  const language = messageLanguage(languageOf(values.language));
  const { analysis, className } = analyseGiven(await newAnalyzer(), input, values, language);
  const model = diagramOf(analysis, className, language, {
    direction,
    ...(open !== undefined && { open: open === 'all' ? 'all' : open.split(',').map((path) => path.trim()) }),
  });
  if (!model) throw new UsageError(`there is no model class ${className} in ${input.name}`);
  process.stdout.write(write(model));
  return 0;
};

const writerOf = (format: string, theme: string): ((model: DiagramModel) => string) => {
  if (theme !== 'light' && theme !== 'dark' && theme !== 'auto')
    throw new UsageError(`--theme is light, dark or auto, not ${theme}`);
  switch (format) {
    case 'svg':
      return (model) => diagramSvg(model, theme);
    case 'mermaid':
      return diagramMermaid;
    case 'json':
      return (model) => `${JSON.stringify(model, undefined, 2)}\n`;
    default:
      throw new UsageError(`--format is svg, mermaid or json, not ${format}`);
  }
};
