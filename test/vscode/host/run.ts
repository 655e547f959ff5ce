import { parseArgs } from 'node:util';
import { chosenHost, runVsCodeTests } from './tests';

// node scripts/run.mjs test/vscode/host/run.ts SUITE [--host NAME] [--grep TEXT] [--locale zh-cn]
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { host: { type: 'string' }, grep: { type: 'string' }, locale: { type: 'string' } },
});
process.exitCode = await runVsCodeTests({
  suite: positionals[0] ?? 'suite',
  host: chosenHost(values.host),
  grep: values.grep,
  locale: values.locale,
});
