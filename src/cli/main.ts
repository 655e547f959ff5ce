import { readFileSync } from 'node:fs';
import { annotate } from './annotate';
import { check } from './check';
import { diagram } from './diagram';
import { fuse } from './fuse';
import { ops } from './ops';
import { shapes } from './shapes';
import { summary } from './summary';
import { trace } from './trace';
import { UsageError } from './usage';

const HELP = `TensorScribe: tensor shapes, comments and diagrams for PyTorch and Paddle model code

usage: tensorscribe COMMAND [options]

  annotate   write comments that explain layers, steps and shapes
  check      report what is proved to fail
  shapes     print the shapes along each class
  summary    print the layers of a class with their parameters and costs
  diagram    draw the layers of a class
  fuse       print which layers fold into one, and whether they may
  ops        print the list of ops
  trace      follow whole models of a specification and write their shapes

tensorscribe COMMAND --help tells the options of a command.
`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  annotate,
  check,
  diagram,
  fuse,
  ops,
  shapes,
  summary,
  trace,
};

/** Runs the command line; answers the exit code. */
const main = async ([command, ...args]: readonly string[]): Promise<number> => {
  if (command === undefined || command === '--help' || command === '-h') {
    process.stdout.write(HELP);
    return 0;
  }
  if (command === '--version') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const run = COMMANDS[command];
  if (!run) throw new UsageError(`there is no command ${command}`);
  return run(args);
};

const version = (): string => {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
};

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const wrongUsage =
      error instanceof UsageError ||
      (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
    process.stderr.write(
      `${wrongUsage ? (error as Error).message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    process.exitCode = 2;
  },
);
