import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const HELP = `TensorScribe: tensor shapes, comments and diagrams for PyTorch and Paddle model code

usage: tensorscribe [--help] [--version]
`;

/** Runs the command line; answers the exit code: 0 done, 2 wrong usage. */
function main(args: readonly string[]): number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } },
    });
    process.stdout.write(values.version ? `${version()}\n` : HELP);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
}

function version(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}

process.exitCode = main(process.argv.slice(2));
