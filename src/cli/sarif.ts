import type { Finding } from './finding';

const LEVELS = { error: 'error', warning: 'warning', hint: 'note' } as const;

/** Findings as a log of SARIF 2.1.0. */
export const sarifLog = (found: readonly Finding[]) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: { name: 'TensorScribe', rules: [...new Set(found.map(({ code }) => code))].map((id) => ({ id })) },
      },
      columnKind: 'utf16CodeUnits',
      results: found.map((f) => ({
        ruleId: f.code,
        level: LEVELS[f.severity],
        message: { text: f.message },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: encodeURI(f.file.replaceAll('\\', '/')) },
              region: { startLine: f.line, startColumn: f.column, endLine: f.endLine, endColumn: f.endColumn },
            },
          },
        ],
      })),
    },
  ],
});
