// Runs every check, also after one failed, and ends with one line: N passed, N failed.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Counts, chosenHost, type Host, resultFile } from '../test/vscode/host/tests';
import { heading, runScript } from './steps';

interface Step {
  readonly script: string;
  readonly title: string;
  readonly args?: readonly string[];
  /** Reads what the step counted; a step without counts is one check. */
  readonly counts?: () => Counts | undefined;
}

const RESULTS = resolve('out', 'test-results');
const UNIT_RESULT = join(RESULTS, 'unit.json');

const STEPS: readonly Step[] = [
  { script: 'build', title: 'build' },
  { script: 'types', title: 'types' },
  { script: 'lint', title: 'lint' },
  {
    script: 'test:unit',
    title: 'unit tests',
    args: ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_RESULT}`],
    counts: unitCounts,
  },
  hostStep('tests in VS Code', chosenHost()),
  // The desktop has no such mode from the command line.
  ...(chosenHost() === 'desktop' ? [] : [hostStep('tests in VS Code for the web', 'web')]),
];

// What an earlier run counted must not be taken for this one's.
rmSync(RESULTS, { recursive: true, force: true });
const results = STEPS.map((step) => {
  heading(step.title);
  const start = performance.now();
  const done = runScript(step.script, ...(step.args ?? []));
  const counts = step.counts?.() ?? { passed: 0, failed: 0, skipped: 0 };
  console.log(`${step.title}: ${done ? 'done' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  // A step can fail without a failed test: a compiler error, a test file that does not load, a crash.
  return { step, done, passed: counts.passed, failed: Math.max(counts.failed, done ? 0 : 1) };
});

const failed = results.filter((result) => !result.done).map((result) => result.step.title);
heading(failed.length === 0 ? 'all checks passed' : `failed: ${failed.join(', ')}`);
const sum = (key: 'passed' | 'failed'): number => results.reduce((total, result) => total + result[key], 0);
const closing = `${sum('passed')} passed, ${sum('failed')} failed`;
mkdirSync(RESULTS, { recursive: true });
writeFileSync(join(RESULTS, 'summary.txt'), `${closing}\n`);
console.log(closing);
process.exitCode = failed.length === 0 ? 0 : 1;

function hostStep(title: string, host: Host): Step {
  const counts = (): Counts | undefined => readJson(resultFile('suite', host));
  return { script: 'test:vscode', args: ['--host', host], title, counts };
}

function unitCounts(): Counts | undefined {
  const result: Readonly<Record<string, number>> | undefined = readJson(UNIT_RESULT);
  return (
    result && {
      passed: result.numPassedTests ?? 0,
      failed: result.numFailedTests ?? 0,
      skipped: result.numPendingTests ?? 0,
    }
  );
}

function readJson<T>(file: string): T | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
