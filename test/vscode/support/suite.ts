import 'mocha/mocha.js';
import { writeText } from './files';
import { told } from './told';

/** Milliseconds that one test may take. */
const TEST_LIMIT = 30_000;

/**
 * Registers the tests by `load`, runs them and leaves the counts behind; rejects when one failed. The counts are the
 * evidence that the tests ended: VS Code answers success when its extension host dies.
 */
export async function runSuite(load: () => void): Promise<void> {
  const suite = new Mocha({
    ui: 'bdd',
    timeout: TEST_LIMIT,
    reporter: Mocha.reporters.Base,
    grep: told.grep || undefined,
  });
  suite.suite.emit('pre-require', globalThis, '', suite);
  try {
    load();
  } catch (error) {
    console.error(error instanceof Error ? error.stack : error);
    throw error;
  }
  const counts = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((resolve) => {
    const runner = suite.run(() => resolve());
    runner.on('pass', (test) => {
      counts.passed++;
      console.log(`  ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test) => {
      counts.skipped++;
      console.log(`  - ${test.fullTitle()}`);
    });
    runner.on('fail', (test, error) => {
      counts.failed++;
      // A comparison of long files is longer than the console takes.
      console.log(`  ✗ ${test.fullTitle()}\n${(error.stack ?? error.message).slice(0, 3000)}`);
    });
  });
  await writeText(told.result, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed`);
}
