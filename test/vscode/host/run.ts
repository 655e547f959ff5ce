import { parseArgs } from 'node:util';
import { runVsCodeTests } from './tests';

// node scripts/run.mjs test/vscode/host/run.ts SUITE [--grep TEXT] [--locale zh-cn]
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' }, locale: { type: 'string' } },
});
process.exitCode = await runVsCodeTests({ suite: positionals[0] ?? 'suite', grep: values.grep, locale: values.locale });
