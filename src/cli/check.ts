import { parseArgs } from 'node:util';
import { lineIndex, type ProblemReport, positionAt, problems } from '../core';
import { analyseProblems, type Input, newAnalyzer, readInputs } from './analyzer';
import type { Finding } from './finding';
import { languageOf, messageLanguage } from './language';
import { sarifLog } from './sarif';
import { UsageError } from './usage';

const HELP = `usage: tensorscribe check PATH… [options]

Reports what is proved to fail: sizes that do not fit, arguments that no call can have.

  --format FORMAT     text (default), json, github or sarif
  --language LANGUAGE en or zh-cn; the default is the locale's
  --quiet             no summary

The exit code is 1 when there is a problem, and 2 when the check of a file breaks down.
What cannot be read of a folder is left out, and named.
`;

/** `check`: the problems of files, for people and for CI. */
export const check = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      language: { type: 'string' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const show = FORMATS[values.format];
  if (!show) throw new UsageError(`--format is text, json, github or sarif, not ${values.format}`);
  const language = messageLanguage(languageOf(values.language));
  const analyzer = await newAnalyzer();
  const inputs = readInputs(positionals);
  let isWhole = true;
  const found = inputs.flatMap((input) => {
    try {
      return findingsOf(input, problems(analyseProblems(analyzer, input), language));
    } catch (error) {
      // A fault of ours in one file must not hide what is wrong in the others.
      isWhole = false;
      process.stderr.write(`${input.name}: ${error instanceof Error ? error.stack : String(error)}\n`);
      return [];
    }
  });
  process.stdout.write(show(found));
  if (values.format === 'text' && !values.quiet) process.stderr.write(summary(inputs.length, found.length));
  if (!isWhole) return 2;
  return found.some(({ severity }) => severity !== 'hint') ? 1 : 0;
};

const findingsOf = ({ name, text }: Input, reports: readonly ProblemReport[]): readonly Finding[] => {
  const index = lineIndex(text);
  return reports.map(({ span, code, severity, message, assumes }) => {
    const [start, end] = [positionAt(index, span.start), positionAt(index, span.end)];
    return {
      file: name,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
      code,
      severity,
      message,
      ...(assumes !== undefined && { assumes }),
    };
  });
};

const summary = (files: number, found: number): string =>
  `${files} ${files === 1 ? 'file' : 'files'}, ${found} ${found === 1 ? 'problem' : 'problems'}\n`;

const LEVELS = { error: 'error', warning: 'warning', hint: 'notice' } as const;

const FORMATS: Readonly<Record<string, (found: readonly Finding[]) => string>> = {
  text: (found) =>
    found.map((f) => `${f.file}:${f.line}:${f.column}: ${f.severity}: ${f.message} [${f.code}]\n`).join(''),
  json: (found) => `${JSON.stringify(found, undefined, 2)}\n`,
  github: (found) =>
    found
      .map(
        (f) =>
          `::${LEVELS[f.severity]} file=${property(f.file)},line=${f.line},col=${f.column},endLine=${f.endLine},endColumn=${f.endColumn},title=${f.code}::${data(f.message)}\n`,
      )
      .join(''),
  sarif: (found) => `${JSON.stringify(sarifLog(found), undefined, 2)}\n`,
};

/** GitHub's workflow commands end at a line break and, in properties, at a comma or colon. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
