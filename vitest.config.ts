import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/{core,cli,webview,grammar,repo}/**/*.test.ts'] },
});
