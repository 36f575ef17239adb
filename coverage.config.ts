import { readFileSync } from 'node:fs';
import { mergeConfig } from 'vitest/config';
import tests from './vitest.config.ts';

/**
 * By folder of a package: the least of its lines and branches, in percent, that the whole suite reaches, a little below what was measured. The page is
 * tested in a browser, where nothing is counted, and much of the command line in processes of its own.
 */
const floors = JSON.parse(readFileSync(new URL('scripts/coverage-floors.json', import.meta.url), 'utf8')) as Record<
  string,
  { lines: number; branches: number }
>;

/** What is counted is slower. This ends what hangs and waits for what happens; no expectation depends on it. */
const patience = 4;
const projects = tests.test!.projects!.map((project) => {
  const { test: own, ...rest } = project as { test: { testTimeout: number; hookTimeout?: number } };
  const hookTimeout = (own.hookTimeout ?? 10_000) * patience;
  return { ...rest, test: { ...own, testTimeout: own.testTimeout * patience, hookTimeout } };
});

/** `npm run coverage`: what is run in this process and its workers counts; programs that tests start count nothing. */
export default mergeConfig(
  { ...tests, test: { ...tests.test, projects } },
  {
    test: {
      env: { TEST_PATIENCE: String(patience) },
      expect: { poll: { timeout: 10_000 * patience } },
      coverage: {
        enabled: true,
        provider: 'v8',
        include: ['{packages,apps}/*/src/**/*.{ts,tsx}'],
        exclude: ['**/*.test.ts', '**/gen/**', '**/*.d.ts'],
        // One test that fails says nothing about what the others reach.
        reportOnFailure: true,
        reporter: ['text-summary', 'json-summary'],
        reportsDirectory: 'node_modules/.cache/coverage',
        thresholds: Object.fromEntries(Object.entries(floors).map(([folder, floor]) => [`${folder}/src/**`, floor])),
      },
    },
  },
);
