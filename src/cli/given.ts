import { type Analysis, type Analyzer, type GivenTexts, type Language, parseGiven } from '../core';
import { analyseInput, type Input } from './analyzer';
import { UsageError } from './usage';

/** How a command line says what a class is given; for `parseArgs`. */
export const GIVEN_OPTIONS = {
  class: { type: 'string' },
  with: { type: 'string' },
  input: { type: 'string', multiple: true },
} as const;

export const GIVEN_HELP = `  --class NAME        the class; needed where the file has several
  --with CALL         constructor arguments: --with 'Net(ch_in=3, ch_out=64)'
  --input NAME=SIZES  the shape of an input: --input x=B,3,224,224 (may be repeated)
`;

interface GivenOptions {
  readonly class?: string | undefined;
  readonly with?: string | undefined;
  readonly input?: readonly string[] | undefined;
}

/** Analyses a file with what the command line gives to one of its classes; answers with the name of the class. */
export const analyseGiven = (
  analyzer: Analyzer,
  input: Input,
  options: GivenOptions,
  language: Language,
): { readonly analysis: Analysis; readonly className: string } => {
  const first = analyseInput(analyzer, input);
  const className = classOf(first, input, options);
  const texts = textsOf(options);
  if (Object.keys(texts.args).length + Object.keys(texts.inputs).length === 0) return { analysis: first, className };
  const { given, messages } = parseGiven(first, className, texts, language);
  const [wrong] = [...Object.entries(messages.inputs), ...Object.entries(messages.args)];
  if (wrong) throw new UsageError(`${wrong[0]}: ${wrong[1]}`);
  return { analysis: analyseInput(analyzer, input, new Map([[className, given]])), className };
};

const classOf = ({ classes }: Analysis, { name }: Input, options: GivenOptions): string => {
  const wanted = options.class ?? (options.with === undefined ? undefined : /^\s*(\w+)/.exec(options.with)?.[1]);
  const names = classes.map((unit) => unit.name);
  if (wanted !== undefined) {
    if (!names.includes(wanted)) throw new UsageError(`there is no model class ${wanted} in ${name}`);
    return wanted;
  }
  const [only, more] = names;
  if (only === undefined) throw new UsageError(`there is no model class in ${name}`);
  if (more !== undefined)
    throw new UsageError(`${name} has several classes; say one with --class: ${names.join(', ')}`);
  return only;
};

const textsOf = (options: GivenOptions): Required<GivenTexts> => {
  const inputs: Record<string, string> = {};
  for (const text of options.input ?? []) {
    const [name, sizes] = text.split(/=(.*)/s);
    if (!name || sizes === undefined) throw new UsageError(`--input is NAME=SIZES, not ${text}`);
    inputs[name] = sizes;
  }
  return { inputs, args: callArguments(options.with ?? '') };
};

/** `Net(a=1, b=[2, 3])` → { a: '1', b: '[2, 3]' }. */
const callArguments = (call: string): Record<string, string> => {
  const args: Record<string, string> = {};
  if (call === '') return args;
  const inner = /^\s*\w+\s*\((.*)\)\s*$/s.exec(call)?.[1];
  if (inner === undefined) throw new UsageError(`--with is a call such as Net(ch_in=3), not ${call}`);
  let depth = 0;
  let part = '';
  const close = (): void => {
    if (part.trim() === '') return;
    const [, name, value] = /^\s*(\w+)\s*=(?!=)(.*)$/s.exec(part) ?? [];
    if (name === undefined || value === undefined) throw new UsageError(`--with takes keywords, not ${part.trim()}`);
    args[name] = value.trim();
    part = '';
  };
  for (const char of inner) {
    if ('([{'.includes(char)) depth++;
    if (')]}'.includes(char)) depth--;
    if (char === ',' && depth === 0) close();
    else part += char;
  }
  close();
  return args;
};
