import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{core,cli,engine,webview,grammar,repo}/**/*.test.ts'],
    // A busy machine is slow, not wrong.
    testTimeout: 120_000,
  },
});
